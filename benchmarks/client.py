"""The measuring side: keep-alive HTTP/1.1 over raw sockets, so that the client costs as little as can be."""

import asyncio
import re
import shutil
import socket
import subprocess
import time
from typing import cast

ORIGIN = "http://localhost:5173"
Headers = tuple[str, ...]
BENCH: Headers = (
    "User-Agent: bench", "Accept: */*", "Accept-Encoding: gzip, deflate", "Accept-Language: en", f"Origin: {ORIGIN}",
)  # fmt: skip
"""An ordinary browser-like GET."""


def request_bytes(path: str, port: int, headers: Headers = BENCH) -> bytes:
    """A GET with these headers."""
    return "\r\n".join((f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *headers, "", "")).encode()


def answer_of(connection: socket.socket) -> tuple[int, bytes]:
    """Status and body of one response with a Content-Length."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _received(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    while len(body) < length:
        body += _received(connection)
    return int(head[9:12]), body


def _received(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ConnectionError("the server closed the connection")
    return data


def sequential(path: str, port: int, count: int, *, headers: Headers = BENCH) -> list[float]:
    """Milliseconds of each of `count` requests on one connection, sorted."""
    request = request_bytes(path, port, headers)
    taken = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(count):
            started = time.perf_counter()
            connection.sendall(request)
            status, _ = answer_of(connection)
            taken.append((time.perf_counter() - started) * 1000)
            if status != 200:
                raise RuntimeError(f"status {status}")
    return sorted(taken)


class _Caller(asyncio.Protocol):
    """Sends the next request as soon as an answer has come."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.answered = 0
        self.transport: asyncio.Transport
        self._missing = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if self._missing < 0:
            head, _, body = data.partition(b"\r\n\r\n")
            at = head.lower().index(b"content-length:") + 15
            self._missing = int(head[at:].split(b"\r\n", 1)[0]) - len(body)
        else:
            self._missing -= len(data)
        if self._missing <= 0:
            self._missing = -1
            self.answered += 1
            self.transport.write(self.request)


async def _loaded(request: bytes, port: int, connections: int, seconds: float) -> float:
    loop = asyncio.get_running_loop()
    callers = []
    for _ in range(connections):
        _, caller = await loop.create_connection(lambda: _Caller(request), "127.0.0.1", port)
        callers.append(caller)
    started = time.perf_counter()
    await asyncio.sleep(seconds)
    rate = sum(caller.answered for caller in callers) / (time.perf_counter() - started)
    for caller in callers:
        caller.transport.abort()
    return rate


def requests_per_second(
    path: str, port: int, connections: int = 8, seconds: float = 4.0, *, headers: Headers = BENCH
) -> float:
    """Answers a second with `connections` callers in flight; the client itself takes a part of one core."""
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.Loop) as runner:
        return runner.run(_loaded(request_bytes(path, port, headers), port, connections, seconds))


def wrk_requests_per_second(
    path: str, port: int, connections: int = 8, seconds: int = 5, *, headers: Headers = BENCH
) -> float | None:
    """The same by wrk in one thread, which takes less of a core; None where it is not installed. Raises RuntimeError
    when an answer was not 2xx or a connection failed."""
    program = shutil.which("wrk")
    if program is None:
        return None
    command = [program, "-t1", f"-c{connections}", f"-d{seconds}s"]
    for header in headers:
        command += ["-H", header]
    command.append(f"http://127.0.0.1:{port}{path}")
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec: +([0-9.]+)", told)
    if rate is None or "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    return float(rate[1])
