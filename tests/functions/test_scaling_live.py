"""Scaling with real processes: who waits and for how long, who is throttled, and which environments are let go."""

import asyncio
import json
import sys
from typing import Any

import psutil
import pytest

from emulator.errors import WorkerError
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


def another(lab: Any, number: int, timeout: float = PATIENCE) -> Invocation:
    """One that returns at once."""
    done = lab.folder / "done"
    done.touch()
    payload = json.dumps({"began": str(lab.folder / "any"), "until": str(done)}).encode()
    return Invocation(f"request-{number}", payload, timeout_s=timeout)


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
    assert all(isinstance(result, Returned) and not result.queued_ms for result in others)


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
        return [await pool.invoke("app", another(lab, 1)), await busy.release()]

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
    assert first.queued_ms == 0.0
    assert second.queued_ms > 0.0


def test_the_gateways_wait_counts_when_it_is_the_shorter(lab: Any) -> None:
    function = lab.function("import time\ntime.sleep(5)\ndef handler(event, context): pass", concurrency_wait=5.0)

    async def scenario(pool: Pool) -> Any:
        return await pool.invoke("app", Invocation("request-1", b"{}", timeout_s=0.05))

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
    assert again.init_duration_ms is None


def test_when_no_further_process_starts_requests_wait_for_those_there_are(lab: Any) -> None:
    """As at a limit of processes; told of once. When one can be started again, one is."""
    interpreter = lab.write("python", "")

    def allow(program: str) -> None:
        following = lab.write("following", f'#!{program}\nexec {sys.executable} "$@"\n')
        following.chmod(0o755)
        following.replace(interpreter)

    allow("/bin/sh")
    function = lab.function(HOLDS_UNTIL_TOLD, python=str(interpreter))
    problems: list[str] = []

    async def main() -> tuple[list[Any], list[Any]]:
        pool = Pool({"app": function}, lab.environ, lab.log.append, lambda *error: None, on_problem=problems.append)
        try:
            first = await held(lab, pool, 0)
            allow("/no/such/shell")
            others = [asyncio.ensure_future(pool.invoke("app", another(lab, number))) for number in range(19)]
            async with asyncio.timeout(PATIENCE):
                while not problems:  # noqa: ASYNC110  nobody tells
                    await asyncio.sleep(0.005)
            results = [await first.release(), *await asyncio.gather(*others)]
            assert len(problems) == 1
            allow("/bin/sh")
            both = [await held(lab, pool, number) for number in (1, 2)]
            return results, [await one.release() for one in both]
        finally:
            await pool.close()

    with asyncio.Runner(loop_factory=lab.loop_factory) as runner:
        results, both = runner.run(main())
    assert {json.loads(result.payload) for result in results} == {json.loads(results[0].payload)}
    assert len({json.loads(result.payload) for result in both}) == 2
    [problem] = problems
    assert problem.startswith(f"function 'app': cannot start '{interpreter} ")
    assert problem.endswith("executable. Until then its requests wait for the one environment it has.")


def test_without_another_environment_the_reason_is_the_answer(lab: Any) -> None:
    interpreter = lab.write("python", "#!/no/such/shell")
    interpreter.chmod(0o755)
    with pytest.raises(WorkerError, match="cannot start"):
        lab.invoke(lab.function(HOLDS_UNTIL_TOLD, python=str(interpreter)))


def test_functions_have_the_descriptors_they_are_given(lab: Any) -> None:
    """Lambda gives them 1,024 (AWS: Lambda quotas, "File descriptors")."""
    function = lab.function(
        "import resource\ndef handler(event, context): return resource.getrlimit(resource.RLIMIT_NOFILE)[0]"
    )

    async def main() -> Any:
        pool = Pool({"app": function}, lab.environ, lab.log.append, lambda *error: None, descriptors=300)
        try:
            return await pool.invoke("app", Invocation("request-1", b"{}"))
        finally:
            await pool.close()

    with asyncio.Runner(loop_factory=lab.loop_factory) as runner:
        assert runner.run(main()).payload == b"300"
