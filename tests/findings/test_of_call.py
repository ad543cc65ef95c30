"""All that is found in one call of a page."""

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.browser.modes import Credentials
from emulator.findings.of_call import findings_of_call
from emulator.findings.other_answers import OtherAnswers
from products import a_route
from serving.exchanges import PAGE, answers, call, exchanged, preflight

CLOSED = HttpApi("shop", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration(("https://shop.test",)))
STAGED = HttpApi("shop", "abcdef1234", (a_route("GET /x"),), stage="dev")
CACHED = HttpApi("shop", "abcdef1234", (a_route("GET /x"),))

CACHEABLE = answers(Access_Control_Allow_Origin=PAGE, Cache_Control="max-age=60")


def test_nothing_is_found_where_nothing_happened() -> None:
    assert findings_of_call((), (), None) == ()


def test_a_finding_of_preflight_and_request_is_told_once_with_the_first() -> None:
    exchanges = [exchanged(CLOSED, preflight("GET"), answers()), exchanged(CLOSED, call(), answers())]
    (found,) = findings_of_call(exchanges, (), Credentials.SAME_ORIGIN)
    assert (found.finding.name, found.exchange) == ("origin-not-allowed", exchanges[0])


def test_errors_stand_first() -> None:
    exchanges = [exchanged(CACHED, call(), CACHEABLE), exchanged(CLOSED, call(), answers())]
    severities = [one.finding.severity for one in findings_of_call(exchanges, (), Credentials.SAME_ORIGIN)]
    assert severities == ["error", "note"]


def test_earlier_calls_show_what_depends_on_the_origin() -> None:
    before = OtherAnswers([exchanged(CACHED, call(origin=None), answers(Cache_Control="max-age=60"))])
    (found,) = findings_of_call([exchanged(CACHED, call(), CACHEABLE)], (), Credentials.SAME_ORIGIN, before)
    assert (found.finding.name, found.finding.severity) == ("vary-origin-missing", "warning")
    static = OtherAnswers([exchanged(CACHED, call(origin=None), CACHEABLE)])
    assert findings_of_call([exchanged(CACHED, call(), CACHEABLE)], (), Credentials.SAME_ORIGIN, static) == ()


def test_what_a_redirect_left_is_told_of_the_function_that_redirects() -> None:
    exchanges = [
        exchanged(STAGED, call(path="/dev/x"), answers(307, Access_Control_Allow_Origin=PAGE, Location="/x/")),
        exchanged(STAGED, call(path="/x/"), answers()),
    ]
    (found,) = findings_of_call(exchanges, (), Credentials.SAME_ORIGIN)
    assert (found.finding.name, found.finding.layer) == ("url-outside-stage", "function")
