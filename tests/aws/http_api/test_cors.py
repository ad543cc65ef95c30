"""An HTTP API's overlay. Source: AWS, Configuring CORS for HTTP APIs in API Gateway, and recordings of live APIs."""

from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.cors import prepare
from emulator.messages import Headers, Request, Response

APP = "https://app.example"
LISTED = CorsConfiguration(
    allow_origins=("https://other.example", APP),
    allow_methods=("POST", "get", "OPTIONS"),
    allow_headers=("X-Token", "Content-Type"),
    expose_headers=("X-Total", "X-Next"),
    allow_credentials=True,
    max_age=600,
)


def preflight(origin: str = APP) -> Request:
    headers = (("Origin", origin), ("Access-Control-Request-Method", "DELETE"))
    return Request("OPTIONS", "/", headers=headers)


def actual(origin: str | None = APP, method: str = "GET") -> Request:
    return Request(method, "/", headers=() if origin is None else (("Origin", origin),))


def overlaid(cors: CorsConfiguration, request: Request, headers: Headers = ()) -> Headers:
    return prepare(cors).overlay(request, Response(200, headers)).headers


def test_preflight_headers_are_the_whole_sorted_lists() -> None:
    """Recorded from AWS: upper-case methods, lower-case headers, comma without space, whatever was asked for; never
    expose-headers (aws/serverless-application-model#2478)."""
    assert overlaid(LISTED, preflight()) == (
        ("access-control-allow-origin", APP),
        ("access-control-allow-methods", "GET,OPTIONS,POST"),
        ("access-control-allow-headers", "content-type,x-token"),
        ("access-control-allow-credentials", "true"),
        ("access-control-max-age", "600"),
    )


def test_preflight_headers_only_where_configured() -> None:
    assert overlaid(CorsConfiguration(allow_origins=(APP,)), preflight()) == (("access-control-allow-origin", APP),)


def test_wildcards_are_printed_literally() -> None:
    """Methods and headers: uncertain."""
    cors = CorsConfiguration(("*",), ("*",), ("*",), ("*",), max_age=0)
    assert overlaid(cors, preflight()) == (
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "*"),
        ("access-control-allow-headers", "*"),
        ("access-control-max-age", "0"),
    )
    assert overlaid(cors, actual()) == (("access-control-allow-origin", "*"), ("access-control-expose-headers", "*"))


def test_actual_headers_with_vary_for_an_echoed_origin() -> None:
    assert overlaid(LISTED, actual()) == (
        ("access-control-allow-origin", APP),
        ("access-control-allow-credentials", "true"),
        ("access-control-expose-headers", "x-next,x-total"),
        ("vary", "origin"),
    )


@pytest.mark.parametrize("request_", [actual("https://evil.example"), preflight("https://evil.example"), actual(None)])
def test_no_cors_headers_for_a_foreign_origin_or_none(request_: Request) -> None:
    assert overlaid(LISTED, request_) == ()


@pytest.mark.parametrize(
    ("configured", "origin", "allowed"),
    [
        pytest.param("https://*", "https://any.example", "https://any.example", id="any-https"),
        pytest.param("https://*", "http://any.example", None, id="any-https-not-http"),
        pytest.param("http://*", "http://any.example:81", "http://any.example:81", id="any-http"),
        pytest.param("http://*", "https://any.example", None, id="any-http-not-https"),
        pytest.param("https://App.Example", APP, APP, id="configured-case-does-not-count"),
        pytest.param(APP, "https://APP.example", None, id="sent-case-counts"),
        pytest.param(f"{APP}/", APP, None, id="trailing-slash-never-matches"),
        pytest.param(APP, f"{APP}:443", None, id="port-counts"),
        pytest.param(APP, "null", None, id="null"),
        pytest.param("*", "null", "*", id="null-for-any"),
    ],
)
def test_allow_origin(configured: str, origin: str, allowed: str | None) -> None:
    """The table of allowOrigins; case: hashicorp/terraform-provider-aws keeps these lists case-insensitive."""
    assert prepare(CorsConfiguration(allow_origins=(configured,))).allow_origin(origin) == allowed


def test_the_functions_cors_headers_are_ignored() -> None:
    """ "API Gateway ignores CORS headers returned from your backend integration"; uncertain without Origin."""
    own = (
        ("content-type", "a/b"),
        ("Access-Control-Allow-Origin", "https://wrong.example"),
        ("access-control-max-age", "5"),
    )
    assert overlaid(LISTED, actual(None), own) == (("content-type", "a/b"),)
    assert overlaid(LISTED, actual(), own)[:2] == (("content-type", "a/b"), ("access-control-allow-origin", APP))


def test_status_and_body_of_an_integration_stay() -> None:
    """arpadt.com, CORS in HTTP API: a 401 to a preflight reaches the browser as 401."""
    answer = prepare(LISTED).overlay(preflight(), Response(401, body=b"no"))
    assert (answer.status, answer.body) == (401, b"no")
    assert answer.header("access-control-allow-methods") == "GET,OPTIONS,POST"


def test_options_without_a_requested_method_is_no_preflight() -> None:
    assert dict(overlaid(LISTED, actual(method="OPTIONS"))).keys() == dict(overlaid(LISTED, actual())).keys()


def test_negative_max_age_is_sent() -> None:
    assert dict(overlaid(replace(LISTED, max_age=-1), preflight()))["access-control-max-age"] == "-1"
