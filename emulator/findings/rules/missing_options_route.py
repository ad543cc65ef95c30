"""Nothing answers the preflight: a REST API without an OPTIONS method there, an HTTP API without `cors`."""

import dataclasses

from emulator.aws.product import Layer
from emulator.aws.refusal import NO_ROUTE
from emulator.findings.allowing import new_route, preflight_answer, route
from emulator.findings.changes import AddRoute, Change, DoByHand
from emulator.findings.facts import answered
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.gateway_preflights import cors_section
from emulator.findings.near_path import misspelt_url, other_url
from emulator.findings.possible_call import by_possible_method
from emulator.findings.resources import (
    called_method,
    greedy_below,
    methods_at,
    path_inside,
    proposed_template,
    route_for,
)


def find(case: Case) -> Found | None:
    """AWS: CORS for REST APIs in API Gateway; Configuring CORS for HTTP APIs."""
    refusal = case.exchange.refusal
    if refusal is None or refusal.kind not in NO_ROUTE or not case.request.is_preflight:
        return None
    method = called_method(case.request)
    fix = other_url(case, method) or _answering(case, method)
    return Found(Layer.GATEWAY, evidence=(answered(case),), fix=fix)


def _answering(case: Case, method: str) -> Fix:
    if case.api.cors_methods:
        return _by_either(case, method)
    case, page = by_possible_method(case)
    fix = _options_method(case, called_method(case.request))
    if not page:
        return fix
    because = f"No route can have {method}. {fix.because}"
    return dataclasses.replace(fix, changes=(*page, *fix.changes), because=because)


def _by_either(case: Case, method: str) -> Fix:
    """Let the gateway of an HTTP API answer, or the function; first the function where another route says that
    functions answer OPTIONS here, for they would no longer be heard beside `cors` (AWS: Configuring CORS for an HTTP
    API)."""
    exchange, api = case.exchange, case.api
    match = route_for(exchange, method)
    resource = methods_at(exchange)[0] if match is None else match.resource
    options = AddRoute(api.name, f"OPTIONS {resource or proposed_template(exchange)}", preflight_answer(case))
    ways: list[tuple[Change, ...]] = [(*cors_section(case), *route(case)), (*route(case), options)]
    if any(key.startswith("OPTIONS ") for key in api.route_keys):
        ways.reverse()
    because = (
        f"With `cors` the gateway answers preflights and drops the functions' own CORS headers; with the route alone "
        f"the answer to {method} needs such headers too."
    )
    return Fix(ways[0], (ways[1],), because)


def _options_method(case: Case, method: str) -> Fix:
    """Beside the resource's other methods; with the method itself, where that is not there either."""
    exchange, api = case.exchange, case.api
    match = route_for(exchange, method)
    because = "A REST API answers no preflight by itself."
    resource, has = (match.resource, ()) if match is not None else methods_at(exchange)
    options = AddRoute(api.name, f"OPTIONS {resource or proposed_template(exchange)}", preflight_answer(case))
    if match is not None:
        return Fix((options,), because=because)
    missing = f"There is no {method} to be preflighted either, `{resource}` has {', '.join(has)}."
    instead: tuple[tuple[Change, ...], ...] = ()
    if not resource:
        missing = "No route has this path for any method."
        greedy = greedy_below(exchange, method)
        if greedy is not None:
            missing = f"`{greedy}` takes what is below `{path_inside(exchange)}`, and not that path itself."
        instead = (misspelt_url(case, method) or (DoByHand("check the path in the page"),),)
    return Fix((new_route(case, method), options), instead, because=f"{missing} {because}")


RULE = Rule("missing-options-route", Severity.ERROR, find)
