// Who is told what: each page gets news of its own origin, and of nobody else's.

const KEPT = 256;

export class Pages {
  #ws;
  #severity;
  #opened = new WeakMap(); // of each page, its origin and since when it is open
  #problem = null;
  #recent = [];

  /** `ws` is Vite's WebSocket server. */
  constructor(ws, severity) {
    this.#ws = ws;
    this.#severity = severity;
    ws.on("emulate:page", (said, client) => {
      const page = { origin: said?.origin, since: Date.now() - said?.age }; // by this machine's clock, in ms
      this.#opened.set(client, page);
      const news = this.#recent.filter((one) => isFor(one, page));
      client.send("emulate:news", { begins: true, severity, problem: this.#problem, news });
    });
  }

  /** Begin anew: emulate has been started, or is read again. `problem` keeps the saved configuration from being served,
      in parts; null where it is served. */
  begin(problem) {
    this.#problem = problem;
    this.#recent = [];
    this.#send(() => ({ begins: true, severity: this.#severity, problem, news: [] }));
  }

  tell(news) {
    if (news.kind === "configuration") {
      this.#problem = news.parts;
    } else if (news.kind === "saved") {
      this.#problem = null;
    }
    if (news.kind === "reload" || news.kind === "saved") {
      this.#recent = []; // what was found before is no longer served
    } else if (news.kind !== "configuration") {
      this.#recent = [...this.#recent.slice(1 - KEPT), news];
    }
    this.#send((page) => (isFor(news, page) ? { news: [news] } : null));
  }

  #send(message) {
    for (const client of this.#ws.clients) {
      const page = this.#opened.get(client);
      const told = page ? message(page) : null;
      if (told) {
        client.send("emulate:news", told);
      }
    }
  }
}

function isFor({ kind, origin, time }, page) {
  return kind !== "call" || (origin === page.origin && time >= page.since);
}
