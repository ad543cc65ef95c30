"""The browser's own warning: what a server sees of a call does not show it, so the rule is asked about a verdict."""

from emulator.aws.product import Layer
from emulator.browser.modes import ResponseType
from emulator.browser.verdict import Allowed, WarningName
from emulator.findings.changes import DoByHand
from emulator.findings.finding import Case
from emulator.findings.rules.local_network_access import RULE
from findings.examples import PAGE, REST, answers, call
from serving.exchanges import exchanged

EXCHANGE = exchanged(REST, call(path="/dev/x"), answers(acao=PAGE))


def test_found() -> None:
    finding = RULE.finding(
        Case(EXCHANGE, Allowed(ResponseType.CORS, 200, warnings=(WarningName.LOCAL_NETWORK_ACCESS,)))
    )
    assert finding is not None
    assert finding.layer is Layer.FUNCTION
    assert finding.fix.changes == (
        DoByHand("deploy the API beside the page, or allow the page's origin in the browser for local development"),
    )


def test_not_found() -> None:
    assert RULE.finding(Case(EXCHANGE, Allowed(ResponseType.CORS, 200))) is None
    assert RULE.finding(Case(EXCHANGE)) is None
