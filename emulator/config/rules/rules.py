"""What AWS refuses in a configuration whose shape is right, and what its parts get wrong about each other."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import assert_never

from emulator.aws import limits
from emulator.aws.cors_configuration import CorsProblem, function_url_cors_problems, http_api_cors_problems
from emulator.config.complaint import Complaint, Path, quoted
from emulator.config.emulator_yaml.build import cors_configuration
from emulator.config.emulator_yaml.schema import Api, Configuration, FunctionUrl, HttpApi, RestApi
from emulator.config.rules.frontends import frontend_complaints
from emulator.config.rules.functions import function_complaints
from emulator.config.rules.hosts import host_complaints
from emulator.config.rules.routes import http_route_complaints, rest_method_complaints
from emulator.spelling import near

STAGE = re.compile(
    rf"[A-Za-z0-9_-]{{1,{limits.STAGE_NAME_LENGTH}}}"
)  # AWS: API Gateway V2 API reference, Stage; Set up a stage for a REST API
VARIABLE_NAME = re.compile(r"[A-Za-z0-9_]+")
VARIABLE_VALUE = re.compile(r"[A-Za-z0-9._~:/?#&=,-]+")
"""AWS: API Gateway V2 API reference, Stage, stageVariables."""
MEDIA_TYPE = re.compile(r"[^\s/,;]+/[^\s/,;]+")


def complaints(
    configuration: Configuration, declared: frozenset[str] | None, apis: Collection[str] = ()
) -> Iterator[Complaint]:
    """`declared` are the names of all functions in the file, sound or not; None when they cannot be told. `apis` are
    those of APIs that are not sound enough to be in `configuration`."""
    yield from _ports(configuration.apis)
    for name, api in configuration.apis.items():
        path: Path = ("apis", name)
        if not name.strip() or len(name) > limits.API_NAME_LENGTH:
            found = f"a name of {len(name)} characters" if name.strip() else "an empty name"
            yield Complaint(path, found, f"1 to {limits.API_NAME_LENGTH} characters", "Rename the API.")
        yield from _api(api, path)
    if declared is not None:
        yield from _unknown_functions(configuration.apis, declared)
    yield from function_complaints(configuration.functions)
    yield from frontend_complaints(configuration.frontends, {**configuration.apis, **dict.fromkeys(apis)})
    yield from host_complaints(configuration.allowed_hosts)


def _ports(apis: Mapping[str, Api]) -> Iterator[Complaint]:
    taken: dict[int, str] = {}
    for name, api in apis.items():
        if not api.port:
            continue
        if api.port in taken:
            fix = "Choose another, or leave `port` out to get the next free one."
            found = f"port {api.port}, which `{taken[api.port]}` has already"
            yield Complaint(("apis", name, "port"), found, "a port of its own for each API", fix)
        taken.setdefault(api.port, name)


def _api(api: Api, path: Path) -> Iterator[Complaint]:
    match api:
        case HttpApi():
            yield from _stage(api.stage, path, ("$default",))
            yield from _stage_variables(api.stage_variables, (*path, "stageVariables"))
            yield from http_route_complaints(api.routes, (*path, "routes"))
            yield from _cors(http_api_cors_problems(cors_configuration(api.cors)), path)
        case RestApi():
            yield from _stage(api.stage, path)
            yield from _stage_variables(api.stage_variables, (*path, "stageVariables"))
            yield from rest_method_complaints(api.routes, (*path, "routes"))
            yield from _binary_media_types(api.binary_media_types, (*path, "binaryMediaTypes"))
        case FunctionUrl():
            yield from _cors(function_url_cors_problems(cors_configuration(api.cors)), path)
        case _:
            assert_never(api)


def _stage(stage: str, path: Path, special: tuple[str, ...] = ()) -> Iterator[Complaint]:
    if stage in special or STAGE.fullmatch(stage):
        return
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", stage)[: limits.STAGE_NAME_LENGTH].strip("-")
    meant = near(stage, special) or ("dev" if plain in ("", "default") else plain)
    expected = ", or ".join((*special, "letters, digits, `-` and `_`"))
    yield Complaint((*path, "stage"), quoted(stage), expected, f"Write `stage: {meant}`.")


def _stage_variables(variables: Mapping[str, str], path: Path) -> Iterator[Complaint]:
    for name, value in variables.items():
        if VARIABLE_NAME.fullmatch(name) is None:
            yield Complaint((*path, name), f"the name {quoted(name)}", "letters, digits and `_`", "Rename it.")
        if VARIABLE_VALUE.fullmatch(value) is None:
            fix = "Take the other characters out: AWS refuses the variable."
            yield Complaint((*path, name), quoted(value), "letters, digits and -._~:/?#&=, in a stage variable", fix)


def _binary_media_types(media_types: tuple[str, ...], path: Path) -> Iterator[Complaint]:
    for index, media_type in enumerate(media_types):
        if MEDIA_TYPE.fullmatch(media_type) is None:
            plain = media_type.replace("~1", "/").split(";")[0].strip()
            fix = f'Write "{plain}".' if MEDIA_TYPE.fullmatch(plain) else 'Write it like "image/png" or "*/*".'
            yield Complaint((*path, index), quoted(media_type), "a media type, without parameters", fix)


def _cors(problems: tuple[CorsProblem, ...], path: Path) -> Iterator[Complaint]:
    for problem in problems:
        place: Path = (*path, "cors", problem.field)
        place = place if problem.index is None else (*place, problem.index)
        fix = f"{problem.fix[:1].upper()}{problem.fix[1:]}."
        yield Complaint(place, problem.found, problem.expected, fix, is_warning=problem.is_warning)


def _unknown_functions(apis: Mapping[str, Api], declared: frozenset[str]) -> Iterator[Complaint]:
    named: dict[str, list[Path]] = {}
    for name, api in apis.items():
        if isinstance(api, FunctionUrl):
            named.setdefault(api.function, []).append(("apis", name, "function"))
        else:
            for key, route in api.routes.items():
                named.setdefault(route.function, []).append(("apis", name, "routes", key, "function"))
    for function, paths in named.items():
        if function not in declared:
            yield _unknown_function(function, paths, declared)


def _unknown_function(function: str, paths: list[Path], declared: frozenset[str]) -> Complaint:
    again = f" (named {len(paths)} times)" if len(paths) > 1 else ""
    meant = near(function, sorted(declared))
    fix = f"Declare it: `functions: {{{function}: {{handler: {function}.handler}}}}`."
    if meant is not None:
        fix = f"Write `{meant}`, or declare `{function}` under `functions`."
    elif "." in function:
        fix = f"Name a function, not a handler: `functions: {{items: {{handler: {function}}}}}`, and `items` here."
    found = f"the function {quoted(function)}, which is not declared{again}"
    return Complaint(paths[0], found, "the name of a function under `functions`", fix)
