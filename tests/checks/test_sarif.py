"""SARIF that OASIS' own schema takes; the schema is that of github.com/oasis-tcs/sarif-spec, under the licence beside
it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from checks.made import PAGE, http, reported, rest
from emulator.checks.report import Report
from emulator.checks.sarif import log
from emulator.deployment import Frontend, Place

SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json").read_text())
PLACES = {("api", "orders", "routes"): Place("emulator.yaml", 7)}
PAGES = {"missing-options-route": "# missing-options-route\n\n## What it means\nNothing\nanswers.\n\n## Fix\nAdd it.\n"}
BROKEN = reported(rest("PUT /a", "GET /b"), (Frontend(PAGE, "omit"),), PLACES)
UNPLACED = reported(rest("PUT /a"))
SOUND = reported(http("GET /a", allow_origins=(PAGE,), allow_headers=("authorization",)), (Frontend(PAGE, "omit"),))
UNMENDABLE = replace(UNPLACED, causes=(replace(UNPLACED.causes[0], fix=""),))


@pytest.mark.parametrize(
    "report", [BROKEN, UNPLACED, SOUND, UNMENDABLE], ids=["broken", "unplaced", "sound", "unmendable"]
)
def test_it_is_sarif(report: Report) -> None:
    Draft4Validator(SCHEMA).validate(json.loads(json.dumps(log(report, PAGES, "1.2"))))


def test_a_result() -> None:
    (run,) = log(BROKEN, PAGES, "1.2")["runs"]
    error, note = run["results"]
    assert (error["ruleId"], error["level"], note["level"]) == ("missing-options-route", "error", "note")
    assert error["partialFingerprints"] == {"cause/v1": "missing-options-route: orders OPTIONS /a"}
    assert error["message"]["text"].splitlines()[-2:] == [
        (
            "Fix: Add `OPTIONS /a: <function>` to `routes` of 'orders', with a function that answers "
            f"Access-Control-Allow-Origin: {PAGE}, Access-Control-Allow-Methods: PUT, "
            "Access-Control-Allow-Headers: content-type (emulator.yaml:7). A REST API answers no preflight by itself."
        ),
        f"orders PUT /a (simple, json) from {PAGE}",
    ]


def test_rules_are_explained() -> None:
    (run,) = log(BROKEN, PAGES, "1.2")["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["fullDescription"]["text"] == "Nothing answers."
    assert rule["help"]["markdown"] == PAGES["missing-options-route"]
    (unknown,) = log(BROKEN, {}, "1.2")["runs"][0]["tool"]["driver"]["rules"]
    assert unknown["fullDescription"]["text"] == unknown["help"]["text"] == "Missing options route"


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        pytest.param("emulator.yaml", "emulator.yaml", id="relative"),
        pytest.param("my api/emulator.yaml", "my%20api/emulator.yaml", id="with-a-space"),
        pytest.param("/srv/emulator.yaml", "file:///srv/emulator.yaml", id="absolute"),
    ],
)
def test_locations(file: str, uri: str) -> None:
    report = reported(rest("PUT /a"), (Frontend(PAGE, "omit"),), {("api", "orders", "routes"): Place(file, 7)})
    (result,) = log(report, PAGES, "1.2")["runs"][0]["results"]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": 7}}}]
