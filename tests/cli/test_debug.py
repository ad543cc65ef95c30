"""`emulate serve --debug`, with clients that do what editors do."""

import contextlib
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest

from serving.debug_clients import debugging, inspecting
from serving.emulate import PATIENCE, Served, run, serve, until
from serving.lines import line
from serving.ports import free_port, free_ports

CONFIG = """
apis:
  shop: {type: http, port: 0, routes: {GET /items: items, GET /orders: orders, GET /node: node}}
functions:
  items: {handler: items.handler, timeout: 1}
  orders: {handler: orders.handler, timeout: 1}
  node: {handler: node.handler, runtime: nodejs22.x, timeout: 1}
  own: {handler: own, runtime: provided.al2023}
  ric: {handler: app.handler, command: [python, -m, awslambdaric, app.handler]}
"""
HANDLER = """\
import os, sys

def handler(event, context):
    answer = "old"
    print("answering")
    return answer
"""
LINE = 5
NODE_HANDLER = """\
export const handler = async (event, context) => {
  const answer = "old"
  console.log("answering")
  return answer
}
"""
NODE_LINE = 3


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project; what an emulator that is killed leaves among temporary files goes with it."""
    monkeypatch.setenv("TMPDIR", str(tmp_path.parent))
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    for name in ("items", "orders"):
        (tmp_path / f"{name}.py").write_text(HANDLER)
    (tmp_path / "node.mjs").write_text(NODE_HANDLER)
    (tmp_path / "bootstrap").write_text("#!/bin/sh\n")
    (tmp_path / "bootstrap").chmod(0o755)
    return tmp_path


@pytest.fixture
def port() -> int:
    return free_port()


Ask = Callable[[str], Future[httpx.Response]]


@contextlib.contextmanager
def asking(served: Served) -> Iterator[Ask]:
    """Sends a request and does not wait for its answer."""
    with ThreadPoolExecutor(4) as executor:
        try:
            yield lambda path: executor.submit(httpx.get, served.urls["shop"] + path, trust_env=False, timeout=PATIENCE)
        finally:
            served.close()  # a test that failed must not wait for its answers


def alive(started: list[psutil.Process]) -> list[psutil.Process]:
    left = []
    for process in started:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                left.append(process)
    return left


def test_a_breakpoint_outlasts_the_timeout_and_not_ctrl_c(folder: Path, port: int) -> None:
    """In an interpreter that lacks debugpy, of which the function sees nothing."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    with serve(folder, "--no-platform-logs", "--debug", f"items:{port}") as served, asking(served) as ask:
        assert f"  debug  items  waits for a debugger on 127.0.0.1:{port} (debugpy)" in served.console
        with debugging(port, folder / "items.py", LINE) as editor:
            answer = ask("/items")
            assert editor.stopped() == ["handler"]
            assert editor.evaluate("answer") == "'old'"
            assert editor.evaluate("sys.prefix") == repr(str(folder / ".venv"))
            assert editor.evaluate("[n for n in os.environ if n.startswith(('PYDEV', 'DEBUGPY', 'IDE'))]") == "[]"
            assert int(editor.evaluate("context.get_remaining_time_in_millis()")) > 60_000
            assert threading.Event().wait(1.2) is False
            assert not answer.done()
            editor.resume()
            assert (answer.result().status_code, answer.result().text) == (200, "old")
            console = served.wait_for(line("GET /items", 200))
            printed = [one for one in console.partition("Ready")[2].splitlines()[1:] if "GET /items" not in one]
            assert printed == ["  items │ answering"]
            answer = ask("/items")
            editor.stopped()
            ends(served, signal.SIGINT, 2)
            assert isinstance(answer.exception(), httpx.TransportError)


def ends(served: Served, number: int, count: int) -> None:
    """Though a breakpoint holds, with its `count` processes: the guard and the functions, but no debug adapter."""
    started = psutil.Process(served.process.pid).children(recursive=True)
    assert len(started) == count
    served.stop(number)
    until(lambda: alive(started), lambda left: not left)
    assert "Traceback" not in served.console


def test_two_functions(folder: Path) -> None:
    """And no orphan when the emulator is killed while one of them is paused."""
    items, orders = free_ports(2)
    with (
        serve(folder, "--debug", f"items:{items}", "--debug", f"orders:{orders}") as served,
        asking(served) as ask,
        debugging(items, folder / "items.py", LINE) as one,
        debugging(orders, folder / "orders.py", LINE) as two,
    ):
        answers = [ask("/items"), ask("/orders")]
        for editor in (one, two):
            assert editor.stopped() == ["handler"]
        one.resume()
        assert answers[0].result().text == "old"
        ends(served, signal.SIGKILL, 3)
        assert isinstance(answers[1].exception(), httpx.TransportError)


def test_a_save_while_paused(folder: Path, port: int) -> None:
    """The paused request ends on the code it began with, that which waits gets the new. The editor is asked back, and
    the new code is not run before its breakpoints are set."""
    with serve(folder, "--debug", f"items:{port}") as served, asking(served) as ask:
        with debugging(port, folder / "items.py", LINE) as editor:
            answers = [ask("/items"), ask("/items")]
            editor.stopped()
            (folder / "items.py").write_text(HANDLER.replace("old", "new"))
            served.wait_for(f"Saved items.py: reloading .*\n.*debug  items .*127.0.0.1:{port}")
            assert [answer.done() for answer in answers] == [False, False]
            editor.resume()
            assert editor.event("terminated") == {"restart": True}
        with debugging(port, folder / "items.py", 1, LINE) as editor:
            assert editor.stopped() == ["<module>"]
            editor.resume()
            assert editor.stopped() == ["handler"]
            assert editor.evaluate("answer") == "'new'"
            assert sorted(answer.done() for answer in answers) == [False, True]
            editor.resume()
            assert sorted(answer.result().text for answer in answers) == ["new", "old"]
            assert served.wait_for("(?s)items │ answering.*items │ answering")
            ends(served, signal.SIGINT, 2)


def test_code_that_does_not_import_yet(folder: Path, port: int) -> None:
    """The editor waits at the port. When it is closed, what is paused runs on."""
    (folder / "items.py").write_text("nonsense")
    with serve(folder, "--debug", f"items:{port}") as served, asking(served) as ask:
        served.wait_for("NameError")
        (folder / "items.py").write_text(HANDLER)
        for _ in range(2):
            with debugging(port, folder / "items.py", LINE) as editor:
                answer = ask("/items")
                assert editor.stopped() == ["handler"]
            assert answer.result().text == "old"


def test_a_save_of_the_configuration(folder: Path, port: int) -> None:
    """The port stays; a function that cannot be debugged any more is served without."""
    path = folder / "emulator.yaml"
    with serve(folder, "--debug", f"items:{port}") as served, asking(served) as ask:
        path.write_text(CONFIG.replace("items.handler, timeout: 1", "items.handler, timeout: 2"))
        served.wait_for(f"debug  items .*127.0.0.1:{port}", after="now serving")
        path.write_text(CONFIG.replace("items: items, GET", "items: orders, GET").replace("  items: {", "  other: {"))
        served.wait_for("--debug items: there is no function 'items'")
        assert ask("/items").result().text == "old"


def test_node(folder: Path, port: int) -> None:
    with serve(folder, "--debug", f"node:{port}") as served, asking(served) as ask:
        assert f"  debug  node  waits for a debugger on 127.0.0.1:{port} (Node.js inspector)" in served.console
        with inspecting(port, folder / "node.mjs", NODE_LINE) as inspector:
            answer = ask("/node")
            assert inspector.stopped()[0] == "handler"
            assert inspector.evaluate("answer") == "old"
            assert threading.Event().wait(1.2) is False
            assert not answer.done()
            inspector.resume()
            assert (answer.result().status_code, answer.result().text) == (200, "old")
        (folder / "node.mjs").write_text(NODE_HANDLER.replace("old", "new"))
        served.wait_for("debug  node", after="Saved node.mjs")
        with inspecting(port, folder / "node.mjs", NODE_LINE) as inspector:
            answer = ask("/node")
            inspector.stopped()
            inspector.resume()
            assert answer.result().text == "new"
            assert "Debugger listening" not in served.console


def test_what_cannot_be_debugged(folder: Path) -> None:
    ended = run(folder, "serve", "--debug", "itms", "--debug", "ric")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert [line.partition(", ")[0] for line in ended.stderr.splitlines()] == [
        "--debug itms: there is no function 'itms'; did you mean 'items'? The configuration has items",
        "--debug ric: function 'ric' has a `command`",
    ]


def test_a_port_in_use(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = run(folder, "serve", "--debug", f"items:{port}")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"--debug items: port {port} is in use, so no debugger can attach there.")
