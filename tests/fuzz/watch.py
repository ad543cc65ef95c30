"""What is seen of the process from outside: that it lives, what it prints, its memory and descriptors."""

import contextlib
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

import psutil

from fuzz.target import Target

BUG = re.compile(rb"Traceback \(most recent call last\)|emulate has a bug|Exception in |was never (awaited|retrieved)")
CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")
"""What drives a terminal: C0 but tab and newline, DEL, C1 in UTF-8."""
MEMORY_GROWTH = 8.0
"""MB, between the second fifth of the run and the last."""
DESCRIPTOR_GROWTH = 8
PER_CHILD = 3
"""Descriptors of a running environment: its output, the Runtime API's listener and connection."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The emulator's own process at one moment: resident memory in MB, and descriptors that neither an environment nor
    one of our connections accounts for."""

    memory: float
    descriptors: int


class Watch:
    """Looks at one target; `samples` are what it saw, in order."""

    def __init__(self, target: Target) -> None:
        self.samples: list[Sample] = []
        self._target = target
        self._logs = [(target.console.name, target.console.open("rb")), (target.errors.name, target.errors.open("rb"))]

    def sample(self, connections: int) -> None:
        """One more sample, with so many connections of ours open."""
        with contextlib.suppress(psutil.NoSuchProcess):
            self.samples.append(self._sampled(connections))

    def _sampled(self, connections: int) -> Sample:
        process = self._target.process
        accounted = PER_CHILD * len(process.children()) + connections
        return Sample(process.memory_info().rss / 1e6, process.num_fds() - accounted)

    def news(self) -> Iterator[str]:
        """What the process did since the last look that it must not do."""
        if self._target.process.poll() is not None:
            yield f"the process ended with exit code {self._target.process.returncode}"
        for name, log in self._logs:
            printed = log.read()
            if (bug := BUG.search(printed)) is not None:
                shown = printed[max(0, bug.start() - 200) : bug.start() + 3000]
                yield f"a bug of ours in {name}:\n{shown.decode(errors='replace')}"
            if (control := CONTROL.search(printed)) is not None:
                yield f"a control character in {name}: {printed[max(0, control.start() - 200) : control.end() + 20]!r}"

    def growth(self) -> Iterator[str]:
        """Memory and descriptors, from the second fifth of the run, when everything has been used once, to the last."""
        size = len(self.samples)
        early, late = self.samples[size // 5 : size * 2 // 5], self.samples[size * 4 // 5 :]
        if not early or not late:
            return
        memory = statistics.median(s.memory for s in late) - statistics.median(s.memory for s in early)
        if memory > MEMORY_GROWTH:
            yield f"memory grew by {memory:.1f} MB between the second fifth of the run and the last"
        # The fewest: what an environment has while it starts or ends is not accounted for, and a leak stays.
        descriptors = min(s.descriptors for s in late) - min(s.descriptors for s in early)
        if descriptors > DESCRIPTOR_GROWTH:
            yield f"{descriptors:+} open descriptors that nothing accounts for, second fifth of the run to last"

    def close(self) -> None:
        for _, log in self._logs:
            log.close()
