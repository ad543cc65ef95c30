"""Dev origins stand in for production origins: tables of what goes in and what comes out."""

import pytest

from emulator.deployment import Frontend
from emulator.frontends import NO_STAND_INS, as_for_dev, as_from_production, stand_ins
from emulator.messages import Headers, Request, Response

SHOP, ADMIN = "https://shop.example.com", "https://admin.example.com:8443"
VITE, PREVIEW, NEXT = "http://localhost:5173", "http://127.0.0.1:4173", "http://localhost:3001"
FRONTENDS = (
    Frontend(SHOP, dev=(VITE, PREVIEW)),
    Frontend("https://other.example.com"),
    Frontend(ADMIN, dev=(NEXT,)),
)
STAND_INS = stand_ins(FRONTENDS)


def asked(*headers: tuple[str, str], host: str = "localhost:3000") -> Request:
    return Request("GET", "/items", headers=(("Host", host), *headers), port=3000)


def test_each_dev_origin_stands_in_for_the_origin_of_its_frontend() -> None:
    assert STAND_INS == {VITE: SHOP, PREVIEW: SHOP, NEXT: ADMIN}


@pytest.mark.parametrize(
    ("sent", "met", "dev_origin"),
    [
        pytest.param([("Origin", VITE)], [("Origin", SHOP)], VITE, id="origin"),
        pytest.param([("origin", PREVIEW)], [("origin", SHOP)], PREVIEW, id="second-dev-origin"),
        pytest.param([("Origin", NEXT)], [("Origin", ADMIN)], NEXT, id="second-frontend"),
        pytest.param(
            [("Origin", VITE), ("Referer", f"{VITE}/cart?a=b")],
            [("Origin", SHOP), ("Referer", f"{SHOP}/cart?a=b")],
            VITE,
            id="referer",
        ),
        pytest.param([("referer", f"{NEXT}/")], [("referer", f"{ADMIN}/")], None, id="referer-alone"),
        pytest.param(
            [("Origin", "null"), ("Referer", f"{VITE}/")],
            [("Origin", "null"), ("Referer", f"{SHOP}/")],
            None,
            id="opaque-origin",
        ),
        pytest.param(
            [("Origin", VITE), ("Referer", "https://else.test/"), ("Cookie", f"page={VITE}"), ("X-Page", VITE)],
            [("Origin", SHOP), ("Referer", "https://else.test/"), ("Cookie", f"page={VITE}"), ("X-Page", VITE)],
            VITE,
            id="nothing-else",
        ),
        pytest.param(
            [("Sec-Fetch-Site", "same-origin"), ("Origin", VITE)],
            [("Sec-Fetch-Site", "same-origin"), ("Origin", SHOP)],
            VITE,
            id="proxy-that-rewrites-host",
        ),
    ],
)
def test_a_page_of_a_dev_origin_is_met_as_one_of_production(
    sent: list[tuple[str, str]], met: list[tuple[str, str]], dev_origin: str | None
) -> None:
    request = asked(*sent).with_body(b"{}")
    seen = as_from_production(request, STAND_INS)
    assert seen.headers == (("Host", "localhost:3000"), *met)
    assert (seen.dev_origin, seen.body, seen.raw_path, seen.port) == (dev_origin, b"{}", "/items", 3000)
    assert seen.with_body(b"more").dev_origin == dev_origin


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(asked(), id="no-page"),
        pytest.param(asked(("Origin", SHOP)), id="production"),
        pytest.param(asked(("Origin", "http://localhost:5174")), id="undeclared"),
        pytest.param(asked(("Origin", f"{VITE}/")), id="no-origin"),
        pytest.param(asked(("Origin", "HTTP://LOCALHOST:5173")), id="as-no-browser-writes-it"),
        pytest.param(asked(("Referer", "about:client")), id="referer-that-is-no-url"),
        pytest.param(asked(("Origin", VITE), ("Referer", f"{VITE}/"), host="localhost:5173"), id="of-the-api's-origin"),
    ],
)
def test_any_other_request_is_left_as_it_is(request_: Request) -> None:
    assert as_from_production(request_, STAND_INS) is request_


def test_without_dev_origins_nothing_is_looked_at() -> None:
    request = asked(("Origin", VITE))
    assert as_from_production(request, NO_STAND_INS) is request
    assert as_from_production(request, stand_ins((Frontend(SHOP),))) is request


ALLOW = "Access-Control-Allow-Origin"


@pytest.mark.parametrize(
    ("answered", "read"),
    [
        pytest.param([(ALLOW, SHOP)], [(ALLOW, VITE)], id="production"),
        pytest.param([(ALLOW.lower(), SHOP)], [(ALLOW.lower(), VITE)], id="name-in-lower-case"),
        pytest.param([(ALLOW, f" {SHOP}\t")], [(ALLOW, VITE)], id="space-that-the-wire-drops"),
        pytest.param([(ALLOW, "*")], [(ALLOW, "*")], id="any"),
        pytest.param([(ALLOW, ADMIN)], [(ALLOW, ADMIN)], id="another-origin"),
        pytest.param([(ALLOW, PREVIEW)], [(ALLOW, PREVIEW)], id="another-dev-origin"),
        pytest.param([(ALLOW, VITE)], [(ALLOW, SHOP)], id="dev-origin-by-name-would-not-help-production"),
        pytest.param([(ALLOW, f"{SHOP}/")], [(ALLOW, f"{SHOP}/")], id="slash"),
        pytest.param([(ALLOW, f"{SHOP}, {SHOP}")], [(ALLOW, f"{SHOP}, {SHOP}")], id="list"),
        pytest.param([(ALLOW, SHOP), (ALLOW, "*")], [(ALLOW, VITE), (ALLOW, "*")], id="twice"),
        pytest.param([], [], id="none"),
        pytest.param(
            [("Vary", "Origin"), ("Location", f"{SHOP}/login"), ("Set-Cookie", "a=b"), ("X-Page", SHOP)],
            [("Vary", "Origin"), ("Location", f"{SHOP}/login"), ("Set-Cookie", "a=b"), ("X-Page", SHOP)],
            id="nothing-else",
        ),
    ],
)
def test_an_answer_lets_the_dev_origin_in_where_production_s_page_would_be(
    answered: list[tuple[str, str]], read: list[tuple[str, str]]
) -> None:
    request = as_from_production(asked(("Origin", VITE)), STAND_INS)
    turned = as_for_dev(Response(201, tuple(answered), b"{}"), request)
    assert turned == Response(201, tuple(read), b"{}")


@pytest.mark.parametrize(
    "headers", [(("Origin", SHOP),), (("Referer", f"{VITE}/"),), ()], ids=["production", "no-origin", "no-page"]
)
def test_an_answer_to_anybody_else_is_left_as_it_is(headers: Headers) -> None:
    response = Response(200, ((ALLOW, SHOP),))
    assert as_for_dev(response, as_from_production(asked(*headers), STAND_INS)) is response
