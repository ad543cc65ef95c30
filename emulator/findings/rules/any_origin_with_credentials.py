"""A function URL's `cors` lets every site read answers with the user's cookies."""

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.product import Layer
from emulator.findings.changes import CorsField, Fix, ReplaceInCors, SetCorsCredentials
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """See the caller's own origin in the answer of a URL that allows "*", with credentials too (LeanerCloud/CUDly#390,
    probed live): what no browser refuses, and what an HTTP API's `cors` may not even say (aws/aws-cdk#9076)."""
    api, cors, answer = case.api, case.cors, case.exchange.response
    if not isinstance(api, FunctionUrl) or cors is None or case.request.is_preflight:
        return None
    if not cors.allow_credentials or "*" not in cors.allow_origins:
        return None
    evidence = (f"Access-Control-Allow-Origin: {case.origin}", "Access-Control-Allow-Credentials: true")
    if any(answer.header(name) != value for name, _, value in (line.partition(": ") for line in evidence)):
        return None
    named = ReplaceInCors(api.name, CorsField.ALLOW_ORIGINS, "*", (case.origin,))
    return Found(
        Layer.GATEWAY,
        f"Any site can read this answer with the user's cookies: `cors` of '{api.name}' has '*' and credentials, and a "
        f"function URL answers '*' with whatever origin asked.",
        evidence,
        Fix((named,), ((SetCorsCredentials(api.name, allowed=False),),), because="List the origins of your own pages."),
    )


RULE = Rule("any-origin-with-credentials", Severity.WARNING, find)
