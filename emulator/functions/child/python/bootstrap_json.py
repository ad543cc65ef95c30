"""JSON of values that Python's encoder does not take as Lambda's simplejson does. bootstrap.py loads this file when a
handler returns such a value.

Runs under the user's interpreter, Python 3.8 or newer: standard library only.
"""

from __future__ import annotations

import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def encode(value: object, *, ensure_ascii: bool) -> str:
    """Write JSON with Decimal as a number, named tuples as objects, bytes as text. Raises TypeError and ValueError as
    the encoder does."""
    odd = Odd()
    encoder = json.JSONEncoder(ensure_ascii=ensure_ascii, default=odd.default)
    try:
        text = encoder.encode(_plain(value))
    except RecursionError:
        text = encoder.encode(value)  # "Circular reference detected"
    return odd.put_numbers(text)


class Odd:
    """Stands in for each Decimal, whose digits no float keeps, until the text is made."""

    def __init__(self) -> None:
        self._marker = f"{os.urandom(16).hex()}:"
        self._numbers: list[str] = []

    def default(self, value: Any) -> object:
        if isinstance(value, bytes):
            return str(value, "utf-8")
        if callable(getattr(value, "_asdict", None)):
            return _plain(value._asdict())
        decimal = sys.modules.get("decimal")
        if decimal is None or not isinstance(value, decimal.Decimal):
            raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
        if value.is_nan():
            return float("nan")
        self._numbers.append(str(value))
        return f"{self._marker}{len(self._numbers) - 1}"

    def put_numbers(self, text: str) -> str:
        for index, number in enumerate(self._numbers):
            text = text.replace(f'"{self._marker}{index}"', number)
        return text


def _plain(value: Any) -> Any:
    """Return the value without named tuples and keys of bytes, which the encoder would take for something else."""
    if isinstance(value, dict):
        return {str(key, "utf-8") if isinstance(key, bytes) else key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, tuple):
        return _plain(value._asdict()) if hasattr(value, "_asdict") else [_plain(item) for item in value]
    return value
