"""Payload format 1.0. Whole events are in test_http_api_events.py and test_rest_api_events.py."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.lambda_proxy.function_response import FieldRules, Malformed
from emulator.aws.lambda_proxy.payload_v1 import ResponseRules, event, listed_query, read_response
from emulator.messages import Response

FIELDS = FieldRules("a/b", accepts_numeric_status=False, header_types=(str,))
HTTP_API = ResponseRules(FIELDS, missing_status=None, known_keys=None, multi_values_first=False)
REST_API = ResponseRules(
    FIELDS,
    missing_status=200,
    known_keys=frozenset({"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}),
    multi_values_first=True,
)


def build(**own: Any) -> dict[str, Any]:
    empty = {
        "resource": "/",
        "path": "/",
        "method": "GET",
        "headers": {},
        "query": {},
        "context": {},
        "path_parameters": (),
        "stage_variables": (),
        "body": (None, False),
    }
    return event(**empty | own)


def test_every_key_is_there_and_null_when_empty() -> None:
    """localstack/localstack, test_lambda_aws_proxy_integration, validated on AWS."""
    assert build() == {
        "resource": "/",
        "path": "/",
        "httpMethod": "GET",
        "headers": {},
        "multiValueHeaders": {},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "requestContext": {},
        "pathParameters": None,
        "stageVariables": None,
        "body": None,
        "isBase64Encoded": False,
    }


def test_the_last_value_of_a_repeated_name_wins() -> None:
    """hotsock/voker, apigwv1-request.json: x-voker-probe, repeat."""
    built = build(
        headers={"x": ["first", "second"]},
        query=listed_query([("r", "one"), ("r", "two"), ("e", "")]),
        path_parameters=(("proxy", "a/b"),),
        stage_variables=(("table", "t"),),
        body=("AQID", True),
    )
    assert built["headers"] == {"x": "second"}
    assert built["multiValueHeaders"] == {"x": ["first", "second"]}
    assert built["queryStringParameters"] == {"r": "two", "e": ""}
    assert built["multiValueQueryStringParameters"] == {"r": ["one", "two"], "e": [""]}
    assert built["pathParameters"] == {"proxy": "a/b"}
    assert built["stageVariables"] == {"table": "t"}
    assert (built["body"], built["isBase64Encoded"]) == ("AQID", True)


def read(value: Any, rules: ResponseRules = HTTP_API, *, decodes: bool = True) -> Response | Malformed:
    return read_response(json.dumps(value).encode(), rules, decodes_base64=decodes)


def test_a_response() -> None:
    for rules in (HTTP_API, REST_API):
        answer = read({"statusCode": 201, "headers": {"X-A": "1"}, "body": "hi", "isBase64Encoded": False}, rules)
        assert answer == Response(201, (("X-A", "1"), ("content-type", "a/b")), b"hi")


def test_order_of_single_and_multi_values() -> None:
    """aws/aws-lambda-dotnet, V1_CombinesSingleAndMultiValueHeadersHttpV1 and ...Rest, recorded from AWS."""
    value = {
        "statusCode": 200,
        "headers": {"Content-Type": "c/d", "Combined": "single"},
        "multiValueHeaders": {"Combined": ["multi1", "multi2"]},
    }
    single = (("Content-Type", "c/d"), ("Combined", "single"))
    multi = (("Combined", "multi1"), ("Combined", "multi2"))
    assert read(value, HTTP_API) == Response(200, single + multi)
    assert read(value, REST_API) == Response(200, multi + single)


def test_a_missing_status() -> None:
    """REST: localstack/localstack, test_lambda_aws_proxy_response_format, validated on AWS. HTTP API:
    aws/aws-lambda-dotnet, ToApiGatewayProxyResponse_InvalidJson_ReturnsErrorResponseHttpV1."""
    assert read({}, REST_API) == Response(200, (("content-type", "a/b"),), b"")
    answer = read({"body": "x"}, HTTP_API)
    assert isinstance(answer, Malformed)
    assert "no statusCode" in answer.reason


def test_null_stands_for_absent() -> None:
    """localstack/localstack, test_aws_proxy_response_payload_format_validation, validated on AWS ("headers": null)."""
    value = {"statusCode": 200, "headers": None, "multiValueHeaders": None, "body": None, "isBase64Encoded": None}
    assert read(value, REST_API) == Response(200, (("content-type", "a/b"),), b"")


@pytest.mark.parametrize("key", ["wrongValue", "cookies"])
def test_other_keys(key: str) -> None:
    """localstack/localstack, test_aws_proxy_response_payload_format_validation, validated on AWS; cookies:
    rails-lambda/lamby#78."""
    answer = read({"statusCode": 200, key: "x"}, REST_API)
    assert isinstance(answer, Malformed)
    assert f"the key {key}" in answer.reason
    assert isinstance(read({"statusCode": 200, key: "x"}, HTTP_API), Response)


def test_base64_is_decoded_where_the_product_says_so() -> None:
    value = {"statusCode": 200, "body": "AQID", "isBase64Encoded": True}
    decoded, kept = read(value), read(value, decodes=False)
    assert isinstance(decoded, Response)
    assert isinstance(kept, Response)
    assert (decoded.body, kept.body) == (b"\x01\x02\x03", b"AQID")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param("hi", "returned a string (hi)", id="string"),
        pytest.param([200], "returned an array", id="array"),
        pytest.param(None, "returned null", id="null"),
        pytest.param({"statusCode": 0}, "statusCode 0", id="status"),
        pytest.param({"statusCode": 200, "headers": "x"}, "headers as a string", id="headers"),
        pytest.param({"statusCode": 200, "multiValueHeaders": []}, "multiValueHeaders as an array", id="multi"),
        pytest.param(
            {"statusCode": 200, "multiValueHeaders": {"a": "x"}}, "multiValueHeaders.a", id="multi-not-a-list"
        ),
        pytest.param({"statusCode": 200, "multiValueHeaders": {"a": [None]}}, "header a as null", id="multi-null"),
        pytest.param({"statusCode": 200, "body": [1]}, "an array ([1])", id="body"),
    ],
)
def test_malformed(value: Any, words: str) -> None:
    for rules in (HTTP_API, REST_API):
        answer = read(value, rules)
        assert isinstance(answer, Malformed)
        assert words in answer.reason


def test_what_is_not_json_is_malformed() -> None:
    assert isinstance(read_response(b"{", HTTP_API, decodes_base64=True), Malformed)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(REST_API.known_keys or ())), json_values | st.just(200)))
def test_no_payload_breaks_it(fields: dict[str, Any]) -> None:
    for rules in (HTTP_API, REST_API):
        answer = read(fields, rules)
        if isinstance(answer, Response):
            assert 200 <= answer.status <= 599
            "".join(f"{name}{value}" for name, value in answer.headers).encode("latin-1")
