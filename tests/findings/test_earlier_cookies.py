"""What browsers were given, and what a call came without."""

from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.deployment import Frontend
from emulator.exchange import Earlier, Exchange, MissingCookies, PreflightAnswer, WithheldBy
from emulator.findings.earlier_cookies import BROWSERS, COOKIES, LONGEST, EarlierCookies
from emulator.messages import Headers, Request
from products import a_route
from serving.exchanges import STAMP, answers, exchanged

HOST, SITE, ELSEWHERE = "localhost:3000", "http://localhost:5173", "http://127.0.0.1:5173"
API = HttpApi(
    "shop", "abcdef1234", (a_route("$default"),), cors=CorsConfiguration((SITE, ELSEWHERE), allow_credentials=True)
)
CHROME = "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0"


def request(path: str = "/me", origin: str | None = SITE, agent: str = CHROME, **more: str) -> Request:
    named = () if origin is None else (("Origin", origin),)
    others = tuple((name.replace("_", "-"), value) for name, value in more.items())
    return Request("GET", path, headers=(("Host", HOST), ("User-Agent", agent), *named, *others), port=3000)


def answered(asked: Request, status: int = 200, *lines: str) -> Exchange:
    exchange = exchanged(API, asked, answers(status))
    headers: Headers = tuple(("set-cookie", line) for line in lines)
    return replace(exchange, response=replace(exchange.response, headers=(*exchange.response.headers, *headers)))


def setting(line: str, path: str = "/login", origin: str | None = SITE, **more: str) -> Exchange:
    return answered(request(path, origin, **more), 200, line)


def lacking(*exchanges: Exchange, frontends: tuple[Frontend, ...] = ()) -> MissingCookies | None:
    """What the last of these came without."""
    cookies = EarlierCookies()
    known = [cookies.with_cookies(one, frontends) for one in exchanges][-1]
    assert known is exchanges[-1] or known.earlier is not None
    return None if known.earlier is None else known.earlier.cookies


REFUSED = answered(request(), 401)
LOGGED_IN = setting("id=1; Path=/")
ACROSS, NONE = {"origin": ELSEWHERE}, "id=1; Path=/; SameSite=None; Secure"
GRANTED = ACROSS | {"Sec_Fetch_Storage_Access": "active"}
KEPT_BACK = ACROSS | {"Sec_Fetch_Storage_Access": "none"}
NAVIGATION = {"origin": None, "Sec_Fetch_Site": "none", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
OWN_PAGE = {"origin": None, "Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors"}
FRAME = NAVIGATION | {"Sec_Fetch_Dest": "iframe"}
PROXIED = {"origin": "http://localhost:8080", "Sec_Fetch_Site": "same-origin"}
NO_CORS = {"Sec_Fetch_Mode": "no-cors"}
CARRYING = answered(request(Cookie="id=1"))


def test_who_set_the_cookie_is_told() -> None:
    assert lacking(LOGGED_IN, REFUSED) == MissingCookies(
        ("id",), WithheldBy.NEVER_KEPT, "GET /login", "f", is_of_page=True, path="/"
    )
    long = lacking(setting("id=1; Path=/", f"/{'x' * 1000}"), REFUSED)
    assert long is not None
    assert long.set_by == f"GET /{'x' * (LONGEST - 1)}"


WITHHELD = [
    pytest.param((LOGGED_IN, CARRYING, REFUSED), WithheldBy.MODE_OR_GONE, id="it-was-sent-once"),
    pytest.param((setting("id=1; Path=/", Cookie="a=b"), REFUSED), WithheldBy.MODE_OR_GONE, id="set-with-credentials"),
    pytest.param((setting("id=1; Path=/", **NAVIGATION), REFUSED), WithheldBy.MODE_OR_GONE, id="set-to-a-navigation"),
    pytest.param((setting("id=1; Path=/", **OWN_PAGE), REFUSED), WithheldBy.MODE_OR_GONE, id="set-to-its-own-page"),
    pytest.param((setting(NONE, **GRANTED), answered(request(**ACROSS))), WithheldBy.MODE, id="no-storage-access"),
    pytest.param(
        (setting(NONE, **ACROSS), answered(request(**GRANTED, Cookie="id=1")), answered(request(**ACROSS))),
        WithheldBy.MODE,
        id="no-storage-access-which-it-sent-once",
    ),
    pytest.param((setting(NONE, **ACROSS), answered(request(**ACROSS))), WithheldBy.NEVER_KEPT, id="across-sites"),
    pytest.param(
        (setting(NONE, **KEPT_BACK), answered(request(**KEPT_BACK))), WithheldBy.THIRD_PARTY, id="third-party"
    ),
    pytest.param(
        (setting("id=1; Path=/", **NAVIGATION), answered(request(**ACROSS))), WithheldBy.SAME_SITE, id="same-site"
    ),
    pytest.param((setting("id=1", "/auth/login"), REFUSED), WithheldBy.PATH, id="path"),
    pytest.param((setting("id=1; Domain=localhost", "/auth/login"), REFUSED), WithheldBy.PATH, id="path-of-a-domain"),
]


@pytest.mark.parametrize(("exchanges", "withheld_by"), WITHHELD)
def test_why_a_cookie_did_not_come(exchanges: tuple[Exchange, ...], withheld_by: WithheldBy) -> None:
    missing = lacking(*exchanges)
    assert missing is not None
    assert missing.withheld_by is withheld_by


NOTHING = [
    pytest.param((REFUSED,), id="nothing-was-set"),
    pytest.param((LOGGED_IN, CARRYING), id="it-came"),
    pytest.param((LOGGED_IN, answered(request(agent="Mozilla/5.0 Firefox"), 401)), id="another-browser"),
    pytest.param((LOGGED_IN, answered(request(agent="curl/8"), 401)), id="no-browser"),
    pytest.param((setting("id=1; Path=/", agent="curl/8"), REFUSED), id="set-to-no-browser"),
    pytest.param((LOGGED_IN, answered(request(Cookie="a=b"), 401)), id="other-cookies-came"),
    pytest.param((LOGGED_IN, setting("id=; Path=/; Max-Age=0"), REFUSED), id="deleted"),
    pytest.param((setting("id=1; Path=/; Max-Age=0"), REFUSED), id="never-there"),
    pytest.param((setting("secret; Path=/"), REFUSED), id="without-a-name"),
    pytest.param((setting("id=1; Path=/admin"), REFUSED), id="meant-for-another-path"),
    pytest.param((setting("id=1", "/auth/login"), answered(request())), id="another-path-that-does-not-need-it"),
    pytest.param((setting("id=1; Path=/", **FRAME), REFUSED), id="set-to-a-frame"),
    pytest.param((setting("id=1; Path=/", **PROXIED), REFUSED), id="set-behind-a-proxy"),
    pytest.param((setting("id=1; Path=/", **NO_CORS), REFUSED), id="set-to-an-image"),
    pytest.param((LOGGED_IN, answered(request(**NO_CORS), 401)), id="an-image"),
    pytest.param((setting(NONE, **GRANTED), answered(request(**GRANTED), 401)), id="gone"),
    pytest.param(
        (setting(f"{NONE}; Partitioned", **KEPT_BACK), answered(request(**KEPT_BACK), 401)), id="gone-partitioned"
    ),
    pytest.param((setting("id=1; Path=/", **ACROSS), answered(request(**ACROSS), 401)), id="refused"),
]


@pytest.mark.parametrize("exchanges", NOTHING)
def test_nothing_is_said_of_what_does_not_show(exchanges: tuple[Exchange, ...]) -> None:
    assert lacking(*exchanges) is None


def test_a_preflight_has_no_cookies() -> None:
    asked = replace(request(Access_Control_Request_Method="PUT"), method="OPTIONS")
    assert lacking(LOGGED_IN, answered(asked, 401)) is None


def test_a_url_that_is_none_is_left_alone() -> None:
    broken = replace(request(), headers=(("Host", "a b"), *request().headers[1:]))
    assert lacking(LOGGED_IN, answered(broken, 401)) is None


def test_a_page_at_a_dev_port_is_where_it_is() -> None:
    stands_in = replace(request(origin="https://shop.example.com"), dev_origin=SITE)
    missing = lacking(LOGGED_IN, answered(stands_in, 401))
    assert missing is not None
    assert missing.withheld_by is WithheldBy.NEVER_KEPT


@pytest.mark.parametrize(("mode", "is_told"), [("omit", False), ("same-origin", False), ("include", True)])
def test_a_page_that_is_declared_calls_as_it_is_declared(mode: str, *, is_told: bool) -> None:
    declared = (Frontend(SITE, mode),)
    for set_before in (LOGGED_IN, setting("id=1; Path=/", **NAVIGATION)):
        missing = lacking(set_before, REFUSED, frontends=declared)
        assert (missing is not None) is is_told
        assert missing is None or missing.withheld_by is WithheldBy.MODE_OR_GONE


def test_what_was_not_refused_is_told_once_until_the_cookie_is_set_again() -> None:
    cookies = EarlierCookies()
    row = (LOGGED_IN, answered(request()), answered(request()), REFUSED, LOGGED_IN, answered(request()))
    told = [cookies.with_cookies(one, ()).earlier is not None for one in row]
    assert told == [False, True, False, True, False, True]


def test_it_is_told_again_when_asked_to() -> None:
    cookies = EarlierCookies()
    for one in (LOGGED_IN, answered(request())):
        cookies.with_cookies(one, ())
    cookies.tell_again()
    assert cookies.with_cookies(answered(request()), ()).earlier is not None


def test_a_cookie_is_not_missed_after_its_time() -> None:
    later = replace(REFUSED, stamp=replace(STAMP, epoch_ms=STAMP.epoch_ms + 5000))
    assert lacking(setting("id=1; Path=/; Max-Age=3"), later) is None
    assert lacking(setting("id=1; Max-Age=3", "/auth/login"), later) is None


def test_what_else_is_known_stays_known() -> None:
    known = replace(REFUSED, earlier=Earlier(PreflightAnswer("*", "", "f")))
    cookies = EarlierCookies()
    cookies.with_cookies(LOGGED_IN, ())
    earlier = cookies.with_cookies(known, ()).earlier
    assert earlier is not None
    assert earlier.preflight == PreflightAnswer("*", "", "f")
    assert earlier.cookies is not None


def test_only_so_much_is_remembered() -> None:
    others = [setting("id=1; Path=/", agent=f"Mozilla/5.0 {n}") for n in range(BROWSERS)]
    assert lacking(LOGGED_IN, *others, REFUSED) is None
    assert lacking(LOGGED_IN, *others[1:], REFUSED) is not None
    many = [setting(f"c{n}=1; Path=/") for n in range(COOKIES + 2)]
    missing = lacking(*many, REFUSED)
    assert missing is not None
    assert missing.names == (f"c{COOKIES + 1}",)
