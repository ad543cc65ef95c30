"""The bundled Node.js runtime and AWS's own runtime clients, aws-lambda-ric 3 and 4, on the same handlers: equal."""

import asyncio
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from emulator.functions.command_line import CHILD
from emulator.functions.invocation import (
    Function,
    FunctionError,
    Invocation,
    LogEvent,
    LogFormat,
    LoggingConfig,
    OutputLine,
    Result,
    Returned,
)
from emulator.functions.pool import Pool

PROJECT = Path(__file__).parents[2]
OURS = ("node", str(CHILD / "nodejs" / "bootstrap.mjs"))
PACKAGES = PROJECT / "tests" / "node"
INSTALLED = PROJECT / ".venv" / "node"
HANDLERS = PROJECT / "tests" / "fixtures" / "node"
CLASSIC, BOTH = (
    re.findall(r"^  (\w+): (?:async )?\(", part, re.MULTILINE)
    for part in (HANDLERS / "handlers.js").read_text().split("\nconst cases")
)
CASES = {"nodejs20.x": CLASSIC + BOTH, "nodejs24.x": BOTH}
IN_JSON = [name for name in BOTH if name.startswith("print")] + ["throwsItsOwn", "throwsText", "unhandled", "uncaught"]

RELEASES = {"nodejs20.x": ("3", "handlers.api.classic"), "nodejs24.x": ("4", "handlers.modern")}
"""By runtime: the release of aws-lambda-ric that Lambda runs there, and the handler it takes."""


@dataclass(frozen=True)
class Seen:
    result: Result
    output: list[str]
    error: str = ""
    """The error object as it was posted."""


@pytest.fixture(scope="session")
def aws_clients() -> Path:
    """The folder they are installed in; without network when they already are."""
    if not shutil.which("node"):
        do_without("there is no Node.js (`node`) on PATH")
    names = ("package.json", "package-lock.json")
    present = INSTALLED / "node_modules" / "aws-lambda-ric-4" / "index.mjs"
    up_to_date = [
        (INSTALLED / n).is_file() and (INSTALLED / n).read_text() == (PACKAGES / n).read_text() for n in names
    ]
    if not (all(up_to_date) and present.is_file()):
        if not shutil.which("npm"):
            do_without("there is no `npm` on PATH")
        INSTALLED.mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copy(PACKAGES / name, INSTALLED / name)
        options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        done = subprocess.run(["npm", "ci", *options], cwd=INSTALLED, capture_output=True, text=True)
        if done.returncode:
            do_without(f"npm ci failed: {done.stderr}")
    return INSTALLED


def do_without(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def run(command: tuple[str, ...], function: Function, cases: list[str]) -> dict[str, Seen]:
    """What the function makes of each case under the runtime that `command` starts."""
    log: list[LogEvent] = []

    async def main() -> dict[str, Seen]:
        served = replace(function, command=command)
        pool = Pool({"app": served}, {"PATH": os.environ["PATH"]}, log.append, lambda name, error: None)
        seen = {}
        try:
            for case in cases:
                log.clear()
                invocation = Invocation(f"id-of-{case}", f'{{"case": "{case}", "text": "ü"}}'.encode(), "Root=1-a-b")
                result = await pool.invoke("app", invocation)
                error = result.payload.decode() if isinstance(result, FunctionError) else ""
                seen[case] = Seen(comparable(result), masked(log), without_frames(error))
        finally:
            await pool.close()
        return seen

    return asyncio.run(main())


def run_both(aws_clients: Path, function: Function, cases: list[str]) -> tuple[dict[str, Seen], dict[str, Seen]]:
    release, _ = RELEASES[function.runtime]
    aws = ("node", str(PACKAGES / "aws_runtime.mjs"), str(aws_clients), release)
    return run(OURS, function, cases), run(aws, function, cases)


FOREIGN = r"(?:/aws-lambda-ric-|/aws_runtime\.mjs|/nodejs/bootstrap|\bnode:)"
"""Frames of the runtimes, which their error objects differ in, and of Node.js itself."""


def masked(log: list[LogEvent]) -> list[str]:
    lines = [event.text for event in log if isinstance(event, OutputLine)]
    lines = [re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "TIME", line) for line in lines]
    lines = [re.sub(r"\(node:\d+\)", "(node:PID)", line) for line in lines]
    lines = [re.sub(rf"\r    at [^\r]*{FOREIGN}[^\r]*", "", line) for line in lines]
    return [without_frames(line) for line in lines if not re.match(rf"    at .*{FOREIGN}", line)]


def without_frames(line: str) -> str:
    """Without frames of the runtimes in a stack in JSON."""
    return unnamed(re.sub(rf',"    at [^"]*{FOREIGN}[^"]*"', "", line))


def unnamed(text: str) -> str:
    """Without the name of the runtime's file, which messages of Node.js mention."""
    return re.sub(r"/[^ \n\"]*(?:bootstrap_handler|aws-lambda-ric-\d(?:/dist)?/index)\.mjs", "RUNTIME", text)


def comparable(result: Result) -> Result:
    if isinstance(result, Returned):
        return Returned(result.payload)
    assert isinstance(result, FunctionError)
    frames = tuple(line for line in result.stack_trace if not re.match(rf"    at .*{FOREIGN}", line))
    message = unnamed(result.error_message)
    return replace(result, error_message=message, stack_trace=frames, duration_ms=0.0, init_duration_ms=None)


def function(runtime: str, logging: LogFormat, level: str | None = None) -> Function:
    handler = RELEASES[runtime][1]
    config = LoggingConfig(logging, level)
    return Function("app", handler, HANDLERS, runtime=runtime, timeout=20, logging=config)


Both = tuple[dict[str, Seen], dict[str, Seen]]


@pytest.fixture(scope="module")
def in_text(aws_clients: Path) -> dict[str, Both]:
    return {name: run_both(aws_clients, function(name, LogFormat.TEXT), CASES[name]) for name in RELEASES}


@pytest.fixture(scope="module")
def in_json(aws_clients: Path) -> dict[str, Both]:
    return {name: run_both(aws_clients, function(name, LogFormat.JSON, "TRACE"), IN_JSON) for name in RELEASES}


@pytest.mark.parametrize(("runtime", "name"), [(runtime, name) for runtime in RELEASES for name in CASES[runtime]])
def test_equal(in_text: dict[str, Both], runtime: str, name: str) -> None:
    ours, theirs = (seen[name] for seen in in_text[runtime])
    assert ours == theirs


@pytest.mark.parametrize("runtime", RELEASES)
@pytest.mark.parametrize("name", IN_JSON)
def test_equal_with_json_logs(in_json: dict[str, Both], runtime: str, name: str) -> None:
    ours, theirs = (seen[name] for seen in in_json[runtime])
    assert ours == theirs
    assert ours.output


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARN", "ERROR", "FATAL", "warn", "NONE"])
@pytest.mark.parametrize("runtime", RELEASES)
def test_equal_log_levels(aws_clients: Path, runtime: str, level: str) -> None:
    ours, theirs = run_both(aws_clients, function(runtime, LogFormat.JSON, level), ["prints", "throws"])
    assert ours == theirs
    assert ours["prints"].output


INIT_CASES: dict[str, tuple[str, dict[str, str]]] = {
    "commonjs": ("app.handler", {"app.js": "exports.handler = async () => require.main === undefined"}),
    "cjs": ("app.handler", {"app.cjs": "exports.handler = async () => 'cjs'"}),
    "mjs": ("app.handler", {"app.mjs": "export const handler = async () => 'mjs'"}),
    "default-export": ("app.handler", {"app.mjs": "export default { handler: async () => 'default' }"}),
    "default-of-a-function": ("app.default", {"app.mjs": "export default async () => 'default'"}),
    "module-exports": ("app.handler", {"app.js": "const o = {handler: async () => 1}; module.exports = o"}),
    "type-module": (
        "app.handler",
        {"package.json": '{"type": "module"}', "app.js": "export const handler = async () => 2"},
    ),
    "type-module-above": (
        "src/app.handler",
        {"package.json": '{"type": "module"}', "src/app.js": "export const handler = async () => import.meta.filename"},
    ),
    "type-commonjs-nearer": (
        "src/app.handler",
        {
            "package.json": '{"type": "module"}',
            "src/package.json": "{}",
            "src/app.js": "exports.handler = async () => 3",
        },
    ),
    "package-that-is-no-json": ("app.handler", {"package.json": "{", "app.js": "exports.handler = async () => 3"}),
    "top-level-await": (
        "app.handler",
        {"app.mjs": "const v = await Promise.resolve(4); export const handler = async () => v"},
    ),
    "nested": ("app.api.v1.handler", {"app.js": "exports.api = {v1: {handler: async () => 5}}"}),
    "nested-in-a-function": (
        "app.api.handler",
        {"app.js": "exports.api = () => 1; exports.api.handler = async () => 6"},
    ),
    "folder": ("a/b/app.handler", {"a/b/app.js": "exports.handler = async () => __filename.split('/').slice(-3)"}),
    "js-before-mjs": (
        "app.handler",
        {"app.js": "exports.handler = async () => 'js'", "app.mjs": "export const handler = async () => 'mjs'"},
    ),
    "mjs-before-cjs": (
        "app.handler",
        {"app.cjs": "exports.handler = async () => 'cjs'", "app.mjs": "export const handler = async () => 'mjs'"},
    ),
    "no-extension": ("app.handler", {"app": "exports.handler = async () => 'plain'"}),
    "folder-of-that-name": ("app.handler", {"app/index.js": "exports.handler = async () => 'index'"}),
    "folder-beside-the-file": ("app.handler", {"app/x.txt": "", "app.js": "exports.handler = async () => 1"}),
    "package": ("pack.handler", {"node_modules/pack/index.js": "exports.handler = async () => 'package'"}),
    "this": (
        "app.handler",
        {"app.js": "exports.handler = async function () { return this === undefined || typeof this }"},
    ),
    "init-logs": ("app.handler", {"app.js": "console.log('init'); exports.handler = async () => 1"}),
    "three-arguments": ("app.handler", {"app.js": "exports.handler = async (a, b, c) => 1"}),
    "no-module": ("missing.handler", {}),
    "module-it-requires": ("app.handler", {"app.js": "require('missing')"}),
    "module-it-imports": ("app.handler", {"app.mjs": "import 'missing'"}),
    "name-it-imports": ("app.handler", {"app.mjs": "import { missing } from 'node:fs'"}),
    "syntax": ("app.handler", {"app.js": "exports.handler = async (event) => {\n  return 1;\n"}),
    "syntax-mjs": ("app.handler", {"app.mjs": "export const handler = async (event) => {\n  return 1;\n"}),
    "syntax-in-a-required-file": ("app.handler", {"app.js": "require('./b')", "b.js": "let let = 1"}),
    "syntax-error-thrown": ("app.handler", {"app.js": "JSON.parse('{')"}),
    "import-in-commonjs": ("app.handler", {"package.json": "{}", "app.cjs": "import 'node:fs'"}),
    "no-handler": ("app.handler", {"app.js": "exports.other = 1"}),
    "not-a-function": ("app.handler", {"app.js": "exports.handler = 3"}),
    "nothing-exported": ("app.handler", {"app.js": "module.exports = null"}),
    "no-dot": ("handler", {"handler.js": ""}),
    "relative": ("../app.handler", {}),
    "empty": ("app.", {"app.js": "exports[''] = async () => 7"}),
    "throws": ("app.handler", {"app.js": "function load() {\n  throw new TypeError('no table');\n}\nload();"}),
    "throws-mjs": ("app.handler", {"app.mjs": "throw Object.assign(new Error('no table'), {code: 'E_TABLE'})"}),
    "throws-text": ("app.handler", {"app.js": "throw 'text'"}),
    "exits": ("app.handler", {"app.js": "process.exit(4)"}),
    "await-that-never-ends": ("app.handler", {"app.mjs": "await new Promise(() => {}); export const handler = 1"}),
    "rejection": (
        "app.handler",
        {"app.mjs": "Promise.reject(new Error('r')); await new Promise((r) => setTimeout(r, 99))"},
    ),
    "timer-throws": (
        "app.handler",
        {"app.mjs": "setTimeout(() => { throw new Error('t') }); await new Promise((r) => setTimeout(r, 99))"},
    ),
    "without-global": (
        "app.handler",
        {"app.js": "exports.handler = async () => typeof awslambda"},
    ),
}
PLACE_IS_ADDED = {
    "syntax", "syntax-in-a-required-file", "syntax-error-thrown", "name-it-imports", "import-in-commonjs",
}  # fmt: skip
CRASH = {"nodejs24.x": 1}
"""Lines of a failed start's log that count: release 4 logs the error, posts it, and then crashes on it in public."""


@pytest.mark.parametrize("runtime", RELEASES)
@pytest.mark.parametrize("name", INIT_CASES)
def test_equal_starts(aws_clients: Path, tmp_path: Path, name: str, runtime: str) -> None:
    handler, files = INIT_CASES[name]
    for path, source in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source)
    environment = (("AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA", "1"),) if name == "without-global" else ()
    app = Function("app", handler, tmp_path, runtime=runtime, timeout=20, environment=environment)
    ours, theirs = (seen["init"] for seen in run_both(aws_clients, app, ["init"]))
    if isinstance(theirs.result, FunctionError) and theirs.result.kind == "init":
        assert isinstance(ours.result, FunctionError)
        if name in PLACE_IS_ADDED and runtime == "nodejs20.x":
            assert re.search(r"/(app|b)\.\w+:\d+", ours.output[-1])
            ours = Seen(replace(ours.result, stack_trace=()), list(map(without_place, ours.output)), theirs.error)
        count = 0 if name == "await-that-never-ends" else CRASH.get(runtime)  # Node.js 22 shows the runtime's line
        ours, theirs = (replace(seen, output=seen.output[:count]) for seen in (ours, theirs))
    assert ours == theirs


def without_place(line: str) -> str:
    """Of a stack, the first line: the error itself."""
    return re.sub(r'("stack":\["[^"]*").*', r"\1]}", line)
