"""The control port in this process, over real sockets: what it answers, and how the event stream treats its readers."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emulator.aws.api_mapping import ApiMapping
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.control.control_port import DEFAULT_PORT, ControlPort, ControlSettings, Served, bound
from emulator.control.feed import MOST_READERS
from emulator.deployment import Endpoint, Frontend, MappedUrl
from emulator.errors import AddressError
from emulator.exchange import Exchange
from emulator.history.history import History
from emulator.server.allowed_hosts import AllowedHosts
from products import a_route
from serving.exchanges import answers, call, exchanged
from serving.rim import Answer, Conversation, connect, run

API = HttpApi("shop", "abcdef1234", (a_route("GET /x"),), cors=CorsConfiguration(("*",)))
HERE = str(Path.cwd())
FRONTEND = Frontend("https://shop.example.com", dev=("http://localhost:5173",))
EXCHANGE = exchanged(API, call(headers=(("Authorization", "Bearer s3cret"),)), answers())


MAPPED = MappedUrl(ApiMapping("api.example.com", "v1"), HttpApi("shop", "id", ()), "http://localhost:3001/v1")


def numbered(number: int, path: str = "/x") -> Exchange:
    stamp = replace(EXCHANGE.stamp, request_id=f"id-{number}", extended_request_id=f"extended-{number}=")
    return replace(EXCHANGE, stamp=stamp, request=replace(EXCHANGE.request, raw_path=path))


class Controlled:
    """A control port, and the history that it follows."""

    def __init__(self) -> None:
        hosts, frontends = AllowedHosts(()), (FRONTEND,)
        endpoints = [("shop", "HTTP API", "http://localhost:3000")]
        self.refused = ""
        served = Served(
            lambda: frontends,
            lambda: hosts,
            lambda: endpoints,
            Path("emulator.yaml"),
            lambda: self.refused,
            lambda: (MAPPED,),
        )
        self.history = History(lambda: frontends)
        self.control = ControlPort(ControlSettings("127.0.0.1", 0), served, self.history, lambda fix: "mend it")

    @property
    def port(self) -> int:
        assert self.control.url is not None
        return int(self.control.url.rpartition(":")[2])

    def happen(self, *exchanges: Exchange) -> None:
        for exchange in exchanges:
            self.history.observe(exchange)
        self.history.finish()

    async def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        async with connect(self.port) as conversation:
            await conversation.say(head(path, method, **headers))
            return await conversation.answer(method)

    async def json(self, path: str) -> Any:
        answer = await self.get(path)
        assert answer.status == 200
        return json.loads(answer.body)


@contextlib.asynccontextmanager
async def controlled() -> AsyncIterator[Controlled]:
    made = Controlled()
    await made.control.start()
    made.control.is_ready = True
    try:
        yield made
    finally:
        made.control.close()


def head(path: str, method: str = "GET", **headers: str) -> bytes:
    fields = {"Host": "localhost", **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    return "\r\n".join(lines).encode()


class Events:
    """The event stream as a browser's EventSource reads it."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self.head = b""

    async def open(self, **headers: str) -> None:
        await self._conversation.say(head("/events", **headers))
        self.head = await self._conversation.hear()
        assert b" 200 " in self.head, self.head
        assert await self.block() == {"retry": "1000"}

    async def block(self) -> dict[str, str]:
        """The fields of the next event; chunks' own lines are hexadecimal numbers, and comments are passed over."""
        fields: dict[str, str] = {}
        while True:
            line = (await self._conversation.line()).decode().strip()
            name, colon, value = line.partition(": ")
            if colon and name:
                fields[name] = value
            elif not line and fields:
                return fields

    async def event(self) -> tuple[str, Any]:
        block = await self.block()
        return block["event"], json.loads(block["data"])


@contextlib.asynccontextmanager
async def reading(port: int, **headers: str) -> AsyncIterator[Events]:
    async with connect(port) as conversation:
        events = Events(conversation)
        await events.open(**headers)
        yield events


def test_health() -> None:
    async def conversation() -> None:
        async with controlled() as made:
            made.control.is_ready = False
            starting = await made.get("/health")
            assert starting.status == 503
            assert json.loads(starting.body)["status"] == "starting"
            made.control.is_ready = True
            assert await made.json("/health") == {
                "status": "ready",
                "apis": [{"name": "shop", "product": "HTTP API", "url": "http://localhost:3000"}],
                "domains": [{"name": "api.example.com", "api": "shop", "url": "http://localhost:3001/v1"}],
                "config": f"{HERE}/emulator.yaml",
                "problem": None,
                "folder": HERE,
            }
            made.refused = "emulator.yaml:3: no"
            refused = await made.json("/health")
            assert (refused["status"], refused["problem"]) == ("ready", "emulator.yaml:3: no"), (
                "the one before serves on"
            )

    run(conversation())


def test_exchanges() -> None:
    async def conversation() -> None:
        async with controlled() as made:
            assert await made.json("/exchanges") == []
            made.happen(numbered(1), numbered(2))
            both = await made.json("/exchanges")
            assert [one["request_id"] for one in both] == ["id-1", "id-2"]
            assert await made.json("/exchanges/id-2") == both[1]
            assert await made.json("/exchanges/extended-1%3D") == both[0]
            assert "s3cret" not in json.dumps(both)
            assert both[0]["request"]["credentials"] == ["authorization"]
            assert (await made.get("/exchanges/id-3")).status == 404

    run(conversation())


def test_events_are_told_to_every_reader() -> None:
    async def conversation() -> None:
        async with controlled() as made, reading(made.port) as first, reading(made.port) as second:
            assert b"text/event-stream" in first.head
            made.happen(numbered(1))
            for events in (first, second):
                block = await events.block()
                assert (block["event"], block["id"]) == ("exchange", "id-1")
                assert json.loads(block["data"]) == await made.json("/exchanges/id-1")

    run(conversation())


def test_a_reader_that_comes_again_misses_nothing() -> None:
    async def conversation() -> None:
        async with controlled() as made:
            made.happen(*map(numbered, (1, 2, 3)))
            async with reading(made.port, Last_Event_ID="id-1") as events:
                made.happen(numbered(4))
                assert [(await events.block())["id"] for _ in range(3)] == ["id-2", "id-3", "id-4"]
            async with reading(made.port, Last_Event_ID="of an earlier run") as events:
                assert [(await events.block())["id"] for _ in range(4)] == ["id-1", "id-2", "id-3", "id-4"]
            async with reading(made.port) as events:
                made.happen(numbered(5))
                assert (await events.block())["id"] == "id-5", "a new page is told what is new"

    run(conversation())


def test_readers_are_bounded() -> None:
    async def conversation() -> None:
        async with controlled() as made, contextlib.AsyncExitStack() as stack:
            for _ in range(MOST_READERS):
                await stack.enter_async_context(reading(made.port))
            full = await made.get("/events")
            assert full.status == 503
            assert b"event streams are open" in full.body
            await stack.aclose()
            while (await made.get("/events", "HEAD")).status != 200:  # noqa: ASYNC110  no event tells of it
                await asyncio.sleep(0.01)

    run(conversation())


def test_close_ends_open_streams_at_once() -> None:
    async def conversation() -> None:
        async with controlled() as made, connect(made.port) as raw:
            await raw.say(head("/events"))
            await raw.hear()
            made.control.close()
            with contextlib.suppress(ConnectionError):
                await raw.rest()

    run(conversation())


def test_what_it_does_not_answer() -> None:
    async def conversation() -> None:
        async with controlled() as made:
            for path, method, status in (("/", "GET", 404), ("/health", "POST", 405), ("/events/", "GET", 404)):
                answer = await made.get(path, method)
                assert answer.status == status
                assert "The control port answers GET /health, /events" in json.loads(answer.body)["detail"]

    run(conversation())


def test_a_refused_page_gets_no_header_that_lets_it_in() -> None:
    async def conversation() -> None:
        async with controlled() as made:
            for path in ("/health", "/events", "/exchanges", "/nowhere"):
                for method in ("GET", "OPTIONS", "POST", "HEAD"):
                    answer = await made.get(path, method, Origin="https://evil.example")
                    assert answer.status == 403
                    assert not [name for name, _ in answer.headers if name.startswith("access-control")]
                    assert answer.values("cross-origin-resource-policy") == ["same-origin"]

    run(conversation())


@pytest.mark.parametrize("origin", [FRONTEND.origin, *FRONTEND.dev])
def test_a_page_of_a_frontend_may_read(origin: str) -> None:
    async def conversation() -> None:
        async with controlled() as made:
            preflight = await made.get("/events", "OPTIONS", Origin=origin, Access_Control_Request_Method="GET")
            assert preflight.status == 204
            assert preflight.values("access-control-allow-methods") == ["GET"]
            for answer in (preflight, await made.get("/health", Origin=origin), await made.get("/no", Origin=origin)):
                assert answer.values("access-control-allow-origin") == [origin]
                assert answer.values("vary") == ["Origin"]
            own = await made.get("/health", "OPTIONS")
            assert (own.status, own.values("access-control-allow-methods")) == (204, [])

    run(conversation())


def a_taken_port() -> tuple[socket.socket, int]:
    taken = socket.create_server(("127.0.0.1", 0))
    return taken, taken.getsockname()[1]


def test_the_next_free_port_is_taken_by_default() -> None:
    taken, port = a_taken_port()
    with taken:
        sockets = bound(ControlSettings(), port)
        try:
            assert port < sockets[0].getsockname()[1] < port + 100
            assert {one.getsockname()[1] for one in sockets} == {sockets[0].getsockname()[1]}
        finally:
            for one in sockets:
                one.close()


def test_a_taken_port_that_was_asked_for_is_an_error() -> None:
    taken, port = a_taken_port()
    with taken, pytest.raises(AddressError) as caught:
        bound(ControlSettings("127.0.0.1", port))
    assert str(caught.value) == (
        f"The control port cannot listen on 127.0.0.1:{port}: Address already in use. Choose another with "
        "--control-port (0: any free one), or do without it: --no-control."
    )


def test_an_api_that_is_to_have_its_number() -> None:
    async def conversation() -> None:
        async with controlled() as made:
            assert made.control.clash([Endpoint(API, made.port + 1)]) == ""
            assert made.control.clash([Endpoint(API, made.port + 1), Endpoint(API, made.port)]) == (
                f"Port {made.port} is the control port's, so API 'shop' cannot listen there. Choose another: `port:` "
                "of 'shop' in the configuration, or start emulate serve with another --control-port, or "
                "with --no-control."
            )

    run(conversation())


def test_an_address_of_another_machine() -> None:
    with pytest.raises(AddressError, match=r"^The control port cannot listen on 192\.0\.2\.1:4000"):
        bound(ControlSettings("192.0.2.1", DEFAULT_PORT))
    with pytest.raises(AddressError, match=r"^--control-host a\.\.b: not an address of this machine"):
        bound(ControlSettings("a..b"))
