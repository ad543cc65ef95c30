"""The events of an HTTP API: a golden one for each format, and one test a rule."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from emulator.aws.api_mapping import ApiMapping
from emulator.aws.http_api.event import flat, with_authorizer
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Route
from emulator.messages import Request
from lambda_events import CLIENTS_TRACE, FRESH_ROOT, any_request, call_of, event_of, recorded
from products import STAMP, a_route


def api(version: str = "2.0", stage: str = "$default", **fields: Any) -> HttpApi:
    routes = tuple(a_route(key, version=version) for key in ("ANY /capture/{proxy+}", "$default"))
    return HttpApi("shop", "abc123", routes, stage, **fields)


@pytest.mark.parametrize("version", ["2.0", "1.0"])
def test_golden(version: str, golden: Callable[[str], Any]) -> None:
    """2.0: hotsock/voker, apigwv2-request.json, and aws/aws-lambda-dotnet, V2_SimpleGetRequest; 1.0:
    aws/aws-lambda-dotnet, V1_SimpleGetRequestHttpV1 and V1_SpecialCharactersInPathHttpV1. Host, proto and port are
    those of a local server."""
    gateway = api(version, stage_variables=(("table", "orders"),))
    built = event_of(gateway, recorded("/capture/space%20value", 3000))
    expected = golden(f"http_api_{version.replace('.', '_')}")
    assert built == expected
    assert [list(built), list(built["headers"])] == [list(expected), list(expected["headers"])]


def test_a_bare_get_2_0() -> None:
    """Recorded from AWS: content-length "0" even on GET, userAgent "" when there is none, empty keys left out."""
    built = event_of(api(), Request("GET", "/"))
    assert built["headers"] == {
        "content-length": "0",
        "x-amzn-trace-id": FRESH_ROOT,
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-port": "80",
        "x-forwarded-proto": "http",
    }
    assert built["requestContext"]["http"]["userAgent"] == ""
    assert not built.keys() & {"cookies", "queryStringParameters", "pathParameters", "body", "stageVariables"}


def test_a_bare_get_1_0() -> None:
    """aws/aws-lambda-dotnet, V1_SpecialCharactersInPathHttpV1: userAgent ""."""
    built = event_of(api("1.0"), Request("GET", "/"))
    nulls = [name for name, value in built.items() if value is None]
    assert nulls == [
        "queryStringParameters",
        "multiValueQueryStringParameters",
        "pathParameters",
        "stageVariables",
        "body",
    ]
    assert built["resource"] == "$default"
    assert built["requestContext"]["identity"]["userAgent"] == ""


def test_a_named_stage_stays_in_the_paths() -> None:
    """aws-powertools/powertools-lambda-python#621; glassechidna/serverlessish#4 (1.0). Parameters exclude it."""
    request = Request("GET", "/dev/capture/a%20b")
    built = event_of(api(stage="dev"), request)
    assert (built["rawPath"], built["requestContext"]["http"]["path"]) == ("/dev/capture/a b", "/dev/capture/a b")
    assert (built["pathParameters"], built["requestContext"]["stage"]) == ({"proxy": "a b"}, "dev")
    older = event_of(api("1.0", "dev"), request)
    assert (older["path"], older["requestContext"]["path"]) == ("/dev/capture/a%20b", "/dev/capture/a b")
    assert older["resource"] == "/capture/{proxy+}"


@pytest.mark.parametrize("key", ["", "shop/v1"])
def test_through_a_custom_domain_name(key: str) -> None:
    """Format 1.0 has the base path in its `path`, 2.0 has it nowhere (AWS: Create AWS Lambda proxy integrations for
    HTTP APIs); that the stage is in neither is uncertain."""
    mapping, base = ApiMapping("api.example.com", key), f"/{key}" if key else ""
    request = Request("GET", f"{base}/capture/a%20b", headers=(("Host", "localhost:3005"),))
    built = event_of(api(stage="dev", mapping=mapping), request)
    context = built["requestContext"]
    assert (built["rawPath"], context["http"]["path"], context["stage"]) == ("/capture/a b", "/capture/a b", "dev")
    assert (context["domainName"], context["domainPrefix"]) == ("api.example.com", "api")
    assert built["headers"]["host"] == "localhost:3005"
    older = event_of(api("1.0", "dev", mapping=mapping), request)
    assert (older["path"], older["requestContext"]["path"]) == (f"{base}/capture/a%20b", f"{base}/capture/a b")
    assert (older["requestContext"]["domainName"], older["resource"]) == ("api.example.com", "/capture/{proxy+}")


def test_the_base_path_itself() -> None:
    gateway = api("1.0", mapping=ApiMapping("api.example.com", "shop"))
    seen = [event_of(gateway, Request("GET", path))["requestContext"]["path"] for path in ("/shop", "/shop/")]
    assert seen == ["/shop", "/shop/"]


def test_names_of_headers_1_0() -> None:
    """glassechidna/serverlessish#4: the gateway's own list canonical, the rest as sent; a browser's in lower case."""
    sent = (("ACCEPT", "a/b"), ("COOKIE", "a=1"), ("content-type", "a/b"), ("X-Probe", "1"))
    names = set(event_of(api("1.0"), Request("GET", "/", headers=sent))["headers"])
    added = {"Content-Length", "X-Amzn-Trace-Id", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto"}
    assert names - added == {"ACCEPT", "Cookie", "Content-Type", "X-Probe"}
    browser = (*sent, ("Origin", "https://a.example"), ("Sec-Fetch-Site", "cross-site"))
    names = set(event_of(api("1.0"), Request("GET", "/", headers=browser))["headers"])
    assert names - added == {"accept", "Cookie", "Content-Type", "x-probe", "origin", "sec-fetch-site"}


@pytest.mark.parametrize("version", ["2.0", "1.0"])
def test_a_clients_trace_is_not_continued(version: str) -> None:
    """Uncertain on AWS."""
    sent = Request("GET", "/", headers=(("X-Amzn-Trace-Id", CLIENTS_TRACE),))
    headers = {name.lower(): value for name, value in event_of(api(version), sent)["headers"].items()}
    assert headers["x-amzn-trace-id"] == FRESH_ROOT
    assert call_of(api(version), sent).trace_id == f"{FRESH_ROOT};Parent=7c2af7db31f342b5;Sampled=0"


@pytest.mark.parametrize("version", ["2.0", "1.0"])
def test_form_bodies_are_base64(version: str) -> None:
    """ministackorg/ministack#766, verified against AWS."""
    headers = (("content-type", "application/x-www-form-urlencoded"),)
    built = event_of(api(version), Request("POST", "/", headers=headers, body=b"a=1"))
    assert (built["body"], built["isBase64Encoded"]) == ("YT0x", True)


@given(any_request())
def test_any_request_makes_an_event(request: Request) -> None:
    for version in ("1.0", "2.0"):
        gateway = api(version)
        if isinstance(gateway.select_route(request, STAMP), Route):
            assert event_of(gateway, request)["version"] == version


def test_what_an_authorizer_says_of_the_caller() -> None:
    """AWS: Create AWS Lambda proxy integrations for HTTP APIs, the samples of both formats."""
    said = {"claims": {"sub": "ann"}, "scopes": None}
    context = {"accountId": "1", "apiId": "a", "domainName": "h"}
    assert [*with_authorizer(context, {"jwt": said}).items()][2] == ("authorizer", {"jwt": said})
    assert (flat({"jwt": said}), flat(None)) == (said, None)
    assert with_authorizer(context, None) is context
