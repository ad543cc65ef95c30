"""How paths and values of the file are shown."""

import pytest

from emulator.config.complaint import (
    Complaint,
    in_order,
    lines_of,
    listed,
    one_line,
    problem,
    quoted,
    refusal,
    too_deep,
    written,
)
from emulator.errors import Problem


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param((), "", id="top"),
        pytest.param(("apis", "shop", "port"), "apis.shop.port", id="keys"),
        pytest.param(("apis", "my-shop", "port"), "apis.my-shop.port", id="hyphen"),
        pytest.param(("apis", "s", "routes", "GET /x", "function"), 'apis.s.routes["GET /x"].function', id="route-key"),
        pytest.param(("frontends", 0, "dev"), "frontends[0].dev", id="index"),
        pytest.param(("my key",), '["my key"]', id="first"),
    ],
)
def test_written(path, text):
    assert written(path) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(None, "nothing", id="none"),
        pytest.param("", "an empty text", id="empty-text"),
        pytest.param("GET", "`GET`", id="text"),
        pytest.param("x" * 60, f"`{'x' * 60}`", id="as-long-as-shown"),
        pytest.param("x" * 61, f"`{'x' * 60}...`", id="longer"),
        pytest.param([], "an empty list", id="empty-list"),
        pytest.param(["a"], "a list", id="list"),
        pytest.param({}, "an empty mapping", id="empty-mapping"),
        pytest.param({"a": "b"}, "a mapping", id="mapping"),
    ],
)
def test_quoted(value, text):
    assert quoted(value) == text


def test_one_line_escapes_what_a_terminal_would_obey():
    assert one_line("a\n  b\x1b[31mé") == "a b\\x1b[31m\\xe9"
    assert one_line("Straße  4") == "Straße 4"


def test_a_problem_is_one_line_whatever_the_file_put_into_it():
    complaint = Complaint(("a",), "one\nline\u0007", "\ud800", "c", is_warning=True)
    said = problem(complaint, "f.yaml", 2, "a\nb")
    assert str(said) == "f.yaml:2: warning: a b: one line\\x07; expected \\ud800. c"


def test_problems_come_in_the_order_of_the_file_each_once():
    later, sooner = Problem("f", 3, "d", "x", "y", "z"), Problem("f", 1, "a", "x", "y", "z")
    elsewhere_by_an_alias = Problem("f", 3, "e", "x", "y", "z")
    assert in_order([later, sooner, elsewhere_by_an_alias]) == (sooner, later)


def test_lines_end_as_yaml_has_it():
    assert lines_of("a\r\nb\rc\nd\x85e\u2028f") == ["a", "b", "c", "d", "e", "f"]


def test_a_file_that_nests_too_deep():
    assert str(too_deep("f", 0)).startswith("f: values more than 100 levels deep; ")


def test_refusal_is_one_problem_without_a_path():
    assert str(refusal("f", 3, "this", "that", "Do.")) == "f:3: this; expected that. Do."


@pytest.mark.parametrize(
    ("words", "text"),
    [
        pytest.param(["a"], "`a`", id="one"),
        pytest.param(["a", "b"], "`a` or `b`", id="two"),
        pytest.param(["a", "b", "c"], "`a`, `b` or `c`", id="three"),
    ],
)
def test_listed(words, text):
    assert listed(words) == text
