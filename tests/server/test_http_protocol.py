"""What ASGI throws away and the events need, what ends a message, and which messages are refused."""

import asyncio
from typing import Any

import pytest

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.server.http_protocol import HeadWithBody
from products import a_method, a_route
from serving.rim import OK, Rim, listening, run

REST = RestApi("orders", "abcdef1234", (a_method("ANY", "/{proxy+}"),), "dev")
HTTP = HttpApi("shop", "abcdef1234", (a_route("$default"),))
CHROME = b"User-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0\r\n"


def event_of(data: bytes, api: RestApi | HttpApi = REST) -> dict[str, Any]:
    """The event that a function gets of one request."""

    async def conversation() -> dict[str, Any]:
        async with listening(api) as rim:
            await rim.ask(data)
            return rim.events[0]

    return run(conversation())


def test_names_of_a_raw_client_reach_a_rest_function_as_sent() -> None:
    event = event_of(b"GET /dev/x HTTP/1.1\r\nhost: h\r\nX-CusTom: 1\r\nORIGIN: http://a.test\r\nx-lower: 2\r\n\r\n")
    assert event["headers"].items() >= {"X-CusTom": "1", "ORIGIN": "http://a.test", "x-lower": "2"}.items()


BROWSERS = [
    pytest.param(CHROME, id="user-agent"),
    pytest.param(b"User-Agent: custom\r\nSec-Fetch-Site: cross-site\r\n", id="sec-fetch-site"),
]


@pytest.mark.parametrize("mark", BROWSERS)
def test_names_of_a_browser_arrive_in_lower_case_but_for_those_aws_rewrites(mark: bytes) -> None:
    event = event_of(
        b"GET /dev/x HTTP/1.1\r\nHost: h\r\n"
        + mark
        + b"Origin: http://a.test\r\nX-Custom: 1\r\nAuthorization: t\r\n\r\n"
    )
    names = set(event["headers"]) - {"sec-fetch-site"}
    assert names == {
        "origin", "x-custom",
        "Authorization", "Host", "User-Agent", "X-Amzn-Trace-Id",
        "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto",
    }  # fmt: skip


def test_nodes_fetch_is_no_browser() -> None:
    event = event_of(b"GET /dev/x HTTP/1.1\r\nHost: h\r\nUser-Agent: node\r\nSec-Fetch-Mode: cors\r\nX-A: 1\r\n\r\n")
    assert event["headers"]["X-A"] == "1"


def test_repeated_headers_keep_their_order() -> None:
    event = event_of(b"GET /dev/x HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nX-B: 2\r\nx-a: 3\r\nX-A:\r\n\r\n")
    assert event["multiValueHeaders"]["X-A"] == ["1", "3", ""]


TARGETS = [
    pytest.param(b"/dev/a%2Fb%20c", "/a%2Fb%20c", id="percent-encoding"),
    pytest.param(b"/dev/a%2fb", "/a%2fb", id="case-of-an-escape"),
    pytest.param(b"/dev/a//b/", "/a//b/", id="slashes"),
    pytest.param(b"/dev/a/../b/.", "/a/../b/.", id="dots"),
    pytest.param(b"/dev/a;v=1,2:3@4!$&'()*+", "/a;v=1,2:3@4!$&'()*+", id="reserved-characters"),
]


@pytest.mark.parametrize(("target", "path"), TARGETS)
def test_the_path_is_the_one_sent(target: bytes, path: str) -> None:
    assert event_of(b"GET " + target + b" HTTP/1.1\r\nHost: h\r\n\r\n")["path"] == path


def test_the_query_is_the_one_sent() -> None:
    event = event_of(b"GET /x?a=%20+&b&a=?/&c=%F0%9F HTTP/1.1\r\nHost: h\r\n\r\n", HTTP)
    assert event["rawQueryString"] == "a=%20+&b&a=?/&c=%F0%9F"


def test_an_absolute_target_is_read_as_its_path_and_query() -> None:
    """RFC 9112, 3.2.2: a server must accept the absolute form, which clients send to proxies, and take its host."""
    event = event_of(b"GET http://api.example.test:1/a%20b?x=1 HTTP/1.1\r\nHost: h\r\n\r\n", HTTP)
    assert (event["rawPath"], event["rawQueryString"]) == ("/a b", "x=1")
    assert (event["headers"]["host"], event["headers"]["x-forwarded-port"]) == ("api.example.test:1", "1")


def test_a_head_in_many_segments() -> None:
    path, query, value = "p" * 3000, "q" * 3000, "v" * 3000

    async def conversation() -> dict[str, Any]:
        async with listening(REST) as rim, rim.connect() as client:
            data = f"GET /dev/{path}?{query}=1 HTTP/1.1\r\nHost: h\r\nX-Long: {value}\r\n\r\n".encode()
            for start in range(0, len(data), 700):
                await client.say(data[start : start + 700])
            await client.answer()
            return rim.events[0]

    event = run(conversation())
    assert (event["path"], event["queryStringParameters"]) == (f"/{path}", {query: "1"})
    assert event["headers"]["X-Long"] == value


async def _told(rim: Rim, *requests: bytes) -> list[tuple[str, dict[str, str]]]:
    async with rim.connect() as client:
        await client.say(b"".join(requests))
        for _ in requests:
            await client.answer()
    return [(event["path"], event["headers"]) for event in rim.events]


def test_pipelined_requests_keep_their_own_names() -> None:
    async def conversation() -> list[tuple[str, dict[str, str]]]:
        async with listening(REST) as rim:
            return await _told(
                rim,
                b"GET /dev/1 HTTP/1.1\r\nHost: h\r\nX-One: 1\r\n\r\n",
                b"GET /dev/2 HTTP/1.1\r\nHost: h\r\nx-TWO: 2\r\n\r\n",
                b"GET /dev/3 HTTP/1.1\r\nHost: h\r\n\r\n",
            )

    first, second, third = run(conversation())
    assert [first[0], second[0], third[0]] == ["/1", "/2", "/3"]
    assert ("X-One" in first[1], "x-TWO" in second[1]) == (True, True)
    assert {name.lower() for name in third[1]}.isdisjoint({"x-one", "x-two"})


OFFER = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: A\r\n"
POST = b"POST /dev/1 HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\n"
SMUGGLED = b"GET /dev/smuggled HTTP/1.1\r\nHost: h\r\n\r\n"


def test_an_offer_to_upgrade_is_ignored() -> None:
    """RFC 9110, 7.8: curl --http2 offers h2c on plain http; the answer goes over HTTP/1.1, and so does the next."""

    async def conversation() -> list[str]:
        async with listening(REST) as rim, rim.connect() as client:
            await client.say(b"GET /dev/1 HTTP/1.1\r\nHost: h\r\n" + OFFER + b"\r\n")
            await client.answer()
            await client.say(b"GET /dev/2 HTTP/1.1\r\nHost: h\r\n\r\n")
            await client.answer()
            return [event["path"] for event in rim.events]

    assert run(conversation()) == ["/1", "/2"]


BODIES = [
    pytest.param(b"Content-Length: %d\r\n\r\n" % len(SMUGGLED), SMUGGLED, id="length"),
    pytest.param(
        b"Transfer-Encoding: chunked\r\n\r\n", b"%x\r\n%b\r\n0\r\n\r\n" % (len(SMUGGLED), SMUGGLED), id="chunked"
    ),
]


@pytest.mark.parametrize("writes", ["one", "two", "byte-by-byte"])
@pytest.mark.parametrize(("length", "body"), BODIES)
def test_the_body_of_an_offer_to_upgrade_is_the_requests_own(length: bytes, body: bytes, writes: str) -> None:
    """It used to be lost, or, when it came later, served as a request of its own."""
    data = POST + OFFER + length + body
    parts = {"one": [data], "two": [data.removesuffix(body), body], "byte-by-byte": [bytes([byte]) for byte in data]}

    async def conversation() -> list[tuple[str, str, bool]]:
        async with listening(REST) as rim, rim.connect() as client:
            for part in parts[writes]:
                await client.say(part)
            await client.answer()
            await client.say(b"GET /dev/2 HTTP/1.1\r\nHost: h\r\n\r\n")
            await client.answer()
            offered = [exchange.request.header("upgrade") == "h2c" for exchange in rim.exchanges]
            return [(event["path"], event["body"], seen) for event, seen in zip(rim.events, offered, strict=True)]

    assert run(conversation()) == [("/1", SMUGGLED.decode(), True), ("/2", None, False)]


def test_trailers_are_no_headers() -> None:
    """RFC 9110, 6.5.1: a trailer must not be merged into the headers."""
    event = event_of(
        POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nAuthorization: stolen\r\nHost: evil.example\r\n"
        b"Origin: http://evil.example\r\nX-T: 1\r\n\r\n"
    )
    assert event["body"] == "hello"
    assert event["headers"]["Host"] == "h"
    assert {"authorization", "origin", "x-t"}.isdisjoint(name.lower() for name in event["headers"])


GET = b"GET /dev/1 HTTP/1.1\r\nHost: h\r\n\r\n"
HALF_CLOSED = [
    pytest.param([GET], 1, id="request"),
    pytest.param([GET * 3], 3, id="pipelined"),
    pytest.param([POST + b"Content-Length: 2\r\n\r\n", b"hi"], 1, id="body"),
    pytest.param([GET + GET[:20]], 1, id="request-and-half-a-head"),
    pytest.param([GET + POST + b"Content-Length: 9\r\n\r\nhi"], 1, id="request-and-half-a-body"),
    pytest.param(
        [POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + POST + b"Transfer-Encoding: chunked\r\n\r\n"],
        1,
        id="body-and-half-a-body",
    ),
    pytest.param([GET[:20]], 0, id="half-a-head"),
    pytest.param([POST + b"Content-Length: 9\r\n\r\n", b"hi"], 0, id="half-a-body"),
    pytest.param([b""], 0, id="nothing"),
]


@pytest.mark.parametrize(("parts", "answers"), HALF_CLOSED)
def test_a_client_that_ends_its_side_is_answered(
    parts: list[bytes], answers: int, caplog: pytest.LogCaptureFixture
) -> None:
    """`printf ... | nc`: RFC 9112, 9.6. What was not sent whole is not invoked."""

    async def handler(event: dict[str, Any]) -> object:
        await asyncio.sleep(0.01)  # the end of the client's side comes first
        return OK

    async def conversation() -> tuple[bytes, int]:
        async with listening(REST, handler) as rim, rim.connect() as client:
            for part in parts:
                await client.say(part)
            client.end()
            return await client.rest(), len(rim.events)

    heard, invoked = run(conversation())
    assert (heard.count(b"HTTP/1.1 200 OK"), invoked) == (answers, answers)
    assert caplog.messages == []


@pytest.mark.parametrize("begun", [b"G", GET[:-1], GET + GET[:20], b"\r\n" + GET[:20]])
def test_half_a_head_times_out(begun: bytes) -> None:
    async def conversation() -> bytes:
        async with listening(REST, head_timeout=0.05) as rim, rim.connect() as client:
            await client.say(begun)
            return await client.rest()

    *answered, refused = run(conversation()).split(b"HTTP/1.1 ")[1:]
    assert refused.startswith(b"408 Request Timeout")
    assert len(answered) == begun.count(GET)


def test_a_head_that_comes_slowly_is_waited_for_no_longer() -> None:
    """Each byte begins no new time."""

    async def conversation() -> bytes:
        async with listening(REST, head_timeout=0.1) as rim, rim.connect() as client:

            async def drip() -> None:
                for byte in GET * 100:
                    await client.say(bytes([byte]))
                    await asyncio.sleep(0.01)

            dripping = asyncio.create_task(drip())
            heard = await client.rest()
            dripping.cancel()
            return heard

    assert run(conversation()).startswith(b"HTTP/1.1 408 ")


def test_a_timeout_ends_with_the_head() -> None:
    async def conversation() -> list[int]:
        async with listening(REST, head_timeout=1.0) as rim, rim.connect() as client:
            await client.say(GET[:20])
            await client.say(GET[20:])
            first = await client.answer()
            await client.say(POST + b"Content-Length: 2\r\n\r\n")
            await asyncio.sleep(1.2)
            await client.say(b"hi")
            return [first.status, (await client.answer()).status]

    assert run(conversation()) == [200, 200]


REFUSED = [
    pytest.param(b"GET / HTTP/1.1\r\n\r\n", 400, id="no-host"),
    pytest.param(b"GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n", 400, id="two-hosts"),
    pytest.param(b"GET / HTTP/2.0\r\nHost: h\r\n\r\n", 400, id="http-2.0"),
    pytest.param(POST + b"TE: gzip\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400, id="te"),
    pytest.param(POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, id="two-lengths"),
    pytest.param(POST + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400, id="twice-one-length"),
    pytest.param(POST + b"Transfer-Encoding: chunked\r\n\r\nx\r\n", 400, id="chunk"),
    pytest.param(
        POST + b"Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 400, id="chunk-not-waited-for"
    ),
    pytest.param(POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n", 400, id="end-of-a-chunk"),
    pytest.param(POST + b"Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n", 400, id="lf-of-a-chunk"),
    pytest.param(POST + b"Transfer-Encoding: chunked\r\n\r\n5;" + b"x" * 9000, 400, id="extension"),
    pytest.param(POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + b"x" * 99_000, 431, id="trailers"),
    pytest.param(b"GET /" + b"x" * 3_000_000, 414, id="target"),
    pytest.param(b"GET / HTTP/1.1\r\n" + b"X: x\r\n" * 500_000, 431, id="headers"),
    pytest.param(b"GET /\xff HTTP/1.1\r\nHost: h\r\n\r\n", 400, id="target-beyond-ascii"),
    pytest.param(b"GET / HTTP/1.1\r\nHost: h\r\nX\xff: 1\r\n\r\n", 400, id="name-beyond-ascii"),
    pytest.param(b"GET / HTTP/1.1\r\nHost: h\r\nX: \x00\r\n\r\n", 400, id="nul"),
    pytest.param(b"GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n", 400, id="carriage-return"),
    pytest.param(b"GET / HTTP/1.1\nHost: h\n\n", 400, id="lf"),
    pytest.param(b"get / HTTP/1.1\r\nHost: h\r\n\r\n", 400, id="method"),
    pytest.param(b"CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n", 400, id="connect"),
    pytest.param(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, id="prior-knowledge-of-http-2"),
    pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, id="tls"),
]


@pytest.mark.parametrize(("data", "status"), REFUSED)
def test_what_is_refused_ends_the_connection(data: bytes, status: int, caplog: pytest.LogCaptureFixture) -> None:
    """With an answer that arrives, though more was sent than read; a request behind it is not served."""

    async def conversation() -> tuple[bytes, int]:
        async with listening(REST) as rim, rim.connect() as client:
            await client.say(data)
            await client.say(GET)
            return await client.rest(), len(rim.events)

    heard, invoked = run(conversation())
    assert heard.startswith(b"HTTP/1.1 %d " % status)
    assert b"\r\nconnection: close\r\n" in heard
    assert heard.count(b"HTTP/1.1 %d " % status) == 1
    assert invoked == 0
    (line,) = caplog.messages
    assert line.startswith(f"Refused a request ({status}): ")
    assert line.isprintable()


def test_a_refusal_comes_after_the_answers_that_are_due() -> None:
    async def conversation() -> tuple[bytes, list[str]]:
        async with listening(REST) as rim, rim.connect() as client:
            await client.say(GET * 2 + b"GET / HTTP/2.0\r\n\r\n" + GET)
            return await client.rest(), [event["path"] for event in rim.events]

    heard, paths = run(conversation())
    assert [part[:3] for part in heard.split(b"HTTP/1.1 ")[1:]] == [b"200", b"200", b"400"]
    assert paths == ["/1", "/1"]


def test_pipelined_requests_of_a_client_that_leaves(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody waits for the answers, and nothing is said of it."""

    async def conversation() -> None:
        async with listening(REST) as rim:
            for _ in range(20):
                async with rim.connect() as client:
                    await client.say(GET * 5)
                    client.leave()
            await rim.ask(GET)

    run(conversation())
    assert caplog.messages == []


HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"
WRITES = [
    pytest.param([HEAD, b"ok"], [HEAD + b"ok"], id="head-and-body"),
    pytest.param([HEAD], [HEAD], id="no-body"),
    pytest.param([HEAD, b""], [HEAD], id="empty-body"),
    pytest.param([HEAD, HEAD], [HEAD + HEAD], id="a-body-that-looks-like-a-head"),
    pytest.param([HEAD, b"a", b"b"], [HEAD + b"a", b"b"], id="body-in-two"),
    pytest.param([HEAD, b"x" * 100_000], [HEAD, b"x" * 100_000], id="large-body-is-not-copied"),
    pytest.param([b"HTTP/1.1 100 Continue\r\n\r\n"], [b"HTTP/1.1 100 Continue\r\n\r\n"], id="interim-response"),
]


class Wire(list[bytes]):
    """What a transport was told to write, in order; what is left unsent at the close is lost."""

    def write(self, data: bytes) -> None:
        self.append(data)

    def close(self) -> None:
        self.append(b"<closed>")


@pytest.mark.parametrize(("written", "sent"), WRITES)
@pytest.mark.parametrize("end", ["flush", "close"])
def test_a_head_is_sent_with_its_body(written: list[bytes], sent: list[bytes], end: str) -> None:
    wire = Wire()
    transport: Any = HeadWithBody(wire)  # type: ignore[arg-type]
    for data in written:
        transport.write(data)
    getattr(transport, end)()
    assert wire == (sent if end == "flush" else [*sent, b"<closed>"])
