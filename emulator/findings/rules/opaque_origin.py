"""The page has no origin that could be allowed by name: `null`, or the scheme of a web view."""

import dataclasses

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.product import Layer
from emulator.browser.origin import is_serialized_origin
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import by_gateway, lists_and_route, of_function, refused
from emulator.findings.changes import AddToCors, CorsField
from emulator.findings.facts import OPAQUE, ignored, lets_in
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.unlistable_origin import is_listable, unlistable_origin_fix

NOT_NAMED = frozenset({CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER, CorsErrorName.ALLOW_ORIGIN_MISMATCH})
"""What a function's answer lacks that does not let such a page in; what else is wrong with it has rules of its own."""


def find(case: Case) -> Found | None:
    """HTML Standard: a file, a data: URL and a sandboxed frame have an opaque origin, serialized as null; an HTTP API
    refuses null and web views' schemes in allowOrigins (ionic-team/ionic-docs#4546)."""
    if case.blocked is None or not case.blocked.error.is_of_cors_check:
        return None
    if is_listable(case.origin) or not is_serialized_origin(case.origin):
        return None
    who = (_who(case),)
    if case.cors is not None:
        if lets_in(case):
            return None
        evidence = (*who, *ignored(case), *refused(case))
        return Found(Layer.GATEWAY, evidence=evidence, fix=_of_gateway(case, case.cors))
    if case.plain_error not in NOT_NAMED:
        return None
    found = of_function(case)
    return dataclasses.replace(found, evidence=(*who, *found.evidence))


def _of_gateway(case: Case, cors: CorsConfiguration) -> Fix:
    """List a web view's origin where a function URL takes it."""
    if isinstance(case.api, FunctionUrl) and case.origin != OPAQUE:
        listed = AddToCors(case.api.name, CorsField.ALLOW_ORIGINS, (case.origin,), cors.allow_origins)
        return Fix(by_gateway(case, cors, (listed,)))
    return unlistable_origin_fix(case, lists_and_route(case, cors))


def _who(case: Case) -> str:
    """Say what kind of page calls. One that has a URL of its own and no origin is sandboxed, or its call came through a
    redirect from another origin (Fetch Standard: redirect-taint)."""
    if case.origin != OPAQUE:
        return f"Origin: {case.origin}, which is a web view's or an extension's page"
    referer = case.request.header("referer")
    if referer is not None:
        return f"Origin: null, though Referer is {referer}: a sandboxed frame, or a redirect from another origin"
    return "Origin: null, which is a page opened from a file, from a data: URL or in a sandboxed frame"


RULE = Rule("opaque-origin", Severity.ERROR, find)
