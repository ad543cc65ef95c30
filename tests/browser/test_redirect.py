from collections.abc import Callable
from typing import Any

import pytest

from emulator.browser.call import Call, Page
from emulator.browser.departures import Profile
from emulator.browser.profiles import CHROMIUM, PROFILES, SPEC
from emulator.browser.redirect import location_url
from emulator.browser.url import Url, parse_url
from emulator.browser.verdict import Allowed, NetworkErrorName
from emulator.messages import Headers, Response

Run = Callable[..., Any]
PAGE = Page("http://web.test")
LOCAL, REMOTE, REMOTE2 = "http://web.test/local", "http://www1.web.test/remote", "http://www2.web.test/remote2"
ORIGIN = PAGE.origin
URLS = {"local": LOCAL, "remote": REMOTE, "remote2": REMOTE2}
STATUSES = (301, 302, 303, 307, 308)
EVERY_PROFILE = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
OPEN: Headers = (("Access-Control-Allow-Origin", "*"),)
PERMISSIVE = Response(
    204, (*OPEN, ("Access-Control-Allow-Methods", "PUT, PATCH"), ("Access-Control-Allow-Headers", "*, authorization"))
)


def redirect(location: str | None, status: int = 302, headers: Headers = OPEN) -> Response:
    return Response(status, headers if location is None else (*headers, ("Location", location)))


def acao(value: str) -> Headers:
    return () if value == "none" else (("Access-Control-Allow-Origin", value),)


# cors/redirect-origin.htm: first URL and its Access-Control-Allow-Origin, second URL and its, Origin at the second
REDIRECT_ORIGIN = [
    ("local", "*", "remote", "*", ORIGIN),
    ("local", "*", "remote", ORIGIN, ORIGIN),
    ("local", "*", "remote", "null", None),
    ("local", "*", "remote", "none", None),
    ("local", ORIGIN, "remote", "*", ORIGIN),
    ("local", ORIGIN, "remote", ORIGIN, ORIGIN),
    ("local", ORIGIN, "remote", "null", None),
    ("local", ORIGIN, "remote", "none", None),
    ("local", "null", "remote", "*", ORIGIN),
    ("local", "none", "remote", "*", ORIGIN),
    ("remote", "*", "local", "*", "null"),
    ("remote", "*", "local", ORIGIN, None),
    ("remote", "*", "local", "null", "null"),
    ("remote", "*", "local", "none", None),
    ("remote", ORIGIN, "local", "*", "null"),
    ("remote", ORIGIN, "local", ORIGIN, None),
    ("remote", ORIGIN, "local", "null", "null"),
    ("remote", ORIGIN, "local", "none", None),
    ("remote", "null", "local", "*", None),
    ("remote", "none", "local", "*", None),
    ("remote", "*", "remote", "*", ORIGIN),
    ("remote", "*", "remote", ORIGIN, ORIGIN),
    ("remote", "*", "remote", "null", None),
    ("remote", "*", "remote", "none", None),
    ("remote", ORIGIN, "remote", "*", ORIGIN),
    ("remote", ORIGIN, "remote", ORIGIN, ORIGIN),
    ("remote", ORIGIN, "remote", "null", None),
    ("remote", ORIGIN, "remote", "none", None),
    ("remote", "null", "remote", "*", None),
    ("remote", "none", "remote", "*", None),
    ("remote", "*", "remote2", "*", "null"),
    ("remote", "*", "remote2", ORIGIN, None),
    ("remote", "*", "remote2", "null", "null"),
    ("remote", "*", "remote2", "none", None),
    ("remote", ORIGIN, "remote2", "*", "null"),
    ("remote", ORIGIN, "remote2", ORIGIN, None),
    ("remote", ORIGIN, "remote2", "null", "null"),
    ("remote", ORIGIN, "remote2", "none", None),
    ("remote", "null", "remote2", "*", None),
    ("remote", "none", "remote2", "*", None),
    ("remote", "*", "remote", "http://www1.web.test", None),
    ("remote", "*", "remote2", "http://www1.web.test", None),
    ("remote", "http://www1.web.test", "remote", "*", None),
]


@EVERY_PROFILE
@pytest.mark.parametrize(("first", "first_allows", "second", "second_allows", "origin"), REDIRECT_ORIGIN)
def test_origin_after_a_redirect(
    run: Run, first: str, first_allows: str, second: str, second_allows: str, origin: str | None, profile: Profile
) -> None:
    answers = redirect(URLS[second], headers=acao(first_allows)), Response(200, acao(second_allows))
    ran = run(Call(URLS[first]), *answers, page=PAGE, profile=profile)
    assert isinstance(ran.end, Allowed) is (origin is not None)
    if origin is not None:
        assert ran.requests[-1].header("origin") == origin


# fetch/api/cors/cors-redirect.any.js
@EVERY_PROFILE
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(
    ("start", "location", "origin"),
    [(REMOTE, REMOTE, ORIGIN), (REMOTE, REMOTE2, "null"), (LOCAL, REMOTE, ORIGIN), (REMOTE, LOCAL, "null")],
    ids=["cors-to-same-cors", "cors-to-another-cors", "same-origin-to-cors", "cors-to-same-origin"],
)
def test_every_status_redirects(
    run: Run, start: str, location: str, origin: str, status: int, profile: Profile
) -> None:
    ran = run(Call(start), redirect(location, status), Response(200, OPEN), page=PAGE, profile=profile)
    assert ran.end == Allowed(ran.end.type, 200, url=location, redirected=True)
    assert [request.is_preflight for request in ran.requests] == [False, False]
    assert ran.requests[1].header("origin") == origin


@pytest.mark.parametrize(
    ("status", "method", "expected"),
    [(301, "POST", "GET"), (302, "POST", "GET"), (303, "POST", "GET"), (303, "PUT", "GET"), (303, "HEAD", "HEAD"),
     (303, "GET", "GET"), (301, "PUT", "PUT"), (302, "HEAD", "HEAD"), (307, "POST", "POST"), (308, "POST", "POST")],
)  # fmt: skip
def test_method_rewriting(run: Run, status: int, method: str, expected: str) -> None:
    body = None if method in {"GET", "HEAD"} else "x"
    names = ("content-type", "content-language", "content-encoding", "content-location", "x-a")
    headers = tuple((name, "text/plain") for name in names)
    call = Call(LOCAL, method, headers, body)
    ran = run(call, redirect(LOCAL, status), Response(200), page=PAGE)
    last = ran.requests[1]
    assert last.method == expected
    is_rewritten = expected != method
    assert last.body == (b"" if is_rewritten or body is None else b"x")
    assert [name for name in names if last.header(name)] == (["x-a"] if is_rewritten else list(names))


def test_authorization_is_dropped_on_the_way_to_another_origin(run: Run) -> None:
    call = Call(LOCAL, headers=(("Authorization", "z"),))
    same = run(call, redirect(LOCAL), Response(200), page=PAGE)
    other = run(call, redirect(REMOTE), Response(200, OPEN), page=PAGE)
    assert same.requests[1].header("authorization") == "z"
    assert other.requests[1].header("authorization") is None
    assert not other.requests[1].is_preflight


def test_several_locations(run: Run) -> None:
    same = Response(302, (*OPEN, ("Location", REMOTE), ("Location", REMOTE)))
    other = Response(302, (*OPEN, ("Location", REMOTE), ("Location", REMOTE2)))
    assert isinstance(run(Call(REMOTE), same, Response(200, OPEN), page=PAGE).end, Allowed)
    assert run(Call(REMOTE), other, page=PAGE).end.error is NetworkErrorName.DIFFERENT_LOCATIONS
    assert run(Call(REMOTE), other, page=PAGE, profile=SPEC).end.error is NetworkErrorName.DIFFERENT_LOCATIONS


def test_chromium_drops_client_hints_on_the_way_to_strangers(run: Run) -> None:
    call = Call(LOCAL, headers=(("dpr", "2"), ("x-a", "1")))
    foreign = run(call, redirect(REMOTE), PERMISSIVE, Response(200, OPEN), page=PAGE)
    home = run(call, redirect(LOCAL), Response(200), page=PAGE)
    assert foreign.requests[2].header("dpr") is None
    assert home.requests[1].header("dpr") == "2"


CURRENT = parse_url("http://x/a#old")


@pytest.mark.parametrize(
    ("lines", "profile", "expected"),
    [
        pytest.param((), SPEC, None, id="absent"),
        pytest.param(("",), CHROMIUM, None, id="empty-in-chromium"),
        pytest.param(("",), SPEC, "http://x/a#old", id="empty-is-relative"),
        pytest.param(("/b",), SPEC, "http://x/b#old", id="the-fragment-goes-on"),
        pytest.param(("/b#new",), SPEC, "http://x/b#new", id="but-for-its-own"),
        pytest.param(("/\u00c3\u00a4",), SPEC, "http://x/%C3%A4#old", id="bytes-are-utf-8"),
        pytest.param(("//",), SPEC, NetworkErrorName.INVALID_REDIRECT, id="invalid"),
        pytest.param(("/b", "/c"), SPEC, NetworkErrorName.DIFFERENT_LOCATIONS, id="different"),
    ],
)
def test_location_url(lines: tuple[str, ...], profile: Profile, expected: str | NetworkErrorName | None) -> None:
    assert CURRENT is not None
    found = location_url(Response(302, tuple(("location", line) for line in lines)), CURRENT, profile)
    assert (found.href_with_fragment if isinstance(found, Url) else found) == expected
