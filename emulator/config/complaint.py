"""Says what is wrong at one place of a configuration, before it is known on which line that place is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from emulator.errors import ConfigError, Problem

Path = tuple[str | int, ...]
"""A path says what a complaint is about: in a file, keys and indices from its top, `("apis", "shop", "cors",
"allowOrigins", 0)`; in a deployment, a resource and what lies in it (deployment.py)."""

LONGEST = 60
"""Characters of a user's own text that a message shows at most: more would hide the rest of its line."""

MAX_DEPTH = 100
"""Levels of values within values that are read; a configuration has ten. It lies below the limits of parsers (libyaml:
1,000), of which each speaks in words of its own, or not at all."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Tells one thing that is wrong: what was found, what is expected (completes "expected ..."), and the sentence that
    says how to mend it. `line` is given only where it is not the line of `path` itself. With `is_warning` AWS may take
    the value, and the configuration is served all the same."""

    path: Path
    found: str
    expected: str
    fix: str
    line: int = 0
    is_warning: bool = False


def problem(complaint: Complaint, file: str, line: int, path: str) -> Problem:
    """Tell a complaint of the file and line where it stands; `path` is what the file calls what it is about. All of it
    is put on one line."""
    said = (one_line(complaint.found), one_line(complaint.expected), one_line(complaint.fix))
    return Problem(file, line, one_line(path), *said, is_warning=complaint.is_warning)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort the problems of one file by their lines. What an anchor says once is wrong once, wherever its aliases repeat
    it."""
    once: dict[tuple[int, str, str, str], Problem] = {}
    for one in problems:
        once.setdefault((one.line, one.found, one.expected, one.fix), one)
    return tuple(sorted(once.values(), key=lambda one: one.line))


def lines_of(text: str) -> list[str]:
    """Split into lines as YAML counts them (YAML 1.1, 5.4: line break characters)."""
    return re.split("\r\n|[\r\n\x85\u2028\u2029]", text)


def written(path: Path) -> str:
    """Write a path as a reader would: `apis.shop.routes["GET /items"].function`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part.replace("-", "_").isidentifier():
            text += f".{shortened(part)}" if text else shortened(part)
        else:
            text += f'["{shortened(part)}"]'
    return text


def shortened(text: str) -> str:
    """Cut a user's own text to what a message shows of it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def quoted(value: object) -> str:
    """Write a value of the file as a message shows it."""
    match value:
        case None:
            return "nothing"
        case "":
            return "an empty text"
        case str():
            return f"`{shortened(value)}`"
        case list() | tuple():
            return "a list" if value else "an empty list"
        case _:
            return "a mapping" if value else "an empty mapping"


def listed(words: Iterable[str]) -> str:
    """Write `words`, at least one, as a choice: `a`, `b` or `c`."""
    *most, last = (f"`{word}`" for word in words)
    return f"{', '.join(most)} or {last}" if most else last


def one_line(text: str) -> str:
    """Put `text` on one line of printable characters, whatever the file put into it."""
    text = " ".join(text.split())
    return text if text.isprintable() else text.encode("unicode_escape").decode()


def refusal(file: str, line: int, found: str, expected: str, fix: str) -> ConfigError:
    """Make the one problem after which nothing else of the file can be judged an error; `line` 0 is the whole file."""
    return ConfigError((Problem(file, line, "", found, expected, fix),))


def too_deep(file: str, line: int) -> Problem:
    """Complain of a file that nests as only unclosed brackets or aliases of aliases do; `line` 0 is not known."""
    fix = "Close a bracket, or write aliases out."
    return Problem(file, line, "", f"values more than {MAX_DEPTH} levels deep", "a few levels", fix)
