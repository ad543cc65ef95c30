import pytest

from emulator.browser.header_list import (
    as_gecko_keeps,
    combined,
    first_bad_token,
    get,
    get_all,
    is_token,
    sort_and_combine,
    split_list,
    tokens_of,
)
from emulator.messages import Headers


def test_values_are_trimmed_and_joined() -> None:
    headers = (("A", " 1\t"), ("b", "x"), ("a", "2"))
    assert get_all(headers, "a") == ("1", "2")
    assert get(headers, "a") == "1, 2"
    assert get(headers, "c") is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param((), (), id="absent"),
        pytest.param(("",), (), id="empty"),
        pytest.param((",x", "y,, z\t,"), ("x", "y", "z"), id="xhr/allow-lists-starting-with-comma"),
    ],
)
def test_split_list(lines: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert split_list(lines) == expected


def test_tokens() -> None:
    assert is_token("x-!#$%&'*+.^_`|~9")
    assert not is_token("")
    assert not is_token("a b")
    assert not is_token("é")
    assert first_bad_token(("a", "b c", '"')) == "b c"
    assert first_bad_token(("a", "*")) is None


def test_tokens_within_a_text() -> None:
    assert tokens_of("G ET, 'put'") == ["G", "ET", "'put'"]


def test_sort_and_combine() -> None:
    assert sort_and_combine((("B", "2"), ("a", " 1\r\n"), ("A", "3"))) == (("a", "1, 3"), ("b", "2"))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param((("A", ""), ("a", "1")), (("a", "1"),), id="empty-line-before"),
        pytest.param((("a", "1"), ("a", " ")), (("a", "1"),), id="empty-line-after"),
        pytest.param((("a", ""), ("a", "")), (("a", ""),), id="nothing-but-empty-lines"),
        pytest.param((("a", "1"), ("a", "2")), (("a", "1"), ("a", "2")), id="lines-stay"),
        pytest.param(
            (("Content-Type", "x/y"), ("content-type", "z/z")), (("Content-Type", "x/y,z/z"),), id="content-types"
        ),
        pytest.param((("content-type", ""),), (("content-type", ""),), id="empty-content-type"),
    ],
)
def test_what_firefox_keeps_of_repeated_lines(headers: Headers, expected: Headers) -> None:
    assert as_gecko_keeps(headers) == expected


def test_combined_keeps_the_first_place_and_name() -> None:
    assert combined((("X-A", "1"), ("b", "2"), ("x-a", ""))) == (("X-A", "1,"), ("b", "2"))
    assert combined((("X-A", "1"), ("x-a", "3")), frozenset({"x-a"})) == (("x-a", "3"),)


def test_empty_values_among_repeated_headers() -> None:
    assert combined((("x", "a"), ("X", ""), ("x", "b"), ("y", ""), ("y", ""))) == (("x", "a, , b"), ("y", ","))
