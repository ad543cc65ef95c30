"""No exchange with a product comes here: the rule is asked about a failure that the products cannot cause."""

from emulator.aws.product import Layer
from emulator.browser.verdict import Blocked, ConsoleTexts, CorsErrorName
from emulator.findings.changes import DoByHand
from emulator.findings.finding import Case
from emulator.findings.rules.cors_blocked import RULE
from findings.examples import REST, answers, call
from serving.exchanges import exchanged

TEXTS = ConsoleTexts("blocked by CORS policy", "", "")


def test_found() -> None:
    exchange = exchanged(REST, call(path="/dev/x"), answers())
    blocked = Blocked(CorsErrorName.REDIRECT_CONTAINS_CREDENTIALS, TEXTS, "Location", "http://a:b@c.test")
    finding = RULE.finding(Case(exchange, blocked))
    assert finding is not None
    assert (finding.layer, finding.message) == (Layer.FUNCTION, "blocked by CORS policy")
    said = "compare the Location with what the message asks for: it is 'http://a:b@c.test'"
    assert finding.fix.changes == (DoByHand(said),)


def test_found_where_no_header_is_at_fault() -> None:
    exchange = exchanged(REST, call(path="/dev/x"), answers())
    finding = RULE.finding(Case(exchange, Blocked(CorsErrorName.INVALID_RESPONSE, TEXTS)))
    assert finding is not None
    assert finding.fix.changes == (DoByHand("compare the answer with what the message asks for"),)


def test_not_found() -> None:
    assert RULE.finding(Case(exchanged(REST, call(path="/dev/x"), answers()))) is None
