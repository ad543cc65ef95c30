"""What is said of a call's two answers."""

from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.exchange import Earlier, PreflightAnswer
from emulator.findings.finding import Case
from emulator.findings.preflight_answers import answered_before, preflight_answer, said_before, said_now
from emulator.functions.invocation import Result
from findings.examples import LISTED, PAGE, RAISED, REST, URL, URL_LIST, Example, answers, call
from serving.exchanges import exchanged

ALL = PreflightAnswer("*", "", "g")
ORIGIN, CREDENTIALS = "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"


def case_of(example: Example, before: PreflightAnswer | None = ALL) -> Case:
    exchange = exchanged(example.api, example.request, example.result)
    if before is not None:
        exchange = replace(exchange, earlier=Earlier(before))
    mode = example.credentials or Credentials.SAME_ORIGIN
    return Case(exchange, judge(exchange.request, exchange.response, mode), mode)


def on_rest(result: Result, credentials: Credentials | None = None) -> Example:
    return Example("", REST, call(path="/dev/x"), result, credentials=credentials)


def test_an_answer_is_known_where_it_is_recorded() -> None:
    assert preflight_answer(case_of(on_rest(answers()))) == ALL
    assert preflight_answer(case_of(on_rest(answers()), None)) is None


@pytest.mark.parametrize(
    ("example", "before", "is_told"),
    [
        pytest.param(on_rest(answers()), ALL, True, id="blocked"),
        pytest.param(on_rest(answers()), None, False, id="no-preflight"),
        pytest.param(on_rest(answers(acao="*")), ALL, False, id="passes"),
        pytest.param(on_rest(answers(acao="*"), Credentials.INCLUDE), ALL, False, id="says-the-same"),
        pytest.param(on_rest(answers(acao=PAGE), Credentials.INCLUDE), ALL, True, id="says-something-else"),
    ],
)
def test_what_a_preflight_was_told_is_evidence_where_the_blocked_answer_says_something_else(
    example: Example, before: PreflightAnswer | None, *, is_told: bool
) -> None:
    assert answered_before(case_of(example, before)) == ((said_before(ALL),) if is_told else ())


def test_a_preflight_is_quoted_with_who_answered_it() -> None:
    assert said_before(ALL) == f"OPTIONS was answered with {ORIGIN}: * (function 'g') and no {CREDENTIALS}"
    assert said_before(PreflightAnswer(PAGE, "true", "")) == (
        f"OPTIONS was answered with {ORIGIN}: {PAGE} (the gateway), {CREDENTIALS}: true (the gateway)"
    )


@pytest.mark.parametrize(
    ("example", "said"),
    [
        pytest.param(
            on_rest(answers(acao=PAGE, acac="true")),
            f"{ORIGIN}: {PAGE} (function 'f'), {CREDENTIALS}: true (function 'f')",
            id="function",
        ),
        pytest.param(
            Example("", URL, call(path="/"), answers(acao="*")),
            f"{ORIGIN}: * (function 'f') and no {CREDENTIALS}",
            id="function-url",
        ),
        pytest.param(
            Example("", URL_LIST, call(path="/"), answers(acac="true")),
            f"{ORIGIN}: {PAGE} (the gateway), {CREDENTIALS}: true (function 'f')",
            id="function-beside-a-urls-cors",
        ),
        pytest.param(
            Example("", LISTED, call(), answers(acao="*")),
            f"{ORIGIN}: {PAGE} (the gateway) and no {CREDENTIALS}",
            id="http-api-with-cors",
        ),
        pytest.param(
            Example("", replace(URL, cors=CorsConfiguration((PAGE,))), call(path="/"), RAISED),
            f"{ORIGIN}: {PAGE} (the gateway) and no {CREDENTIALS}",
            id="no-answer-of-the-function",
        ),
    ],
)
def test_an_answer_is_quoted_with_who_wrote_what(example: Example, said: str) -> None:
    assert said_now(case_of(example)) == f"GET was answered with {said}"
