"""The API under the random calls: four loopback origins that answer what each case scripts and note what they got.

Speaks just enough HTTP/1.1 to keep connections alive. It parses requests itself because a browser may send any token
as a method, and writes raw lines because a case may script any bytes.
"""

import asyncio
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from differential.cases import CASE_PATH, Case, Origins
from differential.live_case import BODY, BODYLESS_STATUSES, LiveCase
from differential.observation import Pairs, Received, received

PAGES = Path(__file__).parent / "pages"
HOST_ADDRESSES = {"page": "127.0.0.1", "a": "127.0.0.1", "b": "127.0.0.1", "c": "localhost"}


class ApiServers:
    """All origins of one run."""

    def __init__(self) -> None:
        self._live: dict[str, LiveCase] = {}
        self.origins = Origins({})
        self.connections: set[asyncio.Transport] = set()

    async def start(self) -> list[asyncio.Server]:
        loop = asyncio.get_running_loop()
        servers = []
        by_name = {}
        for name, address in HOST_ADDRESSES.items():
            server = await loop.create_server(partial(ApiConnection, self, name), "127.0.0.1", 0)
            servers.append(server)
            by_name[name] = f"http://{address}:{server.sockets[0].getsockname()[1]}"
        self.origins = Origins(by_name)
        return servers

    def stop(self) -> None:
        """Close what listens beside the servers that `start` has returned."""

    def add(self, cases: Iterable[Case]) -> None:
        """From now on answer for these."""
        self._live.update({case.path: LiveCase(case, self.origins) for case in cases})

    def take(self, case: Case) -> tuple[Received, ...]:
        """What came in for a case, which is over."""
        return tuple(self._live.pop(case.path).requests)

    def live(self, target: str) -> LiveCase | None:
        """The case under way that a request is for."""
        path = CASE_PATH.match(target)
        return self._live.get(path[0]) if path else None

    def respond(self, host: str, method: str, target: str, headers: Pairs) -> bytes:
        """The whole response to one request."""
        live = self.live(target)
        if live is None:
            return _file_response(method, target)
        status, lines = live.respond(received(host, method, target, headers))
        return _encode(method, status, lines, BODY)


class ApiConnection(asyncio.Protocol):
    """One connection to one of the origins."""

    def __init__(self, servers: ApiServers, host: str) -> None:
        self._servers = servers
        self._host = host
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._servers.connections.add(transport)

    def connection_lost(self, _: Exception | None) -> None:
        assert self._transport is not None
        self._servers.connections.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (message := _take_request(self._buffer)) is not None:
            method, target, headers, used = message
            self._buffer = self._buffer[used:]
            assert self._transport is not None
            self._transport.write(self._servers.respond(self._host, method, target, headers))


def _take_request(buffer: bytes) -> tuple[str, str, Pairs, int] | None:
    """The first whole request of `buffer` and its length; None while it is incomplete. Browsers send Content-Length
    with every body used here."""
    head, separator, rest = buffer.partition(b"\r\n\r\n")
    if not separator:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = []
    length = 0
    for line in lines:
        name, _, value = line.partition(":")
        headers.append((name, value.strip(" \t")))
        if name.lower() == "content-length":
            length = int(value)
    if len(rest) < length:
        return None
    return method, target, tuple(headers), len(head) + 4 + length


def _encode(method: str, status: int, headers: Pairs, body: bytes) -> bytes:
    lines = [f"HTTP/1.1 {status} Scripted", *(f"{name}:{value}" for name, value in headers)]
    content = b"" if method == "HEAD" or status in BODYLESS_STATUSES else body
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + content


def _file_response(method: str, path: str) -> bytes:
    file = PAGES / path.removeprefix("/")
    if path.count("/") != 1 or not file.is_file():
        return _encode(method, 404, (("Content-Length", "0"),), b"")
    content = file.read_bytes()
    kind = "text/html" if file.suffix == ".html" else "text/javascript"
    return _encode(method, 200, (("Content-Type", kind), ("Content-Length", str(len(content)))), content)


Servers = TypeVar("Servers", bound=ApiServers)


@contextmanager
def run_api_servers(kind: type[Servers]) -> Iterator[Servers]:
    """The servers on a thread of their own, listening until the block is left."""
    servers = kind()
    loop = asyncio.new_event_loop()
    listening = loop.run_until_complete(servers.start())
    thread = threading.Thread(target=loop.run_forever, name="api-servers", daemon=True)
    thread.start()
    try:
        yield servers
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(_close(servers, listening))
        loop.close()


async def _close(servers: ApiServers, listening: list[asyncio.Server]) -> None:
    servers.stop()
    for server in listening:
        server.close()
        await server.wait_closed()
    while servers.connections:
        for transport in tuple(servers.connections):
            transport.abort()
        await asyncio.sleep(0)
