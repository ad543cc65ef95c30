"""`emulate wait`: ready, not ready, somebody else's, and nobody's."""

import http.server
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from serving.emulate import EMULATE, PATIENCE, Served, run, serve

CONFIG = """
apis: {shop: {type: http, port: 0, routes: {GET /: f}}, contact: {type: function-url, port: 0, function: f}}
functions: {f: {handler: app.handler}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("project"))


def project(folder: Path) -> Path:
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "app.py").write_text("def handler(event, context):\n    return 'hello'\n")
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve(folder, "--control-port", "0") as served:
        yield served


def url_of(served: Served) -> str:
    return next(line.split()[1] for line in served.console.splitlines() if line.startswith("  control"))


def test_ready(served: Served, tmp_path: Path) -> None:
    port = url_of(served).rpartition(":")[2]
    expected = "".join(f"{name}  {served.urls[name]}\n" for name in ("shop", "contact"))
    for arguments in ([url_of(served)], [f"localhost:{port}"], [f"{url_of(served)}/health"], ["--control-port", port]):
        done = run(tmp_path, "wait", *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")


def test_it_waits(folder: Path) -> None:
    """Started before there is anything to ask, it ends when there is."""
    with serve(folder, "--control-port", "0") as first:
        port = url_of(first).rpartition(":")[2]
    command = [EMULATE, "wait", "--control-port", port]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as waiting,
        serve(folder, "--control-port", port) as served,
    ):
        assert waiting.wait(PATIENCE) == 0
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == f"shop  {served.urls['shop']}\n"


def test_it_finds_the_one_of_this_folder(folder: Path, tmp_path: Path) -> None:
    """Two projects are served at once, on whatever ports were free."""
    other = project(tmp_path)
    below = folder / "below"
    below.mkdir()
    with serve(folder) as ours, serve(other) as theirs:
        assert run(folder, "wait").stdout.startswith(f"shop  {ours.urls['shop']}\n")
        assert run(below, "wait").stdout.startswith(f"shop  {ours.urls['shop']}\n")
        assert run(other, "wait").stdout.startswith(f"shop  {theirs.urls['shop']}\n")
        assert run(other, "wait", "-c", f"{folder}/emulator.yaml").stdout.startswith(f"shop  {ours.urls['shop']}\n")
        missing = run(tmp_path, "wait", "-c", "nowhere.yaml", "--timeout", "0")
        assert missing.returncode == 1
        assert "no `emulate serve` of this configuration is ready." in missing.stderr
        assert f"{url_of(theirs)} serves {other.resolve()}/emulator.yaml (ready)." in missing.stderr


class Stranger(http.server.BaseHTTPRequestHandler):
    said = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.said)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Nothing: a test's output is its own."""


@contextmanager
def stranger(said: bytes) -> Iterator[str]:
    with http.server.HTTPServer(("127.0.0.1", 0), type("Says", (Stranger,), {"said": said})) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_not_ready(served: Served, tmp_path: Path) -> None:
    nobody = run(tmp_path, "wait", "--timeout", "0.2", "http://127.0.0.1:1")
    assert nobody.returncode == 1
    assert nobody.stderr == "Not ready after 0.2 s: http://127.0.0.1:1/health: Connection refused.\n"
    an_api = run(tmp_path, "wait", "--timeout", "0", served.urls["shop"])
    assert an_api.returncode == 1
    assert "it answers 404: it is not the control port of emulate." in an_api.stderr


@pytest.mark.parametrize(
    "said", [b'"hello"', b"<html>", b'{"status": "ready", "apis": [1]}', b'{"status": "ready", "apis": [{"name": 1}]}']
)
def test_another_program_answers(tmp_path: Path, said: bytes) -> None:
    with stranger(said) as url:
        other = run(tmp_path, "wait", "--timeout", "0", url)
    assert (other.returncode, other.stdout) == (1, "")
    assert "not the control port of emulate" in other.stderr


@pytest.mark.parametrize("url", ["https://127.0.0.1:4000", "http://", "127.0.0.1:x", "http://127.0.0.1:99999"])
def test_what_is_no_url_of_it(url: str, tmp_path: Path) -> None:
    done = run(tmp_path, "wait", url)
    assert done.returncode == 2
    assert f"{url} is not the URL of a control port, which is like http://127.0.0.1:4000." in done.stderr
