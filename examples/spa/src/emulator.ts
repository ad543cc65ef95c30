// What the emulator says of the page's calls, heard from its control port as it happens.

import { control } from "./apis";
import { address, method, type Call } from "./attempt";

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
  readonly request: { readonly method: string; readonly path: string; readonly host: string; readonly is_preflight: boolean };
  readonly status: number;
  readonly verdict: Verdict | null;
  readonly findings: readonly Finding[];
}

type Listener = (exchange: Exchange) => void;

const listeners = new Set<Listener>();

/** Listen to the event stream, as long as the page is open. `changed` is told whether it is. */
export function listen(changed: (isOpen: boolean) => void): void {
  if (!control) return;
  const events = new EventSource(`${control}/events`);
  events.addEventListener("open", () => changed(true));
  events.addEventListener("error", () => changed(false));
  events.addEventListener("exchange", (event: MessageEvent<string>) => {
    const exchange = JSON.parse(event.data) as Exchange;
    for (const listener of listeners) listener(exchange);
  });
}

/** Hear what is said of a call that is made from now on, until it is followed again. Preflights and redirects are of it
 *  too. The answer itself does not say which of them it is: the page may not read its id when it is blocked. */
export function follow(call: Call, hear: Listener): () => void {
  const since = Date.now();
  const listener = (exchange: Exchange): void => {
    if (Date.parse(exchange.time) >= since && isOf(call, exchange)) hear(exchange);
  };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isOf(call: Call, { request }: Exchange): boolean {
  const { host, pathname } = new URL(address(call));
  const last = pathname.split("/").filter(Boolean).at(-1) ?? "";
  const isMethod = request.is_preflight || request.method.toUpperCase() === method(call).toUpperCase();
  return request.host === host && isMethod && request.path.split("/").includes(last);
}

/** Tell whether nothing more follows of a call: its request has come, or its preflight was blocked. */
export function isLast({ request, verdict }: Exchange): boolean {
  return !request.is_preflight || verdict?.outcome === "blocked";
}
