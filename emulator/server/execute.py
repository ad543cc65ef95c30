"""`emulate exec`: the APIs are served while a command runs, and the command's end is the end of all."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

from emulator.console.summary import Summary
from emulator.errors import EmulatorError
from emulator.functions.child.guard import kill_group
from emulator.functions.worker import Guard
from emulator.server.run import Serving, serve_while
from emulator.server.settings import Settings
from emulator.server.stop import SIGNALS, Stop

GRACE = 3.0
"""Seconds that an interrupted command has to end by itself, as a test runner that closes its browsers does. A second
Ctrl-C is the end at once."""


def execute(settings: Settings, environ: Mapping[str, str], command: Sequence[str], fail_on: str) -> int:
    """Serve, run the command, and tell on standard error what was found meanwhile; return the exit code, which is the
    command's as a shell has it, 128 and its number after a signal to us, or 1 for a finding that `fail_on` ("error",
    "warning" or "none") names. Raises EmulatorError when serving or the command cannot begin."""
    summary = Summary()

    async def run_command(serving: Serving) -> tuple[int, list[str]]:
        serving.history.subscribe(summary.add)
        code = await Command(command, {**environ, **variables(serving.urls())}).ended(serving.stop)
        serving.history.finish()
        return code, summary.lines(serving.lines)

    code, told = serve_while(run_command, settings, environ)
    sys.stderr.write("".join(f"{line}\n" for line in told))
    return code or int(summary.fails(fail_on))


def variables(urls: Mapping[str, str]) -> dict[str, str]:
    """Make the environment variables that tell a command where the APIs are: EMULATE_URL of the first, EMULATE_URL_NAME
    of each, and EMULATE_URLS of all as a JSON object by name. Of two names that make one variable the first has it."""
    named = {"EMULATE_URL": next(iter(urls.values()), ""), "EMULATE_URLS": json.dumps(urls)}
    for name, url in urls.items():
        named.setdefault(f"EMULATE_URL_{re.sub('[^A-Z0-9]', '_', name.upper())}", url)
    return named


class Command:
    """A command in a session of its own, so that nothing it starts outlives it: it takes standard input and output from
    us, and a Ctrl-C is passed on."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        """Start it. Raises EmulatorError when it cannot be started."""
        self._guard = Guard()
        self._guard.start()
        try:
            self._process = subprocess.Popen(command, env=environ, start_new_session=True)  # noqa: S603  the user's own
        except OSError as error:
            self._guard.close()
            raise EmulatorError(f"{command[0]}: cannot be started ({error.strerror}).") from None
        self._guard.watch(self._process.pid, "")

    async def ended(self, stop: Stop) -> int:
        """Wait for its end, which comes soon after a signal to us; return the exit code when nothing of its process
        group is left."""
        ends = asyncio.ensure_future(asyncio.to_thread(self._process.wait))
        stopped = asyncio.ensure_future(stop.asked())
        try:
            await asyncio.wait({ends, stopped}, return_when=asyncio.FIRST_COMPLETED)
            number = None if ends.done() else stop.signal or signal.SIGTERM
            if number is not None:
                self._interrupt(number)
                await asyncio.wait({ends}, timeout=GRACE)
        finally:
            stopped.cancel()
            kill_group(self._process.pid)
            self._guard.close()
        code = await ends
        if number is not None:
            return 128 + number
        return code if code >= 0 else 128 - code

    def _interrupt(self, number: int) -> None:
        """Pass a signal on to all of the command; the next one kills them."""
        loop = asyncio.get_running_loop()
        for again in SIGNALS:
            loop.add_signal_handler(again, kill_group, self._process.pid)
        os.killpg(self._process.pid, number)
