/**
 * Loads a handler in TypeScript: by the project's own `tsx` or `esbuild`, or by a Node.js that strips types itself. On
 * Lambda there is only the JavaScript that a build makes of it.
 */

import Module, { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { runtimeError } from "./bootstrap_errors.mjs";

/** The module of `file`. What it exports is found by its name, however its package is read. */
export async function loadTypeScript(file) {
  const ofProject = createRequire(file);
  const module = await loadBy(ofProject, file);
  return { ...module.default, ...module };
}

async function loadBy(ofProject, file) {
  const tsx = resolved(ofProject, "tsx/package.json");
  if (tsx) {
    await registerTsx(ofProject, tsx);
    return import(pathToFileURL(file));
  }
  const esbuild = resolved(ofProject, "esbuild");
  if (esbuild) return runBundle(bundle(ofProject(esbuild), file), file);
  if (process.features.typescript) return import(pathToFileURL(file));
  const ways = "install tsx or esbuild in the project (npm install --save-dev tsx), use Node.js 22.18 or newer";
  const found = `'${basename(file)}' is TypeScript, which Node.js ${process.version} does not run`;
  throw runtimeError("ImportModuleError", `Error: ${found}: ${ways}, or build it, and name the built folder`);
}

/** Both ways of loading: what is imported and what is required. Its API for the first works as an ES module alone. */
async function registerTsx(ofProject, manifest) {
  ofProject("tsx/cjs/api").register();
  const entry = ofProject(manifest).exports["./esm/api"].import;
  const { register } = await import(pathToFileURL(join(dirname(manifest), entry.default ?? entry)));
  register();
}

function resolved(ofProject, name) {
  try {
    return ofProject.resolve(name);
  } catch {
    return undefined;
  }
}

/** The file and all it imports of the project's own, as one CommonJS text. Packages stay where they are. */
function bundle({ buildSync }, file) {
  const target = `node${process.versions.node}`;
  const options = { bundle: true, platform: "node", format: "cjs", target, packages: "external" };
  try {
    const { outputFiles } = buildSync({
      ...options, entryPoints: [file], sourcemap: "inline", write: false, logLevel: "silent",
    });
    return outputFiles[0].text;
  } catch (error) {
    if (!error?.errors) throw error;
    throw runtimeError("UserCodeSyntaxError", `SyntaxError: ${error.message}`);
  }
}

/** Runs the text as if it were the file, so that it finds its packages, and stacks show the lines of the sources. */
function runBundle(text, file) {
  process.setSourceMapsEnabled(true);
  const module = new Module(file);
  Object.assign(module, { filename: file, paths: Module._nodeModulePaths(dirname(file)) });
  module._compile(text, file);
  return module.exports;
}
