"""What an API has at the path of a request: which routes take which methods there, and how a new one would be written.
Pure: the API itself is asked, so that what is proposed is what it would select."""

import dataclasses
import re

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import DEFAULT, HttpApi, http_api_path, path_inside_stage
from emulator.aws.methods import METHODS
from emulator.aws.product import Route
from emulator.aws.rest_api.event import METHOD_OVERRIDE
from emulator.aws.rest_api.rest_api import RestApi
from emulator.aws.rest_api.rest_api import path_inside_stage as path_inside_rest_stage
from emulator.aws.routing.path_template import PathTemplate, parse, split_path, template_problem
from emulator.exchange import Exchange
from emulator.messages import Request, without_headers

"""The methods that a route of an API can have."""

_REST_PART = re.compile(r"[A-Za-z0-9._:-]+")
"""What AWS takes as a part of a resource's path (its answer to CreateResource: claudiajs/claudia#11; the colon:
aws/aws-cdk#22477)."""

_SELECTS_BY = frozenset({METHOD_OVERRIDE, "access-control-request-method"})


def called_method(request: Request) -> str:
    """The method that the page calls with, whether this is the call itself or its preflight."""
    if request.is_preflight:
        return request.header("access-control-request-method") or ""
    return request.header(METHOD_OVERRIDE) or request.method


def standard_method(method: str) -> str | None:
    """What a page should have written: browsers send `patch` as it is (Fetch Standard: normalize a method)."""
    return method.upper() if method.upper() in METHODS and method not in METHODS else None


def route_for(exchange: Exchange, method: str, raw_path: str | None = None) -> Route | None:
    """The route that takes the method at the request's path, or at another."""
    request = exchange.request
    asked = dataclasses.replace(
        request,
        method=method,
        raw_path=request.raw_path if raw_path is None else raw_path,
        headers=without_headers(request.headers, _SELECTS_BY),
    )
    selected = exchange.api.select_route(asked, exchange.stamp)
    return selected if isinstance(selected, Route) else None


def path_inside(exchange: Exchange) -> str:
    """The request's path as routes see it, "" outside the stage."""
    api, raw_path = exchange.api, exchange.request.raw_path
    if isinstance(api, RestApi):
        path = path_inside_rest_stage(raw_path, api.stage)
        return "" if path is None else path.removesuffix("/") or "/"
    if isinstance(api, HttpApi):
        return path_inside_stage(http_api_path(raw_path) or "", api.stage) or ""
    return raw_path


def methods_at(exchange: Exchange) -> tuple[str, tuple[str, ...]]:
    """The most specific resource that has a method for the request's path, and all it has; "" and none where there is
    no such resource."""
    found = [(method, match) for method in METHODS if (match := route_for(exchange, method)) is not None]
    resources = {match.resource for _, match in found if match.resource != DEFAULT}
    if not resources:
        return "", ()
    resource = min(resources, key=lambda path: parse(path).kinds)
    return resource, tuple(method for method, match in found if match.resource == resource)


def proposed_template(exchange: Exchange) -> str:
    """A path template that takes the request's path, worded like the templates there are: `/items/{id}/photos` for
    `/items/1/photos` where `/items/{id}` is one."""
    segments = split_path(path_inside(exchange))
    like = max((_common(parse(path), segments) for path in _templates(exchange)), key=len, default=())
    proposed = list(like)
    for index, segment in enumerate(segments[len(like) :], len(like)):
        if not segment and (index < len(segments) - 1 or isinstance(exchange.api, RestApi)):
            return "/" + "/".join([*proposed, "{proxy+}"])
        proposed.append(segment if _is_literal(exchange, segment) else _variable(proposed))
    return "/" + "/".join(proposed)


def _templates(exchange: Exchange) -> list[str]:
    match exchange.api:
        case RestApi() as rest:
            return [method.resource_path for method in rest.methods]
        case HttpApi() as http:
            return [route.route_key.partition(" ")[2] for route in http.routes if route.route_key != DEFAULT]
        case FunctionUrl():
            return []


def _common(template: PathTemplate, segments: list[str]) -> tuple[str, ...]:
    """The first segments of the template, as far as they take those of the path; none is greedy, for such a one takes
    whole paths."""
    texts = split_path(template.text)
    taken: list[str] = []
    for text, segment in zip(texts, segments, strict=False):
        is_variable = text.startswith("{")
        if text.endswith("+}") or not (segment if is_variable else text == segment):
            break
        taken.append(text)
    return tuple(taken)


def _is_literal(exchange: Exchange, segment: str) -> bool:
    """Whether a route can have the segment as it is."""
    if isinstance(exchange.api, RestApi):
        return _REST_PART.fullmatch(segment) is not None
    return "{" not in segment and "}" not in segment and template_problem(f"/{segment}") is None


def _variable(before: list[str]) -> str:
    names = ("name", *(f"name{number}" for number in range(2, 100)))
    return next(f"{{{name}}}" for name in names if f"{{{name}}}" not in before)
