from dataclasses import replace

import pytest

from checks.made import PAGE, http, reported, rest
from emulator.checks.cell import Outcome
from emulator.checks.report import Report, counted, told_of
from emulator.deployment import Frontend
from emulator.findings.finding import Severity

BROKEN = reported(rest("PUT /a", "GET /a"), (Frontend(PAGE, "omit"), Frontend("https://b.example", "omit")))
"""A PUT that nothing answers the preflight of; of the GET only a function knows."""
SOUND = reported(http("GET /a", allow_origins=(PAGE,), allow_headers=("*",)), (Frontend(PAGE, "omit"),))


@pytest.mark.parametrize(
    ("report", "fail_on", "failing"),
    [
        pytest.param(BROKEN, Severity.ERROR, ["missing-options-route"], id="error"),
        pytest.param(SOUND, Severity.ERROR, [], id="a-note-is-no-error"),
        pytest.param(SOUND, Severity.WARNING, [], id="nor-a-warning"),
        pytest.param(SOUND, Severity.NOTE, ["authorization-covered-by-wildcard"], id="but-counts-where-asked-for"),
    ],
)
def test_what_fails(report: Report, fail_on: Severity, failing: list[str]) -> None:
    found = Report(report.tried, report.causes, fail_on)
    assert [cause.name for cause in found.failing] == failing


def test_counts() -> None:
    assert [BROKEN.count(severity) for severity in Severity] == [1, 0, 0]
    assert BROKEN.outcomes == {Outcome.ALLOWED: 0, Outcome.BLOCKED: 8, Outcome.FAILED: 0, Outcome.NOT_RUN: 2}


def test_calls_are_told_by_route() -> None:
    assert told_of(BROKEN.causes[0].cells) == ["orders PUT /a (simple, json) from 2 origins"]
    assert told_of(SOUND.causes[0].cells) == [f"shop GET /a (authorized) from {PAGE}"]


def test_a_page_at_a_dev_origin_is_the_same_page() -> None:
    cell = SOUND.causes[0].cells[0]
    at_dev = replace(cell, dev="http://localhost:5173")
    assert told_of([cell, at_dev]) == told_of([cell])
    assert told_of([at_dev]) == [f"shop GET /a (authorized) from {PAGE} at http://localhost:5173"]


def test_counted() -> None:
    assert [counted(number, "call") for number in (0, 1, 2)] == ["0 calls", "1 call", "2 calls"]
