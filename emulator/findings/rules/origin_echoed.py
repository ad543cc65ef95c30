"""The function lets in by name an origin that no frontend declares: it repeats whatever asks."""

from emulator.aws.product import Layer
from emulator.findings.changes import CompareOrigin, DeclareFrontend, Fix, RemoveHeaders, ServePage
from emulator.findings.facts import OPAQUE
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.messages import header_values


def find(case: Case) -> Found | None:
    """Say it only where `frontends` are declared: without them an allowlist cannot be told from an echo."""
    answer, origin = case.exchange.function_response, case.origin
    if answer is None or case.cors is not None or not case.frontends:
        return None
    if origin in {frontend.origin for frontend in case.frontends} and origin != OPAQUE:
        return None
    if not origin or origin not in header_values(answer.headers, "access-control-allow-origin"):
        return None
    credentials = answer.header("access-control-allow-credentials") == "true"
    reach = "with the user's cookies" if credentials else "without credentials"
    who = f"{origin}, which no frontend declares: it echoes the Origin header without an allowlist, so any site"
    fix = Fix((CompareOrigin(case.function),), ((DeclareFrontend(origin),),))
    if origin == OPAQUE:
        who = "null, the origin of every file and of every sandboxed frame, which any site can make: any site"
        fix = Fix((ServePage(), RemoveHeaders(case.function, "Access-Control-")), because=f"Never return {OPAQUE}.")
    return Found(
        Layer.FUNCTION,
        f"Function '{case.function}' let in {who} can read this answer {reach}.",
        (f"Origin: {origin}", f"Access-Control-Allow-Origin: {origin}"),
        fix,
    )


RULE = Rule("origin-echoed", Severity.WARNING, find)
