import sys
from pathlib import Path

import pytest

from emulator.errors import WorkerError
from emulator.functions.interpreter import find_interpreter
from emulator.functions.invocation import Function


def function(code_uri: Path, python: str | None = None) -> Function:
    return Function("app", "app.handler", code_uri, python=python)


def make_python(folder: Path, name: str = "bin/python") -> str:
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("name", [".venv", "venv"])
@pytest.mark.parametrize("where", ["code/app", "code", "."])
def test_virtual_environment_beside_the_code_or_above_it(tmp_path: Path, name: str, where: str) -> None:
    expected = make_python(tmp_path / where / name)
    assert find_interpreter(function(tmp_path / "code" / "app"), tmp_path, {}) == expected


def test_the_nearest_wins(tmp_path: Path) -> None:
    make_python(tmp_path / ".venv")
    expected = make_python(tmp_path / "code" / "venv")
    assert find_interpreter(function(tmp_path / "code"), tmp_path, {}) == expected


def test_not_above_the_project(tmp_path: Path) -> None:
    make_python(tmp_path / ".venv")
    assert find_interpreter(function(tmp_path / "project" / "code"), tmp_path / "project", {}) == sys.executable


def test_code_outside_the_project(tmp_path: Path) -> None:
    expected = make_python(tmp_path / "project" / ".venv")
    assert find_interpreter(function(tmp_path / "elsewhere"), tmp_path / "project", {}) == expected


def test_without_a_project_only_beside_the_code(tmp_path: Path) -> None:
    make_python(tmp_path / ".venv")
    assert find_interpreter(function(tmp_path / "code"), None, {}) == sys.executable


def test_python_by_path_and_by_name(tmp_path: Path) -> None:
    path = make_python(tmp_path, "tools/python9")
    make_python(tmp_path / "code" / ".venv")
    by_name = find_interpreter(function(tmp_path / "code", "python9"), tmp_path, {"PATH": str(tmp_path / "tools")})
    assert [find_interpreter(function(tmp_path / "code", path), tmp_path, {}), by_name] == [path, path]


def test_no_such_python(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="no executable Python at 'python9'"):
        find_interpreter(function(tmp_path, "python9"), tmp_path, {"PATH": str(tmp_path)})
