"""`freeze: true`: between two invocations a function's processes stand still, and go on with the next."""

import asyncio
import json
import shutil
from typing import Any

import psutil
import pytest

from emulator.functions.invocation import Function, Invocation, Returned
from emulator.functions.pool import Pool
from functions.conftest import Lab

PYTHON = """
import itertools, os, subprocess, sys, threading

count, child = itertools.count(), None
ticks = 0

def work():
    global ticks
    for ticks in count:
        pass

def handler(event, context):
    global child
    if child is None:
        threading.Thread(target=work, daemon=True).start()
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    return {"pids": [os.getpid(), child.pid], "ticks": ticks}
"""
NODE = """
let ticks = 0;
const tick = () => { ticks += 1; setImmediate(tick); };
exports.handler = async () => {
  if (!ticks) tick();
  return { pids: [process.pid], ticks };
};
"""


async def asked(pool: Pool, number: int) -> Any:
    answer = await pool.invoke("app", Invocation(f"request-{number}", b"{}"))
    assert isinstance(answer, Returned), answer
    return json.loads(answer.payload)


def are_stopped(pids: list[int]) -> bool:
    return all(psutil.Process(pid).status() == psutil.STATUS_STOPPED for pid in pids)


async def stopped(pids: list[int]) -> None:
    """Return when all of them stand still."""
    async with asyncio.timeout(60):
        while not are_stopped(pids):  # noqa: ASYNC110  the kernel sets no event
            await asyncio.sleep(0.005)


def stopped_between(lab: Lab, function: Function) -> None:
    async def scenario(pool: Pool) -> None:
        first = await asked(pool, 0)
        await stopped(first["pids"])
        second = await asked(pool, 1)
        assert second["pids"] == first["pids"]
        await stopped(second["pids"])
        third = await asked(pool, 2)
        assert third["ticks"] >= second["ticks"] >= first["ticks"]
        pool.replace({"app"})
        assert (await asked(pool, 3))["pids"] != first["pids"]

    lab.run(scenario, function)


def test_python_and_the_processes_it_has_started(lab: Lab) -> None:
    stopped_between(lab, lab.function(PYTHON, freeze=True))


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node.js on PATH")
def test_node(lab: Lab) -> None:
    lab.write("app.js", NODE)
    stopped_between(lab, lab.function(runtime="nodejs20.x", freeze=True))


def test_one_after_the_other_is_let_go_on(lab: Lab) -> None:
    async def scenario(pool: Pool) -> None:
        for number in range(50):
            assert (await asked(pool, number))["pids"]

    lab.run(scenario, lab.function(PYTHON, freeze=True))


def test_without_it_a_thread_goes_on(lab: Lab) -> None:
    async def scenario(pool: Pool) -> None:
        first = await asked(pool, 0)
        assert not are_stopped(first["pids"])

    lab.run(scenario, lab.function(PYTHON))
