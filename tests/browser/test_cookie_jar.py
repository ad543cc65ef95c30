import pytest

from emulator.browser.cookie_jar import CookieContext, CookieJar, Withheld
from emulator.browser.cookies import CookieReason
from emulator.browser.departures import Profile
from emulator.browser.profiles import CHROMIUM, FIREFOX, PROFILES, SPEC, WEBKIT
from emulator.browser.url import Url, parse_url

NOW = 1000.0
HOME = CookieContext("https://app.example.com", "https://app.example.com")
FOREIGN = CookieContext("https://other.example", "https://other.example")
EVERY_PROFILE = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)


def url_of(text: str) -> Url:
    url = parse_url(text)
    assert url is not None
    return url


API = url_of("https://api.example.com/v1/items")


def jar_with(*lines: str, profile: Profile = CHROMIUM, url: Url = API, context: CookieContext = HOME) -> CookieJar:
    jar = CookieJar(profile)
    assert jar.store(lines, url, context, NOW) == ()
    return jar


def sent(jar: CookieJar, url: Url = API, context: CookieContext = HOME, now: float = NOW) -> str:
    return jar.cookies_for(url, context, now).header


@EVERY_PROFILE
def test_a_same_site_call_sends_all(profile: Profile) -> None:
    jar = jar_with("a=1; SameSite=Strict", "b=2; SameSite=Lax", "c=3", "d=4; SameSite=None; Secure", profile=profile)
    assert sent(jar) == "a=1; b=2; c=3; d=4"
    assert not jar.cookies_for(API, HOME, NOW).has_third_party


@pytest.mark.parametrize(
    ("profile", "expected"), [(SPEC, "d=4"), (CHROMIUM, "d=4"), (FIREFOX, ""), (WEBKIT, "")], ids=PROFILES
)
def test_what_a_cross_site_call_sends(profile: Profile, expected: str) -> None:
    lines = ("a=1; SameSite=Strict", "b=2; SameSite=Lax", "c=3", "d=4; SameSite=None; Secure")
    assert sent(jar_with(*lines, profile=profile), context=FOREIGN) == expected


def test_why_a_cross_site_call_sends_no_more() -> None:
    jar = jar_with("a=1; SameSite=Strict", "b=2; SameSite=Lax", "c=3", "d=4; SameSite=None; Secure")
    cookies = jar.cookies_for(API, FOREIGN, NOW)
    assert cookies.withheld == (
        Withheld("a", CookieReason.SAME_SITE_STRICT),
        Withheld("b", CookieReason.SAME_SITE_LAX),
        Withheld("c", CookieReason.SAME_SITE_UNSPECIFIED_TREATED_AS_LAX),
    )
    assert cookies.has_third_party


def test_a_cross_site_call_sets_only_same_site_none() -> None:
    jar = CookieJar(CHROMIUM)
    lines = ("a=1; SameSite=Strict", "b=2; SameSite=Lax", "c=3", "d=4; SameSite=None; Secure", "e=5; SameSite=None")
    assert [(item.cookie, item.reason.value) for item in jar.store(lines, API, FOREIGN, NOW)] == [
        ("a", "SameSiteStrict"),
        ("b", "SameSiteLax"),
        ("c", "SameSiteUnspecifiedTreatedAsLax"),
        ("e", "SameSiteNoneInsecure"),
    ]
    assert [cookie.name for cookie in jar.cookies] == ["d"]


def test_a_line_without_a_name_is_reported_whole() -> None:
    assert CookieJar(CHROMIUM).store(("nameless\x01",), API, HOME, NOW)[0].cookie == "nameless\x01"


def test_where_third_party_cookies_are_blocked() -> None:
    jar = CookieJar(CHROMIUM, blocks_third_party=True)
    third = "d=4; SameSite=None; Secure"
    assert jar.store((third,), API, FOREIGN, NOW) == (Withheld("d", CookieReason.THIRD_PARTY_BLOCKED),)
    assert jar.store((third, "p=1; SameSite=None; Secure; Partitioned"), API, HOME, NOW) == ()
    assert jar.store(("p=2; SameSite=None; Secure; Partitioned",), API, FOREIGN, NOW) == ()
    cookies = jar.cookies_for(API, FOREIGN, NOW)
    assert cookies.header == "p=2"
    assert cookies.withheld == (Withheld("d", CookieReason.THIRD_PARTY_BLOCKED),)
    assert not cookies.has_third_party


def test_partitioned_cookies_stay_with_their_top_level_site() -> None:
    jar = jar_with("p=1; SameSite=None; Secure; Partitioned", context=FOREIGN)
    elsewhere = CookieContext("https://third.example", "https://third.example")
    sibling = CookieContext("https://www.other.example:8443", "https://www.other.example:8443")
    assert sent(jar, context=FOREIGN) == sent(jar, context=sibling) == "p=1"
    assert sent(jar, context=elsewhere) == sent(jar) == ""


def test_firefox_partitions_every_third_party() -> None:
    jar = jar_with("a=1", profile=FIREFOX, context=FOREIGN)
    assert sent(jar, context=FOREIGN) == "a=1"
    assert sent(jar) == ""


def test_ports_of_loopback_are_one_site_and_localhost_is_another() -> None:
    page = CookieContext("http://127.0.0.1:8801", "http://127.0.0.1:8801")
    api = url_of("http://127.0.0.1:8802/")
    jar = jar_with("a=1; SameSite=Strict", "s=2; Secure", url=api, context=page)
    assert sent(jar, api, page) == "a=1; s=2"
    localhost = url_of("http://localhost:8802/")
    assert jar.store(("b=1",), localhost, page, NOW)[0].reason is CookieReason.SAME_SITE_UNSPECIFIED_TREATED_AS_LAX
    assert jar.store(("b=1; SameSite=None; Secure",), localhost, page, NOW) == ()


def test_a_frame_is_as_foreign_as_any_page_above_it() -> None:
    jar = jar_with("a=1; SameSite=Lax")
    assert sent(jar, context=CookieContext("https://app.example.com", "https://other.example")) == ""
    assert sent(jar, context=CookieContext("null", "https://app.example.com")) == ""


@pytest.mark.parametrize(
    ("host", "profile", "accepted"),
    [("localhost", CHROMIUM, True), ("127.0.0.1", FIREFOX, True), ("localhost", WEBKIT, False),
     ("plain.example", CHROMIUM, False)],
)  # fmt: skip
def test_secure_cookies_over_plain_http(host: str, profile: Profile, accepted: bool) -> None:
    url = url_of(f"http://{host}:3000/")
    context = CookieContext(f"http://{host}:5173", f"http://{host}:5173")
    refused = CookieJar(profile).store(("a=1; Secure",), url, context, NOW)
    assert refused == (() if accepted else (Withheld("a", CookieReason.SECURE_ONLY),))


def test_secure_cookies_stay_off_plain_http() -> None:
    jar = jar_with("a=1; Secure")
    plain = url_of("http://api.example.com/v1/items")
    context = CookieContext("http://app.example.com", "http://app.example.com")
    assert jar.cookies_for(plain, context, NOW).withheld == (Withheld("a", CookieReason.SECURE_ONLY),)
    assert jar.store(("a=2",), plain, context, NOW) == (Withheld("a", CookieReason.OVERWRITE_SECURE),)
    assert jar.store(("b=2",), plain, context, NOW) == ()


def test_domain_path_and_age() -> None:
    jar = jar_with("wide=1; Domain=example.com; Path=/", "deep=2; Path=/v1", "host=3; Path=/", "short=4; Max-Age=10")
    assert sent(jar) == "deep=2; short=4; wide=1; host=3"
    assert sent(jar, url_of("https://api.example.com/v2")) == "wide=1; host=3"
    assert sent(jar, url_of("https://www.example.com/v1")) == "wide=1"
    assert sent(jar, now=NOW + 10) == "deep=2; wide=1; host=3"


def test_replacing_and_deleting() -> None:
    jar = jar_with("a=1", "b=1", "a=2")
    assert sent(jar) == "b=1; a=2"
    jar.store(("a=; Max-Age=0", "never=1; Max-Age=0"), API, HOME, NOW)
    assert sent(jar) == "b=1"


@pytest.mark.parametrize(("value", "chromium"), [("1", "a=1; b=1"), ("2", "b=1; a=2")], ids=["same", "changed"])
def test_the_place_of_a_cookie_set_again(value: str, chromium: str) -> None:
    for profile, expected in ((CHROMIUM, chromium), (FIREFOX, f"a={value}; b=1")):
        assert sent(jar_with("a=1", "b=1", f"a={value}", profile=profile)) == expected
