"""The function looked a header up by a name in another case than the event has it: it raised, or answered without CORS
headers. Needs no browser."""

import re

from emulator.aws.product import Layer
from emulator.browser.verdict import CorsErrorName
from emulator.findings.changes import MendHandler
from emulator.findings.facts import in_its_stead, raised_at
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.missing_key import code_of, event_of, was_missing
from emulator.functions.invocation import FunctionError

READ = re.compile(r"[Hh]eaders[\"'\])]*\s*(?:\??\.\s*get\(\s*[\"']|\??\.\s*|\[\s*[\"'])([\w-]+)")
"""A header read in code: `headers["Origin"]`, `headers.Origin`, `headers.get("Origin")`."""


def find(case: Case) -> Found | None:
    """AWS: names are in lower case in format 2.0, and in format 1.0 as the client sent them."""
    error = case.exchange.result
    if not isinstance(error, FunctionError):
        return None
    event = event_of(case)
    names = {name.lower(): name for name in event.get("headers") or {}}
    for wanted in _read(error):
        has = names.get(wanted.lower())
        if has is not None and has != wanted and was_missing(error, wanted):
            return _found(case, error, (wanted, has), is_lower=event.get("version") == "2.0")
    return None


def _read(error: FunctionError) -> tuple[str, ...]:
    """List the names that may be those of a header: what a KeyError names, what the code reads of headers."""
    named = (error.error_message.strip("'"),) if error.error_type == "KeyError" else ()
    return (*named, *READ.findall(code_of(error)))


def _found(case: Case, error: FunctionError, names: tuple[str, str], *, is_lower: bool) -> Found:
    wanted, has = names
    message = (
        f"Function '{case.function}' read the header `{wanted}`, which this event has as `{has}`: {error.error_type}: "
        f"{error.error_message}. {in_its_stead(case)}."
    )
    return Found(Layer.FUNCTION, message, raised_at(error), _fix_of(case, names, is_lower=is_lower))


def _fix_of(case: Case, names: tuple[str, str], *, is_lower: bool) -> Fix:
    wanted, has = names
    how = f"read the header as `{has}`" if is_lower else f"look the header `{wanted}` up in any case"
    because = "In payload format 2.0 all names of headers are in lower case."
    if not is_lower:
        because = (
            "In payload format 1.0 names of headers are as the client sends them, and browsers and curl speak HTTP/2 "
            "to AWS, which has lower case only."
        )
    return Fix((MendHandler(case.function, how),), because=because)


def find_silent(case: Case) -> Found | None:
    """See an answer without Access-Control-Allow-Origin of a function whose code reads Origin by a name that its event
    does not have, and by no other: whatever it compares, it compares nothing with it."""
    read = case.exchange.origin_read
    if read is None or case.cors is not None or case.plain_error is not CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER:
        return None
    event = event_of(case)
    has = next((name for name in event.get("headers") or {} if name.lower() == "origin"), read.name)
    if has == read.name:
        return None
    message = (
        f"Function '{case.function}' answered without Access-Control-Allow-Origin, and its code looks Origin up as "
        f"`{read.name}`, which this event has as `{has}`: it finds none."
    )
    fix = _fix_of(case, (read.name, has), is_lower=event.get("version") == "2.0")
    return Found(Layer.FUNCTION, message, (f"{read.place} reads `{read.name}`",), fix)


SILENT = Rule("header-name-case", Severity.ERROR, find_silent)
RULE = Rule("header-name-case", Severity.ERROR, find)
