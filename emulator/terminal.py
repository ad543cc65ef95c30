"""What may be shown on a terminal: text that cannot drive it, and colour where the user wants some. Pure.

A terminal obeys control characters whoever wrote them (ECMA-48, 8.3): they move the cursor, rename the window, paste
into the shell. What reaches the console comes from requests, from responses and from functions that print them.
"""

import re
from collections.abc import Mapping

WIDTH = 116
"""Columns of what is not a terminal: a file is read where long lines cost nothing, and must not depend on a window."""

NARROWEST = 40
"""Columns below which a terminal counts as this wide: indented text would be a word a line."""

RESET = "\x1b[0m"
_SGR = r"\x1b\[[0-9;:]*m"
"""A sequence of SELECT GRAPHIC RENDITION (ECMA-48, 8.3.117), which sets colours and weights, and nothing else."""
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
"""The characters that drive a terminal: C0 but for tab and line feed, DEL, C1; the separators that some take for a line
feed; and what shows text in another order than it is in (Unicode Standard Annex 9, 2.1 to 2.4: explicit directional
embeddings, overrides, isolates)."""
_OBEYED = re.compile(f"({_SGR})|{_CONTROL}")

_CONTROL_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON lets stand in a string and a terminal obeys, and halves of a character."""

_C0 = bytes({*range(0x20), 0x7F} - set(b"\t\n"))
_FIRST_OF_OTHERS = (b"\xc2", b"\xe2\x80", b"\xe2\x81")
"""The bytes that the controls beyond ASCII begin with in UTF-8."""


def printable(text: str) -> str:
    """Return one line of text, of a request, an error or a file's name, with everything escaped that is no visible
    character."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def showable(text: str, *, colours: bool) -> str:
    """Return lines of text as a terminal may get them, whoever wrote them: what would drive it is escaped. `colours`
    lets SGR sequences pass and ends them with their line; else they are left out."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _C0)) == len(data) and not any(first in data for first in _FIRST_OF_OTHERS):
        return text  # nearly always, and several times as fast as to look for each
    return "\n".join(_shown(line, colours=colours) for line in text.split("\n"))


def showable_json(text: str) -> str:
    """Escape in JSON everything that would drive a terminal and that JSON itself, which escapes C0, leaves as it is."""
    return _CONTROL_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _shown(line: str, *, colours: bool) -> str:
    shown = _OBEYED.sub(_coloured if colours else _plain, line)
    _, opened, last = shown.rpartition("\x1b")
    return shown + RESET if opened and not last.startswith("[0m") else shown


def _coloured(found: re.Match[str]) -> str:
    return found[1] or ascii(found[0])[1:-1]


def _plain(found: re.Match[str]) -> str:
    return "" if found[1] else ascii(found[0])[1:-1]


def shows_colour(environ: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Tell whether colour is wanted: NO_COLOR (no-color.org) comes before FORCE_COLOR (force-color.org), each when it
    is set and not empty. The order, and what TERM=dumb means, are those of Python's own tracebacks (CPython,
    Lib/_colorize.py)."""
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return is_terminal and environ.get("TERM") != "dumb"
