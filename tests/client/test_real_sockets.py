"""The client over TCP: what a server reads from the socket."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import httpx
import pytest

from emulator.client import BrowserClient, NetworkError, browser
from serving.ports import free_port

Seen = list[tuple[str, list[tuple[str, str]], bytes]]


class Handler(BaseHTTPRequestHandler):
    """Notes each request, allows everything."""

    protocol_version = "HTTP/1.1"
    seen: ClassVar[Seen] = []

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.seen.append((self.requestline, self.headers.items(), body))
        self.send_response(200)
        for name in ("Origin", "Methods", "Headers"):
            self.send_header(f"Access-Control-Allow-{name}", "*")
        self.send_header("Content-Length", "2")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(b"ok")

    do_GET = do_POST = do_OPTIONS = do_HEAD = do_patch = answer  # noqa: N815  http.server's own names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server() -> Iterator[tuple[str, Seen]]:
    Handler.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}", Handler.seen
        running.shutdown()
        thread.join()


def test_the_bytes_a_server_gets(server: tuple[str, Seen]) -> None:
    url, seen = server
    with BrowserClient("http://127.0.0.1:1") as client:
        response = client.fetch(f"{url}/a b?q=ü#f", method="patch", headers=[("X-Latin", "é")], body="ü")
    assert response.body == b"ok"
    assert response.url == f"{url}/a%20b?q=%C3%BC"
    (preflight, asked, nothing), (actual, sent, body) = seen
    assert preflight == "OPTIONS /a%20b?q=%C3%BC HTTP/1.1"
    assert actual == "patch /a%20b?q=%C3%BC HTTP/1.1"
    assert (nothing, body) == (b"", "ü".encode())
    assert dict(asked)["Access-Control-Request-Headers"] == "x-latin"
    assert dict(sent)["X-Latin"] == "é"
    assert dict(sent)["Origin"] == "http://127.0.0.1:1"
    assert "python" not in dict(sent)["User-Agent"]


def test_an_empty_post_says_so(server: tuple[str, Seen]) -> None:
    url, seen = server
    with BrowserClient("http://127.0.0.1:1", "firefox") as client:
        client.fetch(url, method="POST")
    assert dict(seen[0][1])["Content-Length"] == "0"


def test_nobody_listens() -> None:
    port = free_port()
    with BrowserClient("http://127.0.0.1:1") as client, pytest.raises(NetworkError) as failure:
        client.fetch(f"http://127.0.0.1:{port}/")
    assert "refused" in failure.value.reason


def test_a_page_waits_longer_than_httpx_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as TIMEOUT says, however short it is made."""
    assert browser.TIMEOUT > 5  # httpx's own
    monkeypatch.setattr(browser, "TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        origin = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with BrowserClient(origin) as page, pytest.raises(NetworkError, match="timed out"):
            page.fetch(f"{origin}/")


def test_timeouts_are_httpx_s() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        httpx.Client(timeout=httpx.Timeout(5, read=0.05)) as http,
        pytest.raises(NetworkError, match="timed out"),
    ):
        BrowserClient("http://127.0.0.1:1", http=http).fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/")
