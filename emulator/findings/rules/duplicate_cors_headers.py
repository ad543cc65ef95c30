"""A function URL's `cors` adds a header that the function returns too: AWS sends both, and no browser takes two."""

from emulator.aws.product import Layer
from emulator.browser.cors_check import ALLOW_ORIGIN
from emulator.browser.verdict import CorsErrorName
from emulator.findings.changes import RemoveCors, RemoveHeaders
from emulator.findings.facts import lets_in
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix


def find(case: Case) -> Found | None:
    """See the header twice, as recorded of a function URL (aws-powertools/powertools-lambda-python#4163)."""
    if case.cors is None or case.plain_error is not CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES or not lets_in(case):
        return None
    answer = case.exchange.function_response
    own = None if answer is None else answer.header(ALLOW_ORIGIN)
    evidence = (
        f"{ALLOW_ORIGIN}: {own}, from function '{case.function}'",
        f"{ALLOW_ORIGIN}: {case.origin}, from `cors` of '{case.api.name}'; AWS sends both",
    )
    remove = RemoveHeaders(case.function, "Access-Control-")
    fix = Fix((remove,), ((RemoveCors(case.api.name),),), because="One of the two has to speak alone.")
    return Found(Layer.FUNCTION, evidence=evidence, fix=fix)


RULE = Rule("duplicate-cors-headers", Severity.ERROR, find)
