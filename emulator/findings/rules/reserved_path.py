"""The page calls a path that API Gateway keeps for its health check: no API answers, and no CORS headers come."""

from emulator.aws.methods import ANY, METHODS
from emulator.aws.product import Layer
from emulator.aws.refusal import RefusalKind
from emulator.findings.changes import AddRoute, CallUrl
from emulator.findings.facts import answered
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.resources import called_method, route_for

OTHER_PATHS = ("/health", "/status", "/healthy")
"""What the route can be called instead: the first that the API does not have."""


def find(case: Case) -> Found | None:
    """AWS: Amazon API Gateway important notes, of /ping and /sping."""
    refusal = case.exchange.refusal
    if refusal is None or refusal.kind is not RefusalKind.RESERVED_PATH:
        return None
    return Found(Layer.GATEWAY, evidence=(answered(case),), fix=_fix(case))


def _fix(case: Case) -> Fix:
    """Call it below the stage where a route takes it there; else a route of another path."""
    path, method, base = case.request.raw_path, called_method(case.request), case.api.base_path
    because = f"{path} is API Gateway's own health check, which sends no CORS headers."
    if base and route_for(case.exchange, method, f"{base}{path}") is not None:
        return Fix((CallUrl(f"{case.request.own_origin}{base}{path}"),), because=because)
    own, keys = route_for(case.exchange, method), case.api.route_keys
    other = next((one for one in OTHER_PATHS if all(key.partition(" ")[2] != one for key in keys)), OTHER_PATHS[0])
    call = CallUrl(f"{case.request.own_origin}{base}{other}")
    if own is not None and own.resource != path:
        return Fix((call,), because=f"{because} `{own.key}` takes every path but that.")
    key = f"{method if method in METHODS else ANY} {other}"
    return Fix((AddRoute(case.api.name, key), call), because=because)


RULE = Rule("reserved-path", Severity.ERROR, find)
