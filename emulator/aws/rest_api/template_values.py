"""The values that a mapping template computes with, as Java and Velocity print, compare and add them.

A template is bounded by its work: every value that is made and every character of it is paid for, so that neither a
loop nor a text that doubles goes on for ever.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import fmod, isfinite
from typing import Any

from emulator.aws import limits

CHARACTERS_PER_STEP = 100
"""How many characters of a text cost as much as one step: a guess at what they cost, ours."""

LARGEST_INTEGER = 2**63 - 1
"""Java's Long. What is beyond it fails here; Velocity goes on with BigInteger."""


class RenderingError(Exception):
    """Says why a template failed, and in which of its lines, 1 being the first, where that is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class JsonList(list[Any]):
    """A list that was read from JSON, and is printed as JSON (localstack/localstack,
    test_input_path_template_formatting, recorded from AWS)."""


class ContextMap(dict[str, Any]):
    """`$context`, or a map inside it, which is printed as nothing (localstack/localstack, test_sqs_amz_json_protocol,
    recorded from AWS)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One of a map's entrySet()."""

    key: Any
    value: Any


@dataclass(slots=True)
class Work:
    """What is left of the work that one rendering may do, in steps."""

    left: int = field(default=limits.MAPPING_TEMPLATE_STEPS_COUNT)

    def spend(self, characters: int = 0) -> None:
        """Pay for one step, and for the characters or elements of what it makes; fail when nothing is left."""
        self.left -= 1 + characters // CHARACTERS_PER_STEP
        if self.left < 0:
            raise RenderingError("the template does not come to an end, or makes more than emulate lets it")


def is_number(value: Any) -> bool:
    """Tell whether Velocity calculates with it, which it does not with Booleans."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_true(value: Any) -> bool:
    """Decide as Velocity 1 does, for which only null and false are false (Velocity user guide, Conditionals). That AWS
    does, and does not take an empty text for false as Velocity 2 does, is uncertain."""
    return value is not None and value is not False


def text(value: Any, work: Work, null: str = "") -> str:
    """Print a value as Java's toString() does; `null` is the text of null, which AWS prints as nothing."""
    work.spend()
    match value:
        case None:
            return null
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _float_text(value)
        case JsonList():
            return json_text(value, work)
        case ContextMap():
            return ""
        case dict():
            made = ", ".join(f"{text(key, work, 'null')}={text(one, work, 'null')}" for key, one in value.items())
            made = f"{{{made}}}"
        case list():
            made = f"[{', '.join(text(one, work, 'null') for one in value)}]"
        case Entry():
            made = f"{text(value.key, work, 'null')}={text(value.value, work, 'null')}"
        case _:
            return ""
    work.spend(len(made))
    return made


def json_text(value: Any, work: Work) -> str:
    """Write a value as JSON without spaces."""
    work.spend()
    if isinstance(value, dict):
        pairs = (f"{_quoted(text(key, work, 'null'))}:{json_text(one, work)}" for key, one in value.items())
        made = f"{{{','.join(pairs)}}}"
    elif isinstance(value, list):
        made = f"[{','.join(json_text(one, work) for one in value)}]"
    elif value is None or is_number(value) or isinstance(value, bool):
        return text(value, work, "null")
    else:
        made = _quoted(text(value, work))
    work.spend(len(made))
    return made


def read_json(written: str, work: Work) -> Any:
    """Read JSON, with lists that print as JSON. Raises ValueError when it is none."""
    work.spend(len(written))
    try:
        return from_json(json.loads(written, parse_constant=_no_constant))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def from_json(value: Any) -> Any:
    """Copy data, so that a template can change its own; lists become those that print as JSON."""
    if isinstance(value, Mapping):
        return {key: from_json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return JsonList(from_json(one) for one in value)
    return value


def context_map(value: Any) -> Any:
    """Copy what `$context` holds, so that a template can change its own."""
    if isinstance(value, Mapping):
        return ContextMap((key, context_map(one)) for key, one in value.items())
    return from_json(value)


def are_equal(left: Any, right: Any, work: Work) -> bool:
    """Compare as Velocity's `==`: numbers by their value, and what is of different classes by its text (ASTEQNode).
    Null equals the empty text (localstack/localstack, test_input_path_template_formatting, recorded from AWS)."""
    work.spend()
    if left is None or right is None:
        return left in (None, "") and right in (None, "")
    if is_number(left) and is_number(right):
        return bool(left == right)
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(are_equal(left[key], right[key], work) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(are_equal(a, b, work) for a, b in zip(left, right, strict=True))
    return text(left, work) == text(right, work)


def is_less(left: Any, right: Any, *, or_equal: bool = False) -> bool:
    """Compare two numbers; what is none is neither less nor more than anything (ASTLTNode)."""
    return is_number(left) and is_number(right) and bool(left <= right if or_equal else left < right)


def calculated(sign: str, left: Any, right: Any, work: Work) -> Any:
    """Add, subtract, multiply, divide or take the remainder, as Velocity does: `+` joins when one side is a text, a
    division of integers is cut towards zero, and what cannot be calculated is null."""
    work.spend()
    if sign == "+" and (isinstance(left, str) or isinstance(right, str)):
        joined = text(left, work, "null") + text(right, work, "null")
        work.spend(len(joined))
        return joined
    if not (is_number(left) and is_number(right)):
        return None
    try:
        result = _of_numbers(sign, left, right)
    except (OverflowError, ValueError):
        result = None
    if isinstance(result, int) and abs(result) > LARGEST_INTEGER:
        raise RenderingError("a number is larger than 64 bits hold")
    return result


def _of_numbers(sign: str, left: Any, right: Any) -> Any:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    if right == 0:
        return None
    whole = isinstance(left, int) and isinstance(right, int)
    if sign == "/":
        return _cut(left, right) if whole else left / right
    return left - right * _cut(left, right) if whole else fmod(left, right)


def _cut(left: int, right: int) -> int:
    """Divide two integers as Java does."""
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


def _float_text(value: float) -> str:
    """Write a float as Java's Double.toString() does: with an exponent where it is long."""
    if not isfinite(value):
        return {"nan": "NaN", "inf": "Infinity"}.get(repr(value), "-Infinity")
    exact = Decimal(repr(value))
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        plain = format(exact, "f")
        return plain if "." in plain else f"{plain}.0"
    sign, digits, _ = exact.as_tuple()
    shown = "".join(map(str, digits)).rstrip("0")
    return f"{'-' if sign else ''}{shown[0]}.{shown[1:] or '0'}E{exact.adjusted()}"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
