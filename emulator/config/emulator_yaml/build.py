"""Makes a validated Configuration the Deployment it describes."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import assert_never

from emulator import deployment as deployed
from emulator.aws import api as aws
from emulator.aws.authorizers import jwt
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url import function_url
from emulator.aws.http_api import http_api
from emulator.aws.integrations import LambdaProxy
from emulator.aws.rest_api import gateway_responses, rest_api
from emulator.aws.rest_api.method_request import ApiKeySource
from emulator.aws.stage_variables import with_stage_variables
from emulator.aws.usage_plans import ApiKey, UsagePlan
from emulator.config.emulator_yaml.integrations import integration_of
from emulator.config.emulator_yaml.method_requests import api_keys_of, method_request_of, models_of, usage_plans_of
from emulator.config.emulator_yaml.rest_cors import generated_cors, with_options_methods
from emulator.config.emulator_yaml.schema.authorizer import JwtAuthorizer
from emulator.config.emulator_yaml.schema.check import Check
from emulator.config.emulator_yaml.schema.configuration import Api, Configuration
from emulator.config.emulator_yaml.schema.cors import Cors
from emulator.config.emulator_yaml.schema.custom_domain import CustomDomain
from emulator.config.emulator_yaml.schema.function import Function
from emulator.config.emulator_yaml.schema.function_url import FunctionUrl
from emulator.config.emulator_yaml.schema.gateway_response import GatewayResponse
from emulator.config.emulator_yaml.schema.http_api import HttpApi
from emulator.config.emulator_yaml.schema.rest_api import RestApi, RestMethod
from emulator.config.rules.domains import ROOT
from emulator.deployment import Deployment, Endpoint, Frontend, Places, RecordedCheck
from emulator.functions import invocation

FIRST_PORT = 3000
"""The first API that names no port gets this one: there web developers look first."""

ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
"""Characters that ids of API Gateway consist of."""


@dataclass(frozen=True, slots=True)
class Location:
    """Says where a function's code and layers are and which interpreter runs it, as absolute paths (a bare command
    stays one)."""

    code_uri: Path
    python: str | None
    layers: tuple[Path, ...] = ()


def build(
    configuration: Configuration,
    locations: Mapping[str, Location],
    places: Places,
    documents: Mapping[str, aws.Api] = MappingProxyType({}),
    key_sets: Mapping[str, str] = MappingProxyType({}),
) -> Deployment:
    """Return the deployment of a configuration; `locations` has every function, `documents` the APIs that OpenAPI
    documents declare, and `key_sets` what the files hold that authorizers name by `jwks`. Routes that do not parse are
    left out: judge.py complains of them."""
    listening = (*configuration.apis.values(), *configuration.custom_domains.values())
    ports = assigned_ports([one.port for one in listening])
    keys = api_keys_of(configuration, {name: api_id(f"apiKey {name}") for name in configuration.api_keys})
    plans = usage_plans_of(configuration)
    endpoints = [
        Endpoint(_with_keys(documents.get(name) or _api(name, api, key_sets), keys, plans), next(ports), api.enforce)
        for name, api in configuration.apis.items()
    ]
    functions = {name: _function(name, function, locations[name]) for name, function in configuration.functions.items()}
    frontends = [Frontend(item.origin, item.credentials, item.dev) for item in configuration.frontends]
    checks = tuple(_check(check) for check in configuration.checks)
    domains = tuple(_domain(name, domain, next(ports)) for name, domain in configuration.custom_domains.items())
    hosts = configuration.allowed_hosts
    return Deployment(tuple(endpoints), functions, tuple(frontends), hosts, places, checks, domains)


def _domain(name: str, domain: CustomDomain, port: int) -> deployed.CustomDomain:
    mappings = [
        deployed.BasePathMapping("" if key == ROOT else key, mapping.api, mapping.stage)
        for key, mapping in domain.mappings.items()
    ]
    return deployed.CustomDomain(name, port, tuple(mappings))


def _check(check: Check) -> RecordedCheck:
    """Return a check with its headers as pairs."""
    return RecordedCheck(**{**dict(check), "headers": tuple(check.headers.items())})


def assigned_ports(wanted: Sequence[int | None]) -> Iterator[int]:
    """Yield the ports asked for; for None the next from 3000 that none asked for."""
    following = (port for port in range(FIRST_PORT, 65536) if port not in wanted)
    for port in wanted:
        yield next(following) if port is None else port


def api_id(name: str, length: int = 10) -> str:
    """Make an id as AWS assigns them, the same for one name on every machine and run."""
    digest = hashlib.sha256(name.encode(errors="surrogatepass")).digest()
    return "".join(ID_CHARACTERS[byte % len(ID_CHARACTERS)] for byte in digest[:length])


def cors_configuration(cors: Cors | None) -> CorsConfiguration | None:
    """Return the section `cors` as what the products take: their fields have one name."""
    return None if cors is None else CorsConfiguration(**dict(cors))


def _with_keys(api: aws.Api, keys: tuple[ApiKey, ...], plans: tuple[UsagePlan, ...]) -> aws.Api:
    """Give a REST API the API keys and usage plans, which stand beside all APIs."""
    return replace(api, api_keys=keys, usage_plans=plans) if isinstance(api, rest_api.RestApi) else api


def _api(name: str, api: Api, key_sets: Mapping[str, str]) -> aws.Api:
    match api:
        case HttpApi():
            return _http_api(name, api, key_sets)
        case RestApi():
            return _rest_api(name, api)
        case FunctionUrl():
            url_id = api_id(name, length=32)
            return function_url.FunctionUrl(name, url_id, api.function, cors_configuration(api.cors))
        case _:
            assert_never(api)


def _http_api(name: str, api: HttpApi, key_sets: Mapping[str, str]) -> http_api.HttpApi:
    authorizers = {name: _authorizer(name, declared, key_sets) for name, declared in api.authorizers.items()}
    routes = [
        http_api.ConfiguredRoute(
            route_key,
            LambdaProxy(
                with_stage_variables(route.function, api.stage_variables),
                route.payload_format_version or api.payload_format_version,
                (route.timeout_in_millis or api.timeout_in_millis) / 1000,
            ),
            None if route.authorizer is None else authorizers.get(route.authorizer),
            route.authorization_scopes,
        )
        for route_key, route in api.routes.items()
        if http_api.route_key_problem(route_key) is None
    ]
    return http_api.HttpApi(
        name,
        api_id(name),
        tuple(routes),
        stage=api.stage,
        stage_variables=tuple(api.stage_variables.items()),
        cors=cors_configuration(api.cors),
    )


def _authorizer(name: str, declared: JwtAuthorizer, key_sets: Mapping[str, str]) -> jwt.JwtAuthorizer:
    trusted = declared.jwt_configuration
    keys = key_sets.get(declared.jwks, "")
    return jwt.JwtAuthorizer(name, trusted.issuer, trusted.audience, keys, declared.identity_source)


def _rest_api(name: str, api: RestApi) -> rest_api.RestApi:
    named = {key: _with_function_named(method, api.stage_variables) for key, method in api.routes.items()}
    methods = [
        rest_api.Method(*route_key.partition(" ")[::2], integration, method_request_of(method, api))
        for route_key, method in named.items()
        if (integration := integration_of(method, api.timeout_in_millis)) is not None
    ]
    methods = [method for method in methods if rest_api.resource_path_problem(method.resource_path) is None]
    cors = generated_cors(api.cors)
    return rest_api.RestApi(
        name,
        api_id(name),
        with_options_methods(cors, methods),
        stage=api.stage,
        stage_variables=tuple(api.stage_variables.items()),
        generated_cors=cors,
        binary_media_types=api.binary_media_types,
        gateway_responses=tuple(_gateway_response(*entry) for entry in api.gateway_responses.items()),
        models=models_of(api),
        api_key_source=ApiKeySource(api.api_key_source),
    )


def _with_function_named(method: RestMethod, variables: Mapping[str, str]) -> RestMethod:
    """Name the function of a method whose name has a stage variable in it."""
    if method.function is None:
        return method
    return method.model_copy(update={"function": with_stage_variables(method.function, variables)})


def _gateway_response(response_type: str, entry: GatewayResponse) -> gateway_responses.GatewayResponse:
    return gateway_responses.GatewayResponse(
        response_type,
        entry.status_code,
        tuple(entry.response_parameters.items()),
        tuple(entry.response_templates.items()),
    )


def _function(name: str, function: Function, location: Location) -> invocation.Function:
    logging = function.logging_config
    return invocation.Function(
        name=name,
        handler=function.handler,
        code_uri=location.code_uri,
        runtime=function.runtime,
        timeout=float(function.timeout),
        memory_size=function.memory_size,
        environment=tuple(function.environment.items()),
        python=location.python,
        command=function.command or (),
        layers=location.layers,
        logging=invocation.LoggingConfig(
            invocation.LogFormat(logging.log_format), logging.application_log_level, logging.system_log_level
        ),
        max_concurrency=function.max_concurrency,
        concurrency_wait=function.concurrency_wait,
        freeze=function.freeze,
    )
