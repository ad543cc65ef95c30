"""Keys that are pressed while `emulate serve` runs on a terminal, which is left as it was on every way out."""

import os
import re
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from serving.emulate import EMULATE, PATIENCE, get, until
from serving.terminal import CTRL_BACKSLASH, CTRL_C, Terminal, on_terminal

CONFIG = """
apis: {shop: {type: rest, port: 0, routes: {GET /items: items, GET /open: open}}}
functions: {items: {handler: app.items}, open: {handler: app.opened}}
"""
APP = """
def items(event, context):
    print("printed")
    return {"statusCode": 200}

def opened(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}
"""
PAGE = "http://localhost:5173"
HINT = "f findings  b blocked only  c clear  q quit"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    (tmp_path / "app.py").write_text(APP)
    return tmp_path


@pytest.fixture
def terminal(folder: Path) -> Iterator[Terminal]:
    with on_terminal(folder, NO_COLOR="1") as terminal:
        yield terminal


@pytest.fixture
def signals_end_it() -> Iterator[None]:
    """Without a dump of its memory. What runs under nohup, or behind `&` in a script, ignores some of them, and so does
    all that it starts."""
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    before = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGQUIT, signal.SIGHUP)}
    resource.setrlimit(resource.RLIMIT_CORE, (0, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, limits)
    for number, handler in before.items():
        signal.signal(number, handler)


def url_of(terminal: Terminal) -> str:
    (url,) = re.findall(r"http://\S+/dev", terminal.wait_for(HINT))
    until(terminal.waits_for_lines, lambda waits: not waits)
    return str(url)


def test_findings_so_far_blocked_calls_alone_and_a_clear_screen(terminal: Terminal) -> None:
    url = url_of(terminal)
    get(f"{url}/items", Origin=PAGE)
    shown = terminal.wait_for("  items │ printed")
    assert "START" not in shown
    assert re.search(r"(?m)^\S+  BLOCKED  403  shop GET /dev/items  function items\r$", shown)
    terminal.press(b"f")
    terminal.wait_for(
        "1 error in 1 request:\r\nshop GET /dev/items\r\n          error: missing-cors-headers [function]"
    )
    terminal.press(b"b")
    terminal.wait_for("Blocked calls only; b shows all.")
    assert get(f"{url}/open", Origin=PAGE).status_code == 200
    terminal.press(b"B")
    assert "/open" not in terminal.wait_for("All calls.")
    terminal.press(b"c")
    terminal.wait_for("\x1b[H\x1b[2J\x1b[3J")
    get(f"{url}/items", Origin=PAGE)
    assert " fix " in terminal.wait_until(lambda shown: shown.partition(b"[3J")[2].count(b"printed")).decode()
    assert "again" not in terminal.wait_for("printed")


def end_by_key(terminal: Terminal) -> None:
    terminal.press(b"q")


def end_by_ctrl_c(terminal: Terminal) -> None:
    terminal.press(CTRL_C)


def end_by_sigterm(terminal: Terminal) -> None:
    terminal.process.send_signal(signal.SIGTERM)


@pytest.mark.parametrize("end", [end_by_key, end_by_ctrl_c, end_by_sigterm])
def test_every_end_tells_what_was_found_and_leaves_the_terminal_as_it_was(terminal: Terminal, end: object) -> None:
    assert callable(end)
    url = url_of(terminal)
    get(f"{url}/items", Origin=PAGE)
    get(f"{url}/open")
    terminal.wait_for("/open")
    end(terminal)
    shown = terminal.end().decode()
    assert terminal.process.returncode == 0
    assert terminal.waits_for_lines()
    assert shown.endswith("2 requests, 1 blocked.\r\n    1 x  missing-cors-headers  shop GET /dev/items\r\n")


ABRUPT = [signal.SIGQUIT, signal.SIGSEGV, signal.SIGKILL, signal.SIGHUP]


@pytest.mark.usefixtures("signals_end_it")
@pytest.mark.parametrize("number", ABRUPT, ids=lambda number: number.name)
def test_an_end_without_a_last_word_leaves_the_terminal_as_it_was(terminal: Terminal, number: int) -> None:
    url_of(terminal)
    if number == signal.SIGQUIT:
        terminal.press(CTRL_BACKSLASH)
    else:
        terminal.process.send_signal(number)
    terminal.end()
    assert terminal.process.returncode == -number
    assert terminal.waits_for_lines()


def test_who_has_changed_the_mode_after_us_is_left_alone(terminal: Terminal) -> None:
    """As a shell does for the line it edits."""
    url_of(terminal)
    terminal.set_mode(echo=True)
    terminal.process.kill()
    terminal.end()
    assert not terminal.waits_for_lines()


def test_without_a_request_it_ends_without_a_word(terminal: Terminal) -> None:
    url_of(terminal)
    terminal.press(b"q")
    assert terminal.end().decode().endswith(f"{HINT}\r\n")


def test_ctrl_z_gives_the_terminal_back_until_it_goes_on(folder: Path) -> None:
    """A shell with job control, whose `fg` is what goes on."""
    script = "set -m; emulate serve; printf 'STOPPED\\n'; stty -a | tr ';' '\\n' | grep -o '.icanon'; fg; echo ENDED"
    environ = {"NO_COLOR": "1", "PATH": f"{EMULATE.parent}:{os.environ['PATH']}"}
    shell = Terminal(folder, ["/bin/bash", "-c", script], 80, environ)
    try:
        shell.wait_for(HINT)
        until(shell.waits_for_lines, lambda waits: not waits)
        shell.press(b"\x1a")
        shell.wait_for("STOPPED")
        shell.wait_for(" icanon")
        until(shell.waits_for_lines, lambda waits: not waits)
        shell.press(b"q")
        assert shell.wait_for("ENDED")
        assert shell.process.wait(PATIENCE) == 0
        assert shell.waits_for_lines()
    finally:
        shell.close()


def test_in_the_background_no_key_is_read_until_it_is_in_front(folder: Path) -> None:
    """A shell with job control tells a run that goes on nothing of it when it is brought to the front."""
    script = "set -m; emulate serve & read line; fg; echo ENDED"
    environ = {"NO_COLOR": "1", "PATH": f"{EMULATE.parent}:{os.environ['PATH']}"}
    shell = Terminal(folder, ["/bin/bash", "-c", script], 80, environ)
    try:
        shell.wait_for(HINT)
        assert shell.waits_for_lines()
        shell.press(b"go on\n")
        until(shell.waits_for_lines, lambda waits: not waits)
        shell.press(b"q")
        assert shell.wait_for("ENDED")
        assert shell.process.wait(PATIENCE) == 0
        assert shell.waits_for_lines()
    finally:
        shell.close()
