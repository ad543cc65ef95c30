"""A validated configuration becomes the values everything else runs on."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.authorizers.jwt import JwtAuthorizer
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.aws.rest_api.rest_api import RestApi
from emulator.config.emulator_yaml.build import Location, api_id, assigned_ports, build
from emulator.config.emulator_yaml.schema.configuration import Configuration
from emulator.deployment import NO_PLACES, BasePathMapping, CustomDomain, Deployment, Endpoint, Frontend, RecordedCheck
from emulator.functions.invocation import Function, LogFormat, LoggingConfig
from products import a_method, a_route

CODE = Location(Path("/project/handlers"), None)


def built(data, **locations):
    configuration = Configuration.model_validate(data)
    return build(configuration, locations, NO_PLACES)


def test_http_api():
    deployment = built(
        {
            "apis": {
                "shop": {
                    "type": "http",
                    "stage": "live",
                    "stageVariables": {"table": "orders"},
                    "cors": {"allowOrigins": ["https://a.example"], "maxAge": "0"},
                    "payloadFormatVersion": "1.0",
                    "timeoutInMillis": "5000",
                    "routes": {
                        "GET /items": "items",
                        "$default": {"function": "other", "payloadFormatVersion": "2.0", "timeoutInMillis": "50"},
                    },
                }
            }
        }
    )
    assert deployment.endpoints == (
        Endpoint(
            HttpApi(
                "shop",
                api_id("shop"),
                (a_route("GET /items", "items", "1.0", 5.0), a_route("$default", "other", "2.0", 0.05)),
                stage="live",
                stage_variables=(("table", "orders"),),
                cors=CorsConfiguration(allow_origins=("https://a.example",), max_age=0),
            ),
            3000,
        ),
    )


def test_rest_api():
    deployment = built(
        {
            "apis": {
                "admin": {
                    "type": "rest",
                    "stageVariables": {"a": "b"},
                    "binaryMediaTypes": ["image/png"],
                    "gatewayResponses": {
                        "DEFAULT_4XX": {
                            "statusCode": "404",
                            "responseParameters": {"gatewayresponse.header.x-a": "'*'"},
                            "responseTemplates": {"application/json": "{}"},
                        },
                        "THROTTLED": {},
                    },
                    "timeoutInMillis": "1000",
                    "routes": {"GET /": "items", "ANY /{proxy+}": {"function": "other", "timeoutInMillis": "29000"}},
                }
            }
        }
    )
    assert deployment.endpoints[0].api == RestApi(
        "admin",
        api_id("admin"),
        (a_method("GET", "/", "items", 1.0), a_method("ANY", "/{proxy+}", "other", 29.0)),
        stage="dev",
        stage_variables=(("a", "b"),),
        binary_media_types=("image/png",),
        gateway_responses=(
            GatewayResponse(
                "DEFAULT_4XX", 404, (("gatewayresponse.header.x-a", "'*'"),), (("application/json", "{}"),)
            ),
            GatewayResponse("THROTTLED"),
        ),
    )


def test_function_url():
    up = {"type": "function-url", "function": "items"}
    deployment = built({"apis": {"up": up, "open": {**up, "cors": {"allowMethods": ["*"]}}}})
    closed, opened = (endpoint.api for endpoint in deployment.endpoints)
    assert closed == FunctionUrl("up", api_id("up", 32), "items", None)
    assert opened == FunctionUrl("open", api_id("open", 32), "items", CorsConfiguration(allow_methods=("*",)))


def test_checks():
    deployment = built(
        {
            "apis": {"up": {"type": "function-url", "function": "items"}},
            "checks": [
                {"request": "GET /", "as": "https://a.example", "expect": "blocked"},
                {
                    "request": "POST /",
                    "as": "https://b.example",
                    "expect": "allowed",
                    "api": "up",
                    "headers": {"X-A": "1"},
                    "body": "{}",
                    "credentials": "include",
                },
            ],
        }
    )
    assert deployment.checks == (
        RecordedCheck("GET /", "https://a.example", "blocked"),
        RecordedCheck("POST /", "https://b.example", "allowed", "up", (("X-A", "1"),), "{}", "include"),
    )


def test_functions_frontends_and_hosts():
    deployment = built(
        {
            "apis": {"up": {"type": "function-url", "function": "items"}},
            "functions": {
                "items": {
                    "handler": "items.handler",
                    "timeout": "30",
                    "memorySize": "256",
                    "environment": {"PORT": "8080"},
                    "maxConcurrency": "2",
                    "concurrencyWait": "0.5",
                    "loggingConfig": {"logFormat": "JSON", "applicationLogLevel": "DEBUG"},
                },
                "other": {"command": ["./bootstrap", "-v"], "runtime": "provided.al2023"},
            },
            "frontends": [
                {"origin": "https://a.example", "credentials": "include"},
                {"origin": "https://b.example"},
                {"origin": "https://c.example", "credentials": {"api": "omit", "$default": "include"}},
            ],
            "allowedHosts": ["web", ".shop.test"],
        },
        items=Location(Path("/project/handlers"), "/project/.venv/bin/python", (Path("/project/layer"),)),
        other=CODE,
    )
    assert deployment == Deployment(
        deployment.endpoints,
        {
            "items": Function(
                name="items",
                handler="items.handler",
                code_uri=Path("/project/handlers"),
                timeout=30.0,
                memory_size=256,
                environment=(("PORT", "8080"),),
                python="/project/.venv/bin/python",
                layers=(Path("/project/layer"),),
                logging=LoggingConfig(LogFormat.JSON, "DEBUG", None),
                max_concurrency=2,
                concurrency_wait=0.5,
            ),
            "other": Function(
                name="other",
                handler="",
                code_uri=Path("/project/handlers"),
                runtime="provided.al2023",
                command=("./bootstrap", "-v"),
            ),
        },
        (
            Frontend("https://a.example", "include"),
            Frontend("https://b.example", None),
            Frontend("https://c.example", {"api": "omit", "$default": "include"}),
        ),
        ("web", ".shop.test"),
    )


@pytest.mark.parametrize(
    ("wanted", "ports"),
    [
        pytest.param([None, None, None], [3000, 3001, 3002], id="in-the-order-of-the-file"),
        pytest.param([None, 3000, None], [3001, 3000, 3002], id="never-a-port-asked-for"),
        pytest.param([8080, None], [8080, 3000], id="others-count-from-the-first"),
        pytest.param([0, 0, None], [0, 0, 3000], id="any-free-port-as-often-as-wanted"),
    ],
)
def test_assigned_ports(wanted, ports):
    assert list(assigned_ports(wanted)) == ports


@given(st.text())
def test_an_api_id_is_like_awss_and_always_the_same(name):
    assert api_id(name) == api_id(name)
    assert len(api_id(name)) == 10
    assert set(api_id(name, 32)) <= set("abcdefghijklmnopqrstuvwxyz0123456789")


def test_custom_domains():
    deployment = built(
        {
            "apis": {"up": {"type": "function-url", "function": "items"}},
            "customDomains": {
                "api.example.com": {"mappings": {"(none)": "shop", "v1/a": {"api": "up", "stage": "dev"}}},
                "b.example.com": {"port": "3010", "mappings": {"": "up"}},
            },
        }
    )
    assert deployment.custom_domains == (
        CustomDomain("api.example.com", 3001, (BasePathMapping("", "shop"), BasePathMapping("v1/a", "up", "dev"))),
        CustomDomain("b.example.com", 3010, (BasePathMapping("", "up"),)),
    )


def test_a_stage_variable_names_a_function():
    variables = {"fn": "items", "env": "beta"}
    deployment = built(
        {
            "apis": {
                "h": {"type": "http", "stageVariables": variables, "routes": {"GET /a": "${stageVariables.fn}"}},
                "r": {
                    "type": "rest",
                    "stageVariables": variables,
                    "routes": {"GET /a": "x-${stageVariables.env}", "GET /m": {"integration": {"type": "mock"}}},
                },
            }
        }
    )
    http, rest = (endpoint.api for endpoint in deployment.endpoints)
    assert http.routes[0].integration.function == "items"
    assert rest.methods[0].integration.function == "x-beta"


def test_api_ids_differ_and_stay_what_they_were():
    assert len({api_id(str(number)) for number in range(1000)}) == 1000
    assert api_id("shop") == "7ab5i8ezfc"


def test_routes_that_do_not_parse_are_left_out():
    routes = {"GET /a": "f", "get /b": "f", "GET c": "f"}
    apis = {"h": {"type": "http", "routes": routes}, "r": {"type": "rest", "routes": routes}}
    http, rest = (endpoint.api for endpoint in built({"apis": apis}).endpoints)
    assert [route.route_key for route in http.routes] == ["GET /a"]
    assert [method.resource_path for method in rest.methods] == ["/a", "/b"]


def test_authorizers_of_routes():
    trusted = {"issuer": "https://id.example.com", "audience": ["a"]}
    routes = {
        "GET /a": {"function": "items", "authorizer": "users", "authorizationScopes": ["read"]},
        "GET /b": "items",
    }
    authorizers = {"users": {"type": "jwt", "jwtConfiguration": trusted, "jwks": "keys.json"}}
    apis = {"shop": {"type": "http", "authorizers": authorizers, "routes": routes}}
    configuration = Configuration.model_validate({"apis": apis})
    deployment = build(configuration, {}, NO_PLACES, key_sets={"keys.json": "{}"})
    guarded, plain = deployment.endpoints[0].api.routes
    assert guarded.authorizer == JwtAuthorizer("users", "https://id.example.com", ("a",), "{}")
    assert (guarded.authorization_scopes, plain.authorizer) == (("read",), None)
