/** Errors as the caller of the function gets them, and as the log does. */

import { types } from "node:util";

import { MODERN } from "./bootstrap_release.mjs";

const OWN_FILES = import.meta.url.slice(0, -"_errors.mjs".length);

export const intoError = (thrown) => (thrown instanceof Error ? thrown : new Error(MODERN ? String(thrown) : thrown));

/** The lines of a stack without the runtime's own frames and what called those: users want theirs. */
export function userLines(stack) {
  const lines = stack.split("\n");
  const isOwn = (line) => line.includes(OWN_FILES);
  const firstOwn = lines.findIndex(isOwn);
  if (firstOwn < 0) return lines;
  const lastOfUser = lines.findLastIndex((line) => !isOwn(line) && !/[( ]node:/.test(line));
  return lines.filter((line, index) => !isOwn(line) && (index < firstOwn || index <= lastOfUser));
}

/** The error object that is the payload of a failed invocation. */
export function describeError(error) {
  const escaped = (text) => text?.replaceAll("\x7F", "%7F");
  try {
    if (MODERN ? error instanceof Error : types.isNativeError(error) || looksLikeAnError(error)) {
      const trace = MODERN && !error.stack ? [] : userLines(escaped(error.stack));
      return { errorType: escaped(error.name), errorMessage: escaped(error.message), trace };
    }
    return { errorType: typeof error, errorMessage: MODERN ? String(error) : error.toString(), trace: [] };
  } catch {
    const problem = "there was a problem while retrieving one or more of its message, name, and stack";
    const errorMessage = `callback called with Error argument, but ${problem}`;
    return { errorType: "handled", errorMessage, ...(MODERN && { trace: [] }) };
  }
}

function looksLikeAnError(value) {
  return value && [value.name, value.message, value.stack].every((part) => part && typeof part === "string");
}

/** What a log line in text says of an error. */
export function errorAsText(error) {
  const withAllProperties = (_, value) => {
    if (!(value instanceof Error)) return value;
    const { name: errorType, message: errorMessage, code, stack } = value;
    const all = { errorType, errorMessage, code, ...value };
    return typeof stack === "string" ? { ...all, stack: userLines(stack) } : all;
  };
  try {
    return JSON.stringify(error, withAllProperties);
  } catch {
    return JSON.stringify(describeError(error));
  }
}

/** An error of Lambda's own: its type is "Runtime.<kind>"; log lines in JSON show the name of its class. */
export function runtimeError(kind, message, namespace = "Runtime") {
  const className = MODERN && !kind.endsWith("Error") ? `${kind}Error` : kind;
  const { [className]: Kind } = { [className]: class extends Error {} };
  if (!MODERN) Kind.prototype.name = `${namespace}.${kind}`; // before its stack is made, which begins with it
  const error = new Kind(message);
  if (MODERN) error.name = `${namespace}.${kind}`;
  return error;
}
