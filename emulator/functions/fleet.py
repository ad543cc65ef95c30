"""The execution environments of one function, and the invocations that wait for one."""

import asyncio
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from emulator.errors import WorkerError
from emulator.functions.environment import Environment
from emulator.functions.environment_variables import Placement, environment_variables
from emulator.functions.interpreter import find_interpreter
from emulator.functions.invocation import Function, FunctionError, IntegrationTimeout, Invocation, OutputLine, Result
from emulator.functions.lifecycle import State
from emulator.functions.runtime_messages import address_init_error, error_lines
from emulator.functions.scaling import PATIENCE, Demand, give_up, starts, starts_at_once
from emulator.functions.worker import Guard, Launch

_BOOTSTRAP = Path(__file__).with_name("bootstrap.py")


@dataclass(slots=True)
class Site:
    """What the environments of all functions share. `environ` is the developer's own; `project` the folder of
    emulator.yaml, where virtual environments are looked for; `alive` holds every environment not yet reaped."""

    environ: Mapping[str, str]
    project: Path | None
    on_output: Callable[[OutputLine], None]
    on_init_error: Callable[[str, FunctionError], None]
    guard: Guard = field(default_factory=Guard)
    alive: set[Environment] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class Pending:
    """An invocation and the future its caller awaits."""

    invocation: Invocation
    future: asyncio.Future[Result]
    since: float
    """Of the event loop's clock."""

    def fail(self, error: WorkerError) -> None:
        if not self.future.done():
            self.future.set_exception(error)


class Fleet:
    """Environments of the function's current code; those of earlier code finish what they have and belong to no one."""

    def __init__(self, function: Function, site: Site) -> None:
        self.function = function
        self._site = site
        self._idle: list[Environment] = []
        self._live: set[Environment] = set()
        self._queue: deque[Pending] = deque()
        self._wanted = False
        self._held = False
        self._impatience: asyncio.TimerHandle | None = None

    def submit(self, pending: Pending) -> bool:
        """Hand it to the environment used last; False: it is queued, and seen to it that one starts."""
        if not self._held:
            while self._idle:
                if self._idle.pop().invoke(pending.invocation, partial(self._settle, pending)):
                    return True
        self._queue.append(pending)
        self._grow()
        return False

    def withdraw(self, pending: Pending) -> bool:
        """Its caller went away. Whether it was still waiting; else it runs to its end."""
        waiting = pending in self._queue
        if waiting:
            self._queue.remove(pending)
        return waiting

    def give_up(self, pending: Pending) -> None:
        """Its caller waits no longer."""
        waited = pending.invocation.timeout
        demand = self._demand()
        self._settle(pending, give_up(demand, waited) if self.withdraw(pending) else IntegrationTimeout(waited))

    def hold(self) -> None:
        """The code is being changed: no invocation starts until `replace`."""
        self._held = True

    def replace(self, function: Function) -> None:
        """The code, or the function's configuration, has changed."""
        self.function = function
        self._held = False
        wanted = self._wanted or bool(self._live)
        self._retire_all()
        if wanted and not self._queue:
            self._start_unasked()
        self._grow()

    def close(self, reason: WorkerError) -> None:
        """The function is gone: what runs is finished, what waits fails."""
        while self._queue:
            self._queue.popleft().fail(reason)
        self._retire_all()
        if self._impatience is not None:
            self._impatience.cancel()

    def _retire_all(self) -> None:
        environments, self._live = self._live, set()
        self._idle.clear()
        for environment in environments:
            environment.retire()

    # Growing

    def _demand(self) -> Demand:
        starting = sum(environment.state is State.INITIALIZING for environment in self._live)
        return Demand(len(self._queue), len(self._live), starting, self.function.max_concurrency)

    def _grow(self) -> None:
        if self._held or not self._queue:
            return
        if starts_at_once(self._demand()):
            self._start_those_needed()
        elif self._impatience is None:
            self._impatience = asyncio.get_running_loop().call_later(PATIENCE, self._lose_patience)

    def _lose_patience(self) -> None:
        self._impatience = None
        if self._held or not self._queue:
            return
        loop = asyncio.get_running_loop()
        left = self._queue[0].since + PATIENCE - loop.time()
        if left > 0:
            self._impatience = loop.call_later(left, self._lose_patience)
        else:
            self._start_those_needed()

    def _start_those_needed(self) -> None:
        try:
            for _ in range(starts(self._demand())):
                self._start()
        except WorkerError as error:
            while self._queue:
                self._queue.popleft().fail(error)

    def _start_unasked(self) -> None:
        try:
            self._start()
        except WorkerError:
            self._wanted = True  # the next invocation tries again, and is told

    def _start(self) -> None:
        """Raises WorkerError, and then nothing was begun."""
        function, site = self.function, self._site
        argv = function.command or (find_interpreter(function, site.project, site.environ), str(_BOOTSTRAP))
        environment = Environment(function, self, site.guard)
        now = datetime.now(UTC)
        placement = Placement(
            runtime_api=environment.runtime_api,
            runtime_dir=str(_BOOTSTRAP.parent),
            log_stream_name=f"{now:%Y/%m/%d}/[$LATEST]{uuid.uuid4().hex}",
        )
        variables = environment_variables(function, site.environ, placement)
        environment.start(Launch(function.name, argv, variables, function.code_uri))
        self._live.add(environment)
        site.alive.add(environment)

    def _settle(self, pending: Pending, result: Result) -> None:
        """A failure after its caller went away is still worth a look: it goes where Lambda logs it."""
        if not pending.future.done():
            pending.future.set_result(result)
        elif isinstance(result, FunctionError):
            for text in error_lines(result):
                self.printed(OutputLine(self.function.name, pending.invocation.request_id, text))

    # What environments tell (environment.Owner)

    def offered(self, environment: Environment) -> None:
        self._wanted = False
        if environment not in self._live:
            return
        if self._queue and not self._held:
            pending = self._queue.popleft()
            if not environment.invoke(pending.invocation, partial(self._settle, pending)):
                self._queue.appendleft(pending)
            self._grow()
        else:
            self._idle.append(environment)

    def init_failed(self, environment: Environment, error: FunctionError) -> None:
        """All who wait get the error, or, where other environments are well, the one who has waited longest."""
        if environment not in self._live:
            return
        self._live.remove(environment)
        self._wanted = True
        self._site.on_init_error(self.function.name, error)
        for _ in range(min(len(self._queue), 1) if self._live else len(self._queue)):
            pending = self._queue.popleft()
            self._settle(pending, address_init_error(error, pending.invocation.request_id))
        self._grow()

    def gone(self, environment: Environment) -> None:
        if environment not in self._live:
            return
        self._live.remove(environment)
        if environment in self._idle:
            self._idle.remove(environment)
        self._grow()

    def reaped(self, environment: Environment) -> None:
        self._site.alive.discard(environment)

    def printed(self, line: OutputLine) -> None:
        self._site.on_output(line)
