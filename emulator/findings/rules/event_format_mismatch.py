"""The function raised on a key that events of the other payload format have. Needs no browser."""

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.findings.changes import Change, IntegrationField, MendHandler, SetIntegration
from emulator.findings.facts import in_its_stead, raised_at
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.missing_key import code_of, event_of, was_missing
from emulator.functions.invocation import FunctionError

IN_PLACE_OF = {
    "2.0": {
        "httpMethod": ("", "requestContext.http.method"),
        "multiValueHeaders": ("", "headers"),
        "multiValueQueryStringParameters": ("", "queryStringParameters"),
        "resourcePath": ("", "routeKey"),
        "path": ("(?:event|requestContext)", "rawPath"),
        "resource": ("event", "routeKey"),
        "identity": ("requestContext", "requestContext.http"),
    },
    "1.0": {
        "rawPath": ("", "path"),
        "rawQueryString": ("", "queryStringParameters"),
        "routeKey": ("", "httpMethod` and `resource"),
        "http": ("requestContext", "httpMethod`, `path` and `requestContext.identity"),
        "cookies": ("event", "headers.Cookie"),
    },
}
"""The keys that one format lacks, of what they have to be read in the code to be told from keys of something else, and
what the format has in their place (AWS: Create AWS Lambda proxy integrations for HTTP APIs)."""
LEFT_OUT = ("queryStringParameters", "pathParameters", "stageVariables", "cookies", "body")
"""The keys that format 2.0 leaves out where they would be empty, and format 1.0 has as null (recorded from AWS)."""
OTHER = {"1.0": "2.0", "2.0": "1.0"}


def find(case: Case) -> Found | None:
    """AWS: Create AWS Lambda proxy integrations for HTTP APIs, "Payload format version"."""
    error = case.exchange.result
    if not isinstance(error, FunctionError):
        return None
    event = event_of(case)
    version = "2.0" if event.get("version") == "2.0" else "1.0"
    for key, (of, instead) in IN_PLACE_OF[version].items():
        if was_missing(error, key, of):
            read = MendHandler(case.function, f"read `{instead}` in place of `{key}`")
            return _found(case, error, (key, version), Fix((read,), _other_format(case, version), _fixed(case)))
    for key in LEFT_OUT:
        if (
            error.error_type == "KeyError"
            and version == "2.0"
            and key not in event
            and was_missing(error, key, "event")
        ):
            read = MendHandler(case.function, f'read `{key}` as one that may be absent: `event.get("{key}")`')
            return _found(case, error, (key, version), Fix((read,), because="Format 2.0 leaves out what is empty."))
    return None


def _found(case: Case, error: FunctionError, read: tuple[str, str], fix: Fix) -> Found:
    key, version = read
    message = (
        f"Function '{case.function}' read `{key}`, which this event of payload format {version} does not have: "
        f"{error.error_type}: {error.error_message}. {in_its_stead(case)}."
    )
    return Found(Layer.FUNCTION, message, (*((code_of(error),) if error.line else ()), *raised_at(error)), fix)


def _other_format(case: Case, version: str) -> tuple[tuple[Change, ...], ...]:
    """Offer the format that the function was written for, which only an HTTP API lets its owner choose."""
    route = case.exchange.route
    if route is None or not isinstance(case.api, HttpApi):
        return ()
    field = IntegrationField.PAYLOAD_FORMAT_VERSION
    return ((SetIntegration(case.api.name, route.key, field, OTHER[version], version),),)


def _fixed(case: Case) -> str:
    return "" if isinstance(case.api, HttpApi) else f"The format of a {case.api.product} cannot be chosen."


RULE = Rule("event-format-mismatch", Severity.ERROR, find)
