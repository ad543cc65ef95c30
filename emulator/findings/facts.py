"""The facts of a case that several rules speak of. No rule stands here."""

import re
from typing import Any

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.lambda_proxy.function_response import Malformed, kind_of, parse_payload
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.browser.cors_check import ALLOW_CREDENTIALS, ALLOW_ORIGIN, cors_check
from emulator.browser.header_list import get_all, split_list
from emulator.browser.modes import Credentials
from emulator.browser.verdict import Allowed, WarningName
from emulator.findings.finding import Case, RaisedAt
from emulator.functions.invocation import FunctionError, Returned

_OF_OTHERS = re.compile(r"[/\\](lib[/\\]python3\.\d+|site-packages|dist-packages|node_modules)[/\\]|<frozen |\bnode:")
"""Matches the frames of an interpreter's own modules, and of packages."""

BASE64_FLAG = re.compile(rb'"isBase64Encoded"\s*:\s*true')
"""The flag in a function's response payload: in a string that holds JSON of its own, a backslash stands before the
quotation marks."""

QUOTED = 200
"""Bytes of a body below which it is quoted."""

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
    if case.exchange.mocked is not None and case.exchange.route is not None:
        return f"the MOCK integration of '{case.exchange.route.key}' answered {case.status}; {adds_none}"
    return f"function '{case.function}' {_answer_of(case)}; {adds_none}"


def _answer_of(case: Case) -> str:
    """Tell what the function answered; of what is no response, that it can name no headers (AWS: Create AWS Lambda
    proxy integrations for HTTP APIs, "Lambda function response", format 2.0)."""
    result = case.exchange.result
    payload = parse_payload(result.payload) if isinstance(result, Returned) else {}
    if isinstance(payload, dict | Malformed):
        return f"answered {case.status}"
    of_null = ", as one does that has no `return`" if payload is None else ""
    return (
        f"returned {kind_of(payload)}{of_null}, which is answered with {case.status} and no headers: they stand in an "
        "object with `statusCode`, `headers` and `body`"
    )


def said_beside(case: Case) -> tuple[str, ...]:
    """Quote a short text of an answer that is no success, which often tells who refused: a login, a router, a
    framework. An HTML page is longer."""
    body = case.exchange.response.body
    if 200 <= case.status <= 299 or len(body) >= QUOTED:
        return ()
    try:
        text = " ".join(body.decode().split())
    except UnicodeDecodeError:
        return ()
    return (f"it says: {text}",) if text else ()


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


def is_error_of_gateway(case: Case) -> bool:
    """Tell whether the answer is an error whose CORS headers a REST API's gateway response wrote: it holds nothing of
    the user's."""
    return case.cors is None and case.exchange.refusal is not None


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


def response_in_a_string(case: Case) -> dict[str, Any] | None:
    """Read the response in a string that the function returned: `json.dumps({"statusCode": 200, ...})`; None where it
    returned anything else."""
    result = case.exchange.result
    payload = parse_payload(result.payload) if isinstance(result, Returned) else None
    held = parse_payload(payload.encode()) if isinstance(payload, str) and '"statusCode"' in payload else None
    return held if isinstance(held, dict) and "statusCode" in held else None


def says_base64(case: Case) -> bool:
    """Tell whether the function returned `isBase64Encoded: true`."""
    result = case.exchange.result
    return isinstance(result, Returned) and BASE64_FLAG.search(result.payload) is not None


def raised_at(error: FunctionError) -> tuple[RaisedAt, ...]:
    """Name the innermost frame of the user's code on one line, nothing where none is known: of Python's the last, of
    Node.js' the first that is of no library."""
    if not error.stack_trace:
        return ()
    is_nodejs = error.stack_trace[0].lstrip().startswith("at ")
    innermost_first = error.stack_trace if is_nodejs else error.stack_trace[::-1]
    own = (frame for frame in innermost_first if _OF_OTHERS.search(frame.partition("\n")[0]) is None)
    frame = next(own, innermost_first[0])
    at = ": ".join(" ".join(line.split()) for line in frame.strip().splitlines()).removeprefix("at ")
    return (RaisedAt(f"raised at {at}"),)
