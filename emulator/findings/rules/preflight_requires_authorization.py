"""An authorizer stands before the route that took a preflight, or it requires an API key, and no browser sends a
preflight with either."""

from emulator.aws.methods import METHODS
from emulator.aws.product import Layer
from emulator.aws.refusal import OF_AN_AUTHORIZER, Refusal, RefusalKind
from emulator.findings.allowing import by_gateway, preflight_answer
from emulator.findings.changes import AddRoute, Change
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.gateway_preflights import EVERY_PATH, cors_section, routes_without_options
from emulator.findings.preflight_requirements import without_requirement
from emulator.findings.resources import called_method


def find(case: Case) -> Found | None:
    """AWS, Configuring CORS for an HTTP API: a route that matches OPTIONS takes the preflight from the gateway, and its
    authorizer is asked first. Fetch Standard 4.8, CORS-preflight fetch: a preflight has no credentials."""
    refusal, route = case.exchange.refusal, case.exchange.route
    if refusal is not None and refusal.kind is RefusalKind.INVALID_API_KEY:
        return _api_key(case, refusal)
    if refusal is None or refusal.kind not in OF_AN_AUTHORIZER or route is None or not case.request.is_preflight:
        return None
    evidence = (
        f"route '{route.key}' matches OPTIONS, and {refusal.reason}",
        "browsers send no Authorization and no cookie with a preflight",
    )
    if called_method(case.request) not in METHODS:
        resource = EVERY_PATH[0] if route.key == "$default" else route.resource
        options = AddRoute(case.api.name, f"OPTIONS {resource}", preflight_answer(case))
        because = "No route but one of all methods takes such a method, and that takes OPTIONS too."
        return Found(Layer.AUTHORIZER, evidence=evidence, fix=Fix((options,), because=because))
    letting_in: tuple[Change, ...] = cors_section(case) if case.cors is None else by_gateway(case, case.cors)
    because = "With no route matching OPTIONS the gateway answers preflights itself. Each route keeps its authorizer."
    fix = Fix((*routes_without_options(case), *letting_in), because=because)
    return Found(Layer.AUTHORIZER, evidence=evidence, fix=fix)


def _api_key(case: Case, refusal: Refusal) -> Found | None:
    """See a preflight that lacks an API key: of the request's headers it has the names alone."""
    fix = without_requirement(case)
    if fix is None:
        return None
    evidence = (refusal.reason, "a browser never sends x-api-key with a preflight, only its name")
    return Found(Layer.GATEWAY, evidence=evidence, fix=fix)


RULE = Rule("preflight-requires-authorization", Severity.ERROR, find)
