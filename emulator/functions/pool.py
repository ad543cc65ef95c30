"""The one door to the execution environments: it invokes Lambda functions by name."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from emulator.errors import WorkerError
from emulator.functions.fleet import Fleet, Pending, Site
from emulator.functions.invocation import Function, FunctionError, Invocation, LogEvent, Result
from emulator.functions.scaling import IDLE_LIMIT

_REAP_LIMIT = 5.0
"""Seconds to wait for a killed process. One that is not reaped by then hangs in the kernel, and waiting on does not
help."""


class Pool:
    """All functions that are served, in one event loop.

    `environ` is the developer's environment; `project` the folder whose virtual environment runs handlers when the
    code's own folder has none. `on_log` gets what CloudWatch Logs would, in that order, and all of an invocation before
    its result; `on_init_error` each failed start; `on_problem` a sentence when no more environments can be had;
    `idle_limit` is in seconds; `descriptors` is how many files each process may open, None: as many as this one.
    """

    def __init__(
        self,
        functions: Mapping[str, Function],
        environ: Mapping[str, str],
        on_log: Callable[[LogEvent], None],
        on_init_error: Callable[[str, FunctionError], None],
        project: Path | None = None,
        *,
        idle_limit: float = IDLE_LIMIT,
        on_problem: Callable[[str], None] = lambda problem: None,
        descriptors: int | None = None,
    ) -> None:
        self._site = Site(environ, project, on_log, on_init_error, idle_limit, on_problem, descriptors)
        self._fleets = {name: Fleet(function, self._site) for name, function in functions.items()}

    async def invoke(self, function: str, invocation: Invocation) -> Result:
        """Invoke a function; an ordinary failure is a result. Raises WorkerError when no process can start or there is
        no such function. When the caller is cancelled, a handler that has begun runs to its end."""
        fleet = self._fleets.get(function)
        if fleet is None:
            raise WorkerError(f"function '{function}' is not configured; add it under `functions`")
        loop = asyncio.get_running_loop()
        pending = Pending(invocation, loop.create_future(), loop.time())
        timers = []
        waits, function_ = not fleet.submit(pending), fleet.function
        if function_.debug_path is None:
            if waits or invocation.timeout_s < function_.timeout:
                timers.append(loop.call_later(invocation.timeout_s, fleet.give_up, pending))
            if waits and function_.concurrency_wait is not None:
                timers.append(loop.call_later(function_.concurrency_wait, fleet.throttle, pending))
        try:
            return await pending.future
        except asyncio.CancelledError:
            fleet.withdraw(pending)
            raise
        finally:
            for timer in timers:
                timer.cancel()

    def start(self, function: str) -> None:
        """Have an environment of the function before the first invocation asks for one."""
        if fleet := self._fleets.get(function):
            fleet.start()

    def hold(self, names: Collection[str]) -> None:
        """Let the invocations of these functions wait for `replace` or `release`, one of which must follow: their code
        is being changed."""
        for name in names:
            if fleet := self._fleets.get(name):
                fleet.hold()

    def release(self, names: Collection[str]) -> None:
        """Go on after `hold`: the code of these functions is, after all, what it was before."""
        for name in names:
            if fleet := self._fleets.get(name):
                fleet.release()

    def replace(self, names: Collection[str]) -> None:
        """Let no invocation reach the old environments of these functions, whose code has changed; what runs there is
        finished. A function that was in use starts a fresh one: at once where an invocation waits, else when no other
        is starting."""
        fleets = [fleet for name in names if (fleet := self._fleets.get(name))]
        for fleet in sorted(fleets, key=lambda fleet: not fleet.is_awaited):
            fleet.replace(fleet.function)

    def update(self, functions: Mapping[str, Function]) -> None:
        """Take over a changed configuration: replace what differs, and keep the environments of what does not."""
        for name in self._fleets.keys() - functions.keys():
            self._fleets.pop(name).close(WorkerError(f"function '{name}' is no longer configured"))
        for name, function in functions.items():
            fleet = self._fleets.get(name)
            if fleet is None:
                self._fleets[name] = Fleet(function, self._site)
            elif fleet.function != function:
                fleet.replace(function)

    async def close(self) -> None:
        """Kill and reap everything."""
        for fleet in self._fleets.values():
            fleet.close(WorkerError("the emulator is shutting down"))
        self._fleets.clear()
        environments = tuple(self._site.alive)
        for environment in environments:
            environment.stop()
        if environments:
            ends = [asyncio.ensure_future(environment.ended()) for environment in environments]
            await asyncio.wait(ends, timeout=_REAP_LIMIT)
        self._site.guard.close()
