"""The rim of `emulate serve` in this process: an API on a real port, a function that is a Python call, raw sockets."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import uvloop

from emulator.aws.api import Api
from emulator.exchange import Exchange
from emulator.frontends import NO_STAND_INS
from emulator.functions.invocation import FunctionError, IntegrationTimeout, Invocation, Result, Returned, Throttled
from emulator.messages import Request
from emulator.server.allowed_hosts import AllowedHosts
from emulator.server.asgi import Enforcing, GatewayApp
from emulator.server.http_protocol import HEAD_TIMEOUT
from emulator.server.listen import Listener, bind

T = TypeVar("T")
PATIENCE = 60.0
"""Seconds a conversation may take before it fails. None takes a second, but the machine may do ten other things."""

HOSTS = AllowedHosts(("h", "api.example.test"))
OK: dict[str, Any] = {"statusCode": 200, "headers": {"content-type": "text/plain"}, "body": "ok"}


def run(conversation: Coroutine[Any, Any, T]) -> T:
    """To its end, on the event loop of production."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(asyncio.wait_for(conversation, PATIENCE))


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP/1.1 answer as it came over the socket, names in the case of the wire."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name]


class Conversation:
    """One connection: bytes out, answers back."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def say(self, data: bytes) -> None:
        """Each call is a segment of its own to the server, which reads it when the event loop comes round."""
        self._writer.write(data)
        await self._writer.drain()
        await asyncio.sleep(0)

    async def hear(self) -> bytes:
        """The next head, up to and with its empty line."""
        return await self._reader.readuntil(b"\r\n\r\n")

    async def line(self) -> bytes:
        """The next line, up to and with its end."""
        return await self._reader.readuntil(b"\n")

    async def answer(self, method: str = "GET") -> Answer:
        """The next answer; one to HEAD, a 204 and a 304 end with their head."""
        first, *lines = (await self.hear()).decode("latin-1").rstrip("\r\n").split("\r\n")
        headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        status = int(first.split()[1])
        length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
        bodiless = method == "HEAD" or status in (204, 304)
        return Answer(status, headers, b"" if bodiless else await self._reader.readexactly(length))

    async def rest(self) -> bytes:
        """Everything until the server closes the connection."""
        return await self._reader.read()

    def end(self) -> None:
        """Send no more, and still read (half a close)."""
        self._writer.write_eof()

    def leave(self) -> None:
        """Close without a word (a reset)."""
        self._writer.transport.abort()


@contextlib.asynccontextmanager
async def connect(port: int) -> AsyncIterator[Conversation]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Conversation(reader, writer)
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def is_refused(port: int) -> bool:
    """Whether nobody listens on the port."""
    try:
        async with connect(port):
            return False
    except ConnectionRefusedError:
        return True


async def until_refused(port: int) -> None:
    """Returns when nobody listens on the port any more."""
    while not await is_refused(port):  # noqa: ASYNC110  no event tells of it
        await asyncio.sleep(0.01)


@dataclass
class Rim:
    """An API being served: its port, the events the function got, the exchanges observed, the heads that arrived."""

    port: int = 0
    events: list[dict[str, Any]] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    arrivals: list[Request] = field(default_factory=list)

    def connect(self) -> contextlib.AbstractAsyncContextManager[Conversation]:
        return connect(self.port)

    async def ask(self, data: bytes, method: str = "GET") -> Answer:
        """One request on a connection of its own."""
        async with self.connect() as conversation:
            await conversation.say(data)
            return await conversation.answer(method)


Handler = Callable[[dict[str, Any]], Any]


@contextlib.asynccontextmanager
async def listening(
    api: Api,
    handler: Handler = lambda event: OK,
    head_timeout: float = HEAD_TIMEOUT,
    stand_ins: Mapping[str, str] = NO_STAND_INS,
    enforcing: Enforcing | None = None,
) -> AsyncIterator[Rim]:
    """Serve `api` to the hosts `h` and `api.example.test`; `handler` stands for the function, may be a coroutine
    function, and fails by returning how. `stand_ins` maps dev origins to those of production; without `enforcing` no
    CORS is enforced."""
    rim = Rim()

    async def invoke(function: str, invocation: Invocation) -> Result:
        event = json.loads(invocation.payload)
        rim.events.append(event)
        returned = handler(event)
        if asyncio.iscoroutine(returned):
            returned = await returned
        is_result = isinstance(returned, FunctionError | IntegrationTimeout | Throttled)
        return returned if is_result else Returned(json.dumps(returned).encode())

    app = GatewayApp(
        lambda path: api,
        invoke,
        rim.exchanges.append,
        rim.arrivals.append,
        hosts=lambda: HOSTS,
        stand_ins=lambda: stand_ins,
        enforcing=lambda path: enforcing,
    )
    listener = Listener(app, bind("127.0.0.1", 0, api.name), head_timeout)
    rim.port = listener.port
    await listener.start()
    try:
        yield rim
    finally:
        listener.close()
