"""Findings by their cause: whatever one change mends is told once, with the calls that it hits. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from emulator.aws.product import Layer
from emulator.checks.cell import Cell, Tried
from emulator.checks.merging import for_pages, merged, subject
from emulator.deployment import Place, Places, nearest_place
from emulator.findings.changes import Change
from emulator.findings.finding import Finding, Severity
from emulator.findings.fix import NOTHING_TO_MEND, Fix
from emulator.findings.review import ORDER


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing to mend. `subject` names it without a line, so that it stays the same when the file changes; `message`
    and `evidence` are those of the first call. `merged` mends it for all of `cells`, and `fix` says that in words.
    `place` is where it is mended, else where what it hits is declared."""

    name: str
    severity: Severity
    layer: Layer
    subject: str
    message: str
    evidence: tuple[str, ...]
    fix: str
    place: Place | None
    cells: tuple[Cell, ...]
    merged: Fix = NOTHING_TO_MEND

    @property
    def key(self) -> str:
        """The name of the cause in a baseline and in SARIF's fingerprints."""
        return f"{self.name}: {self.subject}"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the file that declares the deployment words a fix, and where it has what a change changes."""

    places: Places
    words: Callable[[Fix, Places], str]
    place_of: Callable[[Change, Places], Place | None]


def causes(tried: Iterable[Tried], dialect: Dialect) -> tuple[Cause, ...]:
    """Group the findings of all calls by what is to be changed, the worst first and then what hits the most calls. A
    cause has the severity of its worst finding; what is milder of it is left out, for it comes of the same."""
    groups: dict[tuple[str, str], list[tuple[Cell, Finding]]] = {}
    pages: dict[str, None] = {}
    for one in tried:
        if not one.cell.probes and one.cell.check is None:
            pages[one.cell.origin] = None
        for finding in one.findings:
            groups.setdefault((finding.name, subject_of(one.cell, finding)), []).append((one.cell, finding))
    made = (_cause(about, hits, tuple(pages), dialect) for (_, about), hits in groups.items())
    return tuple(sorted(made, key=lambda cause: (ORDER.index(cause.severity), -len(cause.cells))))


def subject_of(cell: Cell, finding: Finding) -> str:
    """Name what a finding would change, first of all; where it changes nothing the route, and of a recorded call what
    it is held to, for each record is a thing to mend of its own."""
    if finding.fix.changes:
        return subject(finding.fix.changes[0])
    held = f" from {cell.origin}, expect {cell.expect}" if cell.expect else ""
    return f"{cell.api} {cell.route}{held}"


def _cause(about: str, hits: list[tuple[Cell, Finding]], pages: tuple[str, ...], dialect: Dialect) -> Cause:
    """Make the cause of `hits`; `pages` are the origins of all that are declared."""
    worst = min((finding.severity for _, finding in hits), key=ORDER.index)
    counted = [(cell, finding) for cell, finding in hits if finding.severity is worst]
    cell, first = counted[0]
    fix = for_pages(merged(finding.fix for _, finding in counted), pages)
    evidence = dict.fromkeys(fact for _, finding in counted for fact in finding.evidence) if fix.changes else ()
    place = _place(cell, fix, dialect)
    said = dialect.words(fix, dialect.places)
    cells = tuple(dict.fromkeys(cell for cell, _ in counted))
    return Cause(first.name, worst, first.layer, about, first.message, tuple(evidence), said, place, cells, fix)


def _place(cell: Cell, fix: Fix, dialect: Dialect) -> Place | None:
    """Find the line to mend, else the function's, else the route's."""
    for change in fix.changes:
        place = dialect.place_of(change, dialect.places)
        function = getattr(change, "function", "")
        if place is None and function:
            place = nearest_place(dialect.places, ("function", function, "handler"))
        if place is not None:
            return place
    return nearest_place(dialect.places, cell.resource)
