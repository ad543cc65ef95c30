"""Says what AWS refuses of an API, whichever kind of file declares it, and what several APIs get wrong about each
other.

Each complaint is about a resource (deployment.py)."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import assert_never

from emulator.aws import limits
from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsProblem, function_url_cors_problems, http_api_cors_problems
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import DEFAULT, HttpApi
from emulator.aws.reserved_paths import RESERVED_PATHS
from emulator.aws.rest_api.rest_api import RestApi
from emulator.aws.stage_variables import REFERENCE
from emulator.config.complaint import Complaint, quoted
from emulator.config.rules.gateway_responses import gateway_response_complaints
from emulator.config.rules.method_requests import method_request_complaints
from emulator.config.rules.rest_cors import rest_cors_complaints
from emulator.deployment import Endpoint, Resource
from emulator.spelling import near

STAGE = re.compile(rf"[A-Za-z0-9_-]{{1,{limits.STAGE_NAME_LENGTH}}}")
"""Matches what a stage may be called (AWS: API Gateway V2 API reference, Stage; Set up a stage for a REST API)."""
VARIABLE_NAME = re.compile(r"[A-Za-z0-9_]+")
VARIABLE_VALUE = re.compile(r"[A-Za-z0-9._~:/?#&=,-]+")
"""Matches what a stage variable may hold (AWS: API Gateway V2 API reference, Stage, stageVariables)."""
MEDIA_TYPE = re.compile(r"[^\s/,;]+/[^\s/,;]+")


def api_complaints(endpoints: Sequence[Endpoint]) -> Iterator[Complaint]:
    """Complain of what CreateApi, CreateRestApi, CreateStage and CreateFunctionUrlConfig refuse, and of two APIs with
    one port. Routes are judged before an API is built of them: routes.py."""
    yield from _ports(endpoints)
    for endpoint in endpoints:
        yield from _api(endpoint.api)


def _api(api: Api) -> Iterator[Complaint]:
    place: Resource = ("api", api.name)
    if not api.name.strip() or len(api.name) > limits.API_NAME_LENGTH:
        found = f"a name of {len(api.name)} characters" if api.name.strip() else "an empty name"
        yield Complaint(place, found, f"1 to {limits.API_NAME_LENGTH} characters", "Rename the API.")
    match api:
        case HttpApi():
            yield from _stage(api.stage, place, ("$default",))
            yield from _stage_variables(api.stage_variables, (*place, "stageVariables"))
            yield from _cors(() if api.cors is None else http_api_cors_problems(api.cors), place)
            yield from _reserved_paths(api)
        case RestApi():
            yield from _stage(api.stage, place)
            yield from _stage_variables(api.stage_variables, (*place, "stageVariables"))
            yield from _binary_media_types(api.binary_media_types, (*place, "binaryMediaTypes"))
            yield from method_request_complaints(api, place)
            yield from gateway_response_complaints(api.gateway_responses, (*place, "gatewayResponses"))
            from emulator.config.rules.integrations import integration_complaints  # with all of mappings and templates

            if api.generated_cors is not None:
                yield from rest_cors_complaints(api.generated_cors, (*place, "cors"))
            yield from integration_complaints(api.methods, (*place, "route"))
        case FunctionUrl():
            yield from _cors(() if api.cors is None else function_url_cors_problems(api.cors), place)
        case _:
            assert_never(api)


def _reserved_paths(api: HttpApi) -> Iterator[Complaint]:
    """Warn of routes that no request reaches: API Gateway answers their path itself."""
    for route in api.routes:
        path = route.route_key.partition(" ")[2]
        if api.stage == DEFAULT and path in RESERVED_PATHS:
            found = f"`{path}`, which API Gateway answers itself, for its health check"
            fix = "Give the route another path, such as /health."
            place = ("api", api.name, "route", route.route_key)
            yield Complaint(place, found, "a path that reaches the function", fix, is_warning=True)


def _ports(endpoints: Iterable[Endpoint]) -> Iterator[Complaint]:
    taken: dict[int, str] = {}
    for api, port in ((endpoint.api.name, endpoint.port) for endpoint in endpoints if endpoint.port):
        if port in taken:
            fix = "Choose another, or leave `port` out to get the next free one."
            found = f"port {port}, which `{taken[port]}` has already"
            yield Complaint(("api", api, "port"), found, "a port of its own for each API", fix)
        taken.setdefault(port, api)


def unknown_function_complaints(
    named: Iterable[tuple[Resource, str]], declared: Collection[str]
) -> Iterator[Complaint]:
    """Complain of functions that are not declared, each once, where it is named first. `named` are the places that name
    one."""
    places: dict[str, list[Resource]] = {}
    for place, function in named:
        places.setdefault(function, []).append(place)
    for function, naming in places.items():
        if function not in declared:
            yield _unknown_function(function, naming, declared)


def _unknown_function(function: str, naming: list[Resource], declared: Collection[str]) -> Complaint:
    again = f" (named {len(naming)} times)" if len(naming) > 1 else ""
    meant = near(function, sorted(declared))
    fix = f"Declare it: `functions: {{{function}: {{handler: {function}.handler}}}}`."
    unset = REFERENCE.search(function)
    if unset is not None:
        fix = f"Give the stage the variable: `stageVariables: {{{unset[1]}: ...}}`."
    elif meant is not None:
        fix = f"Write `{meant}`, or declare `{function}` under `functions`."
    elif "." in function:
        fix = f"Name a function, not a handler: `functions: {{items: {{handler: {function}}}}}`, and `items` here."
    found = f"the function {quoted(function)}, which is not declared{again}"
    return Complaint(naming[0], found, "the name of a function under `functions`", fix)


def _stage(stage: str, place: Resource, special: tuple[str, ...] = ()) -> Iterator[Complaint]:
    if stage in special or STAGE.fullmatch(stage):
        return
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", stage)[: limits.STAGE_NAME_LENGTH].strip("-")
    meant = near(stage, special) or ("dev" if plain in ("", "default") else plain)
    expected = ", or ".join((*special, "letters, digits, `-` and `_`"))
    yield Complaint((*place, "stage"), quoted(stage), expected, f"Write `stage: {meant}`.")


def _stage_variables(variables: Iterable[tuple[str, str]], place: Resource) -> Iterator[Complaint]:
    for name, value in variables:
        if VARIABLE_NAME.fullmatch(name) is None:
            yield Complaint((*place, name), f"the name {quoted(name)}", "letters, digits and `_`", "Rename it.")
        if VARIABLE_VALUE.fullmatch(value) is None:
            fix = "Take the other characters out: AWS refuses the variable."
            yield Complaint((*place, name), quoted(value), "letters, digits and -._~:/?#&=, in a stage variable", fix)


def _binary_media_types(media_types: Iterable[str], place: Resource) -> Iterator[Complaint]:
    for index, media_type in enumerate(media_types):
        if MEDIA_TYPE.fullmatch(media_type) is None:
            plain = media_type.replace("~1", "/").split(";")[0].strip()
            fix = f'Write "{plain}".' if MEDIA_TYPE.fullmatch(plain) else 'Write it like "image/png" or "*/*".'
            yield Complaint((*place, index), quoted(media_type), "a media type, without parameters", fix)


def _cors(problems: Iterable[CorsProblem], api: Resource) -> Iterator[Complaint]:
    for problem in problems:
        place: Resource = (*api, "cors", problem.field)
        place = place if problem.index is None else (*place, problem.index)
        fix = f"{problem.fix[:1].upper()}{problem.fix[1:]}."
        yield Complaint(place, problem.found, problem.expected, fix, is_warning=problem.is_warning)
