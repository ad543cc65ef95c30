"""Says what API Gateway refuses among the routes of an API, and how to write it instead."""

from collections.abc import Iterable, Iterator

from emulator.aws.http_api import http_api
from emulator.aws.methods import ROUTE_METHODS
from emulator.aws.rest_api import rest_api
from emulator.config.complaint import Complaint
from emulator.deployment import Resource
from emulator.spelling import near

HTTP_EXPECTED = "a route key such as GET /items/{id}, ANY /{proxy+} or $default"
REST_EXPECTED = "a method and a path such as GET /orders/{id} or ANY /{proxy+}"
EVERY_METHOD = frozenset({"*", "ALL", "X-AMAZON-APIGATEWAY-ANY-METHOD"})
"""Other tools write these for ANY."""


def http_route_complaints(route_keys: Iterable[str], place: Resource) -> Iterator[Complaint]:
    """Complain of route keys that do not parse, and of pairs that are one route to an HTTP API. `place` is that of the
    routes: a route's own is `(*place, route key)`."""
    keys = tuple(route_keys)
    for key in keys:
        if key != http_api.DEFAULT:
            problem = http_api.route_key_problem(key)
            yield from _key_complaints(key, problem, HTTP_EXPECTED, (*place, key))
    for earlier, later in http_api.conflicting(keys):
        fix = "Keep one of the two: names of variables do not tell routes apart."
        found = f"the route of `{earlier}` once more"
        yield Complaint((*place, later), found, "one route for each method and path", fix)


def rest_method_complaints(route_keys: Iterable[str], place: Resource) -> Iterator[Complaint]:
    """Complain of methods and resource paths that do not parse, and of resources that cannot stand beside each other;
    `place` as for http_route_complaints."""
    keys = tuple(route_keys)
    for key in keys:
        if key == http_api.DEFAULT:
            fix = "A REST API has no default route: write `ANY /{proxy+}`, and `ANY /` for the root."
            yield Complaint((*place, key), f"`{key}`", REST_EXPECTED, fix)
        else:
            problem = rest_api.resource_path_problem(key.partition(" ")[2])
            yield from _key_complaints(key, problem, REST_EXPECTED, (*place, key))
    yield from _sibling_variables(keys, place)


def answered_complaints(answered: Iterable[tuple[str, bool, bool]], place: Resource) -> Iterator[Complaint]:
    """Complain of methods of a REST API that nothing answers, or two. Each is a route key, and whether it names a
    function and an integration; `place` as for http_route_complaints."""
    for key, has_function, has_integration in answered:
        if not has_function and not has_integration:
            fix = "Add it, such as `function: items`, or an `integration`."
            yield Complaint((*place, key), "no `function`", "the name of a function under `functions`", fix)
        elif has_function and has_integration:
            fix = "Keep the one of the two that is to answer."
            yield Complaint((*place, key), "a `function` beside an `integration`", "one that answers", fix)


def _key_complaints(key: str, problem: str | None, expected: str, place: Resource) -> Iterator[Complaint]:
    method, _, rest = key.partition(" ")
    if key != " ".join(key.split()):
        yield Complaint(place, "spaces too many", expected, f"Write `{' '.join(key.split())}`.")
    elif method not in ROUTE_METHODS:
        yield Complaint(place, *_method_problem(key, method, rest, expected))
    elif problem is not None:
        found, _, fix = problem.partition(": ")
        yield Complaint(place, found, expected, f"{fix[:1].upper()}{fix[1:]}.")


def _method_problem(key: str, method: str, rest: str, expected: str) -> tuple[str, str, str]:
    upper = method.upper()
    meant = upper if upper in ROUTE_METHODS else near(upper, ROUTE_METHODS)
    several = [part for part in upper.replace("|", ",").split(",") if part in ROUTE_METHODS]
    if key.startswith("/"):
        return f"the path `{key}` without a method", expected, f"Write `GET {key}`, or `ANY {key}` for every method."
    if key.lower() in ("default", "$default", "*"):
        return f"`{key}`", expected, "Write `$default`." if expected is HTTP_EXPECTED else "Write `ANY /{proxy+}`."
    if upper in EVERY_METHOD:
        return f"the method `{method}`", expected, f"Write `ANY {rest}`."
    if len(several) > 1:
        return f"the methods `{method}`", expected, f"Write one route for each: `{several[0]} {rest}` and so on."
    if meant is not None:
        return f"the method `{method}`", expected, f"Write `{meant} {rest}`."
    return f"`{key}`", expected, f"Begin with one of the methods {', '.join(ROUTE_METHODS)}."


def _sibling_variables(keys: Iterable[str], place: Resource) -> Iterator[Complaint]:
    """Complain of a second variable below one resource. "A sibling ({id}) of this resource already has a variable path
    part -- only one is allowed": AWS's answer to CreateResource, for `{proxy+}` too
    (amazon-archives/aws-apigateway-importer#202, serverless/serverless#3075,
    serverless-nextjs/serverless-next.js#938)."""
    variables: dict[tuple[str, ...], str] = {}
    for key in keys:
        segments = key.partition(" ")[2].split("/")[1:]
        for index, segment in enumerate(segments):
            first = variables.setdefault(tuple(segments[:index]), segment) if segment.startswith("{") else segment
            if first != segment:
                parent = "/" + "/".join(segments[:index])
                same_kind = first.endswith("+}") == segment.endswith("+}")
                fix = (
                    f"Name it `{first}` as well."
                    if same_kind
                    else f"Use `{first}` alone, or put a literal part before one."
                )
                found = f"`{segment}` beside `{first}` under `{parent}`"
                yield Complaint((*place, key), found, "one variable part under each resource, as AWS demands", fix)
                break
