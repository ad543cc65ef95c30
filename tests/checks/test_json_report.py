"""The report for machines is as its published schema says."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checks.made import PAGE, http, reported, rest
from emulator.checks.json_report import value
from emulator.checks.report import Report
from emulator.deployment import Frontend, Place

SCHEMA = json.loads((Path(__file__).parent.parent.parent / "check.schema.json").read_text())
PLACES = {("api", "orders", "routes"): Place("emulator.yaml", 7)}
BROKEN = reported(rest("PUT /a", "GET /b"), (Frontend(PAGE, "omit"),), PLACES)
SOUND = reported(http("GET /a", allow_origins=(PAGE,), allow_headers=("authorization",)), (Frontend(PAGE, "omit"),))


@pytest.mark.parametrize("report", [BROKEN, SOUND, reported(rest("PUT /a"))], ids=["broken", "sound", "no-places"])
def test_it_is_as_published(report: Report) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(value(report))))


def test_every_field_is_published() -> None:
    told = value(BROKEN)
    definitions = SCHEMA["$defs"]
    assert told.keys() == SCHEMA["properties"].keys()
    assert told["summary"].keys() == set(SCHEMA["properties"]["summary"]["required"])
    assert told["causes"][0].keys() == definitions["cause"]["properties"].keys()
    assert told["calls"][0].keys() == definitions["call"]["properties"].keys()


def test_a_cause_names_its_calls() -> None:
    told = value(BROKEN)
    (cause, note) = told["causes"]
    assert (told["passed"], cause["file"], cause["line"]) == (False, "emulator.yaml", 7)
    assert [told["calls"][index]["kind"] for index in cause["calls"]] == ["simple", "json"]
    assert [told["calls"][index]["needed"] for index in note["calls"]] == [False]
    assert told["summary"]["not_run"] == 1
