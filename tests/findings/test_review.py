"""The credentials mode: what shows it, and what is said where nothing does."""

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.modes import Credentials
from emulator.browser.verdict import Allowed, Blocked
from emulator.deployment import Frontend
from emulator.findings.finding import Severity
from emulator.findings.review import review
from emulator.messages import Headers
from products import a_method, a_route
from serving.exchanges import PAGE, answers, call, exchanged, preflight

OPEN = HttpApi("open", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration(("*",), ("GET", "PUT")))
REST = RestApi("orders", "abcdef1234", (a_method("GET", "/x"),), "dev")
STORAGE_ACCESS = (("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Storage-Access", "none"))

SHOWN = [
    pytest.param((("Cookie", "a=b"),), (), id="cookie"),
    pytest.param(STORAGE_ACCESS, (), id="storage-access"),
    pytest.param(STORAGE_ACCESS, (Frontend(PAGE, "omit"),), id="the-wire-before-the-configuration"),
    pytest.param((), (Frontend("http://a.test", "omit"), Frontend(PAGE, "include")), id="declared"),
    pytest.param((), (Frontend(PAGE, {"open": "include", "$default": "omit"}),), id="declared-by-api"),
]


@pytest.mark.parametrize(("headers", "frontends"), SHOWN)
def test_where_credentials_show(headers: Headers, frontends: tuple[Frontend, ...]) -> None:
    reviewed = review(exchanged(OPEN, call(headers=headers), answers()), frontends)
    assert isinstance(reviewed.verdict, Blocked)
    assert reviewed.verdict.error == "WildcardOriginNotAllowed"
    assert reviewed.with_credentials is None


def test_firefox_shows_them_on_a_preflight() -> None:
    reviewed = review(exchanged(OPEN, preflight("PUT", headers=STORAGE_ACCESS), answers()), ())
    assert isinstance(reviewed.verdict, Blocked)


@pytest.mark.parametrize(
    ("headers", "frontends"),
    [
        pytest.param((), (), id="nothing"),
        pytest.param((("Sec-Fetch-Site", "same-site"),), (), id="within-a-site"),
        pytest.param((("Sec-Fetch-Site", "cross-site"),), (), id="across-sites-without-storage-access"),
        pytest.param((), (Frontend(PAGE),), id="a-frontend-that-does-not-say"),
        pytest.param((), (Frontend(PAGE, {"orders": "omit"}),), id="a-frontend-that-says-it-of-another-api"),
    ],
)
def test_where_nothing_shows_the_mode_both_are_said(headers: Headers, frontends: tuple[Frontend, ...]) -> None:
    reviewed = review(exchanged(OPEN, call(headers=headers), answers()), frontends)
    assert isinstance(reviewed.verdict, Allowed)
    assert reviewed.with_credentials is not None
    assert (reviewed.with_credentials.error, reviewed.layer_with_credentials) == ("WildcardOriginNotAllowed", "gateway")
    (note,) = reviewed.findings
    assert (note.name, note.severity) == ("wildcard-with-credentials", Severity.NOTE)
    assert note.message.startswith("Nothing shows whether this page calls with credentials: 'include'.")
    assert "blocked by CORS policy" in note.message


@pytest.mark.parametrize("mode", ["omit", "same-origin"])
def test_a_declared_mode_silences_the_other(mode: str) -> None:
    reviewed = review(exchanged(OPEN, call(), answers()), (Frontend(PAGE, mode),))
    assert (type(reviewed.verdict), reviewed.with_credentials, reviewed.findings) == (Allowed, None, ())


def test_the_fix_of_the_note_cures_both() -> None:
    """Named, with allowCredentials; and the mode declared, where the page calls without."""
    note = review(exchanged(OPEN, call(), answers()), ()).findings[0]
    assert f"Name {PAGE} in `cors.allowOrigins` of 'open' instead of '*', with `allowCredentials: true`" in note.fix
    assert "`credentials: same-origin` of its origin under `frontends`" in note.fix
    cors = CorsConfiguration((PAGE,), ("GET",), allow_credentials=True)
    mended = HttpApi("open", "abcdef1234", (a_route("GET /x"),), cors=cors)
    for headers in ((), STORAGE_ACCESS):
        reviewed = review(exchanged(mended, call(headers=headers), answers()), ())
        assert isinstance(reviewed.verdict, Allowed)
        assert (reviewed.with_credentials, reviewed.findings) == (None, ())


def test_where_the_two_agree_one_is_said() -> None:
    sound = answers(Access_Control_Allow_Origin=PAGE, Access_Control_Allow_Credentials="true")
    assert review(exchanged(REST, call(path="/dev/x"), sound), ()).with_credentials is None
    blocked = review(exchanged(REST, call(path="/dev/x"), answers()), ())
    assert isinstance(blocked.verdict, Blocked)
    assert blocked.with_credentials is None


def test_a_warning_of_that_name_is_not_said_twice() -> None:
    both = answers(Access_Control_Allow_Origin="*", Access_Control_Allow_Credentials="true")
    reviewed = review(exchanged(REST, call(path="/dev/x"), both), ())
    assert reviewed.with_credentials is not None
    assert [(found.name, found.severity) for found in reviewed.findings] == [
        ("wildcard-with-credentials", Severity.WARNING)
    ]
    assert "passed" not in "".join(reviewed.findings[0].evidence)


def test_a_preflight_has_no_note_as_its_request_follows_or_not() -> None:
    reviewed = review(exchanged(OPEN, preflight("PUT"), answers()), ())
    assert reviewed.with_credentials is not None
    assert reviewed.findings == ()


def test_a_caller_that_knows_the_mode_is_believed() -> None:
    exchange = exchanged(OPEN, call(headers=STORAGE_ACCESS), answers())
    reviewed = review(exchange, (Frontend(PAGE, "include"),), Credentials.OMIT)
    assert (type(reviewed.verdict), reviewed.with_credentials) == (Allowed, None)
