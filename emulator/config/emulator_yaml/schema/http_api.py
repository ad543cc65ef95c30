"""Describes the sections of an HTTP API."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from emulator.aws import limits
from emulator.config.emulator_yaml.schema import api_keys
from emulator.config.emulator_yaml.schema.authorizer import JWT_EXAMPLE, JwtAuthorizer
from emulator.config.emulator_yaml.schema.cors import CorsSection
from emulator.config.emulator_yaml.schema.section import Entry, Key, Section, short_for

LEAST, LONGEST = limits.LEAST_INTEGRATION_TIMEOUT_MS, limits.HTTP_API_INTEGRATION_TIMEOUT_MS
Timeout = Annotated[int, Field(ge=LEAST, le=LONGEST)]
TIMEOUT = Key(
    f"How long the gateway waits for the function; default {LONGEST}.",
    f"milliseconds from {LEAST} to {LONGEST}",
    f"timeoutInMillis: {LONGEST}",
)
PAYLOAD_FORMAT_VERSION = Key(
    "The shape of the event and of the response the function returns.",
    '"1.0" or "2.0"',
    'payloadFormatVersion: "2.0"',
)


class HttpRoute(Section):
    """One route of an HTTP API; `GET /items: items` is short for `GET /items: {function: items}`."""

    not_yet: ClassVar = {
        **{name: fix for name, fix in api_keys.ROUTE_NOT_YET.items() if name not in api_keys.HTTP_AUTHORIZATION},
        "requestparameters": "Remove it: the function gets the request unchanged.",
    }
    elsewhere: ClassVar = {
        **api_keys.DECLARED_ELSEWHERE,
        **dict.fromkeys(("apikeyrequired", "requestmodels", "requestvalidator"), "Remove it: only a REST API has it."),
        "cors": "Move it to the API, beside `routes`: an HTTP API has one CORS configuration for all routes.",
        "mock": "Name a function: an HTTP API has no mock integration.",
    }
    other_names: ClassVar = {**api_keys.FUNCTION_NAMES, **api_keys.TIMEOUT_NAMES, **api_keys.PAYLOAD_NAMES}

    function: api_keys.FunctionName
    authorizer: Annotated[
        str | None,
        Key(
            "The authorizer before it; default none.", "the name of one of the API's `authorizers`", "authorizer: users"
        ),
    ] = None
    authorization_scopes: Annotated[
        tuple[str, ...],
        Key(
            "Scopes of which a token needs one; default none.",
            "a list of scopes",
            "authorizationScopes: [items/read]",
        ),
    ] = ()
    payload_format_version: Annotated[api_keys.PayloadFormatVersion | None, PAYLOAD_FORMAT_VERSION] = None
    timeout_in_millis: Annotated[Timeout | None, TIMEOUT] = None


class HttpApi(Section):
    """An HTTP API (API Gateway v2)."""

    not_yet: ClassVar = {
        **dict.fromkeys(("authorizer", "defaultauthorizer", "auth"), "Name the authorizer at each route."),
        "disableexecuteapiendpoint": "Remove it.",
        **dict.fromkeys(("defaultroutesettings", "routesettings"), "Remove it: nothing is throttled here."),
    }
    elsewhere: ClassVar = {
        **api_keys.ROUTED_ELSEWHERE,
        "binarymediatypes": "Remove it: an HTTP API tells binary bodies by their content type.",
        "function": "Put it behind a route: `routes: {$default: items}`.",
        "gatewayresponses": "Remove it: only a REST API has gateway responses.",
    }
    other_names: ClassVar = {
        "corsconfiguration": "cors",
        **api_keys.OPENAPI_NAMES,
        **api_keys.STAGE_NAMES,
        **api_keys.TIMEOUT_NAMES,
        **api_keys.PAYLOAD_NAMES,
    }

    type: Annotated[Literal["http"], api_keys.type_key("http")]
    port: api_keys.Port = None
    enforce: api_keys.Enforce = True
    stage: Annotated[
        str,
        Key(
            "The stage; a named one is the first segment of every path. Default $default, which has no segment.",
            "$default, or letters, digits, `-` and `_`",
            "stage: $default",
        ),
    ] = "$default"
    stage_variables: api_keys.StageVariables = Field(default_factory=dict)
    cors: CorsSection = None
    payload_format_version: Annotated[api_keys.PayloadFormatVersion, PAYLOAD_FORMAT_VERSION] = "2.0"
    timeout_in_millis: Annotated[Timeout, TIMEOUT] = LONGEST
    authorizers: Annotated[
        dict[str, JwtAuthorizer],
        Key(
            "The authorizers that routes name.",
            "a mapping from names to authorizers",
            f"authorizers: {{users: {JWT_EXAMPLE}}}",
            Entry("a mapping with `type`, `jwtConfiguration` and `jwks`", JWT_EXAMPLE),
        ),
    ] = Field(default_factory=dict)
    routes: Annotated[
        dict[str, Annotated[HttpRoute, BeforeValidator(short_for("function"), json_schema_input_type=str | HttpRoute)]],
        Field(min_length=1),
        Key(
            "Route keys (`GET /items/{id}`, `ANY /{proxy+}`, `$default`) and the function behind each.",
            "routes and their functions",
            "routes: {GET /items: items}",
            api_keys.ROUTE,
        ),
    ] = Field(default_factory=dict)
    openapi: api_keys.OpenApi = None
    unsupported: api_keys.Unsupported = "fail"
    basepath: api_keys.BasePath = "ignore"
