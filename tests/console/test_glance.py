"""The word, the colour and the end of a request's line, for every way an exchange can end."""

import dataclasses

import pytest

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.browser.modes import ResponseType
from emulator.browser.verdict import (
    Allowed,
    Blocked,
    ConsoleTexts,
    CorsErrorName,
    NetworkError,
    NetworkErrorName,
)
from emulator.console.glance import LEAST, glance_of, shortened, tail
from emulator.exchange import Exchange
from emulator.findings.finding import NOTHING, Finding, Review, Severity
from emulator.messages import Response
from products import a_route
from serving.exchanges import answers, call, exchanged, preflight

API = HttpApi("shop", "abcdef1234", (a_route("ANY /x", "items"),))
GET = exchanged(API, call(), answers())
OPTIONS = exchanged(API, preflight("PUT"), answers(204))
TEXTS = ConsoleTexts("c", "f", "s")
ALLOWED = Allowed(ResponseType.CORS, 200)


def found(severity: Severity, layer: Layer = Layer.GATEWAY) -> tuple[Finding, ...]:
    return (Finding("name", severity, layer, "message"),)


def with_status(status: int, exchange: Exchange = GET) -> Exchange:
    return dataclasses.replace(exchange, response=Response(status))


def blocked(error: CorsErrorName) -> Blocked:
    return Blocked(error, TEXTS)


MISSING, BY_PREFLIGHT = CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER, CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE
UNDECODED = NetworkError(NetworkErrorName.CONTENT_DECODING_FAILED, "not gzip", TEXTS)
DEPENDS = Review(ALLOWED, (), blocked(MISSING), Layer.FUNCTION)
SEEN = [
    pytest.param(GET, NOTHING, "ok", "green", "items, 0.0 ms", id="no-page"),
    pytest.param(GET, Review(ALLOWED), "ok", "green", "items, 0.0 ms", id="allowed"),
    pytest.param(OPTIONS, Review(ALLOWED), "ok", "green", "items, 0.0 ms, preflight", id="preflight"),
    pytest.param(GET, Review(blocked(MISSING), found(Severity.ERROR)), "BLOCKED", "red", "gateway", id="blocked"),
    pytest.param(GET, Review(blocked(MISSING)), "BLOCKED", "red", "browser", id="blocked-by-the-browser"),
    pytest.param(
        GET, Review(blocked(MISSING), found(Severity.ERROR, Layer.FUNCTION)), "BLOCKED", "red", "function items",
        id="blocked-for-a-function",
    ),
    pytest.param(
        GET, Review(blocked(BY_PREFLIGHT), found(Severity.ERROR)), "BLOCKED", "red", "preflight, gateway",
        id="blocked-by-an-unsent-preflight",
    ),
    pytest.param(
        OPTIONS, Review(blocked(MISSING), found(Severity.ERROR)), "BLOCKED", "red", "preflight, gateway",
        id="blocked-preflight",
    ),
    pytest.param(GET, Review(UNDECODED, found(Severity.ERROR)), "UNREADABLE", "red", "gateway", id="unreadable"),
    pytest.param(with_status(500), Review(ALLOWED), "FAILED", "red", "items, 0.0 ms", id="server-error"),
    pytest.param(GET, Review(None, found(Severity.ERROR)), "ERROR", "red", "gateway", id="error-of-any-client"),
    pytest.param(
        GET, DEPENDS, "depends", "yellow", "blocked with credentials, function items, MissingAllowOriginHeader",
        id="depends-on-credentials",
    ),
    pytest.param(with_status(404), NOTHING, "refused", "yellow", "items, 0.0 ms", id="client-error"),
    pytest.param(GET, Review(None, found(Severity.WARNING)), "warning", "yellow", "gateway", id="warning"),
    pytest.param(GET, Review(None, found(Severity.NOTE)), "ok", "green", "items, 0.0 ms", id="note"),
]  # fmt: skip


@pytest.mark.parametrize(("exchange", "review", "word", "colour", "end"), SEEN)
def test_at_a_glance(exchange: Exchange, review: Review, word: str, colour: str, end: str) -> None:
    glance = glance_of(exchange, review)
    assert (glance.word, glance.colour) == (word, colour)
    timeless = dataclasses.replace(exchange, times=type(exchange.times)())
    assert tail(glance, timeless) == end
    assert glance.is_well is (word == "ok")
    assert glance.is_trouble is (colour == "red")


def test_where_there_is_little_room() -> None:
    timeless = dataclasses.replace(GET, times=type(GET.times)())
    assert tail(glance_of(GET, NOTHING), timeless, is_short=True) == "0.0 ms"
    assert tail(glance_of(GET, DEPENDS), GET, is_short=True) == "blocked with credentials, function items"
    shown = glance_of(OPTIONS, Review(blocked(MISSING), found(Severity.ERROR)))
    assert tail(shown, OPTIONS, is_short=True) == "gateway"


def test_a_request_after_its_preflight() -> None:
    timeless = dataclasses.replace(GET, times=type(GET.times)())
    assert tail(glance_of(GET, NOTHING), timeless, follows_preflight=True) == "items, 0.0 ms, after its preflight"


SHORTENED = [
    ("/short", 20, "/short"),
    ("/abcdefghijklmnop", 17, "/abcdefghijklmnop"),
    ("/abcdefghijklmnop", 16, "/abcdef…ijklmnop"),
    ("/abcdefghijklmnop", 3, "/abcd…klmnop"),
]


@pytest.mark.parametrize(("text", "room", "shown"), SHORTENED)
def test_the_middle_is_cut_out(text: str, room: int, shown: str) -> None:
    assert shortened(text, room) == shown
    assert len(shown) <= max(room, LEAST)
