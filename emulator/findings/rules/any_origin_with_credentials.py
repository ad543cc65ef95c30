"""The gateway's `cors` lets every site read answers with the user's cookies."""

from emulator.aws.product import Layer
from emulator.findings.changes import CorsField, ReplaceInCors, SetCorsCredentials
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix

EVERY = {"*": "any site", "https://*": "any https site", "http://*": "any http site"}
"""The entries of allowOrigins that name nobody, and whom they let in. A function URL takes the first, an HTTP API the
others: it refuses "*" with credentials (aws/aws-cdk#9076), and that it takes these is uncertain."""


def find(case: Case) -> Found | None:
    """See the caller's own origin in the answer of a gateway that allows all of them, with credentials too
    (LeanerCloud/CUDly#390, probed live, of a function URL): what no browser refuses."""
    api, cors, answer = case.api, case.cors, case.exchange.response
    if cors is None or not cors.allow_credentials or case.request.is_preflight:
        return None
    entry = next((entry for entry in EVERY if entry in cors.allow_origins), None)
    evidence = (f"Access-Control-Allow-Origin: {case.origin}", "Access-Control-Allow-Credentials: true")
    if entry is None or any(answer.header(line.partition(": ")[0]) != line.partition(": ")[2] for line in evidence):
        return None
    pages = () if case.origin in cors.allow_origins else (case.origin,)
    named = ReplaceInCors(api.name, CorsField.ALLOW_ORIGINS, entry, pages)
    return Found(
        Layer.GATEWAY,
        f"{EVERY[entry].capitalize()} can read this answer with the user's cookies: `cors` of '{api.name}' has "
        f"'{entry}' and credentials, and a {api.product} answers that with whatever origin asked.",
        evidence,
        Fix((named,), ((SetCorsCredentials(api.name, allowed=False),),), because="List the origins of your own pages."),
    )


RULE = Rule("any-origin-with-credentials", Severity.WARNING, find)
