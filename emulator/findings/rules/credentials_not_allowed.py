"""The page calls with credentials, and Access-Control-Allow-Credentials is not exactly `true`."""

from emulator.aws.product import Layer
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import by_gateway, of_function, refused, without_credentials
from emulator.findings.facts import ignored
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix


def find(case: Case) -> Found | None:
    """Fetch Standard 4.9, CORS check, steps 6 to 8."""
    if case.plain_error is not CorsErrorName.INVALID_ALLOW_CREDENTIALS:
        return None
    if case.cors is None:
        return of_function(case)
    changes = by_gateway(case, case.cors)
    evidence = (*ignored(case), *refused(case))
    return Found(Layer.GATEWAY, evidence=evidence, fix=Fix(changes, without_credentials(case, changes)))


RULE = Rule("credentials-not-allowed", Severity.ERROR, find)
