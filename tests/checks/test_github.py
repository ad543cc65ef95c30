"""Workflow commands, read back as the runner reads them."""

import re
from dataclasses import replace

from checks.made import PAGE, reported, rest
from emulator.checks.github import commands
from emulator.checks.report import Report
from emulator.deployment import Frontend, Place

REPORT = reported(
    rest("PUT /a", "GET /b"), (Frontend(PAGE, "omit"),), {("api", "orders", "routes"): Place("a,b:c/emulator.yaml", 7)}
)


def unescaped(text: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, character)
    return text


def read(report: Report) -> list[tuple[str, dict[str, str], str]]:
    found = []
    for line in commands(report).splitlines()[:-1]:
        match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
        assert match is not None
        pairs = (pair.split("=", 1) for pair in match[2].split(","))
        found.append((match[1], {name: unescaped(value) for name, value in pairs}, unescaped(match[3])))
    return found


def test_a_command_for_each_cause() -> None:
    (kind, properties, said), (other, *_) = read(REPORT)
    assert (kind, other) == ("error", "notice")
    assert properties == {"file": "a,b:c/emulator.yaml", "line": "7", "title": "missing-options-route"}
    assert said.startswith("Fix: Add `OPTIONS /a: <function>`")
    assert said.endswith(f"\norders PUT /a (simple, json) from {PAGE}")


def test_the_last_line_is_the_texts() -> None:
    assert commands(REPORT).splitlines()[-1] == "FAILED  1 error, 1 note in 5 calls"


def test_a_cause_without_fix_and_place() -> None:
    bare = replace(REPORT.causes[0], fix="", place=None, message="100 %\r\nof it")
    ((_, properties, said),) = read(replace(REPORT, causes=(bare,)))
    assert properties == {"title": "missing-options-route"}
    assert said.startswith("100 %\r\nof it\n")
