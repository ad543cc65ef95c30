"""The page wrote a method in lower case that browsers leave as it is, so that it is another method."""

from emulator.aws.product import NO_ROUTE, Layer
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import route
from emulator.findings.changes import CallMethod, Fix
from emulator.findings.facts import answered
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.resources import called_method, standard_method


def find(case: Case) -> Found | None:
    """Fetch Standard, normalize a method: DELETE, GET, HEAD, OPTIONS, POST and PUT are upper-cased, PATCH is not; and
    step 7.5 of a CORS-preflight fetch compares methods byte for byte."""
    method = called_method(case.request)
    meant = standard_method(method)
    if case.blocked is None or meant is None:
        return None
    refusal = case.exchange.refusal
    is_unrouted = refusal is not None and refusal.kind in NO_ROUTE
    if not is_unrouted and case.plain_error is not CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE:
        return None
    return Found(
        Layer.BROWSER,
        evidence=(answered(case),) if is_unrouted else (),
        fix=Fix(
            (CallMethod((meant,)), *route(case, meant)),
            because=f"Browsers send '{method}' as it is, and it is another method.",
        ),
    )


RULE = Rule("method-case", Severity.ERROR, find)
