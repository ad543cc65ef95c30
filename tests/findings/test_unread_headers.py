"""What a page cannot read and may want; and what nobody misses."""

from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.findings.finding import Case
from emulator.findings.unread_headers import unread_headers
from emulator.messages import Request
from findings.examples import PAGE, RAISED, REST, WITH_CORS, answers, call, preflight
from serving.exchanges import exchanged

EXPOSE = "Access-Control-Expose-Headers"
EXPOSING = replace(WITH_CORS, cors=CorsConfiguration((PAGE,), expose_headers=("x-total",)))


def unread(request: Request, status: int = 200, **headers: str) -> list[str]:
    exchange = exchanged(REST, request, answers(status, acao=PAGE, **headers))
    case = Case(exchange, judge(exchange.request, exchange.response, Credentials.OMIT))
    return [name for name, _ in unread_headers(case)]


@pytest.mark.parametrize(
    "name",
    ["X-Total-Count", "Link", "Content-Range", "Content-Disposition", "Retry-After", "X-RateLimit-Remaining", "X-A"],
)
def test_a_page_may_want(name: str) -> None:
    assert unread(call(path="/dev/x"), **{name: "1"}) == [name]


NOISE = """
Content-Type Cache-Control Last-Modified Set-Cookie Vary Server X-Powered-By X-Request-Id X-Amzn-Trace-Id traceparent
Strict-Transport-Security X-Content-Type-Options X-Frame-Options Content-Security-Policy-Report-Only Location
Cross-Origin-Opener-Policy Accept-Ranges Server-Timing Access-Control-Allow-Methods Acces-Control-Allow-Headers
"""


@pytest.mark.parametrize("name", NOISE.split())
def test_nobody_misses(name: str) -> None:
    assert unread(call(path="/dev/x"), **{name: "1"}) == []


@pytest.mark.parametrize(
    ("status", "name", "value", "expected"),
    [
        pytest.param(201, "Location", "/x/1", ["Location"], id="what-was-made"),
        pytest.param(200, "ETag", '"1"', ["ETag"], id="for-if-match"),
        pytest.param(200, "ETag", 'W/"1"', [], id="for-caches"),
        pytest.param(200, EXPOSE, "x-a", [], id="itself"),
    ],
)
def test_some_depend(status: int, name: str, value: str, expected: list[str]) -> None:
    assert unread(call(path="/dev/x"), status, **{name: value}) == expected


def test_nobody_reads_the_headers_of_what_an_element_loads() -> None:
    assert unread(call(path="/dev/x", Sec_Fetch_Dest="image"), **{"x-a": "1"}) == []


def test_only_of_an_answer_that_the_page_gets() -> None:
    assert unread(call(path="/dev/x", origin="http://a.test"), **{"x-a": "1"}) == []
    assert unread(preflight("GET", "/dev/y"), 204, **{"x-a": "1"}) == []
    raised = exchanged(EXPOSING, call(path="/items"), RAISED)
    assert unread_headers(Case(raised, judge(raised.request, raised.response, Credentials.OMIT))) == ()


def test_what_a_gateway_ignores_is_told_elsewhere() -> None:
    exchange = exchanged(
        EXPOSING, call(path="/items"), answers(**{EXPOSE: "x-a", "x-a": "1", "x-b": "2", "X-Total": "3"})
    )
    case = Case(exchange, judge(exchange.request, exchange.response, Credentials.OMIT))
    assert unread_headers(case) == (("x-b", "2"),)
