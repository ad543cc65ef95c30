"""Judges a validated Configuration by what AWS refuses (rules/), resource by resource."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from emulator.config.complaint import Complaint
from emulator.config.emulator_yaml import build
from emulator.config.emulator_yaml.schema.configuration import Api, Configuration
from emulator.config.emulator_yaml.schema.function_url import FunctionUrl
from emulator.config.emulator_yaml.schema.http_api import HttpApi
from emulator.config.emulator_yaml.schema.rest_api import RestApi
from emulator.config.rules.apis import (
    function_url_complaints,
    http_api_complaints,
    port_complaints,
    rest_api_complaints,
    unknown_function_complaints,
)
from emulator.config.rules.frontends import frontend_complaints
from emulator.config.rules.functions import function_complaints
from emulator.config.rules.hosts import host_complaints
from emulator.config.yaml.document import Data
from emulator.deployment import Places, Resource
from emulator.functions.invocation import Function
from emulator.spelling import near


def judge(
    configuration: Configuration, functions: Mapping[str, Function], data: dict[str, Data], places: Places
) -> Iterator[Complaint]:
    """Complain of everything AWS refuses. `functions` are what build.py makes of the configuration's own, `data` is the
    whole file: what is declared in it counts, sound or not."""
    yield from port_complaints({name: api.port for name, api in configuration.apis.items()})
    for name, api in configuration.apis.items():
        yield from _api(name, api)
    declared = declared_functions(data)
    if declared is not None:
        yield from unknown_function_complaints(_named_functions(configuration.apis), declared)
    yield from function_complaints(functions.values(), places)
    apis = data.get("apis")
    yield from frontend_complaints(build.frontends(configuration), tuple(apis) if isinstance(apis, dict) else ())
    yield from host_complaints(configuration.allowed_hosts)


def declared_functions(data: dict[str, Data]) -> frozenset[str] | None:
    """Return the names under `functions`, sound or not; None when that section is no mapping or its key is misspelt."""
    if "functions" not in data:
        return None if any(near(key, ["functions"]) for key in data) else frozenset()
    functions = data["functions"]
    return frozenset(functions) if isinstance(functions, dict) else None


def _api(name: str, api: Api) -> Iterator[Complaint]:
    match api:
        case HttpApi():
            cors = build.cors_configuration(api.cors)
            yield from http_api_complaints(name, api.stage, api.stage_variables, api.routes, cors)
        case RestApi():
            variables, media_types = api.stage_variables, api.binary_media_types
            yield from rest_api_complaints(name, api.stage, variables, api.routes, media_types)
        case FunctionUrl():
            yield from function_url_complaints(name, build.cors_configuration(api.cors))
        case _:
            assert_never(api)


def _named_functions(apis: Mapping[str, Api]) -> Iterator[tuple[Resource, str]]:
    for name, api in apis.items():
        if isinstance(api, FunctionUrl):
            yield ("api", name, "function"), api.function
        else:
            for key, route in api.routes.items():
                yield ("api", name, "route", key, "function"), route.function
