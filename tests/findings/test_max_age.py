"""For how long a browser keeps what a preflight allowed, and who says so."""

import pytest

from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.findings.changes import Answer, Change, ReturnHeaders, SetCorsMaxAge
from emulator.findings.finding import Case
from emulator.findings.max_age import MAX_AGE, keep_for, kept_s
from emulator.messages import Request
from findings.examples import LISTED, PAGE, REST, URL_LIST, answers, call, preflight
from serving.exchanges import exchanged


def of_function(request: Request, **headers: str) -> Case:
    exchange = exchanged(REST, request, answers(204, **headers))
    return Case(exchange, judge(exchange.request, exchange.response, Credentials.OMIT))


@pytest.mark.parametrize(("text", "kept"), [("600", 600), ("86400", 7200), ("x", 5), ("-1", 0)])
def test_it_is_kept_up_to_the_cap(text: str, kept: int) -> None:
    assert kept_s(of_function(preflight("GET", "/dev/y"), acao=PAGE, **{MAX_AGE: text})) == kept


def test_only_an_answer_that_allows_is_kept() -> None:
    assert kept_s(of_function(preflight("GET", "/dev/y"), **{MAX_AGE: "600"})) is None
    assert kept_s(of_function(call(path="/dev/x"), acao=PAGE, **{MAX_AGE: "600"})) is None


@pytest.mark.parametrize(
    ("case", "change"),
    [
        (Case(exchanged(LISTED, preflight("GET"), answers())), SetCorsMaxAge("listed", 9)),
        (of_function(preflight("GET", "/dev/y")), ReturnHeaders("f", ((MAX_AGE, "9"),), Answer.PREFLIGHT)),
        (
            Case(exchanged(URL_LIST, call(path="/", origin="http://a.test"), answers())),
            ReturnHeaders("f", ((MAX_AGE, "9"),), Answer.PREFLIGHT),
        ),
    ],
)
def test_whoever_answers_says_it(case: Case, change: Change) -> None:
    assert keep_for(case, 9) == change
