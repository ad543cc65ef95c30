"""Departures of Chromium and Firefox from the Standard that random cases brought to light (tests/differential)."""

from collections.abc import Callable
from typing import Any

import pytest

from emulator.browser.call import Call, Page
from emulator.browser.cookies import Cookie, CookieReason, parse_set_cookie
from emulator.browser.departures import Profile
from emulator.browser.modes import Credentials, Mode
from emulator.browser.profiles import CHROMIUM, FIREFOX, PROFILES, SPEC
from emulator.browser.resource_policy import is_blocked_by_resource_policy
from emulator.browser.safelist import combined
from emulator.browser.url import parse_url
from emulator.browser.user_agent import UserAgent
from emulator.browser.verdict import Allowed, Blocked
from emulator.messages import Headers, Response

Run = Callable[..., Any]
URL = "http://127.0.0.1:2/"
OPEN: Headers = (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Headers", "*"))
TOP = "http://127.0.0.1:1"
FRAME = Page("null", top_level_origin=TOP)


def to(location: str, status: int = 307) -> Response:
    return Response(status, (*OPEN, ("Location", location)))


@pytest.mark.parametrize("name", ["If-None-Match", "if-range"])
@pytest.mark.parametrize(("profile", "preflighted"), [(SPEC, False), (CHROMIUM, True), (FIREFOX, True)])
def test_a_conditional_request_is_preflighted_whatever_the_cache_holds(
    run: Run, name: str, profile: Profile, preflighted: bool
) -> None:
    agent = UserAgent(profile)
    call = Call(URL, headers=((name, '"x"'),))
    for _ in range(2):
        ran = run(
            call, Response(204, (*OPEN, ("Access-Control-Allow-Headers", name))), Response(200, OPEN), agent=agent
        )
    assert ran.requests[0].is_preflight is preflighted


@pytest.mark.parametrize(
    ("origin", "url", "chromium", "standard"),
    [
        pytest.param("null", "http://localhost:1/", False, True, id="opaque origin, host without a domain"),
        pytest.param("null", "http://api.example/", True, True, id="opaque origin, host with a domain"),
        pytest.param("null", "https://localhost:1/", True, True, id="opaque origin, https"),
        pytest.param("http://127.0.0.1:1", "http://localhost:1/", True, True, id="address and name"),
        pytest.param("http://localhost:1", "http://127.0.0.1:1/", True, True, id="name and address"),
        pytest.param("http://127.0.0.1:1", "http://127.0.0.1:1/", False, False, id="same origin"),
    ],
)
def test_chromium_compares_registrable_domains(origin: str, url: str, chromium: bool, standard: bool) -> None:
    response = Response(200, (("Cross-Origin-Resource-Policy", "same-site"),))
    target = parse_url(url)
    assert target is not None
    assert is_blocked_by_resource_policy(origin, target, response, CHROMIUM) is chromium
    assert is_blocked_by_resource_policy(origin, target, response, SPEC) is standard


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_resource_policy_goes_by_the_page_however_it_was_redirected(run: Run, profile: Profile) -> None:
    own = Response(200, (("Cross-Origin-Resource-Policy", "same-origin"),))
    call = Call("https://b.example/", mode=Mode.NO_CORS)
    assert isinstance(
        run(call, to("https://c.example/"), to("https://app.example/"), own, profile=profile).end, Allowed
    )


@pytest.mark.parametrize(
    ("method", "hops", "chromium", "firefox"),
    [
        pytest.param("GET", [URL], ["null", "null"], ["null", "null"], id="kept within an origin"),
        pytest.param("GET", ["http://127.0.0.1:3/"], ["null", "null"], ["null", None], id="across origins"),
        pytest.param("POST", [URL], ["null", None], ["null", "null"], id="lost with the method"),
    ],
)
def test_redirects_and_the_origin_for_storage_access(
    run: Run, method: str, hops: list[str], chromium: list[str | None], firefox: list[str | None]
) -> None:
    call = Call(URL, method, mode=Mode.NO_CORS, credentials=Credentials.INCLUDE)
    answers = [*(to(hop, 302) for hop in hops), Response(200)]
    for profile, expected in ((CHROMIUM, chromium), (FIREFOX, firefox)):
        ran = run(call, *answers, page=FRAME, profile=profile)
        assert [request.header("origin") for request in ran.requests] == expected


def test_no_later_hop_begins_to_name_the_origin_for_storage_access(run: Run) -> None:
    call = Call("http://localhost:1/", mode=Mode.NO_CORS, credentials=Credentials.INCLUDE)
    ran = run(call, to(URL), Response(200), page=FRAME)
    assert [request.header("origin") for request in ran.requests] == [None, None]


@pytest.mark.parametrize(
    ("body", "sent"), [pytest.param("x", "a/a", id="the body's is the first"), pytest.param(None, "b/b", id="the last")]
)
def test_which_of_several_content_types_firefox_sends(run: Run, body: str | None, sent: str) -> None:
    call = Call("https://app.example/", "PUT", (("Content-Type", "a/a"), ("x-a", "1"), ("content-type", "b/b")), body)
    ran = run(call, to("https://app.example/2"), Response(200), profile=FIREFOX)
    assert [request.header("content-type") for request in ran.requests] == [sent, "b/b"]


@pytest.mark.parametrize(
    ("method", "statuses", "expected"),
    [
        pytest.param("PUT", (303, 302), [True, False, True], id="what a 303 dropped comes back"),
        pytest.param("POST", (303, 302), [True, False, False], id="and is dropped again as of a POST"),
        pytest.param("POST", (303, 308), [True, False, True], id="but not by a 308"),
    ],
)
def test_firefox_drops_headers_for_one_hop(
    run: Run, method: str, statuses: tuple[int, ...], expected: list[bool]
) -> None:
    page = "https://app.example/"
    answers = [*(to(page, status) for status in statuses), Response(200)]
    ran = run(Call(page, method, body="x"), *answers, profile=FIREFOX)
    assert [request.header("content-type") is not None for request in ran.requests] == expected


@pytest.mark.parametrize("profile", [CHROMIUM, FIREFOX], ids=["chromium", "firefox"])
def test_the_console_names_the_fragment_a_redirect_brought(run: Run, profile: Profile) -> None:
    end = run(Call(URL), to(f"{URL}x#there"), Response(200), profile=profile).end
    assert isinstance(end, Blocked)
    assert f"{URL}x#there" in (end.messages.firefox if profile is FIREFOX else end.messages.chromium)


def test_empty_values_among_repeated_headers() -> None:
    assert combined((("x", "a"), ("X", ""), ("x", "b"), ("y", ""), ("y", ""))) == (("x", "a, , b"), ("y", ","))


@pytest.mark.parametrize(
    ("line", "chromium", "firefox"),
    [
        pytest.param("=v", "v", None, id="empty name"),
        pytest.param("v", "v", "v=", id="no equals sign"),
        pytest.param("=a=b", None, None, id="no name and an equals sign in the value"),
        pytest.param("a=b=c", "a=b=c", "a=b=c", id="a name"),
        pytest.param("=", None, None, id="nothing"),
    ],
)
def test_cookies_without_a_name(line: str, chromium: str | None, firefox: str | None) -> None:
    url = parse_url("https://api.example/")
    assert url is not None
    for profile, expected in ((CHROMIUM, chromium), (FIREFOX, firefox)):
        cookie = parse_set_cookie(line, url, 0.0, profile)
        assert (cookie.pair if isinstance(cookie, Cookie) else cookie) == (expected or CookieReason.SYNTAX_ERROR)


@pytest.mark.parametrize(("value", "chromium"), [("1", "a=1; b=1"), ("2", "b=1; a=2")], ids=["same", "changed"])
def test_the_place_of_a_cookie_set_again(run: Run, value: str, chromium: str) -> None:
    page = "https://app.example/"
    answers = [Response(200, (("Set-Cookie", text),)) for text in ("a=1", "b=1", f"a={value}")]
    for profile, expected in ((CHROMIUM, chromium), (FIREFOX, f"a={value}; b=1")):
        agent = UserAgent(profile)
        for answer in (*answers, Response(200)):
            ran = run(Call(page), answer, agent=agent)
        assert ran.requests[0].header("cookie") == expected


@pytest.mark.parametrize(("age", "chromium", "firefox"), [("+5", 5.0, 0.0), ("+-5", 0.0, 0.0), ("5", 5.0, 5.0)])
def test_a_plus_before_the_age_of_a_cookie(age: str, chromium: float, firefox: float) -> None:
    url = parse_url("https://api.example/")
    assert url is not None
    for profile, expected in ((CHROMIUM, chromium), (FIREFOX, firefox)):
        cookie = parse_set_cookie(f"k=v; Max-Age={age}; Expires=Thu, 01 Jan 1970 00:00:00 GMT", url, 0.0, profile)
        assert isinstance(cookie, Cookie)
        assert cookie.expires == expected
