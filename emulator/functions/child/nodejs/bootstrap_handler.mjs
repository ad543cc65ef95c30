/** Finds and loads the user's handler, in the order and with the errors of Lambda's runtime. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { runtimeError, userLines } from "./bootstrap_errors.mjs";
import { MODERN } from "./bootstrap_release.mjs";

const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");

const TYPESCRIPT = [".ts", ".mts", ".cts"];

const require = createRequire(import.meta.url);

/** `name` is "module.function", "folder/module.function" or "module.object.function", below the folder `root`. */
export async function loadHandler(root, name) {
  if (name.includes("..")) {
    const hint = "Use absolute paths when specifying root directories in handler names.";
    throw runtimeError("MalformedHandlerName", `'${name}' is not a valid handler name. ${hint}`);
  }
  const last = basename(name);
  const [, moduleName, path] = /^([^.]*)\.(.*)$/.exec(last) ?? [];
  if (path === undefined) throw runtimeError("MalformedHandlerName", "Bad handler");
  let module;
  try {
    module = await loadModule(root, name.slice(0, name.indexOf(last)), moduleName);
  } catch (error) {
    throw intoInitError(error);
  }
  const handler = findIn(module, path) || (MODERN && findIn(module?.default, path));
  if (!handler) throw runtimeError("HandlerNotFound", `${name} is undefined or not exported`);
  if (typeof handler !== "function") throw runtimeError("HandlerNotFound", `${name} is not a function`);
  refuseWhatIsNotServed(handler, name);
  return handler;
}

async function loadModule(root, folder, name) {
  const path = resolve(root, folder, name);
  const imported = MODERN ? ["", ".js", ".mjs", ".cjs"] : isInModulePackage(path) ? [".js", ".mjs"] : [".mjs"];
  for (const extension of ["", ".js", ".mjs", ".cjs"]) {
    const file = path + extension;
    if (!existsSync(file)) continue;
    const module = imported.includes(extension) ? await import(pathToFileURL(file)) : require(file);
    if (module) return module;
  }
  const source = TYPESCRIPT.map((extension) => path + extension).find(existsSync);
  if (source) return (await import("./bootstrap_typescript.mjs")).loadTypeScript(source);
  return require(require.resolve(name, { paths: [root, MODERN ? join(root, folder) : folder] }));
}

/** Whether the nearest package.json makes `path`.js an ES module. */
function isInModulePackage(path) {
  if (!existsSync(`${path}.js`)) return false;
  for (let folder = dirname(path); !folder.endsWith("/node_modules"); folder = dirname(folder)) {
    const file = join(folder, "package.json");
    try {
      if (existsSync(file)) return JSON.parse(readFileSync(file))?.type === "module";
    } catch (error) {
      console.warn(`${file} cannot be read, it will be ignored for ES module detection purposes.`, error);
      return false;
    }
    if (folder === "/") return false;
  }
  return false;
}

function intoInitError(error) {
  if (error?.code === "MODULE_NOT_FOUND") return runtimeError("ImportModuleError", String(error));
  if (!(error instanceof SyntaxError)) return error;
  const wrapped = runtimeError("UserCodeSyntaxError", String(error));
  wrapped.stack = MODERN ? error.stack : `${wrapped}${placeOf(error)}`;
  return wrapped;
}

/** Up to nodejs22.x Lambda does not say where a syntax error is, which is worth knowing. */
function placeOf(error) {
  const tellsNothing = /^$|^SyntaxError|\bnode:internal\/|\(<anonymous>\)$/;
  const lines = userLines(error.stack).filter((line) => !tellsNothing.test(line));
  return lines.map((line) => `\n${line}`).join("");
}

function findIn(module, path) {
  const isOpen = (value) => (MODERN ? value && typeof value === "object" : value);
  return path.split(".").reduce((value, key) => (isOpen(value) ? value[key] : undefined), module);
}

function refuseWhatIsNotServed(handler, name) {
  if (handler[STREAMING]) throw streamingError(`The handler '${name}' streams its response`);
  if (MODERN && handler.length >= 3) {
    const removed = "AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.";
    const remedy = "You need to modify this function to use a supported handler signature to use Node.js 24 or later.";
    const page = "https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html";
    throw runtimeError("CallbackHandlerDeprecated", `ERROR: ${removed} ${remedy} For more information see ${page}.`);
  }
}

function streamingError(what) {
  const remedy = "Return the response instead: handler = async (event) => ({ statusCode: 200, body: '...' })";
  return runtimeError("StreamingNotEmulated", `${what}, which is not emulated yet. ${remedy}`, "Emulator");
}

/** The global `awslambda`. AWS: "Response streaming for Lambda functions". */
export function setUpGlobal(properties) {
  if (["1", "true"].includes(process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA)) return;
  const streamifyResponse = (handler) => Object.assign(handler, { [STREAMING]: "response" });
  globalThis.awslambda = { ...properties, streamifyResponse, HttpResponseStream };
}

class HttpResponseStream {
  static from() {
    throw streamingError("awslambda.HttpResponseStream writes a streamed response");
  }
}
