"""The function returns a list of origins where one has to stand."""

import dataclasses
from collections.abc import Iterator

from emulator.browser.cors_check import ALLOW_ORIGIN
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import of_function
from emulator.findings.changes import Change, MendHandler, ReturnHeaders
from emulator.findings.facts import returned_object
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """Fetch Standard 4.9, CORS check, step 4: the header's value is compared with the origin, whole."""
    if case.cors is not None or case.plain_error is not CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES:
        return None
    found, fields = of_function(case), _fields(case)
    if "multiValueHeaders" not in fields:
        return found
    where = "in `headers`, and not in `multiValueHeaders` too" if len(fields) > 1 else "in `multiValueHeaders`"
    once = MendHandler(case.function, f"return {ALLOW_ORIGIN}: {case.origin} once, {where}")
    others = (change for change in found.fix.changes if not isinstance(change, ReturnHeaders))
    fix = dataclasses.replace(found.fix, changes=(once, *_beside_origin(found.fix.changes), *others))
    return dataclasses.replace(found, evidence=(*found.evidence, _sent(fields)), fix=fix)


def _sent(fields: list[str]) -> str:
    return f"{ALLOW_ORIGIN} is in {' and '.join(f'`{field}`' for field in fields)}, and each value is sent"


def _fields(case: Case) -> list[str]:
    """List the fields of the function's response that hold the header; none in format 2.0, which has one alone."""
    returned = returned_object(case) or {}
    if case.exchange.payload_format_version != "1.0":
        return []
    held = ((field, returned.get(field)) for field in ("headers", "multiValueHeaders"))
    return [
        field
        for field, headers in held
        if isinstance(headers, dict) and any(name.lower() == ALLOW_ORIGIN.lower() for name in headers)
    ]


def _beside_origin(changes: tuple[Change, ...]) -> Iterator[ReturnHeaders]:
    """Yield what else the function is to return."""
    for change in changes:
        if isinstance(change, ReturnHeaders):
            headers = tuple(pair for pair in change.headers if pair[0] != ALLOW_ORIGIN)
            if headers or change.status is not None:
                yield dataclasses.replace(change, headers=headers)


RULE = Rule("multiple-allow-origin-values", Severity.ERROR, find)
