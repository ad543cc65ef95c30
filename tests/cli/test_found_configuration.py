"""Which configuration a command takes where none is named, and that it says so when it is another folder's."""

import os
import subprocess
from pathlib import Path

import pytest

from emulator.cli.found_configuration import usual_configuration
from serving.emulate import EMULATE, PATIENCE, get, run, serve

CONFIG = "apis: {shop: {type: http, port: 0, routes: {GET /x: f}}}\nfunctions: {f: {handler: f.handler}}\n"
HANDLER = "def handler(event, context):\n    return 'found'\n"
SAID = "The configuration is ../../emulator.yaml: this folder has none.\n"


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    """A folder two below that of a configuration."""
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    (tmp_path / "f.py").write_text(HANDLER)
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    return folder


def test_serve(inside: Path) -> None:
    with serve(inside) as served:
        assert get(f"{served.urls['shop']}/x").text == "found"
        assert SAID.strip() in served.console


def test_what_goes_to_a_program_is_not_mixed_with_it(inside: Path) -> None:
    done = run(inside, "invoke", "f")
    assert (done.returncode, done.stdout) == (0, '"found"')
    assert done.stderr.startswith(SAID)
    done = run(inside, "event", "http", "/x")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"rawPath": "/x"' in done.stdout


def test_a_problem_is_told_of_a_file_that_can_be_opened_from_here(inside: Path) -> None:
    (inside.parent.parent / "emulator.yaml").write_text("api: {}\n")
    done = run(inside, "check")
    assert done.returncode == 2
    assert done.stderr.startswith(f"{SAID}../../emulator.yaml:1: ")


@pytest.mark.parametrize("name", ["emulator.yaml", "emulator.yml"])
def test_a_file_here_is_meant_first(inside: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (inside / name).write_text(CONFIG)
    monkeypatch.chdir(inside)
    assert usual_configuration() == Path("emulator.yaml")


def test_the_nearest(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (inside.parent / "emulator.yaml").write_text(CONFIG)
    monkeypatch.chdir(inside)
    assert usual_configuration() == Path("../emulator.yaml")


@pytest.mark.parametrize("edge", ["repository", "home"])
def test_nothing_above_an_edge(inside: Path, edge: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if edge == "repository":
        (inside.parent / ".git").mkdir()
    else:
        monkeypatch.setenv("HOME", str(inside.parent))
    monkeypatch.chdir(inside)
    assert usual_configuration() == Path("emulator.yaml")
    (inside.parent / "emulator.yaml").write_text(CONFIG)
    assert usual_configuration() == Path("../emulator.yaml")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_another_users_file_is_not_run(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.chown(inside.parent.parent / "emulator.yaml", 12345, -1)
    monkeypatch.chdir(inside)
    assert usual_configuration() == Path("emulator.yaml")


COMPLETED = [
    pytest.param("emulate ini", 1, ["plain,init"], id="command"),
    pytest.param("emulate init --fr", 2, ["plain,--frontend"], id="option"),
    pytest.param("emulate invoke ", 2, ["plain,f"], id="function"),
    pytest.param("emulate invoke x", 2, [], id="no-function"),
    pytest.param("emulate invoke -c nowhere.yaml ", 4, [], id="function-of-no-configuration"),
    pytest.param("emulate explain missing-o", 2, ["plain,missing-options-route"], id="finding"),
]


@pytest.mark.parametrize(("words", "position", "expected"), COMPLETED)
def test_the_shell_completes(inside: Path, words: str, position: int, expected: list[str]) -> None:
    environ = dict(os.environ) | {
        "_EMULATE_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(position),
    }
    done = subprocess.run(
        [EMULATE], cwd=inside, env=environ, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    assert (done.stdout.split(), done.stderr) == (expected, "")
