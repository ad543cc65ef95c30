"""What `emulate invoke` prints of a result: the payload AWS's Invoke answers with, and everything as JSON. Pure."""

import json
from dataclasses import dataclass
from typing import Any

from emulator.cli.json_text import readable
from emulator.functions.invocation import Function, FunctionError, FunctionErrorKind, Returned
from emulator.functions.platform_log import billed_duration_ms, duration_ms_of
from emulator.functions.runtimes import Family, family_of

LAMBDAS_OWN = frozenset({"Sandbox.Timedout", "Runtime.ExitError", "Function.ResponseSizeTooLarge"})
"""Errors that no runtime reports but Lambda itself, without request id and stack trace (recorded from AWS:
floci-io/floci#3314)."""


@dataclass(frozen=True, slots=True)
class Invoked:
    """One invocation and what was logged of it; `max_memory_used` is in MB, None where nobody knows."""

    function: Function
    request_id: str
    result: Returned | FunctionError
    logs: tuple[str, ...]
    max_memory_used: int | None


def payload_of(invoked: Invoked) -> bytes:
    """Return what Lambda's Invoke answers: what the function returned, byte for byte, or its error object."""
    result = invoked.result
    if isinstance(result, Returned):
        return result.payload
    if result.payload and result.kind is FunctionErrorKind.HANDLER:
        return result.payload
    if result.error_type in LAMBDAS_OWN:
        return compact({"errorType": result.error_type, "errorMessage": result.error_message})
    if not invoked.function.command and family_of(invoked.function.runtime) is Family.NODEJS:
        # aws/aws-lambda-nodejs-runtime-interface-client, src/Errors.js
        trace = list(result.stack_trace)
        return compact({"errorType": result.error_type, "errorMessage": result.error_message, "trace": trace})
    # In the order and with the spaces of Lambda's Python runtime (aws/aws-lambda-python-runtime-interface-client).
    reported = {
        "errorMessage": result.error_message,
        "errorType": result.error_type,
        "requestId": invoked.request_id,
        "stackTrace": list(result.stack_trace),
    }
    return json.dumps(reported, ensure_ascii=False).encode("utf-8", "replace")


def compact(value: dict[str, Any]) -> bytes:
    """Write JSON without spaces; half of a character becomes `?`."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def report_json(invoked: Invoked) -> str:
    """Make one JSON object: the parts of AWS's Invoke response, then those of the REPORT line (times in ms, memory in
    MB), then the log. `payload` is parsed where it is JSON, else text."""
    result, duration_ms, init_duration_ms = (
        invoked.result,
        duration_ms_of(invoked.function, invoked.result),
        invoked.result.init_duration_ms,
    )
    return readable(
        {
            "statusCode": 200,
            "functionError": "Unhandled" if isinstance(result, FunctionError) else None,
            "executedVersion": "$LATEST",
            "payload": parsed(payload_of(invoked)),
            "requestId": invoked.request_id,
            "duration": round(duration_ms, 2),
            "billedDuration": billed_duration_ms(invoked.function, result),
            "maxMemoryUsed": invoked.max_memory_used,
            "initDuration": None if init_duration_ms is None else round(init_duration_ms, 2),
            "logs": list(invoked.logs),
        }
    )


def parsed(payload: bytes) -> Any:
    """Parse a payload where it is JSON; else decode it as text."""
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return payload.decode("utf-8", "replace")
