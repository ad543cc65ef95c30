"""JUnit XML, read by junitparser."""

from dataclasses import replace

import pytest
from junitparser import Failure, JUnitXml, Skipped

from checks.made import PAGE, http, reported, rest
from emulator.checks.junit import xml
from emulator.checks.report import Report
from emulator.deployment import Frontend, Place
from emulator.findings.finding import Severity

PLACES = {("api", "orders", "routes"): Place("emulator.yaml", 7)}
BROKEN = reported(rest("PUT /a", "GET /b"), (Frontend(PAGE, "omit"),), PLACES)
SOUND = reported(http("GET /a", allow_origins=(PAGE,), allow_headers=("authorization",)), (Frontend(PAGE, "omit"),))


def read(report: Report) -> dict[str, list[object]]:
    """The results of each test case by its name, as the parser has them."""
    (suite,) = JUnitXml.fromstring(xml(report).encode())
    return {case.name: [(type(result), result.type) for result in case.result] for case in suite}


def test_cases() -> None:
    assert read(BROKEN) == {
        f"PUT /a (simple) from {PAGE}": [(Failure, "missing-options-route")],
        f"PUT /a (json) from {PAGE}": [(Failure, "missing-options-route")],
        f"PUT /a (authorized) from {PAGE}": [],
        f"GET /b (simple) from {PAGE}": [(Skipped, None)],
        f"GET /b (authorized) from {PAGE}": [],
    }
    assert set(map(str, read(SOUND).values())) == {"[]"}


def test_what_fails_the_check_fails_its_cases() -> None:
    strict = replace(BROKEN, fail_on=Severity.NOTE)
    assert read(strict)[f"GET /b (authorized) from {PAGE}"] == [(Failure, "missing-options-route")]


def test_suites_count() -> None:
    (suite,) = JUnitXml.fromstring(xml(BROKEN).encode())
    assert (suite.name, suite.tests, suite.failures, suite.errors, suite.skipped) == ("orders", 5, 2, 0, 1)


@pytest.mark.parametrize("place", [Place("emulator.yaml", 7), None])
def test_a_failure_says_all(place: Place | None) -> None:
    """One failure for each case: CI servers read the first alone. XML has no control characters."""
    cause = replace(BROKEN.causes[0], place=place)
    other = replace(cause, name="other", message="a\x1b[31m & <b>", fix="")
    (suite,) = JUnitXml.fromstring(xml(replace(BROKEN, causes=(cause, other))).encode())
    (failure,) = next(iter(suite)).result
    where = "" if place is None else "emulator.yaml:7: "
    lines = failure.text.splitlines()
    assert lines[0] == f"{where}error: missing-options-route"
    assert lines[3].startswith("Fix: Add `OPTIONS /a: <function>`")
    assert lines[4:] == [
        f"{where}error: other",
        "a\\x1b[31m & <b>",
        "the gateway answered 403: no resource has the method OPTIONS for /a",
    ]
