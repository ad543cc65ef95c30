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


@dataclass(frozen=True, slots=True)
class Answer:
    """`version` is that of the code which answered; None: the body names none."""

    status: int
    version: int | None


@dataclass(slots=True)
class Oracle:
    """Versions count from 0, which was saved before anything was asked. `broken` holds those that cannot run."""

    begun: int = 0
    completed: int = 0
    broken: set[int] = field(default_factory=set)
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

    def complete(self) -> None:
        """The save has returned."""
        self.completed = self.begun

    def sent(self) -> int:
        """A request goes out now: the oldest version that may answer it."""
        return self.completed

    def judge(self, oldest: int, answer: Answer) -> tuple[Verdict, str]:
        """An answer has come to a request that was sent when `oldest` was the last complete save."""
        verdict, why = self._judge(oldest, answer)
        self.verdicts[verdict] += 1
        return verdict, why

    def _judge(self, oldest: int, answer: Answer) -> tuple[Verdict, str]:
        current = range(oldest, self.begun + 1)
        at_stake = f"sent after save {oldest} was complete, answered when save {self.begun} had begun"
        if answer.status == 500:
            if self.broken.isdisjoint(current):
                return Verdict.UNEXPLAINED, f"500 and no broken save: {at_stake}"
            return Verdict.EXPLAINED, ""
        if answer.status != 200 or answer.version is None:
            return Verdict.UNEXPLAINED, f"status {answer.status}, version {answer.version}: {at_stake}"
        if answer.version < oldest:
            return Verdict.STALE, f"version {answer.version}: {at_stake}"
        if answer.version > self.begun or answer.version in self.broken:
            return Verdict.UNEXPLAINED, f"version {answer.version}, which was never saved or cannot run: {at_stake}"
        self.answered.add(answer.version)
        return Verdict.CURRENT, ""
