"""JSONPath, as far as mapping templates and mappings use it: names, indexes, slices, `*`, `..` and `length()`.

AWS's is Jayway's: a path that can name only one value gives that value, or nothing, and any other path gives the list
of all that it finds.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from emulator.aws.rest_api.template_values import JsonList, Work

_NAME = re.compile(r"[^.\[\]()*?@'\"\s]+")
_QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_BRACKETS = re.compile(
    rf"\[\s*(?:(?P<every>\*)|(?P<slice>-?\d*:-?\d*)|(?P<indexes>-?\d+(?:\s*,\s*-?\d+)*)"
    rf"|(?P<names>(?:{_QUOTED})(?:\s*,\s*(?:{_QUOTED}))*))\s*\]",
    re.DOTALL,
)

Step = Callable[[Any], Iterator[Any]]
"""Yields what one step of a path finds in one value."""

MISSING = object()
"""What a path that names one value finds where there is none; null is a value."""


def found(path: str, document: Any, work: Work) -> Any:
    """Return what a path finds in a document: one value, MISSING where there is none, or the list of all where it could
    find several. Raises ValueError when the path is none, or has a filter, which emulate does not apply."""
    is_definite, steps = _parsed(path)
    values = [document]
    for step in steps:
        results = []
        for value in values:
            for result in step(value):
                work.spend()
                results.append(result)
        values = results
    if is_definite:
        return values[0] if values else MISSING
    return JsonList(values)


@lru_cache(maxsize=256)
def _parsed(path: str) -> tuple[bool, tuple[Step, ...]]:
    """Read a path into its steps, and tell whether it names one value at most."""
    written = path.strip()
    if not written:
        raise ValueError("the JSONPath is empty")
    if not written.startswith("$"):
        written = f"$.{written}"
    steps: list[Step] = []
    is_definite = True
    position = 1
    while position < len(written):
        if written.startswith("..", position):
            steps.append(_below)
            is_definite = False
            position += 1 if _NAME.match(written, position + 2) or written.startswith("*", position + 2) else 2
        position, several, step = _step(path, written, position)
        is_definite = is_definite and not several
        steps.append(step)
    return is_definite, tuple(steps)


def _step(path: str, written: str, position: int) -> tuple[int, bool, Step]:
    """Read one step: where the next begins, whether it can find several values, and what it does."""
    if brackets := _BRACKETS.match(written, position):
        several, step = _in_brackets(brackets)
        return brackets.end(), several, step
    if written.startswith(".length()", position):
        return position + len(".length()"), False, _length
    if written.startswith(".*", position):
        return position + 2, True, _children
    name = _NAME.match(written, position + 1) if written.startswith(".", position) else None
    if name is None:
        raise ValueError(f"the JSONPath {path} is not understood from {written[position:]}")
    return name.end(), False, _named((name[0],))


def _in_brackets(brackets: re.Match[str]) -> tuple[bool, Step]:
    if brackets["every"]:
        return True, _children
    if brackets["slice"]:
        begin, _, end = brackets["slice"].partition(":")
        return True, _sliced(slice(int(begin) if begin else None, int(end) if end else None))
    if brackets["indexes"]:
        indexes = tuple(int(one) for one in brackets["indexes"].split(","))
        return len(indexes) > 1, _indexed(indexes)
    names = tuple(re.sub(r"\\(.)", r"\1", one[1:-1]) for one in re.findall(_QUOTED, brackets["names"], re.DOTALL))
    return len(names) > 1, _named(names)


def _named(names: tuple[str, ...]) -> Step:
    return lambda value: (value[name] for name in names if isinstance(value, dict) and name in value)


def _indexed(indexes: tuple[int, ...]) -> Step:
    return lambda value: (
        value[index] for index in indexes if isinstance(value, list) and -len(value) <= index < len(value)
    )


def _sliced(part: slice) -> Step:
    return lambda value: iter(value[part] if isinstance(value, list) else ())


def _length(value: Any) -> Iterator[Any]:
    if isinstance(value, list | dict):
        yield len(value)


def _children(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _below(value: Any) -> Iterator[Any]:
    """Yield a value and everything inside it."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        yield value
        waiting.extend(reversed(list(_children(value))))
