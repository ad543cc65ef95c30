"""The function lets in by name an origin that no frontend declares: it repeats whatever asks."""

from emulator.aws.product import Layer
from emulator.findings.changes import CompareOrigin, DeclareFrontend
from emulator.findings.facts import OPAQUE, reach
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.messages import header_values


def find(case: Case) -> Found | None:
    """Say it only where `frontends` are declared: without them an allowlist cannot be told from an echo."""
    answer, origin = case.exchange.function_response, case.origin
    if answer is None or case.cors is not None or not case.frontends:
        return None
    if origin == OPAQUE or origin in {frontend.origin for frontend in case.frontends}:
        return None
    if not origin or origin not in header_values(answer.headers, "access-control-allow-origin"):
        return None
    return Found(
        Layer.FUNCTION,
        f"Function '{case.function}' let in {origin}, which no frontend declares: it echoes the Origin header without "
        f"an allowlist, so any site can read this answer {reach(case)}.",
        (f"Origin: {origin}", f"Access-Control-Allow-Origin: {origin}"),
        Fix((CompareOrigin(case.function),), ((DeclareFrontend(origin),),)),
    )


RULE = Rule("origin-echoed", Severity.WARNING, find)
