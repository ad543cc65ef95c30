"""`null` is allowed by name, the origin that every site can have."""

from emulator.aws.product import Layer
from emulator.findings.changes import CorsField, RemoveHeaders, ReplaceInCors, ServePage
from emulator.findings.facts import OPAQUE, is_error_of_gateway, is_let_in_by_name, lets_in, reach
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix

ANYONE = "null is the origin of every file and of every sandboxed frame, which any site can make"


def find(case: Case) -> Found | None:
    """HTML Standard, opaque origins. Only a function URL takes `null` in allowOrigins; an HTTP API refuses it."""
    if case.origin != OPAQUE or not is_let_in_by_name(case) or is_error_of_gateway(case):
        return None
    evidence = (f"Origin: {OPAQUE}", f"Access-Control-Allow-Origin: {OPAQUE}")
    if case.cors is not None and lets_in(case):
        if OPAQUE not in case.cors.allow_origins:
            return None
        message = f"`cors` of '{case.api.name}' lets in null, so any site can read this answer {reach(case)}: {ANYONE}."
        removed = ReplaceInCors(case.api.name, CorsField.ALLOW_ORIGINS, OPAQUE, ())
        return Found(Layer.GATEWAY, message, evidence, Fix((ServePage(), removed)))
    message = f"Function '{case.function}' let in null, so any site can read this answer {reach(case)}: {ANYONE}."
    fix = Fix((ServePage(), RemoveHeaders(case.function, "Access-Control-")), because=f"Never return {OPAQUE}.")
    return Found(Layer.FUNCTION, message, evidence, fix)


RULE = Rule("null-origin-allowed", Severity.WARNING, find)
