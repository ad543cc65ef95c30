"""Every fault of a handler, in real processes: the error Lambda would report, a next invocation that is well, and no
process left."""

import asyncio
import contextlib
import json
import os
import re
import signal
import textwrap
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from emulator.functions.invocation import (
    Function,
    FunctionError,
    FunctionErrorKind,
    Invocation,
    LogEvent,
    OutputLine,
    Returned,
)
from emulator.functions.pool import Pool
from serving.processes import is_running
from serving.rim import PATIENCE

HANDLER, EXIT, TIMEOUT, INIT = (
    FunctionErrorKind.HANDLER,
    FunctionErrorKind.EXIT,
    FunctionErrorKind.TIMEOUT,
    FunctionErrorKind.INIT,
)
FAULTY = Invocation("request-1", b'{"faulty": true}')
WELL = Invocation("request-2", b'{"faulty": false}')

PYTHON = """
import os, signal, stat, sys, time

def sockets():
    return [fd for fd in range(3, 64) if os.path.exists(f"/dev/fd/{fd}") and stat.S_ISSOCK(os.fstat(fd).st_mode)]

def fault():
    %s

def handler(event, context):
    return fault() if event["faulty"] else "well"
"""
NODE = """
import { spawn } from "node:child_process";

const fault = async () => {
  %s
};

export const handler = async (event) => (event.faulty ? await fault() : "well");
"""

Failure = tuple[FunctionErrorKind, str, str]


def exited(reason: str) -> Failure:
    return EXIT, "Runtime.ExitError", f"RequestId: request-1 Error: Runtime exited {reason}"


TIMED_OUT: Failure = (TIMEOUT, "Sandbox.Timedout", "RequestId: request-1 Error: Task timed out after 1.00 seconds")


def left(folder: Path) -> list[psutil.Process]:
    """Every process that works in `folder` or was started for it, whoever is its parent now."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if process.status() != psutil.STATUS_ZOMBIE and (
                process.cwd() == str(folder) or process.environ().get("LAMBDA_TASK_ROOT") == str(folder)
            ):
                found.append(process)
    return found


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110  other processes set no event
            await asyncio.sleep(0.005)


@pytest.fixture(autouse=True)
def nothing_is_left(lab: Any) -> Iterator[None]:
    yield
    try:
        asyncio.run(until(lambda: not left(lab.folder)))
    finally:
        for process in left(lab.folder):
            process.kill()


def limit(expected: Failure) -> float:
    """A second for what is to reach it; the rest has time, however busy the machine is."""
    return 1.0 if expected == TIMED_OUT else PATIENCE


def python(lab: Any, fault: str, timeout: float = PATIENCE) -> Function:
    """A function with the fault; its start has no part in the time limit."""
    source = PYTHON % textwrap.indent(textwrap.dedent(fault), "    ").lstrip()
    return lab.function(source, timeout=timeout)  # type: ignore[no-any-return]


def node(lab: Any, fault: str, timeout: float = PATIENCE) -> Function:
    lab.write("app.mjs", NODE % fault)
    return lab.function(runtime="nodejs20.x", timeout=timeout)  # type: ignore[no-any-return]


async def both(pool: Pool) -> tuple[Any, Any]:
    return await pool.invoke("app", FAULTY), await pool.invoke("app", WELL)


def fails_once(lab: Any, function: Function, expected: Failure) -> None:
    faulty, well = lab.run(both, function)
    kind, error_type, message = expected
    assert isinstance(faulty, FunctionError)
    assert (faulty.kind, faulty.error_type) == (kind, error_type)
    assert faulty.error_message.startswith(message)
    assert isinstance(well, Returned)
    assert well.payload == b'"well"'
    assert lab.init_errors == []


PYTHON_FAULTS = [
    pytest.param("return 1 / 0", (HANDLER, "ZeroDivisionError", "division by zero"), id="raises"),
    pytest.param("return fault()", (HANDLER, "RecursionError", "maximum recursion depth exceeded"), id="recursion"),
    pytest.param(
        "return {1, 2}",
        (
            HANDLER,
            "Runtime.MarshalError",
            "Unable to marshal response: Object of type set is not JSON serializable",
        ),
        id="not-json",
    ),
    pytest.param(
        """
        value = []
        for _ in range(100_000):
            value = [value]
        return value
        """,
        (HANDLER, "Runtime.MarshalError", "Unable to marshal response: maximum recursion depth exceeded"),
        id="nested-beyond-writing",
    ),
    pytest.param("sys.exit(1)", exited("with error: exit status 1"), id="exits"),
    pytest.param("sys.exit()", exited("without providing a reason"), id="exits-with-success"),
    pytest.param("os._exit(7)", exited("with error: exit status 7"), id="os-exit"),
    pytest.param(
        "import ctypes; ctypes.string_at(0)", exited("with error: signal: segmentation fault"), id="segmentation-fault"
    ),
    pytest.param("os.abort()", exited("with error: signal: aborted"), id="aborts"),
    pytest.param("os.killpg(0, signal.SIGTERM)", exited("with error: signal: terminated"), id="terminates-its-group"),
    pytest.param("os.killpg(0, signal.SIGKILL)", exited("with error: signal: killed"), id="kills-its-group"),
    pytest.param("os.closerange(3, 256)", exited("with error: exit status 1"), id="closes-the-runtime-api"),
    pytest.param("while True: pass", TIMED_OUT, id="endless-loop"),
    pytest.param(
        """
        import asyncio
        async def main():
            time.sleep(1000)
        asyncio.run(main())
        """,
        TIMED_OUT,
        id="blocked-event-loop",
    ),
    pytest.param("os.kill(os.getpid(), signal.SIGSTOP)", TIMED_OUT, id="stops-itself"),
    pytest.param("os.read(sockets()[0], 1)", TIMED_OUT, id="reads-from-the-runtime-api"),
    pytest.param(
        """
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        time.sleep(1000)
        """,
        TIMED_OUT,
        id="deaf-to-signals",
    ),
]


@pytest.mark.parametrize(("fault", "expected"), PYTHON_FAULTS)
def test_python(lab: Any, fault: str, expected: Failure) -> None:
    fails_once(lab, python(lab, fault, limit(expected)), expected)


NODE_FAULTS = [
    pytest.param('throw new TypeError("no");', (HANDLER, "TypeError", "no"), id="throws"),
    pytest.param("process.exit(7);", exited("with error: exit status 7"), id="exits"),
    pytest.param(
        'process.kill(process.pid, "SIGSEGV"); while (true);',
        exited("with error: signal: segmentation fault"),
        id="segmentation-fault",
    ),
    pytest.param(
        'Promise.reject(new TypeError("no")); await new Promise(() => setTimeout(() => {}, 1e6));',
        (HANDLER, "Runtime.UnhandledPromiseRejection", "TypeError: no"),
        id="unhandled-rejection",
    ),
    pytest.param(
        'setTimeout(() => { throw new TypeError("no"); }); await new Promise(() => setTimeout(() => {}, 1e6));',
        (HANDLER, "TypeError", "no"),
        id="throws-in-a-timer",
    ),
    pytest.param("while (true);", TIMED_OUT, id="blocked-event-loop"),
    pytest.param('process.kill(process.pid, "SIGSTOP"); while (true);', TIMED_OUT, id="stops-itself"),
]


@pytest.mark.parametrize(("fault", "expected"), NODE_FAULTS)
def test_node(lab: Any, fault: str, expected: Failure) -> None:
    fails_once(lab, node(lab, fault, limit(expected)), expected)


def healing(lab: Any, name: str, source: str) -> Callable[[Pool], Awaitable[tuple[Any, Any]]]:
    """An invocation, a save, an invocation."""

    async def scenario(pool: Pool) -> tuple[Any, Any]:
        faulty = await pool.invoke("app", FAULTY)
        lab.write(name, source)
        pool.replace(["app"])
        return faulty, await pool.invoke("app", WELL)

    return scenario


INIT_FAULTS = [
    pytest.param(
        "import no_such_module",
        ("Runtime.ImportModuleError", "Unable to import module 'app': No module named 'no_such_module'"),
        id="missing-module",
    ),
    pytest.param(
        "handle = 1",
        ("Runtime.HandlerNotFound", "Handler 'handler' missing on module 'app'"),
        id="missing-handler",
    ),
    pytest.param(
        "def handler(:\n", ("Runtime.UserCodeSyntaxError", "Syntax error in module 'app': "), id="syntax-error"
    ),
    pytest.param("raise ValueError('at import')", ("ValueError", "at import"), id="raises"),
    pytest.param(
        "raise SystemExit(3)",
        ("Runtime.ExitError", "RequestId: request-1 Error: Runtime exited with error: exit status 3"),
        id="exits",
    ),
    pytest.param(
        "import ctypes; ctypes.string_at(0)",
        ("Runtime.ExitError", "RequestId: request-1 Error: Runtime exited with error: signal: segmentation fault"),
        id="segmentation-fault",
    ),
    pytest.param(
        "import subprocess; subprocess.Popen(['sleep', '1000'], start_new_session=True); 1 / 0",
        ("ZeroDivisionError", "division by zero"),
        id="leaves-a-process",
    ),
]


@pytest.mark.parametrize(("source", "expected"), INIT_FAULTS)
def test_init(lab: Any, source: str, expected: tuple[str, str]) -> None:
    error_type, message = expected
    faulty, well = lab.run(healing(lab, "app.py", PYTHON % "pass"), lab.function(source))
    assert (faulty.kind, faulty.error_type) == (INIT, error_type)
    assert faulty.error_message.startswith(message)
    assert well.payload == b'"well"'
    assert [name for name, _ in lab.init_errors] == ["app"]


NODE_INIT_FAULTS = [
    pytest.param('import "./no_such_module.mjs";', "Error", id="missing-module"),  # other than for require()
    pytest.param("export const handle = 1;", "Runtime.HandlerNotFound", id="missing-handler"),
    pytest.param("export const handler = (", "Runtime.UserCodeSyntaxError", id="syntax-error"),
    pytest.param('throw new RangeError("at import");', "RangeError", id="throws"),
    pytest.param("process.exit(3);", "Runtime.ExitError", id="exits"),
]


@pytest.mark.parametrize(("source", "error_type"), NODE_INIT_FAULTS)
def test_node_init(lab: Any, source: str, error_type: str) -> None:
    lab.write("app.mjs", source)
    faulty, well = lab.run(healing(lab, "app.mjs", NODE % ""), lab.function(runtime="nodejs20.x"))
    assert (faulty.kind, faulty.error_type) == (INIT, error_type)
    assert well.payload == b'"well"'


# What a handler may do and be answered all the same, and what is printed of it.
SURVIVED = [
    pytest.param(
        """
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            stream.close()
        for descriptor in range(3):
            try:
                os.close(descriptor)
            except OSError:
                pass
        return os.getpid()
        """,
        [],
        id="closes-its-standard-streams",
    ),
    pytest.param(
        """
        pid = os.getpid()
        os.fork()
        return pid
        """,
        ["A process that the handler forked returned as the handler did; its answer is dropped."],
        id="forks-and-both-return",
    ),
    pytest.param(
        """
        if os.fork() == 0:
            os._exit(1)
        return os.getpid()
        """,
        [],
        id="a-child-fails",
    ),
    pytest.param(
        r"""
        os.write(1, b"\xff\xfe caf\xe9\n\xc3")
        return os.getpid()
        """,
        ["\ufffd\ufffd caf\ufffd", "\ufffd"],
        id="prints-what-is-not-utf-8",
    ),
    pytest.param(
        """
        import threading
        def late():
            time.sleep(0.1)
            print("after the response")
        threading.Thread(target=late).start()
        return os.getpid()
        """,
        ["after the response"],
        id="a-thread-prints-after-the-response",
    ),
]


@pytest.mark.parametrize(("behaviour", "printed"), SURVIVED)
def test_survived(lab: Any, behaviour: str, printed: list[str]) -> None:
    """The environment stays: the next invocation meets the same process."""

    async def scenario(pool: Pool) -> list[Any]:
        results = [await pool.invoke("app", FAULTY), await pool.invoke("app", WELL), await pool.invoke("app", FAULTY)]
        await until(lambda: lab.printed() == printed * 2)
        return results

    first, well, second = lab.run(scenario, python(lab, behaviour))
    assert well.payload == b'"well"'
    assert first.payload == second.payload
    assert json.loads(first.payload) > 0


def test_a_flood_of_output_is_passed_on_and_not_kept(lab: Any) -> None:
    """100 MB."""
    seen = peak = 0
    emulator = psutil.Process()
    function = python(lab, "for _ in range(50_000): print('x' * 2047)", timeout=60.0)

    def log(event: LogEvent) -> None:
        nonlocal seen, peak
        if isinstance(event, OutputLine):
            seen += len(event.text) + 1
            if seen % 1_000_000 < 2048:  # to ask takes longer than to read a line
                peak = max(peak, emulator.memory_info().rss)

    async def scenario() -> tuple[Any, Any]:
        pool = Pool({"app": function}, lab.environ, log, lambda name, error: None)
        try:
            return await both(pool)
        finally:
            await pool.close()

    before = emulator.memory_info().rss
    flooded, well = asyncio.run(scenario())
    assert (flooded.payload, well.payload) == (b"null", b'"well"')
    assert seen == 50_000 * 2048
    assert peak - before < 20_000_000


# From outside


def test_killed_while_busy(lab: Any) -> None:
    async def scenario(pool: Pool) -> tuple[Any, Any]:
        faulty = asyncio.ensure_future(pool.invoke("app", FAULTY))
        await until(lambda: bool(lab.printed()))
        os.kill(int(lab.printed()[0]), signal.SIGKILL)
        return await faulty, await pool.invoke("app", WELL)

    faulty, well = lab.run(scenario, python(lab, "print(os.getpid()); time.sleep(1000)"))
    kind, error_type, message = exited("with error: signal: killed")
    assert (faulty.kind, faulty.error_type, faulty.error_message) == (kind, error_type, message)
    assert well.payload == b'"well"'


def test_stopped_while_idle(lab: Any) -> None:
    """Nothing tells that it is; its next invocation runs into the time limit, and it is killed."""

    async def scenario(pool: Pool) -> list[Any]:
        pid = json.loads((await pool.invoke("app", FAULTY)).payload)  # type: ignore[union-attr]
        os.kill(pid, signal.SIGSTOP)
        return [await pool.invoke("app", FAULTY), await pool.invoke("app", WELL)]

    faulty, well = lab.run(scenario, python(lab, "return os.getpid()", limit(TIMED_OUT)))
    assert (faulty.kind, faulty.error_type, faulty.error_message) == TIMED_OUT
    assert well.payload == b'"well"'


# What the handler started and left running: how it leaves the family, and what ends the environment.

SPAWN = """
import os, signal, subprocess, time

def spawn(**options):
    return subprocess.Popen(["sleep", "1000"], **options).pid

def daemonize():
    read, write = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if (pid := os.fork()) == 0:
            os.execvp("sleep", ["sleep", "1000"])
        os.write(write, str(pid).encode())
        os._exit(0)
    os.wait()
    return int(os.read(read, 10))

def handler(event, context):
    if event["faulty"]:
        print(%s, flush=True)
        %s
    return "well"
"""
KINDS = {
    "in-its-group": "spawn(stdout=subprocess.DEVNULL)",
    "with-its-output": "spawn()",
    "group-of-its-own": "spawn(process_group=0)",
    "session-of-its-own": "spawn(start_new_session=True)",
    "daemon": "daemonize()",
}
ENDS = {"exit": "os._exit(1)", "timeout": "time.sleep(1000)", "save": "pass", "close": "pass"}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("kind", KINDS)
def test_processes_left_running(lab: Any, kind: str, end: str) -> None:
    """Lambda ends a sandbox with all that is in it."""

    async def scenario(pool: Pool) -> None:
        await pool.invoke("app", FAULTY)
        pid = int(lab.printed()[0])
        if end in {"save", "close"}:
            assert is_running(pid)
        if end == "save":
            pool.replace(["app"])
        if end != "close":
            await until(lambda: not is_running(pid))
            assert (await pool.invoke("app", WELL)).payload == b'"well"'  # type: ignore[union-attr]

    lab.run(scenario, lab.function(SPAWN % (KINDS[kind], ENDS[end]), timeout=1.0 if end == "timeout" else PATIENCE))
    has_ended(int(lab.printed()[0]))


def test_a_process_that_hides_its_environment_ends_with_its_parent(lab: Any) -> None:
    source = SPAWN % ("spawn(start_new_session=True, env={}, executable='/bin/sleep')", "time.sleep(1000)")
    lab.run(both, lab.function(source, timeout=1.0))
    has_ended(int(lab.printed()[0]))


def test_a_detached_child_of_node(lab: Any) -> None:
    fault = """
    const child = spawn("sleep", ["1000"], { detached: true, stdio: "ignore" });
    child.unref();
    console.log(`pid ${child.pid}.`);
    process.exit(1);
    """
    fails_once(lab, node(lab, fault), exited("with error: exit status 1"))
    [pid] = re.findall(r"pid (\d+)\.", "\n".join(lab.printed()))
    has_ended(int(pid))


def has_ended(pid: int) -> None:
    asyncio.run(until(lambda: not is_running(pid)))
