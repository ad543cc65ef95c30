/**
 * Starts AWS's own runtime client, release 3 or 4, from the folder given: `node aws_runtime.mjs FOLDER RELEASE`.
 *
 * Its HTTP client is native code, which takes cmake and a C++ compiler to build. This one, in JavaScript, stands in for
 * it, call by call as in its src/rapid-client.cc: `next` waits beside the event loop, `done` and `error` block.
 */

import { readSync, writeSync } from "node:fs";
import Module from "node:module";
import { connect } from "node:net";
import { pathToFileURL } from "node:url";

const [folder, release] = process.argv.splice(2);
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const socket = connect({ host, port, noDelay: true });
const end = () => process.kill(process.pid, "SIGKILL");
socket.on("error", end).on("close", end).unref();

const request = (method, path, body = "") =>
  `${method} /2018-06-01/runtime/invocation/${path} HTTP/1.1\r\nHost: ${host}:${port}\r\n` +
  `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** Headers and body of a response; undefined while it is not complete. */
function parse(data) {
  const end = data.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const lines = data.toString("utf8", 0, end).split("\r\n").slice(1);
  const headers = Object.fromEntries(lines.map((line) => [line.split(": ")[0].toLowerCase(), line.split(": ")[1]]));
  const whole = end + 4 + Number(headers["content-length"]);
  return data.length < whole ? undefined : { headers, body: data.toString("utf8", end + 4, whole) };
}

function block(operation) {
  for (;;) {
    try {
      return operation();
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

function post(id, outcome, body) {
  if (typeof body !== "string") throw new TypeError("Wrong arguments");
  let data = Buffer.from(request("POST", `${id}/${outcome}`, body));
  while (data.length) data = data.subarray(block(() => writeSync(socket._handle.fd, data)));
  const chunk = Buffer.alloc(65536);
  for (data = Buffer.alloc(0); !parse(data); ) {
    const size = block(() => readSync(socket._handle.fd, chunk));
    if (size === 0) end();
    data = Buffer.concat([data, chunk.subarray(0, size)]);
  }
}

const client = {
  next: () =>
    new Promise((resolve) => {
      let data = Buffer.alloc(0);
      socket.ref().on("data", (chunk) => {
        data = Buffer.concat([data, chunk]);
        const response = parse(data);
        if (!response) return;
        socket.unref().removeAllListeners("data");
        const { headers, body: bodyJson } = response;
        const deadline = Number(headers["lambda-runtime-deadline-ms"]);
        const trace = headers["lambda-runtime-trace-id"] ?? "";
        const own = { "lambda-runtime-deadline-ms": deadline, "lambda-runtime-trace-id": trace };
        resolve({ bodyJson, headers: { ...headers, ...own } });
      });
      socket.write(request("GET", "next"));
    }),
  done: (id, body) => post(id, "response", body),
  error: (id, body) => post(id, "error", body),
};

const load = Module._load;
Module._load = (name, ...rest) => (name === "./rapid-client.node" ? client : load(name, ...rest));

const main = { 3: "aws-lambda-ric-3/dist/index.mjs", 4: "aws-lambda-ric-4/index.mjs" }[release];
const { run } = await import(pathToFileURL(`${folder}/node_modules/${main}`));
await run?.(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
