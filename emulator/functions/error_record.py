"""What a runtime logs of an error, told from what the handler printed. Pure."""

import json
import re

from emulator.functions.invocation import FunctionError

_NODE = re.compile(
    r".*\tERROR\t(?:Invoke Error|Init Error|Uncaught Exception|Unhandled Promise Rejection) \t", re.DOTALL
)


def may_be_record(line: str) -> bool:
    """Tell whether `line` looks like the first of a record."""
    if line.startswith("{"):
        return "rrorType" in line
    return line.startswith("[ERROR] ") or ("\tERROR\t" in line and _NODE.match(line) is not None)


def recorded(lines: list[str], error: FunctionError) -> int:
    """Count how many of the last of `lines`, printed in one invocation or init phase, are the runtime's record of
    `error`."""
    text = python_record(error).split("\n")
    if lines[-len(text) :] == text:
        return len(text)
    described = _NODE.sub("", lines[-1]) if lines else ""
    if not described.startswith("{"):
        return 0
    try:
        found = json.loads(described)
    except (ValueError, RecursionError):
        return 0
    if isinstance(found.get("message"), dict):  # Node.js, in JSON
        found = found["message"]
    # Node.js, in JSON, names the class alone: "ImportModuleError".
    is_same = found.get("errorMessage") == error.error_message and error.error_type.endswith(
        str(found.get("errorType"))
    )
    return int(is_same)


def python_record(error: FunctionError) -> str:
    """Make the record that Python's runtime logs in text (aws/aws-lambda-python-runtime-interface-client, bootstrap.py,
    log_error): one log event, whose lines end with a carriage return and begin with no-break spaces."""
    head = ": ".join(part for part in (error.error_type, error.error_message) if part)
    lines = [f"[ERROR] {head}" if head else "[ERROR]", "Traceback (most recent call last):"]
    for entry in error.stack_trace:
        for line in entry.splitlines() if entry else [""]:
            text = line.lstrip(" ")
            lines.append("\u00a0" * (len(line) - len(text)) + text)
    return "\r".join(lines)
