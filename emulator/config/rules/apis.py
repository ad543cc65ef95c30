"""Says what AWS refuses of an API, whichever kind of file declares it, and what several APIs get wrong about each
other.

Each complaint is about a resource (deployment.py)."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from emulator.aws import limits
from emulator.aws.cors_configuration import (
    CorsConfiguration,
    CorsProblem,
    function_url_cors_problems,
    http_api_cors_problems,
)
from emulator.config.complaint import Complaint, quoted
from emulator.config.rules.routes import http_route_complaints, rest_method_complaints
from emulator.deployment import Resource
from emulator.spelling import near

STAGE = re.compile(rf"[A-Za-z0-9_-]{{1,{limits.STAGE_NAME_LENGTH}}}")
"""Matches what a stage may be called (AWS: API Gateway V2 API reference, Stage; Set up a stage for a REST API)."""
VARIABLE_NAME = re.compile(r"[A-Za-z0-9_]+")
VARIABLE_VALUE = re.compile(r"[A-Za-z0-9._~:/?#&=,-]+")
"""Matches what a stage variable may hold (AWS: API Gateway V2 API reference, Stage, stageVariables)."""
MEDIA_TYPE = re.compile(r"[^\s/,;]+/[^\s/,;]+")


def http_api_complaints(
    name: str,
    stage: str,
    stage_variables: Mapping[str, str],
    route_keys: Iterable[str],
    cors: CorsConfiguration | None,
) -> Iterator[Complaint]:
    """Complain of what CreateApi, CreateStage and CreateRoute of an HTTP API refuse."""
    api: Resource = ("api", name)
    yield from _name(name, api)
    yield from _stage(stage, api, ("$default",))
    yield from _stage_variables(stage_variables, (*api, "stageVariables"))
    yield from http_route_complaints(route_keys, (*api, "route"))
    yield from _cors(() if cors is None else http_api_cors_problems(cors), api)


def rest_api_complaints(
    name: str,
    stage: str,
    stage_variables: Mapping[str, str],
    methods: Iterable[str],
    binary_media_types: Iterable[str],
) -> Iterator[Complaint]:
    """Complain of what CreateRestApi, CreateStage, CreateResource and PutMethod refuse. `methods` are written with
    their resource paths: `GET /orders/{id}`."""
    api: Resource = ("api", name)
    yield from _name(name, api)
    yield from _stage(stage, api)
    yield from _stage_variables(stage_variables, (*api, "stageVariables"))
    yield from rest_method_complaints(methods, (*api, "route"))
    yield from _binary_media_types(binary_media_types, (*api, "binaryMediaTypes"))


def function_url_complaints(name: str, cors: CorsConfiguration | None) -> Iterator[Complaint]:
    """Complain of what CreateFunctionUrlConfig refuses."""
    api: Resource = ("api", name)
    yield from _name(name, api)
    yield from _cors(() if cors is None else function_url_cors_problems(cors), api)


def port_complaints(ports: Mapping[str, int | None]) -> Iterator[Complaint]:
    """Complain of two APIs with one port. None and 0 are ports that are chosen later."""
    taken: dict[int, str] = {}
    for name, port in ports.items():
        if not port:
            continue
        if port in taken:
            fix = "Choose another, or leave `port` out to get the next free one."
            found = f"port {port}, which `{taken[port]}` has already"
            yield Complaint(("api", name, "port"), found, "a port of its own for each API", fix)
        taken.setdefault(port, name)


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
    if meant is not None:
        fix = f"Write `{meant}`, or declare `{function}` under `functions`."
    elif "." in function:
        fix = f"Name a function, not a handler: `functions: {{items: {{handler: {function}}}}}`, and `items` here."
    found = f"the function {quoted(function)}, which is not declared{again}"
    return Complaint(naming[0], found, "the name of a function under `functions`", fix)


def _name(name: str, api: Resource) -> Iterator[Complaint]:
    if not name.strip() or len(name) > limits.API_NAME_LENGTH:
        found = f"a name of {len(name)} characters" if name.strip() else "an empty name"
        yield Complaint(api, found, f"1 to {limits.API_NAME_LENGTH} characters", "Rename the API.")


def _stage(stage: str, api: Resource, special: tuple[str, ...] = ()) -> Iterator[Complaint]:
    if stage in special or STAGE.fullmatch(stage):
        return
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", stage)[: limits.STAGE_NAME_LENGTH].strip("-")
    meant = near(stage, special) or ("dev" if plain in ("", "default") else plain)
    expected = ", or ".join((*special, "letters, digits, `-` and `_`"))
    yield Complaint((*api, "stage"), quoted(stage), expected, f"Write `stage: {meant}`.")


def _stage_variables(variables: Mapping[str, str], place: Resource) -> Iterator[Complaint]:
    for name, value in variables.items():
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
