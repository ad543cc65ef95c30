"""The events of a REST API: a golden one, and one test a rule."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.integrations import LambdaCall, LambdaProxy
from emulator.aws.product import Route, Stamp
from emulator.aws.rest_api.rest_api import Method, RestApi
from emulator.messages import Headers, Request
from products import STAMP

QUERY = "repeat=one&repeat=two&to=https%3A%2F%2Fexample.com%2Fa&literalPlus=a+b&encodedPlus=a%2Bb&empty="
RECORDED = Request(
    "POST",
    "/live/capture/space%20value",
    QUERY,
    headers=(
        ("Host", "127.0.0.1:3001"),
        ("user-agent", "curl/8.7.1"),
        ("accept", "*/*"),
        ("cookie", "session=abc123; theme=dark"),
        ("content-type", "application/json"),
        ("X-Probe", "first"),
        ("X-Probe", "second"),
        ("Connection", "keep-alive"),
        ("Content-Length", "12"),
    ),
    body='{"of": "λ"}'.encode(),
    scheme="http",
    port=3001,
    source_ip="203.0.113.7",
)


def event(request: Request, stamp: Stamp, **api: Any) -> Any:
    return json.loads(call(request, stamp, **api).event)


def call(request: Request, stamp: Stamp, **api: Any) -> LambdaCall:
    methods = tuple(Method("ANY", path, LambdaProxy("f", "1.0")) for path in ("/{proxy+}", "/"))
    gateway = RestApi("admin", "abc123", methods, "live", **api)
    route = gateway.select_route(request, stamp)
    assert isinstance(route, Route)
    made = gateway.integrate(request, route, stamp)
    assert isinstance(made, LambdaCall)
    return made


def event_headers(stamp: Stamp, *headers: tuple[str, str]) -> dict[str, str]:
    """Of a request with these headers, without those the gateway adds."""
    built: dict[str, str] = event(Request("GET", "/live/", headers=headers), stamp)["headers"]
    return {name: value for name, value in built.items() if not name.startswith(("X-Forwarded", "X-Amzn"))}


def test_golden(stamp: Stamp, golden: Callable[[str], Any]) -> None:
    """hotsock/voker, apigwv1-request.json, captured from AWS; nulls: localstack/localstack,
    test_lambda_aws_proxy_integration. Host, proto and port are a local server's; generated ids are left out."""
    built = event(RECORDED, stamp, stage_variables=(("table", "orders"),))
    generated = {name: built["requestContext"].pop(name) for name in ("deploymentId", "resourceId")}
    assert all(len(text) == 6 for text in generated.values())
    assert built == golden("rest_api")


def test_a_bare_get(stamp: Stamp) -> None:
    """localstack/localstack, test_lambda_aws_proxy_integration, validated on AWS; userAgent null:
    aws/aws-lambda-dotnet, V1_UrlEncodedQueryStringRest."""
    built = event(Request("GET", "/live"), stamp)
    assert [name for name, value in built.items() if value is None] == [
        "queryStringParameters",
        "multiValueQueryStringParameters",
        "pathParameters",
        "stageVariables",
        "body",
    ]
    assert (built["path"], built["requestContext"]["path"]) == ("/", "/live")
    assert built["requestContext"]["identity"]["userAgent"] is None
    assert set(built["headers"]) == {"X-Amzn-Trace-Id", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto"}


@pytest.mark.parametrize(
    ("sent", "path", "context_path", "proxy"),
    [
        ("/live/test%2Balias@gmail.com", "/test%2Balias@gmail.com", "/live/test%2Balias@gmail.com",
         "test%2Balias@gmail.com"),
        ("/live/proxy-value/", "/proxy-value/", "/live/proxy-value/", "proxy-value"),
        ("/live//proxy-value", "/proxy-value", "/live//proxy-value", "proxy-value"),
        ("/live/a//b", "/a//b", "/live/a//b", "a//b"),
    ],
)  # fmt: skip
def test_paths(sent: str, path: str, context_path: str, proxy: str, stamp: Stamp) -> None:
    """localstack/localstack, test_lambda_aws_proxy_integration, validated on AWS."""
    built = event(Request("GET", sent), stamp)
    assert built["path"] == path
    assert built["requestContext"]["path"] == context_path
    assert built["pathParameters"] == {"proxy": proxy}


def test_names_are_as_sent_but_for_those_aws_rewrites(stamp: Stamp) -> None:
    """localstack/localstack, test_lambda_aws_proxy_integration, validated on AWS."""
    sent = (
        ("tEsT-HEADeR", "1"),
        ("aUThorization", "Bearer x"),
        ("user-Agent", "curl"),
        ("ORIGIN", "https://a.example"),
    )
    assert event_headers(stamp, *sent) == {
        "tEsT-HEADeR": "1",
        "Authorization": "Bearer x",
        "User-Agent": "curl",
        "ORIGIN": "https://a.example",
    }


@pytest.mark.parametrize(
    "browser",
    [("Sec-Fetch-Site", "cross-site"), ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)")],
)
def test_a_browsers_names_are_lower_case(browser: tuple[str, str], stamp: Stamp) -> None:
    """RFC 9113, 8.2: browsers speak HTTP/2 to AWS, so `headers["Origin"]` fails there."""
    sent = (browser, ("Host", "h"), ("Origin", "https://a.example"), ("Authorization", "Bearer x"), ("X-Total", "1"))
    names = set(event_headers(stamp, *sent)) - {"sec-fetch-site", "User-Agent"}
    assert names == {"Host", "origin", "Authorization", "x-total"}


REMOVED = (
    "Connection", "Content-Length", "Content-MD5", "Expect", "Max-Forwards", "Proxy-Authenticate", "Server", "TE",
    "Trailer", "Transfer-Encoding", "Upgrade", "WWW-Authenticate",
)  # fmt: skip
KEPT = ("Accept", "Age", "Content-Encoding", "Content-Type", "Date", "Pragma", "Range", "Referer", "Via", "Warn")


def test_headers_that_do_not_reach_the_function(stamp: Stamp) -> None:
    """localstack/localstack, test_apigateway_header_remapping_aws[AWS_PROXY], validated on AWS; the override and the
    signature: AWS, Amazon API Gateway important notes."""
    sent: Headers = tuple((name, "x") for name in (*REMOVED, *KEPT))
    override = ("X-HTTP-Method-Override", "GET")
    assert tuple(event_headers(stamp, *sent, override)) == KEPT
    signature = ("Authorization", "AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=y")
    assert event_headers(stamp, signature) == {}


def test_method_override_is_the_events_method(stamp: Stamp) -> None:
    """AWS: Amazon API Gateway important notes."""
    built = event(Request("POST", "/live/", headers=(("X-HTTP-Method-Override", "PATCH"),)), stamp)
    assert (built["httpMethod"], built["requestContext"]["httpMethod"]) == ("PATCH", "PATCH")


def test_a_semicolon_splits_the_query(stamp: Stamp) -> None:
    """AWS: Amazon API Gateway important notes."""
    assert event(Request("GET", "/live/", "a=1;b=2"), stamp)["queryStringParameters"] == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("binary", "content_type", "body"),
    [
        pytest.param(("image/*",), "image/png", ("AQL/", True), id="binary"),
        pytest.param(("image/*",), "text/plain", ("\x01\x02\ufffd", False), id="text-with-bad-bytes-replaced"),
        pytest.param(("*/*",), None, ("AQL/", True), id="everything"),
        pytest.param((), "multipart/form-data; boundary=x", ("\x01\x02\ufffd", False), id="none-configured"),
    ],
)
def test_binary_request_bodies(
    binary: tuple[str, ...], content_type: str | None, body: tuple[str, bool], stamp: Stamp
) -> None:
    """ministackorg/ministack, verified against AWS; AWS: Content type conversions in API Gateway."""
    headers = () if content_type is None else (("Content-Type", content_type),)
    request = Request("POST", "/live/", headers=headers, body=b"\x01\x02\xff")
    built = event(request, stamp, binary_media_types=binary)
    assert (built["body"], built["isBase64Encoded"]) == body


def test_a_clients_trace_goes_on(stamp: Stamp) -> None:
    """localstack/localstack, test_invocation_trace_id, validated on AWS."""
    sent = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1"
    request = Request("GET", "/live/", headers=(("x-amzn-trace-id", sent),))
    assert event(request, stamp)["headers"]["X-Amzn-Trace-Id"] == sent
    assert call(request, stamp).trace_id == sent


def test_generated_ids_are_stable(stamp: Stamp) -> None:
    """resourceId has 6 characters, and is one resource's own."""
    ids = [
        event(Request("GET", path), stamp)["requestContext"]["resourceId"] for path in ("/live/a", "/live/b", "/live")
    ]
    assert ids[0] == ids[1] != ids[2]
    assert len(ids[0]) == 6


wire = st.binary(max_size=20).map(lambda raw: raw.decode("latin-1"))
names = st.sampled_from(["a", "Cookie", "Host", "X-HTTP-Method-Override", "Authorization", "X-Amzn-Trace-Id"])


@given(wire, wire, st.lists(st.tuples(names, wire)), st.binary())
def test_any_request_makes_an_event(path: str, query: str, headers: list[tuple[str, str]], body: bytes) -> None:
    gateway = RestApi("admin", "abc123", (Method("ANY", "/{proxy+}", LambdaProxy("f", "1.0")),), "live")
    request = Request("GET", f"/live/{path}", query, tuple(headers), body)
    route = gateway.select_route(request, STAMP)
    if isinstance(route, Route):
        made = gateway.integrate(request, route, STAMP)
        assert isinstance(made, LambdaCall)
        assert json.loads(made.event)["resource"] == "/{proxy+}"
