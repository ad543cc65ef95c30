"""The single-page app as it is deployed: built by Vite, and served from its production origin, on https."""

import contextlib
import http.server
import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from serving.spa import do_without, vite, with_environ

ORIGIN = "https://shop.example.com"


class Server(http.server.ThreadingHTTPServer):
    """Says nothing of browsers that hang up."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser opens connections that it does not use."""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files, without a word on each."""

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Nothing: a test's output is its own."""


def built(folder: Path, environ: Mapping[str, str]) -> Path:
    """What `vite build` makes of the app in `folder`, with these APIs and no emulator beside it."""
    apis = {name: url for name, url in environ.items() if name != "VITE_CONTROL_URL"}
    done = subprocess.run(
        vite(folder, "build"), cwd=folder, env=with_environ(apis), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "dist"


def certificate(folder: Path) -> Path:
    """A certificate of our own making, and its key, in one file."""
    if shutil.which("openssl") is None:
        do_without("there is no `openssl` on PATH")
    file = folder / "production.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subject = ["-subj", "/CN=shop.example.com", "-days", "2", "-keyout", file, "-out", folder / "certificate.pem"]
    subprocess.run([*command, *subject], check=True, capture_output=True, env=dict(os.environ))
    with file.open("a") as both:
        both.write((folder / "certificate.pem").read_text())
    return file


@contextlib.contextmanager
def production_server(folder: Path, pem: Path, port: int) -> Iterator[None]:
    """Serve the files of `folder` on https, at this port of this machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    def handler(request: socket.socket, address: Any, server: Any) -> Handler:
        return Handler(request, address, server, directory=str(folder))

    with Server(("127.0.0.1", port), handler) as server:
        # Each connection's thread shakes hands: one that is opened and not used must not hold up the others.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def chromium_flags(port: int) -> tuple[str, str]:
    """With which Chromium finds the production origin here, and takes its certificate."""
    return (f"--host-resolver-rules=MAP shop.example.com:443 127.0.0.1:{port}", "--ignore-certificate-errors")
