"""What a JSONPath finds, as Jayway's library does, which AWS names for it."""

import re
from typing import Any

import pytest

from emulator.aws.rest_api.json_path import MISSING, found
from emulator.aws.rest_api.template_values import JsonList, RenderingError, Work

STORE = {
    "book": [{"title": "A", "price": 1}, {"title": "B"}, {"title": "C", "price": 3}],
    "a b": {"c'd": 7},
    "none": None,
    "text": "abc",
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("$", STORE, id="all"),
        pytest.param(" $.text ", "abc", id="name"),
        pytest.param("text", "abc", id="without-dollar"),
        pytest.param("$['text']", "abc", id="quoted-name"),
        pytest.param("$[ \"a b\" ]['c\\'d']", 7, id="quote-in-a-name"),
        pytest.param("$.none", None, id="null-is-a-value"),
        pytest.param("$.book[1].title", "B", id="index"),
        pytest.param("$.book[-1].title", "C", id="index-from-the-end"),
        pytest.param("$.book.length()", 3, id="length-of-a-list"),
        pytest.param("$.book[0].length()", 2, id="length-of-a-map"),
        pytest.param("$.missing", MISSING, id="no-such-name"),
        pytest.param("$.text.length()", MISSING, id="no-length-of-a-text"),
        pytest.param("$.book[7]", MISSING, id="no-such-index"),
        pytest.param("$.text[0]", MISSING, id="no-index-of-a-text"),
        pytest.param("$.text.x", MISSING, id="no-name-in-a-text"),
        pytest.param("$.book[*].price", [1, 3], id="every-element"),
        pytest.param("$['a b'].*", [7], id="every-value"),
        pytest.param("$.text.*", [], id="nothing-below-a-text"),
        pytest.param("$.book[0:2].title", ["A", "B"], id="slice"),
        pytest.param("$.book[-2:].title", ["B", "C"], id="slice-from-the-end"),
        pytest.param("$.book[:1].title", ["A"], id="slice-from-the-start"),
        pytest.param("$.text[:1]", [], id="no-slice-of-a-text"),
        pytest.param("$.book[0,2].title", ["A", "C"], id="indexes"),
        pytest.param("$.book[0]['title','price']", ["A", 1], id="names"),
        pytest.param("$..price", [1, 3], id="deep-name"),
        pytest.param("$..['price']", [1, 3], id="deep-quoted-name"),
        pytest.param("$.book[0]..*", ["A", 1], id="deep-everything"),
        pytest.param("$.missing.*", [], id="several-of-nothing"),
    ],
)
def test_finds(path: str, expected: Any) -> None:
    result = found(path, STORE, Work())
    assert result == expected
    assert isinstance(result, JsonList) == (isinstance(expected, list) and expected != STORE["book"])


@pytest.mark.parametrize(
    "path", ["", "  ", "$.", "$x", "$.book[?(@.price)]", "$.book[", "$.book[1:2:3]", "$.a..", "$[]", "$.a b"]
)
def test_what_is_no_path_is_said_to_be_none(path: str) -> None:
    with pytest.raises(ValueError, match=re.escape(path) if path.strip() else "empty"):
        found(path, STORE, Work())


def test_what_finds_too_much_is_bounded() -> None:
    deep: Any = 1
    for _ in range(100):
        deep = {"a": deep, "b": 1}
    with pytest.raises(RenderingError):
        found("$" + "..*" * 6, deep, Work())
