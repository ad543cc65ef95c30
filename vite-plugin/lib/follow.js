// Reads the control port's event stream for as long as it is wanted, and comes again when it breaks.

import http from "node:http";

const AGAIN = 1000; // ms until it is tried again
const SILENCE = 10_000; // ms: the control port sends a comment every two seconds
const MOST = 4 * 1024 * 1024; // characters of one event; more is no event of emulate's

export function follow(control, { onOpen, onEvent, onMissing, onRefused, onBug }) {
  let isOver = false;
  let request;
  let timer;
  let last = "none"; // the control port tells all that it keeps where it does not know the id

  function again() {
    if (!isOver) {
      clearTimeout(timer);
      timer = setTimeout(connect, AGAIN);
      timer.unref();
    }
  }

  function connect() {
    const headers = { accept: "text/event-stream", "last-event-id": last };
    request = http.get(new URL("/events", control), { agent: false, headers, timeout: SILENCE }, (response) => {
      response.setEncoding("utf8");
      response.on("error", () => {});
      response.on("close", again);
      if (response.statusCode === 200 && /^text\/event-stream/.test(response.headers["content-type"] ?? "")) {
        let told = askHealth(control).then(onOpen).catch(onBug); // what is told of files is understood with it
        const parse = eventParser(({ name, id, data }) => {
          last = id || last;
          const value = parsed(data);
          told = value ? told.then(() => onEvent(name, value)).catch(onBug) : told;
        });
        response.on("data", (text) => parse(text) || request.destroy());
      } else {
        whole(response, (text) => onRefused(whyNot(response.statusCode, text)));
      }
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => {
      onMissing();
      again();
    });
  }

  connect();
  return () => {
    isOver = true;
    clearTimeout(timer);
    request.destroy();
  };
}

function askHealth(control) {
  return new Promise((resolve) => {
    const request = http.get(new URL("/health", control), { agent: false, timeout: SILENCE }, (response) => {
      response.setEncoding("utf8");
      response.on("error", () => {});
      response.on("close", () => resolve({}));
      whole(response, (text) => resolve(parsed(text) ?? {}));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve({}));
  });
}

function whole(response, then) {
  let text = "";
  response.on("data", (part) => {
    text = (text + part).slice(0, MOST);
  });
  response.on("end", () => then(text));
}

function whyNot(status, text) {
  const detail = parsed(text)?.detail;
  return typeof detail === "string"
    ? detail
    : `it answers ${status}, which is not emulate's control port. The banner of \`emulate serve\` says where that is: emulate({ control: "http://127.0.0.1:4001" }).`;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Make a function that takes the next part of a stream, calls `tell` with each whole event, and returns whether what
    it keeps is bounded (HTML Standard, "Interpreting an event stream"; emulate ends lines by a line feed alone). */
export function eventParser(tell) {
  let rest = "";
  return (text) => {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = { name: "message", id: "", data: "" };
      for (const line of block.split("\n")) {
        const [, field, value] = /^(event|id|data): ?(.*)$/s.exec(line) ?? [];
        if (field) {
          event[field === "event" ? "name" : field] = value;
        }
      }
      if (event.data) {
        tell(event);
      }
    }
    return rest.length <= MOST;
  };
}
