from dataclasses import replace
from pathlib import Path

from emulator.functions.invocation import Function


def test_arn() -> None:
    """AWS: Lambda API reference, FunctionConfiguration, FunctionArn."""
    assert Function("items", "h", Path("/")).arn == "arn:aws:lambda:us-east-1:123456789012:function:items"


def test_nothing_is_frozen_that_a_debugger_talks_to() -> None:
    frozen = Function("items", "h", Path("/"), freeze=True)
    assert frozen.is_frozen_between_invocations
    assert not replace(frozen, debug_path=Path("/d")).is_frozen_between_invocations
    assert not replace(frozen, freeze=False).is_frozen_between_invocations
