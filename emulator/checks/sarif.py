"""A report as SARIF 2.1.0 (OASIS: Static Analysis Results Interchange Format), which code scanning shows at the lines
to mend. Pure."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from emulator.checks.causes import Cause
from emulator.checks.report import Report, told_of
from emulator.findings.finding import Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
"""The severities by SARIF's names (3.27.10, level property)."""

Value = dict[str, Any]


def log(report: Report, pages: Mapping[str, str], version: str) -> Value:
    """Make the log file's object, a result for each cause. `pages` are the findings' pages by name, in Markdown;
    `version` is the program's."""
    names = sorted({cause.name for cause in report.causes})
    driver = {"name": "emulate", "version": version, "rules": [_rule(name, pages.get(name, "")) for name in names]}
    results = [_result(cause, names.index(cause.name)) for cause in report.causes]
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _rule(name: str, page: str) -> Value:
    title = name.replace("-", " ").capitalize()
    meaning = " ".join(page.partition("## What it means")[2].partition("##")[0].split()) or title
    return {
        "id": name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": meaning},
        "help": {"text": page or title, "markdown": page or title},
    }


def _result(cause: Cause, rule: int) -> Value:
    said = [cause.message, *([f"Fix: {cause.fix}"] if cause.fix else []), *told_of(cause.cells)]
    return {
        "ruleId": cause.name,
        "ruleIndex": rule,
        "level": LEVELS[cause.severity],
        "message": {"text": "\n".join(said)},
        "locations": _locations(cause),
        # What it is the same by when lines move (3.27.17, partialFingerprints property).
        "partialFingerprints": {"cause/v1": cause.key},
    }


def _locations(cause: Cause) -> list[Value]:
    if cause.place is None:
        return []
    file = PurePath(cause.place.file)
    uri = file.as_uri() if file.is_absolute() else quote(file.as_posix())
    return [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": cause.place.line}}}]
