"""The change that mends a request which meets no route, or the wrong one: in words of the routes there are, and of the
resource, not of the path that was asked for. Pure text."""

import dataclasses
import re

from emulator.aws.cors_configuration import HTTP_API_METHODS
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import DEFAULT, HttpApi
from emulator.aws.methods import METHODS
from emulator.aws.product import Route
from emulator.exchange import Exchange
from emulator.findings.resources import (
    called_method,
    methods_at,
    path_inside,
    proposed_template,
    route_for,
    standard_method,
)
from emulator.findings.unlistable_origin import allowable


def page_method_fix(exchange: Exchange) -> str | None:
    """Where the page's own method is what has to change."""
    method = called_method(exchange.request)
    meant = standard_method(method)
    if meant is None:
        return None
    said = f"Write the method as '{meant}' in the page: browsers send '{method}' as it is, and it is another method."
    return f"{said}{and_route(exchange, meant)}"


def stage_fix(exchange: Exchange) -> str:
    """The page left the stage out of the URL, or wrote another."""
    api, request = exchange.api, exchange.request
    stage = "" if isinstance(api, FunctionUrl) else api.stage
    first, slash, rest = request.raw_path.lstrip("/").partition("/")
    within = f"The stage '{stage}' of '{api.name}' is the first path segment; an answer from outside it carries no CORS"
    put, instead = f"/{stage}/{request.raw_path.lstrip('/')}", f"/{stage}{slash}{rest}"
    method = called_method(request)
    if route_for(exchange, method, put) is None and route_for(exchange, method, instead) is not None:
        return f"Write the page's URL as {request.own_origin}{instead}, without '{first}'. {within} headers."
    return f"Put the stage into the page's URL: {request.own_origin}{put}. {within} headers."


def no_route_fix(exchange: Exchange) -> str:
    """No route, and the gateway's error answer has no CORS headers."""
    method, name = called_method(exchange.request), exchange.api.name
    refused = (
        f"'{name}' has no route for {method} {exchange.request.raw_path}. The browser calls it a CORS error only "
        f"because the {exchange.response.status} has no CORS headers."
    )
    return f"{page_method_fix(exchange) or other_url_fix(exchange, method) or _add_route(exchange, method)} {refused}"


def other_url_fix(exchange: Exchange, method: str) -> str | None:
    """A URL that differs in its slashes only, where it has a route: an HTTP API minds the one at the end (AWS: Create
    routes for HTTP APIs), both the doubled ones."""
    raw_path = exchange.request.raw_path
    if route_for(exchange, method) is not None:
        return None
    single = re.sub("/{2,}", "/", raw_path)
    for candidate in (single, single.rstrip("/"), f"{single}/"):
        if candidate not in ("", raw_path) and (match := route_for(exchange, method, candidate)) is not None:
            url = f"{exchange.request.own_origin}{candidate}"
            return f"Let the page call {url}: the route `{match.key}` takes it, and not {path_inside(exchange)}."
    return None


def _add_route(exchange: Exchange, method: str) -> str:
    """Beside the methods that the path has, or for a path that has none."""
    resource, has = methods_at(exchange)
    if not _can_have(exchange, method):
        return f"Call with one of the methods {', '.join(has or METHODS)}: no route can have {method}."
    if not resource:
        template = proposed_template(exchange)
        return f"Check the path, or add {_route(method, template)} to the routes of '{exchange.api.name}'."
    return f"Call with {_either(has)}, which `{resource}` has, or add {_route(method, resource)} to the routes there."


def options_route_fix(exchange: Exchange) -> str:
    """Nothing answers the preflight."""
    method = called_method(exchange.request)
    if (other := page_method_fix(exchange) or other_url_fix(exchange, method)) is not None:
        return other
    return _cors_section(exchange, method) if isinstance(exchange.api, HttpApi) else _options_method(exchange, method)


def _cors_section(exchange: Exchange, method: str) -> str:
    request = exchange.request
    names = ", ".join((request.header("access-control-request-headers") or "").split(","))
    listable = method if method in HTTP_API_METHODS else '"*"'
    fields = f"allowOrigins: [{allowable(request.origin)}], allowMethods: [{listable}]"
    fields += f", allowHeaders: [{names}]" if names else ""
    return (
        f"Give '{exchange.api.name}' a `cors` section ({fields}): then the gateway answers preflights that no route "
        f"matches.{and_route(exchange)}"
    )


def _options_method(exchange: Exchange, method: str) -> str:
    name = exchange.api.name
    answering = (
        "with a function that answers Access-Control-Allow-Origin, -Methods and -Headers. A REST API answers no "
        "preflight by itself."
    )
    match = route_for(exchange, method)
    if match is not None:
        return (
            f"Add an OPTIONS method beside {method}: {_route('OPTIONS', match.resource)} under `routes` of '{name}', "
            f"{answering}"
        )
    if not _can_have(exchange, method):
        return _add_route(exchange, method)
    resource, has = methods_at(exchange)
    both = f"add {_route(method, resource or proposed_template(exchange))} and "
    both += f"{_route('OPTIONS', resource or proposed_template(exchange))} under `routes` of '{name}', the latter "
    if resource:
        return f"There is no {method} to be preflighted either, `{resource}` has {', '.join(has)}: {both}{answering}"
    return f"No route has this path for any method: check the path in the page, or {both}{answering}"


def and_route(exchange: Exchange, named: str = "") -> str:
    """A sentence more for a preflight whose mended answer would lead to a request that has no route; "" otherwise.
    `named` is the method, where the page is to write another."""
    method = named or called_method(exchange.request)
    if (
        not exchange.request.is_preflight
        or isinstance(exchange.api, FunctionUrl)
        or route_for(exchange, method) is not None
    ):
        return ""
    if not _can_have(exchange, method):
        return f" {_add_route(exchange, method)}"
    template = methods_at(exchange)[0] or proposed_template(exchange)
    return f" '{exchange.api.name}' has no route for {method} either: add {_route(method, template)} to `routes`."


def reached_function_fix(exchange: Exchange) -> str:
    """Routes of an HTTP API that take the OPTIONS from its `cors`."""
    method = called_method(exchange.request)
    changes = []
    for key in _taking_options(exchange):
        verb, _, resource = key.partition(" ")
        if verb == "OPTIONS":
            changes.append(f"remove the route '{key}'")
        elif key == DEFAULT:
            changes.append(f"write '{method} {proposed_template(exchange)}' instead of '{key}'")
        else:
            changes.append(f"name the methods instead of ANY ('{method} {resource}' instead of '{key}')")
    first, *others = changes or ["remove the route"]
    told = ", and ".join([f"{first[0].upper()}{first[1:]}", *others])
    return (
        f"{told}: with no route matching OPTIONS the gateway answers preflights itself. Or let the function answer "
        f"OPTIONS with 204."
    )


def _taking_options(exchange: Exchange) -> list[str]:
    """The routes that would, one after the other, take the preflight."""
    api, keys = exchange.api, []
    while isinstance(api, HttpApi):
        selected = api.select_route(exchange.request, exchange.stamp)
        if not isinstance(selected, Route):
            break
        keys.append(selected.key)
        api = dataclasses.replace(api, routes=tuple(one for one in api.routes if one.route_key != keys[-1]))
    return keys


def _can_have(exchange: Exchange, method: str) -> bool:
    """An HTTP API's ANY takes methods that no route can name, a REST API's the seven there are."""
    return method in METHODS or isinstance(exchange.api, HttpApi)


def _route(method: str, resource: str) -> str:
    return f"`{method if method in METHODS else 'ANY'} {resource}: <function>`"


def _either(methods: tuple[str, ...]) -> str:
    *others, last = methods
    return f"{', '.join(others)} or {last}" if others else last
