"""Finds the one line whose correction lets a YAML file be parsed: parsers stop at the first line that cannot follow,
which is often a later one. Knows nothing of what the keys mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import yaml

from emulator.config.complaint import lines_of
from emulator.errors import Problem

REACH = 12
"""Lines, from where the parser stopped upwards, in which the slip is looked for: more than a mapping mostly has. The
first line of the file, and the first ones of what could not be ended, are looked at too."""

LONGEST = 2000
"""Lines of the longest file in which a slip is looked for: each try parses the file again."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GLUED = re.compile(r"(?:- )?(?:[A-Z]+ /)?[^\s:]+:(?=\S)(?!//)")
_KEY = re.compile(r"(?:- )*[^\s#'\"\[{].*?:(?: |$)")


@dataclass(frozen=True, slots=True)
class _Edit:
    """Holds one line written otherwise, and what is then wrong with it (its file left out). Of two that help as much,
    the one with the lower `doubt` is meant."""

    text: str
    problem: Problem
    doubt: float


_PUNCTUATION, _VALUE, _DASH = -2.0, -0.2, 2.0
"""Doubts of the other edits. A line moved from an odd column to a common one has less than a value that is taken off,
one moved between two common columns has more: then either may be meant."""


def find_slip(text: str, file: str, stopped: int, opened: int) -> Problem | None:
    """Return what is wrong with the one line whose correction gets the parser further. `stopped` is the line, from 0,
    where it gave up on `text`, `opened` where that began which it could not end. None where no correction of a single
    line gets it further, or two do that are as likely."""
    lines = lines_of(text)
    if len(lines) > LONGEST:
        return None
    helpful: list[tuple[tuple[float, int], _Edit]] = []
    content = [index for index, line in enumerate(lines) if _is_content(line)]
    last = [index for index in content if stopped - REACH < index <= stopped]
    first = [index for index in content if opened <= index][:3]
    for index in sorted({*content[:1], *first, *last}):
        for edit in _edits(lines, index):
            reached, flaws = _parsed("\n".join([*lines[:index], edit.text, *lines[index + 1 :]]))
            if reached > stopped + 2:
                helpful.append(((-reached, flaws), edit))
    best = min((rank for rank, _ in helpful), default=None)
    edits = sorted((edit for rank, edit in helpful if rank == best), key=lambda edit: edit.doubt)
    if not edits or (edits[0].doubt == _VALUE and len(edits) > 1):
        return None
    return replace(edits[0].problem, file=file)


def _edits(lines: list[str], index: int) -> Iterator[_Edit]:
    line = lines[index]
    column, written = _column(line), re.sub(r"\s#.*", "", line).strip()
    below = next((other for other in lines[index + 1 :] if _is_content(other)), "")
    if _KEY.match(written):
        yield from _of_a_key(index, column, written, is_parent=_column(below) > column)
    else:
        is_parent = _column(below) > column or (_column(below) == column and below.strip().startswith("- "))
        yield from _punctuation(index, column, written, is_parent=is_parent)
    if re.match(r"-[^\s-]", written):
        yield _rewritten(index, column, written, f"- {written[1:]}", "without a space behind the dash")
    yield from _indentation(lines, index, column, written)


def _rewritten(index: int, column: int, written: str, meant: str, what: str) -> _Edit:
    expected = "`- ` before each item" if "dash" in what else "`key:`" if meant.endswith(":") else "`key: value`"
    problem = _problem(index, column, f"`{written}` {what}", expected, f"Write `{meant}`.")
    return _Edit(" " * column + meant, problem, _PUNCTUATION)


def _problem(index: int, column: int, found: str, expected: str, fix: str) -> Problem:
    """Make a problem of a file that is named later; `index`, of the line, and `column` count from 0."""
    return Problem("", index + 1, "", found, expected, fix, column + 1)


def _of_a_key(index: int, column: int, written: str, *, is_parent: bool) -> Iterator[_Edit]:
    """Try a dash before the key, and its value taken off."""
    if not written.startswith("- ") and column >= 2:
        edit = _rewritten(index, column, written, f"- {written}", "without a dash")
        yield _Edit(edit.text[2:], edit.problem, _DASH)
    key = re.match(r"(.*?):\s+(\S.*)", written)
    if key and is_parent:
        found = f"`{written}`, which has a value, and keys of its own below it"
        fix = f"Take `{key[2]}` off, or line the keys below it up with `{key[1].removeprefix('- ')}`."
        yield _Edit(f"{' ' * column}{key[1]}:", _problem(index, column, found, "one or the other", fix), _VALUE)


def _punctuation(index: int, column: int, written: str, *, is_parent: bool) -> Iterator[_Edit]:
    """Put a colon, or the space behind it, where it may be missing."""
    if glued := _GLUED.match(written):
        meant = f"{glued[0]} {written[glued.end() :]}"
        yield _rewritten(index, column, written, meant, "without a space behind the colon")
    if is_parent:
        yield _rewritten(index, column, written, f"{written}:", "without a colon")
    dash, words = ("- ", written[2:]) if written.startswith("- ") else ("", written)
    key, space, value = words.partition(" ") if re.search(r" [\[{\"']", words) else words.rpartition(" ")
    if space and key.strip():
        yield _rewritten(index, column, written, f"{dash}{key.strip()}: {value.strip()}", "without a colon")


def _indentation(lines: list[str], index: int, column: int, written: str) -> Iterator[_Edit]:
    """Move the line to where another one begins; rather by little, to a usual column, as its neighbours ask."""
    columns = {other: _column(line) for other, line in enumerate(lines) if _is_content(line) and other != index}
    indented = [other for other in columns.values() if other]
    step = 4 if indented and sum(other % 4 == 0 for other in indented) > 0.9 * len(indented) else 2
    above = next((columns[other] for other in range(index - 1, -1, -1) if other in columns), None)
    below = next((columns[other] for other in range(index + 1, len(lines)) if other in columns), 0)
    for meant in set(columns.values()) - {column}:
        like = min((at for at, other in columns.items() if other == meant), key=lambda at: abs(at - index))
        spaces, direction = abs(meant - column), "more" if meant > column else "less"
        problem = _problem(
            index,
            column,
            f"`{written}` in column {column + 1}",
            f"column {meant + 1}, as line {like + 1} has it",
            f"Indent it by {spaces} space{'s' * (spaces > 1)} {direction}.",
        )
        odd = bool(meant % step) - bool(column % step)
        fits = (meant == above) + 1.5 * (below == meant + step)
        doubt = odd + (spaces - fits) / 10 + min(abs(like - index), REACH) / 100
        yield _Edit(" " * meant + written, problem, doubt)


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _column(line: str) -> int:
    return len(line) - len(line.lstrip())


@dataclass(slots=True)
class _Level:
    """Tells of a mapping or a list that is being read: `keys` of a mapping so far, None for a list."""

    keys: set[str] | None
    expects_key: bool = field(default=True)


def _parsed(text: str) -> tuple[float, int]:
    """Tell how far, in lines, the text can be parsed (infinity: to its end), and how many flaws it has as far as that:
    keys without a value, keys twice, text over several lines without quotes."""
    levels: list[_Level] = []
    flaws = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                levels.pop()
                continue
            if isinstance(event, yaml.NodeEvent):
                flaws += _flaws(event, levels)
            if isinstance(event, yaml.MappingStartEvent):
                levels.append(_Level(set()))
            elif isinstance(event, yaml.SequenceStartEvent):
                levels.append(_Level(None))
    except yaml.MarkedYAMLError as error:
        return (0 if error.problem_mark is None else error.problem_mark.line), flaws
    except yaml.YAMLError:
        return 0, flaws
    return float("inf"), flaws


def _flaws(event: yaml.NodeEvent, levels: list[_Level]) -> int:
    text = event.value if isinstance(event, yaml.ScalarEvent) and event.implicit[0] else None
    start, end = event.start_mark, event.end_mark
    flaws = int(text is not None and start is not None and end is not None and start.line != end.line)
    if levels and (level := levels[-1]).keys is not None:
        if level.expects_key and text is not None:
            flaws += text in level.keys
            level.keys.add(text)
        flaws += not level.expects_key and text == ""
        level.expects_key = not level.expects_key
    return flaws
