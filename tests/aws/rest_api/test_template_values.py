"""How values print, compare and add up in a mapping template: as in Java and Velocity, and as recorded from AWS."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.rest_api.template_values import (
    ContextMap,
    Entry,
    JsonList,
    RenderingError,
    Work,
    are_equal,
    calculated,
    context_map,
    from_json,
    is_less,
    is_true,
    json_text,
    read_json,
    text,
)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        pytest.param(None, "", id="null-prints-nothing"),
        pytest.param("a", "a", id="text"),
        pytest.param(True, "true", id="true"),
        pytest.param(False, "false", id="false"),
        pytest.param(7, "7", id="integer"),
        pytest.param(249.99, "249.99", id="float"),
        pytest.param(3.0, "3.0", id="whole-float"),
        pytest.param(0.0, "0.0", id="zero"),
        pytest.param(0.001, "0.001", id="small-float"),
        pytest.param(9999999.0, "9999999.0", id="large-float"),
        pytest.param(1e7, "1.0E7", id="exponent-java"),
        pytest.param(-1.25e-5, "-1.25E-5", id="negative-exponent-java"),
        pytest.param(123456789012.5, "1.234567890125E11", id="many-digits-java"),
        pytest.param(float("inf"), "Infinity", id="infinity"),
        pytest.param(-float("inf"), "-Infinity", id="minus-infinity"),
        pytest.param(float("nan"), "NaN", id="nan"),
        pytest.param({"a": 1, "b": None}, "{a=1, b=null}", id="map"),
        pytest.param(["a", 1, None], "[a, 1, null]", id="list-of-the-template"),
        pytest.param(JsonList(["a", {"b": None}]), '["a",{"b":null}]', id="list-of-json"),
        pytest.param({"foo": JsonList([{"nested": "bar"}])}, '{foo=[{"nested":"bar"}]}', id="both"),
        pytest.param(ContextMap(a=1), "", id="map-of-the-context"),
        pytest.param(Entry("a", None), "a=null", id="entry"),
        pytest.param(object(), "", id="anything-else"),
    ],
)
def test_prints(value: Any, printed: str) -> None:
    assert text(value, Work()) == printed


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"a": [1, 2.5, True, None, "é\n"], "b": {}}, '{"a":[1,2.5,true,null,"é\\n"],"b":{}}'),
        ([], "[]"),
        (Entry("a", 1), '"a=1"'),
        ({None: 1, 2: 3}, '{"null":1,"2":3}'),
    ],
)
def test_writes_json(value: Any, written: str) -> None:
    assert json_text(value, Work()) == written


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON)
def test_json_is_read_as_it_was_written(value: Any) -> None:
    assert json.loads(json_text(read_json(json.dumps(value), Work()), Work())) == value


@pytest.mark.parametrize("written", ["", "{", "NaN", "[" * 100_000, "1" * 5000])
def test_what_is_no_json(written: str) -> None:
    with pytest.raises(ValueError):
        read_json(written, Work())


def test_data_is_copied() -> None:
    inner = {"a": (1, 2)}
    copied = from_json({"b": inner})
    assert copied == {"b": {"a": [1, 2]}}
    assert isinstance(copied["b"]["a"], JsonList)
    assert copied["b"] is not inner
    context = context_map({"b": inner, "c": 1})
    assert isinstance(context["b"], ContextMap)
    assert context == {"b": {"a": [1, 2]}, "c": 1}


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        pytest.param(None, None, True, id="null"),
        pytest.param(None, "", True, id="null-and-empty"),
        pytest.param("", None, True, id="empty-and-null"),
        pytest.param(None, "a", False, id="null-and-text"),
        pytest.param(None, False, False, id="null-and-false"),
        pytest.param(1, 1.0, True, id="numbers"),
        pytest.param(1, "1", True, id="different-classes"),
        pytest.param(True, "true", True, id="boolean-and-text"),
        pytest.param(True, 1, False, id="boolean-and-number"),
        pytest.param({"a": [1]}, {"a": [1]}, True, id="maps"),
        pytest.param({"a": [1]}, {"b": [1]}, False, id="other-keys"),
        pytest.param([1, 2], [1], False, id="other-length"),
        pytest.param([1, 2], [1, 3], False, id="other-elements"),
    ],
)
def test_equality(left: Any, right: Any, equal: bool) -> None:
    assert are_equal(left, right, Work()) is equal


def test_order_and_truth() -> None:
    assert is_less(1, 1.5)
    assert not is_less(1, 1)
    assert is_less(1, 1, or_equal=True)
    assert not is_less("1", 2)
    assert not is_less(True, 2)
    assert [is_true(one) for one in (None, False, True, "", 0, [])] == [False, False, True, True, True, True]


@pytest.mark.parametrize(
    ("sign", "left", "right", "result"),
    [
        ("+", 1, 2, 3),
        ("+", "a", 1, "a1"),
        ("+", None, "a", "nulla"),
        ("+", None, 1, None),
        ("+", True, 1, None),
        ("-", 1, 2.5, -1.5),
        ("*", 3, 4, 12),
        ("/", 7, 2, 3),
        ("/", -7, 2, -3),
        ("/", 7.0, 2, 3.5),
        ("/", 7, 0, None),
        ("%", 7, 3, 1),
        ("%", -7, 3, -1),
        ("%", 7.5, 2, 1.5),
        ("%", float("inf"), 2, None),
        ("*", 10**400, 1.5, None),
    ],
)
def test_calculates_as_velocity(sign: str, left: Any, right: Any, result: Any) -> None:
    assert calculated(sign, left, right, Work()) == result


def test_bounds() -> None:
    with pytest.raises(RenderingError, match="64 bits"):
        calculated("*", 2**40, 2**40, Work())
    work = Work(3)
    work.spend(150)
    with pytest.raises(RenderingError, match="does not come to an end"):
        work.spend(100)
    grown: Any = []
    for _ in range(60):
        grown = [grown, grown]
    for print_it in (text, json_text):
        with pytest.raises(RenderingError):
            print_it(grown, Work())
    again: Any = []
    for _ in range(60):
        again = [again, again]
    with pytest.raises(RenderingError):
        are_equal(grown, again, Work())
