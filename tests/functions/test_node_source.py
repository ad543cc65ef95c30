"""What is told of a JavaScript file that is read as text: exports and packages, or nothing where it is in doubt."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from emulator.functions.node_source import may_export, package_of, read_node


@pytest.mark.parametrize(
    ("text", "exports"),
    [
        pytest.param("exports.handler = async () => 1;", {"handler"}, id="exports"),
        pytest.param("module.exports.handler = 1", {"handler"}, id="module-exports"),
        pytest.param("exports.a = exports.b = 1", {"a", "b"}, id="both"),
        pytest.param("exports = module.exports = { a }", {"a"}, id="chained"),
        pytest.param("module.exports = { a, b: x };", {"a", "b", "x"}, id="object"),
        pytest.param("module.exports = {\n  async a(event) { return { b: 1 }; },\n};\n",
                     {"async", "a", "event", "return", "b", "1"}, id="object-of-methods"),
        pytest.param('Object.defineProperty(exports, "__esModule", { value: true });\nexports.a = void 0;',
                     {"__esModule", "a"}, id="compiled"),
        pytest.param("export const a = 1;\nexport async function b() {}\nexport class C {}", {"a", "b", "C"},
                     id="export"),
        pytest.param("export { a as b, c }", {"b", "c"}, id="export-list"),
        pytest.param("export * as a from './a.mjs'", {"a"}, id="namespace"),
        pytest.param("if (require.main === module) run();\nexports.a = 1", {"a"}, id="main"),
        pytest.param("// exports.a = 1\n/* exports.b = 1 */\nconst c = `exports.d = 1`;", set(), id="no-code"),
        pytest.param("const quotes = /['\"]/; exports.a = 1", {"a"}, id="regular-expression"),
        pytest.param("#!/usr/bin/env node\nexports.a = 1", {"a"}, id="hash-bang"),
        pytest.param("function handler() {}", set(), id="nothing"),
    ],
)  # fmt: skip
def test_exports(text: str, exports: set[str]) -> None:
    assert read_node(text).exports == exports


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("module.exports = require('./shop')", id="of-another-file"),
        pytest.param("module.exports = shop", id="variable"),
        pytest.param("module.exports = function () {}", id="function"),
        pytest.param("module.exports = { ...shop }", id="spread"),
        pytest.param("module.exports = { [name]: 1 }", id="computed"),
        pytest.param("exports[name] = 1", id="index"),
        pytest.param("__exportStar(require('./a'), exports)", id="passed-on"),
        pytest.param("Object.assign(exports, shop)", id="assign"),
        pytest.param("Object.defineProperty(exports, name, {})", id="property-by-name"),
        pytest.param("export * from './a.mjs'", id="star"),
        pytest.param("export default { handler }", id="default"),
        pytest.param("export { a as default }", id="listed-default"),
        pytest.param("export const { a, b } = shop", id="pattern"),
        pytest.param("module['exports'] = 1", id="module"),
        pytest.param("this['handler'] = 1", id="this"),
    ],
)
def test_exports_that_cannot_be_told(text: str) -> None:
    assert read_node(text).exports is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("export const a = 1,\n  handler = 2", True),
        ("this.handler = 1", True),
        ("// exports.handler = 1", True),
        ("export { handler }", True),
        ("const handler = 1", False),
    ],
)
def test_what_looks_like_an_export(text: str, expected: bool) -> None:
    assert may_export(text, "handler") is expected


def test_imports_that_always_run() -> None:
    text = """import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import "./side.mjs";
import {
  v4,
} from 'uuid';
const { S3 } = require("@aws-sdk/client-s3");
const app = require('express')();
export * from "shop";
require("dotenv").config();
try { require("inside") } catch {}
  const y = require("indented");
// import "comment"
const text = `
import "template"
`;
"""
    assert [(one.specifier, one.line) for one in read_node(text).imports] == [
        ("@aws-sdk/client-dynamodb", 1),
        ("./side.mjs", 2),
        ("uuid", 3),
        ("@aws-sdk/client-s3", 6),
        ("express", 7),
        ("shop", 8),
        ("dotenv", 9),
    ]


@pytest.mark.parametrize(
    ("specifier", "package"),
    [
        ("uuid", "uuid"),
        ("lodash/fp", "lodash"),
        ("@aws-sdk/client-s3", "@aws-sdk/client-s3"),
        ("@scope/a/b.js", "@scope/a"),
        ("./a", None),
        ("/opt/a", None),
        ("#internal", None),
        ("node:fs", None),
        ("fs", None),
        ("fs/promises", None),
        ("https://a.example/x.mjs", None),
    ],
)
def test_packages(specifier: str, package: str | None) -> None:
    assert package_of(specifier) == package


KEYS = """
const { builtinModules } = require("module"), fs = require("fs"), files = JSON.parse(fs.readFileSync(0, "utf8"));
const found = {};
for (const file of files) {
  try { found[file] = Object.keys(require(file)); } catch {}
}
console.log(JSON.stringify(found));
"""


def test_nothing_that_real_packages_export_is_called_missing() -> None:
    """npm's own packages, as Node.js loads them."""
    node = shutil.which("node")
    assert node is not None
    root = Path(node).resolve().parents[1] / "lib" / "node_modules" / "npm" / "node_modules"
    files = [str(file) for file in sorted(root.glob("*/lib/*.js"))][:150]
    done = subprocess.run([node, "-e", KEYS], input=json.dumps(files), capture_output=True, text=True, check=True)
    loaded: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    told = 0
    for file, keys in loaded.items():
        text = Path(file).read_text()
        exports = read_node(text).exports
        if exports is not None:
            told += 1
            assert [key for key in keys if key not in exports and not may_export(text, key)] == [], file
    assert told or not files  # a distribution may keep npm elsewhere
