from collections.abc import Callable
from typing import Any

import pytest

from emulator.browser.call import Call, Page, ReferrerPolicy
from emulator.browser.departures import Profile
from emulator.browser.modes import Credentials, Mode
from emulator.browser.profiles import CHROMIUM, FIREFOX, PROFILES, SPEC
from emulator.messages import Headers, Response

Run = Callable[..., Any]
OPEN: Headers = (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "*"))
EVERY_PROFILE = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
PAGE = Page("https://app.example.com", "https://app.example.com/shop?tab=1#top")


def test_a_simple_request(run: Run) -> None:
    ran = run(Call("https://api.example.com/items?a=1#f"), Response(200, OPEN), page=PAGE)
    (request,) = ran.requests
    assert (request.method, request.url, request.body) == ("GET", "https://api.example.com/items?a=1", b"")
    assert request.headers == (
        ("Accept", "*/*"),
        ("Accept-Language", "en-US,en;q=0.9"),
        ("User-Agent", CHROMIUM.user_agent),
        ("Origin", "https://app.example.com"),
        ("Sec-Fetch-Site", "same-site"),
        ("Sec-Fetch-Mode", "cors"),
        ("Sec-Fetch-Dest", "empty"),
        ("Referer", "https://app.example.com/"),
    )


def test_a_preflight_and_its_request(run: Run) -> None:
    call = Call("https://api.example/items", "PUT", (("X-B", "1"), ("Authorization", "z"), ("Accept", "a/b")), "x")
    allowing = Response(204, (*OPEN, ("Access-Control-Allow-Headers", "authorization,x-b")))
    ran = run(call, allowing, Response(200, OPEN), page=PAGE)
    preflight, actual = ran.requests
    assert preflight.method == "OPTIONS"
    assert preflight.headers == (
        ("Accept", "*/*"),
        ("Accept-Language", "en-US,en;q=0.9"),
        ("Access-Control-Request-Method", "PUT"),
        ("Access-Control-Request-Headers", "authorization,x-b"),
        ("User-Agent", CHROMIUM.user_agent),
        ("Origin", "https://app.example.com"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Mode", "cors"),
        ("Sec-Fetch-Dest", "empty"),
        ("Referer", "https://app.example.com/"),
    )
    assert actual.headers[:4] == (
        ("X-B", "1"),
        ("Authorization", "z"),
        ("Accept", "a/b"),
        ("Content-Type", "text/plain;charset=UTF-8"),
    )
    assert actual.body == b"x"


def test_no_request_headers_are_named_where_the_method_alone_asks(run: Run) -> None:
    ran = run(Call("https://api.example/", "PUT"), Response(204, OPEN), page=PAGE)
    assert ran.requests[0].header("access-control-request-headers") is None


def test_same_origin_requests(run: Run) -> None:
    get = run(Call("/items"), Response(200), page=PAGE).requests[0]
    post = run(Call("/items", "POST"), Response(200), page=PAGE).requests[0]
    assert get.header("origin") is None
    assert get.header("referer") == "https://app.example.com/shop?tab=1"
    assert get.header("sec-fetch-site") == "same-origin"
    assert post.header("origin") == "https://app.example.com"


@pytest.mark.parametrize(
    ("url", "sent"), [("http://api.example/", False), ("http://localhost:3000/", True), ("https://api.example/", True)]
)
def test_fetch_metadata_goes_to_trustworthy_urls_only(run: Run, url: str, sent: bool) -> None:
    request = run(Call(url), Response(200, OPEN), page=PAGE).requests[0]
    assert (request.header("sec-fetch-mode") is not None) is sent


def test_nothing_is_referred_across_a_downgrade(run: Run) -> None:
    assert run(Call("http://api.example/"), Response(200, OPEN), page=PAGE).requests[0].header("referer") is None


def test_an_opaque_page(run: Run) -> None:
    request = run(Call("https://api.example/"), Response(200, OPEN), page=Page("null")).requests[0]
    assert request.header("origin") == "null"
    assert request.header("referer") is None
    assert request.header("sec-fetch-site") == "cross-site"


def redirect_to(url: str, policy: str = "") -> Response:
    return Response(307, (*OPEN, ("Location", url), ("Referrer-Policy", policy)))


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        (["https://app.example.com/", "https://api.example.com/"], "same-site"),
        (["https://other.example/", "https://api.example.com/"], "cross-site"),
        (["https://api.example.com/", "https://app.example.com/"], "same-site"),
        (["https://app.example.com/a", "https://app.example.com/b"], "same-origin"),
    ],
)
def test_sec_fetch_site_looks_at_the_whole_chain(run: Run, urls: list[str], expected: str) -> None:
    first, second = urls
    ran = run(Call(first), redirect_to(second), Response(200, OPEN), page=PAGE)
    assert ran.requests[1].header("sec-fetch-site") == expected


@pytest.mark.parametrize(
    ("profile", "preflight", "actual"),
    [(SPEC, "cross-site", "cross-site"), (CHROMIUM, "same-site", "cross-site"), (FIREFOX, "same-site", "cross-site")],
    ids=["spec", "chromium", "firefox"],
)
def test_a_preflight_forgets_the_chain(run: Run, profile: Profile, preflight: str, actual: str) -> None:
    answers = Response(204, OPEN), redirect_to("https://api.example.com/"), Response(204, OPEN), Response(200, OPEN)
    ran = run(Call("https://other.example/", "PUT"), *answers, page=PAGE, profile=profile)
    assert [request.header("sec-fetch-site") for request in ran.requests[2:]] == [preflight, actual]


def test_firefox_takes_every_chain_across_origins_for_cross_site(run: Run) -> None:
    answers = redirect_to("/x"), Response(200, OPEN)
    ran = run(Call("https://api.example.com/"), *answers, page=PAGE, profile=FIREFOX)
    assert [request.header("sec-fetch-site") for request in ran.requests] == ["same-site", "cross-site"]
    home = run(Call("/"), *answers, page=PAGE, profile=FIREFOX)
    assert home.requests[1].header("sec-fetch-site") == "same-origin"


def test_a_shortened_referrer_stays_short(run: Run) -> None:
    answers = redirect_to("https://app.example.com/x"), Response(200, OPEN)
    ran = run(Call("https://api.example/"), *answers, page=PAGE)
    assert [request.header("referer") for request in ran.requests] == ["https://app.example.com/"] * 2


def test_a_redirect_changes_the_referrer_policy(run: Run) -> None:
    ran = run(Call("/a"), redirect_to("/b", "no-referrer"), redirect_to("/c", "origin"), Response(200), page=PAGE)
    assert [request.header("referer") for request in ran.requests] == ["https://app.example.com/shop?tab=1", None, None]


@pytest.mark.parametrize(
    ("policy", "url", "spec", "chromium"),
    [
        (ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, "https://api.example/", PAGE.origin, PAGE.origin),
        (ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, "http://api.example/", "null", PAGE.origin),
        (ReferrerPolicy.NO_REFERRER, "https://api.example/", "null", PAGE.origin),
        (ReferrerPolicy.SAME_ORIGIN, "https://api.example/", "null", PAGE.origin),
        (ReferrerPolicy.SAME_ORIGIN, "https://app.example.com/", PAGE.origin, PAGE.origin),
        (ReferrerPolicy.ORIGIN, "http://api.example/", PAGE.origin, PAGE.origin),
    ],
)
def test_the_origin_of_a_no_cors_post(run: Run, policy: ReferrerPolicy, url: str, spec: str, chromium: str) -> None:
    page = Page(PAGE.origin, referrer_policy=policy)
    call = Call(url, "POST", mode=Mode.NO_CORS)
    found = [
        run(call, Response(200), page=page, profile=profile).requests[0].header("origin")
        for profile in (SPEC, CHROMIUM)
    ]
    assert found == [spec, chromium]


@EVERY_PROFILE
def test_no_cors_gets_name_no_origin(run: Run, profile: Profile) -> None:
    call = Call("https://api.example/", mode=Mode.NO_CORS)
    assert run(call, Response(200), page=PAGE, profile=profile).requests[0].header("origin") is None


@pytest.mark.parametrize(
    ("credentials", "url", "expected"),
    [
        (Credentials.INCLUDE, "https://api.example.com/", "null"),
        (Credentials.INCLUDE, "https://elsewhere.example/", None),
        (Credentials.OMIT, "https://api.example.com/", None),
    ],
)
def test_a_foreign_frame_may_ask_for_storage_access(
    run: Run, credentials: Credentials, url: str, expected: str | None
) -> None:
    frame = Page("null", top_level_origin="https://app.example.com")
    call = Call(url, mode=Mode.NO_CORS, credentials=credentials)
    assert run(call, Response(200), page=frame).requests[0].header("origin") == expected
    assert run(call, Response(200), page=frame, profile=SPEC).requests[0].header("origin") is None


def test_repeated_headers_go_out_joined(run: Run) -> None:
    call = Call("/", headers=(("X-A", "1"), ("x-a", "2"), ("authorization", "a"), ("authorization", "b")))
    chromium = run(call, Response(200), page=PAGE).requests[0]
    firefox = run(call, Response(200), page=PAGE, profile=FIREFOX).requests[0]
    assert (chromium.header("x-a"), chromium.header("authorization")) == ("1, 2", "a, b")
    assert (firefox.header("x-a"), firefox.header("authorization")) == ("1, 2", "b")
    assert chromium.header("x-b") is None


def test_the_page_s_own_choice_replaces_the_browser_s(run: Run) -> None:
    call = Call("/", headers=(("user-agent", "mine"), ("Accept-Language", "de")))
    request = run(call, Response(200), page=PAGE).requests[0]
    assert (request.header("user-agent"), request.header("accept-language")) == ("mine", "de")
    assert len({name.lower() for name, _ in request.headers}) == len(request.headers)


def test_the_standard_names_no_user_agent(run: Run) -> None:
    assert run(Call("/"), Response(200), page=PAGE, profile=SPEC).requests[0].header("user-agent") is None


LOOPBACK = "http://127.0.0.1:2/"
FRAME = Page("null", top_level_origin="http://127.0.0.1:1")


@pytest.mark.parametrize(
    ("method", "hops", "chromium", "firefox"),
    [
        pytest.param("GET", [LOOPBACK], ["null", "null"], ["null", "null"], id="kept within an origin"),
        pytest.param("GET", ["http://127.0.0.1:3/"], ["null", "null"], ["null", None], id="across origins"),
        pytest.param("POST", [LOOPBACK], ["null", None], ["null", "null"], id="lost with the method"),
    ],
)
def test_redirects_and_the_origin_for_storage_access(
    run: Run, method: str, hops: list[str], chromium: list[str | None], firefox: list[str | None]
) -> None:
    call = Call(LOOPBACK, method, mode=Mode.NO_CORS, credentials=Credentials.INCLUDE)
    answers = [*(Response(302, (*OPEN, ("Location", hop))) for hop in hops), Response(200)]
    for profile, expected in ((CHROMIUM, chromium), (FIREFOX, firefox)):
        ran = run(call, *answers, page=FRAME, profile=profile)
        assert [request.header("origin") for request in ran.requests] == expected


def test_no_later_hop_begins_to_name_the_origin_for_storage_access(run: Run) -> None:
    call = Call("http://localhost:1/", mode=Mode.NO_CORS, credentials=Credentials.INCLUDE)
    ran = run(call, redirect_to(LOOPBACK), Response(200), page=FRAME)
    assert [request.header("origin") for request in ran.requests] == [None, None]


@pytest.mark.parametrize(
    ("body", "sent"), [pytest.param("x", "a/a", id="the body's is the first"), pytest.param(None, "b/b", id="the last")]
)
def test_which_of_several_content_types_firefox_sends(run: Run, body: str | None, sent: str) -> None:
    call = Call("/", "PUT", (("Content-Type", "a/a"), ("x-a", "1"), ("content-type", "b/b")), body)
    ran = run(call, redirect_to("/2"), Response(200), page=PAGE, profile=FIREFOX)
    assert [request.header("content-type") for request in ran.requests] == [sent, "b/b"]
