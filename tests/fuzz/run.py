"""Plays cases on several connections at a time, in one thread, and collects what breaks a law."""

import selectors
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from fuzz.cases import Case
from fuzz.connection import Connection, State
from fuzz.judge import broken_laws
from fuzz.target import Target, connected
from fuzz.watch import Watch

CONNECTIONS = 24
RECENT = 60
"""Cases that are suspected when the process itself misbehaves: those under way and the last that ended."""
TICK = 0.005
"""Seconds between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A broken law and the cases that may have broken it."""

    what: str
    cases: tuple[Case, ...]


@dataclass(slots=True)
class Result:
    """What a run came to."""

    played: int = 0
    valid: int = 0
    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)


class Run:
    """One run against a target; `cases` end it, or the time."""

    def __init__(self, target: Target, cases: Iterator[Case], connections: int = CONNECTIONS) -> None:
        self.result = Result()
        self.watch = Watch(target)
        self._target = target
        self._cases = cases
        self._most = connections
        self._open: dict[int, Connection] = {}
        self._recent: deque[Case] = deque(maxlen=RECENT)
        self._owners: dict[str, int] = {}
        self._selector = selectors.DefaultSelector()

    def play(self, seconds: float, failures: int) -> None:
        """For at most so long, and until so many failures were found."""
        began = now = time.monotonic()
        look_at = now
        more = True
        while (more or self._open) and self._target.process.poll() is None and len(self.result.failures) < failures:
            more = more and now < began + seconds
            while more and len(self._open) < self._most:
                more = self._begin(now)
            self._step(now)
            now = time.monotonic()
            if now >= look_at:
                look_at = now + 0.25
                self._look()
        for connection in list(self._open.values()):
            connection.close()
        self._look()
        self.result.seconds = time.monotonic() - began
        self._selector.close()

    def _begin(self, now: float) -> bool:
        case = next(self._cases, None)
        if case is None:
            return False
        try:
            opened = connected(self._target.ports[case.api])
        except OSError as error:
            self._fail(f"no connection: {error!r}", (case,))
            return True
        self._owners.update((nonce, case.index) for nonce in case.nonces)
        connection = Connection(case, opened, now)
        self._open[opened.fileno()] = connection
        self._selector.register(opened, connection.events, connection)
        return True

    def _step(self, now: float) -> None:
        for key, mask in self._selector.select(TICK):
            connection: Connection = key.data
            if mask & selectors.EVENT_READ and connection.state is not State.DONE:
                connection.read(now)
            if mask & selectors.EVENT_WRITE and connection.state is State.SENDING:
                connection.write(now)
        now = time.monotonic()
        for number, connection in list(self._open.items()):
            if connection.state is not State.DONE:
                connection.look(now)
            if connection.state is State.DONE:
                self._finish(number, connection)
            else:
                self._selector.modify(number, connection.events, connection)

    def _finish(self, number: int, connection: Connection) -> None:
        self._selector.unregister(number)
        del self._open[number]
        case, replies = connection.case, connection.replies()
        self.result.played += 1
        self.result.valid += case.expected is not None
        self.result.statuses.update(reply.status for reply in replies.whole)
        for what in broken_laws(case, replies, connection.hung, self._owners):
            self._fail(what, (case,))
        self._recent.append(case)
        if len(self._owners) > 10_000:
            self._owners = {nonce: one.case.index for one in self._open.values() for nonce in one.case.nonces}

    def _look(self) -> None:
        """At the process itself; what is wrong with it may be due to any of the last cases."""
        suspects = (*self._recent, *(one.case for one in self._open.values()))
        for what in self.watch.news():
            self._fail(what, suspects)
        self.watch.sample(len(self._open))

    def _fail(self, what: str, cases: tuple[Case, ...]) -> None:
        self.result.failures.append(Failure(what, cases))
