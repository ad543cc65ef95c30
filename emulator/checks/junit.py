"""A report as JUnit XML, the form that CI servers show test results from: a test case for each call. Pure."""

from xml.etree import ElementTree as ET

from emulator.checks.causes import Cause
from emulator.checks.cell import Cell, Outcome, Tried
from emulator.checks.report import Report
from emulator.terminal import printable


def xml(report: Report) -> str:
    """Write the document: a suite for each API. A call fails by the causes that fail the check, and is skipped where a
    function would have decided that was not run."""
    failing: dict[Cell, list[Cause]] = {}
    for cause in report.failing:
        for cell in cause.cells:
            failing.setdefault(cell, []).append(cause)
    root = ET.Element("testsuites", name="emulate check")
    for api in dict.fromkeys(one.cell.api for one in report.tried):
        of_api = [one for one in report.tried if one.cell.api == api]
        suite = ET.SubElement(root, "testsuite", name=printable(api), tests=str(len(of_api)))
        for one in of_api:
            _case(suite, one, failing.get(one.cell, []))
        for kind in ("failure", "skipped"):
            suite.set("failures" if kind == "failure" else kind, str(len(suite.findall(f"testcase/{kind}"))))
        suite.set("errors", "0")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, "unicode")}\n'


def _case(suite: ET.Element, one: Tried, causes: list[Cause]) -> None:
    api, _, name = str(one.cell).partition(" ")
    case = ET.SubElement(suite, "testcase", classname=printable(api), name=printable(name))
    if causes:
        said = ET.SubElement(case, "failure", type=causes[0].name, message=printable(causes[0].message))
        said.text = "\n".join(_told(cause) for cause in causes)
    elif one.outcome is Outcome.NOT_RUN:
        ET.SubElement(case, "skipped", message="the function that decides was not run")


def _told(cause: Cause) -> str:
    where = "" if cause.place is None else f"{cause.place}: "
    lines = [f"{where}{cause.severity}: {cause.name}", *cause.message.split("\n"), *cause.evidence]
    return "\n".join(printable(line) for line in [*lines, *([f"Fix: {cause.fix}"] if cause.fix else [])])
