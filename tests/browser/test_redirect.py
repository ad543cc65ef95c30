from collections.abc import Callable
from typing import Any

import pytest

from emulator.browser.body import Body
from emulator.browser.call import Call, Page
from emulator.browser.departures import Profile
from emulator.browser.modes import Mode, Redirect
from emulator.browser.profiles import CHROMIUM, FIREFOX, PROFILES, SPEC, WEBKIT
from emulator.browser.redirect import NoLocation, location_url
from emulator.browser.url import parse_url
from emulator.browser.verdict import Allowed, Blocked, CorsErrorName, NetworkError, NetworkErrorName
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


def test_twenty_redirects_are_followed(run: Run) -> None:
    loop = redirect(REMOTE)
    ran = run(Call(REMOTE), loop, page=PAGE)
    assert isinstance(ran.end, NetworkError)
    assert ran.end.error is NetworkErrorName.TOO_MANY_REDIRECTS
    assert len(ran.requests) == 21
    assert isinstance(run(Call(REMOTE), *[loop] * 20, Response(200, OPEN), page=PAGE).end, Allowed)


@pytest.mark.parametrize("headers", [(), OPEN], ids=["without-cors", "with-cors"])
def test_each_hop_is_checked_before_its_redirect(run: Run, headers: Headers) -> None:
    ran = run(Call(REMOTE), redirect(REMOTE2, headers=headers), Response(200, OPEN), page=PAGE)
    assert isinstance(ran.end, Allowed) is bool(headers)
    assert len(ran.requests) == (2 if headers else 1)


@EVERY_PROFILE
def test_manual(run: Run, profile: Profile) -> None:
    call = Call(REMOTE, redirect=Redirect.MANUAL)
    ran = run(call, redirect(REMOTE2), page=PAGE, profile=profile)
    assert (ran.end.type, ran.end.status, ran.end.url) == ("opaqueredirect", 0, REMOTE)
    assert len(ran.requests) == 1
    assert run(call, redirect(None), page=PAGE, profile=profile).end.type == "opaqueredirect"
    assert isinstance(run(call, redirect(REMOTE2, headers=()), page=PAGE, profile=profile).end, Blocked)


@pytest.mark.parametrize(
    ("profile", "returned"), [(SPEC, False), (CHROMIUM, True), (FIREFOX, False), (WEBKIT, False)], ids=PROFILES
)
def test_error(run: Run, profile: Profile, returned: bool) -> None:
    call = Call(REMOTE, redirect=Redirect.ERROR)
    refused = run(call, redirect(REMOTE2), page=PAGE, profile=profile).end
    assert isinstance(refused, NetworkError)
    assert refused.error is NetworkErrorName.REDIRECT_MODE_ERROR
    assert isinstance(run(call, redirect(None), page=PAGE, profile=profile).end, Allowed) is returned


@EVERY_PROFILE
def test_a_redirect_status_without_location_is_a_response(run: Run, profile: Profile) -> None:
    ran = run(Call(REMOTE), redirect(None), page=PAGE, profile=profile)
    assert isinstance(ran.end, Allowed)
    assert (ran.end.status, ran.end.redirected) == (302, False)


@pytest.mark.parametrize("status", [300, 304, 305, 306])
def test_other_statuses_do_not_redirect(run: Run, status: int) -> None:
    assert run(Call(REMOTE), redirect(REMOTE2, status), page=PAGE).end.status == status


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


def test_the_text_for_a_scheme_without_cors(run: Run) -> None:
    end = run(Call(REMOTE), redirect("foo:bar"), page=PAGE).end
    assert end.message == (
        f"Access to fetch at 'foo:bar' (redirected from '{REMOTE}') from origin '{ORIGIN}' has been blocked by CORS "
        "policy: Cross origin requests are only supported for protocol schemes: chrome, "
        "chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app."
    )
    assert "(Reason: CORS request not http)." in end.messages.firefox


def test_an_invalid_location_comes_before_cors_in_chromium_only(run: Run) -> None:
    answer = redirect("http://[", headers=())
    assert run(Call(REMOTE), answer, page=PAGE).end.error is NetworkErrorName.INVALID_REDIRECT
    spec = run(Call(REMOTE), answer, page=PAGE, profile=SPEC).end
    assert spec.error is CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER
    checked = run(Call(REMOTE), redirect("http://["), page=PAGE, profile=SPEC).end
    assert checked.error is NetworkErrorName.INVALID_REDIRECT


def test_several_locations(run: Run) -> None:
    same = Response(302, (*OPEN, ("Location", REMOTE), ("Location", REMOTE)))
    other = Response(302, (*OPEN, ("Location", REMOTE), ("Location", REMOTE2)))
    assert isinstance(run(Call(REMOTE), same, Response(200, OPEN), page=PAGE).end, Allowed)
    assert run(Call(REMOTE), other, page=PAGE).end.error is NetworkErrorName.DIFFERENT_LOCATIONS
    assert run(Call(REMOTE), other, page=PAGE, profile=SPEC).end.error is NetworkErrorName.DIFFERENT_LOCATIONS


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


def test_chromium_drops_client_hints_on_the_way_to_strangers(run: Run) -> None:
    call = Call(LOCAL, headers=(("dpr", "2"), ("x-a", "1")))
    foreign = run(call, redirect(REMOTE), PERMISSIVE, Response(200, OPEN), page=PAGE)
    home = run(call, redirect(LOCAL), Response(200), page=PAGE)
    assert foreign.requests[2].header("dpr") is None
    assert home.requests[1].header("dpr") == "2"


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


CURRENT = parse_url("http://x/a#old")


@pytest.mark.parametrize(
    ("lines", "profile", "expected"),
    [
        pytest.param((), SPEC, NoLocation.ABSENT, id="absent"),
        pytest.param(("",), CHROMIUM, NoLocation.ABSENT, id="empty-in-chromium"),
        pytest.param(("",), SPEC, "http://x/a#old", id="empty-is-relative"),
        pytest.param(("/b",), SPEC, "http://x/b#old", id="the-fragment-goes-on"),
        pytest.param(("/b#new",), SPEC, "http://x/b#new", id="but-for-its-own"),
        pytest.param(("/\u00c3\u00a4",), SPEC, "http://x/%C3%A4#old", id="bytes-are-utf-8"),
        pytest.param(("//",), SPEC, NoLocation.INVALID, id="invalid"),
        pytest.param(("/b", "/c"), SPEC, NoLocation.DIFFERENT, id="different"),
    ],
)
def test_location_url(lines: tuple[str, ...], profile: Profile, expected: str | NoLocation) -> None:
    assert CURRENT is not None
    found = location_url(Response(302, tuple(("location", line) for line in lines)), CURRENT, profile)
    assert (found if isinstance(found, NoLocation) else found.href_with_fragment) == expected
