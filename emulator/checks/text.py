"""A report for a person: by cause, the worst first, and a last line that can be read from across a room. Pure."""

import textwrap
from collections.abc import Callable, Iterator, Sequence

from emulator.checks.causes import Cause
from emulator.checks.cell import Outcome
from emulator.checks.report import Report, counted, told_of
from emulator.findings.finding import Severity
from emulator.terminal import printable

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
LISTED = 4
"""How many facts and how many routes of a cause are listed; the others are counted."""

Style = Callable[[str, str], str]
"""Puts a text in a colour, by the colour's name."""


def text(report: Report, style: Style, columns: int) -> str:
    """Write the whole report, with lines of at most `columns` characters where words let it."""
    lines = [line for cause in report.causes for line in _cause(cause, style, columns)]
    if report.known:
        lines.append(f"{counted(report.known, 'finding')} of the baseline left out")
    not_run = report.outcomes[Outcome.NOT_RUN]
    if not_run:
        which = "not run, for it may change something" if report.invoked else "not run; --invoke runs those of GET"
        lines += textwrap.wrap(f"{counted(not_run, 'call')} passed the gateway to a function that was {which}", columns)
    if any(cause.severity is not Severity.NOTE for cause in report.causes):
        lines.append(f"More of each by its name: emulate explain {report.causes[0].name}")
    return "\n".join([*lines, last_line(report, style), ""])


def last_line(report: Report, style: Style) -> str:
    """Say whether the check passed, and how much is wrong with how many calls."""
    found = [counted(report.count(severity), severity) for severity in Severity if report.count(severity)]
    told = f"{', '.join(found) or 'nothing found'} in {counted(len(report.tried), 'call')}"
    return style(f"FAILED  {told}", "red") if report.failing else style(f"PASSED  {told}", "green")


def _cause(cause: Cause, style: Style, columns: int) -> Iterator[str]:
    """Yield the lines of a cause; a note has no more than its fix."""
    where = "" if cause.place is None else f"  {cause.place}"
    calls = counted(len(cause.cells), "call")
    yield f"{style(f'{cause.severity}: {cause.name}', COLOURS[cause.severity])} [{cause.layer}]{where}  {calls}"
    if cause.severity is Severity.NOTE:
        yield from _wrapped(f"{_given(cause)}{cause.fix or cause.message}", columns, "  ")
        yield ""
        return
    yield from _wrapped(f"Fix: {cause.fix}" if cause.fix else "", columns, "  ", "       ")
    yield from _wrapped(cause.message, columns, "  ")
    yield from _listed(cause.evidence, "fact", "  - ", columns)
    yield from _listed(told_of(cause.cells), "route", "  > ", columns)
    yield ""


def _listed(items: Sequence[str], word: str, bullet: str, columns: int) -> Iterator[str]:
    """Yield the first items, and how many more there are."""
    for item in items[:LISTED]:
        yield from _wrapped(item, columns, bullet, "    ")
    if len(items) > LISTED:
        yield f"{bullet}and {counted(len(items) - LISTED, word)} more"


def _given(cause: Cause) -> str:
    """Say under which conditions a note is to be heeded, unless it is for one of its calls without any."""
    conditions = [*dict.fromkeys(cell.needed for cell in cause.cells)]
    if not cause.fix or "" in conditions:
        return ""
    return f"{conditions[0]}: " if len(conditions) == 1 else f"{conditions[0]}, ...: "


def _wrapped(line: str, columns: int, first: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        printable(line.replace("\n", " ")),
        columns,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
