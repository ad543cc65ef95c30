"""No route takes the call: the gateway's error answer has no CORS headers, or the page reads it and is not told what it
means."""

from emulator.aws.product import Layer
from emulator.aws.refusal import NO_ROUTE
from emulator.browser.verdict import Allowed
from emulator.findings.allowing import new_route
from emulator.findings.changes import CallMethod, Change, DoByHand
from emulator.findings.facts import answered
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.gateway_errors import hidden, letting_it_be_read
from emulator.findings.near_path import misspelt_url, other_url
from emulator.findings.resources import called_method, greedy_below, methods_at, path_inside


def find(case: Case) -> Found | None:
    """AWS: a REST API answers 403 Missing Authentication Token, an HTTP API 404 Not Found."""
    refusal = case.exchange.refusal
    if refusal is None or refusal.kind not in NO_ROUTE or case.request.is_preflight:
        return None
    method = called_method(case.request)
    fix = other_url(case, method) or _fix(case, method)
    return Found(Layer.GATEWAY, evidence=(answered(case),), fix=fix)


def _fix(case: Case, method: str) -> Fix:
    """Beside the methods that the path has, or for a path that has none."""
    resource, has = methods_at(case.exchange)
    refused = f"'{case.api.name}' has no route for {method} {case.request.raw_path}. {hidden(case)}"
    change = new_route(case, method)
    if isinstance(change, CallMethod):
        return Fix((change,), because=f"No route can have {method}. {refused}")
    greedy = greedy_below(case.exchange, method)
    if greedy is not None:
        refused = f"`{greedy}` takes what is below `{path_inside(case.exchange)}`, and not that path itself. {refused}"
    readable = letting_it_be_read(case)
    instead = (*(_others(has) if resource else _elsewhere(case, method)), *((readable,) if readable else ()))
    return Fix((change,), instead, because=refused)


def _others(has: tuple[str, ...]) -> tuple[tuple[Change, ...], ...]:
    """Offer the methods that the path has, but for the preflights' own."""
    methods = tuple(one for one in has if one != "OPTIONS")
    return ((CallMethod(methods),),) if methods else ()


def _elsewhere(case: Case, method: str) -> tuple[tuple[Change, ...], ...]:
    return (misspelt_url(case, method) or (DoByHand("check the path in the page"),),)


def find_near(case: Case) -> Found | None:
    """See a page that reads an HTTP API's 404, which has the CORS headers of `cors`, of a URL that it hardly meant. One
    that differs from a route's in no word is a slip; one that is spelt alike may be another."""
    refusal = case.exchange.refusal
    if refusal is None or refusal.kind not in NO_ROUTE or not isinstance(case.verdict, Allowed):
        return None
    method = called_method(case.request)
    slip = other_url(case, method)
    fix = slip or Fix(misspelt_url(case, method))
    if not fix.changes:
        return None
    message = f"'{case.api.name}' has no route for {method} {case.request.raw_path}: the page reads a {case.status}."
    return Found(Layer.GATEWAY, message, fix=fix, severity=Severity.WARNING if slip else Severity.NOTE)


NEAR = Rule("unknown-route", Severity.WARNING, find_near)
RULE = Rule("unknown-route", Severity.ERROR, find)
