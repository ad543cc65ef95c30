"""Which key of its event a function read in vain, told from its error and the line that raised."""

import json
import re
from typing import Any

from emulator.aws.integrations import LambdaCall
from emulator.findings.finding import Case
from emulator.functions.invocation import FunctionError

PROPERTY = re.compile(r"\(reading '([^']+)'\)|has no attribute '([^']+)'")
"""What was read of nothing: of V8's undefined, of Python's None."""
OF_NOTHING = frozenset({"TypeError", "AttributeError"})


def code_of(error: FunctionError) -> str:
    """Give the code that raised as far as it is known: Node.js' line, or the innermost entry of Python's traceback."""
    return error.line or (error.stack_trace[-1] if error.stack_trace else "")


def event_of(case: Case) -> dict[str, Any]:
    """Build the event that the function was given once more; {} where there was none."""
    exchange = case.exchange
    if exchange.route is None:
        return {}
    call = case.api.integrate(exchange.request, exchange.route, exchange.stamp)
    event = json.loads(call.event) if isinstance(call, LambdaCall) else {}
    return event if isinstance(event, dict) else {}


def was_missing(error: FunctionError, key: str, of: str = "") -> bool:
    """Tell whether the error says that `key` was read and not there: a KeyError of that name, or something read of what
    the key stood for. With `of` the code has to show of what it was read: `event` for `event["path"]`."""
    code, name = code_of(error), re.escape(key)
    if of and re.search(rf"\b{of}\b[\"'\])]*\s*(?:\??\.\s*|\[\s*[\"']|\.get\([\"']){name}\b", code) is None:
        return False
    if error.error_type == "KeyError":
        return error.error_message == repr(key)
    if error.error_type not in OF_NOTHING:
        return False
    then = PROPERTY.search(error.error_message)
    if then is not None:
        read = re.escape(then[1] or then[2])
        return re.search(rf"\b{name}[\"'\])]*\s*\??(?:\.\s*{read}\b|\[\s*[\"']{read})", code) is not None
    if "not subscriptable" in error.error_message:
        return re.search(rf"\b{name}[\"'][\])]+\[", code) is not None
    return re.search(rf"\b{name}' as it is undefined", error.error_message) is not None
