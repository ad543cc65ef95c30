from pathlib import Path

from emulator.functions.invocation import Function


def test_arn() -> None:
    """AWS: Lambda API reference, FunctionConfiguration, FunctionArn."""
    assert Function("items", "h", Path("/")).arn == "arn:aws:lambda:us-east-1:123456789012:function:items"
