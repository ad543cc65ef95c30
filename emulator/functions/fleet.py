"""The execution environments of one function, and the invocations that wait for one."""

import asyncio
import contextlib
import time
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from emulator.errors import WorkerError
from emulator.functions.command_line import command_line, runtime_folder
from emulator.functions.environment import Environment
from emulator.functions.environment_variables import Placement, environment_variables
from emulator.functions.invocation import (
    Function,
    FunctionError,
    InitReport,
    IntegrationTimeout,
    Invocation,
    LogEvent,
    Result,
    Returned,
    Throttled,
)
from emulator.functions.lifecycle import State
from emulator.functions.renewals import Renewals
from emulator.functions.runtime_messages import address_init_error
from emulator.functions.scaling import (
    IDLE_LIMIT,
    PATIENCE,
    Demand,
    give_up,
    is_at_limit,
    is_beyond_the_limit,
    patience,
    starts,
    starts_at_once,
)
from emulator.functions.shortage import affordable
from emulator.functions.worker import Guard, Launch

_AGAIN = 1.0
"""Seconds after which a start that failed is tried again, where other environments of the function run."""


@dataclass(slots=True)
class Site:
    """What the environments of all functions share. `environ` is the developer's own; `project` the folder of
    emulator.yaml, where virtual environments are looked for; `alive` holds every environment not yet reaped;
    `on_problem` gets a sentence when something is short that was enough before; `descriptors` is the limit of open
    files that processes get instead of ours."""

    environ: Mapping[str, str]
    project: Path | None
    on_log: Callable[[LogEvent], None]
    on_init_error: Callable[[str, FunctionError], None]
    idle_limit: float = IDLE_LIMIT
    on_problem: Callable[[str], None] = lambda problem: None
    descriptors: int | None = None
    renewals: Renewals = field(default_factory=Renewals)
    guard: Guard = field(default_factory=Guard)
    alive: set[Environment] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class Pending:
    """An invocation and the future its caller awaits."""

    invocation: Invocation
    future: asyncio.Future[Result]
    since: float
    """When it was submitted, in seconds of the event loop's clock."""
    met_the_limit: bool = False
    """Whether it waits because as many environments as may run are busy."""

    def fail(self, error: WorkerError) -> None:
        if not self.future.done():
            self.future.set_exception(error)


class Fleet:
    """The environments of one function's current code; those of earlier code finish what they have and are no one's."""

    def __init__(self, function: Function, site: Site) -> None:
        self.function = function
        self.used_at = 0.0
        self._site = site
        self._idle: list[Environment] = []
        self._live: set[Environment] = set()
        self._unreaped: set[Environment] = set()
        self._queue: deque[Pending] = deque()
        self._wanted = False
        self._held = False
        self._grown_at = 0.0
        self._patience = PATIENCE
        self._impatience: asyncio.TimerHandle | None = None
        self._is_short = False
        self._sweep: asyncio.TimerHandle | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether an invocation waits for an environment."""
        return bool(self._queue)

    def submit(self, pending: Pending) -> bool:
        """Hand it to the environment used last. Return False when it is queued; then it is seen to that one starts."""
        self.used_at = pending.since
        if not self._held:
            while self._idle:
                if self._idle.pop().invoke(pending.invocation, partial(self._settle, pending)):
                    return True
        pending.met_the_limit = not self._held and len(self._live) >= self._limit and is_at_limit(self._demand())
        self._queue.append(pending)
        self._grow()
        return False

    def withdraw(self, pending: Pending) -> bool:
        """Take out what no caller awaits any more. Return whether it was still waiting; else it runs to its end."""
        waiting = pending in self._queue
        if waiting:
            self._queue.remove(pending)
        return waiting

    def give_up(self, pending: Pending) -> None:
        """End what its caller waits for no longer."""
        waited = pending.invocation.timeout_s
        demand = self._demand()
        self._settle(pending, give_up(demand, waited) if self.withdraw(pending) else IntegrationTimeout(waited))

    def throttle(self, pending: Pending) -> None:
        """End what has waited for a busy environment as long as the function's `concurrency_wait` allows."""
        demand = self._demand()
        if self._held or pending not in self._queue:
            return
        if is_beyond_the_limit(demand, self._queue.index(pending)):
            self._queue.remove(pending)
            self._settle(pending, Throttled(demand.limit, self.function.concurrency_wait or 0.0))

    def hold(self) -> None:
        """Start no invocation until `replace` or `release`: the code is being changed."""
        self._held = True

    def release(self) -> None:
        """Go on after `hold`: the code is as it was before."""
        self._held = False
        while self._idle and self._queue:
            self.offered(self._idle.pop())
        self._grow()
        self._site.renewals.go_on()

    def replace(self, function: Function) -> None:
        """Retire the environments: the code, or the function's configuration, has changed."""
        self.function = function
        self._held = False
        wanted = self._wanted or bool(self._live)
        self._retire_all()
        if wanted and not self._queue:
            self._wanted = True
            self._site.renewals.ask(self)
        self._grow()

    def renew(self) -> bool:
        """Start what `replace` wants, unless a request was quicker. Return False while the code is changed again."""
        if self._held:
            return False
        if self._wanted and not self._live:
            self.start()
        return True

    def start(self) -> None:
        """Have an environment before the first invocation asks for one."""
        self._wanted = True
        if self._may_start():
            with contextlib.suppress(WorkerError):  # the next invocation tries again, and is told
                self._start()

    def close(self, reason: WorkerError) -> None:
        """Finish what runs and fail what waits: the function is gone."""
        self._wanted = False
        self._site.renewals.drop(self)
        while self._queue:
            self._queue.popleft().fail(reason)
        self._retire_all()
        for timer in (self._impatience, self._sweep):
            if timer is not None:
                timer.cancel()

    def _retire_all(self) -> None:
        environments, self._live = self._live, set()
        self._idle.clear()
        for environment in environments:
            environment.retire()

    def _retire_idle(self) -> None:
        """Retire those that had nothing to do for so long, but for the one used last."""
        loop = asyncio.get_running_loop()
        since = loop.time() - self._site.idle_limit
        for environment in self._idle[:-1]:
            if environment.idle_since <= since:
                environment.retire()
        self._sweep = None
        if len(self._idle) > 1:
            due = self._idle[0].idle_since + self._site.idle_limit
            self._sweep = loop.call_at(due, self._retire_idle)

    # Growing

    def _demand(self) -> Demand:
        starting = sum(environment.state is State.INITIALIZING for environment in self._live)
        return Demand(len(self._queue), len(self._live), starting, self._limit)

    @property
    def _limit(self) -> int:
        return self.function.max_concurrency if self.function.debug_path is None else 1

    def _may_start(self) -> bool:
        """Tell whether a process may start: what leads to a debugger is had by one at a time, until that is reaped."""
        return self.function.debug_path is None or not self._unreaped

    def _grow(self) -> None:
        if self._held or not self._queue or not self._may_start():
            return
        if self._impatience is not None and self._live:
            return  # the usual case of a busy function, and the cheapest to find out
        if starts_at_once(self._demand()):
            self._start_those_needed()
        elif self._impatience is None:
            self._impatience = asyncio.get_running_loop().call_later(self._patience, self._lose_patience)

    def _lose_patience(self) -> None:
        self._impatience = None
        if self._held or not self._queue or not self._may_start():
            return
        loop = asyncio.get_running_loop()
        # A burst at a cold start has waited for the start: its environment is given the time to work it off.
        left = max(self._queue[0].since, self._grown_at) + self._patience - loop.time()
        if left > 0:
            self._impatience = loop.call_later(left, self._lose_patience)
        else:
            self._start_those_needed()

    def _start_those_needed(self) -> None:
        try:
            for _ in range(starts(self._demand())):
                self._start()
                self._is_short = False
        except WorkerError as error:
            if self._live:
                self._make_do(error)
            while self._queue and not self._live:
                self._queue.popleft().fail(error)

    def _make_do(self, error: WorkerError) -> None:
        """Start no further environment: those who wait have the others to wait for. It is tried again after a while,
        and told of once."""
        self._impatience = asyncio.get_running_loop().call_later(_AGAIN, self._lose_patience)
        if not self._is_short:
            self._is_short = True
            have = "the one environment" if len(self._live) == 1 else f"the {len(self._live)} environments"
            self._site.on_problem(f"{error}. Until then its requests wait for {have} it has.")

    def _start(self) -> None:
        """Start an environment. Raises WorkerError, and then nothing was begun."""
        function, site = self.function, self._site
        argv = command_line(function, site.project, site.environ)
        with affordable(function.name):
            environment = Environment(function, self, site.guard)
        now = datetime.now(UTC)
        placement = Placement(
            runtime_api=environment.runtime_api,
            runtime_dir=str(runtime_folder(function)),
            log_stream_name=f"{now:%Y/%m/%d}/[$LATEST]{uuid.uuid4().hex}",
        )
        variables = environment_variables(function, site.environ, placement)
        environment.start(Launch(function.name, argv, variables, function.code_uri, site.descriptors))
        site.renewals.begun(environment)
        self._live.add(environment)
        self._unreaped.add(environment)
        site.alive.add(environment)

    def _settle(self, pending: Pending, result: Result) -> None:
        """Tell the caller how it ended. When the caller went away, the log tells it."""
        if not pending.future.done():
            pending.future.set_result(result)

    def _settle_late(self, pending: Pending, queued_ms: float, result: Result) -> None:
        """Settle an invocation that waited `queued_ms` for another to end."""
        self._settle(pending, replace(result, queued_ms=queued_ms) if isinstance(result, Returned) else result)

    # What environments tell (environment.Owner)

    def offered(self, environment: Environment) -> None:
        self._wanted = False
        if environment not in self._live:
            return
        loop = asyncio.get_running_loop()
        if environment.init_duration_ms is not None:
            self._grown_at, self._patience = loop.time(), patience(environment.init_duration_ms)
            self._site.renewals.ended(environment)
        if self._queue and not self._held:
            pending = self._queue.popleft()
            settle = partial(self._settle, pending)
            if pending.met_the_limit:
                settle = partial(self._settle_late, pending, (loop.time() - pending.since) * 1000)
            if not environment.invoke(pending.invocation, settle):
                self._queue.appendleft(pending)
            self._grow()
        else:
            environment.idle_since = loop.time()
            self._idle.append(environment)
            if self._sweep is None and len(self._idle) > 1:
                self._sweep = loop.call_later(self._site.idle_limit, self._retire_idle)

    def init_failed(self, environment: Environment, error: FunctionError) -> None:
        """Fail all who wait, or, where other environments are well, the one who has waited longest."""
        if environment not in self._live:
            return
        self._live.remove(environment)
        self._wanted = True
        self._site.renewals.failed(self.function)
        self.logged(InitReport(self.function, time.time(), error))
        self._site.on_init_error(self.function.name, error)
        told = 0 if self._held else 1  # half of a save may be all that it has read
        for _ in range(min(len(self._queue), told) if self._live else len(self._queue)):
            pending = self._queue.popleft()
            self._settle(pending, address_init_error(error, pending.invocation.request_id))
        self._grow()

    def gone(self, environment: Environment) -> None:
        self._site.renewals.ended(environment)
        if environment not in self._live:
            return
        self._live.remove(environment)
        if environment in self._idle:
            self._idle.remove(environment)
        self._grow()

    def reaped(self, environment: Environment) -> None:
        self._site.alive.discard(environment)
        self._unreaped.discard(environment)
        if self.function.debug_path is not None and self._wanted and not self._live:
            self.start()
        self._grow()

    def logged(self, event: LogEvent) -> None:
        self._site.on_log(event)
