"""Whatever clients, servers, functions, files and configurations say, it drives no terminal and forges no line.

Every C0 and C1 character, DEL and the controls of text direction go through each entrance of the real commands; what
is asserted are the bytes that came out, in a pipe and on a terminal.
"""

import contextlib
import re
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from serving.emulate import EMULATE, PATIENCE, run, until
from serving.terminal import CTRL_C, on_terminal

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0)))) + "\u2028\u2029" + BIDI
SOUP = "".join(f"{character}FORGED" for character in CONTROLS) + "\x1b[2J\x1b]0;title\x07\x9b31mFORGED"
IN_COLOUR = "plain \x1b[38;5;196min colour"
SGR = re.compile(r"\x1b\[[0-9;:]*m")

CONFIG = r"""
apis:
  "sh\e[31mop\n\x9bFORGED": {type: rest, port: 0, routes: {
    GET /raise: raises, GET /print: prints, GET /answer: answers, GET /init: unready, GET /spawn: unspawned,
    OPTIONS /answer: answers, GET /exit: exits}}
functions:
  raises: {handler: app.raises}
  prints: {handler: app.prints}
  answers: {handler: app.answers}
  exits: {handler: app.exits}
  unready: {handler: unready.handler}
  unspawned: {handler: app.prints, command: ["./no\e[2J\n\x9bFORGED"]}
"""
APP = f"""
import os
SOUP, IN_COLOUR = {SOUP!r}, {IN_COLOUR!r}

def raises(event, context):
    raise type(SOUP.replace(chr(0), ""), (Exception,), {{}})(SOUP)

def prints(event, context):
    print(SOUP)
    os.write(1, SOUP.encode("latin-1", "replace") + bytes(range(0x80, 0xa0)) + b"\\n")
    print(IN_COLOUR)
    print("behind it")
    return "done"

def answers(event, context):
    value = "x" + "".join(c for c in SOUP if c not in "\\r\\n\\0" and ord(c) < 256)
    return {{"statusCode": 200, "headers": {{"Access-Control-Allow-Origin": value, "X-Soup": value}}, "body": SOUP}}

def exits(event, context):
    os._exit(3)
"""
UNREADY = f"raise RuntimeError({SOUP!r})"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"emulator.yaml": CONFIG, "app.py": APP, "unready.py": UNREADY}.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def assert_safe(shown: bytes, *, terminal: bool, lines: bool = True) -> str:
    """`lines`: none is forged. Returns the text without colours."""
    text = shown.decode().replace("\r\n", "\n") if terminal else shown.decode()
    plain = SGR.sub("", text) if terminal else text
    obeyed = [hex(ord(c)) for c in plain if (c in CONTROLS and c not in "\t\n") or (not terminal and c == "\x1b")]
    assert obeyed == []
    if lines:
        assert [line for line in plain.split("\n") if line.startswith("FORGED")] == []
    return plain


def ask(port: int, head: bytes) -> None:
    """One request byte for byte; what is no HTTP is refused."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection, contextlib.suppress(OSError):
        connection.sendall(head + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        while connection.recv(65536):
            pass


def ask_everything(port: int) -> None:
    for character in CONTROLS:
        one = character.encode()
        ask(port, b"GET /dev/" + one + b"FORGED?a=" + one + b"FORGED HTTP/1.1")
        ask(port, b"GET /dev/exit HTTP/1.1\r\nX-Amzn-Trace-Id: Root=1-a" + one + b"FORGED;Sampled=1")
        ask(port, b"GET /dev/answer HTTP/1.1\r\nOrigin: http://a" + one + b"FORGED")
        asked = b"Access-Control-Request-Method: P" + one + b"FORGED\r\nAccess-Control-Request-Headers: x" + one
        ask(port, b"OPTIONS /dev/nowhere HTTP/1.1\r\nOrigin: http://a.test\r\n" + asked)
        ask(port, one + b"FORGED /dev/answer HTTP/1.1")
    ask(port, b"GET /dev/print HTTP/1.1\r\nX-Amzn-Trace-Id: Root=\x1b[31mFORGED;Sampled=1")
    ask(port, b"GET /dev/\x1b[31mred HTTP/1.1")
    for path in ("raise", "print", "answer", "init", "spawn", "exit"):
        for origin in ("", "\r\nOrigin: http://localhost:5173"):
            ask(port, f"GET /dev/{path} HTTP/1.1{origin}".encode())


def talk(folder: Path, console: Callable[[], str]) -> None:
    """Everything that a server is told; returns when the last of it is on the console."""
    ready = until(console, lambda text: "Ready" in text)
    (port,) = re.findall(r"http://localhost:(\d+)", ready)
    ask_everything(int(port))
    (folder / "no\x1b[31m\n\x9bFORGED.py").write_text("")
    until(console, lambda text: "Saved no" in text)
    (folder / "emulator.yaml").write_text('apis: {a: {type: "ht\\e[31m\\n\\x9bFORGED"}}')
    until(console, lambda text: "stays in place" in text)
    ask(int(port), b"GET /dev/last HTTP/1.1")
    until(console, lambda text: "GET /dev/last " in text)


def test_serve_in_a_pipe(folder: Path) -> None:
    console = folder.parent / "console.txt"
    with console.open("wb") as file:
        process = subprocess.Popen([EMULATE, "serve"], cwd=folder, stdout=file, stderr=file)
    try:
        talk(folder, lambda: console.read_text(errors="replace"))
    finally:
        process.terminate()
        process.wait(PATIENCE)
    plain = assert_safe(console.read_bytes(), terminal=False)
    assert "\n  prints │ plain in colour\n" in plain
    assert "emulate has a bug" not in plain


def test_serve_on_a_terminal(folder: Path) -> None:
    with on_terminal(folder, NO_COLOR="", FORCE_COLOR="") as terminal:
        talk(folder, lambda: terminal.wait_for("").replace("\r\n", "\n"))
        terminal.press(CTRL_C)
        shown = terminal.end()
    assert_safe(shown, terminal=True)
    # A function's own colours end with its line; those of a request are none.
    assert b"plain \x1b[38;5;196min colour\x1b[0m\r\n" in shown
    assert shown.count(b"\x1b[31mFORGED") == shown.count(b"\x1b[31mred") == shown.count(b"\x1b[31mop") == 0


def answers() -> Iterator[bytes]:
    for character in (*CONTROLS, "\x1b[31m"):
        one = character.encode()
        head = b"HTTP/1.1 200 O" + one + b"\r\nX: a" + one + b"FORGED\r\nSet-Cookie: a" + one + b"=b; SameSite=None"
        for allowed in (b"*", b"*" + one):
            yield head + b"\r\nAccess-Control-Allow-Origin: " + allowed + b"\r\nContent-Length: 0\r\n\r\n"
        yield b"HTTP/1.1 302 Found\r\nLocation: http://a" + one + b"FORGED/\r\nContent-Length: 0\r\n\r\n"


@contextlib.contextmanager
def saying(answers: list[bytes]) -> Iterator[str]:
    """A server with an answer for each connection; its URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for answer in answers:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    connection.recv(65536)
                    connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


def test_fetch_of_any_server(tmp_path: Path) -> None:
    """Many calls in one process, each as the command makes it."""
    said = list(answers())
    calls = "import sys\nfrom emulator.cli.main import main\nsys.argv[1:] = ['fetch', sys.argv[1]]\n"
    calls += f"for _ in range({len(said)}):\n    try: main()\n    except SystemExit: pass"
    with saying(said) as url:
        command = [EMULATE.with_name("python"), "-c", calls, url]
        ended = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=3 * PATIENCE, check=True)
    assert ended.stdout.count(b"> GET http://127.0.0.1") == len(said)
    assert_safe(ended.stdout, terminal=False)
    assert_safe(ended.stderr, terminal=False)


IN_PROCESS = ["/dev/raise", "/dev/print", "/dev/answer", "/dev/init", "/dev/spawn", "/dev/no\x1b[31m\x9b"]


@pytest.mark.parametrize("path", IN_PROCESS)
@pytest.mark.parametrize("arguments", [(), ("--json",)], ids=["text", "json"])
def test_fetch_in_process(folder: Path, path: str, arguments: tuple[str, ...]) -> None:
    command = ["fetch", path, "-H", "x-amzn-trace-id: Root=\x1b[31mFORGED", *arguments]
    ended = subprocess.run([EMULATE, *command], cwd=folder, capture_output=True, check=False)
    # To a pipe a body goes as it is.
    assert_safe(ended.stdout.replace(SOUP.encode(), b""), terminal=False)
    assert_safe(ended.stderr, terminal=False)
    with on_terminal(folder, *command, NO_COLOR="") as terminal:
        assert_safe(terminal.end(), terminal=True, lines=path != "/dev/answer")


@pytest.mark.parametrize("function", ["raises", "prints", "answers", "unready", "unspawned", "exits", "no\x1b[31m\x9b"])
def test_invoke(folder: Path, function: str) -> None:
    """Its log has no margin: a function's lines are its own."""
    ended = subprocess.run([EMULATE, "invoke", function, "--json"], cwd=folder, capture_output=True, check=False)
    assert_safe(ended.stdout, terminal=False)
    ended = subprocess.run([EMULATE, "invoke", function], cwd=folder, capture_output=True, check=False)
    assert_safe(ended.stderr, terminal=False, lines=False)
    with on_terminal(folder, "invoke", function, NO_COLOR="") as terminal:
        assert_safe(terminal.end(), terminal=True, lines=False)


ARGUMENTS = [
    pytest.param(("event", "rest", "/\x1b[31m\x9b\x07", "-H", "x: \x1b[2J"), id="event"),
    pytest.param(("event", "http", "/", "-X", "\x1b[2J"), id="usage"),
    pytest.param(("fetch", "/", "-H", "\x1b[2J"), id="header"),
    pytest.param(("fetch", "/", "--origin", "\x1b[2J\x9b"), id="origin"),
    pytest.param(("fetch", "/", "--api", "\x1b[2J\x9b"), id="api"),
    pytest.param(("invoke", "prints", "-e", "\x1b[2J\x9b"), id="file"),
    pytest.param(("serve", "-c", "\x1b[2J\x9b"), id="configuration"),
    pytest.param(("serve", "--debug", "\x1b[2J\x9b"), id="debug"),
    pytest.param(("serve", "--host", "\x1b[2J\x9b"), id="host"),
]


@pytest.mark.parametrize("arguments", ARGUMENTS)
def test_arguments(folder: Path, arguments: tuple[str, ...]) -> None:
    ended = run(folder, *arguments)
    assert_safe((ended.stdout + ended.stderr).encode(), terminal=False)


def test_a_configuration(folder: Path) -> None:
    (folder / "emulator.yaml").write_text('apis: {"a\\e[31m\\n\\x9bFORGED": {type: "ht\\e[31m\\n\\x9bFORGED"}}')
    ended = run(folder, "serve")
    assert ended.returncode == 2
    assert_safe(ended.stderr.encode(), terminal=False)
    with on_terminal(folder, NO_COLOR="") as terminal:
        assert_safe(terminal.end(), terminal=True)
