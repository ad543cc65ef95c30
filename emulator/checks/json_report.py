"""A report for machines. Its format is described by check.schema.json; fields may be added to a version. Pure."""

from typing import Any

from emulator.checks.causes import Cause
from emulator.checks.cell import Tried
from emulator.checks.report import Report
from emulator.findings.finding import Severity

VERSION = 1
"""The version of the format: it changes when a field goes, or changes its meaning."""

Value = dict[str, Any]


def value(report: Report) -> Value:
    """Make the one JSON object of a check; `calls` of a cause are indices of `calls`."""
    index = {one.cell: number for number, one in enumerate(report.tried)}
    outcomes = {outcome.replace("-", "_"): count for outcome, count in report.outcomes.items()}
    return {
        "version": VERSION,
        "passed": not report.failing,
        "fail_on": report.fail_on,
        "invoked": report.invoked,
        "summary": {
            "calls": len(report.tried),
            **outcomes,
            **{f"{severity}s": report.count(severity) for severity in Severity},
            "known": report.known,
        },
        "causes": [{**_cause(cause), "calls": [index[cell] for cell in cause.cells]} for cause in report.causes],
        "calls": [_call(one) for one in report.tried],
    }


def _cause(cause: Cause) -> Value:
    return {
        "name": cause.name,
        "severity": cause.severity,
        "layer": cause.layer,
        "subject": cause.subject,
        "message": cause.message,
        "evidence": list(cause.evidence),
        "fix": cause.fix or None,
        "file": None if cause.place is None else cause.place.file,
        "line": None if cause.place is None else cause.place.line,
    }


def _call(one: Tried) -> Value:
    cell = one.cell
    return {
        "api": cell.api,
        "route": cell.route,
        "method": cell.call.method,
        "url": cell.call.url,
        "origin": cell.origin,
        "dev_origin": cell.dev or None,
        "kind": cell.kind,
        "credentials": cell.call.credentials,
        "needed": not cell.needed,
        "should_be_blocked": cell.probes,
        "expect": cell.expect or None,
        "outcome": one.outcome,
        "error": one.error or None,
        "status": one.status,
    }
