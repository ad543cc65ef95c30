// In the page: shows what the plugin tells. All that comes from the wire is set as text, never as HTML.

const MOST_CALLS = 5; // calls named of one finding
const hot = import.meta.hot;
const here = import.meta.url; // with the name written in its place, Vite takes the next line for that of an asset
const OPEN = new URL("../__open-in-editor", here);

/** What is to be shown now: findings by their identity, each with the calls it was found in. */
class Board {
  severity = "error";
  problem = null;
  found = new Map();

  take({ begins, severity, problem, news }) {
    if (begins) {
      Object.assign(this, { severity, problem });
      this.found.clear();
    }
    news.forEach((one) => this[one.kind](one));
  }

  reload() {
    this.found.clear();
  }

  saved() {
    this.problem = null;
    this.found.clear();
  }

  configuration({ parts }) {
    this.problem = parts;
  }

  warning({ text, parts }) {
    this.#add({ id: text, name: "", severity: "warning", layer: "", fix: null, since: [parts], said: null }, "WARNING", "", false);
  }

  /** A call that is well takes away what was found in it before; its request takes away what blocked its preflight. */
  call({ api, method, path, isPreflight, word, findings }) {
    const call = `${api} ${method} ${path}`;
    const ids = new Set(findings.map(({ id }) => id));
    for (const [id, { finding, calls }] of this.found) {
      const before = calls.get(call);
      const isOver = isPreflight ? before?.isPreflight : !before?.isPreflight || finding.severity === "error";
      if (before && isOver && !ids.has(id)) {
        calls.delete(call);
      }
      if (finding.name && calls.size === 0) {
        this.found.delete(id);
      }
    }
    for (const finding of findings) {
      this.#add(finding, finding.severity === "error" ? word : "WARNING", call, isPreflight);
    }
  }

  #add(finding, word, call, isPreflight) {
    const known = this.found.get(finding.id) ?? { finding, word, calls: new Map(), isSeen: false };
    const { times = 0 } = known.calls.get(call) ?? {};
    known.calls.delete(call);
    known.calls.set(call, { times: times + 1, isPreflight });
    this.found.set(finding.id, known);
  }

  get errors() {
    return this.#of("error");
  }

  get warnings() {
    return this.severity === "warning" ? this.#of("warning") : [];
  }

  #of(severity) {
    return [...this.found.values()].filter(({ finding }) => finding.severity === severity);
  }
}

/** Make an element; strings become text. */
function made(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Make the nodes of a text; its places in files are buttons. */
function nodes(parts) {
  return parts.map((part) => {
    if (typeof part === "string") {
      return part;
    }
    const button = made("button", { type: "button", class: "place", title: "Open in the editor" }, part.text);
    button.addEventListener("click", () => {
      OPEN.search = new URLSearchParams({ file: part.file });
      fetch(OPEN).catch(() => {});
    });
    return button;
  });
}

function row(label, ...content) {
  return made("div", { class: `row ${label}` }, made("dt", {}, label), made("dd", {}, ...content));
}

function callsOf(calls) {
  const named = [...calls].filter(([call]) => call).reverse();
  const items = named.slice(0, MOST_CALLS).map(([call, { times }]) => {
    return made("li", {}, made("code", {}, call), times > 1 ? made("span", { class: "times" }, ` ${times} times`) : null);
  });
  const more = named.length - items.length;
  return made("ul", { class: "calls" }, ...items, more > 0 ? made("li", {}, `and ${more} more`) : null);
}

function article({ finding, word, calls }) {
  const { name, severity, layer, fix, since, said, error } = finding;
  const head = made("h2", {}, made("span", { class: "word" }, word), " ", name);
  return made(
    "article",
    { class: severity },
    head,
    callsOf(calls),
    made(
      "dl",
      {},
      layer ? row("layer", layer) : null,
      fix ? row("fix", ...nodes(fix)) : null,
      since.length > 0 ? row("since", ...since.map((parts) => made("p", {}, ...nodes(parts)))) : null,
      said ? row("chromium", made("p", {}, said, error ? made("code", {}, ` ${error}`) : null)) : null,
      name ? row("more", made("code", {}, `emulate explain ${name}`)) : null,
    ),
  );
}

function problemArticle(parts) {
  const head = made("h2", {}, made("span", { class: "word" }, "NOT SERVED"), " the saved configuration");
  return made("article", { class: "error" }, head, made("pre", {}, ...nodes(parts)));
}

function counted(number, what) {
  return number === 0 ? null : `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** The overlay and its badge; in the page only while there is something to show. */
class Overlay extends HTMLElement {
  #title = made("h1", { id: "title" });
  #list = made("div", { class: "list", role: "region", "aria-label": "Findings", tabindex: "0" });
  #close = made("button", { type: "button", class: "close" }, "Close");
  #badge = made("button", { type: "button", class: "badge", "aria-haspopup": "dialog" });
  #dialog = made(
    "dialog",
    { role: "dialog", "aria-modal": "true", "aria-labelledby": "title" },
    made("header", {}, this.#title, this.#close),
    this.#list,
    made("footer", {}, "Told by emulate. Escape closes this; it goes by itself when the call succeeds or a change is saved."),
  );
  #board;
  #onClose;
  wasAsked = false; // whether the user has opened it by the badge

  constructor(board, onClose) {
    super();
    this.#board = board;
    this.#onClose = onClose;
    const shadow = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet(); // which no Content-Security-Policy forbids, as it would a <style>
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.#dialog, this.#badge);
    this.#badge.addEventListener("click", () => {
      this.open();
      this.wasAsked = true;
    });
    this.#close.addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("click", ({ target }) => target === this.#dialog && this.#dialog.close());
    this.#dialog.addEventListener("close", () => {
      this.wasAsked = false;
      this.#onClose();
    });
    this.addEventListener("keydown", (event) => event.stopPropagation()); // the page's own keys are not pressed
  }

  get isOpen() {
    return this.#dialog.open;
  }

  open() {
    if (!this.isOpen) {
      this.#badge.hidden = true;
      this.#dialog.showModal();
      this.#close.focus();
    }
  }

  shut() {
    this.#dialog.close();
  }

  render() {
    const { problem, errors, warnings } = this.#board;
    const count = [counted(errors.length + (problem ? 1 : 0), "error"), counted(warnings.length, "warning")];
    const title = count.filter(Boolean).join(", ");
    this.#title.textContent = title;
    this.#badge.textContent = `emulate: ${title}`;
    this.#badge.className = `badge ${errors.length > 0 || problem ? "error" : "warning"}`;
    this.#badge.hidden = this.isOpen;
    const articles = [...errors, ...warnings].map(article);
    const at = this.#places().indexOf(this.shadowRoot.activeElement);
    this.#list.replaceChildren(...(problem ? [problemArticle(problem)] : []), ...articles);
    this.#places()[at]?.focus({ preventScroll: true }); // where the focus was, a call that comes again leaves it
  }

  #places() {
    return [...this.#list.querySelectorAll("button")];
  }
}

const STYLE = `
:host { all: initial; color-scheme: light dark; --back: #fff; --text: #1c1c1f; --quiet: #595961; --line: #d9d9de;
  --error: #b3141d; --warning: #855400; --link: #0b57b7; --soft: #f4f4f6; }
@media (prefers-color-scheme: dark) { :host { --back: #1b1b1f; --text: #ececf0; --quiet: #a9a9b4; --line: #3b3b44;
  --error: #ff8086; --warning: #f0b64f; --link: #8ab8ff; --soft: #26262c; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
dialog, .badge { font: 14px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
dialog { width: min(900px, 100vw - 24px); max-width: none; max-height: min(85vh, 100vh - 24px); padding: 0;
  border: 1px solid var(--line); border-top: 6px solid var(--error); border-radius: 8px;
  box-shadow: 0 12px 48px rgb(0 0 0 / 40%); overflow-wrap: anywhere; }
dialog[open] { display: flex; flex-direction: column; }
dialog::backdrop { background: rgb(0 0 0 / 55%); }
header { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 12px 16px;
  border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 16px; }
h2 { margin: 0 0 4px; font-size: 15px; font-family: ui-monospace, monospace; }
.word { color: var(--error); margin-right: 6px; }
.warning .word { color: var(--warning); }
.list { overflow: auto; padding: 0 16px; }
article { padding: 14px 0; }
article + article { border-top: 1px solid var(--line); }
code, pre, .place { font: 13px/1.5 ui-monospace, monospace; }
pre { margin: 0; white-space: pre-wrap; }
.calls { list-style: none; margin: 0 0 8px; padding: 0; color: var(--quiet); }
.times { font-weight: 600; }
dl { margin: 0; }
.row { display: grid; grid-template-columns: 72px minmax(0, 1fr); margin-top: 4px; }
dt { color: var(--quiet); }
dd, p { margin: 0; }
p + p { margin-top: 4px; }
.fix dd { font-weight: 600; }
button { font: inherit; color: inherit; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.close { padding: 4px 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--soft); }
.place { display: inline; padding: 0; border: 0; background: none; color: var(--link); text-decoration: underline;
  font-weight: inherit; text-align: start; overflow-wrap: anywhere; }
footer { padding: 8px 16px; border-top: 1px solid var(--line); color: var(--quiet); font-size: 12px; }
.badge { position: fixed; right: 12px; bottom: 12px; z-index: 2147483647; padding: 6px 12px; border-radius: 999px;
  border: 2px solid var(--error); max-width: calc(100vw - 24px); box-shadow: 0 2px 10px rgb(0 0 0 / 30%); }
.badge.warning { border-color: var(--warning); }
@media (max-width: 480px) { .row { grid-template-columns: minmax(0, 1fr); } }
`;

function show() {
  const board = new Board();
  let overlay = null;
  let problemSeen = null;

  function look() {
    const { problem, errors, warnings } = board;
    if (!problem && errors.length + warnings.length === 0) {
      overlay?.shut();
      overlay?.remove();
      overlay = null;
      return;
    }
    overlay ??= new Overlay(board, closed);
    if (!overlay.isConnected) {
      (document.body ?? document.documentElement).append(overlay);
    }
    overlay.render();
    const isNews = errors.some(({ isSeen }) => !isSeen) || (problem && JSON.stringify(problem) !== problemSeen);
    if (isNews) {
      overlay.open();
    } else if (errors.length === 0 && !problem && overlay.isOpen && !overlay.wasAsked) {
      overlay.shut();
    }
  }

  /** What the user has closed does not open again by itself. */
  function closed() {
    for (const one of board.found.values()) {
      one.isSeen = true;
    }
    problemSeen = JSON.stringify(board.problem);
    overlay?.render();
  }

  const hello = () => hot.send("emulate:page", { origin: location.origin, age: performance.now() });
  hot.on("emulate:news", (told) => {
    board.take(told);
    look();
  });
  hot.on("vite:ws:connect", hello);
  hello();
}

if (hot) {
  customElements.define("emulate-overlay", Overlay);
  show();
}
