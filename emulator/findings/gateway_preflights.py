"""The changes that let a gateway speak for itself: a `cors` that takes the call, and no route that takes OPTIONS."""

import dataclasses
from collections.abc import Iterator

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import DEFAULT, HttpApi
from emulator.aws.methods import METHODS
from emulator.aws.product import Route, Stamp
from emulator.browser.modes import Credentials
from emulator.browser.observe import asked_by
from emulator.browser.would_preflight import preflight_of
from emulator.findings.changes import AddCors, Change, RemoveRoute, ReplaceRoute
from emulator.findings.finding import Case
from emulator.findings.other_calls import without_sent_by_browser
from emulator.findings.possible_call import by_possible_mode
from emulator.findings.resources import called_method
from emulator.findings.unlistable_origin import allowable
from emulator.messages import Request

EVERY_PATH = ("/{proxy+}", "/")
"""The paths that together take what `$default` takes: a greedy variable is one segment at least."""


def cors_section(case: Case) -> tuple[Change, ...]:
    """Write what `cors` has to say for this call, and what the page has to do where no `cors` lets its call in; AWS
    refuses `*` with credentials."""
    case, page = by_possible_mode(case)
    method, included = called_method(case.request), case.credentials is Credentials.INCLUDE
    cors = CorsConfiguration(
        allow_origins=(allowable(case.origin),),
        allow_methods=(method if method in case.api.cors_methods else "*",),
        allow_headers=asked_by(case.request, case.credentials).header_names,
        allow_credentials=included and allowable(case.origin) != "*",
    )
    return (AddCors(case.api.name, cors), *page)


def by_new_cors(case: Case) -> tuple[tuple[Change, ...], ...]:
    """Offer `cors` as the other way where a function's own answer lets no page in and its API could have `cors`; with
    the routes freed whose function fails on the preflight, for the gateway's headers are added to a good answer too."""
    if not case.api.cors_methods:
        return ()
    asked, is_ok = case, True
    if case.request.is_preflight:
        is_ok = 200 <= case.status <= 299
    elif (preflight := preflight_of(without_sent_by_browser(case.request), case.credentials)) is not None:
        asked = dataclasses.replace(case, exchange=dataclasses.replace(case.exchange, request=preflight))
    return ((*cors_section(asked), *(() if is_ok else routes_without_options(case))),)


def routes_without_options(case: Case) -> tuple[Change, ...]:
    """Free the preflight of every route that takes it: an HTTP API answers only where none does (AWS: Configuring CORS
    for an HTTP API). A function URL always answers first."""
    api = case.api
    if not isinstance(api, HttpApi):
        return ()
    changes, keys = list[Change](), set(api.route_keys)
    for key in _taking_options(case, api):
        verb, _, resource = key.partition(" ")
        resources = EVERY_PATH if key == DEFAULT else () if verb == "OPTIONS" else (resource,)
        new = tuple(one for one in _each_method(resources) if one not in keys)
        changes.append(ReplaceRoute(api.name, key, new) if new else RemoveRoute(api.name, key))
        keys.update(new)
    return tuple(changes)


def _each_method(resources: tuple[str, ...]) -> Iterator[str]:
    """Yield a route key for every method but OPTIONS: what a route of all methods serves is served on."""
    return (f"{method} {resource}" for resource in resources for method in METHODS if method != "OPTIONS")


def answering_itself(api: HttpApi | FunctionUrl, request: Request, stamp: Stamp) -> HttpApi | FunctionUrl:
    """Make the API as it would be without the routes that take the preflight, so that its gateway answers it."""
    while isinstance(api, HttpApi) and isinstance(selected := api.select_route(request, stamp), Route):
        api = _without(api, selected.key)
    return api


def _taking_options(case: Case, api: HttpApi) -> Iterator[str]:
    """Yield the routes that would, one after the other, take the preflight."""
    while isinstance(selected := api.select_route(case.request, case.exchange.stamp), Route):
        yield selected.key
        api = _without(api, selected.key)


def _without(api: HttpApi, key: str) -> HttpApi:
    return dataclasses.replace(api, routes=tuple(route for route in api.routes if route.route_key != key))
