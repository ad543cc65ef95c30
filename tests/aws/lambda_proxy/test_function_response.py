"""Reading the fields of a function's response; what each product makes of a Malformed is in its own tests."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.lambda_proxy.function_response import (
    FieldRules,
    Malformed,
    compact,
    kind_of,
    parse_payload,
    read_body,
    read_header,
    read_headers,
    read_status,
    shown,
    with_content_type,
)

STRICT = FieldRules("text/plain; charset=utf-8", accepts_numeric_status=False, header_types=(str,))
LENIENT = FieldRules("application/json", accepts_numeric_status=True, header_types=(str, bool, int, float))


def reason(answer: object) -> str:
    assert isinstance(answer, Malformed)
    return answer.reason


@pytest.mark.parametrize("payload", [b'{"a": 1}', b'"text"', b"null", b" [1, 2] ", '"λ"'.encode()])
def test_json_payloads(payload: bytes) -> None:
    assert parse_payload(payload) == json.loads(payload)


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut-off"),
        pytest.param(b'{"a": NaN}', id="NaN-is-not-json"),
        pytest.param(b"-Infinity", id="Infinity-is-not-json"),
        pytest.param(b"\xff\xfe", id="not-utf-8"),
        pytest.param(b"[" * 100_000, id="nested-beyond-reading"),
        pytest.param(b"1" * 5000, id="number-beyond-reading"),
    ],
)
def test_what_is_not_json_is_shown(payload: bytes) -> None:
    assert reason(parse_payload(payload)).startswith("the function's response is not JSON: ")


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        (None, "null", "null"),
        ({"a": 1}, "an object", '{"a": 1}'),
        ([1], "an array", "[1]"),
        ("λ", "a string", "λ"),
        (True, "a boolean", "true"),
        (1, "a number", "1"),
        (1.5, "a number", "1.5"),
        ("x" * 61, "a string", "x" * 60 + "..."),
    ],
)
def test_values_in_messages(value: Any, name: str, text: str) -> None:
    assert (kind_of(value), shown(value)) == (name, text)


@pytest.mark.parametrize("value", [200, 204, 302, 418, 599])
def test_statuses(value: int) -> None:
    assert read_status(value, STRICT) == read_status(str(value), LENIENT) == value


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(0, id="zero"),
        pytest.param(200.5, id="float"),
        pytest.param(200.0, id="whole-float"),
        pytest.param(True, id="boolean"),
        pytest.param(None, id="null"),
        pytest.param(600, id="above-599"),
        pytest.param(-200, id="negative"),
        pytest.param(101, id="informational"),
        pytest.param("test", id="word"),
        pytest.param("99", id="two-digits"),
        pytest.param("\u0662\u0660\u0660", id="digits-that-are-not-ascii"),
        pytest.param([200], id="array"),
    ],
)
def test_statuses_nothing_can_end_with(value: Any) -> None:
    """aws/aws-lambda-dotnet, V2_HandlesZeroStatusCode, StatusCodeAsFloat; localstack/localstack,
    test_aws_proxy_response_payload_format_validation ("test"). 1xx is uncertain."""
    for rules in (STRICT, LENIENT):
        assert f"statusCode {shown(value)}" in reason(read_status(value, rules))


def test_numeric_strings_only_where_accepted() -> None:
    assert "(a string)" in reason(read_status("201", STRICT))


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        pytest.param("text", "text", id="string"),
        pytest.param("", "", id="empty"),
        pytest.param("é λ", "\u00c3\u00a9 \u00ce\u00bb", id="utf-8-bytes-as-latin-1"),
        pytest.param("\ud800", "?", id="lone-surrogate"),
        pytest.param("a\tb", "a\tb", id="tab"),
    ],
)
def test_header_values(value: str, sent: str) -> None:
    assert read_header("x-a", value, STRICT) == ("x-a", sent)


@pytest.mark.parametrize(("value", "sent"), [(True, "true"), (False, "false"), (0, "0"), (1.5, "1.5")])
def test_scalars_where_accepted(value: Any, sent: str) -> None:
    """localstack/localstack, test_aws_proxy_response_payload_format_validation, validated on AWS: true is sent as
    `true`."""
    assert read_header("x-a", value, LENIENT) == ("x-a", sent)
    assert "make its value a string" in reason(read_header("x-a", value, STRICT))


@pytest.mark.parametrize("value", [None, [], {}])
def test_what_no_header_value_can_be(value: Any) -> None:
    assert kind_of(value) in reason(read_header("x-a", value, LENIENT))


@pytest.mark.parametrize("name", ["", "a b", "a:b", "a\r\nb", "é", 'a"b', "a\x00"])
def test_header_names_are_tokens(name: str) -> None:
    """RFC 9110, 5.1 and 5.6.2."""
    assert "header name" in reason(read_header(name, "x", LENIENT))


@pytest.mark.parametrize("value", ["a\rb", "a\nb", "a\r\nset-cookie: x", "a\x00b", "a\x01b", "a\x7fb"])
def test_no_value_can_start_a_new_line(value: str) -> None:
    """RFC 9110, 5.5: CR, LF and NUL are invalid and dangerous, other controls invalid; a tab is fine."""
    assert "line break or other control character in the header x-a" in reason(read_header("x-a", value, LENIENT))


@given(st.text(), st.text() | st.booleans() | st.integers() | st.floats(allow_nan=False))
def test_every_header_is_fit_for_the_wire_or_malformed(name: str, value: Any) -> None:
    pair = read_header(name, value, LENIENT)
    if not isinstance(pair, Malformed):
        assert b"\r\n" not in f"{pair[0]}: {pair[1]}".encode("latin-1")


def test_headers() -> None:
    assert read_headers(None, STRICT) == ()
    assert read_headers({"A": "1", "a": "2"}, STRICT) == (("A", "1"), ("a", "2"))
    assert "headers as an array" in reason(read_headers([], STRICT))
    assert "the header b as null: make" in reason(read_headers({"a": "1", "b": None}, STRICT))


@pytest.mark.parametrize(
    ("body", "is_base64", "decodes", "read"),
    [
        pytest.param(None, None, True, b"", id="absent"),
        pytest.param(None, True, True, b"", id="absent-base64"),
        pytest.param("λ", None, True, "λ".encode(), id="text"),
        pytest.param("\ud800", False, True, b"?", id="lone-surrogate"),
        pytest.param("AQID", True, True, b"\x01\x02\x03", id="base64"),
        pytest.param("AQID", True, False, b"AQID", id="base64-not-decoded"),
        pytest.param("AQID", False, True, b"AQID", id="not-marked-base64"),
        pytest.param("", True, True, b"", id="empty-base64"),
    ],
)
def test_bodies(body: Any, is_base64: Any, decodes: bool, read: bytes) -> None:
    assert read_body(body, is_base64, decodes=decodes) == read


@pytest.mark.parametrize("body", [{"a": 1}, [1], 1, True])
def test_a_body_must_be_a_string(body: Any) -> None:
    said = reason(read_body(body, False, decodes=True))
    assert kind_of(body) in said
    assert shown(body) in said
    assert "json.dumps(body) or JSON.stringify(body)" in said


@pytest.mark.parametrize("text", ["no base64!", "AQI", "AQ_-", "AQ\nID", "é"])
def test_base64_that_is_none(text: str) -> None:
    answer = read_body(text, True, decodes=True)
    assert "not base64" in reason(answer)
    assert isinstance(answer, Malformed)
    assert answer.undecodable


def test_is_base64_encoded_is_a_boolean() -> None:
    assert "isBase64Encoded as a string" in reason(read_body("", "true", decodes=True))


def test_the_default_content_type_fills_a_gap_only() -> None:
    assert with_content_type((), STRICT) == (("content-type", "text/plain; charset=utf-8"),)
    assert with_content_type((("x", "y"),), STRICT) == (("x", "y"), ("content-type", "text/plain; charset=utf-8"))
    assert with_content_type((("x", "y"), ("Content-TYPE", "a/b")), STRICT) == (("x", "y"), ("Content-TYPE", "a/b"))


@pytest.mark.parametrize(
    ("text", "compacted"),
    [
        pytest.param('{ "a" : [ 1 , true ] }\r\n', '{"a":[1,true]}', id="between-tokens"),
        pytest.param('{"a b": " c "}', '{"a b":" c "}', id="not-inside-a-string"),
        pytest.param('["\\\\", "\\" ", 1.0e5]', '["\\\\","\\" ",1.0e5]', id="escapes-and-numbers-as-written"),
        pytest.param('["\u00e9 \u00e9"]', '["\u00e9 \u00e9"]', id="beyond-ascii"),
    ],
)
def test_compact(text: str, compacted: str) -> None:
    """localstack/localstack, test_lambda_url_invocation[dict] and [list-mixed], validated on AWS."""
    assert compact(text.encode()) == compacted.encode()
