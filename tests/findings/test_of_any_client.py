"""What is found whoever the client was."""

from dataclasses import replace

from emulator.findings.finding import Case, Review
from emulator.findings.of_any_client import cause_of, of_any_client, review_without_page
from emulator.functions.invocation import IntegrationTimeout, Throttled
from findings.examples import PLAIN, RAISED, answers, call
from serving.exchanges import exchanged


def test_one_cause_is_told() -> None:
    for result, name in ((RAISED, "function-error"), (IntegrationTimeout(30), "function-timeout"),
                         (Throttled(1), "throttled")):  # fmt: skip
        assert [finding.name for finding in cause_of(Case(exchanged(PLAIN, call(), result)))] == [name]


def test_an_answer_has_no_cause() -> None:
    assert cause_of(Case(exchanged(PLAIN, call(), answers(500)))) == ()


def test_what_else_is_wrong_is_told_beside() -> None:
    waited = exchanged(PLAIN, call(), replace(answers(), queued_ms=200.0))
    assert [finding.name for finding in of_any_client(Case(waited))] == ["waited-for-environment"]
    assert of_any_client(Case(exchanged(PLAIN, call(), answers()))) == ()
    assert review_without_page(waited) == Review(None, of_any_client(Case(waited)))
