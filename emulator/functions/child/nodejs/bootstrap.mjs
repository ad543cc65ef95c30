/**
 * The Node.js runtime of an execution environment: serves the user's handler from the Lambda Runtime API.
 *
 * Runs under the user's `node`, 18 or newer, in the code's folder: standard library only, and no more of it than
 * needed, for imports are what a cold start is made of. Behaves as aws/aws-lambda-nodejs-runtime-interface-client does,
 * in the release that bootstrap_release.mjs picks.
 */

import { readSync } from "node:fs";
import { connect } from "node:net";

import { describeError, runtimeError } from "./bootstrap_errors.mjs";
import { loadHandler, setUpGlobal } from "./bootstrap_handler.mjs";
import { logError, setUpConsole, setUpStreams, untilPossible, writeAll } from "./bootstrap_logging.mjs";
import { MODERN } from "./bootstrap_release.mjs";

const API = "/2018-06-01/runtime/";

/** Bytes. */
const CHUNK = 65536;

const REQUEST_ID = Symbol.for(MODERN ? "_AWS_LAMBDA_REQUEST_ID" : "aws.lambda.runtime.requestId");
const TRACE_ID = Symbol.for("_AWS_LAMBDA_X_RAY_TRACE_ID");

const env = process.env;

/** The part of the context that is the same for every invocation. Its order is that of Lambda's, release by release. */
const ABOUT_THE_FUNCTION = {
  ...(MODERN && { functionName: env.AWS_LAMBDA_FUNCTION_NAME }),
  functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
  functionName: env.AWS_LAMBDA_FUNCTION_NAME,
  memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
};

const REPEATED = "Invocation has already been reported as done.";

const nothing = () => {};

/** A keep-alive connection. The answer to one invocation and the request for the next go out together. */
class RuntimeApi {
  /** The id of the invocation in progress; undefined between two, and in the init phase. */
  invocation;
  initialized = false;
  #begun = [];
  #size = 0;
  #wanted = 0;

  /** `onInvocation` is called with the head of a response and its body, the event, as text. */
  constructor(address, onInvocation) {
    const [host, port] = address.split(":");
    const callback = (size, buffer) => this.#read(buffer.subarray(0, size));
    this.onInvocation = onInvocation;
    this.host = ` HTTP/1.1\r\nHost: ${address}\r\n`;
    this.socket = connect({ host, port, noDelay: true, onread: { buffer: Buffer.allocUnsafe(CHUNK), callback } });
    this.socket.on("error", nothing).on("close", endWithTheEmulator).unref();
  }

  /** Asks for an invocation, after the answer to the last one, if any. Waiting for it keeps the process alive. */
  next(answer = "") {
    this.initialized = true;
    this.invocation = undefined;
    this.socket.write(`${answer}GET ${API}invocation/next${this.host}\r\n`);
    this.socket.ref();
  }

  /** `outcome` is "response" or "error". A second answer to an invocation goes nowhere. */
  answer(requestId, outcome, body) {
    if (requestId === this.invocation) this.next(this.#post(`invocation/${requestId}/${outcome}`, body));
  }

  /** As `answer`, but returns once the answer was taken, with nothing of the user's run in between. */
  answerAndWait(requestId, outcome, body) {
    const { fd } = this.socket._handle;
    writeAll(fd, this.#post(`invocation/${requestId}/${outcome}`, body));
    untilPossible(() => readSync(fd, Buffer.allocUnsafe(CHUNK)));
  }

  /** Settles when the error was taken. */
  initError(body) {
    this.socket.write(this.#post("init/error", body));
    this.socket.ref();
    return new Promise((taken) => (this.onAnswer = taken));
  }

  #post(path, body) {
    const head = `POST ${API}${path}${this.host}Content-Type: application/json\r\n`;
    return `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  }

  /** `chunk` is lent: its memory is that of the next one. */
  #read(chunk) {
    this.#size += chunk.length;
    if (this.#size < this.#wanted) return this.#begun.push(Buffer.from(chunk));
    let data = this.#begun.length ? Buffer.concat([...this.#begun, chunk]) : chunk;
    const responses = [];
    while (data.length) {
      const end = data.indexOf("\r\n\r\n") + 4;
      const head = end < 4 ? "" : data.toString("utf8", 0, end);
      this.#wanted = end < 4 ? data.length + 1 : end + Number(readHeader(head, "Content-Length"));
      if (data.length < this.#wanted) break;
      responses.push([head, data.toString("utf8", end, this.#wanted)]);
      data = data.subarray(this.#wanted);
      this.#wanted = 0;
    }
    this.#begun = data.length ? [Buffer.from(data)] : [];
    this.#size = data.length;
    for (const [head, body] of responses) this.#take(head, body);
  }

  #take(head, body) {
    const status = head.slice(9, 12);
    if (status === "200") {
      this.socket.unref(); // from here on only what the handler does keeps the event loop busy
      this.invocation = readHeader(head, "Lambda-Runtime-Aws-Request-Id");
      this.onInvocation(head, body);
    } else {
      if (status !== "202") writeAll(2, `The Runtime API refused the answer: ${body}`);
      this.onAnswer?.();
    }
  }
}

/** Nobody is left to serve: end, and take along what the handler started. */
function endWithTheEmulator() {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.kill(process.pid, "SIGKILL"); // leads no process group
  }
}

/** The value of a header, spelled as AWS spells it; empty when it is not there. */
function readHeader(head, name) {
  const start = head.indexOf(`\r\n${name}: `);
  return start < 0 ? "" : head.slice(start + name.length + 4, head.indexOf("\r\n", start + 2));
}

function serialize(value) {
  let text;
  try {
    text = JSON.stringify(value === undefined ? null : value);
  } catch {
    const message = "Unable to stringify response body";
    throw MODERN ? runtimeError("JSONStringifyError", message) : new Error(message);
  }
  if (text === undefined) throw new TypeError("Wrong arguments"); // of a function, say; so says Lambda's HTTP client
  return text;
}

const serializeError = (error) => JSON.stringify(describeError(error));

/** AWS: "Using the Lambda context object to retrieve Node.js function information". */
function describeInvocation(head) {
  const deadline = Number(readHeader(head, "Lambda-Runtime-Deadline-Ms"));
  const xRayTraceId = readHeader(head, "Lambda-Runtime-Trace-Id");
  if (xRayTraceId) env._X_AMZN_TRACE_ID = xRayTraceId;
  else delete env._X_AMZN_TRACE_ID;
  return {
    ...(!MODERN && ABOUT_THE_FUNCTION),
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: readHeader(head, "Lambda-Runtime-Invoked-Function-Arn"),
    awsRequestId: readHeader(head, "Lambda-Runtime-Aws-Request-Id"),
    tenantId: undefined,
    ...(MODERN && { xRayTraceId }),
    getRemainingTimeInMillis: () => deadline - Date.now(),
    ...(MODERN && ABOUT_THE_FUNCTION),
  };
}

/** What an event loop with nothing left to do means to the invocation in progress: that its handler, which is not going
 * to answer any more, has; or that an answer which waited for this can go. */
let whenLoopIsEmpty = nothing;

/** Calls the handler as a method, which is what `this` and the frames of a stack show on Lambda, too. */
class Runtime {
  handler;

  constructor(address) {
    this.api = new RuntimeApi(address, MODERN ? this.serveModern.bind(this) : this.serveClassic.bind(this));
  }

  /** Up to nodejs22.x: the handler answers by a promise, by its callback or by the context's methods, the first of
   * which counts; what it returns otherwise does not. */
  serveClassic(head, event) {
    const { invocation } = this.api;
    const [callback, context] = waysToAnswer(this.api, invocation);
    globalThis[REQUEST_ID] = invocation;
    try {
      const { succeed, fail } = context;
      const result = this.handler(JSON.parse(event), Object.assign(context, describeInvocation(head)), callback);
      if (typeof result?.then === "function") result.then(succeed, fail).catch(fail);
    } catch (error) {
      callback(error);
    }
  }

  /** From nodejs24.x on: what the handler returns, or the promise it returns ends in, is the answer. */
  async serveModern(head, event) {
    const { invocation } = this.api;
    const context = describeInvocation(head);
    const payload = JSON.parse(event);
    let outcome = "response";
    let body;
    invokeStore.run({ [REQUEST_ID]: invocation, [TRACE_ID]: context.xRayTraceId }, nothing);
    try {
      const result = await this.handler(payload, context);
      await new Promise(setImmediate);
      body = serialize(result);
    } catch (error) {
      await new Promise(setImmediate);
      logError("Invoke Error", error);
      outcome = "error";
      body = serializeError(error);
    }
    this.api.answer(invocation, outcome, body);
  }
}

/** The callback, and the part of the context that is about answering, to which the rest is added. */
function waysToAnswer(api, requestId) {
  let isFinished = false;
  let isComplete = false;
  let waits = true;
  const firstOnly = (answer) => (...values) => {
    if (isFinished) return;
    answer(...values);
    isFinished = true;
  };
  const complete = (result) => {
    if (isComplete) return console.error(`${REPEATED} Cannot call complete more than once per invocation.`);
    isComplete = true;
    api.answer(requestId, "response", serialize(result));
  };
  const done = (error, result) => {
    whenLoopIsEmpty = nothing;
    if (error === undefined || error === null) return complete(result);
    logError("Invoke Error", error);
    api.answer(requestId, "error", serializeError(error));
  };
  const callback = (error, result) => {
    if (!waits || (error !== undefined && error !== null)) return done(error, result);
    whenLoopIsEmpty = () => setImmediate(complete, result);
  };
  whenLoopIsEmpty = () => {
    isComplete = true;
    api.answer(requestId, "response", "null");
  };
  const ways = {
    get callbackWaitsForEmptyEventLoop() {
      return waits;
    },
    set callbackWaitsForEmptyEventLoop(value) {
      waits = value;
    },
    succeed: firstOnly((result) => done(null, result)),
    fail: firstOnly((error) => done(error ?? "handled")),
    done: firstOnly(done),
  };
  return [firstOnly(callback), ways];
}

/** `awslambda.InvokeStore`, which the package @aws/lambda-invoke-store looks for. */
const invokeStore = {
  context: undefined,
  getContext: () => invokeStore.context,
  hasContext: () => invokeStore.context !== undefined,
  get: (key) => invokeStore.context?.[key],
  getRequestId: () => invokeStore.get(REQUEST_ID) ?? "-",
  getXRayTraceId: () => invokeStore.get(TRACE_ID),
  getTenantId: () => undefined,
  isProtectedKey: (key) => key === REQUEST_ID || key === TRACE_ID,
  run(context, inside) {
    invokeStore.context = context;
    return inside();
  },
  set(key, value) {
    if (this.isProtectedKey(key)) throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
    (invokeStore.context ??= {})[key] = value;
  },
};

/** Up to nodejs22.x: what nobody catches is the end of the invocation, or of the init phase, and of the process. From
 * nodejs24.x on Lambda leaves it to Node.js, which prints the error and ends with status 1. */
function endOnUncaughtErrors(api) {
  const end = async (error, status) => {
    if (api.invocation !== undefined) api.answerAndWait(api.invocation, "error", serializeError(error));
    else if (!api.initialized) await api.initError(serializeError(error));
    process.exit(status);
  };
  process.on("uncaughtException", (error) => {
    logError("Uncaught Exception", error);
    end(error, 129);
  });
  process.on("unhandledRejection", (reason, promise) => {
    const error = Object.assign(runtimeError("UnhandledPromiseRejection", reason), { reason, promise });
    logError("Unhandled Promise Rejection", error);
    end(error, 128);
  });
}

async function main() {
  setUpStreams();
  setUpConsole(MODERN ? invokeStore.getRequestId : () => globalThis[REQUEST_ID]);
  setUpGlobal(MODERN ? { InvokeStore: invokeStore } : {});
  const runtime = new Runtime(env.AWS_LAMBDA_RUNTIME_API);
  if (!MODERN) endOnUncaughtErrors(runtime.api);
  process.on("beforeExit", () => whenLoopIsEmpty());
  try {
    runtime.handler = await loadHandler(env.LAMBDA_TASK_ROOT, env._HANDLER);
  } catch (error) {
    logError(MODERN ? "Init Error" : "Uncaught Exception", error);
    await runtime.api.initError(serializeError(error));
    process.exit(MODERN ? 1 : 129);
  }
  runtime.api.next();
}

// A module whose own `await` never ends, ends the process: with status 13 up to nodejs22.x, without one afterwards.
if (MODERN) main();
else await main();
