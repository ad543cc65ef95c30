"""What is left when the emulator is killed and cannot clean up: nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from serving.emulate import until
from serving.processes import guard_of, is_running

PARENT = """
import asyncio, os, sys
from pathlib import Path
from emulator.functions.invocation import Function, Invocation, OutputLine
from emulator.functions.pool import Pool

def show(event):
    if isinstance(event, OutputLine):
        print(event.text, flush=True)

async def main():
    folder = Path(sys.argv[1])
    functions = {"app": Function("app", "app.handler", folder, timeout=900)}
    pool = Pool(functions, dict(os.environ), show, print)
    await pool.invoke("app", Invocation("1", b"{}"))
    await pool.invoke("app", Invocation("2", b'{"busy": true}', timeout_s=900))
    await asyncio.Event().wait()

asyncio.run(main())
"""
HANDLER = """
import os, subprocess

def handler(event, context):
    if event:
        child = subprocess.Popen(["sleep", "1000"])
        print(os.getpid(), child.pid)
        while True:
            pass
"""


@pytest.mark.parametrize("guarded", [True, False], ids=["guard", "guard-killed-too"])
def test_sigkill_of_the_emulator(tmp_path: Path, guarded: bool) -> None:
    """A handler in an endless loop ends by the guard; should that be gone as well, an idle one ends by itself."""
    (tmp_path / "app.py").write_text(HANDLER if guarded else HANDLER.replace("while True", "while False"))
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    with parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        guard = guard_of(parent.pid)
        if not guarded:
            guard.kill()
        parent.kill()
    until(lambda: any(is_running(pid) for pid in [*pids, guard.pid]), lambda running: not running)
