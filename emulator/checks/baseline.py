"""What is known to be wrong, and does not fail a check: each finding by its cause and the call that it hits, so that a
new route with an old fault is told. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from emulator.checks.causes import subject_of
from emulator.checks.cell import Cell, Tried
from emulator.errors import EmulatorError
from emulator.findings.finding import Finding

VERSION = 1
"""The version of the file's format."""

Baseline = Mapping[str, frozenset[str]]
"""The calls that each cause is known to hit."""


@dataclass(frozen=True, slots=True)
class Compared:
    """All calls, without the findings that a baseline knows, and how many those were."""

    tried: tuple[Tried, ...]
    known: int


def compared(tried: Iterable[Tried], baseline: Baseline) -> Compared:
    """Take the findings out that the baseline knows."""
    left, known = [], 0
    for one in tried:
        new = tuple(found for found in one.findings if not _is_known(one.cell, found, baseline))
        known += len(one.findings) - len(new)
        left.append(replace(one, findings=new))
    return Compared(tuple(left), known)


def written(tried: Iterable[Tried]) -> str:
    """Write a baseline of all that was found, as JSON in an order that makes small differences."""
    known: dict[str, set[str]] = {}
    for one in tried:
        for found in one.findings:
            known.setdefault(_key(one.cell, found), set()).add(str(one.cell))
    data = {"version": VERSION, "known": {key: sorted(calls) for key, calls in sorted(known.items())}}
    return f"{json.dumps(data, indent=2)}\n"


def read(text: str, file: str) -> Baseline:
    """Read a baseline. Raises EmulatorError for what is none."""
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            raise EmulatorError(f"{file} is a baseline of version {data['version']}; write it anew, --write-baseline.")
        return {key: frozenset(calls) for key, calls in data["known"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise EmulatorError(f"{file} is no baseline; write one with --write-baseline.") from None


def _is_known(cell: Cell, found: Finding, baseline: Baseline) -> bool:
    return str(cell) in baseline.get(_key(cell, found), ())


def _key(cell: Cell, found: Finding) -> str:
    return f"{found.name}: {subject_of(cell, found)}"
