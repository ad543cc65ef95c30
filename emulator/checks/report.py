"""What a check has come to, and whether that is good enough. Pure."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from emulator.checks.causes import Cause
from emulator.checks.cell import Cell, Outcome, Tried
from emulator.findings.finding import Severity
from emulator.findings.review import ORDER


@dataclass(frozen=True, slots=True)
class Report:
    """All calls, and the causes of what is wrong with them, the worst first. `known` counts the findings that a
    baseline has and that are in no cause; `invoked` tells whether functions were run for more than preflights. A cause
    of severity `fail_on` or worse fails the check."""

    tried: tuple[Tried, ...]
    causes: tuple[Cause, ...]
    fail_on: Severity = Severity.ERROR
    known: int = 0
    invoked: bool = False

    @property
    def failing(self) -> tuple[Cause, ...]:
        """The causes that fail the check."""
        return tuple(cause for cause in self.causes if self.is_failing(cause))

    def is_failing(self, cause: Cause) -> bool:
        """Tell whether a cause is bad enough to fail the check."""
        return ORDER.index(cause.severity) <= ORDER.index(self.fail_on)

    def count(self, severity: Severity) -> int:
        """Count the causes of a severity."""
        return sum(cause.severity is severity for cause in self.causes)

    @property
    def outcomes(self) -> dict[Outcome, int]:
        """How many calls have come to each outcome."""
        counted = Counter(one.outcome for one in self.tried)
        return {outcome: counted[outcome] for outcome in Outcome}


def told_of(cells: Collection[Cell]) -> list[str]:
    """Tell the calls of a cause in few words, a route a line: `orders PUT /items (json, simple) from 2 origins`."""
    by_route: dict[str, list[Cell]] = {}
    for cell in cells:
        by_route.setdefault(f"{cell.api} {cell.call.method} {cell.path}", []).append(cell)
    lines = []
    for route, hit in by_route.items():
        kinds = ", ".join(dict.fromkeys(cell.kind for cell in hit))
        origins = tuple(dict.fromkeys(cell.origin for cell in hit))
        pages = tuple(dict.fromkeys(cell.whence for cell in hit))
        whence = f"{len(origins)} origins" if len(origins) > 1 else pages[0] if len(pages) == 1 else origins[0]
        lines.append(f"{route} ({kinds}) from {whence}")
    return lines


def counted(number: int, word: str) -> str:
    """Write a number with its word: `1 error`, `2 errors`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
