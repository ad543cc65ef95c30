"""An HTTP API: routes, answers, refusals. Its events are in test_event.py."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.api_mapping import ApiMapping
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import (
    ConfiguredRoute,
    HttpApi,
    before_cors,
    conflicting,
    http_api_path,
    route_key_problem,
)
from emulator.aws.integrations import LambdaCall, LambdaProxy, NotEmulated
from emulator.aws.product import ANYONE, Caller, Preflight, Route
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.reserved_paths import HEALTHY
from emulator.messages import Request, Response
from products import STAMP, a_route
from tokens import token, users

APP = "https://app.example"
CORS = CorsConfiguration(allow_origins=(APP,), allow_methods=("GET", "PUT"), allow_headers=("content-type",))
PREFLIGHT = (("Origin", APP), ("Access-Control-Request-Method", "PUT"))


def api(*route_keys: str, stage: str = "$default", cors: CorsConfiguration | None = None) -> HttpApi:
    return HttpApi(
        "shop", "abc123", tuple(ConfiguredRoute(key, LambdaProxy("f")) for key in route_keys), stage, cors=cors
    )


def selected(gateway: HttpApi, method: str, path: str) -> tuple[str, dict[str, str]] | None:
    answer = select(gateway, Request(method, path))
    return (answer.key, dict(answer.parameters)) if isinstance(answer, Route) else None


def select(gateway: HttpApi, request: Request) -> Route | Preflight | Refusal:
    return gateway.select_route(request, STAMP)


def finish(gateway: HttpApi, request: Request, outcome: Response | Preflight | Refusal) -> Response:
    """What goes on the wire, without the request id."""
    response = gateway.finish(request, None, outcome, STAMP)
    assert response.headers[-1] == ("apigw-requestid", STAMP.extended_request_id)
    return replace(response, headers=response.headers[:-1])


def refused(answer: object, status: int, body: str) -> Refusal:
    assert isinstance(answer, Refusal)
    assert before_cors(answer) == Response(status, (("content-type", "application/json"),), body.encode())
    return answer


NOT_FOUND = '{"message":"Not Found"}'
SERVER_ERROR = '{"message":"Internal Server Error"}'

DOGS = ("GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default")
"""The routes of AWS: Create routes for HTTP APIs, and those around them."""


@pytest.mark.parametrize(
    ("route_keys", "method", "path", "expected"),
    [
        pytest.param(DOGS, "GET", "/pets/dog/1", ("GET /pets/dog/1", {}), id="static-over-variable"),
        pytest.param(DOGS, "GET", "/pets/dog/2", ("GET /pets/dog/{id}", {"id": "2"}), id="full-match-over-greedy"),
        pytest.param(DOGS, "GET", "/pets/cat/1", ("GET /pets/{proxy+}", {"proxy": "cat/1"}), id="longest-prefix"),
        pytest.param(DOGS, "POST", "/pets/5", ("ANY /{proxy+}", {"proxy": "pets/5"}), id="any-method"),
        pytest.param(DOGS, "GET", "/", ("$default", {}), id="default-takes-the-root"),
        pytest.param(("GET /a", "ANY /a"), "GET", "/a", ("GET /a", {}), id="exact-method-over-any"),
        pytest.param(("GET /a", "ANY /a"), "PUT", "/a", ("ANY /a", {}), id="any-for-the-rest"),
        pytest.param(
            ("ANY /a/b", "GET /a/{proxy+}"), "GET", "/a/b", ("ANY /a/b", {}), id="full-any-over-greedy-uncertain"
        ),
        pytest.param(
            ("GET /a/{proxy+}", "GET /{x}/b"), "GET", "/a/b", ("GET /{x}/b", {"x": "a"}), id="full-over-longer-prefix"
        ),
        pytest.param(("GET /a/{proxy+}",), "GET", "/a", None, id="greedy-needs-a-segment"),
        pytest.param(("GET /a",), "GET", "/a/", None, id="trailing-slash-uncertain"),
        pytest.param(("GET /a",), "HEAD", "/a", None, id="HEAD-is-not-GET"),
        pytest.param(("GET /a",), "POST", "/a", None, id="wrong-method-is-404"),
        pytest.param(("GET /{x}/thing",), "GET", "/a%2Fb/thing", None, id="encoded-slash-divides"),
        pytest.param(("GET /caf\u00e9",), "GET", "/caf%C3%A9", ("GET /caf\u00e9", {}), id="matched-decoded"),
        pytest.param(("GET /{x}",), "GET", "/a%20b", ("GET /{x}", {"x": "a b"}), id="parameters-decoded"),
    ],
)
def test_route_selection(
    route_keys: tuple[str, ...], method: str, path: str, expected: tuple[str, dict[str, str]] | None
) -> None:
    """AWS: Create routes for HTTP APIs; KensioSoftware/yulin, docs/services/apigatewayv2 (method, prefix)."""
    assert selected(api(*route_keys), method, path) == expected
    if expected is None:
        said = refused(select(api(*route_keys), Request(method, path)), 404, NOT_FOUND)
        assert said.reason.startswith(f"no route matches {method} ")


def test_a_bad_route_key_is_a_broken_configuration() -> None:
    with pytest.raises(ValueError, match="remove spaces"):
        api("GET /a b")


def test_a_match_carries_its_route() -> None:
    first, other = LambdaProxy("f", "1.0", 5.0), LambdaProxy("g", "2.0", 7.0)
    gateway = HttpApi("shop", "abc123", (ConfiguredRoute("GET /a/{x}", first), ConfiguredRoute("$default", other)))
    trace = f"Root={STAMP.trace_root}"
    assert select(gateway, Request("GET", "/a/1")) == Route("GET /a/{x}", "/a/{x}", (("x", "1"),), "/a/1", trace, first)
    assert select(gateway, Request("GET", "/b")) == Route("$default", "$default", (), "/b", trace, other)


@pytest.mark.parametrize(
    ("path", "resource"),
    [("/dev/a", "/a"), ("/dev", "/"), ("/dev/", "/"), ("/dev/dev", "/dev"), ("/d%65v/a", "/a")],
)
def test_a_named_stage_is_the_first_segment(path: str, resource: str) -> None:
    """AWS: Create routes for HTTP APIs (stage first)."""
    answer = select(api("GET /a", "GET /", "GET /dev", stage="dev"), Request("GET", path))
    assert isinstance(answer, Route)
    assert answer.resource == resource


@pytest.mark.parametrize("path", ["/a", "/", "/devil/a", "/prod/a"])
def test_outside_the_stage_is_404_without_cors(path: str) -> None:
    """Recorded from AWS: a preflight to a URL without its stage."""
    gateway = api("$default", stage="dev", cors=CORS)
    answer = select(gateway, Request("OPTIONS", path, headers=PREFLIGHT))
    said = refused(answer, 404, NOT_FOUND)
    assert said.kind is RefusalKind.OUTSIDE_STAGE
    assert "start it with /dev" in said.reason
    assert finish(gateway, Request("OPTIONS", path, headers=PREFLIGHT), said) == before_cors(said)


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("/capture/plain", "/capture/plain"),
        ("/capture/space%20value", "/capture/space value"),
        ("/capture/question%3Fvalue", "/capture/question"),
        ("/capture/percent%25done", None),
        ("/capture/hash%23value", "/capture/hash#value"),
        ("/capture/slash%2Fvalue", "/capture/slash/value"),
        ("/capture/unicode-%CE%BB-%E4%B8%96%E7%95%8C", "/capture/unicode-λ-世界"),
        ("/capture/literal%252Fvalue", "/capture/literal/value"),
        ("/capture/literal%253Fvalue", "/capture/literal?value"),
        ("/capture/literal%2525value", "/capture/literal%value"),
        ("/capture/100%", None),
    ],
)
def test_paths_as_recorded(sent: str, seen: str | None) -> None:
    """hotsock/voker, vokerhttp/testdata/ingress-paths.json, captured from AWS; the last row follows from them."""
    assert http_api_path(sent) == seen
    answer = select(api("$default", cors=CORS), Request("GET", sent))
    if seen is None:
        assert f"the path {sent} " in refused(answer, 400, '{"message":"Bad Request"}').reason
    else:
        assert isinstance(answer, Route)


@given(st.binary().map(lambda raw: raw.decode("latin-1")), st.sampled_from(["$default", "dev"]))
def test_any_path_gets_an_answer(raw: str, stage: str) -> None:
    gateway = api("GET /{a}/{b}", "GET /x/{proxy+}", stage=stage)
    select(gateway, Request("GET", f"/{raw}"))
    select(gateway, Request("GET", f"/dev/x/{raw}"))


def test_the_gateway_answers_a_preflight_no_route_takes() -> None:
    """AWS: Configuring CORS for HTTP APIs; status and lists as recorded from live APIs."""
    gateway = api("GET /a", cors=CORS)
    for path in ("/a", "/no/such/route"):
        request = Request("OPTIONS", path, headers=PREFLIGHT)
        answer = select(gateway, request)
        assert isinstance(answer, Preflight)
        assert finish(gateway, request, answer) == Response(
            204,
            (
                ("access-control-allow-origin", APP),
                ("access-control-allow-methods", "GET,PUT"),
                ("access-control-allow-headers", "content-type"),
            ),
        )


def test_a_preflight_from_a_foreign_origin_is_204_without_cors_headers() -> None:
    gateway = api("GET /a", cors=CORS)
    request = Request("OPTIONS", "/a", headers=(("Origin", "https://evil.example"), PREFLIGHT[1]))
    answer = select(gateway, request)
    assert isinstance(answer, Preflight)
    assert finish(gateway, request, answer) == Response(204)


@pytest.mark.parametrize("route_key", ["OPTIONS /a", "ANY /a", "ANY /{proxy+}", "OPTIONS /{proxy+}", "$default"])
def test_a_route_that_takes_options_is_invoked(route_key: str) -> None:
    """AWS: Configuring CORS for HTTP APIs ($default); aws/serverless-application-model#1603 (ANY)."""
    gateway = api("GET /a", route_key, cors=CORS)
    request = Request("OPTIONS", "/a", headers=PREFLIGHT)
    answer = select(gateway, request)
    assert isinstance(answer, Route)
    assert answer.key == route_key
    response = finish(gateway, request, Response(401, (("access-control-allow-origin", "*"),)))
    assert response.status == 401
    assert response.header("access-control-allow-origin") == APP
    assert response.header("access-control-allow-methods") == "GET,PUT"


@pytest.mark.parametrize(
    ("cors", "headers"),
    [
        pytest.param(None, PREFLIGHT, id="no-cors-configured"),
        pytest.param(CORS, PREFLIGHT[:1], id="no-requested-method"),
        pytest.param(CORS, PREFLIGHT[1:], id="no-origin"),
    ],
)
def test_other_options_no_route_takes_are_404(
    cors: CorsConfiguration | None, headers: tuple[tuple[str, str], ...]
) -> None:
    refused(select(api("GET /a", cors=cors), Request("OPTIONS", "/a", headers=headers)), 404, NOT_FOUND)


def test_without_cors_the_functions_headers_pass_untouched() -> None:
    response = Response(200, (("Access-Control-Allow-Origin", "*"),))
    assert finish(api("GET /a"), Request("GET", "/a", headers=(("Origin", APP),)), response) == response


def test_the_gateways_own_errors_carry_cors_headers() -> None:
    """Recorded from AWS for a 401 of a JWT authorizer; uncertain for the others."""
    gateway = api("GET /a", cors=CORS)
    request = Request("GET", "/b", headers=(("Origin", APP),))
    answer = select(gateway, request)
    assert isinstance(answer, Refusal)
    response = finish(gateway, request, answer)
    assert (response.status, response.header("access-control-allow-origin")) == (404, APP)


@pytest.mark.parametrize(
    ("key", "raw", "expected"),
    [
        ("", "/items/1", ("GET /items/{id}", "/items/1")),
        ("", "/dev/items/1", None),
        ("shop", "/shop/items/a%20b", ("GET /items/{id}", "/items/a b")),
        ("shop", "/shop/dev/items/1", None),
        ("shop/v1", "/shop/v1", ("GET /", "/")),
        ("shop", "/items/1", None),
    ],
)
def test_below_a_base_path(key: str, raw: str, expected: tuple[str, str] | None) -> None:
    """rawPath has no base path (AWS: Create AWS Lambda proxy integrations for HTTP APIs), nor the stage (uncertain)."""
    keys = ("GET /", "GET /items/{id}")
    mapping = ApiMapping("api.example.com", key)
    gateway = HttpApi("shop", "abc123", tuple(map(a_route, keys)), "dev", mapping=mapping)
    answer = gateway.select_route(Request("GET", raw), STAMP)
    assert (expected is None) is isinstance(answer, Refusal)
    assert expected is None or (isinstance(answer, Route) and (answer.key, answer.path) == expected)


def test_what_stands_before_every_route() -> None:
    gateway = HttpApi("shop", "abc123", (a_route("GET /"),), "dev", mapping=ApiMapping("api.example.com", "shop"))
    answer = gateway.select_route(Request("GET", "/other"), STAMP)
    refused(answer, 404, '{"message":"Not Found"}')
    assert (gateway.base_path, gateway.path_inside("/shop/x")) == ("/shop", "/x")
    assert [replace(gateway, mapping=None, stage=stage).base_path for stage in ("dev", "$default")] == ["/dev", ""]


@pytest.mark.parametrize("stage", ["$default", "dev"])
def test_the_health_check_is_no_api_of_ours(stage: str) -> None:
    """AWS: Amazon API Gateway important notes; serverless/examples#667."""
    gateway = HttpApi("shop", "abc123", (a_route("GET /ping"),), stage, cors=CorsConfiguration(("*",)))
    request = Request("GET", "/ping", headers=(("Origin", "https://a.test"),))
    answer = gateway.admit(request)
    assert isinstance(answer, Refusal)
    assert gateway.finish(request, None, answer, STAMP) == HEALTHY


def test_a_body_above_10_mb() -> None:
    """AWS: Amazon API Gateway quotas; the wording on an HTTP API is uncertain."""
    request = Request("POST", "/a", body=bytes(10 * 1024 * 1024 + 1))
    refused(api("$default").admit(request), 413, '{"message":"Request Entity Too Large"}')
    assert api("$default").admit(replace(request, body=request.body[1:])) is None


def test_an_integration_that_is_not_emulated() -> None:
    gateway = HttpApi("shop", "abcdef1234", (ConfiguredRoute("GET /a", NotEmulated("a queue")),))
    route = select(gateway, Request("GET", "/a"))
    assert isinstance(route, Route)
    answer = gateway.integrate(Request("GET", "/a"), route, STAMP)
    assert answer == Refusal(RefusalKind.NOT_EMULATED, "a queue is not emulated")
    assert isinstance(answer, Refusal)
    assert finish(gateway, Request("GET", "/a"), answer).status == 500


def test_an_event_above_6_mb() -> None:
    """aws/aws-lambda-dotnet, LambdaTestTool-v2, ToHttpApiV2RequestTooLargeResponse."""
    headers = (("content-type", "text/plain"),)
    request = Request("POST", "/a", headers=headers, body=b"x" * 6 * 1024 * 1024)
    gateway = api("$default")
    route = select(gateway, request)
    assert isinstance(route, Route)
    answer = gateway.integrate(request, route, STAMP)
    assert "bytes; Lambda takes 6 MB" in refused(answer, 413, '{"message":"Request Entity Too Large"}').reason
    smaller = replace(request, body=request.body[2000:])
    assert isinstance(gateway.integrate(smaller, route, STAMP), LambdaCall)


def read(payload: bytes, version: str = "2.0") -> Response | Refusal:
    route = Route("GET /", "/", (), "/", "", LambdaProxy("f", version))
    return api().read_payload(payload, Request("GET", "/"), route)


def test_responses_of_both_formats() -> None:
    """aws/aws-lambda-dotnet, V2_DefaultsToTextPlainContentType, V1_DefaultsToCorrectContentTYpeHttpV1,
    V1_CombinesSingleAndMultiValueHeadersHttpV1."""
    text = (("content-type", "text/plain; charset=utf-8"),)
    assert read(b'{"statusCode":201,"body":"hi"}') == Response(201, text, b"hi")
    assert read(b'{"statusCode":201,"body":"hi"}', "1.0") == Response(201, text, b"hi")
    assert read(b'"hi"') == Response(200, (("content-type", "application/json"),), b"hi")
    combined = {"statusCode": 200, "headers": {"A": "1", "Content-Type": "a/b"}, "multiValueHeaders": {"A": ["2", "3"]}}
    assert read(json.dumps(combined).encode(), "1.0") == Response(
        200, (("A", "1"), ("Content-Type", "a/b"), ("A", "2"), ("A", "3"))
    )


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_base64_needs_no_accept_header(version: str) -> None:
    """ministackorg/ministack#766, verified against AWS."""
    answer = read(b'{"statusCode":200,"body":"AQID","isBase64Encoded":true}', version)
    assert isinstance(answer, Response)
    assert answer.body == b"\x01\x02\x03"


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("payload", [b'{"statusCode":0}', b'{"statusCode":200,"body":{"a":1}}'])
def test_malformed_responses_are_500(payload: bytes, version: str) -> None:
    """aws/aws-lambda-dotnet, V2_HandlesZeroStatusCode, V1_HandlesZeroStatusCodeHttpV1; a body that is no string:
    uncertain."""
    assert "the function returned" in refused(read(payload, version), 500, SERVER_ERROR).reason


def test_a_missing_status_code_is_500_in_format_1_only() -> None:
    """aws/aws-lambda-dotnet, ToApiGatewayProxyResponse_InvalidJson_ReturnsErrorResponseHttpV1."""
    refused(read(b"{", "1.0"), 500, SERVER_ERROR)
    assert read(b"{") == Response(200, (("content-type", "application/json"),), b"{")


def test_headers_that_are_the_gateways_own_are_dropped() -> None:
    """Uncertain on AWS; here nothing may break the message. `server` and `www-authenticate` pass unremapped."""
    headers = {"Content-Length": "9", "Transfer-Encoding": "chunked", "Connection": "close", "Date": "x", "Server": "s"}
    payload = json.dumps(
        {"statusCode": 200, "headers": {**headers, "WWW-Authenticate": "Basic", "content-type": "a/b"}}
    )
    answer = read(payload.encode())
    assert isinstance(answer, Response)
    assert answer.headers == (("Server", "s"), ("WWW-Authenticate", "Basic"), ("content-type", "a/b"))


@pytest.mark.parametrize(
    ("kind", "status", "body"),
    [
        (RefusalKind.FUNCTION_ERROR, 500, SERVER_ERROR),
        (RefusalKind.INTEGRATION_TIMEOUT, 503, '{"message":"Service Unavailable"}'),
        (RefusalKind.FUNCTION_THROTTLED, 503, '{"message":"Service Unavailable"}'),
    ],
)
def test_failed_integrations(kind: RefusalKind, status: int, body: str) -> None:
    """Recorded from AWS: a timeout after 30 s, a function without concurrency, one that raises."""
    refused(Refusal(kind, "why"), status, body)


def test_request_ids() -> None:
    """aws/aws-lambda-dotnet, LambdaTestTool-v2 snapshots: Apigw-Requestid and no other id."""
    response = api().finish(Request("GET", "/"), None, Response(200, (("a", "b"),), b"x"), STAMP)
    assert response == Response(200, (("a", "b"), ("apigw-requestid", "ATfSmjLgPHcESJw=")), b"x")


@pytest.mark.parametrize(
    ("route_key", "words"),
    [
        ("GET /a", None),
        ("ANY /{proxy+}", None),
        ("$default", None),
        ("get /a", 'write "GET /a"'),
        ("FETCH /a", "METHOD one of GET"),
        ("/a", '$default or "METHOD /path"'),
        ("GET a", 'write "/a"'),
        ("GET", 'write "/"'),
        ("GET  /a", 'write "/a"'),
        ("GET /{a+}/b", "last segment"),
    ],
)
def test_route_key_problem(route_key: str, words: str | None) -> None:
    problem = route_key_problem(route_key)
    assert (problem is None) if words is None else (problem is not None and words in problem)


@pytest.mark.parametrize(
    ("route_keys", "pairs"),
    [
        pytest.param(("GET /p/{a}", "GET /p/{b}"), (("GET /p/{a}", "GET /p/{b}"),), id="variable-names"),
        pytest.param(("GET /p/{a+}", "GET /p/{b+}"), (("GET /p/{a+}", "GET /p/{b+}"),), id="greedy-names"),
        pytest.param(("GET /p/{a}", "POST /p/{b}", "ANY /p/{c}"), (), id="methods-differ"),
        pytest.param(("GET /p/{a}", "GET /q/{a}", "GET /p/{a+}", "$default"), (), id="shapes-differ"),
        pytest.param(("GET p", "GET /{x", "$default", "$default"), (), id="broken-keys-are-reported-elsewhere"),
    ],
)
def test_conflicting(route_keys: tuple[str, ...], pairs: tuple[tuple[str, str], ...]) -> None:
    """KensioSoftware/yulin, docs/services/apigatewayv2."""
    assert conflicting(route_keys) == pairs


@pytest.mark.parametrize(("size", "is_admitted"), [(10_240, True), (10_241, False)])
def test_a_head_above_the_quota_is_refused(size: int, is_admitted: bool) -> None:
    """AWS: Amazon API Gateway quotas. What counts and how it is answered are uncertain."""
    value = "v" * (size - len("GET" + "/x" + "a"))
    answer = api().admit(Request("GET", "/x", headers=(("a", value),)))
    if is_admitted:
        assert answer is None
    else:
        refused(answer, 431, '{"message":"Request Header Fields Too Large"}')


def test_what_a_product_tells_of_itself() -> None:
    gateway = api("GET /x", "$default", stage="v1")
    assert (gateway.product, gateway.route_keys) == ("HTTP API", ("GET /x", "$default"))
    assert gateway.cors_methods == {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "*"}
    assert [gateway.path_inside(path) for path in ("/v1/a%20b", "/x", "/%zz")] == ["/a b", None, None]
    assert gateway.takes_method("PURGE")
    assert [gateway.takes_literal(segment) for segment in ("a,b", "", "{x}", "a b")] == [True, True, False, False]


def test_it_lets_everyone_in() -> None:
    route = select(api("GET /x"), Request("GET", "/x"))
    assert isinstance(route, Route)
    assert api().authorize(Request("GET", "/x"), route, STAMP) is ANYONE
    assert api().validate(Request("GET", "/x"), route) is None


def test_an_authorizer_stands_before_its_routes_alone() -> None:
    guarded = replace(a_route("GET /x"), authorizer=users(), authorization_scopes=("b",))
    shop = HttpApi("shop", "id", (guarded, a_route("GET /open")))

    def ask(path: str, *headers: tuple[str, str]) -> tuple[object, int]:
        request = Request("GET", path, "", headers)
        route = shop.select_route(request, STAMP)
        assert isinstance(route, Route)
        said = shop.authorize(request, route, STAMP)
        return said, shop.finish(request, route, said if isinstance(said, Refusal) else Response(200), STAMP).status

    assert ask("/open") == (ANYONE, 200)
    assert ask("/x")[1] == 401
    assert ask("/x", ("authorization", token(scope="a")))[1] == 403
    let_in, _ = ask("/x", ("authorization", token(scope="b")))
    assert isinstance(let_in, Caller)
    assert let_in.authorizer is not None
