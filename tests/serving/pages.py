"""Web servers of the tests' own: blank pages, and a development server that passes /api on as Vite's proxy does."""

import contextlib
import http.client
import http.server
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

BLANK = b"<!doctype html><title>page</title><link rel=icon href='data:,'>"


class DevelopmentServer(http.server.ThreadingHTTPServer):
    """Blank pages, but below /api what `target` answers. `changes_origin` rewrites Host as `changeOrigin: true` does
    (vitejs/vite#16558: Host, and not Origin)."""

    daemon_threads = True
    target = ""
    changes_origin = True


class Handler(http.server.BaseHTTPRequestHandler):
    """One request of a page."""

    protocol_version = "HTTP/1.1"
    server: DevelopmentServer

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not self.path.startswith("/api/"):
            self.reply(200, [("Content-Type", "text/html")], BLANK)
            return
        address = urlsplit(self.server.target)
        headers = dict(self.headers.items())
        if self.server.changes_origin:
            headers["Host"] = address.netloc
        connection = http.client.HTTPConnection(address.hostname or "", address.port or 80)
        connection.request(self.command, address.path + self.path.removeprefix("/api"), body, headers)
        answer = connection.getresponse()
        kept = [pair for pair in answer.getheaders() if pair[0].lower() not in ("content-length", "date")]
        self.reply(answer.status, kept, answer.read())
        connection.close()

    do_GET = do_POST = do_PUT = answer  # noqa: N815  http.server's own names

    def reply(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Nothing: a test's output is its own."""


@contextlib.contextmanager
def development_server() -> Iterator[DevelopmentServer]:
    """A running one, on a free port of localhost."""
    with DevelopmentServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
