/**
 * Runs bootstrap.mjs under Node.js's inspector, and leaves the inspector's address, whose end is a secret, in a file.
 *
 * A program of its own and no `--import`: processes and threads that the handler starts inherit options, and would
 * leave theirs.
 */

import { renameSync, writeFileSync } from "node:fs";
import { url } from "node:inspector";
import { pathToFileURL } from "node:url";

const [path] = process.argv.splice(1, 2).slice(1);
writeFileSync(`${path}.new`, JSON.stringify({ url: url(), version: process.version }), { mode: 0o600 });
renameSync(`${path}.new`, path);
await import(pathToFileURL(process.argv[1]));
