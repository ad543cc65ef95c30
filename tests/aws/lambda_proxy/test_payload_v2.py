"""Payload format 2.0. Whole events are in test_http_api_events.py and test_function_url.py."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.lambda_proxy.function_response import FieldRules, Malformed
from emulator.aws.lambda_proxy.payload_v2 import event, joined_query, read_response, request_cookies
from emulator.messages import Request, Response

RULES = FieldRules("text/plain; charset=utf-8", accepts_numeric_status=False, header_types=(str,))
JSON = (("content-type", "application/json"),)


def build(request: Request, **own: Any) -> dict[str, Any]:
    fields = {"route_key": "$default", "raw_path": "/", "headers": {}, "cookies": [], "context": {}} | own
    return event(request, **fields)


def test_what_is_empty_is_left_out() -> None:
    """Recorded from AWS: a GET / with nothing has these keys and no others."""
    assert list(build(Request("GET", "/"))) == [
        "version",
        "routeKey",
        "rawPath",
        "rawQueryString",
        "headers",
        "requestContext",
        "isBase64Encoded",
    ]


def test_every_key_in_order() -> None:
    request = Request("POST", "/", "a=1", body=b"x")
    built = build(request, cookies=["a=1"], path_parameters=(("id", "7"),), stage_variables=(("table", "t"),))
    assert list(built) == [
        "version",
        "routeKey",
        "rawPath",
        "rawQueryString",
        "cookies",
        "headers",
        "queryStringParameters",
        "requestContext",
        "pathParameters",
        "body",
        "isBase64Encoded",
        "stageVariables",
    ]
    assert built["pathParameters"] == {"id": "7"}
    assert built["stageVariables"] == {"table": "t"}


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        pytest.param({"content-type": "application/json"}, ("{}", False), id="json-is-text"),
        pytest.param({"content-type": "application/x-www-form-urlencoded"}, ("e30=", True), id="form-is-base64"),
        pytest.param({}, ("e30=", True), id="no-content-type-is-base64"),
    ],
)
def test_body(headers: dict[str, str], body: tuple[str, bool]) -> None:
    """ministackorg/ministack#766, verified against AWS."""
    built = build(Request("POST", "/", body=b"{}"), headers=headers)
    assert (built["body"], built["isBase64Encoded"]) == body


def test_the_raw_query_stays_encoded() -> None:
    """ministackorg/ministack#1035."""
    assert build(Request("GET", "/", "a=b%20c&&"))["rawQueryString"] == "a=b%20c&&"


def test_repeated_query_names_join_by_comma() -> None:
    """hotsock/voker, apigwv2-request.json."""
    assert joined_query("repeat=one&repeat=two&k=&p=a+b") == {"repeat": "one,two", "k": "", "p": "a b"}


@pytest.mark.parametrize(
    ("header", "cookies"),
    [
        (None, []),
        ("", []),
        ("a=1", ["a=1"]),
        ("a=1; b=2;c=%20; ;", ["a=1", "b=2", "c=%20"]),
        ('q="x y"; flag', ['q="x y"', "flag"]),
    ],
)
def test_cookies_are_raw(header: str | None, cookies: list[str]) -> None:
    assert request_cookies(header) == cookies


@pytest.mark.parametrize(
    ("payload", "body"),
    [
        pytest.param(b'{"message":  "hi"}', b'{"message":  "hi"}', id="object-keeps-its-whitespace"),
        pytest.param(b'{"body":"hi"}', b'{"body":"hi"}', id="body-without-statusCode-is-no-response"),
        pytest.param(b"[1, 2]", b"[1, 2]", id="array"),
        pytest.param(b"42", b"42", id="number"),
        pytest.param(b"true", b"true", id="boolean"),
        pytest.param(b"null", b"null", id="null-uncertain"),
        pytest.param(b'{"partial', b'{"partial', id="invalid-json"),
        pytest.param(b'"Hello"', b"Hello", id="string-loses-its-quotes"),
        pytest.param(b'"a \\"b\\" \\u03bb"', 'a "b" λ'.encode(), id="string-is-unescaped"),
        pytest.param(b'""', b"", id="empty-string"),
        pytest.param(b'"\\ud800"', b"?", id="lone-surrogate"),
    ],
)
def test_what_has_no_status_code_is_a_json_body(payload: bytes, body: bytes) -> None:
    """AWS: Working with AWS Lambda proxy integrations for HTTP APIs, format 2.0 (status and content type). The bytes of
    the body are uncertain on an HTTP API."""
    assert read_response(payload, RULES) == Response(200, JSON, body)


@pytest.mark.parametrize(
    ("payload", "body"),
    [
        pytest.param(b'{"hello": "world"}', b'{"hello":"world"}', id="dict"),
        pytest.param(b'["hello", 3, true]', b'["hello",3,true]', id="list-mixed"),
        pytest.param(b'"hello"', b"hello", id="string"),
        pytest.param(b"3.1", b"3.1", id="float"),
        pytest.param(
            b'\t{ "a b" : " \\" : ,\\\\" ,\r\n"c":[ ] } ', b'{"a b":" \\" : ,\\\\","c":[]}', id="strings-stay"
        ),
        pytest.param(b'{"n": 1.0e5, "u": "\\u03bb"}', b'{"n":1.0e5,"u":"\\u03bb"}', id="numbers-and-escapes-uncertain"),
        pytest.param(b" null ", b"null", id="null-uncertain"),
        pytest.param(b'{"partial: " ', b'{"partial: " ', id="invalid-json-uncertain"),
    ],
)
def test_compacted_json(payload: bytes, body: bytes) -> None:
    """localstack/localstack, test_lambda_url_invocation, validated on AWS."""
    assert read_response(payload, replace(RULES, compacts_json=True)) == Response(200, JSON, body)


def test_compacting_time_grows_with_the_size_only() -> None:
    payload = json.dumps({"a": ['"\\ ' * 100_000, [1, {"b": " "}] * 20_000]}).encode()
    answer = read_response(payload, replace(RULES, compacts_json=True))
    assert isinstance(answer, Response)
    assert answer.body == json.dumps(json.loads(payload), separators=(",", ":")).encode()


def returned(**fields: Any) -> Response | Malformed:
    return read_response(json.dumps(fields).encode(), RULES)


def test_a_response() -> None:
    assert returned(statusCode=201, headers={"Content-Type": "a/b", "X-A": "1,2"}, body="hi") == Response(
        201, (("Content-Type", "a/b"), ("X-A", "1,2")), b"hi"
    )


def test_the_default_content_type() -> None:
    """aws/aws-lambda-dotnet, V2_DefaultsToTextPlainContentType, recorded from AWS."""
    assert returned(statusCode=200) == Response(200, (("content-type", "text/plain; charset=utf-8"),), b"")


def test_cookies_come_first_and_beside_a_set_cookie_header() -> None:
    """ministackorg/ministack, tests/test_apigatewayv2.py."""
    answer = returned(statusCode=200, headers={"set-cookie": "c=3", "content-type": "a/b"}, cookies=["a=1", "b=2"])
    assert answer == Response(
        200, (("set-cookie", "a=1"), ("set-cookie", "b=2"), ("set-cookie", "c=3"), ("content-type", "a/b"))
    )


def test_base64_is_always_decoded() -> None:
    """aws/aws-lambda-dotnet, V2_SetsBodyBase64; aws/aws-sam-cli#2941."""
    answer = returned(statusCode=200, headers={"content-type": "text/plain"}, body="AQID", isBase64Encoded=True)
    assert answer == Response(200, (("content-type", "text/plain"),), b"\x01\x02\x03")


def test_unknown_keys_and_multi_value_headers_are_ignored() -> None:
    """aws/aws-sam-cli#2941; multiValueHeaders are no part of the format."""
    answer = returned(statusCode=200, headers={"content-type": "a/b"}, multiValueHeaders={"x": ["1"]}, other=1)
    assert answer == Response(200, (("content-type", "a/b"),))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"statusCode": "200"}, "statusCode 200 (a string)", id="status"),
        pytest.param({"statusCode": 200, "headers": []}, "headers as an array", id="headers"),
        pytest.param({"statusCode": 200, "cookies": "a=1"}, "cookies as a string", id="cookies"),
        pytest.param({"statusCode": 200, "cookies": ["a=1", 2]}, "set-cookie as a number", id="cookie"),
        pytest.param({"statusCode": 200, "body": {"a": 1}}, 'an object ({"a": 1})', id="body"),
    ],
)
def test_malformed(fields: dict[str, Any], words: str) -> None:
    answer = returned(**fields)
    assert isinstance(answer, Malformed)
    assert words in answer.reason


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = ["statusCode", "headers", "cookies", "body", "isBase64Encoded"]


@given(st.dictionaries(st.sampled_from(KEYS), json_values | st.just(200)), st.binary(max_size=20))
def test_no_payload_breaks_it(fields: dict[str, Any], raw: bytes) -> None:
    for payload in (json.dumps(fields).encode(), raw):
        answer = read_response(payload, RULES)
        if isinstance(answer, Response):
            assert 200 <= answer.status <= 599
            "".join(f"{name}{value}" for name, value in answer.headers).encode("latin-1")
