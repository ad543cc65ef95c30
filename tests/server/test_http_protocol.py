"""What ASGI throws away and the events need: the case of header names, the target as sent."""

from typing import Any

import pytest

from emulator.aws.http_api import HttpApi, Route
from emulator.aws.rest_api import Method, RestApi
from emulator.server.http_protocol import HeadWithBody
from serving.rim import Rim, listening, run

REST = RestApi("orders", "abcdef1234", (Method("ANY", "/{proxy+}", "f"),), "dev")
HTTP = HttpApi("shop", "abcdef1234", (Route("$default", "f"),))
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
    """RFC 9112, 3.2.2: a server must accept the absolute form, which clients send to proxies."""
    event = event_of(b"GET http://h:1/a%20b?x=1 HTTP/1.1\r\nHost: h\r\n\r\n", HTTP)
    assert (event["rawPath"], event["rawQueryString"]) == ("/a b", "x=1")


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


def test_an_offer_to_upgrade_is_ignored() -> None:
    """RFC 9110, 7.8: curl --http2 offers h2c on plain http; the answer goes over HTTP/1.1, and so does the next."""
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: A\r\n"

    async def conversation() -> list[str]:
        async with listening(REST) as rim, rim.connect() as client:
            await client.say(b"GET /dev/1 HTTP/1.1\r\nHost: h\r\n" + offer + b"\r\n")
            await client.answer()
            await client.say(b"GET /dev/2 HTTP/1.1\r\nHost: h\r\n\r\n")
            await client.answer()
            return [event["path"] for event in rim.events]

    assert run(conversation()) == ["/1", "/2"]


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
