"""What an API has at the path of a request: which routes take which methods there, and how a new one would be written.
Pure: the API itself is asked, so that what is proposed is what it would select."""

import dataclasses

from emulator.aws.http_api.http_api import DEFAULT
from emulator.aws.methods import METHODS
from emulator.aws.product import Route
from emulator.aws.rest_api.event import METHOD_OVERRIDE
from emulator.aws.routing.path_template import PathTemplate, parse, split_path
from emulator.exchange import Exchange
from emulator.messages import Request, without_headers

_SELECTS_BY = frozenset({METHOD_OVERRIDE, "access-control-request-method"})


def called_method(request: Request) -> str:
    """Tell the method that the page calls with, whether this is the call itself or its preflight."""
    if request.is_preflight:
        return request.header("access-control-request-method") or ""
    return request.header(METHOD_OVERRIDE) or request.method


def standard_method(method: str) -> str | None:
    """Tell what a page should have written: browsers send `patch` as it is (Fetch Standard: normalize a method)."""
    return method.upper() if method.upper() in METHODS and method not in METHODS else None


def route_for(exchange: Exchange, method: str, raw_path: str | None = None) -> Route | None:
    """Find the route that takes the method at the request's path, or at another."""
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
    """Give the request's path as routes see it, "" outside the stage."""
    return exchange.api.path_inside(exchange.request.raw_path) or ""


def greedy_below(exchange: Exchange, method: str) -> str | None:
    """Find the route that takes everything below the request's path, and not the path itself: a greedy variable is one
    segment at least (logandk/serverless-wsgi#20, of `/{proxy+}` and `/`)."""
    below = route_for(exchange, method, f"{exchange.request.raw_path.rstrip('/')}/x")
    return below.key if below is not None and below.resource.endswith("+}") else None


def methods_at(exchange: Exchange) -> tuple[str, tuple[str, ...]]:
    """Find the most specific resource that has a method for the request's path, and all it has; "" and none where
    there is no such resource."""
    found = [(method, match) for method in METHODS if (match := route_for(exchange, method)) is not None]
    resources = {match.resource for _, match in found if match.resource != DEFAULT}
    if not resources:
        return "", ()
    resource = min(resources, key=lambda path: parse(path).kinds)
    return resource, tuple(method for method, match in found if match.resource == resource)


def proposed_key(exchange: Exchange, method: str) -> str:
    """Write a route key that takes the method at the request's path: at the resource there is, else at a new one."""
    template = methods_at(exchange)[0] or proposed_template(exchange)
    return f"{method if method in METHODS else 'ANY'} {template}"


def proposed_template(exchange: Exchange) -> str:
    """Write a path template that takes the request's path, worded like the templates there are: `/items/{id}/photos`
    for `/items/1/photos` where `/items/{id}` is one."""
    segments = split_path(path_inside(exchange))
    templates = [key.partition(" ")[2] for key in exchange.api.route_keys if key != DEFAULT]
    like = max((_common(parse(path), segments) for path in templates), key=len, default=())
    proposed = list(like)
    takes_empty = exchange.api.takes_literal("")
    for index, segment in enumerate(segments[len(like) :], len(like)):
        if not segment and (index < len(segments) - 1 or not takes_empty):
            return "/" + "/".join([*proposed, "{proxy+}"])
        proposed.append(segment if exchange.api.takes_literal(segment) else _variable(proposed))
    return "/" + "/".join(proposed)


def _common(template: PathTemplate, segments: list[str]) -> tuple[str, ...]:
    """Give the first segments of the template, as far as they take those of the path; none is greedy, for such a one
    takes whole paths."""
    texts = split_path(template.text)
    taken: list[str] = []
    for text, segment in zip(texts, segments, strict=False):
        is_variable = text.startswith("{")
        if text.endswith("+}") or not (segment if is_variable else text == segment):
            break
        taken.append(text)
    return tuple(taken)


def _variable(before: list[str]) -> str:
    names = ("name", *(f"name{number}" for number in range(2, 100)))
    return next(f"{{{name}}}" for name in names if f"{{{name}}}" not in before)
