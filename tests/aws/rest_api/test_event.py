"""The events of a REST API: a golden one, and one test a rule."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from emulator.aws.api_mapping import ApiMapping
from emulator.aws.lambda_proxy.request_context import Stage
from emulator.aws.product import Caller, Route
from emulator.aws.rest_api.event import request_context
from emulator.aws.rest_api.rest_api import RestApi
from emulator.aws.usage_plans import ApiKey
from emulator.messages import Headers, Request
from lambda_events import CLIENTS_TRACE, any_request, call_of, event_of, recorded
from products import STAMP, a_method


def api(**fields: Any) -> RestApi:
    return RestApi("admin", "abc123", (a_method("ANY", "/{proxy+}"), a_method("ANY", "/")), "live", **fields)


def event_headers(*headers: tuple[str, str]) -> dict[str, str]:
    """Of a request with these headers, without those the gateway adds."""
    built: dict[str, str] = event_of(api(), Request("GET", "/live/", headers=headers))["headers"]
    return {name: value for name, value in built.items() if not name.startswith(("X-Forwarded", "X-Amzn"))}


def test_golden(golden: Callable[[str], Any]) -> None:
    """hotsock/voker, apigwv1-request.json, captured from AWS; nulls: localstack/localstack,
    test_lambda_aws_proxy_integration. Host, proto and port are a local server's; generated ids are left out."""
    built = event_of(api(stage_variables=(("table", "orders"),)), recorded("/live/capture/space%20value", 3001))
    generated = {name: built["requestContext"].pop(name) for name in ("deploymentId", "resourceId")}
    assert all(len(text) == 6 for text in generated.values())
    assert built == golden("rest_api")


@pytest.mark.parametrize("key", ["", "shop/v1"])
def test_through_a_custom_domain_name(key: str) -> None:
    """The base path stands in both paths, the stage in none (localstack/localstack#12296, measured on AWS)."""
    base = f"/{key}" if key else ""
    request = Request("GET", f"{base}/x%20y", headers=(("Host", "localhost:3005"),))
    built = event_of(api(mapping=ApiMapping("api.example.com", key)), request)
    context = built["requestContext"]
    assert (built["path"], context["path"]) == (f"{base}/x%20y", f"{base}/x%20y")
    assert (built["resource"], built["pathParameters"], context["stage"]) == ("/{proxy+}", {"proxy": "x%20y"}, "live")
    assert (context["domainName"], context["domainPrefix"]) == ("api.example.com", "api")
    assert built["headers"]["Host"] == "localhost:3005"


def test_a_bare_get() -> None:
    """localstack/localstack, test_lambda_aws_proxy_integration, validated on AWS; userAgent null:
    aws/aws-lambda-dotnet, V1_UrlEncodedQueryStringRest."""
    built = event_of(api(), Request("GET", "/live"))
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
def test_paths(sent: str, path: str, context_path: str, proxy: str) -> None:
    """localstack/localstack, test_lambda_aws_proxy_integration, validated on AWS."""
    built = event_of(api(), Request("GET", sent))
    assert built["path"] == path
    assert built["requestContext"]["path"] == context_path
    assert built["pathParameters"] == {"proxy": proxy}


def test_names_are_as_sent_but_for_those_aws_rewrites() -> None:
    """localstack/localstack, test_lambda_aws_proxy_integration, validated on AWS."""
    sent = (
        ("tEsT-HEADeR", "1"),
        ("aUThorization", "Bearer x"),
        ("user-Agent", "curl"),
        ("ORIGIN", "https://a.example"),
    )
    assert event_headers(*sent) == {
        "tEsT-HEADeR": "1",
        "Authorization": "Bearer x",
        "User-Agent": "curl",
        "ORIGIN": "https://a.example",
    }


@pytest.mark.parametrize(
    "browser",
    [("Sec-Fetch-Site", "cross-site"), ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)")],
)
def test_a_browsers_names_are_lower_case(browser: tuple[str, str]) -> None:
    """RFC 9113, 8.2: browsers speak HTTP/2 to AWS, so `headers["Origin"]` fails there."""
    sent = (browser, ("Host", "h"), ("Origin", "https://a.example"), ("Authorization", "Bearer x"), ("X-Total", "1"))
    names = set(event_headers(*sent)) - {"sec-fetch-site", "User-Agent"}
    assert names == {"Host", "origin", "Authorization", "x-total"}


REMOVED = (
    "Connection", "Content-Length", "Content-MD5", "Expect", "Max-Forwards", "Proxy-Authenticate", "Server", "TE",
    "Trailer", "Transfer-Encoding", "Upgrade", "WWW-Authenticate",
)  # fmt: skip
KEPT = ("Accept", "Age", "Content-Encoding", "Content-Type", "Date", "Pragma", "Range", "Referer", "Via", "Warn")


def test_headers_that_do_not_reach_the_function() -> None:
    """localstack/localstack, test_apigateway_header_remapping_aws[AWS_PROXY], validated on AWS; the override and the
    signature: AWS, Amazon API Gateway important notes."""
    sent: Headers = tuple((name, "x") for name in (*REMOVED, *KEPT))
    override = ("X-HTTP-Method-Override", "GET")
    assert tuple(event_headers(*sent, override)) == KEPT
    signature = ("Authorization", "AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=y")
    assert event_headers(signature) == {}


def test_method_override_is_the_events_method() -> None:
    """AWS: Amazon API Gateway important notes."""
    built = event_of(api(), Request("POST", "/live/", headers=(("X-HTTP-Method-Override", "PATCH"),)))
    assert (built["httpMethod"], built["requestContext"]["httpMethod"]) == ("PATCH", "PATCH")


def test_a_semicolon_splits_the_query() -> None:
    """AWS: Amazon API Gateway important notes."""
    assert event_of(api(), Request("GET", "/live/", "a=1;b=2"))["queryStringParameters"] == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("binary", "content_type", "body"),
    [
        pytest.param(("image/*",), "image/png", ("AQL/", True), id="binary"),
        pytest.param(("image/*",), "text/plain", ("\x01\x02\ufffd", False), id="text-with-bad-bytes-replaced"),
        pytest.param(("*/*",), None, ("AQL/", True), id="everything"),
        pytest.param((), "multipart/form-data; boundary=x", ("\x01\x02\ufffd", False), id="none-configured"),
    ],
)
def test_binary_request_bodies(binary: tuple[str, ...], content_type: str | None, body: tuple[str, bool]) -> None:
    """ministackorg/ministack, verified against AWS; AWS: Content type conversions in API Gateway."""
    headers = () if content_type is None else (("Content-Type", content_type),)
    request = Request("POST", "/live/", headers=headers, body=b"\x01\x02\xff")
    built = event_of(api(binary_media_types=binary), request)
    assert (built["body"], built["isBase64Encoded"]) == body


def test_a_clients_trace_goes_on() -> None:
    """localstack/localstack, test_invocation_trace_id, validated on AWS."""
    request = Request("GET", "/live/", headers=(("x-amzn-trace-id", CLIENTS_TRACE),))
    assert event_of(api(), request)["headers"]["X-Amzn-Trace-Id"] == CLIENTS_TRACE
    assert call_of(api(), request).trace_id == CLIENTS_TRACE


def test_generated_ids_are_stable() -> None:
    """resourceId has 6 characters, and is one resource's own."""
    contexts = [event_of(api(), Request("GET", path))["requestContext"] for path in ("/live/a", "/live/b", "/live")]
    ids = [context["resourceId"] for context in contexts]
    assert ids[0] == ids[1] != ids[2]
    assert len(ids[0]) == 6


@given(any_request("/live/"))
def test_any_request_makes_an_event(request: Request) -> None:
    if isinstance(api().select_route(request, STAMP), Route):
        assert event_of(api(), request)["resource"] in ("/{proxy+}", "/")


def test_an_api_key_is_named_where_one_is_required() -> None:
    """AWS: API Gateway mapping template and access logging variable reference, $context.identity."""
    request = Request("GET", "/live/x", headers=(("Host", "h"),))
    identity = request_context(request, "/x", STAMP, Stage("abc", "live"), Caller(ApiKey("n", "id1", "v1")))["identity"]
    assert (identity["apiKey"], identity["apiKeyId"]) == ("v1", "id1")
    assert "apiKey" not in request_context(request, "/x", STAMP, Stage("abc", "live"))["identity"]
