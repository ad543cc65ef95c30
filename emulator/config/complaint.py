"""What is wrong at one place of a configuration, before it is known on which line that place is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from emulator.errors import ConfigError, Problem

Path = tuple[str | int, ...]
"""Keys and list indices from the top: `("apis", "shop", "cors", "allowOrigins", 0)`."""


LONGEST = 60
"""Characters of a user's own text that a message shows."""

MAX_DEPTH = 100
"""Values within values; a configuration has ten. Below the limits of parsers (libyaml: 1,000), of which each speaks in
words of its own, or not at all."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """`line` is given only where it is not the line of `path` itself. With `is_warning` AWS may take the value, and the
    configuration is served all the same."""

    path: Path
    found: str
    expected: str
    fix: str
    line: int = 0
    is_warning: bool = False


def lines_of(text: str) -> list[str]:
    """The lines as YAML counts them (YAML 1.1, 5.4: line break characters)."""
    return re.split("\r\n|[\r\n\x85\u2028\u2029]", text)


def written(path: Path) -> str:
    """`apis.shop.routes["GET /items"].function`, as a reader would write it."""
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
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def quoted(value: object) -> str:
    """A value of the file as a message shows it."""
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
    """Return `words`, at least one, as a choice: `a`, `b` or `c`."""
    *most, last = (f"`{word}`" for word in words)
    return f"{', '.join(most)} or {last}" if most else last


def one_line(text: str) -> str:
    """`text` on one line of printable characters, whatever the file put into it."""
    text = " ".join(text.split())
    return text if text.isprintable() else text.encode("unicode_escape").decode()


def refusal(file: str, line: int, found: str, expected: str, fix: str) -> ConfigError:
    """The one problem after which nothing else of the file can be judged; `line` 0 is the whole file."""
    return ConfigError((Problem(file, line, "", found, expected, fix),))


def too_deep(file: str, line: int) -> Problem:
    """The problem of a file that nests as only unclosed brackets or aliases of aliases do; `line` 0 is not known."""
    fix = "Close a bracket, or write aliases out."
    return Problem(file, line, "", f"values more than {MAX_DEPTH} levels deep", "a few levels", fix)
