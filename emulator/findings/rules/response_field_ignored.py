"""The function returned a field that its payload format does not have, and what stood there is lost. Needs no
browser."""

from typing import Any

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer, Route
from emulator.aws.rest_api.rest_api import RestApi
from emulator.findings.changes import Change, IntegrationField, MendHandler, SetIntegration
from emulator.findings.cors_header_names import meant_header
from emulator.findings.facts import response_in_a_string, returned_object
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.spelling import near

FIELDS = {
    "1.0": frozenset({"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}),
    "2.0": frozenset({"statusCode", "headers", "cookies", "body", "isBase64Encoded"}),
}
"""What a response can hold (AWS: Create AWS Lambda proxy integrations for HTTP APIs, "Lambda function response")."""
OF_A_RESPONSE = frozenset({"headers", "multiValueHeaders", "isBase64Encoded"})
"""The fields that show that an object without a statusCode was meant for a response."""
OTHER = {"1.0": "2.0", "2.0": "1.0"}
MOVED = {
    "1.0": "return Set-Cookie in `multiValueHeaders`, in place of `cookies`",
    "2.0": "return `headers` with one string each, and `cookies` for Set-Cookie, in place of `multiValueHeaders`",
}


def find(case: Case) -> Found | None:
    """See what an HTTP API and a function URL go on without; a REST API refuses what it does not know."""
    exchange = case.exchange
    route = exchange.route
    version, returned = exchange.payload_format_version, returned_object(case)
    if isinstance(exchange.api, RestApi) or exchange.function_response is None or route is None or version is None:
        return None
    if (response := response_in_a_string(case)) is not None:
        return _sent_as_text(case, response)
    if returned is None or ("statusCode" in returned and FIELDS[version].issuperset(returned)):
        return None
    if version == "2.0" and "statusCode" not in returned:
        return None if OF_A_RESPONSE.isdisjoint(returned) else _sent_whole(case, returned)
    lost = lost_headers(returned, version)
    if lost:
        field = "cookies" if version == "1.0" else "multiValueHeaders"
        said = f"Function '{case.function}' returned `{field}`, which payload format {version} ignores: lost is "
        fix = Fix((MendHandler(case.function, MOVED[version]),), _other_format(case, route, version))
        return Found(Layer.FUNCTION, f"{said}{', '.join(lost)}.", fix=fix, severity=_severity(case, lost))
    unknown = [name for name, value in returned.items() if value and name not in FIELDS["1.0"] | FIELDS["2.0"]]
    if not unknown:
        return None
    names = ", ".join(f"`{name}`" for name in unknown)
    said = f"Function '{case.function}' returned {names}, which the {case.api.product} ignores."
    if (misplaced := _misplaced(returned, unknown)) is None:
        return Found(Layer.FUNCTION, said, severity=Severity.NOTE)
    what, lost = misplaced
    return Found(Layer.FUNCTION, said, fix=Fix((MendHandler(case.function, what),)), severity=_severity(case, lost))


def _misplaced(returned: dict[str, Any], unknown: list[str]) -> tuple[str, list[str]] | None:
    """Tell where the headers belong that stand in a field of nearly the right name, or beside `headers`, and which
    they are; None where there are none."""
    for name in unknown:
        if near(name, ("headers",)) and isinstance(returned[name], dict):
            return f"return `headers` in place of `{name}`", list(returned[name])
    beside = [name for name in unknown if meant_header(name)]
    return (f"return {', '.join(beside)} within `headers`", beside) if beside else None


def lost_headers(returned: dict[str, Any], version: str) -> list[str]:
    """List the headers that stand in a field which this format ignores, and nowhere else."""
    if version == "1.0":
        sent = _names(returned, "headers") | _names(returned, "multiValueHeaders")
        return [] if "set-cookie" in sent or not returned.get("cookies") else ["Set-Cookie"]
    sent = _names(returned, "headers") | ({"set-cookie"} if returned.get("cookies") else set())
    multi = returned.get("multiValueHeaders")
    return [name for name in multi if name.lower() not in sent] if isinstance(multi, dict) else []


def _names(returned: dict[str, Any], field: str) -> set[str]:
    headers = returned.get(field)
    return {name.lower() for name in headers} if isinstance(headers, dict) else set()


def _sent_whole(case: Case, returned: dict[str, Any]) -> Found:
    """See an object that was meant for a response, and is none for the want of one key."""
    lost = [name for field in ("headers", "multiValueHeaders") for name in sorted(_names(returned, field))]
    said = (
        f"Function '{case.function}' returned no `statusCode`: in payload format 2.0 the client then gets the whole "
        f"object, {', '.join(f'`{name}`' for name in returned)}, as JSON with status 200."
    )
    change = MendHandler(case.function, "return `statusCode` beside the other fields")
    return Found(Layer.FUNCTION, said, fix=Fix((change,)), severity=_severity(case, lost))


def _sent_as_text(case: Case, response: dict[str, Any]) -> Found:
    """See a response that was made JSON before the runtime makes JSON of it."""
    said = (
        f"Function '{case.function}' returned a string that holds a response: in payload format 2.0 the client then "
        "gets that string, with status 200 and no headers of the function's."
    )
    change = MendHandler(case.function, "return the object itself, and its JSON in `body` alone")
    lost = sorted(_names(response, "headers"))
    return Found(Layer.FUNCTION, said, fix=Fix((change,)), severity=_severity(case, lost))


def _severity(case: Case, lost: list[str]) -> Severity:
    """Tell a loss that a browser blocks the page for from one that it bears."""
    is_blocked = case.cors is None and any(name.lower() == "access-control-allow-origin" for name in lost)
    return Severity.ERROR if is_blocked else Severity.WARNING


def _other_format(case: Case, route: Route, version: str) -> tuple[tuple[Change, ...], ...]:
    if not isinstance(case.api, HttpApi):
        return ()
    field = IntegrationField.PAYLOAD_FORMAT_VERSION
    return ((SetIntegration(case.api.name, route.key, field, OTHER[version], version),),)


RULE = Rule("response-field-ignored", Severity.WARNING, find)
