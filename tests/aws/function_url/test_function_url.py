"""A Lambda function URL; its events are in test_event.py, its CORS headers in test_cors.py. Sources: AWS, Invoking
Lambda function URLs, and recordings where it is silent."""

import re
from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl, before_cors
from emulator.aws.integrations import LambdaCall, LambdaProxy
from emulator.aws.product import ANYONE, Outcome, Preflight, Route
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.messages import Headers, Request, Response
from products import STAMP

APP = "https://app.example"
CORS = CorsConfiguration(
    allow_origins=(APP,),
    allow_methods=("POST", "GET"),
    allow_headers=("X-Token", "Content-Type"),
    expose_headers=("X-Total",),
    allow_credentials=True,
    max_age=600,
)
PREFLIGHT = (("Origin", APP), ("Access-Control-Request-Method", "PUT"))


def url(cors: CorsConfiguration | None = None) -> FunctionUrl:
    return FunctionUrl("upload", "urlid", "f", cors)


def refused(answer: object, response: Response) -> Refusal:
    assert isinstance(answer, Refusal)
    assert before_cors(answer) == response
    return answer


ROUTE = Route("$default", "$default", (), "/", f"Root={STAMP.trace_root}", LambdaProxy("f"))
FUNCTION_ERROR = Response(502, (("content-type", "text/plain; charset=utf-8"),), b"Internal Server Error")


@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("OPTIONS", "/"), ("PROPFIND", "/a//b/%2F/")])
def test_everything_reaches_the_function(method: str, path: str) -> None:
    route = url().select_route(Request(method, path), STAMP)
    integration = LambdaProxy("f", timeout_s=900.0)
    assert route == Route("$default", "$default", (), path, f"Root={STAMP.trace_root}", integration)


def test_too_large_requests() -> None:
    """AWS: Lambda quotas (6 MB); the wording at a function URL is uncertain."""
    body = b'{"Message":"Request must be smaller than 6291456 bytes for the InvokeFunction operation"}'
    headers = (("content-type", "application/json"), ("x-amzn-ErrorType", "RequestTooLargeException"))
    request = Request("POST", "/", body=bytes(10 * 1024 * 1024 + 1))
    refused(url().admit(request), Response(413, headers, body))
    smaller = replace(request, body=bytes(6 * 1024 * 1024))
    assert url().admit(smaller) is None
    answer = url().integrate(smaller, ROUTE, STAMP)
    assert "Lambda takes 6 MB" in refused(answer, Response(413, headers, body)).reason
    fits = Request("POST", "/", headers=(("content-type", "text/plain"),), body=b"x" * (6 * 1024 * 1024 - 2000))
    assert isinstance(url().integrate(fits, ROUTE, STAMP), LambdaCall)


JSON = (("content-type", "application/json"),)


@pytest.mark.parametrize(
    ("payload", "response"),
    [
        pytest.param(b'{"hello": "world"}', Response(200, JSON, b'{"hello":"world"}'), id="dict"),
        pytest.param(b'["hello", 3, true]', Response(200, JSON, b'["hello",3,true]'), id="list-mixed"),
        pytest.param(
            b'{"statusCode":200,"body":"{\\"hello\\": 1}"}',
            Response(200, JSON, b'{"hello": 1}'),
            id="http-response-json",
        ),
        pytest.param(b"42", Response(200, JSON, b"42"), id="number"),
        pytest.param(b"true", Response(200, JSON, b"true"), id="boolean"),
        pytest.param(b'"hello"', Response(200, JSON, b"hello"), id="string"),
        pytest.param(b'{"statusCode":200,"body":"hi"}', Response(200, JSON, b"hi"), id="default-content-type"),
        pytest.param(b'{"statusCode":"418"}', Response(418, JSON), id="numeric-string-status"),
        pytest.param(
            b'{"statusCode":200,"cookies":["a=1"],"headers":{"Content-Type":"a/b","Date":"x"}}',
            Response(200, (("set-cookie", "a=1"), ("Content-Type", "a/b"))),
            id="cookies-and-own-date",
        ),
    ],
)
def test_responses(payload: bytes, response: Response) -> None:
    """localstack/localstack, test_lambda_url_invocation, test_lambda_url_headers_and_status, validated on AWS."""
    assert url().read_payload(payload, Request("GET", "/"), ROUTE) == response


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (b'{"statusCode":200,"body":[1]}', "an array ([1])"),
        (b'{"statusCode":99}', "statusCode 99"),
        (b'{"statusCode":200,"headers":{"a":"b\\nc"}}', "line break"),
    ],
)
def test_malformed_responses(payload: bytes, words: str) -> None:
    """Uncertain on AWS: answered as a function error."""
    answer = url().read_payload(payload, Request("GET", "/"), ROUTE)
    assert words in refused(answer, FUNCTION_ERROR).reason


def test_failed_integrations() -> None:
    """Function error: localstack/localstack, test_lambda_url_invocation_exception, validated on AWS. Throttled: AWS,
    Invoking Lambda function URLs (429); its body is uncertain."""
    refused(Refusal(RefusalKind.FUNCTION_ERROR, "why"), FUNCTION_ERROR)
    refused(Refusal(RefusalKind.INTEGRATION_TIMEOUT, "why"), FUNCTION_ERROR)
    throttled = before_cors(Refusal(RefusalKind.FUNCTION_THROTTLED, "why"))
    assert throttled.status == 429
    assert throttled.header("x-amzn-errortype") == "TooManyRequestsException"


def test_www_authenticate_is_renamed() -> None:
    """Seen on live function URLs; an HTTP API leaves it alone (test_http_api.py)."""
    payload = b'{"statusCode":401,"headers":{"WWW-Authenticate":"Basic","content-type":"a/b","X-WWW-Authenticate":"x"}}'
    answer = url().read_payload(payload, Request("GET", "/"), ROUTE)
    assert isinstance(answer, Response)
    assert answer.headers == (
        ("x-amzn-Remapped-www-authenticate", "Basic"),
        ("content-type", "a/b"),
        ("X-WWW-Authenticate", "x"),
    )


def preflighted(cors: CorsConfiguration, headers: Headers = PREFLIGHT) -> Response:
    request = Request("OPTIONS", "/", headers=headers)
    answer = url(cors).select_route(request, STAMP)
    assert isinstance(answer, Preflight)
    return finish(url(cors), request, answer)


def finish(gateway: FunctionUrl, request: Request, outcome: Outcome) -> Response:
    """What goes on the wire, without the ids."""
    response = gateway.finish(request, None, outcome, STAMP)
    return replace(response, headers=tuple(pair for pair in response.headers if not pair[0].lower().startswith("x-am")))


def test_it_answers_preflights_with_the_configured_headers() -> None:
    """rimutaka/posts, lambda-url-with-cloudfront, recorded 2024-08-08: status, content type, no body, Vary, whole lists
    with a comma and no space; names in lower case: go-to-k/cdk-real-drift#874. The lists' order is uncertain."""
    assert preflighted(CORS) == Response(
        200,
        (
            ("Access-Control-Allow-Origin", APP),
            ("Access-Control-Allow-Headers", "x-token,content-type"),
            ("Access-Control-Allow-Methods", "POST,GET"),
            ("Access-Control-Allow-Credentials", "true"),
            ("Access-Control-Max-Age", "600"),
            ("Vary", "Origin"),
            *JSON,
        ),
    )


def test_a_list_in_one_entry_of_allow_headers_spoils_every_preflight() -> None:
    """rimutaka/posts, lambda-url-with-cloudfront; CodeGenieApp/serverless-express#508."""
    cors = replace(CORS, allow_headers=("x-token", "Content-Type,Authorization"))
    assert preflighted(cors) == preflighted(cors, (*PREFLIGHT, ("Access-Control-Request-Headers", "x-token")))
    assert preflighted(cors) == Response(200, JSON)
    assert actual(cors)[0] == ("Access-Control-Allow-Origin", APP)


def test_a_preflight_has_no_trace_id() -> None:
    """rimutaka/posts, lambda-url-with-cloudfront, recorded 2024-08-08."""
    preflight = Preflight(Response(200))
    response = url(CORS).finish(Request("OPTIONS", "/"), None, preflight, STAMP)
    assert response.headers == (("x-amzn-RequestId", "7c2af7db-31f3-42b5-8a6d-9ffc74e3b9e0"),)


@pytest.mark.parametrize(
    ("cors", "headers"),
    [
        pytest.param(None, PREFLIGHT, id="no-cors-configured"),
        pytest.param(CORS, PREFLIGHT[:1], id="no-requested-method"),
        pytest.param(CORS, PREFLIGHT[1:], id="no-origin"),
    ],
)
def test_other_options_reach_the_function(cors: CorsConfiguration | None, headers: Headers) -> None:
    assert isinstance(url(cors).select_route(Request("OPTIONS", "/", headers=headers), STAMP), Route)


def actual(cors: CorsConfiguration | None, own: Headers = (), origin: str | None = APP) -> Headers:
    headers: Headers = () if origin is None else (("Origin", origin),)
    return finish(url(cors), Request("GET", "/", headers=headers), Response(200, own)).headers


def test_configured_headers_and_the_functions_own_are_both_sent() -> None:
    """aws-powertools/powertools-lambda-python#4163: `contains multiple values`."""
    own = (("Access-Control-Allow-Origin", "*"), ("content-type", "a/b"))
    assert actual(CORS, own) == (
        ("Access-Control-Allow-Origin", APP),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Expose-Headers", "x-total"),
        ("Vary", "Origin"),
        *own,
    )


def test_a_foreign_origin_gets_the_functions_headers_only() -> None:
    assert actual(CORS, (("a", "b"),), "https://evil.example") == (("a", "b"),)


def test_without_cors_the_functions_headers_are_all() -> None:
    assert actual(None, (("Access-Control-Allow-Origin", "*"),)) == (("Access-Control-Allow-Origin", "*"),)


def test_errors_carry_cors_headers_too() -> None:
    """AWS: Invoking Lambda function URLs, "all responses"; for its own errors uncertain."""
    request = Request("GET", "/", headers=(("Origin", APP),))
    response = finish(url(CORS), request, Refusal(RefusalKind.FUNCTION_ERROR, "why"))
    assert (response.status, response.header("access-control-allow-origin")) == (502, APP)


def test_request_ids() -> None:
    """localstack/localstack, lambda function URL snapshots: x-amzn-requestid is Lambda's own; no apigw-requestid.
    rimutaka/posts, lambda-url-with-cloudfront: the trace's keys are in lower case."""
    answer = Response(200, (), b"x")
    response = url().finish(Request("GET", "/"), None, answer, STAMP)
    assert (response.status, response.body) == (200, b"x")
    (request_id, (name, trace)) = response.headers
    assert request_id == ("x-amzn-RequestId", "7c2af7db-31f3-42b5-8a6d-9ffc74e3b9e0")
    assert name == "X-Amzn-Trace-Id"
    assert re.fullmatch(
        r"root=1-6a5145a9-1bae89e2512ec92d5d9438a0;parent=7c2af7db31f342b5;sampled=0;lineage=1:[0-9a-f]{8}:0", trace
    )
    assert url().finish(Request("GET", "/"), None, answer, STAMP) == response


def test_what_a_product_tells_of_itself() -> None:
    told = url()
    assert (told.product, told.stage, told.route_keys) == ("function URL", "$default", ("$default",))
    assert told.cors_methods == {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "*"}
    assert (told.path_inside("/a%20b"), told.base_path) == ("/a%20b", "")
    assert told.takes_method("PURGE")
    assert told.takes_literal("{x}")


def test_it_lets_everyone_in() -> None:
    assert url().authorize(Request("GET", "/"), ROUTE, STAMP) is ANYONE
    assert url().validate(Request("GET", "/"), ROUTE) is None
