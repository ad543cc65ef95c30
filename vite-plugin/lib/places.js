// Finds the places in files that a text names, such as `emulator.yaml:10`, so that a click opens them in the editor.

import { existsSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const MOST = 4000; // characters of a text that are looked through: no message of emulate's has more, a path may have

// `File "/app/shop.py", line 12` of Python, `emulator.yaml:10` of emulate, `/app/shop.mjs:12:5` of Node.js
const PLACE = /File "([^"\n]{1,300})", line (\d{1,7})|((?:file:\/\/)?[^\s"'`(),;]{1,300}\.\w{1,8}):(\d{1,7})/g;

/** List the folders whose files may be opened: Vite's root, and the workspace or repository that it lies in. */
export function roots(root) {
  const found = [root];
  for (let folder = root; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (isWorkspace(folder)) {
      found.push(folder);
    }
  }
  return found.map((folder) => realpathSync(folder));
}

function isWorkspace(folder) {
  const has = (name) => existsSync(path.join(folder, name));
  if (has(".git") || has("pnpm-workspace.yaml") || has("lerna.json")) {
    return true;
  }
  try {
    return Boolean(JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")).workspaces);
  } catch {
    return false;
  }
}

/** Cut a text into parts: strings, and `{text, file}` for each place whose file is below one of `known`; `file` is what
    Vite's /__open-in-editor takes. `health` has the folder that emulate runs in. */
export function linked(text, known, health) {
  const parts = [];
  let end = 0;
  for (const match of text.slice(0, MOST).matchAll(PLACE)) {
    const [whole, pythons, pythonLine, other, line] = match;
    const file = found(pythons ?? other, known, health);
    if (file) {
      parts.push(text.slice(end, match.index), { text: whole, file: `${file}:${pythonLine ?? line}` });
      end = match.index + whole.length;
    }
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

function found(name, known, health) {
  const folders = [health.folder, health.config && path.dirname(health.config), ...known].filter(Boolean);
  for (const folder of folders) {
    try {
      const file = realpathSync(path.resolve(folder, name.startsWith("file://") ? fileURLToPath(name) : name));
      if (known.some((root) => file.startsWith(root + path.sep))) {
        return file;
      }
    } catch {
      // it is not there: emulate may run in a container, and see other folders
    }
  }
  return null;
}
