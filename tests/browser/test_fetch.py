from collections.abc import Callable
from typing import Any

import pytest

from emulator.browser.body import Body
from emulator.browser.call import Call, Page
from emulator.browser.cookies import CookieReason
from emulator.browser.departures import Profile
from emulator.browser.exchanged import Send
from emulator.browser.fetch import Fetch
from emulator.browser.modes import Credentials, Mode, Redirect, ResponseType
from emulator.browser.profiles import CHROMIUM, FIREFOX, PROFILES, SPEC, WEBKIT
from emulator.browser.user_agent import UserAgent
from emulator.browser.verdict import (
    Allowed,
    Blocked,
    CorsErrorName,
    NetworkError,
    NetworkErrorName,
    RequestError,
    WarningName,
)
from emulator.messages import Headers, Response

Run = Callable[..., Any]
URL, OTHER = "https://api.example/items", "https://b.example/"
ORIGIN = "https://app.example"
OPEN: Headers = (("Access-Control-Allow-Origin", ORIGIN), ("Access-Control-Allow-Credentials", "true"))
ALLOWING = Response(204, (*OPEN, ("Access-Control-Allow-Methods", "PUT, DELETE"), ("Access-Control-Max-Age", "600")))
EVERY_PROFILE = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)


def redirect(location: str | None, status: int = 302, headers: Headers = OPEN) -> Response:
    return Response(status, headers if location is None else (*headers, ("Location", location)))


@EVERY_PROFILE
def test_a_cors_response(run: Run, profile: Profile) -> None:
    headers = (*OPEN, ("X-A", "1"), ("Content-Type", "a/b"), ("Access-Control-Expose-Headers", "x-a"))
    ran = run(Call(URL), Response(201, headers, b"body"), profile=profile)
    assert ran.end == Allowed(ResponseType.CORS, 201, (("content-type", "a/b"), ("x-a", "1")), url=URL, body=b"body")
    assert ran.sent == [f"GET {URL}"]


@EVERY_PROFILE
def test_a_basic_response(run: Run, profile: Profile) -> None:
    ran = run(Call("/x"), Response(200, (("X-A", "1"), ("Set-Cookie", "a=b")), b"body"), profile=profile)
    assert ran.end == Allowed(ResponseType.BASIC, 200, (("x-a", "1"),), url=f"{ORIGIN}/x", body=b"body")


@EVERY_PROFILE
def test_an_opaque_response_hides_everything(run: Run, profile: Profile) -> None:
    ran = run(Call(URL, mode=Mode.NO_CORS), Response(500, OPEN, b"body"), profile=profile)
    assert ran.end == Allowed(ResponseType.OPAQUE, 0)


def test_no_cors_to_the_own_origin_is_basic(run: Run) -> None:
    assert run(Call("/x", mode=Mode.NO_CORS), Response(200)).end.type is ResponseType.BASIC


def test_resource_policy_blocks_no_cors_only(run: Run) -> None:
    response = Response(200, (*OPEN, ("Cross-Origin-Resource-Policy", "same-origin")))
    end = run(Call(URL, mode=Mode.NO_CORS), response).end
    assert isinstance(end, NetworkError)
    assert end.error is NetworkErrorName.RESOURCE_POLICY
    assert end.message == "Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin"
    assert isinstance(run(Call(URL), response).end, Allowed)


@EVERY_PROFILE
def test_a_blocked_response(run: Run, profile: Profile) -> None:
    response = Response(403, (("Access-Control-Allow-Origin", "https://b.example"),))
    end = run(Call(URL), response, profile=profile).end
    assert isinstance(end, Blocked)
    assert end.error is CorsErrorName.ALLOW_ORIGIN_MISMATCH
    assert (end.value, end.response) == ("https://b.example", response)
    assert "has a value 'https://b.example' that is not equal to the supplied origin." in end.message


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (Call(URL, mode=Mode.SAME_ORIGIN), CorsErrorName.DISALLOWED_BY_MODE),
        (Call(URL, mode=Mode.NO_CORS, redirect=Redirect.ERROR), CorsErrorName.NO_CORS_REDIRECT_MODE_NOT_FOLLOW),
        (Call(URL, mode=Mode.NO_CORS, redirect=Redirect.MANUAL), CorsErrorName.NO_CORS_REDIRECT_MODE_NOT_FOLLOW),
        (Call("ftp://x/"), CorsErrorName.CORS_DISABLED_SCHEME),
        (Call("data:,x"), NetworkErrorName.UNKNOWN_SCHEME),
        (Call("http://"), "invalid URL"),
    ],
)
def test_what_is_never_sent(run: Run, call: Call, error: str) -> None:
    ran = run(call)
    assert ran.end.error == error
    assert ran.exchanged == ()


def test_a_refused_call_is_a_request_error(run: Run) -> None:
    assert isinstance(run(Call(URL, "CONNECT")).end, RequestError)


def test_a_failed_connection(run: Run) -> None:
    ran = run(Call(URL), None)
    assert isinstance(ran.end, NetworkError)
    assert (ran.end.error, ran.end.reason) == (NetworkErrorName.CONNECTION_FAILED, "connection refused")
    assert f"at {URL}. (Reason: CORS request did not succeed). Status code: (null)." in ran.end.messages.firefox
    assert ran.exchanged[0].response is None


def test_a_failure_that_the_transport_names() -> None:
    fetch = Fetch(Call(URL), Page("http://page.test"), UserAgent(CHROMIUM, lambda: 0.0))
    assert isinstance(fetch.start(), Send)
    end = fetch.fail("nobody knows it", NetworkErrorName.NAME_NOT_RESOLVED)
    assert (end.error, end.reason) == (NetworkErrorName.NAME_NOT_RESOLVED, "nobody knows it")
    assert end.message == "Failed to load resource: net::ERR_NAME_NOT_RESOLVED"


@pytest.mark.parametrize(
    ("call", "is_told"), [(Call(URL), True), (Call("/own"), True), (Call(URL, mode=Mode.NO_CORS), False)]
)
def test_a_body_that_cannot_be_decoded_is_told_to_who_can_read_it(call: Call, is_told: bool) -> None:
    fetch = Fetch(call, Page(ORIGIN), UserAgent())
    fetch.start()
    end = fetch.receive(Response(200, OPEN), "the body is not gzip")
    assert isinstance(end, NetworkError) is is_told
    if is_told:
        assert (end.error, end.reason) == (NetworkErrorName.CONTENT_DECODING_FAILED, "the body is not gzip")


@EVERY_PROFILE
def test_a_preflight_comes_first(run: Run, profile: Profile) -> None:
    ran = run(Call(URL, "PUT"), ALLOWING, Response(200, OPEN), profile=profile)
    assert ran.sent == [f"preflight OPTIONS {URL}", f"PUT {URL}"]
    assert isinstance(ran.end, Allowed)


@EVERY_PROFILE
def test_a_failed_preflight_is_the_end(run: Run, profile: Profile) -> None:
    ran = run(Call(URL, "PATCH"), ALLOWING, Response(200, OPEN), profile=profile)
    assert ran.end.error is CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE
    assert ran.end.response == ALLOWING
    assert len(ran.requests) == 1
    assert isinstance(run(Call(URL, "PUT"), None, profile=profile).end, NetworkError)


@pytest.mark.parametrize(
    ("call", "preflighted"),
    [
        (Call(URL, "POST", body="x"), False),
        (Call(URL, "POST", (("content-type", "application/json"),), "{}"), True),
        (Call(URL, "POST", body=Body.blob("x", "application/json")), True),
        (Call(URL, "POST", body=Body.stream(b"x")), True),
        (Call(URL, "POST", body=Body.form({"a": "1"})), False),
        (Call(f"{ORIGIN}/x", "PUT", body="x"), False),
    ],
)
def test_who_is_preflighted(run: Run, call: Call, preflighted: bool) -> None:
    allowing = Response(204, (*OPEN, ("Access-Control-Allow-Headers", "content-type")))
    ran = run(call, allowing, Response(200, OPEN))
    assert ran.requests[0].is_preflight is preflighted


def test_the_standard_keeps_authorization_from_the_wildcard(run: Run) -> None:
    call = Call(URL, headers=(("Authorization", "z"),))
    wildcard = Response(204, (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Headers", "*")))
    strict = run(call, wildcard, Response(200, OPEN), profile=SPEC).end
    assert isinstance(strict, Blocked)
    assert strict.disallowed == ("authorization",)
    allowed = run(call, wildcard, Response(200, OPEN)).end
    assert isinstance(allowed, Allowed)
    assert allowed.warnings == (WarningName.AUTHORIZATION_COVERED_BY_WILDCARD,)


def test_an_opaque_page_may_be_allowed_with_credentials(run: Run) -> None:
    headers = (("Access-Control-Allow-Origin", "null"), ("Access-Control-Allow-Credentials", "true"))
    call = Call(URL, credentials=Credentials.INCLUDE)
    assert isinstance(run(call, Response(200, headers), page=Page("null")).end, Allowed)


def test_warnings_stay_with_a_blocked_call(run: Run) -> None:
    end = run(Call("http://api.example/"), Response(200)).end
    assert isinstance(end, Blocked)
    assert end.warnings == (WarningName.MIXED_CONTENT,)


# The preflight cache


@EVERY_PROFILE
def test_a_permitted_request_is_not_preflighted_again(run: Run, profile: Profile) -> None:
    clock = [0.0]
    agent = UserAgent(profile, clock=lambda: clock[0])
    assert len(run(Call(URL, "PUT"), ALLOWING, Response(200, OPEN), agent=agent).requests) == 2
    clock[0] = 599
    assert run(Call(URL, "PUT"), Response(200, OPEN), agent=agent).sent == [f"PUT {URL}"]
    assert run(Call(f"{URL}?x", "PUT"), ALLOWING, Response(200, OPEN), agent=agent).requests[0].is_preflight
    clock[0] = 600
    assert run(Call(URL, "PUT"), ALLOWING, Response(200, OPEN), agent=agent).requests[0].is_preflight


@pytest.mark.parametrize(
    ("profile", "preflighted"), [(SPEC, True), (CHROMIUM, False), (FIREFOX, True), (WEBKIT, False)], ids=PROFILES
)
@pytest.mark.parametrize("failing", [Response(200), Response(204)], ids=["response", "preflight"])
def test_a_failed_cors_check_clears_the_cache(run: Run, failing: Response, profile: Profile, preflighted: bool) -> None:
    agent = UserAgent(profile)
    run(Call(URL, "PUT"), ALLOWING, Response(200, OPEN), agent=agent)
    credentials = Credentials.SAME_ORIGIN if failing.status == 200 else Credentials.INCLUDE
    run(Call(URL, "PUT", credentials=credentials), failing, agent=agent)
    if failing.status == 204 and profile.caches_one_result:
        preflighted = True  # the request with credentials did not suffice, and erased it
    ran = run(Call(URL, "PUT"), ALLOWING, Response(200, OPEN), agent=agent)
    assert ran.requests[0].is_preflight is preflighted


@pytest.mark.parametrize(
    ("profile", "preflighted"), [(SPEC, False), (CHROMIUM, False), (FIREFOX, True), (WEBKIT, False)], ids=PROFILES
)
def test_in_firefox_any_failure_clears_the_cache(run: Run, profile: Profile, preflighted: bool) -> None:
    agent = UserAgent(profile)
    run(Call(URL, "PUT"), ALLOWING, Response(200, OPEN), agent=agent)
    run(Call(URL, "PUT"), None, agent=agent)
    ran = run(Call(URL, "PUT"), ALLOWING, Response(200, OPEN), agent=agent)
    assert ran.requests[0].is_preflight is preflighted


@pytest.mark.parametrize(
    ("profile", "preflighted"), [(SPEC, True), (CHROMIUM, True), (FIREFOX, True), (WEBKIT, False)], ids=PROFILES
)
def test_webkit_keeps_an_insufficient_result(run: Run, profile: Profile, preflighted: bool) -> None:
    agent = UserAgent(profile)
    assert isinstance(run(Call(URL, "PATCH"), ALLOWING, agent=agent).end, Blocked)
    ran = run(Call(URL, "PUT"), ALLOWING, Response(200, OPEN), agent=agent)
    assert ran.requests[0].is_preflight is preflighted


@pytest.mark.parametrize(
    ("profile", "preflighted"), [(SPEC, True), (CHROMIUM, True), (FIREFOX, False), (WEBKIT, True)], ids=PROFILES
)
def test_an_opaque_origin_s_calls_share_nothing_but_in_firefox(run: Run, profile: Profile, preflighted: bool) -> None:
    allowing = Response(204, (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "PUT")))
    agent = UserAgent(profile)
    page = Page("null", "https://app.example/frame.html")
    for _ in range(2):
        ran = run(Call(URL, "PUT"), allowing, Response(200, allowing.headers), agent=agent, page=page)
    assert ran.requests[0].is_preflight is preflighted


@pytest.mark.parametrize(("profile", "preflights"), [(SPEC, 2), (CHROMIUM, 2), (FIREFOX, 1), (WEBKIT, 2)], ids=PROFILES)
def test_whether_a_tainted_origin_uses_the_cache(run: Run, profile: Profile, preflights: int) -> None:
    wildcard: Headers = (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "PUT"))
    agent = UserAgent(profile)
    run(Call(URL, "PUT"), Response(204, wildcard), Response(200, wildcard), agent=agent)
    first = Response(307, (*wildcard, ("Location", URL)))
    answers = [Response(204, wildcard), first, Response(204, wildcard), Response(200, wildcard)]
    if preflights == 1:
        del answers[2]
    ran = run(Call("https://b.example/", "PUT"), *answers, agent=agent)
    assert isinstance(ran.end, Allowed)
    assert sum(request.is_preflight for request in ran.requests) == preflights
    assert ran.requests[-1].header("origin") == "null"


@pytest.mark.parametrize(
    ("profile", "preflighted"), [(SPEC, False), (CHROMIUM, True), (FIREFOX, True), (WEBKIT, False)], ids=PROFILES
)
def test_whether_a_fragment_makes_another_entry(run: Run, profile: Profile, preflighted: bool) -> None:
    agent = UserAgent(profile)
    run(Call(URL, "PUT"), ALLOWING, Response(200, OPEN), agent=agent)
    ran = run(Call(f"{URL}#part", "PUT"), ALLOWING, Response(200, OPEN), agent=agent)
    assert ran.requests[0].is_preflight is preflighted


# Cookies


@pytest.mark.parametrize(
    ("url", "credentials", "sends"),
    [
        ("https://api.app.example/", Credentials.INCLUDE, True),
        ("https://api.app.example/", Credentials.SAME_ORIGIN, False),
        ("https://api.app.example/", Credentials.OMIT, False),
        (f"{ORIGIN}/x", Credentials.SAME_ORIGIN, True),
        (f"{ORIGIN}/x", Credentials.OMIT, False),
    ],
)
def test_which_calls_send_cookies(run: Run, url: str, credentials: Credentials, sends: bool) -> None:
    agent = UserAgent()
    setting = Response(200, (*OPEN, ("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2; Domain=app.example")))
    run(Call(url, credentials=Credentials.INCLUDE), setting, agent=agent)
    ran = run(Call(url, credentials=credentials), Response(200, OPEN), agent=agent)
    assert ran.requests[0].header("cookie") == ("a=1; b=2" if sends else None)


def test_a_preflight_neither_sends_nor_sets_cookies(run: Run) -> None:
    agent = UserAgent()
    call = Call("https://api.app.example/", "PUT", credentials=Credentials.INCLUDE)
    allowing = Response(204, (*ALLOWING.headers, ("Set-Cookie", "p=1")))
    run(call, allowing, Response(200, (*OPEN, ("Set-Cookie", "a=1"))), agent=agent)
    ran = run(Call(f"{call.url}?x", "PUT", credentials=Credentials.INCLUDE), allowing, Response(200, OPEN), agent=agent)
    assert [request.header("cookie") for request in ran.requests] == [None, "a=1"]


def test_a_blocked_response_sets_its_cookies(run: Run) -> None:
    agent = UserAgent()
    call = Call("https://api.app.example/", credentials=Credentials.INCLUDE)
    assert isinstance(run(call, Response(200, (("Set-Cookie", "a=1"),)), agent=agent).end, Blocked)
    assert run(call, Response(200, OPEN), agent=agent).requests[0].header("cookie") == "a=1"


def test_refused_and_withheld_cookies_are_recorded(run: Run) -> None:
    agent = UserAgent()
    call = Call(URL, credentials=Credentials.INCLUDE)
    setting = Response(200, (*OPEN, ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2; SameSite=None; Secure")))
    first = run(call, setting, agent=agent)
    assert [(item.cookie, item.reason) for item in first.exchanged[0].cookies_refused] == [
        ("a", CookieReason.SAME_SITE_UNSPECIFIED_TREATED_AS_LAX)
    ]
    second = run(call, Response(200, OPEN), agent=agent)
    assert second.requests[0].header("cookie") == "b=2"
    assert second.end.warnings == (WarningName.THIRD_PARTY_COOKIES,)


def test_third_party_cookies_can_be_blocked(run: Run) -> None:
    agent = UserAgent(CHROMIUM, blocks_third_party_cookies=True)
    setting = Response(200, (*OPEN, ("Set-Cookie", "b=2; SameSite=None; Secure")))
    ran = run(Call(URL, credentials=Credentials.INCLUDE), setting, agent=agent)
    assert ran.exchanged[0].cookies_refused[0].reason is CookieReason.THIRD_PARTY_BLOCKED


def test_firefox_joins_response_headers_its_own_way(run: Run) -> None:
    headers = (("Access-Control-Allow-Origin", ""), ("access-control-allow-origin", "*"), ("content-type", "a/b"))
    twice = Response(200, (*headers, ("content-type", "c/d")))
    assert isinstance(run(Call(URL), twice).end, Blocked)
    assert run(Call(URL), twice, profile=FIREFOX).end.headers == (("content-type", "a/b,c/d"),)


# Redirects


@pytest.mark.parametrize("headers", [(), OPEN], ids=["without-cors", "with-cors"])
def test_each_hop_is_checked_before_its_redirect(run: Run, headers: Headers) -> None:
    ran = run(Call(URL), redirect(OTHER, headers=headers), Response(200, (("Access-Control-Allow-Origin", "*"),)))
    assert isinstance(ran.end, Allowed) is bool(headers)
    assert len(ran.requests) == (2 if headers else 1)


@EVERY_PROFILE
def test_manual(run: Run, profile: Profile) -> None:
    call = Call(URL, redirect=Redirect.MANUAL)
    ran = run(call, redirect(OTHER), profile=profile)
    assert (ran.end.type, ran.end.status, ran.end.url) == ("opaqueredirect", 0, URL)
    assert len(ran.requests) == 1
    assert run(call, redirect(None), profile=profile).end.type == "opaqueredirect"
    assert isinstance(run(call, redirect(OTHER, headers=()), profile=profile).end, Blocked)


@pytest.mark.parametrize(
    ("profile", "returned"), [(SPEC, False), (CHROMIUM, True), (FIREFOX, False), (WEBKIT, False)], ids=PROFILES
)
def test_error(run: Run, profile: Profile, returned: bool) -> None:
    call = Call(URL, redirect=Redirect.ERROR)
    refused = run(call, redirect(OTHER), profile=profile).end
    assert isinstance(refused, NetworkError)
    assert refused.error is NetworkErrorName.REDIRECT_MODE_ERROR
    assert isinstance(run(call, redirect(None), profile=profile).end, Allowed) is returned


@EVERY_PROFILE
def test_a_redirect_status_without_location_is_a_response(run: Run, profile: Profile) -> None:
    ran = run(Call(URL), redirect(None), profile=profile)
    assert isinstance(ran.end, Allowed)
    assert (ran.end.status, ran.end.redirected) == (302, False)


@pytest.mark.parametrize("status", [300, 304, 305, 306])
def test_other_statuses_do_not_redirect(run: Run, status: int) -> None:
    assert run(Call(URL), redirect(OTHER, status)).end.status == status


def test_the_text_for_a_location_with_credentials(run: Run) -> None:
    end = run(Call(URL), redirect("https://user@b.example/")).end
    assert isinstance(end, Blocked)
    assert end.message.startswith(
        f"Access to fetch at '{URL}' from origin '{ORIGIN}' has been blocked by CORS policy: "
    )


def test_the_text_for_a_scheme_without_cors(run: Run) -> None:
    end = run(Call(URL), redirect("foo:bar")).end
    assert end.message == (
        f"Access to fetch at 'foo:bar' (redirected from '{URL}') from origin '{ORIGIN}' has been blocked by CORS "
        "policy: Cross origin requests are only supported for protocol schemes: chrome, "
        "chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app."
    )
    assert "(Reason: CORS request not http)." in end.messages.firefox


def test_an_invalid_location_comes_before_cors_in_chromium_only(run: Run) -> None:
    answer = redirect("http://[", headers=())
    assert run(Call(URL), answer).end.error is NetworkErrorName.INVALID_REDIRECT
    spec = run(Call(URL), answer, profile=SPEC).end
    assert spec.error is CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER
    checked = run(Call(URL), redirect("http://["), profile=SPEC).end
    assert checked.error is NetworkErrorName.INVALID_REDIRECT


@pytest.mark.parametrize("name", ["If-None-Match", "if-range"])
@pytest.mark.parametrize(("profile", "preflighted"), [(SPEC, False), (CHROMIUM, True), (FIREFOX, True)])
def test_a_conditional_request_is_preflighted_whatever_the_cache_holds(
    run: Run, name: str, profile: Profile, preflighted: bool
) -> None:
    agent = UserAgent(profile)
    call = Call(URL, headers=((name, '"x"'),))
    allowing = Response(204, (*OPEN, ("Access-Control-Allow-Headers", name)))
    for _ in range(2):
        ran = run(call, allowing, Response(200, OPEN), agent=agent)
    assert ran.requests[0].is_preflight is preflighted


@EVERY_PROFILE
def test_resource_policy_goes_by_the_page_however_it_was_redirected(run: Run, profile: Profile) -> None:
    own = Response(200, (("Cross-Origin-Resource-Policy", "same-origin"),))
    answers = redirect(OTHER), redirect(f"{ORIGIN}/"), own
    assert isinstance(run(Call(URL, mode=Mode.NO_CORS), *answers, profile=profile).end, Allowed)


@pytest.mark.parametrize("profile", [CHROMIUM, FIREFOX], ids=["chromium", "firefox"])
def test_the_console_names_the_fragment_a_redirect_brought(run: Run, profile: Profile) -> None:
    end = run(Call(URL), redirect(f"{URL}x#there"), Response(200), profile=profile).end
    assert isinstance(end, Blocked)
    assert f"{URL}x#there" in (end.messages.firefox if profile is FIREFOX else end.messages.chromium)
