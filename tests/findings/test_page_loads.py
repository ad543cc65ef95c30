"""What is said of a blocked load beside what would let it in: why CORS applies to it, and how it could do without."""

import pytest

from emulator.browser.initiator import OF_DESTINATION
from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.findings.changes import LoadWithoutCors
from emulator.findings.finding import Case, Finding
from emulator.findings.page_loads import with_load
from emulator.findings.rules.cors_blocked import RULE
from emulator.functions.invocation import Result
from emulator.messages import Request
from findings.examples import RAISED, REST, answers, call
from serving.exchanges import exchanged


def load(destination: str, **headers: str) -> Request:
    return call(path="/dev/x", Sec_Fetch_Mode="cors", Sec_Fetch_Dest=destination, **headers)


def told(request: Request, result: Result, credentials: Credentials = Credentials.SAME_ORIGIN) -> tuple[Finding, ...]:
    """Without and with what it is about."""
    exchange = exchanged(REST, request, result)
    case = Case(exchange, judge(request, exchange.response, credentials), credentials)
    finding = RULE.finding(case)
    assert finding is not None
    return finding, with_load(finding, case)


WITHOUT = {"audio", "image", "script", "style", "video"}


@pytest.mark.parametrize("destination", OF_DESTINATION)
def test_a_load_says_why_it_needs_cors(destination: str) -> None:
    without, with_ = told(load(destination), answers())
    (added,) = set(with_.evidence) - set(without.evidence)
    assert "CORS" in added
    assert "cookies" not in added or destination == "font"
    ways = with_.fix.instead[len(without.fix.instead) :]
    assert [isinstance(one, LoadWithoutCors) for way in ways for one in way] == [True] * (destination in WITHOUT)


@pytest.mark.parametrize(
    ("destination", "result"),
    [
        pytest.param("script", answers(404), id="nothing-to-run"),
        pytest.param("image", RAISED, id="nothing-to-show"),
        pytest.param("font", answers(), id="never-without"),
    ],
)
def test_where_no_load_without_cors_would_help(destination: str, result: Result) -> None:
    without, with_ = told(load(destination), result)
    assert with_.fix == without.fix


def test_credentials_are_the_element_s_choice() -> None:
    _, with_ = told(load("image", Cookie="a=b"), answers(acao="*"), Credentials.INCLUDE)
    assert with_.evidence[-1].endswith('gets cookies with crossorigin="use-credentials"')


def test_a_call_is_no_load() -> None:
    without, with_ = told(load("empty"), answers())
    assert with_ is without
