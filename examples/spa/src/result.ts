// The two sides of a call: what JavaScript gets, beside what the emulator says.

import { control } from "./apis";
import type { Call, Outcome } from "./attempt";
import { announce, element } from "./element";
import { follow, isLast, type Exchange, type Finding } from "./emulator";

/** Milliseconds until the page says that nothing has come, and goes on listening. */
const PATIENCE = 3000;

const WORST_FIRST = ["error", "warning", "note"];

export class Result {
  readonly element = element("div", { class: "result", "data-javascript": "", "data-emulator": "", "data-requests": "" });
  private readonly javascript = element("div", {}, ...waiting());
  private readonly emulator = element("div", {}, ...waiting());
  private unfollow: () => void = () => {};
  private exchanges: Exchange[] = [];
  private timer = 0;

  constructor(private readonly title: string) {
    this.element.hidden = true;
    this.element.append(side("What JavaScript gets", this.javascript));
    if (control) this.element.append(side("What the emulator says", this.emulator));
  }

  /** Make a call and show both sides. `make` is how it is made. */
  async show(call: Call, make: () => Promise<Outcome>): Promise<Outcome> {
    this.begin(call);
    const outcome = await make();
    this.element.dataset.javascript = outcome.kind;
    this.javascript.replaceChildren(...outcomeShown(outcome));
    announce(`${this.title}: ${outcomeSaid(outcome)}.`);
    this.timer = window.setTimeout(() => this.tell(), PATIENCE);
    return outcome;
  }

  private begin(call: Call): void {
    this.unfollow();
    window.clearTimeout(this.timer);
    this.exchanges = [];
    this.element.hidden = false;
    this.element.dataset.javascript = this.element.dataset.emulator = this.element.dataset.requests = "";
    this.javascript.replaceChildren(...waiting());
    this.emulator.replaceChildren(...waiting());
    this.unfollow = follow(call, (exchange) => {
      this.exchanges.push(exchange);
      if (this.exchanges.some(isLast)) this.tell();
    });
  }

  private tell(): void {
    const end = ending(this.exchanges);
    this.element.dataset.emulator = end;
    this.element.dataset.requests = String(this.exchanges.filter((one) => !one.request.is_preflight).length);
    this.emulator.replaceChildren(...said(this.exchanges, end));
  }
}

/** How a call ended, as far as the emulator has seen it; `redirected` is on to where it sees nothing. */
type End = "nothing" | "allowed" | "blocked" | "unreadable" | "redirected";

function ending(exchanges: readonly Exchange[]): End {
  const last = exchanges.at(-1);
  if (!last) return "nothing";
  const outcomes = exchanges.map((one) => one.verdict?.outcome);
  if (outcomes.includes("blocked")) return "blocked";
  if (outcomes.includes("unreadable")) return "unreadable";
  return last.status >= 300 && last.status < 400 ? "redirected" : "allowed";
}

function side(title: string, content: HTMLElement): HTMLElement {
  return element("div", { class: "side", role: "group", "aria-label": title }, element("p", { class: "title", "aria-hidden": "true" }, title), content);
}

function waiting(): Node[] {
  return [element("p", { class: "waiting" }, "…")];
}

function outcomeSaid(outcome: Outcome): string {
  return outcome.kind === "exception" ? outcome.error : `status ${outcome.status}`;
}

function outcomeShown(outcome: Outcome): Node[] {
  if (outcome.kind === "exception") {
    return [
      element("p", { class: "bad" }, mark("✕"), element("code", {}, outcome.error)),
      element("p", {}, "No status, no headers, no reason: that is all a page is told."),
    ];
  }
  const headers = Object.entries(outcome.headers).map(([name, value]) => `${name}: ${value}`);
  return [
    element("p", { class: outcome.status < 400 ? "good" : "poor" }, mark(outcome.status < 400 ? "✓" : "!"), `Status ${outcome.status}`),
    element("pre", { tabindex: "0", "aria-label": "Headers and body that can be read" }, [...headers, "", outcome.body.slice(0, 500)].join("\n").trim()),
  ];
}

function said(exchanges: readonly Exchange[], end: End): Node[] {
  const all = exchanges.flatMap((one) => one.findings);
  const once = all.filter((one, index) => all.findIndex((other) => other.name === one.name && other.message === one.message) === index);
  const sorted = once.toSorted((one, other) => WORST_FIRST.indexOf(one.severity) - WORST_FIRST.indexOf(other.severity));
  const list = sorted.length ? [element("ul", { class: "findings" }, ...sorted.map(finding))] : [];
  return [verdict(exchanges, end), ...list];
}

function verdict(exchanges: readonly Exchange[], end: End): HTMLParagraphElement {
  const [error] = exchanges.flatMap((one) => one.verdict?.error ?? []);
  const because = error === undefined ? [] : [": ", element("code", {}, error)];
  switch (end) {
    case "nothing":
      return element("p", {}, `Nothing: no such request has reached it. Either the browser has answered from its cache, or emulate serve does not run, or its control port is not at ${control}.`);
    case "allowed":
      return element("p", { class: "good" }, mark("✓"), "A browser lets the page read this.");
    case "redirected":
      return element("p", { class: "poor" }, mark("!"), "A browser follows this, to where the emulator sees nothing.");
    case "blocked":
      return element("p", { class: "bad" }, mark("✕"), "Blocked by CORS", ...because);
    case "unreadable":
      return element("p", { class: "bad" }, mark("✕"), "Unreadable", ...because);
  }
}

function finding(one: Finding): HTMLLIElement {
  return element(
    "li",
    { "data-finding": one.name, class: one.severity },
    element("p", {}, element("strong", {}, one.name), ` ${one.severity}, ${one.layer}`),
    element("p", {}, one.message),
    ...(one.fix ? [element("p", { class: "fix" }, element("strong", {}, "Fix: "), one.fix)] : []),
  );
}

function mark(sign: string): HTMLSpanElement {
  return element("span", { class: "mark", "aria-hidden": "true" }, sign);
}
