"""What becomes of the cookies that an answer sets: the browser model's own rules, asked for the page that calls."""

import pytest

from emulator.browser.cookies import CookieReason
from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.findings.finding import Case
from emulator.findings.review import review
from emulator.findings.set_cookies import name_of, names_path, set_cookies, without_value
from emulator.messages import Request
from findings.examples import PAGE, REST, answers, call, preflight
from serving.exchanges import exchanged

DEPLOYED = "https://shop.example.com"
LOCAL = "http://127.0.0.1:5173"
LAX = CookieReason.SAME_SITE_LAX


def of(line: str, origin: str = LOCAL, request: Request | None = None) -> list[tuple[str, CookieReason | None]]:
    answer = answers(acao=origin, **{"Set-Cookie": line})
    exchange = exchanged(REST, request or call(path="/dev/x", origin=origin), answer)
    case = Case(exchange, judge(exchange.request, exchange.response, Credentials.OMIT))
    told = set_cookies(case)
    assert all((one.stored is None) == (one.refused is not None) for one in told)
    return [(one.name, one.refused) for one in told]


@pytest.mark.parametrize(
    ("line", "origin", "refused"),
    [
        pytest.param("a=b", LOCAL, None, id="one-host-is-one-site"),
        pytest.param("a=b; SameSite=Lax", PAGE, LAX, id="localhost-is-another-site-than-127.0.0.1"),
        pytest.param("a=b; SameSite=None; Secure", PAGE, None, id="secure-on-loopback"),
        pytest.param("a=b; SameSite=None", LOCAL, CookieReason.SAME_SITE_NONE_INSECURE, id="insecure"),
        pytest.param("a=b; SameSite=Lax", DEPLOYED, None, id="where-the-api-will-be-is-not-known"),
        pytest.param("a=b; SameSite=Lax", "null", LAX, id="a-file-is-of-no-site"),
    ],
)
def test_each_is_stored_or_refused(line: str, origin: str, refused: CookieReason | None) -> None:
    assert of(line, origin) == [("a", refused)]


def test_what_only_deletes_is_left_out() -> None:
    assert of("a=; Max-Age=0") == []


def test_there_are_none() -> None:
    assert of("a=b", LOCAL, preflight("GET", "/dev/y", LOCAL)) == []
    assert of("a=b", "http://a.test", call(path="/dev/x")) == []
    nowhere = (("Host", "["), ("Origin", LOCAL))
    assert of("a=b", LOCAL, Request("GET", "/dev/x", headers=nowhere)) == []


@pytest.mark.parametrize(
    ("line", "name", "shown"),
    [
        ("sid=s3cret; HttpOnly; Path=/", "sid", "sid=...; HttpOnly; Path=/"),
        ("sid=a=b", "sid", "sid=..."),
        ("=s3cret; Secure", "without a name", "=...; Secure"),
        ("s3cret", "without a name", "..."),
    ],
)
def test_a_cookie_is_told_without_its_value(line: str, name: str, shown: str) -> None:
    """A value may be all that a session needs, and findings are written to logs and reports."""
    assert without_value(line) == (name, shown)
    answer = answers(acao=PAGE, **{"Set-Cookie": line})
    exchange = exchanged(REST, call(path="/dev/x"), answer)
    assert "s3cret" not in repr(review(exchange, (), Credentials.INCLUDE).findings)
    assert "s3cret" not in repr(review(exchange, (), Credentials.SAME_ORIGIN).findings)


def test_a_cookies_name_and_whether_its_path_is_named_are_read_off_its_line() -> None:
    assert (name_of("a=b; Path=/"), name_of("b; a=c")) == ("a", "")
    assert names_path("a=b; path = /x")
    assert not names_path("a=b; Path=x")
    assert not names_path("a=b")
