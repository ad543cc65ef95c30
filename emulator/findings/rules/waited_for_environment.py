"""A request waited for a free execution environment, as none does at Lambda. Needs no browser."""

from emulator.aws.product import Layer
from emulator.findings.changes import RaiseConcurrency, SetConcurrencyWait
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.functions.invocation import Returned

WORTH_SAYING_MS = 100.0
"""Milliseconds of waiting that are said: a shorter wait is one that nobody notices, and part of every burst."""


def find(case: Case) -> Found | None:
    """AWS: Understanding Lambda function scaling; Configuring reserved concurrency for a function."""
    result, function = case.exchange.result, case.function
    if not isinstance(result, Returned) or result.queued_ms < WORTH_SAYING_MS:
        return None
    return Found(
        Layer.GATEWAY,
        f"This request waited {result.queued_ms:.0f} ms, because as many environments of '{function}' as "
        "`maxConcurrency` allows were busy. Lambda lets none wait: it would have started another, or, with as much "
        "reserved concurrency, have throttled the request.",
        fix=Fix(
            (RaiseConcurrency(function),),
            ((SetConcurrencyWait(function, 0),),),
            because="The second, where it runs with reserved concurrency, shows what its callers will see.",
        ),
    )


RULE = Rule("waited-for-environment", Severity.WARNING, find)
