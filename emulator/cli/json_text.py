"""JSON as the command line reads and shows it. Pure: nothing is read or written here."""

import json
import re
from typing import Any

from emulator.aws.limits import INVOCATION_PAYLOAD_BYTES
from emulator.errors import EmulatorError
from emulator.terminal import showable_json

_COMMA_TOO_MANY = re.compile(r",\s*([}\]])")
_CONSTANT = re.compile(r'"(?:\\.|[^"\\])*"|(NaN|-?Infinity)')


def indented(payload: bytes) -> str | None:
    """Write a payload's JSON for a reader; None for what is no JSON."""
    try:
        return readable(json.loads(payload))
    except (ValueError, RecursionError):
        return None


def readable(value: Any) -> str:
    """Write JSON with two spaces a level, characters as they are but for those that drive a terminal or are half of
    one."""
    return showable_json(json.dumps(value, indent=2, ensure_ascii=False))


def read_event(data: bytes, source: str) -> bytes:
    """Take an event as Lambda does, byte for byte but for a byte order mark; `source` is the file's name. Raises
    EmulatorError with line and column where it is not JSON, and when it is larger than Lambda takes."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        said = f"the byte 0x{data[error.start]:02x} is not UTF-8. Save the event as UTF-8."
        raise EmulatorError(f"{_place(source, before)}: {said}") from None
    if not text.strip():
        raise EmulatorError(f"{source} is empty: an event is JSON, {{}} at the least.")
    try:
        json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise EmulatorError(_no_json(text, error, source)) from None
    except RecursionError:
        raise EmulatorError(f"{source}: the event is nested too deeply to be read.") from None
    except ValueError:
        start, word = next((match.start(1), match[1]) for match in _CONSTANT.finditer(text) if match[1])
        said = f"not JSON: {word} is no JSON value. Write null, or a string."
        raise EmulatorError(f"{_place(source, text[:start])}: {said}") from None
    event = data.removeprefix(b"\xef\xbb\xbf")
    if len(event) > INVOCATION_PAYLOAD_BYTES:
        said = f"the event is {len(event)} bytes; Lambda takes {INVOCATION_PAYLOAD_BYTES} in a synchronous invocation."
        raise EmulatorError(f"{source}: {said}")
    return event


def _refuse(constant: str) -> None:
    """Raise ValueError for NaN and the like, which Python reads, JSON has not and Lambda refuses."""
    raise ValueError(constant)


def _place(source: str, before: str) -> str:
    return f"{source}:{before.count(chr(10)) + 1}:{len(before.rpartition(chr(10))[2]) + 1}"


def _no_json(text: str, error: json.JSONDecodeError, source: str) -> str:
    """Say what is wrong and where. Python 3.13 stops at a comma too many, and older ones behind it, each in words of
    its own."""
    comma = error.pos if text[error.pos : error.pos + 1] == "," else len(text[: error.pos].rstrip()) - 1
    if comma >= 0 and (match := _COMMA_TOO_MANY.match(text, comma)):
        return f"{_place(source, text[:comma])}: not JSON: a comma before the `{match[1]}`. Remove it."
    return f"{_place(source, text[: error.pos])}: not JSON: {error.msg}.{_hint(text[error.pos : error.pos + 1])}"


def _hint(found: str) -> str:
    if found == "'":
        return " Strings are in double quotes."
    if found in ("/", "#"):
        return " Remove the comment."
    return ""
