"""A validated Configuration -> the Deployment it describes."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import assert_never

from emulator.aws.api import Api as AwsApi
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url import function_url
from emulator.aws.http_api import http_api
from emulator.aws.integrations import LambdaProxy
from emulator.aws.rest_api import rest_api
from emulator.config.emulator_yaml import function_schema, schema
from emulator.deployment import Deployment, Endpoint, Frontend
from emulator.functions.invocation import Function, LogFormat, LoggingConfig

FIRST_PORT = 3000
ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a function's code and layers are and which interpreter runs it, as absolute paths (a bare command stays
    one)."""

    code_uri: Path
    python: str | None
    layers: tuple[Path, ...] = ()


NO_VARIABLES: Mapping[str, str] = MappingProxyType({})


def build(
    configuration: schema.Configuration,
    locations: Mapping[str, Location],
    variables: Mapping[str, str] = NO_VARIABLES,
) -> Deployment:
    """`locations` has every function; `variables` are environment variables of every function, and win over its own.
    The configuration is one that rules.py has no complaints about."""
    ports = assigned_ports([api.port for api in configuration.apis.values()])
    endpoints = [Endpoint(_api(name, api), next(ports)) for name, api in configuration.apis.items()]
    functions = {
        name: _function(name, function, locations[name], variables)
        for name, function in configuration.functions.items()
    }
    frontends = [Frontend(item.origin, item.credentials) for item in configuration.frontends]
    return Deployment(tuple(endpoints), functions, tuple(frontends), configuration.allowed_hosts)


def assigned_ports(wanted: list[int | None]) -> Iterator[int]:
    """The ports asked for; for None the next from 3000 that no API asked for."""
    following = (port for port in range(FIRST_PORT, 65536) if port not in wanted)
    for port in wanted:
        yield next(following) if port is None else port


def api_id(name: str, length: int = 10) -> str:
    """An id as AWS assigns them, the same for one name on every machine and run."""
    digest = hashlib.sha256(name.encode(errors="surrogatepass")).digest()
    return "".join(ID_CHARACTERS[byte % len(ID_CHARACTERS)] for byte in digest[:length])


def cors_configuration(cors: schema.Cors | None) -> CorsConfiguration:
    cors = cors or schema.Cors()
    return CorsConfiguration(
        allow_origins=cors.allow_origins,
        allow_methods=cors.allow_methods,
        allow_headers=cors.allow_headers,
        expose_headers=cors.expose_headers,
        allow_credentials=cors.allow_credentials,
        max_age=cors.max_age,
    )


def _api(name: str, api: schema.Api) -> AwsApi:
    match api:
        case schema.HttpApi():
            return _http_api(name, api)
        case schema.RestApi():
            return _rest_api(name, api)
        case schema.FunctionUrl():
            cors = cors_configuration(api.cors) if api.cors else None
            return function_url.FunctionUrl(name, api_id(name, length=32), api.function, cors)
        case _:
            assert_never(api)


def _http_api(name: str, api: schema.HttpApi) -> http_api.HttpApi:
    routes = [
        http_api.ConfiguredRoute(
            route_key,
            LambdaProxy(
                route.function,
                route.payload_format_version or api.payload_format_version,
                (route.timeout_in_millis or api.timeout_in_millis) / 1000,
            ),
        )
        for route_key, route in api.routes.items()
    ]
    return http_api.HttpApi(
        name,
        api_id(name),
        tuple(routes),
        stage=api.stage,
        stage_variables=tuple(api.stage_variables.items()),
        cors=cors_configuration(api.cors) if api.cors else None,
    )


def _rest_api(name: str, api: schema.RestApi) -> rest_api.RestApi:
    methods = [_method(route_key, method, api.timeout_in_millis) for route_key, method in api.routes.items()]
    return rest_api.RestApi(
        name,
        api_id(name),
        tuple(methods),
        stage=api.stage,
        stage_variables=tuple(api.stage_variables.items()),
        binary_media_types=api.binary_media_types,
    )


def _method(route_key: str, method: schema.RestMethod, timeout: int) -> rest_api.Method:
    http_method, _, resource_path = route_key.partition(" ")
    integration = LambdaProxy(method.function, "1.0", (method.timeout_in_millis or timeout) / 1000)
    return rest_api.Method(http_method, resource_path, integration)


def _function(
    name: str, function: function_schema.Function, location: Location, variables: Mapping[str, str]
) -> Function:
    logging = function.logging_config
    return Function(
        name=name,
        handler=function.handler,
        code_uri=location.code_uri,
        runtime=function.runtime,
        timeout=float(function.timeout),
        memory_size=function.memory_size,
        environment=tuple({**function.environment, **variables}.items()),
        python=location.python,
        command=function.command or (),
        layers=location.layers,
        logging=LoggingConfig(LogFormat(logging.log_format), logging.application_log_level, logging.system_log_level),
        max_concurrency=function.max_concurrency,
        concurrency_wait=function.concurrency_wait,
    )
