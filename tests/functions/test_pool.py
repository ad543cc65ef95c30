"""Invocations of real handlers in real processes: every way one can end."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
import uvloop

from emulator.errors import WorkerError
from emulator.functions.invocation import (
    FunctionError,
    FunctionErrorKind,
    IntegrationTimeout,
    Invocation,
    OutputLine,
    Returned,
    Throttled,
)
from emulator.functions.pool import Pool
from serving.rim import PATIENCE

EVENT = Invocation("request-1", b'{"n": 1}', "Root=1-2-3")


def numbered(n: int, **values: Any) -> Invocation:
    return Invocation(f"request-{n}", b'{"n": %d}' % n, **values)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110  other processes set no event
            await asyncio.sleep(0.005)


@pytest.fixture(params=[asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def either_loop(lab: Any, request: pytest.FixtureRequest) -> Any:
    lab.loop_factory = request.param
    return lab


def test_returns(either_loop: Any) -> None:
    function = either_loop.function("def handler(event, context):\n    return {'doubled': event['n'] * 2}")
    result = either_loop.invoke(function, b'{"n": 21}')
    assert isinstance(result, Returned)
    assert json.loads(result.payload) == {"doubled": 42}
    assert result.duration_ms > 0
    assert result.init_duration_ms is not None
    assert result.init_duration_ms > 0


def test_only_the_first_invocation_pays_for_init(lab: Any) -> None:
    async def scenario(pool: Pool) -> list[Any]:
        return [await pool.invoke("app", numbered(n)) for n in range(3)]

    results = lab.run(scenario, lab.function("def handler(event, context):\n    return event"))
    assert [result.init_duration_ms is not None for result in results] == [True, False, False]
    assert [json.loads(result.payload)["n"] for result in results] == [0, 1, 2]


@pytest.mark.parametrize(
    ("handler", "error_type", "message"),
    [
        pytest.param(
            "handler",
            "Runtime.MalformedHandlerName",
            "Bad handler 'handler': not enough values to unpack (expected 2, got 1)",
            id="no-dot",
        ),
        pytest.param(
            "missing.handler",
            "Runtime.ImportModuleError",
            "Unable to import module 'missing': No module named 'missing'",
            id="no-module",
        ),
        pytest.param(
            "sys.handler",
            "Runtime.BuiltInModuleConflict",
            "Cannot use built-in module sys as a handler module",
            id="built-in-module",
        ),
    ],
)
def test_handler_names(lab: Any, handler: str, error_type: str, message: str) -> None:
    result = lab.invoke(lab.function(handler=handler))
    assert (result.kind, result.error_type, result.error_message) == (FunctionErrorKind.INIT, error_type, message)


@pytest.mark.parametrize("handler", ["pkg.app.handler", "pkg/app.handler"])
def test_handlers_in_folders(lab: Any, handler: str) -> None:
    lab.write("pkg/app.py", "def handler(event, context):\n    return __name__")
    assert lab.invoke(lab.function(handler=handler)).payload == b'"pkg.app"'


def test_stack_trace_holds_the_users_frames(lab: Any) -> None:
    path = lab.write(
        "app.py", "def handler(event, context):\n    return fail()\n\ndef fail():\n    raise KeyError('x')"
    )
    result = lab.invoke(lab.function())
    assert (result.error_type, result.error_message) == ("KeyError", "'x'")
    assert result.stack_trace == (
        f'  File "{path}", line 2, in handler\n    return fail()\n',
        f"  File \"{path}\", line 5, in fail\n    raise KeyError('x')\n",
    )


def test_stack_trace_of_a_failed_import_leads_to_it(lab: Any) -> None:
    app = lab.write("app.py", "import models")
    models = lab.write("models.py", "\nimport no_such_module")
    assert lab.invoke(lab.function()).stack_trace == (
        f'  File "{app}", line 1, in <module>\n    import models\n',
        f'  File "{models}", line 2, in <module>\n    import no_such_module\n',
    )


def test_timeout_kills_and_the_next_invocation_gets_a_fresh_environment(either_loop: Any) -> None:
    source = """
        import os
        calls = 0

        def handler(event, context):
            global calls
            calls += 1
            while event["n"] == 1:
                pass
            return [os.getpid(), calls]
    """

    async def scenario(pool: Pool) -> list[Any]:
        return [await pool.invoke("app", numbered(n)) for n in (0, 1, 2)]

    before, timed_out, after = either_loop.run(scenario, either_loop.function(source, timeout=1.0))
    assert timed_out == FunctionError(
        FunctionErrorKind.TIMEOUT,
        "Sandbox.Timedout",
        "RequestId: request-1 Error: Task timed out after 1.00 seconds",
        duration_ms=timed_out.duration_ms,
    )
    # uvloop's clock is that of its last wake-up: a timer of 500 ms was seen to come after 499.84. How much later
    # it ends is the machine's affair: left alone, the handler would never end.
    assert timed_out.duration_ms >= 999
    assert json.loads(before.payload)[0] != json.loads(after.payload)[0]
    assert json.loads(after.payload)[1] == 1


def test_integration_timeout_leaves_the_function_running(lab: Any) -> None:
    source = """
        import pathlib, time
        calls = 0

        def handler(event, context):
            global calls
            calls += 1
            while event["n"] == 1 and not pathlib.Path("wake").exists():
                time.sleep(0.001)
            print("woke up")
            return calls
    """

    async def scenario(pool: Pool) -> tuple[Any, Any]:
        await pool.invoke("app", numbered(0))
        gave_up = await pool.invoke("app", Invocation("slow", b'{"n": 1}', timeout_s=0.1))
        lab.write("wake", "")
        return gave_up, await pool.invoke("app", numbered(0))

    gave_up, after = lab.run(scenario, lab.function(source, max_concurrency=1))
    assert gave_up == IntegrationTimeout(0.1)
    assert after.payload == b"3"
    assert OutputLine("app", "slow", "woke up") in lab.output


def test_a_failure_nobody_waits_for_is_printed(lab: Any) -> None:
    source = """
        import pathlib, time

        def handler(event, context):
            while "n" not in event and not pathlib.Path("wake").exists():
                time.sleep(0.001)
            raise ValueError("late")
    """

    async def scenario(pool: Pool) -> None:
        await pool.invoke("app", numbered(0))
        lab.log.clear()
        assert await pool.invoke("app", Invocation("slow", b"{}", timeout_s=0.1)) == IntegrationTimeout(0.1)
        lab.write("wake", "")
        await until(lambda: any(line.text.startswith("[ERROR] ValueError: late\r") for line in lab.output))

    lab.run(scenario, lab.function(source))


def test_throttled_when_every_environment_stays_busy(lab: Any) -> None:
    async def scenario(pool: Pool) -> Any:
        slow = asyncio.ensure_future(pool.invoke("app", Invocation("slow", b'{"n": 60}')))
        await until(lambda: lab.printed() == ["started"])
        result = await pool.invoke("app", Invocation("late", b'{"n": 0}', timeout_s=0.1))
        slow.cancel()
        return result

    source = "import time\ndef handler(event, context):\n    print('started')\n    time.sleep(event['n'])"
    assert lab.run(scenario, lab.function(source, max_concurrency=1)) == Throttled(1, 0.1)


def test_environments_run_side_by_side_up_to_the_limit(lab: Any) -> None:
    """Three invocations meet at a barrier, so three environments must run; a fourth would not pass it."""
    source = """
        import os, pathlib, time

        def handler(event, context):
            pathlib.Path(f"here-{event['n']}").touch()
            while len(list(pathlib.Path().glob("here-*"))) < 3:
                time.sleep(0.01)
            return os.getpid()
    """

    async def scenario(pool: Pool) -> Any:
        together = await asyncio.gather(*(pool.invoke("app", numbered(n)) for n in range(3)))
        more = await asyncio.gather(*(pool.invoke("app", numbered(n)) for n in range(3, 20)))
        return together, more

    together, more = lab.run(scenario, lab.function(source, max_concurrency=3))
    assert len({result.payload for result in together}) == 3
    assert {result.payload for result in more} <= {result.payload for result in together}


def test_the_environment_used_last_is_used_next(lab: Any) -> None:
    source = "import os, time\ndef handler(event, context):\n    time.sleep(event['n'] / 10)\n    return os.getpid()"

    async def scenario(pool: Pool) -> Any:
        await asyncio.gather(*(pool.invoke("app", numbered(n)) for n in (1, 3)))
        return {(await pool.invoke("app", numbered(0))).payload for _ in range(5)}  # type: ignore[union-attr]

    assert len(lab.run(scenario, lab.function(source))) == 1


def test_a_cancelled_caller_does_not_break_the_environment(either_loop: Any) -> None:
    source = """
        import os, time

        def handler(event, context):
            print("started")
            time.sleep(event["n"])
            return os.getpid()
    """

    async def scenario(pool: Pool) -> tuple[Any, Any]:
        first = await pool.invoke("app", numbered(0))
        running = asyncio.ensure_future(pool.invoke("app", Invocation("gone", b'{"n": 0.2}')))
        await until(lambda: OutputLine("app", "gone", "started") in either_loop.output)
        queued = asyncio.ensure_future(pool.invoke("app", Invocation("queued", b'{"n": 0}')))
        await asyncio.sleep(0)
        for task in (running, queued):
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        return first, await pool.invoke("app", numbered(0))

    first, after = either_loop.run(scenario, either_loop.function(source, max_concurrency=1))
    assert after.payload == first.payload
    assert "queued" not in {line.request_id for line in either_loop.output}


def test_printed_lines_come_before_the_result(either_loop: Any) -> None:
    source = r"""
        import os, sys
        print("at import")

        def handler(event, context):
            print("one")
            print("two", file=sys.stderr)
            os.write(1, b"raw \xff\n")
            os.system("echo from a child")
            print("unfinished", end="")
    """

    async def scenario(pool: Pool) -> list[OutputLine]:
        seen = []
        for n in range(50):
            lab_before = len(either_loop.output)
            await pool.invoke("app", numbered(n))
            seen.append([line.text for line in either_loop.output[lab_before:] if line.request_id is not None])
        return seen  # type: ignore[return-value]

    seen = either_loop.run(scenario, either_loop.function(source))
    assert either_loop.output[0] == OutputLine("app", None, "at import")
    assert seen == [["one", "two", "raw \ufffd", "from a child", "unfinished"]] * 50


def test_a_flood_of_output_arrives_whole(lab: Any) -> None:
    source = "def handler(event, context):\n    for n in range(100_000):\n        print(f'line {n}')"
    lab.invoke(lab.function(source))
    assert lab.printed() == [f"line {n}" for n in range(100_000)]


def test_output_before_a_crash_is_not_lost(lab: Any) -> None:
    lab.invoke(lab.function("import os\ndef handler(event, context):\n    print('last words')\n    os._exit(1)"))
    assert lab.output == [OutputLine("app", "request-1", "last words")]


def test_response_of_six_megabytes_passes_and_more_is_refused(either_loop: Any) -> None:
    """AWS, "Lambda quotas": 6 MB each for synchronous request and response."""
    source = "def handler(event, context):\n    return 'x' * event['n']"

    async def scenario(pool: Pool) -> list[Any]:
        sizes = (6_291_554, 6_291_555, 0)
        return [await pool.invoke("app", Invocation(f"r{n}", b'{"n": %d}' % n)) for n in sizes]

    largest, larger, after = either_loop.run(scenario, either_loop.function(source))
    assert len(largest.payload) == 6_291_556
    assert (larger.kind, larger.error_type) == (FunctionErrorKind.HANDLER, "Function.ResponseSizeTooLarge")
    assert larger.error_message == (
        "Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes)."
    )
    assert after.payload == b'""'


def test_six_megabytes_of_event(lab: Any) -> None:
    payload = json.dumps("x" * 6_000_000).encode()
    assert (
        lab.invoke(lab.function("def handler(event, context):\n    return len(event)"), payload).payload == b"6000000"
    )


def test_a_child_killed_between_invocations_is_replaced(either_loop: Any) -> None:
    async def scenario(pool: Pool) -> set[bytes]:
        seen = set()
        for n in range(5):
            result = await pool.invoke("app", numbered(n))
            assert isinstance(result, Returned)
            seen.add(result.payload)
            os.kill(int(result.payload), signal.SIGKILL)
            while not is_gone(int(result.payload)):
                pass  # the event loop must not run, or it would hear of the death before the next invocation
        return seen

    source = "import os\ndef handler(event, context):\n    return os.getpid()"
    assert len(either_loop.run(scenario, either_loop.function(source))) == 5


def test_a_failed_init_is_tried_again_by_the_next_invocation(lab: Any) -> None:
    source = """
        import pathlib
        flag = pathlib.Path("flag")
        if not flag.exists():
            flag.touch()
            raise RuntimeError("first time")

        def handler(event, context):
            return "well"
    """

    async def scenario(pool: Pool) -> list[Any]:
        return [await pool.invoke("app", numbered(n)) for n in range(2)]

    failed, well = lab.run(scenario, lab.function(source))
    assert (failed.kind, failed.error_message) == (FunctionErrorKind.INIT, "first time")
    assert well.payload == b'"well"'
    assert len(lab.init_errors) == 1


def test_a_failed_init_is_told_to_all_who_wait_and_started_once(lab: Any) -> None:
    async def scenario(pool: Pool) -> list[Any]:
        return await asyncio.gather(*(pool.invoke("app", numbered(n)) for n in range(8)))

    results = lab.run(scenario, lab.function("raise RuntimeError('broken')"))
    assert {result.error_message for result in results} == {"broken"}
    assert len(lab.init_errors) == 1


def test_a_failed_init_beside_a_healthy_environment_is_told_to_one(lab: Any) -> None:
    source = """
        import pathlib, time
        try:
            pathlib.Path("first").touch(exist_ok=False)
        except FileExistsError:
            raise RuntimeError("only one of me") from None

        def handler(event, context):
            while not pathlib.Path("done").exists():
                time.sleep(0.001)
    """

    async def scenario(pool: Pool) -> list[Any]:
        three = asyncio.gather(*(pool.invoke("app", numbered(n)) for n in range(3)))
        await until(lambda: len(lab.init_errors) == 2)
        lab.write("done", "")
        return await three

    well, *failed = lab.run(scenario, lab.function(source))
    assert isinstance(well, Returned)
    assert [result.error_message for result in failed] == ["only one of me"] * 2
    assert len(lab.init_errors) == 2


@pytest.mark.parametrize(
    ("values", "message"),
    [
        pytest.param(
            {"python": "/no/such/python"},
            "function 'app': no executable Python at '/no/such/python'; "
            "correct its `python`, or remove it to use the project's virtual environment",
            id="no-such-python",
        ),
        pytest.param(
            {"command": ("./no-such-runtime",)},
            "function 'app': cannot start './no-such-runtime': No such file or directory; "
            "check that './no-such-runtime' exists and is executable",
            id="no-such-command",
        ),
        pytest.param(
            {"code_uri": Path("/no/such/folder")},
            "function 'app': its codeUri '/no/such/folder' is not a folder; create it or correct codeUri",
            id="no-such-folder",
        ),
    ],
)
def test_what_cannot_be_started_says_what_to_do(lab: Any, values: dict[str, Any], message: str) -> None:
    with pytest.raises(WorkerError) as raised:
        lab.invoke(lab.function(**values))
    assert str(raised.value) == message


def test_unknown_function(lab: Any) -> None:
    with pytest.raises(WorkerError, match="function 'nope' is not configured"):
        lab.run(lambda pool: pool.invoke("nope", EVENT))


def test_environment_of_the_process(lab: Any) -> None:
    source = """
        import os, sys

        def handler(event, context):
            return {
                "cwd": os.getcwd(),
                "path": sys.path[0],
                "stdin": os.path.realpath("/proc/self/fd/0") if sys.platform == "linux" else "/dev/null",
                "session": os.getsid(0) == os.getpid(),
                "environ": dict(os.environ),
            }
    """
    lab.environ |= {"AWS_PROFILE": "mine", "VIRTUAL_ENV": "/emulator/venv", "SECRET": "x"}
    function = lab.function(source, environment=(("TABLE", "local"),), memory_size=512)
    found = json.loads(lab.run(lambda pool: pool.invoke("app", EVENT), function).payload)
    environ = found.pop("environ")
    assert found == {"cwd": str(lab.folder), "path": str(lab.folder), "stdin": "/dev/null", "session": True}
    assert environ["_X_AMZN_TRACE_ID"] == "Root=1-2-3"
    assert environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "512"
    assert (environ["TABLE"], environ["AWS_PROFILE"]) == ("local", "mine")
    assert not {"VIRTUAL_ENV", "SECRET", "PYTHONPATH"} & environ.keys()


def test_our_own_packages_can_be_imported_where_the_project_has_no_virtual_environment(lab: Any) -> None:
    source = "import sys, yaml\ndef handler(event, context):\n    return [sys.executable, yaml.__name__]"
    assert json.loads(lab.invoke(lab.function(source)).payload) == [sys.executable, "yaml"]


def test_update_replaces_what_differs_and_keeps_the_rest(lab: Any) -> None:
    lab.write("app.py", "import os\ndef handler(event, context):\n    return [os.getpid(), os.environ.get('V')]")
    kept, changed, removed = (lab.function(name=name) for name in ("kept", "changed", "removed"))

    async def scenario(pool: Pool) -> Any:
        async def ask(name: str) -> Any:
            return json.loads((await pool.invoke(name, EVENT)).payload)  # type: ignore[union-attr]

        before = [await ask(name) for name in ("kept", "changed", "removed")]
        new = replace(changed, environment=(("V", "2"),))
        pool.update({"kept": kept, "changed": new, "added": replace(kept, name="added")})
        with pytest.raises(WorkerError, match="removed"):
            await ask("removed")
        return before, [await ask(name) for name in ("kept", "changed", "added")]

    before, after = lab.run(scenario, kept, changed, removed)
    assert after[0] == before[0]
    assert after[1][0] != before[1][0]
    assert after[1][1] == "2"
    assert after[2][1] is None


def test_close_ends_what_runs_and_what_it_started(lab: Any) -> None:
    """It waits for neither: what runs would take a quarter of an hour."""
    source = """
        import os, signal, subprocess, sys, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)

        def handler(event, context):
            child = subprocess.Popen(["sleep", "1000"])
            print(os.getpid(), child.pid)
            time.sleep(1000)
    """
    function = lab.function(source, timeout=900.0)

    async def main() -> list[int]:
        pool = lab.pool(function)
        task = asyncio.ensure_future(pool.invoke("app", EVENT))
        await until(lambda: bool(lab.output))
        async with asyncio.timeout(PATIENCE):
            await pool.close()
            result = await task
        assert isinstance(result, FunctionError)
        return [int(pid) for pid in lab.output[0].text.split()]

    pids = asyncio.run(main())
    asyncio.run(until(lambda: all(is_gone(pid) for pid in pids)))  # what the handler started is not ours to reap


def is_gone(pid: int) -> bool:
    """Not there, or only its exit status is, for whoever adopted it."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_file_descriptors_do_not_leak(lab: Any) -> None:
    async def scenario(pool: Pool) -> tuple[int, int]:
        counts = []
        for n in range(6):
            await pool.invoke("app", numbered(n))
            counts.append(psutil.Process().num_fds())
            pool.replace(["app"])
        return counts[1], counts[-1]

    before, after = lab.run(scenario, lab.function("def handler(event, context):\n    return event"))
    assert after <= before + 2
