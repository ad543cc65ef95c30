"""A development server's proxy made the call same-origin, so no CORS applied: what it would be without the proxy."""

import dataclasses

from emulator.browser.verdict import Allowed, Blocked, CorsErrorName
from emulator.findings.finding import Case, Found, Review, Rule, Severity


def find(case: Case) -> Found | None:
    """Fetch Metadata Request Headers, 2.3: `Sec-Fetch-Site: same-origin`. Nothing is said where CORS plays no part
    without the proxy either."""
    if case.direct is None:
        return None
    page = case.request.page_origin
    begin = (
        f"{page} calls '{case.api.name}' through a proxy of its own origin, which hides CORS. Deployed on another "
        f"origin than the API, the page"
    )
    if isinstance(case.direct.verdict, Allowed):
        layer = case.direct.findings[0].layer if case.direct.findings else case.exchange.layer
        return Found(layer, f"{begin} would be allowed this call.")
    if not isinstance(case.direct.verdict, Blocked):
        return None
    return _refused(case, case.direct, case.direct.verdict.error, begin)


def _refused(case: Case, direct: Review, error: CorsErrorName, begin: str) -> Found:
    first = direct.findings[0]
    message = f"{begin} would be refused this call{_unless(case, error)}: {error} ({first.layer})."
    return Found(first.layer, message, first.evidence, dataclasses.replace(first.fix, given="Before that"))


def _unless(case: Case, error: CorsErrorName) -> str:
    """Say what is not known: a same-origin GET carries no Origin, and a function may answer to one otherwise."""
    is_unknown = (
        case.request.origin is None
        and case.exchange.function_response is not None
        and case.cors is None
        and error is CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER
    )
    return ", unless the function answers otherwise to a request with Origin" if is_unknown else ""


RULE = Rule("cors-hidden-by-proxy", Severity.NOTE, find)
