"""The facts of a case that several rules speak of. No rule stands here."""

from emulator.aws.product import Refusal, RefusalKind
from emulator.browser.verdict import Allowed, WarningName
from emulator.findings.finding import Case

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


def warned(case: Case, name: WarningName) -> bool:
    """Tell whether the browser lets the call pass with this warning."""
    return isinstance(case.verdict, Allowed) and name in case.verdict.warnings
