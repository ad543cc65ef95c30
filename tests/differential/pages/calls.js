"use strict";

const CALL_TIMEOUT = 20000;

function bodyOf({ kind, type }) {
  switch (kind) {
    case "text": return "text";
    case "bytes": return new Uint8Array([1, 2, 3]);
    case "blob": return new Blob(["blob"], { type });
    case "urlencoded": return new URLSearchParams({ a: "1" });
    case "form": { const form = new FormData(); form.append("a", "1"); return form; }
  }
  throw new Error(`no such body: ${kind}`);
}

function requestOf(call) {
  // Pairs: a Headers object would join repeated headers before the browser's rules see them.
  const { method, headers, mode, credentials, redirect } = call;
  const init = { method, mode, credentials, redirect, headers };
  if (call.body) init.body = bodyOf(call.body);
  return new Request(call.url, init);
}

function timeLimit() {
  return new Promise((_, reject) => setTimeout(() => reject({ name: "Timeout" }), CALL_TIMEOUT));
}

async function runCall(call) {
  let request;
  try { request = requestOf(call); } catch (error) { return { kind: "request-error", exception: error.name }; }
  try {
    const response = await Promise.race([fetch(request), timeLimit()]);
    const { type, status, url, redirected } = response;
    return { kind: "response", type, status, url, redirected, headers: [...response.headers] };
  } catch (error) {
    return { kind: "network-error", exception: error.name };
  }
}

function now() {
  return (performance.timeOrigin + performance.now()) / 1000;
}

async function runCase(aCase) {
  const outcomes = [];
  for (const call of aCase.calls) {
    if (call.wait) await new Promise((resolve) => setTimeout(resolve, call.wait * 1000));
    const started = now();
    const outcome = await runCall(call);
    outcomes.push({ ...outcome, started, ended: now() });
  }
  return outcomes;
}

const waiting = new Map();

window.addEventListener("message", ({ data }) => {
  const resolve = waiting.get(data.name);
  if (resolve) { waiting.delete(data.name); resolve(data.outcomes); }
});

function runInFrame(aCase) {
  return new Promise((resolve) => {
    waiting.set(aCase.name, resolve);
    window.frames.opaque.postMessage(aCase, "*");
  });
}

async function runBatch({ cases, inFlight }) {
  const results = {};
  const queue = cases.slice();
  async function drain() {
    for (let aCase = queue.shift(); aCase; aCase = queue.shift()) {
      results[aCase.name] = await (aCase.opaque ? runInFrame(aCase) : runCase(aCase));
    }
  }
  await Promise.all(Array.from({ length: inFlight }, drain));
  return results;
}
