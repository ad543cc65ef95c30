// A call, and what JavaScript gets of it: no more than that. Why a call fails the browser does not tell a page.

import { apis, type Api } from "./apis";

export interface Call {
  readonly api: Api;
  readonly path: string;
  readonly init?: RequestInit;
  /** How many at a time; 1 when it is left out. */
  readonly times?: number;
}

export type Outcome =
  | { readonly kind: "exception"; readonly error: string }
  | { readonly kind: "status"; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

export function address(call: Call): string {
  return apis[call.api] + call.path;
}

export function method(call: Call): string {
  return call.init?.method ?? "GET";
}

/** The method as the browser sends it: it writes those in capitals, and no other (Fetch Standard: normalize a method). */
export function sentMethod(call: Call): string {
  const capitals = method(call).toUpperCase();
  return ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"].includes(capitals) ? capitals : method(call);
}

/** Make the call by `fetch`. */
export async function attempt(call: Call): Promise<Outcome> {
  const calls = Array.from({ length: call.times ?? 1 }, () => fetched(address(call), call.init));
  const outcomes = await Promise.all(calls);
  return outcomes.find((one) => one.kind === "exception" || one.status >= 400) ?? (outcomes[0] as Outcome);
}

async function fetched(url: string, init?: RequestInit): Promise<Outcome> {
  try {
    const response = await fetch(url, init);
    return { kind: "status", status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  } catch (error) {
    return { kind: "exception", error: String(error) };
  }
}

/** Send a file by `XMLHttpRequest`, which tells how much of it is sent. To listen makes the browser ask beforehand, by a
 *  preflight, whatever else is sent (Fetch Standard: use-CORS-preflight flag). `progress` gets a part of 1. */
export function upload(call: Call, file: Blob, progress: (part: number) => void): Promise<Outcome> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open(method(call), address(call));
    request.upload.addEventListener("progress", (event) => progress(event.total ? event.loaded / event.total : 1));
    request.addEventListener("load", () => done(read(request)));
    request.addEventListener("error", () => done({ kind: "exception", error: "error event, status 0" }));
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.send(file);
  });
}

function read(request: XMLHttpRequest): Outcome {
  const lines = request.getAllResponseHeaders().trim().split(/[\r\n]+/).filter(Boolean);
  const headers = lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]);
  return { kind: "status", status: request.status, headers: Object.fromEntries(headers), body: request.responseText };
}
