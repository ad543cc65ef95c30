"""`emulate serve` from its start to `Ready`: ports, addresses, what the console shows to a pipe and to a terminal."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from serving.emulate import EMULATE, PATIENCE, Served, get, run, serve, until

CONFIG = """
apis:
  shop: {type: http, port: 0, routes: {GET /echo: echo}, cors: {allowOrigins: ["*"]}}
  contact: {type: function-url, port: 0, function: echo}
functions:
  echo: {handler: echo.handler}
"""
HANDLER = """
def handler(event, context):
    print("echoing")
    return {"statusCode": 200, "body": event["requestContext"]["http"]["sourceIp"]}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve")
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "echo.py").write_text(HANDLER)
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve(folder) as served:
        yield served


@contextlib.contextmanager
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def raw(url: str, head: bytes, address: str = "127.0.0.1") -> bytes:
    """One request, byte for byte, and all of its answer."""
    with socket.create_connection((address, httpx.URL(url).port or 80), PATIENCE) as connection:
        connection.sendall(head + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_endpoints_stand_before_ready(served: Served) -> None:
    lines = served.wait_for(r"(?m)^Ready").splitlines()
    shop, contact = served.urls["shop"], served.urls["contact"]
    assert lines[:2] == [f"  shop     HTTP API      {shop}", f"  contact  function URL  {contact}"]
    assert lines[2].startswith("Ready. ")
    assert lines[2].endswith("Ctrl-C stops.")


def test_localhost_answers_on_every_loopback_address(served: Served) -> None:
    addresses = ["127.0.0.1"]
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        addresses.append("::1")
    for address in addresses:
        assert raw(served.urls["shop"], b"GET /echo HTTP/1.1", address).endswith(f"\r\n\r\n{address}".encode())


def test_a_pipe_gets_no_escape_sequences(served: Served) -> None:
    httpx.get(served.urls["shop"] + "/echo?pipe", headers={"Origin": "http://a.test"}, trust_env=False)
    lambdas = [rf"  echo │ {word} RequestId: .+\n" for word in ("START", "END", "REPORT")]
    block = "  echo │ echoing\n".join((lambdas[0], lambdas[1] + lambdas[2]))
    console = served.wait_for(rf"(?m)^{block}\S+ shop GET /echo\?pipe 200 echo \S+ ms allowed$")
    assert "\x1b" not in console


def test_control_characters_of_a_request_do_not_reach_the_terminal(served: Served) -> None:
    """Percent-encoded they are decoded for the reason of a 404; raw they are not HTTP at all."""
    assert httpx.get(served.urls["shop"] + "/%1b%5b31mred%07", trust_env=False).status_code == 404
    served.wait_for(r"no route matches GET /\\x1b\[31mred\\x07")
    raw(served.urls["shop"], b"GET /\x1b[31mraw HTTP/1.1")
    raw(served.urls["shop"], b"GET /\x9b31mraw HTTP/1.1")
    raw(served.urls["shop"], b"GET /after HTTP/1.1")
    console = served.wait_for("GET /after 404")
    assert {"\x1b", "\x07", "\x9b"}.isdisjoint(console)


def test_a_port_in_use_is_one_line_and_exit_code_2(folder: Path) -> None:
    with taken_port() as port:
        done = run(folder, "serve", "--port", str(port))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"Port {port} on localhost is in use, so API 'shop' cannot listen there. Stop the program that uses it, or "
        "choose another: `port:` of 'shop' in the configuration, or --port for the first API.\n"
    )


def test_a_configured_port_in_use_names_its_api(tmp_path: Path) -> None:
    (tmp_path / "echo.py").write_text(HANDLER)
    with taken_port() as port:
        (tmp_path / "emulator.yaml").write_text(CONFIG.replace("url, port: 0", f"url, port: {port}"))
        done = run(tmp_path, "serve")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"Port {port} on localhost is in use, so API 'contact' cannot listen there. ")


def test_the_command_line_wins(folder: Path, tmp_path: Path) -> None:
    """Another file serves its own folder, whatever the working directory; --port is the first API's alone."""
    with taken_port() as port:
        pass
    arguments = ("-c", str(folder / "emulator.yaml"), "--port", str(port), "--host", "127.0.0.1", "--no-reload")
    with serve(tmp_path, *arguments) as served:
        assert served.urls["shop"] == f"http://127.0.0.1:{port}"
        assert httpx.URL(served.urls["contact"]).port not in {0, port}
        assert httpx.get(served.urls["shop"] + "/echo", trust_env=False).text == "127.0.0.1"
        assert "Ready. Ctrl-C stops." in served.console


class Terminal:
    """`emulate serve` with a terminal of its own as its controlling one."""

    ADOPT = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"

    def __init__(self, folder: Path, **environ: str) -> None:
        self._master, slave = os.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", self.ADOPT, EMULATE, "serve"],
            cwd=folder, env={**os.environ, "TERM": "xterm", **environ},
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self._shown = b""
        self._grown = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):  # Linux: EIO when the last process that has the terminal ends
            while data := os.read(self._master, 65536):
                with self._grown:
                    self._shown += data
                    self._grown.notify_all()

    def wait_for(self, text: str) -> str:
        with self._grown:
            assert self._grown.wait_for(lambda: text.encode() in self._shown, PATIENCE), self._shown
            return self._shown.decode()

    def press(self, key: bytes) -> None:
        os.write(self._master, key)

    def close(self) -> str:
        """Everything shown."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reader.join(PATIENCE)
        os.close(self._master)
        return self._shown.decode()


@contextlib.contextmanager
def on_terminal(folder: Path, **environ: str) -> Iterator[Terminal]:
    terminal = Terminal(folder, **environ)
    try:
        yield terminal
    finally:
        terminal.close()


CTRL_C = b"\x03"


def test_a_terminal_gets_colour_and_ctrl_c_stops_without_a_word(folder: Path) -> None:
    with on_terminal(folder, NO_COLOR="") as terminal:
        assert terminal.wait_for("Ready").partition("Ready")[0].endswith("\x1b[1m")
        terminal.press(CTRL_C)
        assert terminal.process.wait(PATIENCE) == 0
    assert terminal.wait_for("Ctrl-C stops.").rstrip().endswith(("\x1b[0m", "^C"))


def test_no_color_is_obeyed(folder: Path) -> None:
    """no-color.org."""
    with on_terminal(folder, NO_COLOR="1") as terminal:
        assert "\x1b" not in terminal.wait_for("Ready")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    (tmp_path / "emulator.yaml").write_text(
        "apis: {one: {type: function-url, port: 0, function: f}}\nfunctions: {f: {handler: app.handler}}\n"
    )
    (tmp_path / "app.py").write_text("def handler(event, context):\n    print('seen')\n")
    return tmp_path


def test_a_reader_that_goes_away_ends_it_quietly(sample: Path) -> None:
    """`emulate serve | head -1`."""
    process = subprocess.Popen(
        [EMULATE, "serve"], cwd=sample, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    lines = iter(process.stdout.readline, "Ready. Saving reloads, Ctrl-C stops.\n")
    (url,) = re.findall(r"http://\S+", "".join(lines))
    process.stdout.close()
    get(url)
    assert process.wait(PATIENCE) == 0
    assert process.stderr.read() == ""
    process.stderr.close()


@pytest.mark.parametrize("redirection", [">&-", ">&- 2>&-", "<&-", ">/dev/full"])
def test_odd_standard_streams(sample: Path, redirection: str) -> None:
    """Served all the same, and stopped all the same."""
    port = free_port()
    command = f"exec {EMULATE} serve --port {port} {redirection}"
    process = subprocess.Popen(["sh", "-c", command], cwd=sample, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until(lambda: answers(f"http://127.0.0.1:{port}/"), lambda answered: answered)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, b"")


def test_a_console_that_cannot_show_everything(sample: Path) -> None:
    """What a function prints is framed by a character that ASCII lacks."""
    (sample / "app.py").write_text("def handler(event, context):\n    print('bonjour, déjà vu')\n")
    plain = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    with serve(sample, environ=plain) as served:
        get(next(iter(served.urls.values())))
        served.wait_for(r"bonjour, d.j. vu")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        get(url)
    except httpx.TransportError:
        return False
    return True
