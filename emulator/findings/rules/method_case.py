"""The page wrote a method in lower case that browsers leave as it is, so that it is another method."""

from emulator.aws.product import Layer
from emulator.aws.refusal import NO_ROUTE
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import by_function, by_gateway
from emulator.findings.changes import CallMethod, Change
from emulator.findings.facts import answered
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.possible_call import called_by
from emulator.findings.resources import called_method, standard_method
from emulator.findings.rules import missing_options_route


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
    because = f"Browsers send '{method}' as it is, and it is another method."
    evidence = (answered(case),) if is_unrouted else ()
    return Found(Layer.BROWSER, evidence=evidence, fix=Fix((CallMethod((meant,)), *_lacking(case, meant)), (), because))


def _lacking(case: Case, meant: str) -> tuple[Change, ...]:
    """List what the call by the method that is meant lacks as well."""
    refusal = case.exchange.refusal
    if not case.request.is_preflight:
        return ()
    if refusal is not None and refusal.kind in NO_ROUTE:
        found = missing_options_route.find(called_by(case, meant))
        assert found is not None  # noqa: S101  it was refused for that
        return found.fix.changes
    if case.cors is not None:
        return by_gateway(called_by(case, meant), case.cors)
    return by_function(called_by(case, meant)).changes


RULE = Rule("method-case", Severity.ERROR, find)
