"""The events of an HTTP API: a golden one for each format, and one test a rule."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.http_api.http_api import ConfiguredRoute, HttpApi
from emulator.aws.integrations import LambdaCall, LambdaProxy
from emulator.aws.product import Route, Stamp
from emulator.messages import Request
from products import STAMP

QUERY = "repeat=one&repeat=two&to=https%3A%2F%2Fexample.com%2Fa&literalPlus=a+b&encodedPlus=a%2Bb&empty="
RECORDED = Request(
    "POST",
    "/capture/space%20value",
    QUERY,
    headers=(
        ("Host", "127.0.0.1:3000"),
        ("user-agent", "curl/8.7.1"),
        ("accept", "*/*"),
        ("Cookie", "session=abc123; theme=dark"),
        ("content-type", "application/json"),
        ("X-Probe", "first"),
        ("X-Probe", "second"),
        ("Connection", "keep-alive"),
        ("Content-Length", "12"),
    ),
    body='{"of": "λ"}'.encode(),
    scheme="http",
    port=3000,
    source_ip="203.0.113.7",
)


def event(request: Request, stamp: Stamp, *, version: str = "2.0", stage: str = "$default", **api: Any) -> Any:
    return json.loads(call(request, stamp, version=version, stage=stage, **api).event)


def call(request: Request, stamp: Stamp, *, version: str, stage: str = "$default", **api: Any) -> LambdaCall:
    keys = ("ANY /capture/{proxy+}", "$default")
    routes = tuple(ConfiguredRoute(key, LambdaProxy("f", version)) for key in keys)
    gateway = HttpApi("shop", "abc123", routes, stage, **api)
    route = gateway.select_route(request, stamp)
    assert isinstance(route, Route)
    made = gateway.integrate(request, route, stamp)
    assert isinstance(made, LambdaCall)
    return made


@pytest.mark.parametrize("version", ["2.0", "1.0"])
def test_golden(version: str, stamp: Stamp, golden: Callable[[str], Any]) -> None:
    """2.0: hotsock/voker, apigwv2-request.json, and aws/aws-lambda-dotnet, V2_SimpleGetRequest; 1.0:
    aws/aws-lambda-dotnet, V1_SimpleGetRequestHttpV1 and V1_SpecialCharactersInPathHttpV1. Host, proto and port are
    those of a local server."""
    built = event(RECORDED, stamp, version=version, stage_variables=(("table", "orders"),))
    expected = golden(f"http_api_{version.replace('.', '_')}")
    assert built == expected
    assert [list(built), list(built["headers"])] == [list(expected), list(expected["headers"])]


def test_a_bare_get_2_0(stamp: Stamp) -> None:
    """Recorded from AWS: content-length "0" even on GET, userAgent "" when there is none, empty keys left out."""
    built = event(Request("GET", "/"), stamp)
    assert built["headers"] == {
        "content-length": "0",
        "x-amzn-trace-id": "Root=1-6a5145a9-1bae89e2512ec92d5d9438a0",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-port": "80",
        "x-forwarded-proto": "http",
    }
    assert built["requestContext"]["http"]["userAgent"] == ""
    assert not built.keys() & {"cookies", "queryStringParameters", "pathParameters", "body", "stageVariables"}


def test_a_bare_get_1_0(stamp: Stamp) -> None:
    """aws/aws-lambda-dotnet, V1_SpecialCharactersInPathHttpV1: userAgent ""."""
    built = event(Request("GET", "/"), stamp, version="1.0")
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


def test_a_named_stage_stays_in_the_paths(stamp: Stamp) -> None:
    """aws-powertools/powertools-lambda-python#621; glassechidna/serverlessish#4 (1.0). Parameters exclude it."""
    request = Request("GET", "/dev/capture/a%20b")
    built = event(request, stamp, stage="dev")
    assert (built["rawPath"], built["requestContext"]["http"]["path"]) == ("/dev/capture/a b", "/dev/capture/a b")
    assert (built["pathParameters"], built["requestContext"]["stage"]) == ({"proxy": "a b"}, "dev")
    older = event(request, stamp, stage="dev", version="1.0")
    assert (older["path"], older["requestContext"]["path"]) == ("/dev/capture/a%20b", "/dev/capture/a b")
    assert older["resource"] == "/capture/{proxy+}"


def test_names_of_headers_1_0(stamp: Stamp) -> None:
    """glassechidna/serverlessish#4: the gateway's own list canonical, the rest as sent; a browser's in lower case."""
    sent = (("ACCEPT", "a/b"), ("COOKIE", "a=1"), ("content-type", "a/b"), ("X-Probe", "1"))
    names = set(event(Request("GET", "/", headers=sent), stamp, version="1.0")["headers"])
    added = {"Content-Length", "X-Amzn-Trace-Id", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto"}
    assert names - added == {"ACCEPT", "Cookie", "Content-Type", "X-Probe"}
    browser = (*sent, ("Origin", "https://a.example"), ("Sec-Fetch-Site", "cross-site"))
    names = set(event(Request("GET", "/", headers=browser), stamp, version="1.0")["headers"])
    assert names - added == {"accept", "Cookie", "Content-Type", "x-probe", "origin", "sec-fetch-site"}


@pytest.mark.parametrize("version", ["2.0", "1.0"])
def test_a_clients_trace_is_not_continued(version: str, stamp: Stamp) -> None:
    """Uncertain on AWS."""
    sent = Request("GET", "/", headers=(("X-Amzn-Trace-Id", "Root=1-3152b799-8954dae64eda91bc9a23a7e8"),))
    made = call(sent, stamp, version=version)
    headers = {name.lower(): value for name, value in json.loads(made.event)["headers"].items()}
    assert headers["x-amzn-trace-id"] == "Root=1-6a5145a9-1bae89e2512ec92d5d9438a0"
    assert made.trace_id == "Root=1-6a5145a9-1bae89e2512ec92d5d9438a0;Parent=7c2af7db31f342b5;Sampled=0"


@pytest.mark.parametrize("version", ["2.0", "1.0"])
def test_form_bodies_are_base64(version: str, stamp: Stamp) -> None:
    """ministackorg/ministack#766, verified against AWS."""
    headers = (("content-type", "application/x-www-form-urlencoded"),)
    built = event(Request("POST", "/", headers=headers, body=b"a=1"), stamp, version=version)
    assert (built["body"], built["isBase64Encoded"]) == ("YT0x", True)


wire = st.binary(max_size=20).map(lambda raw: raw.decode("latin-1"))


@given(wire, wire, st.lists(st.tuples(st.sampled_from(["a", "Cookie", "host", "User-Agent"]), wire)), st.binary())
def test_any_request_makes_an_event(path: str, query: str, headers: list[tuple[str, str]], body: bytes) -> None:
    request = Request("GET", f"/{path}", query, tuple(headers), body)
    for version in ("1.0", "2.0"):
        gateway = HttpApi("shop", "abc123", (ConfiguredRoute("$default", LambdaProxy("f", version)),))
        route = gateway.select_route(request, STAMP)
        if isinstance(route, Route):
            made = gateway.integrate(request, route, STAMP)
            assert isinstance(made, LambdaCall)
            assert json.loads(made.event)["version"] == version
