"""A function URL's `cors` adds a header that the function returns too: AWS sends both, and no browser takes two."""

from emulator.aws.product import Layer
from emulator.browser.verdict import CorsErrorName
from emulator.findings.changes import Fix, RemoveHeaders
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """See the header twice, as recorded of a function URL (aws-powertools/powertools-lambda-python#4163)."""
    if case.cors is None or case.plain_error is not CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES:
        return None
    evidence = "the function URL's `cors` adds the header, and the function adds it again; AWS sends both"
    remove = RemoveHeaders(case.function, "Access-Control-")
    fix = Fix((remove,), because="The URL's `cors` already adds them.")
    return Found(Layer.FUNCTION, evidence=(evidence,), fix=fix)


RULE = Rule("duplicate-cors-headers", Severity.ERROR, find)
