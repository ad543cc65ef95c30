"""What an invocation costs without any gateway, beside a bare worker on a Unix socket: `python benchmarks/invoke.py`.

Both run the same handler in a process of its own, with the same event, one invocation at a time, from one uvloop event
loop. Blocks of the two take turns, so that what disturbs the machine disturbs both.
"""

import asyncio
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import uvloop

from emulator.functions.invocation import Function, Invocation, Returned
from emulator.functions.pool import Pool
from started import HANDLER

ECHO = """
import json, socket, sys
connection = socket.socket(fileno=int(sys.argv[1]))
received = b""
while True:
    while len(received) < 4 or len(received) < 4 + int.from_bytes(received[:4], "big"):
        data = connection.recv(1 << 18)
        if not data:
            sys.exit()
        received += data
    length = 4 + int.from_bytes(received[:4], "big")
    event, received = json.loads(received[4:length]), received[length:]
    answer = json.dumps(handler(event, None)).encode()
    connection.sendall(len(answer).to_bytes(4, "big") + answer)
"""
HEADERS = {
    "accept": "*/*",
    "accept-encoding": "gzip, deflate, br",
    "accept-language": "en-GB,en;q=0.9",
    "content-length": "0",
    "host": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
    "origin": "https://shop.example.com",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0",
    "x-amzn-trace-id": "Root=1-66aa11bb-0123456789abcdef01234567",
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-port": "443",
    "x-forwarded-proto": "https",
}
EVENT = json.dumps(
    {
        "version": "2.0",
        "routeKey": "GET /",
        "rawPath": "/",
        "rawQueryString": "",
        "headers": HEADERS,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3d4e5",
            "domainName": HEADERS["host"],
            "domainPrefix": "a1b2c3d4e5",
            "http": {
                "method": "GET",
                "path": "/",
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": HEADERS["user-agent"],
            },
            "requestId": "AbCdEfGhIjKlMnOp",
            "routeKey": "GET /",
            "stage": "$default",
            "time": "23/Nov/2026:20:46:36 +0000",
            "timeEpoch": 1795466796000,
        },
        "isBase64Encoded": False,
    }
).encode()
BLOCKS = 40
BLOCK = 250
STARTS = 9
TARGET = 0.15
"""ms above the bare worker, at most."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Sorted ms of warm invocations, ours and the bare worker's; the median over the blocks of the p50s' difference;
    and the sorted ms of cold starts: an invocation with a new environment, and a bare interpreter that imports json."""

    ours: list[float]
    floor: list[float]
    above: float
    cold: list[float]
    interpreter: list[float]


class _Echo(asyncio.Protocol):
    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self._answer: asyncio.Future[bytes]
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def ask(self, message: bytes) -> asyncio.Future[bytes]:
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(len(message).to_bytes(4, "big") + message)
        return self._answer

    def data_received(self, data: bytes) -> None:
        self._received += data
        length = int.from_bytes(self._received[:4], "big")
        if len(self._received) >= 4 + length:
            self._answer.set_result(self._received[4 : 4 + length])
            self._received = self._received[4 + length :]


async def block(ask: Callable[[], Awaitable[object]]) -> list[float]:
    """ms of each of BLOCK invocations."""
    taken = []
    for _ in range(BLOCK):
        started = time.perf_counter()
        await ask()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def new_pool(folder: Path) -> Pool:
    function = Function(name="bench", handler="app.handler", code_uri=folder, timeout=10.0)
    return Pool({"bench": function}, os.environ, lambda _: None, lambda _name, _error: None)


def start_echo() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """The bare worker and the way to it."""
    mine, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-c", HANDLER + ECHO, str(theirs.fileno())]
        return mine, subprocess.Popen(command, pass_fds=[theirs.fileno()])


async def warm(folder: Path) -> tuple[list[float], list[float], float]:
    """ms of ours, of the floor, and the median of the blocks' differences."""
    mine, worker = start_echo()
    _, echo = await asyncio.get_running_loop().create_unix_connection(_Echo, sock=mine)
    pool = new_pool(folder)
    number = itertools.count()

    async def ours() -> None:
        result = await pool.invoke("bench", Invocation(f"00000000-0000-4000-8000-{next(number):012}", EVENT))
        assert isinstance(result, Returned), result

    try:
        await block(ours), await block(lambda: echo.ask(EVENT))
        pairs = [(await block(ours), await block(lambda: echo.ask(EVENT))) for _ in range(BLOCKS)]
    finally:
        await pool.close()
        worker.kill()
        worker.wait()
        echo.transport.abort()
    above = statistics.median(statistics.median(one) - statistics.median(floor) for one, floor in pairs)
    ours_taken, floor_taken = (sorted(itertools.chain.from_iterable(blocks)) for blocks in zip(*pairs, strict=True))
    return ours_taken, floor_taken, above


async def cold(folder: Path) -> float:
    """ms of an invocation that starts its environment."""
    pool = new_pool(folder)
    started = time.perf_counter()
    assert isinstance(await pool.invoke("bench", Invocation("request", EVENT)), Returned)
    taken = (time.perf_counter() - started) * 1000
    await pool.close()
    return taken


def interpreter() -> float:
    """ms until a bare interpreter has imported json and ended."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import json"], check=True)
    return (time.perf_counter() - started) * 1000


def measure() -> Figures:
    with tempfile.TemporaryDirectory() as name, asyncio.Runner(loop_factory=uvloop.Loop) as runner:
        folder = Path(name)
        (folder / "app.py").write_text(HANDLER)
        starts = [(runner.run(cold(folder)), interpreter()) for _ in range(STARTS)]
        ours, floor, above = runner.run(warm(folder))
    return Figures(ours, floor, above, sorted(one for one, _ in starts), sorted(bare for _, bare in starts))


def report(figures: Figures) -> str:
    def row(what: str, ours: float, floor: float) -> str:
        return f"{what:34}{ours:10.3f} ms    {ours - floor:+8.3f} ms against {floor:.3f} bare"

    def at(percent: int, figures: list[float]) -> float:
        return figures[len(figures) * percent // 100]

    return "\n".join(
        (
            row("invoke alone p50", at(50, figures.ours), at(50, figures.floor)),
            row("invoke alone p99", at(99, figures.ours), at(99, figures.floor)),
            f"{'invoke alone above bare worker':34}{figures.above:10.3f} ms    (median of blocks; target {TARGET})",
            row("cold start p50", at(50, figures.cold), at(50, figures.interpreter)),
        )
    )


if __name__ == "__main__":
    print(report(measure()))
