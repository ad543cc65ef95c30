"""The control port of `emulate serve`: where it is, whom it answers, and that it costs no request and no time to
end."""

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from serving.emulate import PATIENCE, Served, get, run, serve, until
from serving.other_user import curl

CONFIG = """
apis: {shop: {type: http, port: 0, routes: {GET /x: f}}}
functions: {f: {handler: app.handler}}
frontends: [{origin: "https://shop.example.com", dev: "http://localhost:5173"}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    (tmp_path / "app.py").write_text("def handler(event, context):\n    return 'hello'\n")
    return tmp_path


def control_url(served: Served) -> str:
    return next(line.split()[1] for line in served.console.splitlines() if line.startswith("  control"))


class Events:
    """What an open stream has told, read on a thread of its own."""

    def __init__(self, url: str) -> None:
        self.objects: list[dict[str, Any]] = []
        self.opened = threading.Event()
        self.ended = threading.Event()
        self._thread = threading.Thread(target=self._read, args=(url,))
        self._thread.start()
        assert self.opened.wait(PATIENCE)

    def _read(self, url: str) -> None:
        with (
            contextlib.suppress(httpx.TransportError),
            httpx.Client(trust_env=False, timeout=PATIENCE) as client,
            client.stream("GET", f"{url}/events") as response,
        ):
            for line in response.iter_lines():
                self.opened.set()
                if line.startswith("data: "):
                    self.objects.append(json.loads(line.removeprefix("data: ")))
        self.ended.set()

    def join(self) -> None:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


def test_another_user_of_the_machine_reads_nothing(folder: Path) -> None:
    """Nor does a page of another user, whose origin is a declared one."""
    with serve(folder, "--control-port", "0") as served:
        url = control_url(served)
        for path in ("/health", "/exchanges", "/events"):
            answer = curl("-i", "-H", "Origin: http://localhost:5173", url + path).stdout
            assert answer.startswith("HTTP/1.1 403 ")
            assert "is for the user who runs `emulate serve`" in answer
            assert "access-control-allow-origin" not in answer
        assert get(f"{url}/health").status_code == 200
        served.wait_for("Refused a request to the control port .403.: The control port is for the user")


def test_what_is_told_while_it_happens(folder: Path) -> None:
    with serve(folder, "--control-port", "0", "--no-enforce") as served:
        url = control_url(served)
        events = Events(url)
        get(f"{served.urls['shop']}/x?token=s3cret", Origin="http://localhost:5173", Authorization="Bearer s3cret")
        (told,) = until(lambda: events.objects, bool)
        assert told["request"]["dev_origin"] == "http://localhost:5173"
        assert told["verdict"]["outcome"] == "blocked"
        assert "emulator.yaml:" in told["findings"][0]["fix"]
        assert "s3cret" not in json.dumps(told)
        assert get(f"{url}/exchanges").json() == [told]
        assert get(f"{url}/exchanges/{told['request_id']}").json() == told
        assert served.stop() == 0
        events.join()


def test_it_ends_at_once_with_streams_open(folder: Path) -> None:
    """One that reads, one that does not, one that has only begun to ask."""
    with serve(folder, "--control-port", "0") as served, contextlib.ExitStack() as stack:
        url = control_url(served)
        events = Events(url)
        for head in (b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET /events HT"):
            address = ("127.0.0.1", httpx.URL(url).port or 0)
            stack.enter_context(socket.create_connection(address, PATIENCE)).sendall(head)
        get(f"{served.urls['shop']}/x")
        until(lambda: events.objects, bool)
        assert served.stop() == 0
        assert events.ended.wait(PATIENCE)
        events.join()
        console = served.wait_for("<end of output>")
        assert "Traceback" not in console
        assert console.endswith("1 request, 0 blocked.\n<end of output>")


def test_a_reader_that_never_reads_holds_up_nobody(folder: Path) -> None:
    with serve(folder, "--control-port", "0", "--no-platform-logs") as served:
        url = control_url(served)
        with socket.socket() as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            deaf.connect(("127.0.0.1", httpx.URL(url).port))
            deaf.sendall(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            events = Events(url)
            with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
                for number in range(300):
                    assert client.get(f"{served.urls['shop']}/x?{number}").status_code == 200
            until(lambda: len(events.objects), lambda count: count == 300)
        assert served.stop() == 0
        events.join()


@contextlib.contextmanager
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def test_the_default_moves_on_to_the_next_free(folder: Path) -> None:
    """Whoever has port 4000 now: two that are served at once have two ports, and each banner says its own."""
    with serve(folder) as first, serve(folder) as second:
        urls = [control_url(first), control_url(second)]
        assert urls[0] != urls[1]
        for url, served in zip(urls, (first, second), strict=True):
            assert get(f"{url}/health").json()["apis"][0]["url"] == served.urls["shop"]


def test_a_taken_port_that_was_asked_for_is_one_clear_error(folder: Path) -> None:
    with taken_port() as port:
        done = run(folder, "serve", "--control-port", str(port))
    assert done.returncode == 2
    *banner, error = done.stderr.splitlines()
    assert not banner
    assert error == (
        f"The control port cannot listen on 127.0.0.1:{port}: Address already in use. Choose another with "
        "--control-port (0: any free one), or do without it: --no-control."
    )
    assert done.stdout == ""


def test_a_port_that_is_none(folder: Path) -> None:
    done = run(folder, "serve", "--control-port", "70000")
    assert done.returncode == 2
    assert "Invalid value for '--control-port'" in done.stderr
    done = run(folder, "serve", "--control-host", "a..b")
    assert done.stderr.startswith("--control-host a..b: not an address of this machine (not a host name).")


def test_without(folder: Path) -> None:
    with serve(folder, "--no-control") as served:
        assert "control" not in served.console


def test_hosts_are_those_of_the_apis(folder: Path) -> None:
    with serve(folder, "--control-port", "0", "--allow-host", "api") as served:
        url = control_url(served)
        assert get(f"{url}/health", Host="api:4000").status_code == 200
        refused = get(f"{url}/health", Host="evil.example")
        assert refused.status_code == 403
        assert "--allow-host evil.example" in refused.json()["detail"]
        get(f"{url}/health", Host="evil.example")
        told = "Refused a request to the control port (403): emulate does not answer for the host 'evil.example'"
        assert served.wait_for("Refused a request").count(told) == 1


def test_a_save_of_the_frontends_changes_who_may_read(folder: Path) -> None:
    with serve(folder, "--control-port", "0") as served:
        url = control_url(served)

        def status() -> int:
            return get(f"{url}/health", Origin="http://localhost:8080").status_code

        assert status() == 403
        (folder / "emulator.yaml").write_text(CONFIG.replace("5173", "8080"))
        until(status, lambda code: code == 200)
