/** The console as Lambda leaves it: a line an event, in text or JSON, ends of line inside it as carriage returns. */

import { writeSync } from "node:fs";
import { format } from "node:util";

import { errorAsText, intoError, userLines } from "./bootstrap_errors.mjs";
import { MODERN } from "./bootstrap_release.mjs";

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
const JSON_FORMAT = process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === "JSON";
const LEAST = LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase());

/** `requestId` tells the invocation a line belongs to. */
export function setUpConsole(requestId) {
  LEVELS.forEach((level, index) => {
    const log = (message, ...values) => {
      const line = (JSON_FORMAT ? inJson : inText)(new Date().toISOString(), requestId(), level, message, values);
      // Past process.stdout: on Lambda, too, log lines have a file descriptor of their own.
      writeAll(1, `${line.replaceAll("\n", "\r")}\n`);
    };
    console[level.toLowerCase()] = index < LEAST ? () => {} : log;
  });
  console.log = console.info;
}

/** What Lambda logs when a function fails; `title` says in which way. */
export function logError(title, error) {
  if (JSON_FORMAT) console.error(intoError(error));
  else console.error(title, `\t${errorAsText(intoError(error))}`);
}

function inText(time, requestId, level, message, values) {
  return `${time}\t${requestId}\t${level}\t${format(message, ...values)}`;
}

/** AWS: "Using Lambda advanced logging controls with Node.js". */
function inJson(timestamp, requestId, level, message, values) {
  const line = { timestamp, level, requestId };
  if (values.length === 0) {
    try {
      return JSON.stringify({ ...line, message }, withErrorProperties);
    } catch {
      return JSON.stringify({ ...line, message: format(message) });
    }
  }
  line.message = format(message, ...values);
  const error = (MODERN ? values : [message, ...values]).find((value) => value instanceof Error);
  return JSON.stringify(error ? { ...line, ...errorProperties(error, []) } : line);
}

function withErrorProperties(_, value) {
  return value instanceof Error ? { ...errorProperties(value, value.stack), ...value } : value;
}

function errorProperties(error, stackThatIsNoText) {
  const { constructor, message: errorMessage, stack } = error;
  const stackTrace = typeof stack === "string" ? userLines(stack) : stackThatIsNoText;
  return { errorType: constructor?.name ?? "UnknownError", errorMessage, stackTrace };
}

/** Makes process.stdout and process.stderr write at once, so that what was printed stands before the answer. To make
 * the streams takes time, and so waits until somebody asks for one. */
export function setUpStreams() {
  for (const name of ["stdout", "stderr"]) {
    const property = Object.getOwnPropertyDescriptor(process, name);
    const get = () => {
      const stream = property.get.call(process);
      stream._handle?.setBlocking?.(true);
      Object.defineProperty(process, name, property);
      return stream;
    };
    Object.defineProperty(process, name, { ...property, get });
  }
}

/** Writes all of `text`, now. */
export function writeAll(fd, text) {
  let data = Buffer.from(text);
  while (data.length) data = data.subarray(untilPossible(() => writeSync(fd, data)));
}

/** Does what a file descriptor that never blocks may refuse for the moment. */
export function untilPossible(operation) {
  for (;;) {
    try {
      return operation();
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1); // a millisecond
    }
  }
}
