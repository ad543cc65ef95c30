"""The bundled Node.js runtime where AWS's cannot say what is right; test_against_aws_lambda_ric.py has the rest."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from emulator.functions.command_line import CHILD
from emulator.functions.invocation import Function, FunctionError, FunctionErrorKind, Invocation, Returned
from emulator.functions.pool import Pool
from functions.conftest import Lab
from serving.emulate import until
from serving.processes import guard_of, is_running

FILES = sorted((CHILD / "nodejs").glob("bootstrap*.mjs"))
RUNTIMES = ("nodejs20.x", "nodejs24.x")

pytestmark = pytest.mark.skipif(
    not (shutil.which("node") or os.environ.get("CI")), reason="there is no Node.js on PATH"
)


def app(lab: Lab, source: str, runtime: str = "nodejs20.x", **values: Any) -> Function:
    """`source` becomes app.js."""
    lab.write("app.js", source)
    return lab.function(runtime=runtime, command=("node", str(FILES[0])), **values)


def payload(result: Any) -> Any:
    assert isinstance(result, Returned), result
    return json.loads(result.payload)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_needs_the_standard_library_only(path: Path) -> None:
    source = path.read_text()
    imported = re.findall(r"""(?:\bfrom|\bimport|\brequire\(|\bimport\() ?["']([^"']+)""", source)
    assert all(name.startswith("node:") or (path.parent / name).is_file() for name in imported)
    assert source.count("\n") <= 350
    assert max(map(len, source.splitlines())) <= 120


def test_imports_little() -> None:
    """What every cold start pays for: `node:http` alone would double it."""
    imported = {name for path in FILES for name in re.findall(r'from "node:(\w+)"', path.read_text())}
    assert imported == {"fs", "module", "net", "path", "url", "util"}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ("AWS_Lambda_nodejs18.x", False),
        ("AWS_Lambda_nodejs22.x", False),
        ("AWS_Lambda_nodejs24.x", True),
        ("AWS_Lambda_nodejs26.x", True),
        (None, None),
    ],
)
def test_release(lab: Lab, environment: str | None, expected: bool | None) -> None:
    release = FILES[0].with_name("bootstrap_release.mjs")
    script = f"import {{ MODERN }} from '{release}'; console.log(MODERN, parseInt(process.versions.node) >= 24)"
    variables = lab.environ | ({"AWS_EXECUTION_ENV": environment} if environment else {})
    command = ["node", "--input-type=module", "-e", script]
    printed = subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout.split()
    assert printed[0] == (printed[1] if expected is None else str(expected).lower())


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_streaming_is_refused_at_init(lab: Lab, runtime: str) -> None:
    source = "exports.handler = awslambda.streamifyResponse(async (event, stream) => stream.end('x'))"
    result = lab.invoke(app(lab, source, runtime))
    assert isinstance(result, FunctionError)
    assert (result.kind, result.error_type) == (FunctionErrorKind.INIT, "Emulator.StreamingNotEmulated")
    assert result.error_message.startswith("The handler 'app.handler' streams its response")
    assert "not emulated yet. Return the response instead" in result.error_message
    assert "bootstrap" not in "".join(lab.printed())


def test_http_response_stream_is_refused(lab: Lab) -> None:
    result = lab.invoke(app(lab, "exports.handler = async () => awslambda.HttpResponseStream.from({}, {})"))
    assert isinstance(result, FunctionError)
    assert result.error_type == "Emulator.StreamingNotEmulated"


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_large_events_and_answers(lab: Lab, runtime: str) -> None:
    """More than one read, with characters that lie across its ends."""
    event = {"text": "€ü😀" * 200_000}
    result = lab.invoke(app(lab, "exports.handler = async (event) => event", runtime), json.dumps(event).encode())
    assert payload(result) == event


def test_answer_that_is_too_large(lab: Lab) -> None:
    function = app(lab, "exports.handler = async ({ size }) => 'x'.repeat(size)")

    async def scenario(pool: Pool) -> list[Any]:
        sizes = (b'{"size": 7000000}', b'{"size": 1}')
        return [await pool.invoke("app", Invocation(str(index), size)) for index, size in enumerate(sizes)]

    refused, served = lab.run(scenario, function)
    assert refused.error_type == "Function.ResponseSizeTooLarge"
    assert payload(served) == "x"
    assert any("The Runtime API refused the answer" in line for line in lab.printed())


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_one_process_serves_many(lab: Lab, runtime: str) -> None:
    source = "let count = 0; exports.handler = async () => [process.pid, ++count, process.env._X_AMZN_TRACE_ID]"

    async def scenario(pool: Pool) -> list[Any]:
        traces = ("Root=1-a", "", "Root=1-c")
        return [payload(await pool.invoke("app", Invocation(f"id-{t}", b"{}", trace_id=t))) for t in traces]

    seen = lab.run(scenario, app(lab, source, runtime))
    assert len({pid for pid, *_ in seen}) == 1
    assert [rest for _, *rest in seen] == [[1, "Root=1-a"], [2, None], [3, "Root=1-c"]]


def test_what_was_printed_stands_before_the_answer(lab: Lab) -> None:
    """More than a pipe holds, in every way there is to print, and beside a child that makes the pipe non-blocking."""
    source = """
        const { spawn } = require("node:child_process");
        exports.handler = async () => {
          const child = spawn(process.execPath, ["-e", "process.stdout.write('child\\\\n')"], { stdio: "inherit" });
          await new Promise((resolve) => child.on("exit", resolve));
          for (let n = 0; n < 200; n++) {
            process.stdout.write(`raw-${n} ${"x".repeat(3000)}\\n`);
            console.log(`log-${n}`, "y".repeat(3000));
            process.stderr.write(`err-${n} ${"z".repeat(3000)}\\n`);
          }
        };
    """
    lab.invoke(app(lab, source))
    printed = [name for line in lab.output for name in re.findall(r"(?:raw|log|err)-\d+", line.text)]
    assert printed == [f"{kind}-{n}" for n in range(200) for kind in ("raw", "log", "err")]
    assert all(line.request_id == "request-1" for line in lab.output)


def test_layers(lab: Lab) -> None:
    lab.write("layer/nodejs/node_modules/shared/index.js", "exports.name = 'layer'")
    source = "exports.handler = async () => require('shared').name"
    assert payload(lab.invoke(app(lab, source, layers=(lab.folder / "layer",)))) == "layer"


def test_stack_traces_show_the_users_frames_only(lab: Lab) -> None:
    source = (
        "exports.handler = () => fall(2)\nconst fall = (n) => { if (n) return fall(n - 1); throw new Error('deep') }"
    )
    lab.invoke(app(lab, source))
    (line,) = lab.printed()
    frames = json.loads(line.rpartition("\t")[2])["stack"]
    assert frames[0] == "Error: deep"
    assert [re.findall(r"/(app\.js:\d+):\d+\)$", frame) for frame in frames[1:]] == [["app.js:2"]] * 3 + [["app.js:1"]]


def test_failure_between_two_invocations(lab: Lab) -> None:
    """It ends the process, and the next invocation gets another."""
    source = """
        exports.handler = async ({ late }) => {
          if (late) setTimeout(() => { throw new Error("late") }, 1);
          return process.pid;
        };
    """

    async def scenario(pool: Pool) -> tuple[int, int]:
        first = payload(await pool.invoke("app", Invocation("1", b'{"late": true}')))
        while psutil.pid_exists(first):  # noqa: ASYNC110  nothing tells
            await asyncio.sleep(0.01)
        return first, payload(await pool.invoke("app", Invocation("2", b"{}")))

    first, second = lab.run(scenario, app(lab, source))
    assert first != second
    assert any("Uncaught Exception" in line for line in lab.printed())


def test_answer_before_an_exit_counts(lab: Lab) -> None:
    source = """
        exports.handler = (event, context, callback) => {
          context.callbackWaitsForEmptyEventLoop = false;
          callback(null, "x".repeat(100000));
          setImmediate(() => process.exit(0));
        };
    """
    assert payload(lab.invoke(app(lab, source))) == "x" * 100_000


PARENT = """
import asyncio, os, sys
from pathlib import Path
from emulator.functions.invocation import Function, Invocation, OutputLine
from emulator.functions.pool import Pool

def show(event):
    if isinstance(event, OutputLine):
        print(event.text, flush=True)

async def main():
    folder, *command = sys.argv[1:]
    function = Function("app", "app.handler", Path(folder), "nodejs20.x", timeout=900, command=tuple(command))
    pool = Pool({"app": function}, dict(os.environ), show, print)
    await pool.invoke("app", Invocation("1", b"{}", timeout_s=900))
    await asyncio.sleep(900)

asyncio.run(main())
"""
WAITS = {"idle": "return 1", "busy": "await new Promise((resolve) => setTimeout(resolve, 900000))"}


@pytest.mark.parametrize("name", WAITS)
def test_ends_with_the_emulator(tmp_path: Path, name: str) -> None:
    """Also when the process that watches over the emulator is killed first."""
    child = "const child = require('node:child_process').spawn('sleep', ['1000']); child.unref();"
    show = "process.stdout.write(`${process.pid} ${child.pid}\\n`);"
    (tmp_path / "app.js").write_text(f"exports.handler = async () => {{ {child} {show} {WAITS[name]} }}")
    arguments = [sys.executable, "-c", PARENT, str(tmp_path), "node", str(FILES[0])]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        guard_of(parent.pid).kill()
        parent.kill()
    until(lambda: any(map(is_running, pids)), lambda running: not running)
