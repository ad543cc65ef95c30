"""A REST API: resources, answers, refusals. Its events are in test_event.py."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.api_mapping import ApiMapping
from emulator.aws.integrations import IntegrationResponse, LambdaCall, LambdaProxy, Mappings, Mock, Mocked, NotEmulated
from emulator.aws.product import ANYONE, Caller, Preflight, Route
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.reserved_paths import HEALTHY
from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.aws.rest_api.method_request import MethodRequest, RequestValidator
from emulator.aws.rest_api.rest_api import Method, RestApi, path_inside_stage, resource_path_problem
from emulator.aws.usage_plans import ApiKey, UsagePlan
from emulator.messages import Headers, Request, Response
from products import STAMP

LAMBDA = LambdaProxy("f", "1.0", 29.0)
ROUTE = Route("GET /", "/", (), "/", f"Root={STAMP.trace_root}", LAMBDA)
SERVER_ERROR = '{"message": "Internal server error"}'
MISSING_TOKEN = '{"message":"Missing Authentication Token"}'


def api(*methods: str, binary: tuple[str, ...] = ()) -> RestApi:
    split = (method.split() for method in methods)
    return RestApi("admin", "abc123", tuple(Method(name, path, LAMBDA) for name, path in split), "dev", (), binary)


def refused(answer: object, status: int, body: str, error_type: str) -> Refusal:
    assert isinstance(answer, Refusal)
    headers = (("Content-Type", "application/json"), ("x-amzn-ErrorType", error_type))
    response = api().finish(Request("GET", "/"), None, answer, STAMP)
    assert replace(response, headers=response.headers[:-2]) == Response(status, headers, body.encode())
    return answer


def selected(gateway: RestApi, method: str, path: str) -> tuple[str, dict[str, str]] | None:
    answer = gateway.select_route(Request(method, path), STAMP)
    return (answer.key, dict(answer.parameters)) if isinstance(answer, Route) else None


@pytest.mark.parametrize(
    ("methods", "method", "path", "expected"),
    [
        pytest.param(
            ("GET /{proxy+}", "GET /{id}", "GET /a"), "GET", "/dev/a", ("GET /a", {}), id="static-param-greedy"
        ),
        pytest.param(
            ("POST /test", "OPTIONS /{proxy+}"),
            "OPTIONS",
            "/dev/test",
            ("OPTIONS /{proxy+}", {"proxy": "test"}),
            id="test_proxy_routing_with_hardcoded_resource_sibling",
        ),
        pytest.param(
            ("PATCH /users/me", "GET /users/{userId}"),
            "GET",
            "/dev/users/me",
            ("GET /users/{userId}", {"userId": "me"}),
            id="floci-3399-undeclared-method-falls-through",
        ),
        pytest.param(
            ("OPTIONS /a", "ANY /{proxy+}"),
            "POST",
            "/dev/a",
            ("ANY /{proxy+}", {"proxy": "a"}),
            id="ministack-1423-options-only-resource",
        ),
        pytest.param(
            ("GET /part1", "GET /part1/hardcoded-value", "GET /{param+}"),
            "GET",
            "/dev/part1/random",
            ("GET /{param+}", {"param": "part1/random"}),
            id="test_routing_with_hardcoded_resource_sibling_order",
        ),
        pytest.param(
            ("GET /a/{proxy+}", "GET /{x}/b"),
            "GET",
            "/dev/a/b",
            ("GET /a/{proxy+}", {"proxy": "b"}),
            id="literal-first-segment-decides",
        ),
        pytest.param(("ANY /a", "GET /a"), "GET", "/dev/a", ("GET /a", {}), id="method-over-any"),
        pytest.param(("ANY /a",), "PATCH", "/dev/a", ("ANY /a", {}), id="any"),
        pytest.param(("ANY /a",), "PROPFIND", "/dev/a", None, id="any-is-seven-methods"),
        pytest.param(("GET /a",), "HEAD", "/dev/a", None, id="GET-does-not-serve-HEAD"),
        pytest.param(("GET /a",), "GET", "/dev/a/", ("GET /a", {}), id="trailing-slash-ignored"),
        pytest.param(("GET /{p+}",), "GET", "/dev/a/b/", ("GET /{p+}", {"p": "a/b"}), id="greedy-drops-trailing-slash"),
        pytest.param(("GET /{p+}",), "GET", "/dev/a//b", ("GET /{p+}", {"p": "a//b"}), id="greedy-keeps-inner-slashes"),
        pytest.param(("GET /hard",), "GET", "/dev//hard", ("GET /hard", {}), id="leading-slashes-are-one"),
        pytest.param(("GET /hard",), "GET", "//dev/hard", ("GET /hard", {}), id="slashes-before-the-stage"),
        pytest.param(("GET /{proxy+}",), "GET", "/dev/", None, id="serverless-wsgi-20-proxy-is-not-the-root"),
        pytest.param(("GET /",), "GET", "/dev", ("GET /", {}), id="stage-without-slash-is-the-root"),
        pytest.param(("GET /{x}",), "GET", "/dev/a%20b", ("GET /{x}", {"x": "a%20b"}), id="parameters-stay-encoded"),
        pytest.param(("GET /{x}",), "GET", "/dev/a%2Fb", ("GET /{x}", {"x": "a%2Fb"}), id="encoded-slash-uncertain"),
        pytest.param(("GET /A",), "GET", "/dev/a", None, id="case-sensitive"),
    ],
)
def test_resource_selection(
    methods: tuple[str, ...], method: str, path: str, expected: tuple[str, dict[str, str]] | None
) -> None:
    """localstack/localstack, tests/aws/services/apigateway (test names in the ids), validated on AWS; others as
    named."""
    assert selected(api(*methods), method, path) == expected
    if expected is None:
        answer = api(*methods).select_route(Request(method, path), STAMP)
        said = refused(answer, 403, MISSING_TOKEN, "MissingAuthenticationTokenException")
        assert said.reason.startswith(f"no resource has the method {method} for /")


def test_a_match_carries_its_method() -> None:
    quick = LambdaProxy("f", "1.0", 3.0)
    gateway = RestApi("admin", "abc123", (Method("ANY", "/a/{x}", quick),), "dev")
    answer = gateway.select_route(Request("GET", "/dev/a/1"), STAMP)
    assert answer == Route("ANY /a/{x}", "/a/{x}", (("x", "1"),), "/a/1", f"Root={STAMP.trace_root}", quick)


def test_a_bad_resource_path_is_a_broken_configuration() -> None:
    with pytest.raises(ValueError, match="must not end"):
        api("GET /a/")


@pytest.mark.parametrize("path", ["/", "/a", "/devil/a", "/prod", "/dev%2Fa"])
def test_outside_the_stage(path: str) -> None:
    """An unknown or missing stage is Forbidden."""
    answer = api("ANY /{proxy+}").select_route(Request("GET", path), STAMP)
    said = refused(answer, 403, '{"message":"Forbidden"}', "ForbiddenException")
    assert said.kind is RefusalKind.OUTSIDE_STAGE
    assert "start it with /dev" in said.reason


@pytest.mark.parametrize(
    ("raw", "inside"),
    [
        ("/dev", "/"),
        ("/dev/", "/"),
        ("/dev/a/", "/a/"),
        ("/dev//a", "/a"),
        ("//dev/a//b", "/a//b"),
        ("/other/a", None),
    ],
)
def test_path_inside_stage(raw: str, inside: str | None) -> None:
    """localstack/localstack, test_lambda_aws_proxy_integration, validated on AWS."""
    assert path_inside_stage(raw, "dev") == inside


@pytest.mark.parametrize(
    ("key", "raw", "expected"),
    [
        ("", "/items/1", ("GET /items/{id}", "/items/1")),
        ("", "/dev/items/1", None),
        ("shop", "/shop/items/1", ("GET /items/{id}", "/shop/items/1")),
        ("shop", "/shop//items/1/", ("GET /items/{id}", "/shop//items/1/")),
        ("shop", "/shop/dev/items/1", None),
        ("shop/v1", "/shop/v1", ("GET /", "/shop/v1")),
    ],
)
def test_below_a_base_path(key: str, raw: str, expected: tuple[str, str] | None) -> None:
    """The base path is seen in the event's path and the stage is not (localstack/localstack#12296, measured on AWS;
    pahud/lambda-gin-refarch#1; AWS re:Post, api-gateway-403-custom-domain, of a stage in the path)."""
    gateway = replace(api("GET /", "GET /items/{id}"), mapping=ApiMapping("api.example.com", key))
    answer = gateway.select_route(Request("GET", raw), STAMP)
    if expected is None:
        refused(answer, 403, MISSING_TOKEN, "MissingAuthenticationTokenException")
        return
    assert isinstance(answer, Route)
    assert (answer.key, answer.path) == expected


def test_of_no_base_path() -> None:
    """amplify-education/serverless-domain-manager#241."""
    gateway = replace(api("GET /items"), mapping=ApiMapping("api.example.com", "shop"))
    answer = gateway.select_route(Request("GET", "/dev/items"), STAMP)
    said = refused(answer, 403, '{"message":"Forbidden"}', "ForbiddenException")
    assert said.reason == "the path /dev/items is of no base path: start it with /shop"
    assert (gateway.base_path, gateway.path_inside("/items")) == ("/shop", None)
    assert replace(gateway, mapping=None).base_path == "/dev"


@given(st.binary().map(lambda raw: raw.decode("latin-1")))
def test_any_path_gets_an_answer(raw: str) -> None:
    for path in (f"/{raw}", f"/dev/{raw}"):
        api("GET /{a}/{b}", "GET /x/{proxy+}").select_route(Request("GET", path), STAMP)


def test_method_override() -> None:
    """AWS: Amazon API Gateway important notes."""
    request = Request("POST", "/dev/a", headers=(("x-http-method-override", "PATCH"),))
    answer = api("PATCH /a").select_route(request, STAMP)
    assert isinstance(answer, Route)
    refused(api("POST /a").select_route(request, STAMP), 403, MISSING_TOKEN, "MissingAuthenticationTokenException")


@pytest.mark.parametrize("authorization", ["Bearer abc.def.ghi", "Basic dXNlcjpwYXNz", "token", "\u00e9\u00ff"])
def test_an_unknown_route_with_a_token_complains_of_the_signature(authorization: str) -> None:
    """DataBiosphere/azul#7470; what is hashed is uncertain."""
    request = Request("GET", "/dev/a", headers=(("Authorization", authorization),))
    answer = api("GET /b").select_route(request, STAMP)
    assert isinstance(answer, Refusal)
    response = api().finish(request, None, answer, STAMP)
    message = json.loads(response.body)["message"]
    assert message.startswith(
        "Invalid key=value pair (missing equal-sign) in Authorization header "
        "(hashed with SHA-256 and encoded with Base64): '"
    )
    assert message.endswith("='.")
    assert response.header("x-amzn-errortype") == "IncompleteSignatureException"
    assert "no resource has the method GET for /a" in answer.reason


def test_an_unknown_route_with_a_signature_misses_its_token() -> None:
    headers = (("Authorization", "AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=y"),)
    answer = api("GET /b").select_route(Request("GET", "/dev/a", headers=headers), STAMP)
    refused(answer, 403, MISSING_TOKEN, "MissingAuthenticationTokenException")


def test_a_body_above_10_mb() -> None:
    """koki-develop/lgtm-generator#10, recorded from AWS: plain text and no x-amzn headers."""
    request = Request("POST", "/dev/a", body=bytes(10 * 1024 * 1024 + 1))
    gateway = api("POST /a")
    answer = gateway.admit(request)
    assert isinstance(answer, Refusal)
    assert gateway.finish(request, None, answer, STAMP) == Response(
        413, (("Content-Type", "text; charset=utf-8"),), b"HTTP content length exceeded 10485760 bytes."
    )
    assert gateway.admit(replace(request, body=request.body[1:])) is None


def test_the_health_check_is_no_api_of_ours() -> None:
    """AWS: Amazon API Gateway important notes; serverless/examples#667; no gateway response applies (uncertain)."""
    gateway = replace(api("GET /ping"), gateway_responses=(GatewayResponse("DEFAULT_4XX", 444),))
    answer = gateway.admit(Request("GET", "/ping"))
    assert isinstance(answer, Refusal)
    assert gateway.finish(Request("GET", "/ping"), None, answer, STAMP) == HEALTHY
    assert gateway.admit(Request("GET", "/dev/ping")) is None


def test_an_integration_that_is_not_emulated() -> None:
    route = replace(ROUTE, integration=NotEmulated("a queue"))
    answer = api("POST /a").integrate(Request("POST", "/dev/a"), route, STAMP)
    assert answer == Refusal(RefusalKind.NOT_EMULATED, "a queue is not emulated")


def test_an_event_above_6_mb() -> None:
    """koki-develop/lgtm-generator#10, recorded from AWS."""
    request = Request("POST", "/dev/a", body=b"x" * 6 * 1024 * 1024)
    gateway = api("POST /a")
    answer = gateway.integrate(request, ROUTE, STAMP)
    said = refused(answer, 413, '{"message": "Request Too Long"}', "BadRequestException")
    assert "bytes; Lambda takes 6 MB" in said.reason
    assert isinstance(gateway.integrate(replace(request, body=request.body[2000:]), ROUTE, STAMP), LambdaCall)


JSON = ("content-type", "application/json")


@pytest.mark.parametrize(
    ("payload", "response"),
    [
        pytest.param(b'{"statusCode":200}', Response(200, (JSON,)), id="status-only"),
        pytest.param(b"{}", Response(200, (JSON,)), id="empty-object"),
        pytest.param(b'{"headers":{"a":"b"}}', Response(200, (("a", "b"), JSON)), id="no-status"),
        pytest.param(b'{"statusCode":200,"headers":null}', Response(200, (JSON,)), id="null-headers"),
        pytest.param(b'{"headers":{"a":true}}', Response(200, (("a", "true"), JSON)), id="boolean-header"),
        pytest.param(b'{"headers":{"a":0}}', Response(200, (("a", "0"), JSON)), id="number-header-uncertain"),
        pytest.param(b'{"statusCode":"201"}', Response(201, (JSON,)), id="numeric-string"),
        pytest.param(
            b'{"headers":{"a":"solo"},"multiValueHeaders":{"A":["multi"]}}',
            Response(200, (("A", "multi"), ("a", "solo"), JSON)),
            id="multi-then-single",
        ),
    ],
)
def test_responses(payload: bytes, response: Response) -> None:
    """localstack/localstack, test_aws_proxy_response_payload_format_validation, test_lambda_aws_proxy_response_format,
    validated on AWS."""
    assert api().read_payload(payload, Request("GET", "/dev/"), ROUTE) == response


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        pytest.param(b'{"statusCode":"test"}', "statusCode test", id="status-not-numeric"),
        pytest.param(b'{"statusCode":0}', "statusCode 0", id="dotnet-V1_HandlesZeroStatusCodeRest"),
        pytest.param(b'{"statusCode":200,"wrongValue":1}', "the key wrongValue", id="unknown-key"),
        pytest.param(b'{"statusCode":200,"cookies":[]}', "the key cookies", id="lamby-78-cookies"),
        pytest.param(b'"text"', "a string (text)", id="string"),
        pytest.param(b'{"statusCode":200,"body":{"a":1}}', "use json.dumps(body)", id="lambda-proxy-59-body-object"),
        pytest.param(b'{"multiValueHeaders":{"a":"b"}}', "multiValueHeaders.a", id="multi-value-not-a-list"),
        pytest.param(b'{"headers":{"a":"b\\r\\nc: d"}}', "line break", id="header-injection"),
        pytest.param(b'{"headers":{"a b":"c"}}', "header name 'a b'", id="header-name"),
        pytest.param(b"{", "not JSON", id="invalid-json"),
    ],
)
def test_malformed_responses_are_502(payload: bytes, words: str) -> None:
    """localstack/localstack, test_aws_proxy_response_payload_format_validation, validated on AWS; others as named."""
    answer = api().read_payload(payload, Request("GET", "/dev/"), ROUTE)
    assert words in refused(answer, 502, SERVER_ERROR, "InternalServerErrorException").reason


BASE64 = b'{"body":"AQID","isBase64Encoded":true}'


@pytest.mark.parametrize(
    ("binary", "accept", "decoded"),
    [
        ("image/png", "image/png", True),
        ("image/png", "image/png,image/*,*/*;q=0.8", True),
        ("Image/PNG", "image/png", True),
        ("image/png", "image/webp,image/png", False),
        ("image/png", "image/*", False),
        ("image/png", "*/*", False),
        ("image/png", None, False),
        ("application/*", "application/whatever", True),
        ("application/*", "application/*", True),
        ("*/test", "image/test", False),
        ("*/*", "text/html", True),
        ("*/*", None, True),
    ],
)
def test_base64_is_decoded_for_a_binary_first_accept(binary: str, accept: str | None, decoded: bool) -> None:
    """localstack/localstack, test_lambda_aws_proxy_binary_response, validated on AWS; */*: AWS, Return binary media
    from a Lambda proxy integration."""
    headers: Headers = () if accept is None else (("Accept", accept),)
    answer = api(binary=(binary,)).read_payload(BASE64, Request("GET", "/dev/", headers=headers), ROUTE)
    assert isinstance(answer, Response)
    assert answer.body == (b"\x01\x02\x03" if decoded else b"AQID")


def test_bad_base64_is_500() -> None:
    """localstack/localstack, test_lambda_aws_proxy_binary_response, validated on AWS."""
    answer = api(binary=("*/*",)).read_payload(b'{"body":"?","isBase64Encoded":true}', Request("GET", "/dev/"), ROUTE)
    assert "not base64" in refused(answer, 500, SERVER_ERROR, "InternalServerErrorException").reason


REMAPPED = (
    "Authorization", "Connection", "Content-Length", "Content-MD5", "Date", "Expect", "Host", "Max-Forwards",
    "Proxy-Authenticate", "Server", "Trailer", "Upgrade", "User-Agent", "WWW-Authenticate",
)  # fmt: skip


def test_remapped_response_headers() -> None:
    """WWW-Authenticate: dherault/serverless-offline#236; Authorization: aws/aws-sam-cli#696; the full list is recorded
    for non-proxy integrations (localstack/localstack, test_apigateway_header_remapping_http) and uncertain here."""
    passed = {"Access-Control-Allow-Origin": "*", "Set-Cookie": "a=1", "Via": "x", "TE": "x", "Content-Type": "a/b"}
    payload = {"headers": {**dict.fromkeys(REMAPPED, "x"), **passed, "Transfer-Encoding": "chunked"}}
    answer = api().read_payload(json.dumps(payload).encode(), Request("GET", "/dev/"), ROUTE)
    assert isinstance(answer, Response)
    remapped = tuple((f"x-amzn-Remapped-{name}", "x") for name in REMAPPED)
    assert answer.headers == (*remapped, *passed.items())


def test_no_cors_of_its_own() -> None:
    """AWS: CORS for REST APIs in API Gateway."""
    request = Request("GET", "/dev/a", headers=(("Origin", "https://app.example"),))
    response = Response(200, (("Access-Control-Allow-Origin", "*"),))
    answers = (Preflight(response), response, Refusal(RefusalKind.INTEGRATION_TIMEOUT, "why"))
    seen = [api().finish(request, ROUTE, answer, STAMP).header("access-control-allow-origin") for answer in answers]
    assert seen == ["*", "*", None]


def test_request_ids() -> None:
    """aws/aws-lambda-dotnet, V1_CombinesSingleAndMultiValueHeadersRest; localstack/localstack,
    test_invocation_trace_id."""
    response = api().finish(Request("GET", "/dev/"), ROUTE, Response(200, (("a", "b"),), b"x"), STAMP)
    assert response == Response(
        200,
        (
            ("a", "b"),
            ("x-amzn-RequestId", "7c2af7db-31f3-42b5-8a6d-9ffc74e3b9e0"),
            ("x-amz-apigw-id", "ATfSmjLgPHcESJw="),
            ("X-Amzn-Trace-Id", "Root=1-6a5145a9-1bae89e2512ec92d5d9438a0;Parent=7c2af7db31f342b5;Sampled=0"),
        ),
        b"x",
    )


@pytest.mark.parametrize(
    "kind", [RefusalKind.FUNCTION_ERROR, RefusalKind.OUTSIDE_STAGE, RefusalKind.INTEGRATION_TIMEOUT]
)
def test_the_gateways_own_errors_have_no_trace_id(kind: RefusalKind) -> None:
    """Recordings of AWS have none, or `Root=` alone: uncertain."""
    sent = Request("GET", "/dev/", headers=(("x-amzn-trace-id", "Root=1-3152b799-8954dae64eda91bc9a23a7e8"),))
    response = api().finish(sent, ROUTE, Refusal(kind, "why"), STAMP)
    names = [name for name, _ in response.headers]
    assert names == ["Content-Type", "x-amzn-ErrorType", "x-amzn-RequestId", "x-amz-apigw-id"]


def test_the_gateways_own_errors_are_as_its_gateway_responses_say() -> None:
    """What each says is tested in test_gateway_responses.py."""
    entry = GatewayResponse("DEFAULT_5XX", 599, (("gatewayresponse.header.x-stage", "context.stage"),))
    response = replace(api(), gateway_responses=(entry,)).finish(
        Request("GET", "/dev/"), ROUTE, Refusal(RefusalKind.FUNCTION_ERROR, "why"), STAMP
    )
    assert (response.status, response.header("x-stage"), response.header("x-amz-apigw-id")) == (
        599,
        "dev",
        STAMP.extended_request_id,
    )


def test_which_gateway_response_applies() -> None:
    """localstack/localstack, test_gateway_response_put: its own entry where there is one, else its family's."""
    timeout, large = (Refusal(kind, "why") for kind in (RefusalKind.INTEGRATION_TIMEOUT, RefusalKind.BODY_TOO_LARGE))
    own = replace(api(), gateway_responses=(GatewayResponse("INTEGRATION_TIMEOUT"), GatewayResponse("DEFAULT_4XX")))
    request = Request("GET", "/dev/")
    assert api().response_type_of(timeout, request) == "DEFAULT_5XX"
    assert own.response_type_of(timeout, request) == "INTEGRATION_TIMEOUT"
    assert own.response_type_of(Refusal(RefusalKind.MISSING_AUTHENTICATION_TOKEN, ""), request) == "DEFAULT_4XX"
    assert own.response_type_of(large, request) is None


def test_a_type_wildcard_in_binary_media_types_never_decodes() -> None:
    """localstack/localstack, test_aws_proxy_binary_response, validated on AWS."""
    wildcard = RestApi("api", "abcdef1234", (), "dev", binary_media_types=("*/test",))
    payload = b'{"statusCode":200,"isBase64Encoded":true,"body":"AQID"}'
    answer = wildcard.read_payload(payload, Request("GET", "/dev/", headers=(("Accept", "*/test"),)), ROUTE)
    assert isinstance(answer, Response)
    assert answer.body == b"AQID"


@pytest.mark.parametrize(
    ("path", "words"),
    [("/", None), ("/a/{b}/{c+}", None), ("/a/", "must not end"), ("a", 'write "/a"'), ("/{a+}/b", "last segment")],
)
def test_resource_path_problem(path: str, words: str | None) -> None:
    problem = resource_path_problem(path)
    assert (problem is None) if words is None else (problem is not None and words in problem)


@pytest.mark.parametrize(("size", "is_admitted"), [(10_240, True), (10_241, False)])
def test_a_head_above_the_quota_is_refused(size: int, is_admitted: bool) -> None:
    """AWS: Amazon API Gateway quotas. What counts and how it is answered are uncertain."""
    value = "v" * (size - len("GET" + "/x" + "a"))
    answer = api().admit(Request("GET", "/x", headers=(("a", value),)))
    if is_admitted:
        assert answer is None
    else:
        said = '{"message":"Request Header Fields Too Large"}'
        refused(answer, 431, said, "RequestHeaderFieldsTooLargeException")


def test_what_a_product_tells_of_itself() -> None:
    gateway = api("GET /x")
    assert (gateway.product, gateway.route_keys) == ("REST API", ("GET /x",))
    assert (gateway.cors, gateway.cors_methods) == (None, frozenset())
    inside, outside = f"/{gateway.stage}/a%20b/", "/nowhere/x"
    assert [gateway.path_inside(path) for path in (inside, f"/{gateway.stage}", outside)] == ["/a%20b", "/", None]
    assert [gateway.takes_method(method) for method in ("PATCH", "PURGE")] == [True, False]
    assert [gateway.takes_literal(segment) for segment in ("a:b", "", "a b")] == [True, False, False]


def test_a_mock_integration_answers_without_a_call() -> None:
    """Its answer has the ids and no trace id (localstack/localstack, test_invocation_trace_id, validated on AWS)."""
    responses = (IntegrationResponse(204, "", (("method.response.header.Vary", "'Origin'"),)),)
    mock = Mock(Mappings(request_templates=(("application/json", "{statusCode: 200}"),), responses=responses))
    gateway = RestApi("orders", "abc123", (Method("OPTIONS", "/x", mock),), "dev")
    request = Request("OPTIONS", "/dev/x")
    route = gateway.select_route(request, STAMP)
    assert isinstance(route, Route)
    answer = gateway.integrate(request, route, STAMP)
    assert isinstance(answer, Mocked)
    ids = (("x-amzn-RequestId", STAMP.request_id), ("x-amz-apigw-id", STAMP.extended_request_id))
    headers = (("Content-Type", "application/json"), ("Vary", "Origin"), *ids)
    assert gateway.finish(request, route, answer, STAMP) == Response(204, headers)


KEY = ApiKey("partner", "id1", "partner-value")
PLAN = UsagePlan("basic", (("admin", "dev"),), ("partner",))
VALIDATING = MethodRequest(
    (("method.request.header.x", True),), validator=RequestValidator("v", validate_request_parameters=True)
)
ASKING = RestApi(
    "admin",
    "abc123",
    (
        Method("GET", "/keyed", LAMBDA, MethodRequest(api_key_required=True)),
        Method("ANY", "/valid", LAMBDA, VALIDATING),
        Method("GET", "/open", LAMBDA),
    ),
    "dev",
    api_keys=(KEY,),
    usage_plans=(PLAN,),
)


def asked(method: str, path: str, headers: Headers = ()) -> tuple[Caller | Refusal, Refusal | None]:
    request = Request(method, path, headers=headers)
    route = ASKING.select_route(request, STAMP)
    assert isinstance(route, Route)
    return ASKING.authorize(request, route, STAMP), ASKING.validate(request, route)


def test_a_method_that_requires_an_api_key() -> None:
    caller, refusal = asked("GET", "/dev/keyed")
    refused(caller, 403, '{"message":"Forbidden"}', "ForbiddenException")
    assert refusal is None
    assert asked("GET", "/dev/keyed", (("x-api-key", "partner-value"),))[0] == Caller(KEY, PLAN)


def test_a_method_that_validates_its_parameters() -> None:
    caller, refusal = asked("PUT", "/dev/valid")
    assert caller is ANYONE
    refused(refusal, 400, '{"message": "Missing required request parameters: [x]"}', "BadRequestException")
    assert asked("PUT", "/dev/valid", (("X", "1"),)) == (ANYONE, None)


def test_a_method_that_asks_nothing() -> None:
    assert asked("GET", "/dev/open") == (ANYONE, None)
