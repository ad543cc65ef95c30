"""The methods of Java's String, List, Map and numbers that mapping templates call, by their names.

Nothing else of a value can be reached: what is not in a table here does not exist for a template.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from emulator.aws.rest_api.template_values import (
    Entry,
    RenderingError,
    Work,
    are_equal,
    is_number,
    text,
)

Method = Callable[..., Any]


def called(receiver: Any, name: str, arguments: list[Any], work: Work) -> Any:
    """Call a method of a value. RenderingError where the value has none of that name, or the method fails as Java's
    throws; on AWS an unknown method is null, and a method that throws a 500."""
    kind, methods = methods_of(receiver)
    method = methods.get(name)
    if method is None:
        raise RenderingError(f"{kind} has no method {name}() here")
    try:
        result = method(work, receiver, *arguments)
    except (TypeError, ValueError, IndexError, KeyError, AttributeError, OverflowError) as error:
        raise RenderingError(f"{kind}.{name}() cannot take {_shown(arguments)}: {error}") from None
    work.spend(len(result) if isinstance(result, str | list | dict) else 0)
    return result


def methods_of(receiver: Any) -> tuple[str, Mapping[str, Method]]:
    """Find the name of a value's class, and its methods."""
    match receiver:
        case str():
            return "String", STRING
        case bool():
            return "Boolean", OF_EVERY_VALUE
        case list():
            return "List", LIST
        case dict():
            return "Map", MAP
        case Entry():
            return "Entry", ENTRY
        case _ if is_number(receiver):
            return "Number", NUMBER
    return type(receiver).__name__, getattr(receiver, "methods", OF_EVERY_VALUE)


def pattern_of(written: str) -> re.Pattern[str]:
    """Compile a regular expression of Java's. ValueError where Python's does not have what it uses."""
    try:
        return re.compile(re.sub(r"\(\?<(?=[A-Za-z])", "(?P<", written))
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"the pattern {written} is not understood ({error})") from None


def at(values: list[Any], index: int) -> Any:
    """Return an element of a list, as Java does: from the front alone. Raises IndexError."""
    return values[_checked(index, len(values) - 1)]


def _checked(index: int, last: int) -> int:
    if not 0 <= index <= last:
        raise IndexError(f"{index} is out of range")
    return index


def _shown(arguments: list[Any]) -> str:
    return f"({', '.join(type(one).__name__ for one in arguments)})"


def _equals(work: Work, value: Any, other: Any) -> bool:
    return other is not None and type(value) is type(other) and are_equal(value, other, work)


def _replace(work: Work, value: str, old: str, new: str) -> str:
    work.spend(value.count(old) * len(new))
    return value.replace(old, new)


def _replace_pattern(work: Work, value: str, pattern: str, new: str, count: int = 0) -> str:
    def put(found: re.Match[str]) -> str:
        made = _expanded(new, found)
        work.spend(len(made))
        return made

    return pattern_of(pattern).sub(put, value, count)


def _expanded(new: str, found: re.Match[str]) -> str:
    """Fill in a replacement of Java's: `$1` and `${name}` are groups, a backslash makes the next character plain."""

    def one(part: re.Match[str]) -> str:
        plain, name, number = part.groups()
        if plain is None and name is None and number is None:
            raise ValueError("a replacement ends in \\ or $")
        return plain if plain is not None else found[name or int(number)] or ""

    return re.sub(r"\\(.)|\$(?:\{(\w+)\}|(\d))|[\\$]", one, new, flags=re.DOTALL)


def _split(_: Work, value: str, pattern: str, limit: int = 0) -> list[str]:
    """Split as Java does: without the empty texts at the end, unless a limit says otherwise."""
    if limit == 1:
        return [value]
    parts: list[str] = []
    start = 0
    for found in pattern_of(pattern).finditer(value):
        if limit > 0 and len(parts) == limit - 1:
            break
        if found.end() == 0 or (found.end() == found.start() == len(value)):
            continue
        parts.append(value[start : found.start()])
        start = found.end()
    parts.append(value[start:])
    while limit == 0 and len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def _substring(_: Work, value: str, begin: int, end: int | None = None) -> str:
    last = len(value) if end is None else _checked(end, len(value))
    return value[_checked(begin, last) : last]


def _repeat(work: Work, value: str, count: int) -> str:
    work.spend(len(value) * count)
    return value * count


def _compared(_: Work, value: Any, other: Any) -> int:
    return int(value > other) - int(value < other)


def _join(work: Work, _: str, separator: str, values: list[Any]) -> str:
    work.spend(len(separator) * len(values))
    return separator.join(text(one, work) for one in values)


def _position(work: Work, values: list[Any], sought: Any, order: int = 1) -> int:
    for index in range(len(values))[::order]:
        if are_equal(values[index], sought, work):
            return index
    return -1


def _add(_: Work, values: list[Any], *arguments: Any) -> bool | None:
    if len(arguments) == 1:
        values.append(arguments[0])
        return True
    index, value = arguments
    values.insert(_checked(index, len(values)), value)
    return None


def _add_all(work: Work, values: list[Any], others: list[Any]) -> bool:
    work.spend(len(others))
    values.extend(list(others))
    return bool(others)


def _remove(work: Work, values: list[Any], sought: Any) -> Any:
    """Take away the element at an index, or the first one that equals a value that is no number."""
    if is_number(sought):
        return values.pop(_checked(sought, len(values) - 1))
    index = _position(work, values, sought)
    if index >= 0:
        del values[index]
    return index >= 0


def _set(_: Work, values: list[Any], index: int, value: Any) -> Any:
    before = at(values, index)
    values[index] = value
    return before


def _sub_list(_: Work, values: list[Any], begin: int, end: int) -> list[Any]:
    return values[_checked(begin, end) : _checked(end, len(values))]


def _put(_: Work, entries: dict[Any, Any], key: Any, value: Any) -> Any:
    before = entries.get(key)
    entries[key] = value
    return before


def _put_all(work: Work, entries: dict[Any, Any], others: dict[Any, Any]) -> None:
    work.spend(len(others))
    entries.update(others)


OF_EVERY_VALUE: Mapping[str, Method] = {"toString": lambda work, value: text(value, work), "equals": _equals}

STRING: Mapping[str, Method] = {
    **OF_EVERY_VALUE,
    "charAt": lambda _, value, index: value[_checked(index, len(value) - 1)],
    "compareTo": _compared,
    "compareToIgnoreCase": lambda _, value, other: _compared(_, value.lower(), other.lower()),
    "concat": lambda _, value, other: value + other,
    "contains": lambda _, value, other: other in value,
    "endsWith": lambda _, value, other: value.endswith(other),
    "equalsIgnoreCase": lambda _, value, other: isinstance(other, str) and value.lower() == other.lower(),
    "indexOf": lambda _, value, other, start=0: value.find(other, max(start, 0)),
    "isBlank": lambda _, value: not value.strip(),
    "isEmpty": lambda _, value: not value,
    "join": _join,
    "lastIndexOf": lambda _, value, other: value.rfind(other),
    "length": lambda _, value: len(value),
    "matches": lambda _, value, pattern: pattern_of(pattern).fullmatch(value) is not None,
    "repeat": _repeat,
    "replace": _replace,
    "replaceAll": _replace_pattern,
    "replaceFirst": lambda work, value, pattern, new: _replace_pattern(work, value, pattern, new, 1),
    "split": _split,
    "startsWith": lambda _, value, other, start=0: value.startswith(other, start),
    "strip": lambda _, value: value.strip(),
    "substring": _substring,
    "toLowerCase": lambda _, value: value.lower(),
    "toUpperCase": lambda _, value: value.upper(),
    "trim": lambda _, value: value.strip(),
    "valueOf": lambda work, _, other: text(other, work, "null"),
}

NUMBER: Mapping[str, Method] = {
    **OF_EVERY_VALUE,
    "compareTo": _compared,
    "doubleValue": lambda _, value: float(value),
    "intValue": lambda _, value: int(value),
    "longValue": lambda _, value: int(value),
    # `#set($Integer = 0)` and then `$Integer.parseInt(...)` is how templates reach the static method.
    "parseInt": lambda _, value, other: int(other),
    "valueOf": lambda _, value, other: int(other),
}

LIST: Mapping[str, Method] = {
    **OF_EVERY_VALUE,
    "add": _add,
    "addAll": _add_all,
    "clear": lambda _, values: values.clear(),
    "contains": lambda work, values, sought: _position(work, values, sought) >= 0,
    "count": lambda _, values: len(values),
    "get": lambda _, values, index: at(values, index),
    "indexOf": _position,
    "isEmpty": lambda _, values: not values,
    "iterator": lambda _, values: values,
    "lastIndexOf": lambda work, values, sought: _position(work, values, sought, -1),
    "remove": _remove,
    "set": _set,
    "size": lambda _, values: len(values),
    "subList": _sub_list,
}
"""The methods of lists. `count` is of what `$input.path` reads (AWS: mapping template reference)."""

MAP: Mapping[str, Method] = {
    **OF_EVERY_VALUE,
    "clear": lambda _, entries: entries.clear(),
    "containsKey": lambda _, entries, key: key in entries,
    "containsValue": lambda work, entries, value: _position(work, list(entries.values()), value) >= 0,
    "entrySet": lambda _, entries: [Entry(key, value) for key, value in entries.items()],
    "get": lambda _, entries, key: entries.get(key),
    "getOrDefault": lambda _, entries, key, default: entries.get(key, default),
    "isEmpty": lambda _, entries: not entries,
    "keySet": lambda _, entries: list(entries),
    "put": _put,
    "putAll": _put_all,
    "putIfAbsent": lambda _, entries, key, value: None if entries.setdefault(key, value) is value else entries[key],
    "remove": lambda _, entries, key: entries.pop(key, None),
    "size": lambda _, entries: len(entries),
    "values": lambda _, entries: list(entries.values()),
}

ENTRY: Mapping[str, Method] = {
    **OF_EVERY_VALUE,
    "getKey": lambda _, entry: entry.key,
    "getValue": lambda _, entry: entry.value,
}
