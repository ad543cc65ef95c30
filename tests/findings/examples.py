"""Exchanges that show what rules find: real ones, through `gateway.handle`, with a function that answers as told."""

import gzip
import json
from base64 import b64encode
from dataclasses import dataclass, replace
from typing import Any

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.integrations import IntegrationResponse, Mappings, Mock
from emulator.aws.product import Layer
from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.aws.rest_api.generated_cors import GeneratedCors
from emulator.aws.rest_api.rest_api import Method, RestApi
from emulator.browser.modes import Credentials
from emulator.config.emulator_yaml.rest_cors import with_options_methods
from emulator.deployment import Frontend
from emulator.exchange import OtherAnswer
from emulator.findings.changes import Change
from emulator.functions.invocation import FunctionError, FunctionErrorKind, HeaderRead, Result, Returned
from emulator.messages import Request
from findings.before import Before
from products import a_method, a_route
from serving.exchanges import PAGE


@dataclass(frozen=True)
class Example:
    """One exchange, after those of `earlier`, and the first way to mend it where the rule under test finds something in
    it."""

    name: str
    api: Api
    request: Request
    result: Result
    changes: tuple[Change, ...] = ()
    layer: Layer = Layer.FUNCTION
    says: str = ""
    frontends: tuple[Frontend, ...] = ()
    credentials: Credentials | None = None
    other: OtherAnswer | None = None
    earlier: tuple[Before, ...] = ()
    origin_read: HeaderRead | None = None


def call(method: str = "GET", path: str = "/x", origin: str = PAGE, *, body: bytes = b"", **headers: str) -> Request:
    pairs = [("Host", "127.0.0.1:3000"), ("Origin", origin)]
    pairs += [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Request(method, path, headers=tuple(pairs), body=body, port=3000)


def preflight(method: str = "PUT", path: str = "/x", origin: str = PAGE, headers: str = "") -> Request:
    asked = {"Access_Control_Request_Method": method} | ({"Access_Control_Request_Headers": headers} if headers else {})
    return call("OPTIONS", path, origin, **asked)


def proxied(path: str = "/x", method: str = "GET", content_type: str = "", mode: str = "cors") -> Request:
    """A page's call through its development server's proxy: of one origin with it, whatever Host says."""
    sent = {"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": mode, "Referer": f"{PAGE}/"}
    sent |= {"Content_Type": content_type} if content_type else {}
    request = call(method, path, **sent)
    return replace(request, headers=tuple(pair for pair in request.headers if method != "GET" or pair[0] != "Origin"))


SHORT = {"acao": "Access-Control-Allow-Origin", "acac": "Access-Control-Allow-Credentials",
         "acam": "Access-Control-Allow-Methods", "acah": "Access-Control-Allow-Headers"}  # fmt: skip


def answers(status: int = 200, body: str = "{}", *, is_base64: bool = False, **headers: str) -> Returned:
    """What a function returns; `acao` and the like stand for the Access-Control headers."""
    named = {SHORT.get(name, name): value for name, value in headers.items()}
    payload: dict[str, Any] = {"statusCode": status, "headers": named, "body": body, "isBase64Encoded": is_base64}
    return Returned(json.dumps(payload).encode())


TOO_MUCH = FunctionError(
    FunctionErrorKind.HANDLER, "Function.ResponseSizeTooLarge", "Response payload size (7000193 bytes) exceeded ..."
)
RAISED = FunctionError(FunctionErrorKind.HANDLER, "ZeroDivisionError", "division by zero")


def allowing(origin: str, *headers: str) -> HttpApi:
    return HttpApi("h", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration((origin,), ("GET",), headers))


REST = RestApi("orders", "abcdef1234", (a_method("GET", "/x"), a_method("OPTIONS", "/y")), "dev")
PLAIN = HttpApi("plain", "abcdef1234", (a_route("ANY /x"),))
CORS = CorsConfiguration(
    allow_origins=("http://localhost:5174", "http://127.0.0.1:5173/"), allow_methods=("GET",), allow_headers=("x-a",)
)
SHOP = HttpApi("shop", "abcdef1234", (a_route("GET /x"), a_route("ANY /any")), cors=CORS)
OPEN = HttpApi("open", "abcdef1234", (a_route("GET /x"), a_route("ANY /any")),
               cors=CorsConfiguration(("*",), ("GET",), ("x-a",)))  # fmt: skip
LISTED = HttpApi("listed", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration((PAGE,), ("GET",), ("x-a",)))
STAGED = HttpApi("staged", "abcdef1234", (a_route("GET /x"),), stage="v1", cors=CorsConfiguration((PAGE,)))
URL = FunctionUrl("url", "abcdef1234", "f")
URL_CORS = FunctionUrl("url", "abcdef1234", "f", CorsConfiguration(("*",), ("GET",)))
URL_ALL = FunctionUrl("url", "abcdef1234", "f", CorsConfiguration(("*",), ("GET",), allow_credentials=True))
URL_LIST = FunctionUrl("url", "abcdef1234", "f", CorsConfiguration((PAGE,), ("GET",), ("x-a", "Content-Type, X-B")))
SECRET = replace(LISTED, cors=CorsConfiguration((PAGE,), allow_credentials=True))


def with_gateway_response(**headers: str) -> RestApi:
    """REST, whose own 5XX errors carry these headers, named as `answers` names them."""
    mapped = ((f"gatewayresponse.header.{SHORT.get(name, name)}", f"'{value}'") for name, value in headers.items())
    return replace(REST, gateway_responses=(GatewayResponse("DEFAULT_5XX", None, tuple(mapped)),))


def with_mock(template: str = '{"statusCode": 200}', **headers: str) -> RestApi:
    """A REST API whose PUT /m is a function's and whose OPTIONS /m is a MOCK with these headers."""
    mapped = ((f"method.response.header.{SHORT.get(name, name)}", f"'{value}'") for name, value in headers.items())
    responses = (IntegrationResponse(200, "", tuple(mapped)),)
    mock = Mock(Mappings(request_templates=(("application/json", template),), responses=responses))
    return replace(REST, methods=(a_method("PUT", "/m"), Method("OPTIONS", "/m", mock)))


def with_generated(cors: GeneratedCors) -> RestApi:
    """A REST API whose PUT /m is a function's and whose OPTIONS /m a deployment tool has written."""
    return replace(REST, methods=with_options_methods(cors, (a_method("PUT", "/m"),)), generated_cors=cors)


DATA = RestApi("data", "abcdef1234", (a_method("GET", "/x"),), "dev")
PACKED = b64encode(gzip.compress(b"unpacked")).decode()
GZIPPED = {"acao": "*", "Content-Encoding": "gzip"}

EMPLOYEES = RestApi(
    "orders", "abcdef1234",
    (a_method("GET", "/employees/{id}"), a_method("PUT", "/employees/{id}"), a_method("POST", "/employees"),
     a_method("GET", "/files/{proxy+}"), a_method("GET", "/"), a_method("OPTIONS", "/only")), "dev",
)  # fmt: skip
ROUTES = (a_route("GET /items"), a_route("GET /items/{id}"), a_route("POST /forms/"))
ITEMS = HttpApi("items", "abcdef1234", ROUTES)
STAGED = replace(ITEMS, stage="v1")
WITH_CORS = replace(ITEMS, cors=CorsConfiguration((PAGE,), ("GET",)))


def http(*keys: str, methods: tuple[str, ...] = ("GET", "PUT")) -> HttpApi:
    return HttpApi("h", "abcdef1234", tuple(a_route(key) for key in keys), cors=CorsConfiguration((PAGE,), methods))
