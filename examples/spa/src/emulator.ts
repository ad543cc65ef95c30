// What the emulator says of the page's calls, heard from its control port as it happens.

import { control } from "./apis";
import { address, sentMethod, type Call } from "./attempt";

export interface Finding {
  readonly name: string;
  readonly severity: "error" | "warning" | "note";
  readonly layer: string;
  readonly message: string;
  readonly fix: string | null;
}

export interface Verdict {
  readonly outcome: "allowed" | "blocked" | "unreadable";
  readonly error: string | null;
}

/** An `exchange` of the event stream: the fields that this page shows. */
export interface Exchange {
  readonly time: string;
  readonly api: string;
  readonly request_id: string;
  readonly request: { readonly method: string; readonly path: string; readonly host: string; readonly is_preflight: boolean; readonly access_control_request_method: string | null };
  readonly status: number;
  readonly verdict: Verdict | null;
  readonly findings: readonly Finding[];
}

type Listener = (exchange: Exchange) => void;

const listeners = new Set<Listener>();

/** Listen to the event stream, as long as the page is shown: a page that was left may stay in the browser's memory, with its
 *  connections, of which a browser has six for an origin. `changed` is told whether it is open. */
export function listen(changed: (isOpen: boolean) => void): void {
  if (!control) return;
  let events = connect(changed);
  window.addEventListener("pagehide", () => events.close());
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) events = connect(changed);
  });
}

function connect(changed: (isOpen: boolean) => void): EventSource {
  const events = new EventSource(`${control}/events`);
  events.addEventListener("open", () => {
    changed(true);
    void catchUp();
  });
  events.addEventListener("error", () => changed(false));
  events.addEventListener("exchange", (event: MessageEvent<string>) => tell(JSON.parse(event.data) as Exchange));
  return events;
}

/** Hear of the calls that were made before the stream was open. */
async function catchUp(): Promise<void> {
  const response = await fetch(`${control}/exchanges`);
  for (const exchange of (await response.json()) as Exchange[]) tell(exchange);
}

function tell(exchange: Exchange): void {
  for (const listener of listeners) listener(exchange);
}

/** Hear what is said of a call that is made from now on, until it is followed again. Preflights and redirects are of it
 *  too. The answer itself does not say which of them it is: the page may not read its id when it is blocked. */
export function follow(call: Call, hear: Listener): () => void {
  const since = Date.now();
  const heard = new Set<string>();
  const listener = (exchange: Exchange): void => {
    if (Date.parse(exchange.time) < since || heard.has(exchange.request_id) || !isOf(call, exchange)) return;
    heard.add(exchange.request_id);
    hear(exchange);
  };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isOf(call: Call, { request }: Exchange): boolean {
  const { host, pathname } = new URL(address(call));
  const last = pathname.split("/").filter(Boolean).at(-1) ?? "";
  const asked = request.access_control_request_method ?? request.method;
  return request.host === host && asked === sentMethod(call) && request.path.split("/").includes(last);
}

/** Tell whether nothing more follows of a call: its request has come, or its preflight was blocked. */
export function isLast({ request, verdict }: Exchange): boolean {
  return !request.is_preflight || verdict?.outcome === "blocked";
}
