"""What a terminal's window makes of our lines, and what the standard streams are made of."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from serving.emulate import EMULATE, get, run
from serving.terminal import on_terminal

CONFIG = """
apis:
  shop: {type: rest, port: 0, routes: {GET /items: items}}
functions: {items: {handler: app.items}}
"""
APP = """
def items(event, context):
    print("\\x1b[1mbold\\x1b[0m")
    return {"statusCode": 200, "body": "a\\x1b[2Jb\\r\\n"}
"""
PAGE = "http://localhost:5173"
SGR = re.compile(r"\x1b\[[0-9;:]*m")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    (tmp_path / "app.py").write_text(APP)
    return tmp_path


def finding(shown: str) -> list[str]:
    """The lines of the last finding."""
    lines = SGR.sub("", shown).replace("\r\n", "\n").rstrip("\n").split("\n")
    start = max(index for index, line in enumerate(lines) if line.lstrip().startswith("fix "))
    return [line for line in lines[start:] if line.startswith("  ")]


def longest(lines: list[str]) -> int:
    return max(map(len, lines))


@pytest.mark.parametrize(("columns", "width"), [(80, 80), (120, 120), (60, 60), (0, 80)])
def test_nothing_of_a_finding_is_broken_twice(folder: Path, columns: int, width: int) -> None:
    """As wide as the window, which breaks longer lines once more; one that does not tell is taken for 80."""
    with on_terminal(folder, columns=columns) as terminal:
        (url,) = re.findall(r"http://\S+/dev", terminal.wait_for("Ready"))
        get(f"{url}/items", Origin=PAGE)
        lines = finding(terminal.wait_for("emulate explain"))
    assert width - 20 < longest(lines) <= width


def test_a_window_that_changes_its_size(folder: Path) -> None:
    with on_terminal(folder, columns=120) as terminal:
        (url,) = re.findall(r"http://\S+/dev", terminal.wait_for("Ready"))
        get(f"{url}/items", Origin=PAGE)
        assert 80 < longest(finding(terminal.wait_for("emulate explain"))) <= 120
        terminal.resize(80)
        get(f"{url}/items?again", Origin="http://localhost:5174")
        shown = terminal.wait_until(lambda shown: shown.count(b"emulate explain") == 2)
    assert longest(finding(shown.decode())) <= 80


def test_fetch_is_as_wide(folder: Path) -> None:
    with on_terminal(folder, "fetch", "/dev/items", columns=80) as terminal:
        assert longest(finding(terminal.end().decode())) <= 80


def test_a_pipe_is_wide_whatever_the_window(folder: Path) -> None:
    assert 80 < longest(finding(run(folder, "fetch", "/dev/items").stdout)) <= 116


def test_a_body_is_shown_on_a_terminal_and_passed_on_in_a_pipe(folder: Path) -> None:
    arguments = ("fetch", "/dev/items", "--origin", "http://localhost:49152")
    piped = subprocess.run([EMULATE, *arguments], cwd=folder, capture_output=True, check=True)
    assert piped.stdout.endswith(b"\n\na\x1b[2Jb\r\n\n")
    assert piped.stderr == "  items │ bold\n".encode()
    with on_terminal(folder, *arguments, NO_COLOR="") as terminal:
        shown = terminal.end()
    assert shown.endswith(b"\r\n\r\na\\x1b[2Jb\r\n\r\n")
    assert b" \x1b[1mbold\x1b[0m\r\n" in shown


def test_an_encoding_that_lacks_a_character(folder: Path) -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ended = subprocess.run(
        [EMULATE, "fetch", "/dev/items", "--mode", "no-cors"], cwd=folder, env=environ, capture_output=True, check=True
    )
    assert ended.stderr == b"  items ? bold\n"
