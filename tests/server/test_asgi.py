"""Conversations with an API over a raw socket: what a request becomes, and how an answer goes out."""

import asyncio
import base64
import itertools
import json
from typing import Any

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.errors import WorkerError
from emulator.functions.invocation import FunctionError, FunctionErrorKind
from emulator.server.asgi import MOST_TOLD, GatewayApp
from products import a_method, a_route
from serving.rim import HOSTS, OK, Answer, Rim, listening, run

HTTP = HttpApi("shop", "abcdef1234", (a_route("$default"),))
HTTP_V1 = HttpApi("shop", "abcdef1234", (a_route("$default", "f", "1.0"),))
REST = RestApi("orders", "abcdef1234", (a_method("ANY", "/{proxy+}"),), "dev")
URL = FunctionUrl("contact", "abcdef1234", "f")
CORS = HttpApi("open", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration(allow_origins=("*",)))

GET = b"GET /dev/x HTTP/1.1\r\nHost: h\r\n\r\n"

EVERY_API = [
    pytest.param(HTTP, id="http-2.0"),
    pytest.param(HTTP_V1, id="http-1.0"),
    pytest.param(REST, id="rest"),
    pytest.param(URL, id="function-url"),
]


def ask(api: Api, data: bytes, returned: Any = OK, method: str = "GET") -> tuple[Answer, Rim]:
    """One request on a connection of its own; the function returns `returned`."""

    async def conversation() -> tuple[Answer, Rim]:
        async with listening(api, lambda event: returned) as rim:
            return await rim.ask(data, method), rim

    return run(conversation())


# Answers


REPEATED = [
    pytest.param(HTTP, {"statusCode": 200, "cookies": ["a=1", "b=2"]}, id="http-2.0"),
    pytest.param(HTTP_V1, {"statusCode": 200, "multiValueHeaders": {"set-cookie": ["a=1", "b=2"]}}, id="http-1.0"),
    pytest.param(REST, {"statusCode": 200, "multiValueHeaders": {"set-cookie": ["a=1", "b=2"]}}, id="rest"),
    pytest.param(URL, {"statusCode": 200, "cookies": ["a=1", "b=2"]}, id="function-url"),
]


@pytest.mark.parametrize(("api", "returned"), REPEATED)
def test_repeated_response_headers_stay_repeated(api: Api, returned: object) -> None:
    answer, _ = ask(api, GET, returned)
    assert answer.values("set-cookie") == ["a=1", "b=2"]


@pytest.mark.parametrize("api", EVERY_API)
def test_what_every_answer_has_once(api: Api) -> None:
    answer, _ = ask(api, GET)
    assert (answer.status, answer.body) == (200, b"ok")
    assert answer.values("content-length") == ["2"]
    assert len(answer.values("date")) == 1
    assert answer.values("server") == []
    assert answer.values("transfer-encoding") == []


@pytest.mark.parametrize("api", EVERY_API)
@pytest.mark.parametrize("status", [204, 304])
def test_bodiless_statuses(api: Api, status: int) -> None:
    """RFC 9110, 6.4.1. The connection stays in step, though the function returned a body."""

    async def conversation() -> tuple[Answer, Answer]:
        returned = iter([{"statusCode": status, "body": "ignored"}, OK])
        async with listening(api, lambda event: next(returned)) as rim, rim.connect() as client:
            await client.say(GET + GET)
            return await client.answer(), await client.answer()

    bodiless, following = run(conversation())
    assert (bodiless.status, bodiless.values("content-length")) == (status, [])
    assert (following.status, following.body) == (200, b"ok")


@pytest.mark.parametrize("api", EVERY_API)
def test_head_has_the_length_and_not_the_body(api: Api) -> None:
    async def conversation() -> tuple[Answer, Answer, list[dict[str, Any]]]:
        async with listening(api) as rim, rim.connect() as client:
            await client.say(GET.replace(b"GET", b"HEAD") + GET)
            return await client.answer("HEAD"), await client.answer(), rim.events

    head, following, events = run(conversation())
    assert (head.status, head.values("content-length")) == (200, ["2"])
    assert following.body == b"ok"
    methods = [event.get("httpMethod") or event["requestContext"]["http"]["method"] for event in events]
    assert methods == ["HEAD", "GET"]


def test_header_text_beyond_ascii_goes_out_as_utf_8() -> None:
    answer, _ = ask(HTTP, GET, {"statusCode": 200, "headers": {"x-name": "Zoë"}})
    assert answer.values("x-name") == ["Zoë".encode().decode("latin-1")]


def test_a_large_binary_answer() -> None:
    body = bytes(range(256)) * 8_000
    returned = {"statusCode": 200, "body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    answer, _ = ask(HTTP, GET, returned)
    assert answer.body == body


def test_http_1_0_closes_the_connection() -> None:
    async def conversation() -> bytes:
        async with listening(HTTP) as rim, rim.connect() as client:
            await client.say(b"GET /x HTTP/1.0\r\n\r\n")
            return await client.rest()

    answer = run(conversation())
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\nconnection: close\r\n" in answer
    assert answer.endswith(b"\r\n\r\nok")


# Requests


@pytest.mark.parametrize("api", EVERY_API)
def test_repeated_request_headers_all_arrive(api: Api) -> None:
    _, rim = ask(api, b"GET /dev/x HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nX-A: 2\r\n\r\n")
    event = rim.events[0]
    if "multiValueHeaders" in event:
        assert event["multiValueHeaders"]["X-A"] == ["1", "2"]
    else:
        assert event["headers"]["x-a"] == "1,2"


@pytest.mark.parametrize("api", EVERY_API)
def test_a_chunked_body_is_whole(api: Api) -> None:
    head = b"POST /dev/x HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"

    async def conversation() -> dict[str, Any]:
        async with listening(api) as rim, rim.connect() as client:
            for part in (head, b"5\r\nhello\r\n", b"1;extension=1\r\n \r\n", b"5\r\nwor", b"ld\r\n0\r\nX-T: 1\r\n\r\n"):
                await client.say(part)
            await client.answer()
            return rim.events[0]

    event = run(conversation())
    assert (event["body"], event["isBase64Encoded"]) == ("hello world", False)
    assert "transfer-encoding" not in {name.lower() for name in event["headers"]}


def test_expect_100_continue() -> None:
    """RFC 9110, 10.1.1: curl sends it with large bodies and waits a second for the answer."""

    async def conversation() -> tuple[bytes, dict[str, Any]]:
        async with listening(HTTP) as rim, rim.connect() as client:
            await client.say(b"POST /x HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\n")
            await client.say(b"Content-Length: 4\r\nExpect: 100-continue\r\n\r\n")
            interim = await client.hear()
            await client.say(b"body")
            await client.answer()
            return interim, rim.events[0]

    interim, event = run(conversation())
    assert interim == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert event["body"] == "body"


def test_a_body_in_many_segments() -> None:
    body = bytes(range(256)) * 4_000

    async def conversation() -> dict[str, Any]:
        async with listening(HTTP) as rim, rim.connect() as client:
            await client.say(b"PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n" % len(body))
            for start in range(0, len(body), 100_000):
                await client.say(body[start : start + 100_000])
            await client.answer()
            return rim.events[0]

    event = run(conversation())
    assert base64.b64decode(event["body"]) == body


TOO_LARGE = [
    pytest.param(HTTP, 11_000_000, b'{"message":"Request Entity Too Large"}', id="http"),
    pytest.param(REST, 11_000_000, b"HTTP content length exceeded 10485760 bytes.", id="rest"),
    pytest.param(REST, 13_000_000, b"HTTP content length exceeded 10485760 bytes.", id="rest-more-than-is-kept"),
    pytest.param(URL, 11_000_000, b"smaller than 6291456 bytes", id="function-url"),
]


@pytest.mark.parametrize(("api", "size", "said"), TOO_LARGE)
def test_a_body_above_10_mb_is_read_off_and_refused(api: Api, size: int, said: bytes) -> None:
    """AWS: API Gateway quotas, payload size. The connection stays usable."""

    async def conversation() -> tuple[Answer, Answer, Rim]:
        async with listening(api) as rim, rim.connect() as client:
            await client.say(b"POST /dev/x HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n" % size)
            await client.say(bytes(size))
            refused = await client.answer()
            await client.say(GET)
            return refused, await client.answer(), rim

    refused, following, rim = run(conversation())
    assert refused.status == 413
    assert said in refused.body
    assert (following.status, len(rim.events)) == (200, 1)
    assert len(rim.exchanges[0].request.body) < 12_000_000


def test_pipelined_requests_are_answered_in_order() -> None:
    """The first takes longest; the second is not even begun before it is answered."""

    async def conversation() -> tuple[list[bytes], list[str]]:
        begun: list[str] = []
        turns = itertools.count(3, -1)

        async def handler(event: dict[str, Any]) -> object:
            begun.append(event["rawPath"])
            for _ in range(next(turns)):
                await asyncio.sleep(0)
            return {"statusCode": 200, "body": event["rawPath"]}

        async with listening(HTTP, handler) as rim, rim.connect() as client:
            await client.say(b"".join(b"GET /%d HTTP/1.1\r\nHost: h\r\n\r\n" % number for number in range(3)))
            return [(await client.answer()).body for _ in range(3)], begun

    assert run(conversation()) == ([b"/0", b"/1", b"/2"], ["/0", "/1", "/2"])


def test_connections_are_served_side_by_side() -> None:
    async def conversation() -> tuple[Answer, Answer]:
        release = asyncio.Event()

        async def handler(event: dict[str, Any]) -> object:
            if event["rawPath"] == "/slow":
                await release.wait()
            return OK

        async with listening(HTTP, handler) as rim:
            slow = asyncio.create_task(rim.ask(b"GET /slow HTTP/1.1\r\nHost: h\r\n\r\n"))
            quick = await rim.ask(b"GET /quick HTTP/1.1\r\nHost: h\r\n\r\n")
            assert not slow.done()
            release.set()
            return quick, await slow

    quick, slow = run(conversation())
    assert (quick.status, slow.status) == (200, 200)


def test_a_client_that_leaves_within_its_body_invokes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def conversation() -> Rim:
        async with listening(HTTP) as rim:
            async with rim.connect() as client:
                await client.say(b"POST /cut HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n123")
                client.leave()
            await rim.ask(b"GET /next HTTP/1.1\r\nHost: h\r\n\r\n")
            return rim

    rim = run(conversation())
    assert [event["rawPath"] for event in rim.events] == ["/next"]
    assert [exchange.request.raw_path for exchange in rim.exchanges] == ["/next"]
    assert caplog.messages == []


def test_a_client_that_leaves_before_its_answer_is_still_recorded(caplog: pytest.LogCaptureFixture) -> None:
    async def conversation() -> Rim:
        begun, release = asyncio.Event(), asyncio.Event()

        async def handler(event: dict[str, Any]) -> object:
            begun.set()
            await release.wait()
            return OK

        async with listening(HTTP, handler) as rim:
            async with rim.connect() as client:
                await client.say(b"GET /left HTTP/1.1\r\nHost: h\r\n\r\n")
                await begun.wait()
                client.leave()
            release.set()
            await rim.ask(b"GET /next HTTP/1.1\r\nHost: h\r\n\r\n")
            return rim

    rim = run(conversation())
    assert [exchange.request.raw_path for exchange in rim.exchanges] == ["/left", "/next"]
    assert caplog.messages == []


def test_what_is_not_http_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    answer, rim = ask(HTTP, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS\r\n\r\n")
    assert (answer.status, rim.events) == (400, [])
    assert len(caplog.messages) == 1, "one line, whoever words it"


def test_a_runtime_that_cannot_be_started_is_a_function_error() -> None:
    """With the gateway's CORS headers, so that a page sees the 500 and not a CORS error."""

    def handler(event: dict[str, Any]) -> object:
        raise WorkerError("function 'f': cannot start 'nothing'")

    async def conversation() -> tuple[Answer, Rim]:
        async with listening(CORS, handler) as rim:
            return await rim.ask(b"GET /x HTTP/1.1\r\nHost: h\r\nOrigin: http://a.test\r\n\r\n"), rim

    answer, rim = run(conversation())
    assert (answer.status, answer.body) == (500, b'{"message":"Internal Server Error"}')
    assert answer.values("access-control-allow-origin") == ["*"]
    result = rim.exchanges[0].result
    assert isinstance(result, FunctionError)
    assert (result.kind, result.error_message) == (FunctionErrorKind.INIT, "function 'f': cannot start 'nothing'")


def test_a_request_has_arrived_when_its_head_has() -> None:
    """Whether its body comes, or its answer goes out, is another matter."""

    async def conversation() -> tuple[list[str], int]:
        async with listening(HTTP) as rim, rim.connect() as upload:
            await upload.say(b"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n")
            while not rim.arrivals:  # noqa: ASYNC110  no event tells of it
                await asyncio.sleep(0.001)
            seen = [request.method for request in rim.arrivals], len(rim.exchanges)
            await upload.say(b"{}")
            await upload.answer()
            return seen

    assert run(conversation()) == (["POST"], 0)


@pytest.mark.parametrize("kind", ["lifespan", "websocket"])
def test_other_protocols_than_http_are_left_alone(kind: str) -> None:
    async def nothing(*message: object) -> Any:
        raise AssertionError(message)

    app = GatewayApp(lambda path: HTTP, nothing, lambda exchange: None, hosts=lambda: HOSTS)
    run(app({"type": kind}, nothing, nothing))


PORTS = [
    pytest.param(b"HTTP/1.1\r\nHost: h:8080", "8080", id="port"),
    pytest.param(b"HTTP/1.1\r\nHost: h", "80", id="name-alone"),
    pytest.param(b"HTTP/1.0", None, id="no-host"),
]


@pytest.mark.parametrize(("end", "port"), PORTS)
def test_the_port_is_the_one_the_client_names(end: bytes, port: str | None) -> None:
    """A container's published port is not the one the server is bound to."""
    _, rim = ask(HTTP, b"GET /x " + end + b"\r\n\r\n")
    assert rim.events[0]["headers"]["x-forwarded-port"] == (port or str(rim.port))


FOREIGN = [
    pytest.param(b"GET /x HTTP/1.1\r\nHost: evil.example:3000\r\n\r\n", 403, id="rebinding-page"),
    pytest.param(b"GET http://evil.example/ HTTP/1.1\r\nHost: h\r\n\r\n", 403, id="absolute-target"),
    pytest.param(b"GET http://evil.example/ HTTP/1.0\r\n\r\n", 403, id="absolute-target-of-1.0"),
    pytest.param(b"POST /x HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2\r\n\r\nhi", 403, id="body"),
    pytest.param(b"GET /x HTTP/1.1\r\nHost: h:99999\r\n\r\n", 400, id="no-such-port"),
    pytest.param(b"GET /x HTTP/1.1\r\nHost: l:" + b"1" * 4301 + b"\r\n\r\n", 400, id="a-port-of-4301-digits"),
    pytest.param(b"GET http://u@h/ HTTP/1.1\r\nHost: h\r\n\r\n", 400, id="userinfo"),
    pytest.param(b"GET /x HTTP/1.1\r\nHost: \x9b31m\r\n\r\n", 400, id="control-character"),
]


@pytest.mark.parametrize("api", EVERY_API)
@pytest.mark.parametrize(("data", "status"), FOREIGN)
def test_another_hosts_request_is_not_served(
    api: Api, data: bytes, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """DNS rebinding. The connection stays in step; the console says it once."""

    async def conversation() -> tuple[Answer, Answer, Answer, Rim]:
        async with listening(api) as rim, rim.connect() as client:
            await client.say(data * 2)
            first, second = await client.answer(), await client.answer()
            await client.say(GET)
            return first, second, await client.answer(), rim

    if b"HTTP/1.0" in data:
        refused, rim = ask(api, data)
        assert rim.events == []
    else:
        refused, again, served, rim = run(conversation())
        assert (again.status, served.status, len(rim.events)) == (status, 200, 1)
    assert refused.status == status
    assert refused.values("content-type") == ["application/problem+json"]
    assert refused.values("access-control-allow-origin") == []
    detail = json.loads(refused.body)["detail"]
    if status == 403:
        assert "--allow-host evil.example" in detail
        assert "allowedHosts: [evil.example]" in detail
    assert caplog.messages == [f"Refused a request ({status}): {detail}"]
    assert caplog.messages[0].isprintable()


def test_hosts_that_a_client_invents_do_not_fill_the_console(caplog: pytest.LogCaptureFixture) -> None:
    async def conversation() -> None:
        async with listening(HTTP) as rim, rim.connect() as client:
            for number in range(2 * MOST_TOLD):
                await client.say(b"GET / HTTP/1.1\r\nHost: %d.example\r\n\r\n" % number)
                await client.answer()

    run(conversation())
    assert len(caplog.messages) == MOST_TOLD


def test_scheme_and_address_are_those_of_the_connection() -> None:
    _, rim = ask(HTTP, b"GET /x HTTP/1.1\r\nHost: h:8080\r\nX-Forwarded-For: 1.1.1.1\r\n\r\n")
    request = rim.exchanges[0].request
    assert (request.scheme, request.port, request.source_ip) == ("http", 8080, "127.0.0.1")
