"""However `emulate serve` ends, it ends at once and no process of it stays behind."""

import contextlib
import json
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from serving.emulate import EMULATE, PATIENCE, Served, get, serve, until

CONFIG = """
apis:
  shop:
    type: http
    port: 0
    routes: {GET /quick: quick, GET /slow: slow, GET /deaf: deaf, GET /never: never, GET /parent: parent}
functions:
  quick: {handler: functions.quick}
  slow: {handler: functions.slow, timeout: 600}
  deaf: {handler: functions.deaf, timeout: 600}
  parent: {handler: functions.parent}
  never: {handler: never_imported.handler}
"""
FUNCTIONS = """
import signal, subprocess, sys, time

def quick(event, context):
    return "quick"

def slow(event, context):
    print("sleeping")
    time.sleep(600)

def deaf(event, context):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    print("sleeping")
    while True:
        time.sleep(1)

def parent(event, context):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    return str(child.pid)
"""
NEVER_IMPORTED = """
import time
print("sleeping")
time.sleep(600)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stopping")
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "functions.py").write_text(FUNCTIONS)
    (folder / "never_imported.py").write_text(NEVER_IMPORTED)
    return folder


def ask(served: Served, path: str) -> httpx.Response:
    return httpx.get(served.urls["shop"] + path, trust_env=False, timeout=PATIENCE)


@contextlib.contextmanager
def in_flight(served: Served, *paths: str) -> Iterator[list[Exception]]:
    """Requests whose functions sleep; afterwards, how each ended for its client."""
    ends: list[Exception] = []

    def call(path: str) -> None:
        try:
            ask(served, path)
        except httpx.TransportError as error:
            ends.append(error)

    threads = [threading.Thread(target=call, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    try:
        for path in paths:
            served.wait_for(f"{path[1:]} \\w+ │ sleeping|{path[1:]} │ sleeping")
        yield ends
    finally:
        served.close()
        for thread in threads:
            thread.join(PATIENCE)
            assert not thread.is_alive()


def processes(served: Served) -> list[psutil.Process]:
    """All that it has started."""
    return psutil.Process(served.process.pid).children(recursive=True)


def alive(started: list[psutil.Process]) -> list[psutil.Process]:
    """Those that have not ended. A zombie has; an orphan's waits for the system to reap it."""
    left = []
    for process in started:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                left.append(process)
    return left


def stop(served: Served, number: int) -> None:
    """Fails when it waits for a function, which sleeps for ten times PATIENCE, or leaves a process."""
    started = processes(served)
    assert started
    assert served.stop(number) == 0
    assert alive(started) == []


SIGNALS = [signal.SIGINT, signal.SIGTERM]
BUSY = ("/slow", "/deaf", "/never")


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_idle(folder: Path, number: int) -> None:
    with serve(folder) as served:
        assert ask(served, "/quick").text == "quick"
        stop(served, number)
        assert "Traceback" not in served.console


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_the_last_words_in_a_pipe_are_what_was_found(folder: Path, number: int) -> None:
    """As the log of docker compose, which ends a container by SIGTERM, or of a CI is read: from its end."""
    with serve(folder, "--no-enforce") as served:
        for _ in range(2):
            get(f"{served.urls['shop']}/quick", Origin="http://localhost:5173")
        stop(served, number)
        served.wait_for("<end of output>")
        last = "\n2 requests, 2 blocked.\n    2 x  missing-cors-headers  shop GET /quick\n"
        assert served.console.endswith(f"{last}<end of output>")


def test_json_has_no_last_words(folder: Path) -> None:
    with subprocess.Popen([EMULATE, "serve", "--log-format", "json"], cwd=folder, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        ready = next(line for line in process.stdout if b'"type":"ready"' in line)
        process.terminate()
        assert json.loads(ready)["type"] == "ready"
        assert process.stdout.read() == b""


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_busy(folder: Path, number: int) -> None:
    """Functions that sleep, that ignore signals, that are still importing, that have a process of their own."""
    with serve(folder) as served, in_flight(served, *BUSY) as ends:
        grandchild = psutil.Process(int(ask(served, "/parent").text))
        assert grandchild in processes(served)
        stop(served, number)
        assert "Traceback" not in served.console
    assert len(ends) == len(BUSY)
    assert all(isinstance(end, (httpx.RemoteProtocolError, httpx.ReadError)) for end in ends)


def test_asked_twice(folder: Path) -> None:
    """An impatient Ctrl-C, Ctrl-C."""
    with serve(folder) as served, in_flight(served, "/slow"):
        served.process.send_signal(signal.SIGINT)
        with contextlib.suppress(ProcessLookupError):
            served.process.send_signal(signal.SIGINT)
        assert served.process.wait(PATIENCE) == 0
        assert "Traceback" not in served.console


@pytest.fixture
def hang_ups_end_it() -> Iterator[None]:
    """What runs under nohup ignores SIGHUP, and so does all that it starts."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("hang_ups_end_it")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP], ids=lambda number: number.name)
def test_killed_it_leaves_no_orphan(folder: Path, number: int) -> None:
    """A killed emulator cannot clean up; a closed terminal's SIGHUP ends it as abruptly."""
    with serve(folder) as served, in_flight(served, *BUSY):
        ask(served, "/parent")
        started = processes(served)
        assert len(started) > len(BUSY)
        served.process.send_signal(number)
        assert served.process.wait(PATIENCE) == -number
        until(lambda: alive(started), lambda left: not left)
