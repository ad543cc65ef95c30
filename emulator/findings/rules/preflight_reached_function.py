"""A route took the preflight that the gateway would have answered, and the answer that came was no good."""

import dataclasses
from collections.abc import Iterator

from emulator.aws.http_api.http_api import DEFAULT, HttpApi
from emulator.aws.product import Layer, Route
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import preflight_answer
from emulator.findings.changes import Answer, Change, Fix, RemoveRoute, ReplaceRoute, ReturnHeaders
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.resources import called_method, proposed_template

NO_ANSWER = frozenset({CorsErrorName.PREFLIGHT_INVALID_STATUS, CorsErrorName.PREFLIGHT_DISALLOWED_REDIRECT})
"""What the function's status alone does to a preflight; the headers on it are the gateway's."""


def find(case: Case) -> Found | None:
    """AWS, Configuring CORS for an HTTP API: a route that matches OPTIONS takes the preflight from the gateway."""
    route = case.exchange.route
    if not isinstance(case.api, HttpApi) or case.cors is None or route is None or not case.request.is_preflight:
        return None
    if case.exchange.refusal is None and case.plain_error not in NO_ANSWER:
        return None
    evidence = (
        f"route '{route.key}' matches OPTIONS, so the preflight went to function '{case.function}'; the answer was "
        f"{case.status}"
    )
    answer = ReturnHeaders(case.function, preflight_answer(case), Answer.PREFLIGHT, 204)
    because = "With no route matching OPTIONS the gateway answers preflights itself."
    fix = Fix(_changes(case, case.api), ((answer,),), because=because)
    return Found(Layer.FUNCTION, evidence=(evidence,), fix=fix)


def _changes(case: Case, api: HttpApi) -> tuple[Change, ...]:
    method = called_method(case.request)
    changes: list[Change] = []
    for key in _taking_options(case, api):
        verb, _, resource = key.partition(" ")
        if verb == "OPTIONS":
            changes.append(RemoveRoute(api.name, key))
        elif key == DEFAULT:
            changes.append(ReplaceRoute(api.name, key, f"{method} {proposed_template(case.exchange)}"))
        else:
            changes.append(ReplaceRoute(api.name, key, f"{method} {resource}"))
    return tuple(changes)


def _taking_options(case: Case, api: HttpApi) -> Iterator[str]:
    """Yield the routes that would, one after the other, take the preflight."""
    while isinstance(selected := api.select_route(case.request, case.exchange.stamp), Route):
        yield selected.key
        others = tuple(route for route in api.routes if route.route_key != selected.key)
        api = dataclasses.replace(api, routes=others)


RULE = Rule("preflight-reached-function", Severity.ERROR, find)
