"""`emulate serve` from its start to `Ready`: ports, addresses, what the console shows to a pipe and to a terminal."""

import contextlib
import os
import re
import resource
import signal
import socket
import subprocess
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import httpx
import pytest

from serving.emulate import EMULATE, PATIENCE, Served, get, run, serve, until, urls_in
from serving.lines import line
from serving.ports import free_port
from serving.terminal import CTRL_C, on_terminal

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
    assert lines[:2] == [
        f"  shop     HTTP API      {shop}  1 route, 1 function  cors: gateway, any origin",
        f"  contact  function URL  {contact}  function echo        cors: function",
    ]
    assert re.fullmatch(r"  control  http://127\.0\.0\.1:\d+", lines[2])
    assert re.match(r"Ready in \d+\.\d\d s\. ", lines[3])
    assert lines[3].endswith("Ctrl-C stops.")


def test_localhost_answers_on_every_loopback_address(served: Served) -> None:
    addresses = ["127.0.0.1"]
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        addresses.append("::1")
    for address in addresses:
        assert raw(served.urls["shop"], b"GET /echo HTTP/1.1", address).endswith(f"\r\n\r\n{address}".encode())


def test_a_pipe_gets_no_escape_sequences(served: Served) -> None:
    httpx.get(
        served.urls["shop"] + "/echo?pipe", headers={"Origin": "http://a.test"}, trust_env=False, timeout=PATIENCE
    )
    lambdas = [rf"  echo │ {word} RequestId: .+\n" for word in ("START", "END", "REPORT")]
    block = "  echo │ echoing\n".join((lambdas[0], lambdas[1] + lambdas[2]))
    asked, end = line(r"shop GET /echo\?pipe", 200, "depends"), r"\n"
    console = served.wait_for(rf"(?m){asked} .*\n( {{10}}.*\n)+{block.removesuffix(end)}")
    assert "\x1b" not in console


def test_control_characters_of_a_request_do_not_reach_the_terminal(served: Served) -> None:
    """Percent-encoded they are decoded for the reason of a 404; raw they are not HTTP at all."""
    assert httpx.get(served.urls["shop"] + "/%1b%5b31mred%07", trust_env=False, timeout=PATIENCE).status_code == 404
    served.wait_for(r"no route matches GET /\\x1b\[31mred\\x07")
    raw(served.urls["shop"], b"GET /\x1b[31mraw HTTP/1.1")
    raw(served.urls["shop"], b"GET /\x9b31mraw HTTP/1.1")
    raw(served.urls["shop"], b"GET /after HTTP/1.1")
    console = served.wait_for(line("GET /after", 404))
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
    port = free_port()
    arguments = ("-c", str(folder / "emulator.yaml"), "--port", str(port), "--host", "127.0.0.1", "--no-reload")
    with serve(tmp_path, *arguments) as served:
        assert served.urls["shop"] == f"http://127.0.0.1:{port}"
        assert httpx.URL(served.urls["contact"]).port not in {0, port}
        assert httpx.get(served.urls["shop"] + "/echo", trust_env=False, timeout=PATIENCE).text == "127.0.0.1"
        assert re.search(r"(?m)^Ready in \S+ s\. Ctrl-C stops\.$", served.console)


def test_a_terminal_gets_colour_and_ctrl_c_stops_without_a_word(folder: Path) -> None:
    with on_terminal(folder, NO_COLOR="") as terminal:
        assert terminal.wait_for("Ready").partition("Ready")[0].endswith("\x1b[1m")
        terminal.press(CTRL_C)
        assert terminal.process.wait(PATIENCE) == 0
    assert terminal.wait_for("q quit").rstrip().endswith(("\x1b[0m", "^C"))


COLOURS = [
    pytest.param({"NO_COLOR": "1"}, False, id="no-color"),
    pytest.param({"NO_COLOR": "0", "FORCE_COLOR": "1"}, False, id="no-color-wins"),
    pytest.param({"TERM": "dumb"}, False, id="dumb"),
    pytest.param({"TERM": "dumb", "FORCE_COLOR": "1"}, True, id="dumb-but-forced"),
    pytest.param({}, True, id="terminal"),
]


@pytest.mark.parametrize(("environ", "coloured"), COLOURS)
def test_colour_on_a_terminal(folder: Path, environ: dict[str, str], coloured: bool) -> None:
    with on_terminal(folder, **{"NO_COLOR": "", "FORCE_COLOR": ""} | environ) as terminal:
        assert ("\x1b[1m" in terminal.wait_for("Ready")) is coloured


@pytest.mark.parametrize(("environ", "coloured"), [({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": ""}, False)])
def test_colour_in_a_pipe(folder: Path, environ: dict[str, str], coloured: bool) -> None:
    """force-color.org; `fetch` writes its own way."""
    environ = {**os.environ, "NO_COLOR": ""} | environ
    process = subprocess.Popen([EMULATE, "serve"], cwd=folder, env=environ, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    ready = next(line for line in process.stdout if "Ready" in line)
    process.terminate()
    process.communicate(timeout=PATIENCE)
    fetched = subprocess.run(
        [EMULATE, "fetch", "/echo"], cwd=folder, env=environ, capture_output=True, text=True, check=True
    )
    assert ["\x1b[" in text for text in (ready, fetched.stdout, fetched.stderr)] == [coloured] * 3


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
    lines = takewhile(lambda text: not text.startswith("Ready"), iter(process.stdout.readline, ""))
    (url,) = urls_in("".join(lines)).values()
    process.stdout.close()
    get(url)
    assert process.wait(PATIENCE) == 0
    assert process.stderr.read() == ""
    process.stderr.close()


@pytest.mark.parametrize("takes", [True, False], ids=["reads-on", "never-reads-on"])
def test_a_reader_that_stops_reading_holds_up_no_request(sample: Path, takes: bool) -> None:
    """Ctrl-S, or a pager: far more is printed than a pipe holds, and it still ends at Ctrl-C."""
    (sample / "app.py").write_text("def handler(event, context):\n    print('x' * 200_000)\n")
    process = subprocess.Popen(
        [EMULATE, "serve"], cwd=sample, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    ready = "".join(takewhile(lambda text: not text.startswith("Ready"), iter(process.stdout.readline, "")))
    (url,) = urls_in(ready).values()
    for number in range(10):
        assert get(f"{url}/{number}").status_code == 200
    process.send_signal(signal.SIGINT)
    if takes:
        console = process.stdout.read()
        assert re.findall(line(r"GET /(\d)", 200), console) == list("0123456789")
        assert "missing" not in console
    else:
        assert process.wait(PATIENCE) == 0
    _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, "")


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("redirection", [">&-", ">&- 2>&-", "<&-", ">/dev/full"])
def test_odd_standard_streams(sample: Path, redirection: str, unbuffered: str) -> None:
    """Served all the same, and stopped all the same."""
    port = free_port()
    command = ["sh", "-c", f"exec {EMULATE} serve --port {port} {redirection}"]
    environ = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    process = subprocess.Popen(command, cwd=sample, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
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


def answers(url: str) -> bool:
    try:
        get(url)
    except httpx.TransportError:
        return False
    return True


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_a_disk_that_was_full_for_a_while(sample: Path, unbuffered: str) -> None:
    """What is told while there is no room is counted; what is told later is there."""
    environ = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    command = [EMULATE, "serve", "--no-reload"]
    console = sample / "console.txt"

    def written() -> str:
        return console.read_text(errors="replace")

    with console.open("w") as file:
        process = subprocess.Popen(command, cwd=sample, env=environ, stdout=file, stderr=subprocess.PIPE)
    try:
        ready = until(written, lambda text: "Ready" in text)
        (url,) = urls_in(ready).values()
        _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (len(ready) + 20, most))
        for number in range(100):  # more than a buffer holds
            assert get(f"{url}/full/{number}").status_code == 200
        until(lambda: console.stat().st_size, lambda size: size == len(ready.encode()) + 20)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))
        told = until(lambda: (get(f"{url}/room"), written())[1], lambda text: "/room" in text)
        missing = re.search(r"\(here the console could not be written: File too large; about (\d+) lines", told)
        assert missing is not None
        assert int(missing[1]) > 100
        assert told.index(missing[0]) < told.index("/room")
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, b"")
