"""Scaling with real processes: who waits and for how long, who is throttled, and which environments are let go."""

import asyncio
import json
from typing import Any

import psutil
import pytest

from emulator.functions.invocation import IntegrationTimeout, Invocation, Returned, Throttled
from emulator.functions.pool import Pool
from serving.rim import PATIENCE

HOLDS_UNTIL_TOLD = """
    import os, time
    def handler(event, context):
        open(event["began"], "w").close()
        while not os.path.exists(event["until"]):
            time.sleep(0.001)
        return os.getpid()
"""


class Held:
    """An invocation that is with its handler until `release`."""

    def __init__(self, lab: Any, pool: Pool, number: int) -> None:
        self._began, self._until = lab.folder / f"began-{number}", lab.folder / f"until-{number}"
        payload = json.dumps({"began": str(self._began), "until": str(self._until)}).encode()
        self.task = asyncio.ensure_future(pool.invoke("app", Invocation(f"held-{number}", payload)))

    async def begun(self) -> "Held":
        async with asyncio.timeout(PATIENCE):
            while not self._began.exists():  # noqa: ASYNC110  the handler sets no event
                await asyncio.sleep(0.001)
        return self

    async def release(self) -> Any:
        self._until.touch()
        return await self.task


async def held(lab: Any, pool: Pool, number: int) -> Held:
    return await Held(lab, pool, number).begun()


def another(lab: Any, number: int, timeout: float = 10.0) -> Invocation:
    """One that returns at once."""
    done = lab.folder / "done"
    done.touch()
    payload = json.dumps({"began": str(lab.folder / "any"), "until": str(done)}).encode()
    return Invocation(f"request-{number}", payload, timeout=timeout)


@pytest.mark.parametrize("limit", [1, 2])
def test_no_wait_throttles_at_once_when_all_are_busy(lab: Any, limit: int) -> None:
    """As Lambda does with as much reserved concurrency."""
    function = lab.function(HOLDS_UNTIL_TOLD, max_concurrency=limit, concurrency_wait=0.0)

    async def scenario(pool: Pool) -> list[Any]:
        busy = [await held(lab, pool, number) for number in range(limit)]
        refused = await pool.invoke("app", another(lab, 1))
        freed = [await one.release() for one in busy]
        return [refused, *freed, await pool.invoke("app", another(lab, 2))]

    refused, *others = lab.run(scenario, function)
    assert refused == Throttled(limit, 0.0)
    assert all(isinstance(result, Returned) and not result.queued for result in others)


def test_no_wait_still_waits_for_a_cold_start(lab: Any) -> None:
    function = lab.function(HOLDS_UNTIL_TOLD, max_concurrency=2, concurrency_wait=0.0)

    async def scenario(pool: Pool) -> list[Any]:
        first = await held(lab, pool, 1)
        return [await pool.invoke("app", another(lab, 1)), await first.release()]

    assert [type(result) for result in lab.run(scenario, function)] == [Returned, Returned]


def test_as_many_as_there_is_room_for_are_not_throttled_while_environments_start(lab: Any) -> None:
    """Of a burst on a cold function, those beyond the limit have nobody to wait for."""
    function = lab.function(HOLDS_UNTIL_TOLD, max_concurrency=1, concurrency_wait=0.0)

    async def scenario(pool: Pool) -> list[Any]:
        first = Held(lab, pool, 1)
        second = asyncio.ensure_future(pool.invoke("app", another(lab, 2)))
        refused = await asyncio.wait_for(second, PATIENCE)
        return [refused, await (await first.begun()).release()]

    refused, first = lab.run(scenario, function)
    assert refused == Throttled(1, 0.0)
    assert isinstance(first, Returned)


def test_a_short_wait_ends_before_the_gateways(lab: Any) -> None:
    function = lab.function(HOLDS_UNTIL_TOLD, max_concurrency=1, concurrency_wait=0.05)

    async def scenario(pool: Pool) -> list[Any]:
        busy = await held(lab, pool, 1)
        return [await pool.invoke("app", another(lab, 1, timeout=10.0)), await busy.release()]

    refused, first = lab.run(scenario, function)
    assert refused == Throttled(1, 0.05)
    assert isinstance(first, Returned)


def test_without_one_it_waits_as_long_as_its_gateway(lab: Any) -> None:
    function = lab.function(HOLDS_UNTIL_TOLD, max_concurrency=1)

    async def scenario(pool: Pool) -> list[Any]:
        busy = await held(lab, pool, 1)
        refused = await pool.invoke("app", another(lab, 1, timeout=0.05))
        loop = asyncio.get_running_loop()
        waiting = asyncio.ensure_future(pool.invoke("app", another(lab, 2)))
        await asyncio.sleep(0)
        began = loop.time()
        while loop.time() == began:  # noqa: ASYNC110  uvloop's clock goes by milliseconds
            await asyncio.sleep(0.001)
        return [refused, await busy.release(), await waiting]

    refused, first, second = lab.run(scenario, function)
    assert refused == Throttled(1, 0.05)
    assert first.queued == 0.0
    assert second.queued > 0.0


def test_the_gateways_wait_counts_when_it_is_the_shorter(lab: Any) -> None:
    function = lab.function("import time\ntime.sleep(5)\ndef handler(event, context): pass", concurrency_wait=5.0)

    async def scenario(pool: Pool) -> Any:
        return await pool.invoke("app", Invocation("request-1", b"{}", timeout=0.05))

    assert lab.run(scenario, function) == IntegrationTimeout(0.05)


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def test_idle_environments_are_let_go_but_for_the_one_used_last(lab: Any) -> None:
    function = lab.function(HOLDS_UNTIL_TOLD, max_concurrency=3)

    async def main() -> tuple[set[int], int, set[int], Any]:
        pool = Pool({"app": function}, lab.environ, lab.log.append, lambda *error: None, idle_limit=0.05)
        try:
            busy = [await held(lab, pool, number) for number in range(3)]
            pids = {json.loads((await one.release()).payload) for one in busy}
            last = json.loads((await pool.invoke("app", another(lab, 1))).payload)
            async with asyncio.timeout(PATIENCE):
                while len(children() & pids) > 1:  # noqa: ASYNC110  nobody tells
                    await asyncio.sleep(0.005)
            left = children() & pids
            again = await pool.invoke("app", another(lab, 2))
            return pids, last, left, again
        finally:
            await pool.close()

    with asyncio.Runner(loop_factory=lab.loop_factory) as runner:
        pids, last, left, again = runner.run(main())
    assert len(pids) == 3
    assert left == {last}
    assert json.loads(again.payload) == last
    assert again.init_duration is None
