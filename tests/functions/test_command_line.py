"""Which program serves a function, and with which arguments."""

import sys
from pathlib import Path
from typing import Any

import pytest

from emulator.errors import WorkerError
from emulator.functions.command_line import CHILD, command_line
from emulator.functions.invocation import Function


def line(folder: Path, path: str = "", **values: Any) -> tuple[str, ...]:
    function = Function(**({"name": "app", "handler": "app.handler", "code_uri": folder} | values))
    return command_line(function, None, {"PATH": path})


def executable(path: Path, mode: int = 0o755) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(mode)
    return str(path)


def test_a_command_is_started_as_it_is(tmp_path: Path) -> None:
    assert line(tmp_path, command=("cargo", "run"), runtime="go1.x") == ("cargo", "run")


def test_python(tmp_path: Path) -> None:
    assert line(tmp_path) == (sys.executable, str(CHILD / "python" / "bootstrap.py"))


def test_python_is_told_of_its_layers(tmp_path: Path) -> None:
    found = line(tmp_path, layers=(Path("/one"), Path("/two")), runtime="python3.9")
    packages = "python/lib/python3.9/site-packages"
    assert found[2:] == (f"/two/{packages}", f"/one/{packages}", "/two/python", "/one/python")


def test_a_pythonpath_of_the_functions_own_stands_for_the_layers(tmp_path: Path) -> None:
    assert line(tmp_path, layers=(Path("/one"),), environment=(("PYTHONPATH", "lib"),))[2:] == ()


def test_nodejs_is_the_one_on_path(tmp_path: Path) -> None:
    node = executable(tmp_path / "tools" / "node")
    found = line(tmp_path, path=str(tmp_path / "tools"), runtime="nodejs22.x", layers=(Path("/one"),))
    assert found == (node, str(CHILD / "nodejs" / "bootstrap.mjs"))


def test_provided(tmp_path: Path) -> None:
    layer = executable(tmp_path / "layer" / "bootstrap")
    later = executable(tmp_path / "later" / "bootstrap")
    layers = (Path(layer).parent, Path(later).parent)
    assert line(tmp_path, runtime="provided.al2023", layers=layers) == (later,)
    own = executable(tmp_path / "bootstrap")
    assert line(tmp_path, runtime="provided.al2023", layers=layers) == (own,)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        pytest.param(
            {"runtime": "nodejs22.x"},
            "function 'app': its runtime is nodejs22.x, and there is no `node` on PATH; install Node.js, or give the "
            "`command` that starts it",
            id="no-node",
        ),
        pytest.param(
            {"runtime": "provided"},
            "function 'app': its runtime is provided, and its codeUri '{folder}' holds no file `bootstrap`; build it "
            "there, or correct codeUri",
            id="no-bootstrap",
        ),
        pytest.param(
            {"runtime": "java21"},
            "function 'app': no runtime of ours runs 'java21'; give the `command` that starts its Lambda runtime "
            "client",
            id="java",
        ),
    ],
)
def test_no_such_program(tmp_path: Path, values: dict[str, Any], message: str) -> None:
    with pytest.raises(WorkerError) as raised:
        line(tmp_path, **values)
    assert str(raised.value) == message.format(folder=tmp_path)


def test_a_bootstrap_that_is_not_executable(tmp_path: Path) -> None:
    bootstrap = executable(tmp_path / "bootstrap", 0o644)
    with pytest.raises(WorkerError) as raised:
        line(tmp_path, runtime="provided.al2")
    assert str(raised.value) == f"function 'app': '{bootstrap}' is not executable; run chmod +x on it"
