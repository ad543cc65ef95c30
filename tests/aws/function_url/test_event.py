"""The event of a function URL: a golden one, and one test a rule."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.messages import Request
from lambda_events import CLIENTS_TRACE, FRESH_ROOT, any_request, call_of, event_of, recorded

URL = FunctionUrl("upload", "urlid", "f")


def test_golden(golden: Callable[[str], Any]) -> None:
    """hotsock/voker, functionurl-request.json, captured from AWS: the cookie twice, rawPath encoded beside a decoded
    http.path, x-amzn-tls headers. Host, proto and port are a local server's."""
    built = event_of(URL, recorded("/capture/space%20value", 3002))
    expected = golden("function_url")
    assert built == expected
    assert list(built) == list(expected)


def test_a_bare_get() -> None:
    """userAgent is null when absent, and empty keys are left out."""
    built = event_of(URL, Request("GET", "/"))
    assert list(built) == [
        "version",
        "routeKey",
        "rawPath",
        "rawQueryString",
        "headers",
        "requestContext",
        "isBase64Encoded",
    ]
    assert built["requestContext"]["http"]["userAgent"] is None
    assert "content-length" not in built["headers"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [("text/plain", ("hi", False)), ("multipart/form-data; boundary=x", ("aGk=", True))],
)
def test_bodies(content_type: str, body: tuple[str, bool]) -> None:
    """localstack/localstack, test_lambda_url_echo_invoke, test_lambda_url_form_payload, validated on AWS."""
    built = event_of(URL, Request("POST", "/", headers=(("Content-Type", content_type),), body=b"hi"))
    assert (built["body"], built["isBase64Encoded"], built["headers"]["content-length"]) == (*body, "2")


def test_a_clients_trace_is_not_continued() -> None:
    """Uncertain on AWS."""
    request = Request("GET", "/", headers=(("x-amzn-trace-id", CLIENTS_TRACE),))
    assert event_of(URL, request)["headers"]["x-amzn-trace-id"] == FRESH_ROOT
    assert call_of(URL, request).trace_id == f"{FRESH_ROOT};Parent=7c2af7db31f342b5;Sampled=0"


@given(any_request())
def test_any_request_makes_an_event(request: Request) -> None:
    assert event_of(URL, request)["rawPath"] == request.raw_path
