from dataclasses import replace

from emulator.aws.product import Layer
from emulator.findings.changes import RaiseConcurrency
from emulator.findings.rules.waited_for_environment import RULE
from emulator.functions.invocation import IntegrationTimeout
from findings.examples import PLAIN, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "long",
        PLAIN,
        call(),
        replace(answers(), queued_ms=250.4),
        (RaiseConcurrency("f"),),
        Layer.GATEWAY,
        says=("This request waited 250 ms, because as many environments of 'f' as `maxConcurrency` allows were busy."),
    ),
]

NOT_FOUND = [
    Example("at-once", PLAIN, call(), answers()),
    Example("not-worth-saying", PLAIN, call(), replace(answers(), queued_ms=99.9)),
    Example("slow", PLAIN, call(), IntegrationTimeout(30.0)),
]
