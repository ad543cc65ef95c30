"""The credentials mode: what shows it, and what is said where nothing does."""

from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.modes import Credentials
from emulator.browser.verdict import Allowed, Blocked
from emulator.deployment import Frontend
from emulator.exchange import Enforced, Exchange
from emulator.findings.changes import CorsField, DeclareFrontend, ReplaceInCors, SetCorsCredentials
from emulator.findings.finding import NOTHING, Severity
from emulator.findings.review import review
from emulator.frontends import as_from_production
from emulator.functions.invocation import Throttled
from emulator.messages import Headers, Response
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


@pytest.mark.parametrize("frontends", [(), (Frontend(PAGE, "include"),)])
@pytest.mark.parametrize("destination", ["font", "script"])
def test_what_an_element_loads_has_no_credentials_unless_they_show(
    destination: str, frontends: tuple[Frontend, ...]
) -> None:
    loaded = (("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Dest", destination))
    reviewed = review(exchanged(OPEN, call(headers=loaded), answers()), frontends)
    assert isinstance(reviewed.verdict, Allowed)
    assert (reviewed.with_credentials, reviewed.findings) == (None, ())
    shown = review(exchanged(OPEN, call(headers=(*loaded, ("Cookie", "a=b"))), answers()), frontends)
    assert isinstance(shown.verdict, Blocked)
    assert shown.findings[0].evidence[-1].endswith('crossorigin="use-credentials"') or destination == "font"


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


def test_the_notes_on_what_may_be_meant_so_come_last() -> None:
    api = replace(OPEN, routes=(a_route("GET /x"), a_route("GET /shop/{id}"), a_route("GET /shop/login")))
    made = exchanged(api, call(path="/shop/login"), answers(X_Total="9", Set_Cookie="a=b; SameSite=None; Secure"))
    reviewed = review(made, ())
    assert {note.severity for note in reviewed.findings} == {Severity.NOTE}
    names = [note.name for note in reviewed.findings]
    assert names == ["header-not-exposed", "cookie-not-stored", "wildcard-with-credentials", "cookie-not-sent"]


@pytest.mark.parametrize("mode", ["omit", "same-origin"])
def test_a_declared_mode_silences_the_other(mode: str) -> None:
    reviewed = review(exchanged(OPEN, call(), answers()), (Frontend(PAGE, mode),))
    assert (type(reviewed.verdict), reviewed.with_credentials, reviewed.findings) == (Allowed, None, ())


def test_the_fix_of_the_note_cures_both() -> None:
    """Named, with allowCredentials; and the mode declared, where the page calls without."""
    note = review(exchanged(OPEN, call(), answers()), ()).findings[0]
    assert note.fix.given == "If it does"
    assert note.fix.changes == (
        ReplaceInCors("open", CorsField.ALLOW_ORIGINS, "*", (PAGE,)),
        SetCorsCredentials("open", allowed=True),
    )
    assert note.fix.otherwise == (DeclareFrontend(PAGE, "same-origin"),)
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


def test_what_is_not_judged() -> None:
    same_origin = call(origin="http://127.0.0.1:3000")
    navigation = call(headers=(("Sec-Fetch-Mode", "navigate"),))
    for request in (same_origin, navigation):
        assert review(exchanged(REST, request, answers()), ()) == NOTHING


def test_a_handshake_is_no_matter_of_cors() -> None:
    reviewed = review(exchanged(OPEN, call(headers=(("Upgrade", "websocket"),)), answers()), ())
    assert (reviewed.verdict, [found.name for found in reviewed.findings]) == (None, ["websocket-not-emulated"])


PROXIED = (("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors"), ("Referer", f"{PAGE}/"))


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        pytest.param((), "would be allowed this call.", id="simple"),
        pytest.param((("Cookie", "a=b"),), "WildcardOriginNotAllowed (gateway).", id="its-cookies"),
        pytest.param((("X-A", "1"),), "HeaderDisallowedByPreflightResponse (gateway).", id="its-preflight"),
    ],
)
def test_a_call_through_a_proxy_is_reviewed_as_the_page_s_own(headers: Headers, said: str) -> None:
    reviewed = review(exchanged(OPEN, call(origin=None, headers=(*PROXIED, *headers)), answers()), ())
    assert reviewed.verdict is None
    (note,) = reviewed.findings
    assert note.name == "cors-hidden-by-proxy"
    assert said in note.message
    assert note.fix.given == ("Before that" if note.fix.changes else "")


def test_an_unsent_preflight_comes_first() -> None:
    reviewed = review(exchanged(OPEN, call(headers=(("X-A", "1"),)), answers()), ())
    assert isinstance(reviewed.verdict, Blocked)
    (finding,) = reviewed.findings
    assert finding.name == "header-not-allowed"
    assert finding.evidence[0].startswith("this client sends no preflight")
    allowed = review(exchanged(replace(OPEN, cors=CorsConfiguration(("*",), ("GET",), ("x-a",))),
                               call(headers=(("X-A", "1"),)), answers()), ())  # fmt: skip
    assert isinstance(allowed.verdict, Allowed)


def enforced(blocked: Exchange) -> Exchange:
    """The exchange of a call in whose place enforcement answered."""
    return replace(blocked, outcome=Enforced(blocked), response=Response(403))


def test_what_enforcement_blocked_is_reviewed_as_the_exchange_it_stopped_at() -> None:
    blocked = exchanged(REST, call(path="/dev/x"), answers())
    assert review(enforced(blocked), ()) == review(blocked, ())


def test_a_call_that_enforcement_kept_back_is_reviewed_as_its_preflight() -> None:
    made = replace(exchanged(OPEN, preflight("DELETE"), answers()), made_for=call("DELETE"))
    told, (finding,) = review(made, ()), review(enforced(made), ()).findings
    assert isinstance(told.verdict, Blocked)
    assert finding.evidence[0].endswith("is refused, and never sends DELETE")
    assert (replace(finding, evidence=finding.evidence[1:]),) == told.findings


ENFORCED_MODES = [
    pytest.param((), (), "allowed", id="fetch's-default"),
    pytest.param((("Cookie", "a=b"),), (), "blocked", id="cookie"),
    pytest.param((), (Frontend(PAGE, "include"),), "blocked", id="declared"),
]


@pytest.mark.parametrize(("headers", "frontends", "outcome"), ENFORCED_MODES)
def test_a_made_preflight_has_the_mode_of_its_call(
    headers: Headers, frontends: tuple[Frontend, ...], outcome: str
) -> None:
    made = replace(exchanged(OPEN, preflight("PUT"), answers()), made_for=call("PUT", headers=headers))
    reviewed = review(made, frontends)
    assert isinstance(reviewed.verdict, Blocked if outcome == "blocked" else Allowed)
    assert reviewed.with_credentials is None, "there is no doubt about the mode"


def test_errors_come_first_and_notes_last() -> None:
    reviewed = review(exchanged(REST, call(path="/dev/x"), Throttled(1)), ())
    assert [found.name for found in reviewed.findings] == ["throttled", "error-response-without-cors"]
    waited = review(exchanged(OPEN, call(), replace(answers(), queued_ms=200.0)), ())
    assert [found.severity for found in waited.findings] == [Severity.WARNING, Severity.NOTE]


def test_a_name_is_said_once() -> None:
    """A finding of the block is not repeated as a warning beside it."""
    echo = answers(Access_Control_Allow_Origin="*", Access_Control_Allow_Credentials="true")
    reviewed = review(exchanged(REST, call(path="/dev/x"), echo), (), Credentials.INCLUDE)
    assert [found.name for found in reviewed.findings] == ["wildcard-with-credentials"]


def test_a_block_names_the_dev_origin_that_stands_in_for_production() -> None:
    listed = HttpApi("listed", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration(("http://a.test",)))
    shop = "https://shop.example.com"
    reviewed = review(exchanged(listed, as_from_production(call(), {PAGE: shop}), answers()), ())
    assert reviewed.findings[0].evidence[0] == f"the page is at {PAGE}, which stands in for {shop}, as `frontends` says"
    assert f"from origin '{shop}'" in reviewed.findings[0].message


def test_a_call_without_cors_is_not_checked_and_told() -> None:
    headers = (("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "empty"), ("Sec-Fetch-Site", "same-site"))
    reviewed = review(exchanged(OPEN, call(headers=headers), answers()), ())
    assert (reviewed.verdict, [found.name for found in reviewed.findings]) == (None, ["no-cors-mode"])
