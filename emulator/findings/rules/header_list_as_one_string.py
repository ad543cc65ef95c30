"""An entry of a function URL's allowHeaders is a list itself, "Content-Type,Authorization"."""

from emulator.aws.function_url.cors import has_comma
from emulator.aws.product import Layer, Preflight
from emulator.browser.verdict import CorsErrorName
from emulator.findings.changes import CorsField, ReplaceInCors
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix


def find(case: Case) -> Found | None:
    """AWS takes it as one name, and the function URL then answers every preflight without CORS headers
    (rimutaka/posts; CodeGenieApp/serverless-express#508)."""
    cors = case.cors
    if cors is None or not isinstance(case.exchange.outcome, Preflight) or not has_comma(cors.allow_headers):
        return None
    if case.plain_error is not CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER:
        return None
    changes = tuple(
        ReplaceInCors(case.api.name, CorsField.ALLOW_HEADERS, entry, names_in(entry))
        for entry in cors.allow_headers
        if "," in entry
    )
    because = "AWS takes the list as one name, and the function URL then answers every preflight without CORS headers."
    return Found(Layer.GATEWAY, fix=Fix(changes, because=because))


def names_in(entry: str) -> tuple[str, ...]:
    """List the header names in one entry."""
    return tuple(part.strip() for part in entry.split(",") if part.strip())


RULE = Rule("header-list-as-one-string", Severity.ERROR, find)
