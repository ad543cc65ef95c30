// The plugin: Vite's server reads the control port's events and passes on to each page what concerns its own origin.

import { readFile } from "node:fs/promises";
import { follow } from "./lib/follow.js";
import { linked, roots } from "./lib/places.js";
import { Pages } from "./lib/pages.js";
import { newsOf } from "./lib/news.js";

const CLIENT = "virtual:vite-plugin-emulate";
const DEFAULT_CONTROL = "http://127.0.0.1:4000";

export default function emulate(options = {}) {
  const { severity = "error" } = options;
  if (!["error", "warning"].includes(severity)) {
    throw new TypeError(`vite-plugin-emulate: severity is "error" or "warning", and not ${JSON.stringify(severity)}.`);
  }
  let base = "/";
  let stop = () => {};
  return {
    name: "vite-plugin-emulate",
    // Not in a build, nor where tests are to see the page alone.
    apply: (_, { command, isPreview }) =>
      command === "serve" && !isPreview && !process.env.VITEST && process.env.EMULATE_OVERLAY !== "off",
    configResolved(config) {
      base = config.base;
    },
    configureServer(server) {
      stop();
      stop = serve(server, controlUrl(options.control || process.env.EMULATE_CONTROL_URL || DEFAULT_CONTROL), severity);
    },
    closeBundle() {
      stop();
    },
    resolveId: (id) => (id === CLIENT ? id : undefined),
    load: (id) => (id === CLIENT ? readFile(new URL("./lib/client.js", import.meta.url), "utf8") : undefined),
    // A module of Vite's server, so that a page's Content-Security-Policy that lets Vite's own client run lets this run.
    transformIndexHtml: () => [
      { tag: "script", attrs: { type: "module", src: `${base}@id/${CLIENT}` }, injectTo: "head" },
    ],
  };
}

function controlUrl(text) {
  const url = URL.canParse?.(text) === false ? null : new URL(text);
  if (url?.protocol !== "http:") {
    throw new TypeError(`vite-plugin-emulate: control is a URL like ${DEFAULT_CONTROL}, and not ${JSON.stringify(text)}.`);
  }
  return url;
}

function serve(server, control, severity) {
  const { logger, root } = server.config;
  const pages = new Pages(server.ws, severity);
  const known = roots(root);
  let health = {};
  const said = new Set();
  const say = (level, text) => {
    if (!said.has(text)) {
      said.add(text);
      logger[level](`  emulate: ${text}`);
    }
  };
  const link = (text) => linked(text, known, health);
  return follow(control, {
    onEvent: (name, data) => {
      const news = newsOf(name, data, link);
      if (news) {
        pages.tell(news);
      }
    },
    onOpen: (found) => {
      health = found;
      pages.begin(found.problem ? link(found.problem) : null);
    },
    onMissing: () => {
      say("info", `nothing answers at ${control.origin} yet. What \`emulate serve\` finds is shown in the page from its start on.`);
    },
    onBug: (error) => say("warn", `what ${control.origin} tells is not understood (${error}). Is it of the same version?`),
    onRefused: (why) => say("warn", `${control.origin} cannot be read: ${why}`),
  });
}
