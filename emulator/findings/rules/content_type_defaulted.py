"""The function returned JSON without a Content-Type, and an HTTP API called it plain text. Needs no browser."""

import json

from emulator.aws.http_api.http_api import FIELD_RULES, HttpApi
from emulator.aws.product import Layer
from emulator.findings.changes import ReturnHeaders
from emulator.findings.facts import returned_object
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix

JSON = (("Content-Type", "application/json"),)
OPENING = frozenset({b"{", b"["})
"""How a JSON object and an array begin."""
EMPTY = frozenset({b"{}", b"[]"})
"""The bodies that nobody reads anything from, by whichever type."""


def find(case: Case) -> Found | None:
    """See the default of an HTTP API (recorded from AWS: aws/aws-lambda-dotnet, V2_DefaultsToTextPlainContentType)."""
    answer = case.exchange.function_response
    if answer is None or not isinstance(case.api, HttpApi) or answer.body[:1] not in OPENING or answer.body in EMPTY:
        return None
    if answer.header("content-type") != FIELD_RULES.content_type or not _is_json(answer.body):
        return None
    returned = returned_object(case)
    if returned is None or _names_type(returned):
        return None
    return Found(
        Layer.FUNCTION,
        f"Function '{case.function}' returned JSON without Content-Type, and the HTTP API calls that "
        f"{FIELD_RULES.content_type}: response.json() reads it all the same, what goes by the type does not.",
        fix=Fix((ReturnHeaders(case.function, JSON),)),
    )


def _names_type(returned: dict[str, object]) -> bool:
    maps = [returned.get("headers"), returned.get("multiValueHeaders")]
    return any(name.lower() == "content-type" for names in maps if isinstance(names, dict) for name in names)


def _is_json(body: bytes) -> bool:
    """Tell whether the body is JSON."""
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


RULE = Rule("content-type-defaulted", Severity.NOTE, find)
