"""From one hop of a redirect chain to the next: what is not followed, and what goes along."""

from collections.abc import Callable
from typing import Any

import pytest

from emulator.browser.body import Body
from emulator.browser.call import Call, Page
from emulator.browser.departures import Profile
from emulator.browser.modes import Credentials, Mode, Redirect
from emulator.browser.profiles import CHROMIUM, FIREFOX, PROFILES, SPEC
from emulator.browser.user_agent import UserAgent
from emulator.browser.verdict import Allowed, Blocked, CorsErrorName, NetworkError, NetworkErrorName
from emulator.messages import Headers, Response

Run = Callable[..., Any]
PAGE = Page("http://web.test")
LOCAL, REMOTE, REMOTE2 = "http://web.test/local", "http://www1.web.test/remote", "http://www2.web.test/remote2"
ORIGIN = PAGE.origin
STATUSES = (301, 302, 303, 307, 308)
EVERY_PROFILE = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
OPEN: Headers = (("Access-Control-Allow-Origin", "*"),)
PERMISSIVE = Response(
    204, (*OPEN, ("Access-Control-Allow-Methods", "PUT, PATCH"), ("Access-Control-Allow-Headers", "*, authorization"))
)


def redirect(location: str, status: int = 302) -> Response:
    return Response(status, (*OPEN, ("Location", location)))


# fetch/api/cors/cors-redirect-credentials.any.js
@EVERY_PROFILE
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("userinfo", ["user:password", "user:", ":password"])
@pytest.mark.parametrize(("start", "location"), [(LOCAL, REMOTE), (REMOTE, LOCAL), (REMOTE, REMOTE), (REMOTE, REMOTE2)])
def test_credentials_in_location(
    run: Run, start: str, location: str, userinfo: str, status: int, profile: Profile
) -> None:
    ran = run(Call(start), redirect(location.replace("//", f"//{userinfo}@"), status), page=PAGE, profile=profile)
    assert isinstance(ran.end, Blocked)
    assert ran.end.error is CorsErrorName.REDIRECT_CONTAINS_CREDENTIALS
    assert ran.end.header == "Location"


@pytest.mark.parametrize(
    ("start", "location", "mode"),
    [
        pytest.param(LOCAL, "http://u@web.test/", Mode.CORS, id="to-the-page-s-own-origin"),
        pytest.param(REMOTE, "http://u@www1.web.test/", Mode.NO_CORS, id="no-cors"),
    ],
)
def test_credentials_in_location_where_cors_does_not_apply(run: Run, start: str, location: str, mode: Mode) -> None:
    answers = redirect(location), Response(200, OPEN)
    chromium = run(Call(start, mode=mode), *answers, page=PAGE)
    assert isinstance(chromium.end, NetworkError)
    assert chromium.end.error is NetworkErrorName.REDIRECT_CONTAINS_CREDENTIALS
    firefox = run(Call(start, mode=mode), *answers, page=PAGE, profile=FIREFOX)
    assert isinstance(firefox.end, Allowed)
    assert "@" not in firefox.requests[1].url


def test_twenty_redirects_are_followed(run: Run) -> None:
    loop = redirect(REMOTE)
    ran = run(Call(REMOTE), loop, page=PAGE)
    assert isinstance(ran.end, NetworkError)
    assert ran.end.error is NetworkErrorName.TOO_MANY_REDIRECTS
    assert len(ran.requests) == 21
    assert isinstance(run(Call(REMOTE), *[loop] * 20, Response(200, OPEN), page=PAGE).end, Allowed)


@pytest.mark.parametrize(
    ("location", "mode", "error"),
    [
        ("foo:bar", Mode.CORS, CorsErrorName.CORS_DISABLED_SCHEME),
        ("ftp://x/", Mode.CORS, CorsErrorName.CORS_DISABLED_SCHEME),
        ("foo:bar", Mode.NO_CORS, NetworkErrorName.UNKNOWN_SCHEME),
        ("data:,x", Mode.CORS, NetworkErrorName.UNSAFE_REDIRECT),
        ("http://[", Mode.CORS, NetworkErrorName.INVALID_REDIRECT),
    ],
)
def test_locations_chromium_does_not_follow(
    run: Run, location: str, mode: Mode, error: CorsErrorName | NetworkErrorName
) -> None:
    assert run(Call(REMOTE, mode=mode), redirect(location), page=PAGE).end.error is error


@pytest.mark.parametrize(
    ("location", "chromium"),
    [
        pytest.param(REMOTE2, NetworkErrorName.REDIRECT_MODE_ERROR, id="sound"),
        pytest.param("foo:bar", NetworkErrorName.REDIRECT_MODE_ERROR, id="scheme-without-cors"),
        pytest.param("data:,x", NetworkErrorName.UNSAFE_REDIRECT, id="unsafe-scheme"),
        pytest.param("http://u@www1.web.test/", CorsErrorName.REDIRECT_CONTAINS_CREDENTIALS, id="userinfo"),
    ],
)
def test_what_chromium_looks_at_before_it_refuses_any_redirect(run: Run, location: str, chromium: str) -> None:
    call = Call(REMOTE, redirect=Redirect.ERROR)
    assert run(call, redirect(location), page=PAGE).end.error is chromium
    assert run(call, redirect(location), page=PAGE, profile=SPEC).end.error is NetworkErrorName.REDIRECT_MODE_ERROR


@pytest.mark.parametrize(
    ("credentials", "sent"),
    [
        (Credentials.INCLUDE, ["a=1", "a=1", "a=1"]),
        (Credentials.SAME_ORIGIN, ["a=1", None, None]),
        (Credentials.OMIT, [None, None, None]),
    ],
)
def test_which_hops_have_credentials(run: Run, credentials: Credentials, sent: list[str | None]) -> None:
    agent = UserAgent()
    setting = Response(200, (("Set-Cookie", "a=1; Domain=web.test"),))
    run(Call(LOCAL), setting, page=PAGE, agent=agent)
    allows: Headers = (("Access-Control-Allow-Origin", ORIGIN), ("Access-Control-Allow-Credentials", "true"))
    answers = redirect(REMOTE), Response(302, (*allows, ("Location", LOCAL))), Response(200, allows)
    ran = run(Call(LOCAL, credentials=credentials), *answers, page=PAGE, agent=agent)
    assert [request.header("cookie") for request in ran.requests] == sent


def test_same_origin_mode_does_not_leave(run: Run) -> None:
    end = run(Call(LOCAL, mode=Mode.SAME_ORIGIN), redirect(REMOTE), page=PAGE).end
    assert end.error is NetworkErrorName.REDIRECT_NOT_SAME_ORIGIN
    assert isinstance(run(Call(LOCAL, mode=Mode.SAME_ORIGIN), redirect("/x"), Response(200), page=PAGE).end, Allowed)


@pytest.mark.parametrize(("status", "method"), [(307, None), (303, "GET")])
def test_a_stream_is_not_sent_again(run: Run, status: int, method: str | None) -> None:
    ran = run(Call(LOCAL, "POST", body=Body.stream(b"x")), redirect(LOCAL, status), Response(200), page=PAGE)
    if method is None:
        assert ran.end.error is NetworkErrorName.STREAM_REDIRECTED
    else:
        assert ran.requests[1].method == method


def test_a_preflight_is_made_at_each_hop(run: Run) -> None:
    # fetch/api/cors/cors-redirect-preflight.any.js
    answers = PERMISSIVE, redirect(REMOTE2, 307), PERMISSIVE, Response(200, OPEN)
    ran = run(Call(REMOTE, "PUT", (("x-a", "1"),)), *answers, page=PAGE)
    assert ran.sent == [
        f"preflight OPTIONS {REMOTE}",
        f"PUT {REMOTE}",
        f"preflight OPTIONS {REMOTE2}",
        f"PUT {REMOTE2}",
    ]
    assert [request.header("origin") for request in ran.requests] == [ORIGIN, ORIGIN, "null", "null"]
    assert [request.hop for request in ran.requests] == [0, 0, 1, 1]
    denied = run(Call(REMOTE, "PUT"), PERMISSIVE, redirect(REMOTE2, 307), Response(204, OPEN), page=PAGE)
    assert isinstance(denied.end, Blocked)
    assert denied.end.error is CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE
    assert f"at '{REMOTE2}' (redirected from '{REMOTE}') from origin '{ORIGIN}'" in denied.end.message


def test_chromium_nulls_the_origin_of_no_cors_one_redirect_early(run: Run) -> None:
    call = Call(LOCAL, "POST", body="x", mode=Mode.NO_CORS)
    answers = redirect(REMOTE, 307), Response(200)
    origins = {
        name: run(call, *answers, page=PAGE, profile=profile).requests[1].header("origin")
        for name, profile in PROFILES.items()
    }
    assert origins == {"spec": ORIGIN, "chromium": "null", "firefox": ORIGIN, "webkit": ORIGIN}


def test_firefox_preflights_with_the_page_s_origin_after_a_taint(run: Run) -> None:
    answers = PERMISSIVE, redirect(REMOTE2, 307), PERMISSIVE, Response(200, OPEN)
    ran = run(Call(REMOTE, "PUT"), *answers, page=PAGE, profile=FIREFOX)
    assert [request.header("origin") for request in ran.requests] == [ORIGIN, ORIGIN, ORIGIN, "null"]


def test_firefox_does_not_check_a_preflight_that_leads_home(run: Run) -> None:
    home = Response(204, (("Access-Control-Allow-Methods", "PUT"),))
    answers = PERMISSIVE, redirect(LOCAL, 307), home, Response(200, OPEN)
    assert isinstance(run(Call(REMOTE, "PUT"), *answers, page=PAGE, profile=FIREFOX).end, Allowed)
    assert isinstance(run(Call(REMOTE, "PUT"), *answers, page=PAGE).end, Blocked)


def test_firefox_goes_on_preflighting_once_it_began(run: Run) -> None:
    answers = PERMISSIVE, redirect(REMOTE2, 303), PERMISSIVE, Response(200, OPEN)
    call = Call(REMOTE, "PUT", (("content-type", "application/json"),), "{}")
    firefox = run(call, *answers, page=PAGE, profile=FIREFOX)
    chromium = run(call, PERMISSIVE, redirect(REMOTE2, 303), Response(200, OPEN), page=PAGE)
    assert firefox.sent[2:] == [f"preflight OPTIONS {REMOTE2}", f"GET {REMOTE2}"]
    assert firefox.requests[2].header("access-control-request-headers") is None
    assert chromium.sent[2:] == [f"GET {REMOTE2}"]


def test_firefox_restores_what_a_redirect_dropped(run: Run) -> None:
    answers = redirect(LOCAL, 303), redirect(LOCAL, 307), Response(200)
    call = Call(LOCAL, "POST", body="x")
    types = {
        profile.name: [
            request.header("content-type") is not None
            for request in run(call, *answers, page=PAGE, profile=profile).requests
        ]
        for profile in (CHROMIUM, FIREFOX)
    }
    assert types == {"chromium": [True, False, False], "firefox": [True, False, True]}


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
    answers = [*(redirect(LOCAL, status) for status in statuses), Response(200)]
    ran = run(Call(LOCAL, method, body="x"), *answers, page=PAGE, profile=FIREFOX)
    assert [request.header("content-type") is not None for request in ran.requests] == expected
