"""What drives a terminal, and what does not."""

import json
import re
import unicodedata

import pytest

from emulator.terminal import RESET, printable, showable, showable_json, shows_colour

PRINTABLE = [
    pytest.param("/items?a=%20b", "/items?a=%20b", id="ascii"),
    pytest.param("grün λ 🥄", "grün λ 🥄", id="letters"),
    pytest.param("a\nb\rc\td", "a\\nb\\rc\\td", id="one-line"),
    pytest.param("\x1b[31m\x9b\x7f", "\\x1b[31m\\x9b\\x7f", id="escape"),
    pytest.param("a\u200bb\u202ec", "a\\u200bb\\u202ec", id="invisible"),
]


@pytest.mark.parametrize(("text", "shown"), PRINTABLE)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


SHOWABLE = [
    pytest.param("a\tb\n  │ grün\n", "a\tb\n  │ grün\n", "a\tb\n  │ grün\n", id="harmless"),
    pytest.param("\x1b[31mred\x1b[0m\n", "\x1b[31mred\x1b[0m\n", "red\n", id="colour"),
    pytest.param("\x1b[38;5;196mred\nplain", f"\x1b[38;5;196mred{RESET}\nplain", "red\nplain", id="open-at-line-end"),
    pytest.param("\x1b[4:3mred", f"\x1b[4:3mred{RESET}", "red", id="colon"),
    pytest.param("\x1b[2J\x1b]0;t\x07", "\\x1b[2J\\x1b]0;t\\x07", "\\x1b[2J\\x1b]0;t\\x07", id="other-sequences"),
    pytest.param("\x1b[1;1Hm", "\\x1b[1;1Hm", "\\x1b[1;1Hm", id="not-sgr"),
    pytest.param("\x1b[>4;2m", "\\x1b[>4;2m", "\\x1b[>4;2m", id="private-parameters"),
    pytest.param("\x1b[\x1b[0m31m", "\\x1b[\x1b[0m31m", "\\x1b[31m", id="one-inside-another"),
    pytest.param("\x9b31m", "\\x9b31m", "\\x9b31m", id="c1-introducer"),
    pytest.param("a\rb", "a\\rb", "a\\rb", id="carriage-return"),
    pytest.param("\u202egnp.\u2066", "\\u202egnp.\\u2066", "\\u202egnp.\\u2066", id="bidi"),
    pytest.param("\u2028", "\\u2028", "\\u2028", id="line-separator"),
    pytest.param("👩‍🚀 می‌خواهم", "👩‍🚀 می‌خواهم", "👩‍🚀 می‌خواهم", id="joiners"),
    pytest.param("\ud800\x1b", "\ud800\\x1b", "\ud800\\x1b", id="surrogate"),
]


@pytest.mark.parametrize(("text", "coloured", "plain"), SHOWABLE)
def test_showable(text: str, coloured: str, plain: str) -> None:
    assert (showable(text, colours=True), showable(text, colours=False)) == (coloured, plain)


@pytest.mark.parametrize("colours", [True, False])
def test_no_character_drives_a_terminal(colours: bool) -> None:
    """Every character there is, alone and between others."""
    text = "".join(f"{chr(code)}x" for code in range(0x110000) if chr(code) not in "\n\t")
    obeyed = [c for c in showable(text, colours=colours) if unicodedata.category(c) in ("Cc", "Zl", "Zp")]
    assert obeyed == []
    overrides = {c for c in text if unicodedata.bidirectional(c) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI"}}
    assert overrides.isdisjoint(showable(text, colours=colours))
    assert all("\\" in showable(c, colours=colours) for c in overrides)


def test_only_colours_pass_whatever_is_around_them() -> None:
    pieces = ["\x1b", "[", "31", ";", "m", "\x1b[0m", "x", "\n", "]", "\x07"]
    texts = [a + b + c + d for a in pieces for b in pieces for c in pieces for d in pieces]
    for text in texts:
        assert "\x1b" not in re.sub(r"\x1b\[[0-9;:]*m", "", showable(text, colours=True))
        assert "\x1b" not in showable(text, colours=False)
        for line in showable(text, colours=True).split("\n"):
            assert "\x1b" not in line or line.rpartition("\x1b")[2].startswith("[0m")


COLOUR = [
    ({}, False, False),
    ({}, True, True),
    ({"TERM": "dumb"}, True, False),
    ({"NO_COLOR": ""}, True, True),
    ({"NO_COLOR": "0"}, True, False),
    ({"FORCE_COLOR": ""}, False, False),
    ({"FORCE_COLOR": "0"}, False, True),
    ({"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
    ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
]


@pytest.mark.parametrize(("environ", "is_terminal", "coloured"), COLOUR)
def test_colour(environ: dict[str, str], is_terminal: bool, coloured: bool) -> None:
    assert shows_colour(environ, is_terminal=is_terminal) is coloured


JSON = [
    pytest.param({"a": ["déjà", 1, None]}, '{"a": ["déjà", 1, null]}', id="harmless"),
    pytest.param("\x1b[2J\x07\n", '"\\u001b[2J\\u0007\\n"', id="what-json-escapes-itself"),
    pytest.param("\x7f\x85\x9b", '"\\u007f\\u0085\\u009b"', id="delete-and-c1"),
    pytest.param("\u2028\u202e\u2066", '"\\u2028\\u202e\\u2066"', id="separators-and-direction"),
    pytest.param("half \ud83e", '"half \\ud83e"', id="half-of-a-character"),
]


@pytest.mark.parametrize(("value", "text"), JSON)
def test_json_that_drives_no_terminal_is_the_same_json(value: object, text: str) -> None:
    shown = showable_json(json.dumps(value, ensure_ascii=False))
    assert shown == text
    assert json.loads(shown) == value
