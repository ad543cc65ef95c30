"""Code that changes while it is invoked: nothing fails, nothing old is served, nothing is started for nothing."""

import asyncio
import json
import os
from collections.abc import Callable
from typing import Any

import psutil
import pytest

from emulator.functions.invocation import Function, FunctionError, FunctionErrorKind, Invocation, Returned
from emulator.functions.pool import Pool
from serving.rim import PATIENCE

VERSION = """
import os, time
print("init %(version)d")

def handler(event, context):
    time.sleep(event.get("sleep", 0))
    while event.get("wait") and not os.path.exists("go"):
        time.sleep(0.005)
    return [%(version)d, os.getpid()]
"""


async def ask(pool: Pool, **event: float) -> Any:
    result = await pool.invoke("app", Invocation("id", json.dumps(event).encode()))
    assert isinstance(result, Returned), result
    return json.loads(result.payload)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110  other processes set no event
            await asyncio.sleep(0.005)


def test_replaced_at_once_and_before_the_next_request(lab: Any) -> None:
    async def scenario(pool: Pool) -> None:
        assert (await ask(pool))[0] == 1
        lab.write("app.py", VERSION % {"version": 2})
        pool.replace(["app"])
        await until(lambda: lab.printed() == ["init 1", "init 2"])
        assert (await ask(pool))[0] == 2

    lab.run(scenario, lab.function(VERSION % {"version": 1}))


def test_a_function_never_used_is_not_started(lab: Any) -> None:
    async def scenario(pool: Pool) -> list[psutil.Process]:
        others = psutil.Process().children()
        pool.replace(["app", "no-such-function"])
        await asyncio.sleep(0.05)
        return [process for process in psutil.Process().children() if process not in others]

    assert lab.run(scenario, lab.function(VERSION % {"version": 1})) == []


def test_in_flight_finishes_on_the_old_code_and_its_process_ends(lab: Any) -> None:
    async def scenario(pool: Pool) -> None:
        await ask(pool)
        old = asyncio.ensure_future(ask(pool, wait=1))
        await asyncio.sleep(0.02)
        lab.write("app.py", VERSION % {"version": 2})
        pool.replace(["app"])
        pool.replace(["app"])
        assert (await ask(pool))[0] == 2
        assert not old.done()
        lab.write("go", "")
        version, pid = await old
        assert version == 1
        await until(lambda: not psutil.pid_exists(pid))

    lab.run(scenario, lab.function(VERSION % {"version": 1}))


def test_held_code_waits_for_the_rest_of_the_save(lab: Any) -> None:
    async def scenario(pool: Pool) -> None:
        await ask(pool)
        lab.write("app.py", "def hand")
        pool.hold(["app", "no-such-function"])
        waiting = asyncio.ensure_future(ask(pool))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        lab.write("app.py", VERSION % {"version": 2})
        pool.replace(["app"])
        assert (await waiting)[0] == 2
        assert lab.init_errors == []

    lab.run(scenario, lab.function(VERSION % {"version": 1}))


def test_an_environment_that_ends_its_work_while_held_takes_no_more(lab: Any) -> None:
    async def scenario(pool: Pool) -> None:
        await ask(pool)
        running = asyncio.ensure_future(ask(pool, sleep=0.1))
        await asyncio.sleep(0.02)
        lab.write("app.py", VERSION % {"version": 2})
        pool.hold(["app"])
        waiting = asyncio.ensure_future(ask(pool))
        assert (await running)[0] == 1
        await asyncio.sleep(0.05)
        assert not waiting.done()
        pool.replace(["app"])
        assert (await waiting)[0] == 2

    lab.run(scenario, lab.function(VERSION % {"version": 1}))


def test_a_further_environment_that_fails_on_half_of_a_save_fails_nobody(lab: Any) -> None:
    """It began to start before the save did; who waits has the other environment, and the code of the save."""
    half = "import os, time\nprint(os.getpid(), flush=True)\nwhile not os.path.exists('read'): time.sleep(0.005)\n1 / 0"

    async def scenario(pool: Pool) -> None:
        await ask(pool)
        old = asyncio.ensure_future(ask(pool, wait=1))
        await asyncio.sleep(0)
        lab.write("app.py", half)
        waiting = asyncio.ensure_future(ask(pool))
        await until(lambda: len(lab.printed()) == 2)
        pool.hold(["app"])
        lab.write("read", "")
        await until(lambda: not psutil.pid_exists(int(lab.printed()[1])))
        assert not waiting.done()
        lab.write("app.py", VERSION % {"version": 2})
        pool.replace(["app"])
        assert (await waiting)[0] == 2
        lab.write("go", "")
        assert (await old)[0] == 1

    lab.run(scenario, lab.function(VERSION % {"version": 1}))


def test_broken_save_is_told_at_once_and_the_next_good_one_heals(lab: Any) -> None:
    async def scenario(pool: Pool) -> None:
        await ask(pool)
        lab.write("app.py", "def handler(:")
        pool.replace(["app"])
        await until(lambda: len(lab.init_errors) == 1)
        assert lab.init_errors[0][1].error_type == "Runtime.UserCodeSyntaxError"
        result = await pool.invoke("app", Invocation("id", b"{}"))
        assert isinstance(result, FunctionError)
        assert result.kind is FunctionErrorKind.INIT
        lab.write("app.py", VERSION % {"version": 2})
        pool.replace(["app"])
        await until(lambda: "init 2" in lab.printed())
        assert (await ask(pool))[0] == 2

    lab.run(scenario, lab.function(VERSION % {"version": 1}))


def test_a_save_while_the_last_one_is_still_importing(lab: Any) -> None:
    """The code of the last save is served, and nobody waits for the one before."""

    async def scenario(pool: Pool) -> None:
        await ask(pool)
        lab.write("app.py", "import time\ntime.sleep(60)")
        pool.replace(["app"])
        waiting = asyncio.ensure_future(ask(pool))
        await asyncio.sleep(0.05)
        lab.write("app.py", VERSION % {"version": 3})
        pool.replace(["app"])
        assert (await waiting)[0] == 3

    lab.run(scenario, lab.function(VERSION % {"version": 1}))


def test_two_saves_of_one_second_and_one_size(lab: Any) -> None:
    """Python matches cached bytecode to its source by size and whole second, and would take the old for the new."""
    lab.write("settings.py", "VALUE = 0\n")
    function = lab.function("import settings\ndef handler(event, context):\n    return settings.VALUE")

    async def scenario(pool: Pool) -> list[int]:
        seen = []
        for value in range(8):
            path = lab.write("settings.py", f"VALUE = {value}\n")
            whole_second = int(path.stat().st_mtime)
            os.utime(path, (whole_second, whole_second))
            pool.replace(["app"])
            seen.append(await ask(pool))
        return seen

    assert lab.run(scenario, function) == list(range(8))


def test_bytecode_of_settled_sources_is_cached(lab: Any) -> None:
    settled = lab.write("settled.py", "")
    os.utime(settled, (settled.stat().st_mtime - 60,) * 2)
    lab.invoke(lab.function("import settled\ndef handler(event, context):\n    return 1"))
    cached = {path.name.split(".")[0] for path in (lab.folder / "__pycache__").iterdir()}
    assert cached == {"settled"}


@pytest.mark.parametrize("limit", [1, 4])
def test_twenty_saves_under_load(lab: Any, limit: int) -> None:
    """No request fails; none made after a save gets older code than that save's; none goes back."""
    saved = 0

    async def client(pool: Pool, stop: asyncio.Event) -> int:
        count = 0
        while not stop.is_set():
            at_least = saved
            version, _ = await ask(pool, sleep=0.001)
            assert at_least <= version <= saved
            count += 1
        return count

    async def scenario(pool: Pool) -> int:
        nonlocal saved
        stop = asyncio.Event()
        clients = [asyncio.ensure_future(client(pool, stop)) for _ in range(8)]
        for version in range(1, 21):
            await asyncio.sleep(0.005 * (version % 5))
            pool.hold(["app"])
            lab.write("app.py", VERSION % {"version": version})
            saved = version
            pool.replace(["app"])
        assert (await ask(pool))[0] == 20
        stop.set()
        return sum(await asyncio.gather(*clients))

    assert lab.run(scenario, lab.function(VERSION % {"version": 0}, max_concurrency=limit)) > 8
    assert lab.init_errors == []


ONE_AT_A_TIME = """
import os, time
print("init %(version)d", os.environ["AWS_LAMBDA_FUNCTION_NAME"], flush=True)
try:
    os.mkdir("starting")
except FileExistsError:
    print("two at once", flush=True)
time.sleep(0.02)
try:
    os.rmdir("starting")
except FileNotFoundError:
    pass

def handler(event, context):
    return %(version)d
"""


def twelve(lab: Any) -> list[Function]:
    lab.write("app.py", ONE_AT_A_TIME % {"version": 1})
    lab.write("other.py", ONE_AT_A_TIME % {"version": 1})
    functions = [lab.function(name=f"f{number}") for number in range(12)]
    return [lab.function(name="other", handler="other.handler"), *functions]


async def ask_all(pool: Pool, functions: list[Function]) -> None:
    for function in functions:
        result = await pool.invoke(function.name, Invocation(f"first-{function.name}", b"{}"))
        assert isinstance(result, Returned), result


def test_of_many_functions_the_awaited_one_starts_first_and_the_others_one_by_one(lab: Any) -> None:
    functions = twelve(lab)
    names = [function.name for function in functions]

    async def scenario(pool: Pool) -> None:
        await ask_all(pool, functions)
        lab.log.clear()
        pool.hold(names)
        lab.write("app.py", ONE_AT_A_TIME % {"version": 2})
        awaited = asyncio.ensure_future(pool.invoke("f5", Invocation("awaited", b"{}")))
        await asyncio.sleep(0)
        pool.replace(names)
        assert (await awaited).payload == b"2"  # type: ignore[union-attr]
        await until(lambda: len(lab.printed()) >= len(names))

    lab.run(scenario, *functions)
    started = [line.split()[2] for line in lab.printed() if line.startswith("init")]
    assert started == ["f5", *(f"f{number}" for number in reversed(range(12)) if number != 5), "other"]
    assert "two at once" not in lab.printed()


def test_what_is_asked_for_meanwhile_does_not_wait_for_its_turn(lab: Any) -> None:
    functions = twelve(lab)

    async def scenario(pool: Pool) -> None:
        await ask_all(pool, functions)
        lab.log.clear()
        lab.write("app.py", ONE_AT_A_TIME % {"version": 2})
        pool.replace([function.name for function in functions])
        assert (await pool.invoke("f0", Invocation("awaited", b"{}"))).payload == b"2"  # type: ignore[union-attr]
        assert len({line for line in lab.printed() if "init" in line}) < len(functions) - 3, "f0 is the last but one"
        await until(lambda: len({line for line in lab.printed() if "init" in line}) == len(functions))

    lab.run(scenario, *functions)


def test_of_many_functions_with_one_mistake_one_is_started_and_the_next_save_renews_all(lab: Any) -> None:
    functions = twelve(lab)
    names = [function.name for function in functions]

    async def scenario(pool: Pool) -> None:
        await ask_all(pool, functions)
        lab.log.clear()
        lab.write("app.py", "def handler(:")
        pool.replace(names)
        await until(lambda: any("other" in line for line in lab.printed()))  # the last one, of another file
        assert [name for name, _ in lab.init_errors] == ["f11"]
        for name in ("f0", "f1"):
            assert isinstance(await pool.invoke(name, Invocation(f"second-{name}", b"{}")), FunctionError)
        lab.log.clear()
        lab.write("app.py", ONE_AT_A_TIME % {"version": 2})
        pool.replace(names)
        await until(lambda: len({line for line in lab.printed() if "init" in line}) == len(functions))

    lab.run(scenario, *functions)
