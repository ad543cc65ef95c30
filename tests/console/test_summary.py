"""What a run has found, counted and told at its end."""

from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.browser.verdict import Blocked, ConsoleTexts, CorsErrorName
from emulator.console.lines import Lines
from emulator.console.summary import Summary, without_bodies
from emulator.exchange import Enforced
from emulator.findings.finding import Finding, Review, Severity
from emulator.history.history import Bug, LookedAtAgain, ReviewedExchange
from products import a_route
from serving.exchanges import answers, call, exchanged

API = HttpApi("shop", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration(("*",)))
EXCHANGE = exchanged(API, call(), answers())
ERROR = Finding("bad", Severity.ERROR, Layer.GATEWAY, "It is bad.")
WARNING = Finding("doubtful", Severity.WARNING, Layer.FUNCTION, "It is doubtful.")
NOTE = Finding("remark", Severity.NOTE, Layer.FUNCTION, "It is so.")


def told(summary: Summary) -> list[str]:
    return summary.lines(Lines(colour=False))


def reviewed(*findings: Finding) -> ReviewedExchange:
    return ReviewedExchange(EXCHANGE, Review(None, findings))


def test_nothing_found() -> None:
    summary = Summary()
    assert told(summary) == ["No findings in 0 requests."]
    summary.add(reviewed(NOTE))
    summary.add(Bug("Traceback"))
    assert told(summary) == ["No findings in 1 request."]
    assert not summary.fails("warning")


def test_each_finding_is_told_once_the_errors_first() -> None:
    summary = Summary()
    for findings in ((WARNING,), (ERROR,), (WARNING,)):
        summary.add(reviewed(*findings))
    summary.add(LookedAtAgain(EXCHANGE, WARNING))
    assert told(summary) == [
        "1 error, 1 warning in 3 requests:",
        "shop GET /x",
        "          error: bad [gateway]",
        "          since It is bad.",
        "          emulate explain bad",
        "shop GET /x (3 x)",
        "          warning: doubtful [function]",
        "          since It is doubtful.",
        "          emulate explain doubtful",
    ]


def test_only_so_many_are_kept() -> None:
    summary = Summary(most=1)
    summary.add(reviewed(WARNING, ERROR, WARNING))
    assert told(summary)[:2] == ["1 warning in 1 request:", "shop GET /x (2 x)"]


@pytest.mark.parametrize(
    ("finding", "fails"),
    [
        (ERROR, {"error": True, "warning": True, "none": False}),
        (WARNING, {"error": False, "warning": True, "none": False}),
    ],
)
def test_what_a_run_fails_for(finding: Finding, fails: dict[str, bool]) -> None:
    summary = Summary()
    summary.add(reviewed(finding))
    assert {fail_on: summary.fails(fail_on) for fail_on in fails} == fails


def test_the_last_words_of_a_run_are_a_line_a_finding() -> None:
    summary, plain = Summary(), Lines(colour=False)
    assert summary.brief(plain) == []
    for findings in ((WARNING,), (ERROR,), (WARNING,)):
        summary.add(reviewed(*findings))
    blocked = Blocked(CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER, ConsoleTexts("c", "f", "s"))
    summary.add(ReviewedExchange(EXCHANGE, Review(blocked)))
    summary.add(ReviewedExchange(replace(EXCHANGE, made_for=EXCHANGE.request), Review(blocked)))
    assert summary.brief(plain) == [
        "4 requests, 1 blocked.",
        "    1 x  bad  shop GET /x",
        "    2 x  doubtful  shop GET /x",
    ]
    placed = Lines(colour=False, columns=lambda: 46, is_fitted=True, words=lambda fix: ("emulator.yaml:3", ""))
    long = replace(EXCHANGE, request=replace(EXCHANGE.request, raw_path="/a/path/of/many/segments"))
    assert placed.counted(long, ERROR, 12) == "   12 x  bad  emulator.yaml:3  shop GET /a/pa…gments"


def test_a_call_that_was_not_sent_has_the_findings_of_its_preflight() -> None:
    summary, made = Summary(), replace(EXCHANGE, made_for=EXCHANGE.request)
    for exchange in (made, replace(EXCHANGE, outcome=Enforced(made)), replace(EXCHANGE, outcome=Enforced(EXCHANGE))):
        summary.add(ReviewedExchange(exchange, Review(None, (ERROR,))))
    assert summary.brief(Lines(colour=False)) == ["2 requests, 0 blocked.", "    2 x  bad  shop GET /x"]


def test_no_body_is_kept() -> None:
    exchange = exchanged(API, call().with_body(b"sent"), answers(body="returned"))
    kept = without_bodies(exchange)
    assert (kept.request.body, kept.response.body, kept.result) == (b"", b"", None)
    assert kept.function_response is not None
    assert kept.function_response.body == b""
    refused = exchanged(API, call(path="/nowhere"), answers())
    assert without_bodies(refused).refusal == refused.refusal
