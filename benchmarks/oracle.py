"""What may be answered while code is being saved. Knows no file, socket or clock: only the order of what happened.

Everything that happens is told from one thread, so the order is total and needs no comparing of clocks. `begin` is told
before the first byte of a file is touched, `complete` after close() or rename() has returned, `sent` just before
send(), and an answer after its last byte was received. Each of these can only be told too leniently for the server, by
the microseconds between the call and the telling, so what is called a failure here is one.
"""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What the saves say about one answer."""

    CURRENT = "current"
    EXPLAINED = "explained"
    """A 500 that a broken save accounts for."""
    STALE = "stale"
    UNEXPLAINED = "unexplained"
    HELD = "held"
    """A 500 while a file is written in place: `complete` tells what explains it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`version` is that of the code which answered; None: the body names none."""

    status: int
    version: int | None


@dataclass(slots=True)
class Oracle:
    """Versions count from 0, which was saved before anything was asked. `broken` holds those that cannot run, `paused`
    those whose file stood half written for longer than `patience` seconds, after which a server may take it for whole:
    a writer that this machine stopped in its midst, and no other."""

    patience: float = 0.5
    begun: int = 0
    completed: int = 0
    broken: set[int] = field(default_factory=set)
    paused: set[int] = field(default_factory=set)
    held: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    answered: set[int] = field(default_factory=set)

    def begin(self, is_broken: bool) -> int:
        """A save begins; its version."""
        if self.begun != self.completed:
            raise ValueError("one save at a time")
        self.begun += 1
        if is_broken:
            self.broken.add(self.begun)
        return self.begun

    def complete(self, paused: float = 0.0) -> None:
        """The save has returned, after a longest pause of so many seconds, which tells what the held answers are."""
        self.completed = self.begun
        held, self.held = self.held, []
        if paused > self.patience:
            self.paused.add(self.completed)
        if self.completed in self.paused:
            self.verdicts[Verdict.EXPLAINED] += len(held)
        else:
            self.verdicts[Verdict.UNEXPLAINED] += len(held)
            self.unexplained += held

    def sent(self) -> int:
        """A request goes out now: the oldest version that may answer it."""
        return self.completed

    def judge(self, oldest: int, answer: Answer) -> tuple[Verdict, str]:
        """An answer has come to a request that was sent when `oldest` was the last complete save."""
        verdict, why = self._judge(oldest, answer)
        if verdict is Verdict.HELD:
            self.held.append(why)
        else:
            self.verdicts[verdict] += 1
        return verdict, why

    def _judge(self, oldest: int, answer: Answer) -> tuple[Verdict, str]:
        current = range(oldest, self.begun + 1)
        at_stake = f"sent after save {oldest} was complete, answered when save {self.begun} had begun"
        if answer.status == 500:
            if not self.broken.isdisjoint(current) or not self.paused.isdisjoint(current):
                return Verdict.EXPLAINED, ""
            verdict = Verdict.UNEXPLAINED if self.begun == self.completed else Verdict.HELD
            return verdict, f"500 and no broken save: {at_stake}"
        if answer.status != 200 or answer.version is None:
            return Verdict.UNEXPLAINED, f"status {answer.status}, version {answer.version}: {at_stake}"
        if answer.version < oldest:
            return Verdict.STALE, f"version {answer.version}: {at_stake}"
        if answer.version > self.begun or answer.version in self.broken:
            return Verdict.UNEXPLAINED, f"version {answer.version}, which was never saved or cannot run: {at_stake}"
        self.answered.add(answer.version)
        return Verdict.CURRENT, ""
