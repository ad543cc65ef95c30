"""The methods of Java that mapping templates call: what each returns, and what it does to its list or map."""

import re
from typing import Any

import pytest

from emulator.aws.rest_api.java_methods import called, pattern_of
from emulator.aws.rest_api.template_values import ContextMap, Entry, JsonList, RenderingError, Work


@pytest.mark.parametrize(
    ("receiver", "method", "arguments", "result"),
    [
        ("abc", "charAt", [1], "b"),
        ("a", "compareTo", ["b"], -1),
        ("A", "compareToIgnoreCase", ["a"], 0),
        ("a", "concat", ["b"], "ab"),
        ("customerror", "contains", ["error"], True),
        ("abc", "endsWith", ["bc"], True),
        ("a", "equals", ["a"], True),
        ("1", "equals", [1], False),
        ("a", "equals", [None], False),
        ("Origin", "equalsIgnoreCase", ["origin"], True),
        ("a", "equalsIgnoreCase", [None], False),
        ("abcb", "indexOf", ["b"], 1),
        ("abcb", "indexOf", ["b", 2], 3),
        ("abcb", "indexOf", ["x", -1], -1),
        (" ", "isBlank", [], True),
        ("", "isEmpty", [], True),
        ("", "join", [", ", ["a", 1]], "a, 1"),
        ("abcb", "lastIndexOf", ["b"], 3),
        ("abc", "length", [], 3),
        ("https://a.example.com", "matches", ["https://.+[.]example[.]com"], True),
        ("https://a.example.com.evil", "matches", ["https://.+[.]example[.]com"], False),
        ("ab", "repeat", [2], "abab"),
        ("a.b.c", "replace", [".", "-"], "a-b-c"),
        ("a1b22", "replaceAll", ["[0-9]+", "#"], "a#b#"),
        ("a-b", "replaceAll", ["(\\w)-(?<last>\\w)", "${last}$1\\$"], "ba$"),
        ("ac", "replaceAll", ["a(b)?", "<$1>"], "<>c"),
        ("it\\'s", "replaceAll", ["\\\\'", "'"], "it's"),
        ("aa", "replaceFirst", ["a", "b"], "ba"),
        ("a,b,,", "split", [","], ["a", "b"]),
        ("a,b,,", "split", [",", -1], ["a", "b", "", ""]),
        ("a,b,c", "split", [",", 2], ["a", "b,c"]),
        ("a,b", "split", [",", 1], ["a,b"]),
        ("abc", "split", [""], ["a", "b", "c"]),
        ("", "split", [","], [""]),
        (",a", "split", [","], ["", "a"]),
        ("abc", "startsWith", ["ab"], True),
        ("abc", "startsWith", ["b", 1], True),
        (" a ", "strip", [], "a"),
        ("abc", "substring", [1], "bc"),
        ("abc", "substring", [1, 2], "b"),
        ("aB", "toLowerCase", [], "ab"),
        ("aB", "toUpperCase", [], "AB"),
        ("a", "toString", [], "a"),
        (" a\n", "trim", [], "a"),
        ("", "valueOf", [1], "1"),
        (True, "toString", [], "true"),
        (True, "equals", [True], True),
        (7, "compareTo", [8], -1),
        (7, "doubleValue", [], 7.0),
        (7.9, "intValue", [], 7),
        (7.9, "longValue", [], 7),
        (0, "parseInt", ["12"], 12),
        (0, "valueOf", ["12"], 12),
        ([1, 2], "contains", [2], True),
        ([1, 2], "count", [], 2),
        ([1, 2], "get", [0], 1),
        (["a", "b", "a"], "indexOf", ["a"], 0),
        (["a", "b", "a"], "indexOf", ["c"], -1),
        ([], "isEmpty", [], True),
        ([1], "iterator", [], [1]),
        (["a", "b", "a"], "lastIndexOf", ["a"], 2),
        ([1, 2], "size", [], 2),
        ([1, 2, 3], "subList", [1, 3], [2, 3]),
        (JsonList([{"a": 1}]), "toString", [], '[{"a":1}]'),
        ({"a": 1}, "containsKey", ["a"], True),
        ({"a": 1}, "containsValue", [1], True),
        ({"a": 1}, "entrySet", [], [Entry("a", 1)]),
        ({"a": 1}, "get", ["b"], None),
        ({"a": 1}, "getOrDefault", ["b", 2], 2),
        ({}, "isEmpty", [], True),
        ({"a": 1, "b": 2}, "keySet", [], ["a", "b"]),
        ({"a": 1}, "size", [], 1),
        ({"foo": "bar"}, "toString", [], "{foo=bar}"),
        (ContextMap(a=1), "keySet", [], ["a"]),
        ({"a": 1}, "values", [], [1]),
        (Entry("a", 1), "getKey", [], "a"),
        (Entry("a", 1), "getValue", [], 1),
    ],
)
def test_returns(receiver: Any, method: str, arguments: list[Any], result: Any) -> None:
    returned = called(receiver, method, arguments, Work())
    assert returned == result
    assert type(returned) is type(result)


@pytest.mark.parametrize(
    ("receiver", "method", "arguments", "result", "after"),
    [
        ([1], "add", [2], True, [1, 2]),
        ([1], "add", [0, 2], None, [2, 1]),
        ([1], "addAll", [[2, 3]], True, [1, 2, 3]),
        ([1], "addAll", [[]], False, [1]),
        ([1], "clear", [], None, []),
        (["a", "b"], "remove", [0], "a", ["b"]),
        (["a", "b"], "remove", ["b"], True, ["a"]),
        (["a", "b"], "remove", ["c"], False, ["a", "b"]),
        (["a"], "set", [0, "b"], "a", ["b"]),
        ({"a": 1}, "clear", [], None, {}),
        ({}, "put", ["a", 1], None, {"a": 1}),
        ({"a": 1}, "put", ["a", 2], 1, {"a": 2}),
        ({"a": 1}, "putAll", [{"b": 2}], None, {"a": 1, "b": 2}),
        ({}, "putIfAbsent", ["a", 1], None, {"a": 1}),
        ({"a": 1}, "putIfAbsent", ["a", 2], 1, {"a": 1}),
        ({"a": 1}, "remove", ["a"], 1, {}),
        ({}, "remove", ["a"], None, {}),
    ],
)
def test_changes(receiver: Any, method: str, arguments: list[Any], result: Any, after: Any) -> None:
    assert called(receiver, method, arguments, Work()) == result
    assert receiver == after


@pytest.mark.parametrize(
    ("receiver", "method", "arguments", "reason"),
    [
        ("a", "format", [], "String has no method format() here"),
        ("a", "__class__", [], "String has no method __class__() here"),
        (True, "size", [], "Boolean has no method size() here"),
        (Entry(1, 2), "setValue", [3], "Entry has no method setValue() here"),
        (1, "size", [], "Number has no method size() here"),
        (object(), "size", [], "object has no method size() here"),
        ("a", "contains", [1], "String.contains() cannot take (int): "),
        ("a", "contains", [], "String.contains() cannot take (): "),
        ("abc", "substring", [4], "4 is out of range"),
        ("abc", "substring", [0, 4], "4 is out of range"),
        ([], "get", [0], "0 is out of range"),
        ([1], "get", [-1], "-1 is out of range"),
        ("a", "matches", ["("], "the pattern ( is not understood"),
        ("a", "replaceAll", ["a", "\\"], "a replacement ends in \\ or $"),
        ("a", "replaceAll", ["a", "$2"], "no such group"),
        ({}, "put", [[], 1], "Map.put() cannot take (list, int): "),
        ("1", "repeat", [10**9], "does not come to an end"),
        ("a" * 100_000, "replace", ["a", "b" * 100_000], "does not come to an end"),
        ("a" * 100_000, "replaceAll", ["a", "b" * 100_000], "does not come to an end"),
        ("", "join", ["a" * 1_000_000, [""] * 1000], "does not come to an end"),
    ],
)
def test_failures_say_why(receiver: Any, method: str, arguments: list[Any], reason: str) -> None:
    with pytest.raises(RenderingError, match=re.escape(reason)):
        called(receiver, method, arguments, Work())


def test_named_groups_are_written_as_javas() -> None:
    found = pattern_of("(?<year>[0-9]{4})(?<!x)(?<=4)").fullmatch("2024")
    assert found is not None
    assert found["year"] == "2024"
