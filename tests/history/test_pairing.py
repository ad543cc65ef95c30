"""A preflight that no request follows: possible causes are listed, and none is claimed."""

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.browser.verdict import Allowed
from emulator.deployment import Frontend
from emulator.findings.changes import CorsField, ReplaceInCors, SetCorsCredentials
from emulator.findings.finding import Severity
from emulator.findings.review import review
from emulator.history.pairing import doubt, followed_late, unanswered
from products import a_route
from serving.exchanges import PAGE, answers, call, exchanged, preflight

BROWSER = (("Sec-Fetch-Site", "same-site"),)
CORS = CorsConfiguration(("*",), ("PUT",))
OPEN = HttpApi("open", "abcdef1234", (a_route("PUT /x"),), cors=CORS)


def test_what_only_credentials_break_is_doubtful() -> None:
    exchange = exchanged(OPEN, preflight("PUT", headers=BROWSER), answers())
    blocked = doubt(exchange, review(exchange, ()))
    assert blocked is not None
    assert blocked.error == "PreflightWildcardOriginNotAllowed"


def test_where_there_is_no_doubt() -> None:
    for request, frontends in (
        (preflight("PUT"), ()),  # curl
        (preflight("PUT", headers=BROWSER), (Frontend(PAGE, "omit"),)),
        (call("PUT", headers=BROWSER), ()),
    ):
        exchange = exchanged(OPEN, request, answers())
        assert doubt(exchange, review(exchange, frontends)) is None


def test_nothing_is_claimed() -> None:
    exchange = exchanged(OPEN, preflight("PUT", headers=BROWSER), answers())
    blocked = doubt(exchange, review(exchange, ()))
    assert blocked is not None
    finding = unanswered(exchange, blocked)
    assert finding.severity is Severity.NOTE
    assert finding.message.startswith(
        "No PUT has followed this preflight. Nothing shows why: the call was aborted, its page went away, its body is "
        "a stream, or it was made with credentials: 'include'. If the last: Access to fetch at"
    )
    assert finding.fix.given == "If the page's console says so too"
    assert finding.fix.changes == (
        ReplaceInCors("open", CorsField.ALLOW_ORIGINS, "*", (PAGE,)),
        SetCorsCredentials("open", allowed=True),
    )


def test_what_was_said_is_withdrawn() -> None:
    exchange = exchanged(OPEN, preflight("PUT", headers=BROWSER), answers())
    blocked = doubt(exchange, review(exchange, ()))
    assert blocked is not None
    said = unanswered(exchange, blocked)
    withdrawn = followed_late(said)
    assert (withdrawn.name, withdrawn.severity, withdrawn.fix.changes) == (said.name, Severity.NOTE, ())
    assert withdrawn.message == "This preflight has been followed after all: what was said of it does not hold."


def test_its_fix_cures() -> None:
    cors = CorsConfiguration((PAGE,), ("PUT",), allow_credentials=True)
    mended = HttpApi("open", "abcdef1234", (a_route("PUT /x"),), cors=cors)
    exchange = exchanged(mended, preflight("PUT", headers=BROWSER), answers())
    reviewed = review(exchange, ())
    assert isinstance(reviewed.verdict, Allowed)
    assert doubt(exchange, reviewed) is None
