"""Describes the sections of a REST API."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from emulator.aws import limits
from emulator.config.emulator_yaml.schema import api_keys, method_request
from emulator.config.emulator_yaml.schema.gateway_response import ENTRY_EXAMPLE, GatewayResponse
from emulator.config.emulator_yaml.schema.integration import TEMPLATE_EXAMPLE, Integration
from emulator.config.emulator_yaml.schema.rest_cors import RestCorsSection
from emulator.config.emulator_yaml.schema.section import Entry, Key, Section, short_for

LEAST, LONGEST = limits.LEAST_INTEGRATION_TIMEOUT_MS, limits.REST_API_INTEGRATION_TIMEOUT_MS
Timeout = Annotated[int, Field(ge=LEAST, le=LONGEST)]
TIMEOUT = Key(
    f"How long the gateway waits for the function; default {LONGEST}.",
    f"milliseconds from {LEAST} to {LONGEST}, AWS's default quota",
    f"timeoutInMillis: {LONGEST}",
)

CORS = "Write it at the API, beside `routes`: `cors: {generator: cdk, allowOrigins: [...]}`."
MOCK = "Write it as `integration: {type: mock, ...}`, or let a function answer: `OPTIONS /orders: orders`."
PAYLOAD_ELSEWHERE = {"payloadformatversion": "Remove it: a REST API always sends format 1.0."}


class RestMethod(Section):
    """One method of a resource of a REST API: a function, or another integration. `GET /orders: orders` is short for
    `GET /orders: {function: orders}`."""

    not_yet: ClassVar = {
        **api_keys.ROUTE_NOT_YET,
        "responsetransfermode": "Remove it: responses are buffered here, as with responseTransferMode BUFFERED.",
    }
    elsewhere: ClassVar = {**api_keys.DECLARED_ELSEWHERE, **PAYLOAD_ELSEWHERE, "cors": CORS, "mock": MOCK}
    other_names: ClassVar = {
        **api_keys.FUNCTION_NAMES,
        **api_keys.TIMEOUT_NAMES,
        **dict.fromkeys(("private", "apikey", "requiresapikey"), "apiKeyRequired"),
        **dict.fromkeys(("validator", "requestvalidatorid", "requestvalidatorname"), "requestValidator"),
    }

    function: Annotated[
        str | None,
        Key(
            "The function that answers, as a Lambda proxy.",
            "the name of a function under `functions`",
            "function: items",
        ),
    ] = None
    integration: Annotated[
        Integration | None,
        Key(
            "What answers in place of a function.",
            "a mapping with `type`",
            f"integration: {{type: mock, requestTemplates: {{{TEMPLATE_EXAMPLE}}}}}",
        ),
    ] = None
    timeout_in_millis: Annotated[Timeout | None, TIMEOUT] = None
    request_parameters: method_request.RequestParameters = Field(default_factory=dict)
    request_models: method_request.RequestModels = Field(default_factory=dict)
    request_validator: method_request.OfMethod = None
    api_key_required: method_request.ApiKeyRequired = False


class RestApi(Section):
    """A REST API (API Gateway v1). It has no CORS of its own: OPTIONS is a method like any other, a function's or a
    mock's."""

    not_yet: ClassVar = {
        **dict.fromkeys(("authorizers", "authorizer", "auth"), api_keys.OPEN),
    }
    elsewhere: ClassVar = {
        **api_keys.ROUTED_ELSEWHERE,
        **PAYLOAD_ELSEWHERE,
        "function": "Put it behind a route: `routes: {ANY /{proxy+}: orders}`.",
    }
    other_names: ClassVar = {
        "methods": "routes",
        "xamazonapigatewaygatewayresponses": "gatewayResponses",
        **api_keys.OPENAPI_NAMES,
        "xamazonapigatewayrequestvalidators": "requestValidators",
        **dict.fromkeys(("xamazonapigatewayapikeysource", "apikeysourcetype"), "apiKeySource"),
        **api_keys.STAGE_NAMES,
        **api_keys.TIMEOUT_NAMES,
    }

    type: Annotated[Literal["rest"], api_keys.type_key("rest")]
    port: api_keys.Port = None
    enforce: api_keys.Enforce = True
    stage: Annotated[
        str,
        Key("The stage, the first segment of every path; default dev.", "letters, digits, `-` and `_`", "stage: dev"),
    ] = "dev"
    stage_variables: api_keys.StageVariables = Field(default_factory=dict)
    binary_media_types: Annotated[
        tuple[str, ...],
        Key(
            "Media types passed to the function in base64, and decoded when it answers so.",
            "a list of media types",
            'binaryMediaTypes: [image/png, "*/*"]',
        ),
    ] = ()
    gateway_responses: Annotated[
        dict[str, GatewayResponse],
        Key(
            "What the gateway's own errors are answered with, by AWS's response type; without it they carry no CORS "
            "headers.",
            "a mapping from response types, such as DEFAULT_4XX or UNAUTHORIZED, to what is answered",
            f"gatewayResponses: {{DEFAULT_4XX: {ENTRY_EXAMPLE}}}",
            Entry(
                "a mapping with `statusCode`, `responseParameters` or `responseTemplates`",
                ENTRY_EXAMPLE,
            ),
        ),
    ] = Field(default_factory=dict)
    models: method_request.Models = Field(default_factory=dict)
    request_validators: method_request.RequestValidators = Field(default_factory=dict)
    api_key_source: Annotated[
        Literal["HEADER", "AUTHORIZER"],
        Key("Where API keys are read from; default HEADER.", "HEADER or AUTHORIZER", "apiKeySource: HEADER"),
    ] = "HEADER"
    cors: RestCorsSection = None
    timeout_in_millis: Annotated[Timeout, TIMEOUT] = LONGEST
    routes: Annotated[
        dict[
            str, Annotated[RestMethod, BeforeValidator(short_for("function"), json_schema_input_type=str | RestMethod)]
        ],
        Field(min_length=1),
        Key(
            "Methods and resource paths (`GET /orders/{id}`, `ANY /{proxy+}`) and the function behind each.",
            "routes and their functions",
            "routes: {GET /orders: orders}",
            api_keys.ROUTE,
        ),
    ] = Field(default_factory=dict)
    openapi: api_keys.OpenApi = None
    unsupported: api_keys.Unsupported = "fail"
    basepath: api_keys.BasePath = "ignore"
