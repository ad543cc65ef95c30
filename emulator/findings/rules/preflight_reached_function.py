"""A route took the preflight that the gateway would have answered, and the answer that came was no good."""

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.methods import METHODS
from emulator.aws.product import Layer
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import by_gateway, preflight_answer
from emulator.findings.changes import Answer, ReplaceRoute, ReturnHeaders
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.gateway_preflights import routes_without_options
from emulator.findings.resources import called_method, standard_method

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
    if called_method(case.request) not in METHODS and standard_method(called_method(case.request)) is None:
        because = "No route but one of all methods takes such a method, and that takes OPTIONS too."
        return Found(Layer.FUNCTION, evidence=(evidence,), fix=Fix((answer,), because=because))
    freed = routes_without_options(case)
    because = "With no route matching OPTIONS the gateway answers preflights itself."
    if any(isinstance(change, ReplaceRoute) for change in freed):
        because += " Every other method keeps its route."
    changes = (*freed, *by_gateway(case, case.cors))
    fix = Fix(changes, ((answer,),), because=because)
    return Found(Layer.FUNCTION, evidence=(evidence,), fix=fix)


RULE = Rule("preflight-reached-function", Severity.ERROR, find)
