"""What a client that means ill can cost: memory, and the time of others. The bounds are generous: without
any, these cost hundreds of MB, and others waited for seconds."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Self

import httpx
import psutil
import pytest

from serving.emulate import PATIENCE, Served, get, serve
from serving.lines import line

CONFIG = """
apis: {shop: {type: http, port: 0, routes: {$default: f}}}
functions: {f: {handler: app.handler}}
"""
HOST = b"Host: localhost\r\n"
GET = b"GET / HTTP/1.1\r\n" + HOST + b"\r\n"
CHUNKED = b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
MB = 1_000_000
MEMORY = 60 * MB
OTHERS = 2.5
"""Seconds that another client's request may take meanwhile, on a machine that is busy with other tests."""
ATTEMPTS = 3
"""Floods of which one has to leave the others their time: what the machine does besides may stop anyone once."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "app.py").write_text("def handler(event, context):\n    return 'hello'\n")
    with serve(folder, "--no-platform-logs", "--no-reload") as served:
        get(served.urls["shop"])
        yield served


class Watch:
    """The most memory of the process, beyond what it had at the beginning, and the slowest answer to someone else."""

    def __init__(self, served: Served) -> None:
        self._process = psutil.Process(served.process.pid)
        self._url = served.urls["shop"]
        self._before = self._process.memory_info().rss
        self._ended = threading.Event()
        self.grown = 0
        self.slowest = 0.0
        self._threads = [threading.Thread(target=watch) for watch in (self._weigh, self._ask)]

    def _weigh(self) -> None:
        while not self._ended.wait(0.01):
            self.grown = max(self.grown, self._process.memory_info().rss - self._before)

    def _ask(self) -> None:
        with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
            while not self._ended.wait(0.01):
                began = time.monotonic()
                assert client.get(self._url).text == "hello"
                self.slowest = max(self.slowest, time.monotonic() - began)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()


def flood(port: int, begin: bytes, more: bytes, size: int) -> None:
    """Send `size` bytes of `more` after `begin`, until the server takes no more."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.settimeout(1)
        with contextlib.suppress(OSError):
            connection.sendall(begin)
            for _ in range(size // len(more)):
                connection.sendall(more)


def port_of(served: Served) -> int:
    port = httpx.URL(served.urls["shop"]).port
    assert port is not None
    return port


FLOODS = [
    pytest.param(b"GET /", b"a" * MB, 60 * MB, id="target"),
    pytest.param(b"GET / HTTP/1.1\r\n" + HOST, b"X-7: a\r\n" * 100_000, 31 * MB, id="headers"),
    pytest.param(b"GET / HTTP/1.1\r\n" + HOST + b"X: ", b"b" * MB, 31 * MB, id="one-header"),
    pytest.param(CHUNKED + b"0\r\n", b"X-7: a\r\n" * 100_000, 31 * MB, id="trailers"),
    pytest.param(CHUNKED + b"5;", b"b" * MB, 31 * MB, id="chunk-extension"),
    pytest.param(b"", b"\r\n" * 500_000, 31 * MB, id="empty-lines"),
    pytest.param(b"", GET * 20_000, 6 * MB, id="pipelined"),
]


@pytest.mark.parametrize(("begin", "more", "size"), FLOODS)
def test_a_flood_costs_neither_memory_nor_others_time(served: Served, begin: bytes, more: bytes, size: int) -> None:
    slowest = []
    while not slowest or (min(slowest) >= OTHERS and len(slowest) < ATTEMPTS):
        with Watch(served) as watch:
            flood(port_of(served), begin, more, size)
        assert watch.grown < MEMORY
        slowest.append(watch.slowest)
    assert min(slowest) < OTHERS


def test_many_connections_that_pipeline(served: Served) -> None:
    """Each keeps what the kernel and one read hold, and no request of it."""
    with contextlib.ExitStack() as stack, Watch(served) as watch:
        for _ in range(100):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port_of(served)), PATIENCE))
            connection.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                connection.send(GET * 6_000)
        get(served.urls["shop"])
    assert watch.grown < MEMORY


def test_nothing_of_it_is_on_the_console(served: Served) -> None:
    get(served.urls["shop"] + "/last")
    console = served.wait_for(line("GET /last", 200))
    assert "Traceback" not in console
    assert "RuntimeError" not in console
    assert "has a bug" not in console
