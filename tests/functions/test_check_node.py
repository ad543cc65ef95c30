"""Node.js functions that cannot start: what is said of them, and of which nothing may be said."""

import os
from pathlib import Path

import pytest

from emulator.functions.code_look import Files, code_problems
from emulator.functions.invocation import Function

SOUND = "exports.handler = async () => 1;\n"
SDK = 'const { DynamoDBClient } = require("@aws-sdk/client-dynamodb");\n'


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def said(project: Path, handler: str = "index.handler", code: str = "src", **values: object) -> str:
    (project / code).mkdir(exist_ok=True)
    function = Function("f", handler, project / code, **{"runtime": "nodejs22.x", **values})  # type: ignore[arg-type]
    problems = code_problems(function, Files(project, dict(os.environ)), dict(os.environ))
    return "\n".join(f"{one.found}; expected {one.expected}. {one.fix}" for one in problems)


FILE = "expected the file of the handler, below codeUri."


@pytest.mark.parametrize(
    ("handler", "code", "files", "message"),
    [
        pytest.param(
            "index.handlr",
            "src",
            {"src/index.js": SOUND},
            "`index.handlr`, and src/index.js exports no "
            "`handlr`; expected a function that it exports: `handler`. Write `handler: index.handler`.",
            id="close-name",
        ),
        pytest.param(
            "index.handler",
            "src",
            {"src/index.mjs": "async function handler() {}\n"},
            "`index.handler`, and "
            "src/index.mjs exports no `handler`; expected a function that it exports. Export `handler` there.",
            id="not-exported",
        ),
        pytest.param(
            "index.zebra",
            "src",
            {"src/index.js": "exports.a = exports.b = 1"},
            "`index.zebra`, and "
            "src/index.js exports no `zebra`; expected a function that it exports: `a` or `b`. Name one of them, "
            "such as `handler: index.a`.",
            id="other-name",
        ),
        pytest.param(
            "idx.handler",
            "src",
            {"src/index.js": SOUND},
            "`idx.handler`, and there is no file idx.js, .mjs or "
            f".cjs in `src`; {FILE} Write `handler: index.handler`.",
            id="close-file",
        ),
        pytest.param(
            "src/index.handler",
            "src",
            {"src/index.js": SOUND},
            "`src/index.handler`, and there is no file "
            f"index.js, .mjs or .cjs in `src/src`; {FILE} Write `handler: index.handler`: it counts from codeUri.",
            id="codeuri-twice",
        ),
        pytest.param(
            "index.handler",
            ".",
            {"src/index.js": SOUND},
            "`index.handler`, and there is no file index.js, .mjs "
            f"or .cjs in the project's folder; {FILE} Write `codeUri: src`, where it is.",
            id="codeuri-too-high",
        ),
        pytest.param(
            "index.handler",
            "src",
            {"index.js": SOUND},
            "`index.handler`, and there is no file index.js, .mjs "
            f"or .cjs in `src`; {FILE} Write `codeUri: .`, where it is.",
            id="codeuri-too-low",
        ),
        pytest.param(
            "notes.handler",
            "src",
            {"src/notes.py": ""},
            "`notes.handler`, and there is no file notes.js, .mjs "
            f"or .cjs in `src`; {FILE} Write `runtime: python3.12`: the file is Python.",
            id="python",
        ),
        pytest.param(
            "zebra.handler",
            "src",
            {"src/index.js": SOUND},
            "`zebra.handler`, and there is no file zebra.js, "
            f".mjs or .cjs in `src`; {FILE} Create it, or correct `handler` or `codeUri`.",
            id="nothing-like-it",
        ),
    ],
)
def test_what_is_missing(tmp_path: Path, handler: str, code: str, files: dict[str, str], message: str) -> None:
    write(tmp_path, files)
    assert said(tmp_path, handler, code) == message


@pytest.mark.parametrize(
    ("handler", "code", "files", "fix"),
    [
        pytest.param(
            "index.handler",
            "src",
            {"src/index.ts": ""},
            "Run `npm install --save-dev tsx`, or build it, such as by `npx esbuild src/index.ts "
            "--bundle --platform=node --outdir=dist`, and write `codeUri: dist`.",
            id="not-built",
        ),
        pytest.param(
            "api/index.handler",
            ".",
            {"api/index.ts": ""},
            "Run `npm install --save-dev tsx`, or build it, such as by `npx esbuild api/index.ts "
            "--bundle --platform=node --outdir=dist`, and write `codeUri: dist` and `handler: index.handler`.",
            id="not-built-in-a-folder",
        ),
        pytest.param(
            "index.handler",
            "src",
            {"src/index.ts": "", "dist/index.js": SOUND},
            "Write `codeUri: dist`, where it is built.",
            id="built-beside",
        ),
        pytest.param(
            "index.handler",
            ".",
            {"index.mts": "", "build/index.mjs": SOUND},
            "Write `codeUri: build`, where it is built.",
            id="built-below",
        ),
        pytest.param(
            "src/index.handler",
            ".",
            {
                "src/index.ts": "",
                "out-js/index.js": SOUND,
                "tsconfig.json": '{"compilerOptions": {"outDir": "./out-js"}} // mine',
            },
            "Write `codeUri: out-js` and `handler: index.handler`, where it is built.",
            id="as-tsconfig-says",
        ),
    ],
)
def test_typescript(
    tmp_path: Path, handler: str, code: str, files: dict[str, str], fix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, files)
    be_node(tmp_path, monkeypatch, "false")
    message = said(tmp_path, handler, code)
    assert "and of its file there is only the TypeScript, " in message
    assert message.endswith(f"expected JavaScript, as on Lambda: index.js, index.mjs, index.cjs. {fix}")


def be_node(folder: Path, monkeypatch: pytest.MonkeyPatch, features: str) -> None:
    """Put a `node` on PATH that says this of `process.features.typescript`."""
    write(folder, {"bin/node": f"#!/bin/sh\necho {features}\n"})
    (folder / "bin" / "node").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}:{os.environ['PATH']}")


@pytest.mark.parametrize(
    ("file", "features", "packages", "runs"),
    [
        ("src/index.ts", "false", ("node_modules/tsx",), True),
        ("src/index.mts", "false", ("src/node_modules/esbuild",), True),
        ("src/index.cts", "false", (), False),
        ("src/index.ts", "strip", (), True),
        ("src/index.ts", "transform", (), True),
        ("src/index.ts", "undefined; exit 1", (), False),
        ("src/index.tsx", "strip", ("node_modules/tsx",), False),
    ],
)
def test_typescript_that_something_runs(
    tmp_path: Path, file: str, features: str, packages: tuple[str, ...], runs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {file: ""})
    be_node(tmp_path, monkeypatch, features)
    for package in packages:
        (tmp_path / package).mkdir(parents=True)
    assert (said(tmp_path) == "") is runs


@pytest.mark.parametrize(
    ("handler", "files"),
    [
        pytest.param("index.handler", {"src/index.js": SOUND}, id="sound"),
        pytest.param("index.api.items.get", {"src/index.js": "exports.api = { items: { get: 1 } }"}, id="in-an-object"),
        pytest.param("index.handler", {"src/index.js": "module.exports = require('./shop')"}, id="of-another-file"),
        pytest.param("index.handler", {"src/index.mjs": "export default { handler() {} }"}, id="default"),
        pytest.param("index.handler", {"src/index/index.js": SOUND}, id="folder"),
        pytest.param("lib.handler", {"src/node_modules/lib/index.js": SOUND}, id="package"),
        pytest.param("index.handler", {"src/index.js": "x;" * 100_000}, id="too-large-to-read"),
        pytest.param(
            "index.handler",
            {"src/index.js": f"require('./lib.js');\n{SOUND}", "src/lib.js": "require('express');\n" * 10_000},
            id="imports-what-is-too-large-to-read",
        ),
    ],
)
def test_nothing_is_said(tmp_path: Path, handler: str, files: dict[str, str]) -> None:
    write(tmp_path, files)
    assert said(tmp_path, handler) == ""


def missing(file: str, line: int, package: str, command: str, folder: Path) -> str:
    of_lambda = ", as Lambda's Node.js runtimes have it" if package.startswith("@aws-sdk/") else ""
    return (
        f"{file}, line {line}, imports `{package}`, which is in no node_modules above it; "
        f"expected it installed there{of_lambda}. Run `{command}` in {folder}."
    )


def test_the_sdk_that_the_runtime_brings(tmp_path: Path) -> None:
    write(tmp_path, {"src/index.js": SDK + SOUND})
    install = "npm install @aws-sdk/client-dynamodb"
    assert said(tmp_path) == missing("src/index.js", 1, "@aws-sdk/client-dynamodb", install, tmp_path / "src")
    write(tmp_path, {"package.json": "{}"})
    assert said(tmp_path) == missing("src/index.js", 1, "@aws-sdk/client-dynamodb", install, tmp_path)
    write(tmp_path, {"package.json": '{"dependencies": {"@aws-sdk/client-dynamodb": "3"}}'})
    assert said(tmp_path) == missing("src/index.js", 1, "@aws-sdk/client-dynamodb", "npm install", tmp_path)
    write(tmp_path, {"node_modules/@aws-sdk/client-dynamodb/package.json": "{}"})
    assert said(tmp_path) == ""


@pytest.mark.parametrize("manifest", ["{", "[1]", "[" * 100_000])
def test_a_manifest_that_cannot_be_read_names_no_package(tmp_path: Path, manifest: str) -> None:
    write(tmp_path, {"src/index.js": SDK + SOUND, "src/package.json": manifest})
    install = "npm install @aws-sdk/client-dynamodb"
    assert said(tmp_path) == missing("src/index.js", 1, "@aws-sdk/client-dynamodb", install, tmp_path / "src")


def test_a_package_that_a_file_of_the_code_imports(tmp_path: Path) -> None:
    write(tmp_path, {"src/index.mjs": "import { a } from './lib/a.js';\nexport const handler = a;\n"})
    write(tmp_path, {"src/lib/a.js": "\nimport express from 'express';\nimport '../index.mjs';\nexport const a = 1;"})
    assert said(tmp_path) == missing("src/lib/a.js", 2, "express", "npm install express", tmp_path / "src")


@pytest.mark.parametrize(
    ("files", "values"),
    [
        pytest.param({"layer/nodejs/node_modules/@aws-sdk/client-dynamodb/index.js": ""}, {"layers": True}, id="layer"),
        pytest.param({"mine/@aws-sdk/client-dynamodb/index.js": ""}, {"NODE_PATH": "mine"}, id="node-path"),
        pytest.param({}, {"NODE_OPTIONS": "--require ./hook.js"}, id="loader"),
        pytest.param({".pnp.cjs": ""}, {}, id="plug-n-play"),
        pytest.param({"package.json": '{"name": "@aws-sdk/client-dynamodb"}'}, {}, id="own-name"),
        pytest.param({"src/@aws-sdk/client-dynamodb.js": ""}, {}, id="below-codeuri"),
    ],
)
def test_packages_that_are_found_elsewhere(tmp_path: Path, files: dict[str, str], values: dict[str, object]) -> None:
    write(tmp_path, {"src/index.js": SDK + SOUND, **files})
    environment = tuple((name, f"{tmp_path}/{value}") for name, value in values.items() if name.startswith("NODE"))
    layers = (tmp_path / "layer",) if "layers" in values else ()
    assert said(tmp_path, environment=environment, layers=layers) == ""
