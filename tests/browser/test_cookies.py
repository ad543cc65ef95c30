import pytest

from emulator.browser.cookies import FOREVER, Cookie, CookieReason, SameSite, parse_set_cookie, path_matches
from emulator.browser.departures import Profile
from emulator.browser.profiles import CHROMIUM, FIREFOX, PROFILES, WEBKIT
from emulator.browser.url import Url, parse_url

NOW = 1_000_000.0


def url_of(text: str) -> Url:
    url = parse_url(text)
    assert url is not None
    return url


URL = url_of("https://shop.example.com/a/b/c?q")


def parsed(line: str, url: Url = URL, profile: Profile = CHROMIUM) -> Cookie:
    cookie = parse_set_cookie(line, url, NOW, profile)
    assert isinstance(cookie, Cookie)
    return cookie


def test_a_bare_cookie() -> None:
    assert parsed("k=v") == Cookie(
        "k", "v", "shop.example.com", True, "/a/b", False, False, SameSite.UNSPECIFIED, False, "", FOREVER
    )


@pytest.mark.parametrize(
    ("line", "pair"),
    [(" k = v w ", "k=v w"), ("k=", "k="), ("k", "k"), ("=v", "v"), ("k=a=b;x", "k=a=b"), ('k="v"', 'k="v"')],
)
def test_names_and_values(line: str, pair: str) -> None:
    assert parsed(line).pair == pair


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", CookieReason.SYNTAX_ERROR),
        ("=; Secure", CookieReason.SYNTAX_ERROR),
        ("k=a\x01b", CookieReason.DISALLOWED_CHARACTER),
        ("k=" + "v" * 4096, CookieReason.NAME_VALUE_PAIR_EXCEEDS_MAX_SIZE),
        ("k=v; Domain=other.example", CookieReason.INVALID_DOMAIN),
        ("k=v; Domain=com", CookieReason.INVALID_DOMAIN),
        ("k=v; Domain=deeper.shop.example.com", CookieReason.INVALID_DOMAIN),
        ("__Secure-k=v", CookieReason.INVALID_PREFIX),
        ("__Host-k=v; Secure", CookieReason.INVALID_PREFIX),
        ("__host-k=v; Secure; Path=/; Domain=example.com", CookieReason.INVALID_PREFIX),
        ("__Host-k; Secure; Path=/", CookieReason.INVALID_PREFIX),
        ("k=v; SameSite=None", CookieReason.SAME_SITE_NONE_INSECURE),
        ("k=v; Partitioned", CookieReason.PARTITIONED_INSECURE),
    ],
)
def test_refused_lines(line: str, reason: CookieReason) -> None:
    assert parse_set_cookie(line, URL, NOW, CHROMIUM) is reason


def test_prefixes_that_keep_their_promise() -> None:
    assert parsed("__Secure-k=v; Secure").secure
    assert parsed("__Host-k=v; Secure; Path=/").path == "/"


@pytest.mark.parametrize(
    ("line", "host", "domain", "host_only"),
    [
        ("k=v", "shop.example.com", "shop.example.com", True),
        ("k=v; Domain=", "shop.example.com", "shop.example.com", True),
        ("k=v; Domain=Example.com", "shop.example.com", "example.com", False),
        ("k=v; Domain=.shop.example.com", "shop.example.com", "shop.example.com", False),
        ("k=v; Domain=github.io", "github.io", "github.io", True),
        ("k=v; Domain=127.0.0.1", "127.0.0.1", "127.0.0.1", True),
        ("k=v; Domain=localhost", "localhost", "localhost", True),
    ],
)
def test_domains(line: str, host: str, domain: str, host_only: bool) -> None:
    cookie = parsed(line, url_of(f"https://{host}/"))
    assert (cookie.domain, cookie.host_only) == (domain, host_only)


@pytest.mark.parametrize(
    ("line", "path"), [("k=v; Path=/x", "/x"), ("k=v; Path=x", "/a/b"), ("k=v; Path=", "/a/b"), ("k=v", "/a/b")]
)
def test_paths(line: str, path: str) -> None:
    assert parsed(line).path == path
    assert parsed("k=v", url_of("https://example.com/a")).path == "/"


@pytest.mark.parametrize(
    ("path", "cookie_path", "expected"),
    [("/a", "/a", True), ("/a/b", "/a", True), ("/a/b", "/a/", True), ("/ab", "/a", False), ("/", "/a", False)],
)
def test_path_matching(path: str, cookie_path: str, expected: bool) -> None:
    assert path_matches(path, cookie_path) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("k=v; Max-Age=60", NOW + 60),
        ("k=v; Max-Age=-1", NOW),
        ("k=v; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", NOW + 60),
        ("k=v; Max-Age=x; Expires=Thu, 01 Jan 1970 00:00:10 GMT", 10),
        ("k=v; Expires=never", FOREVER),
        ("k=v; Max-Age=99999999999", NOW + 400 * 86400),
        (f"k=v; Expires={'x' * 1100}", FOREVER),
    ],
)
def test_lifetimes(line: str, expected: float) -> None:
    assert parsed(line).expires == expected


def test_webkit_has_no_cap() -> None:
    assert parsed("k=v; Max-Age=99999999999", profile=WEBKIT).expires == NOW + 99999999999


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("k=v; samesite=STRICT", SameSite.STRICT),
        ("k=v; SameSite=Lax", SameSite.LAX),
        ("k=v; SameSite=None; Secure", SameSite.NONE),
        ("k=v; SameSite=maybe", SameSite.UNSPECIFIED),
        ("k=v; SameSite", SameSite.UNSPECIFIED),
        ("k=v; SameSite=Lax; SameSite=Strict", SameSite.STRICT),
    ],
)
def test_same_site(line: str, expected: SameSite) -> None:
    assert parsed(line).same_site is expected


def test_flags() -> None:
    cookie = parsed("k=v; secure; HTTPONLY; Partitioned")
    assert (cookie.secure, cookie.http_only, cookie.partitioned) == (True, True, True)


def test_who_lets_same_site_none_go_without_secure() -> None:
    accepted = {
        name
        for name, profile in PROFILES.items()
        if isinstance(parse_set_cookie("k=v; SameSite=None", URL, NOW, profile), Cookie)
    }
    assert accepted == {WEBKIT.name}


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
    for profile, expected in ((CHROMIUM, chromium), (FIREFOX, firefox)):
        cookie = parse_set_cookie(line, URL, NOW, profile)
        assert (cookie.pair if isinstance(cookie, Cookie) else cookie) == (expected or CookieReason.SYNTAX_ERROR)


@pytest.mark.parametrize(
    ("age", "chromium", "firefox"), [("+5", NOW + 5, 0.0), ("+-5", 0.0, 0.0), ("5", NOW + 5, NOW + 5)]
)
def test_a_plus_before_the_age_of_a_cookie(age: str, chromium: float, firefox: float) -> None:
    for profile, expected in ((CHROMIUM, chromium), (FIREFOX, firefox)):
        cookie = parsed(f"k=v; Max-Age={age}; Expires=Thu, 01 Jan 1970 00:00:00 GMT", profile=profile)
        assert cookie.expires == expected
