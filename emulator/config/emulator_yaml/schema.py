"""The shape of emulator.yaml: which keys there are, of which type and range, and how to speak about each.

AWS's names and limits. Values arrive as text (document.py), so `port: 3000` and `port: "3000"` are the same.
"""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from emulator.aws import limits
from emulator.config.emulator_yaml.function_schema import Function
from emulator.config.emulator_yaml.section import Key, Section

PORT = Key(
    "The port this API listens on, an origin of its own; default 3000, 3001, ... in the order of the file.",
    "a port from 1 to 65535, or 0 for any free one",
    "port: 3000",
)
STAGE_VARIABLES = Key(
    "Variables of the stage, in every event's `stageVariables`.",
    "a mapping of names to text",
    "stageVariables: {table: orders}",
)
FUNCTION = Key("The function that answers.", "the name of a function under `functions`", "function: items")
PAYLOAD_FORMAT_VERSION = Key(
    "The shape of the event and of the response the function returns.",
    '"1.0" or "2.0"',
    'payloadFormatVersion: "2.0"',
)
HTTP_TIMEOUT = Key(
    f"How long the gateway waits for the function; default {limits.HTTP_API_INTEGRATION_TIMEOUT_MS}.",
    f"milliseconds from {limits.LEAST_INTEGRATION_TIMEOUT_MS} to {limits.HTTP_API_INTEGRATION_TIMEOUT_MS}",
    f"timeoutInMillis: {limits.HTTP_API_INTEGRATION_TIMEOUT_MS}",
)
REST_TIMEOUT = Key(
    f"How long the gateway waits for the function; default {limits.REST_API_INTEGRATION_TIMEOUT_MS}.",
    f"milliseconds from {limits.LEAST_INTEGRATION_TIMEOUT_MS} to {limits.REST_API_INTEGRATION_TIMEOUT_MS}, "
    "AWS's default quota",
    f"timeoutInMillis: {limits.REST_API_INTEGRATION_TIMEOUT_MS}",
)
CORS = Key(
    "CORS, answered by the gateway for every route; without it the function's own headers are all there is.",
    "a mapping such as `{allowOrigins: [...], allowMethods: [...]}`",
    "cors: {allowOrigins: [https://shop.example.com], allowMethods: [GET, POST]}",
)

Port = Annotated[int, Field(ge=0, le=65535)]
PayloadFormatVersion = Literal["1.0", "2.0"]
HttpTimeout = Annotated[int, Field(ge=limits.LEAST_INTEGRATION_TIMEOUT_MS, le=limits.HTTP_API_INTEGRATION_TIMEOUT_MS)]
RestTimeout = Annotated[int, Field(ge=limits.LEAST_INTEGRATION_TIMEOUT_MS, le=limits.REST_API_INTEGRATION_TIMEOUT_MS)]


class Cors(Section):
    """CORS of an HTTP API or a function URL, in AWS's fields."""

    allow_origins: Annotated[
        tuple[str, ...],
        Key("Origins whose pages may read answers.", "a list of origins", "allowOrigins: [https://shop.example.com]"),
    ] = ()
    allow_methods: Annotated[
        tuple[str, ...],
        Key("Methods that pages may use.", "a list of HTTP methods", "allowMethods: [GET, POST]"),
    ] = ()
    allow_headers: Annotated[
        tuple[str, ...],
        Key("Request headers that pages may set.", "a list of header names", "allowHeaders: [content-type]"),
    ] = ()
    expose_headers: Annotated[
        tuple[str, ...],
        Key("Response headers that pages may read.", "a list of header names", "exposeHeaders: [x-total]"),
    ] = ()
    allow_credentials: Annotated[
        bool,
        Key("Whether pages may send cookies; default false.", "true or false", "allowCredentials: true"),
    ] = False
    max_age: Annotated[
        int | None,
        Key("How long a browser may keep a preflight's answer.", "a whole number of seconds", "maxAge: 600"),
    ] = None


class HttpRoute(Section):
    """One route of an HTTP API; `GET /items: items` is short for `GET /items: {function: items}`."""

    function: Annotated[str, FUNCTION]
    payload_format_version: Annotated[PayloadFormatVersion | None, PAYLOAD_FORMAT_VERSION] = None
    timeout_in_millis: Annotated[HttpTimeout | None, HTTP_TIMEOUT] = None


class RestMethod(Section):
    """One method of a resource of a REST API; `GET /orders: orders` is short for `GET /orders: {function: orders}`."""

    function: Annotated[str, FUNCTION]
    timeout_in_millis: Annotated[RestTimeout | None, REST_TIMEOUT] = None


def _long_form(route: object) -> object:
    return {"function": route} if isinstance(route, str) else route


class HttpApi(Section):
    """An HTTP API (API Gateway v2)."""

    type: Annotated[
        Literal["http"],
        Key("The product: http, rest or function-url.", "http, rest or function-url", "type: http"),
    ]
    port: Annotated[Port | None, PORT] = None
    stage: Annotated[
        str,
        Key(
            "The stage; a named one is the first segment of every path. Default $default, which has no segment.",
            "$default, or letters, digits, `-` and `_`",
            "stage: $default",
        ),
    ] = "$default"
    stage_variables: Annotated[dict[str, str], STAGE_VARIABLES] = Field(default_factory=dict)
    cors: Annotated[Cors | None, CORS] = None
    payload_format_version: Annotated[PayloadFormatVersion, PAYLOAD_FORMAT_VERSION] = "2.0"
    timeout_in_millis: Annotated[HttpTimeout, HTTP_TIMEOUT] = limits.HTTP_API_INTEGRATION_TIMEOUT_MS
    routes: Annotated[
        dict[str, Annotated[HttpRoute, BeforeValidator(_long_form, json_schema_input_type=str | HttpRoute)]],
        Field(min_length=1),
        Key(
            "Route keys (`GET /items/{id}`, `ANY /{proxy+}`, `$default`) and the function behind each.",
            "routes and their functions",
            "routes: {GET /items: items}",
        ),
    ]


class RestApi(Section):
    """A REST API (API Gateway v1). It has no CORS of its own: OPTIONS goes to a function like any other method."""

    type: Annotated[
        Literal["rest"],
        Key("The product: http, rest or function-url.", "http, rest or function-url", "type: rest"),
    ]
    port: Annotated[Port | None, PORT] = None
    stage: Annotated[
        str,
        Key("The stage, the first segment of every path; default dev.", "letters, digits, `-` and `_`", "stage: dev"),
    ] = "dev"
    stage_variables: Annotated[dict[str, str], STAGE_VARIABLES] = Field(default_factory=dict)
    binary_media_types: Annotated[
        tuple[str, ...],
        Key(
            "Media types passed to the function in base64, and decoded when it answers so.",
            "a list of media types",
            'binaryMediaTypes: [image/png, "*/*"]',
        ),
    ] = ()
    timeout_in_millis: Annotated[RestTimeout, REST_TIMEOUT] = limits.REST_API_INTEGRATION_TIMEOUT_MS
    routes: Annotated[
        dict[str, Annotated[RestMethod, BeforeValidator(_long_form, json_schema_input_type=str | RestMethod)]],
        Field(min_length=1),
        Key(
            "Methods and resource paths (`GET /orders/{id}`, `ANY /{proxy+}`) and the function behind each.",
            "routes and their functions",
            "routes: {GET /orders: orders}",
        ),
    ]


class FunctionUrl(Section):
    """A Lambda function URL."""

    type: Annotated[
        Literal["function-url"],
        Key("The product: http, rest or function-url.", "http, rest or function-url", "type: function-url"),
    ]
    port: Annotated[Port | None, PORT] = None
    function: Annotated[str, FUNCTION]
    cors: Annotated[Cors | None, CORS] = None


def _kind_of_credentials(value: object) -> str:
    return "by-api" if isinstance(value, dict) else "mode"


CredentialsMode = Literal["omit", "same-origin", "include"]
CredentialsByApi = Annotated[
    Annotated[CredentialsMode, Tag("mode")] | Annotated[dict[str, CredentialsMode], Field(min_length=1), Tag("by-api")],
    Discriminator(_kind_of_credentials),
]


class Frontend(Section):
    """A browser application that calls the APIs."""

    origin: Annotated[
        str,
        Key("The origin of its pages, as browsers send it.", "an origin", "origin: https://shop.example.com"),
    ]
    credentials: Annotated[
        CredentialsByApi | None,
        Key(
            "The credentials mode its pages pass to fetch, for all APIs or by API: `{shop: include, $default: omit}`. "
            "Left out, it is what a request shows, and for `emulate fetch` fetch's own default, same-origin.",
            "omit, same-origin or include, or a mapping to them by API name",
            "credentials: include",
        ),
    ] = None


Api = Annotated[HttpApi | RestApi | FunctionUrl, Field(discriminator="type")]


class Configuration(Section):
    """emulator.yaml: the APIs to serve, the functions behind them, and the browser applications that call them."""

    apis: Annotated[
        dict[str, Api],
        Field(min_length=1),
        Key(
            "The APIs, by name. Each listens on a port of its own.",
            "at least one API",
            "apis: {shop: {type: http, routes: {GET /items: items}}}",
        ),
    ]
    functions: Annotated[
        dict[str, Function],
        Key(
            "The Lambda functions, by name.",
            "functions and their handlers",
            "functions: {items: {handler: items.handler}}",
        ),
    ] = Field(default_factory=dict)
    frontends: Annotated[
        tuple[Frontend, ...],
        Key(
            "The browser applications that call the APIs.",
            "a list of frontends",
            "frontends: [{origin: https://shop.example.com}]",
        ),
    ] = ()
    allowed_hosts: Annotated[
        tuple[str, ...],
        Key(
            "Host names the APIs are called by, beside localhost, names below it, and IP addresses: requests for any "
            "other get 403.",
            "a list of host names",
            "allowedHosts: [api, .shop.test]",
        ),
    ] = ()
