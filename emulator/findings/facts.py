"""The facts of a case that several rules speak of. No rule stands here."""

import re
from typing import Any

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.lambda_proxy.function_response import parse_payload
from emulator.aws.product import Refusal, RefusalKind
from emulator.browser.cors_check import ALLOW_CREDENTIALS, ALLOW_ORIGIN, cors_check
from emulator.browser.header_list import get_all, split_list
from emulator.browser.modes import Credentials
from emulator.browser.verdict import Allowed, WarningName
from emulator.findings.finding import Case, RaisedAt
from emulator.functions.invocation import FunctionError, Returned

BASE64_FLAG = re.compile(rb'"isBase64Encoded"\s*:\s*true')
"""The flag in a function's response payload: in a string that holds JSON of its own, a backslash stands before the
quotation marks."""

OPAQUE = "null"
"""The origin of every page without one of its own (HTML Standard, opaque origins)."""


def lets_in(case: Case) -> bool:
    """Tell whether the gateway's own CORS names the page: it is asked by an answer that is all its own."""
    refusal = Refusal(RefusalKind.FUNCTION_ERROR, "")
    answer = case.api.finish(case.request, None, refusal, case.exchange.stamp)
    return answer.header("access-control-allow-origin") is not None


def answered(case: Case) -> str:
    """Say what the gateway answered in the function's stead, and the true reason."""
    refusal = case.exchange.refusal
    return f"the gateway answered {case.status}" + ("" if refusal is None else f": {refusal.reason}")


def passed_through(case: Case) -> str:
    """Say what the function answered, and that no gateway adds CORS headers to it."""
    without = " without `cors`" if case.api.cors_methods else ""
    adds_none = f"{case.api.product} '{case.api.name}'{without} adds no CORS headers"
    return f"function '{case.function}' answered {case.status}; {adds_none}"


def ignored(case: Case) -> tuple[str, ...]:
    """Tell what the function said about the page's origin, where an HTTP API with `cors` dropped it, and whether it
    would have been right; nothing where it said nothing."""
    answer = case.exchange.function_response
    if answer is None or case.cors is None or not isinstance(case.api, HttpApi):
        return ()
    said = ", ".join(f"{name}: {value}" for name in (ALLOW_ORIGIN, ALLOW_CREDENTIALS) if (value := answer.header(name)))
    if not said:
        return ()
    would = "it would have let the page in"
    if cors_check(case.origin, case.credentials, answer.headers) is not None:
        would = "it would not have let the page in either"
    return (f"the function's own {said} was dropped, as an HTTP API with `cors` ignores it; {would}",)


def reach(case: Case) -> str:
    """Say with what a page reads this answer: whether the user's cookies may go along."""
    allowed = case.exchange.response.header(ALLOW_CREDENTIALS) == "true"
    return "with the user's cookies" if allowed else "without credentials"


def is_let_in_by_name(case: Case) -> bool:
    """Tell whether an answer, and no preflight's, names the page's origin."""
    return not case.request.is_preflight and case.exchange.response.header(ALLOW_ORIGIN) == case.origin


def is_literal_wildcard(case: Case, header: str) -> bool:
    """Tell whether the answer's list in `header` has a `*` that is none, because the call has credentials (Fetch
    Standard: HTTP responses of the CORS protocol)."""
    listed = split_list(get_all(case.exchange.response.headers, header.lower()))
    return case.credentials is Credentials.INCLUDE and "*" in listed


def warned(case: Case, name: WarningName) -> bool:
    """Tell whether the browser lets the call pass with this warning."""
    return isinstance(case.verdict, Allowed) and name in case.verdict.warnings


def in_its_stead(case: Case) -> str:
    """Say what the client gets instead of the function's answer, without a full stop."""
    return f"The client gets the {case.api.product}'s own {case.status}, which names no cause"


def returned_object(case: Case) -> dict[str, Any] | None:
    """Read once more what the function returned; None where that is no JSON object."""
    result = case.exchange.result
    if not isinstance(result, Returned):
        return None
    payload = parse_payload(result.payload)
    return payload if isinstance(payload, dict) else None


def says_base64(case: Case) -> bool:
    """Tell whether the function returned `isBase64Encoded: true`."""
    result = case.exchange.result
    return isinstance(result, Returned) and BASE64_FLAG.search(result.payload) is not None


def raised_at(error: FunctionError) -> tuple[RaisedAt, ...]:
    """Name the innermost frame of the user's code on one line, nothing where none is known: the last of Python's, the
    first of Node.js'."""
    if not error.stack_trace:
        return ()
    first, last = error.stack_trace[0], error.stack_trace[-1]
    frame = first if first.lstrip().startswith("at ") else last
    at = ": ".join(" ".join(line.split()) for line in frame.strip().splitlines()).removeprefix("at ")
    return (RaisedAt(f"raised at {at}"),)
