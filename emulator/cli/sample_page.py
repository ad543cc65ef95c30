"""Serves the page of the sample, for `emulate serve --sample`."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from emulator.cli.sample import sample_folder

PAGE_PORT = 5173
"""The port of the page's origin, which the sample's `frontends` declares."""


@contextmanager
def sample_page() -> Iterator[None]:
    """Serve the sample's page on this machine, and say where it and the sample's files are. Where the port is taken,
    say that; the APIs are served all the same."""
    folder = sample_folder()
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", PAGE_PORT), partial(_Page, folder=folder))
    except OSError as error:
        click.echo(f"The sample's page is not served: port {PAGE_PORT} cannot be had ({error.strerror}).", err=True)
        yield
        return
    click.echo(f"Open http://localhost:{server.server_port} in a browser. The sample's files are in {folder}", err=True)
    threading.Thread(target=server.serve_forever, name="sample-page", daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class _Page(http.server.SimpleHTTPRequestHandler):
    """Serves the files of the page, and keeps quiet: the console is the APIs'."""

    def __init__(self, *arguments: Any, folder: Path) -> None:
        """Answer one connection with files of the sample in `folder`."""
        super().__init__(*arguments, directory=str(folder / "examples" / "page"))

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the name of the library
        """Keep quiet about a request."""
