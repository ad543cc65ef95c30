"""API keys, usage plans and request validators over real sockets, each row with the public source of what AWS does."""

import json
from dataclasses import replace
from typing import Any

import pytest

from emulator.aws.integrations import IntegrationResponse, LambdaProxy, Mappings, Mock
from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.aws.rest_api.method_request import MethodRequest, RequestValidator
from emulator.aws.rest_api.rest_api import Method, RestApi
from emulator.aws.usage_plans import ApiKey, Quota, QuotaPeriod, Throttle, UsagePlan
from serving.rim import Answer, listening, run

LOCALSTACK = "localstack/localstack, test_apigateway_common (validated on AWS)"
GUIDE = "AWS: api-gateway-request-validation-test"

ALL = RequestValidator("v", validate_request_body=True, validate_request_parameters=True)
NUMBERS = {"type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "number"}}, "required": ["a", "b"]}
STATUS = {
    "type": "object",
    "required": ["status"],
    "properties": {"status": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/StatusModel"}]}},
}
PERSON = {
    "type": "object",
    "required": ["b", "name"],
    "properties": {
        "name": {"type": "string"},
        "b": {"type": "number"},
        "house": {"$ref": "#/components/schemas/House"},
    },
}
PRICED = {
    "type": "object",
    "required": ["name", "type", "price"],
    "properties": {
        "id": {"type": "integer"},
        "type": {"type": "string", "enum": ["dog", "cat", "fish"]},
        "price": {"type": "number", "minimum": 25, "maximum": 500},
        "name": {"type": "string"},
    },
}
MODELS = {
    "Numbers": NUMBERS,
    "List": {"type": "array", "items": {"$ref": "#/components/schemas/Numbers"}},
    "Status": STATUS,
    "StatusModel": {"type": "object", "required": ["Status", "Order"]},
    "Person": PERSON,
    "House": {
        "type": "object",
        "properties": {
            "randomProperty": {"type": "string", "format": "byte"},
            "contains": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Person"}},
        },
    },
    "Priced": PRICED,
}


def method(key: str, model: str | None = None, *parameters: str) -> Method:
    models = () if model is None else (("application/json", model),)
    required = tuple((f"method.request.{name}", True) for name in parameters)
    return Method(*key.split(), LambdaProxy("f", "1.0", 29.0), MethodRequest(required, models, ALL))


NESTED = ("path.test", "querystring.qs1", "header.x-header-param")
VALIDATING = RestApi(
    "orders",
    "abcdef1234",
    (
        method("ANY /nested/{test}", "Numbers", *NESTED),
        method("POST /other/{test}", "Numbers", "path.issuer", *NESTED[1:]),
        method("POST /list", "List"),
        method("ANY /status", "Status"),
        method("POST /person", "Person"),
        method("GET /validation", None, "querystring.q1"),
        method("POST /validation", "Priced", "header.h1"),
        method("POST /users", "Priced"),
        method("GET /divide", None, "querystring.dividend", "querystring.divisor"),
    ),
    "dev",
    models=tuple((name, json.dumps(schema)) for name, schema in MODELS.items()),
)

JSON = "Content-Type: application/json\r\n"
X = "X-Header-Param: test\r\n"
H1 = "h1: v1\r\n"
HOUSE = {"name": "Person1", "b": 2, "house": {"randomProperty": "is random", "contains": [{"name": "Person2", "b": 3}]}}
HOMELESS = {"name": "Person1", "b": 2, "house": {"contains": [{"randomObject": "not a person"}]}}
MARCO, MOLLY = {"name": "Marco", "type": "dog", "price": 260}, {"name": "Molly", "type": "bird", "price": 269}
BODY = "Invalid request body"


def missing(names: str) -> str:
    return f"Missing required request parameters: [{names}]"


VALIDATED = [
    pytest.param("POST /nested/v?qs1=t", JSON + X, {"a": 1, "b": 2}, None, id=f"all-there {LOCALSTACK}"),
    pytest.param("POST /other/v", JSON, {"test": "t"}, missing("x-header-param, issuer, qs1"), id=f"all {LOCALSTACK}"),
    pytest.param("GET /nested/v?qs1=t", "", None, missing("x-header-param"), id=f"header {LOCALSTACK}"),
    pytest.param("POST /nested/v", JSON + X, {"a": 1, "b": 2}, missing("qs1"), id="query"),
    pytest.param("POST /nested/v?qs1=t", JSON + X, {"test": "t"}, BODY, id=f"body {LOCALSTACK}"),
    pytest.param("POST /list", JSON, [{"a": 1, "b": 2}], None, id=f"list-of-ref {LOCALSTACK}"),
    pytest.param("POST /list", JSON, [{"a": 1}], BODY, id=f"list-of-ref-invalid {LOCALSTACK}"),
    pytest.param("POST /status", JSON, {"status": None}, None, id=f"one-of-null {LOCALSTACK}"),
    pytest.param("POST /status", JSON, {"status": {"Status": "x"}}, BODY, id=f"one-of-neither {LOCALSTACK}"),
    pytest.param("POST /status", "", None, BODY, id=f"no-content-type-no-body {LOCALSTACK}"),
    pytest.param("POST /person", JSON, HOUSE, None, id="circular localstack/localstack, test_apigateway_import"),
    pytest.param("POST /person", JSON, HOMELESS, BODY, id="circular-bad localstack/localstack, test_apigateway_import"),
    pytest.param("GET /validation?q1=cat", "", None, None, id=f"q1 {GUIDE}"),
    pytest.param("GET /validation", "", None, missing("q1"), id=f"no-q1 {GUIDE}"),
    pytest.param("GET /validation?q1=", "", None, missing("q1"), id=f"blank-q1 {GUIDE}"),
    pytest.param("POST /validation", JSON + H1, MARCO, None, id=f"marco {GUIDE}"),
    pytest.param("POST /validation", JSON, MARCO, missing("h1"), id=f"no-h1 {GUIDE}"),
    pytest.param("POST /validation", JSON + "h1: \r\n", MARCO, missing("h1"), id=f"blank-h1 {GUIDE}"),
    pytest.param("POST /validation", JSON + H1, MOLLY, BODY, id=f"bird {GUIDE}"),
    pytest.param("POST /validation", JSON + H1, {**MOLLY, "type": "cat", "price": 501}, BODY, id=f"price {GUIDE}"),
    pytest.param("POST /users", JSON, None, BODY, id="empty-body a course's notes of 29 Nov 2021"),
    pytest.param("GET /divide", "", None, missing("divisor, dividend"), id="order an answer of 1 Dec 2021"),
]


def request_of(line: str, headers: str, body: Any) -> bytes:
    name, path = line.split()
    data = b"" if body is None else json.dumps(body).encode()
    head = f"{name} /dev{path} HTTP/1.1\r\nHost: h\r\n{headers}Content-Length: {len(data)}\r\n\r\n"
    return head.encode() + data


def asked(api: RestApi, *requests: bytes) -> tuple[list[Answer], list[dict[str, Any]]]:
    """The answers to requests one after the other, and the events that the function got."""
    events: list[dict[str, Any]] = []

    def function(event: dict[str, Any]) -> Any:
        events.append(event)
        return {"statusCode": 200}

    async def ask() -> list[Answer]:
        async with listening(api, function) as rim:
            return [await rim.ask(request) for request in requests]

    return run(ask()), events


@pytest.mark.parametrize(("line", "headers", "body", "message"), VALIDATED)
def test_validated(line: str, headers: str, body: Any, message: str | None) -> None:
    (answer,), events = asked(VALIDATING, request_of(line, headers, body))
    if message is None:
        assert (answer.status, len(events)) == (200, 1)
    else:
        assert (answer.status, json.loads(answer.body), events) == (400, {"message": message}, [])
        assert answer.values("x-amzn-errortype") == ["BadRequestException"]


def test_a_gateway_response_says_what_is_wrong_with_the_body() -> None:
    """An answer of an edge API, Nov 2022: the text is escaped for JSON."""
    template = '{"detail": "$context.error.validationErrorString", "message": $context.error.messageString}'
    responses = (GatewayResponse("BAD_REQUEST_BODY", None, (), (("application/json", template),)),)
    (answer,), _ = asked(replace(VALIDATING, gateway_responses=responses), request_of("POST /users", JSON, {}))
    detail = '[object has missing required properties (["name","price","type"])]'
    assert json.loads(answer.body) == {"detail": detail, "message": BODY}


KEY = ApiKey("partner", "id1", "partner-value-of-20-ch")
PLAN = UsagePlan("basic", (("keyed", "dev"),), ("partner",))
TEMPLATE = (("application/json", '{"statusCode": 200}'),)
OK = Mock(Mappings(request_templates=TEMPLATE, responses=(IntegrationResponse(200),)))
KEYED = RestApi(
    "keyed",
    "abcdef1234",
    (
        Method("GET", "/test", OK, MethodRequest(api_key_required=True)),
        Method("GET", "/proxy", LambdaProxy("f", "1.0", 29.0), MethodRequest(api_key_required=True)),
        Method("GET", "/open", OK),
    ),
    "dev",
    api_keys=(KEY,),
    usage_plans=(PLAN,),
)
SENT = f"x-api-key: {KEY.value}\r\n"
ELSEWHERE = replace(KEYED, usage_plans=(replace(PLAN, api_stages=(("keyed", "prod"),)),))
DISABLED = replace(KEYED, api_keys=(replace(KEY, enabled=False),))
SOURCE = "AWS: api-gateway-api-key-source"


@pytest.mark.parametrize(
    ("api", "path", "headers", "status"),
    [
        pytest.param(KEYED, "/test", "", 403, id=f"no-key {LOCALSTACK}"),
        pytest.param(KEYED, "/test", SENT, 200, id=f"key {LOCALSTACK}"),
        pytest.param(DISABLED, "/test", SENT, 403, id=f"off {LOCALSTACK}"),
        pytest.param(KEYED, "/test", "x-api-key: wrong-key-12345\r\n", 403, id="wrong-key an answer of Aug 2026"),
        pytest.param(ELSEWHERE, "/test", SENT, 403, id=f"plan-for-another-stage {SOURCE}"),
        pytest.param(KEYED, "/open", "", 200, id=f"no-key-required {SOURCE}"),
    ],
)
def test_api_keys(api: RestApi, path: str, headers: str, status: int) -> None:
    (answer,), _ = asked(api, request_of(f"GET {path}", headers, None))
    assert answer.status == status
    if status == 403:
        assert answer.body == b'{"message":"Forbidden"}'
        assert answer.values("x-amzn-errortype") == ["ForbiddenException"]


def test_the_function_gets_the_key() -> None:
    """AWS: API Gateway mapping template and access logging variable reference."""
    _, (event,) = asked(KEYED, request_of("GET /proxy", SENT, None))
    identity = event["requestContext"]["identity"]
    assert (identity["apiKey"], identity["apiKeyId"]) == (KEY.value, "id1")


@pytest.mark.parametrize(
    ("plan", "message", "error_type"),
    [
        pytest.param(
            replace(PLAN, quota=Quota(1, QuotaPeriod.MONTH)), "Limit Exceeded", "LimitExceededException",
            id="quota captured answers with LimitExceededException",
        ),
        pytest.param(
            replace(PLAN, throttle=Throttle(0.0001, 1)), "Too Many Requests", "TooManyRequestsException",
            id="throttle ministackorg/ministack#1746, measured on AWS",
        ),
    ],
)  # fmt: skip
def test_usage_plans(plan: UsagePlan, message: str, error_type: str) -> None:
    request = request_of("GET /test", SENT, None)
    (first, second), _ = asked(replace(KEYED, usage_plans=(plan,)), request, request)
    assert (first.status, second.status) == (200, 429)
    assert second.body.decode() == f'{{"message":"{message}"}}'
    assert second.values("x-amzn-errortype") == [error_type]
    assert second.values("retry-after") == []


def test_a_gateway_response_for_an_invalid_key() -> None:
    """AWS: x-amazon-apigateway-gateway-responses.gatewayResponse, its example."""
    response = GatewayResponse(
        "INVALID_API_KEY", 456, (("gatewayresponse.header.api-key", "method.request.header.api-key"),),
        (("application/json", '{"message": "Bad api-key" }'),),
    )  # fmt: skip
    request = request_of("GET /test", "x-api-key: wrong\r\napi-key: abc\r\n", None)
    (answer,), _ = asked(replace(KEYED, gateway_responses=(response,)), request)
    assert (answer.status, answer.body, answer.values("api-key")) == (456, b'{"message": "Bad api-key" }', ["abc"])
