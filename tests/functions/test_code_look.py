"""The rim of the checks: files of any kind, interpreters of any mood, programs that are not there."""

import os
import sys
from pathlib import Path

import pytest

from emulator.functions.code_look import LARGEST, Files, code_problems
from emulator.functions.invocation import Function


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path, dict(os.environ))


def test_only_regular_files_of_a_bounded_size_are_read(files: Files) -> None:
    folder = files.project
    os.mkfifo(folder / "pipe.py")
    (folder / "zero.py").symlink_to("/dev/zero")
    (folder / "large.py").write_bytes(b"x" * (LARGEST + 1))
    (folder / "latin.py").write_bytes(b"\xe9")
    (folder / "loop.py").symlink_to("loop.py")
    (folder / "sound.py").write_text("\ufeffx = 1")
    read = {
        name: files.text(folder / name) for name in ("pipe.py", "zero.py", "large.py", "latin.py", "loop.py", "none")
    }
    assert set(read.values()) == {None}
    assert files.text(folder / "sound.py") == "x = 1"
    assert [files.is_file(folder / name) for name in ("pipe.py", "zero.py", "loop.py", "sound.py", "\0")] == [
        False, False, False, True, False,
    ]  # fmt: skip
    assert files.names(folder / "none") == ()
    assert "sound.py" in files.names(folder)
    assert files.is_folder(folder)


def test_modules_are_asked_for_without_running_any(files: Files) -> None:
    """A folder alone is told apart from a package."""
    for name in ("loud", "loud/inner", "plain"):
        (files.project / name).mkdir()
    for name in ("loud/__init__.py", "loud/inner/__init__.py", "loud/inner/deep.py"):
        (files.project / name).write_text("raise SystemExit(1)")
    function = Function("f", "a.b", files.project)
    answer = files.lookup(sys.executable, function, ["loud.inner.deep", "loud.none", "plain", "none", "click.core"])
    assert answer is not None
    assert (answer.missing, answer.folders) == ({"loud.none", "none"}, {"plain"})


def test_what_was_found_is_not_asked_for_again(tmp_path: Path) -> None:
    counting = tmp_path / "python"
    counting.write_text(f'#!/bin/sh\necho asked >> {tmp_path}/count\nexec {sys.executable} "$@"\n')
    counting.chmod(0o755)
    found: dict[tuple[object, ...], set[str]] = {}
    for modules in (["click"], ["click"], ["click", "none"], ["none"]):
        files = Files(tmp_path, dict(os.environ), found)
        files.lookup(str(counting), Function("f", "a.b", tmp_path), modules)
    assert (tmp_path / "count").read_text().count("asked") == 3


@pytest.mark.parametrize("answer", ["exit 1", "echo", "echo '[]'", "echo '{}'", "printf '\\377'"])
def test_an_interpreter_that_says_something_else(files: Files, answer: str) -> None:
    python = files.project / "python"
    python.write_text(f"#!/bin/sh\n{answer}\n")
    python.chmod(0o755)
    assert files.lookup(str(python), Function("f", "a.b", files.project), ["click"]) is None


@pytest.mark.parametrize(
    ("values", "found", "fix"),
    [
        pytest.param(
            {"runtime": "nodejs22.x"},
            "its runtime is nodejs22.x, and there is no `node` on PATH",
            "Install Node.js, or give the `command` that starts it.",
            id="no-node",
        ),
        pytest.param(
            {"python": "python2.99"},
            "no executable Python at 'python2.99'",
            "Correct its `python`, or remove it to use the project's virtual environment.",
            id="no-python",
        ),
    ],
)
def test_a_program_that_is_not_there(files: Files, values: dict[str, str], found: str, fix: str) -> None:
    function = Function("f", "index.handler", files.project, **values)  # type: ignore[arg-type]
    (problem,) = code_problems(function, files, {"PATH": str(files.project)})
    assert (problem.found, problem.expected, problem.fix) == (found, "a program that runs it", fix)


@pytest.mark.parametrize("values", [{"command": ("x",)}, {"runtime": "provided.al2023"}])
def test_runtimes_of_the_users_own_are_not_judged(files: Files, values: dict[str, object]) -> None:
    bootstrap = files.project / "bootstrap"
    bootstrap.touch(mode=0o755)
    assert code_problems(Function("f", "none.none", files.project, **values), files, {}) == ()  # type: ignore[arg-type]
