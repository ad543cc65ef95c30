"""Finds the program that serves a function, and the arguments to start it with."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import assert_never

from emulator.errors import WorkerError
from emulator.functions.interpreter import find_interpreter
from emulator.functions.invocation import Function
from emulator.functions.runtimes import Family, family_of

RUNTIME_DIR = Path(__file__).parent
"""Where the bundled runtimes are."""


def start_line(function: Function, project: Path | None, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Program and arguments. Raises WorkerError when there is no such program."""
    if function.command:
        return function.command
    family = family_of(function.runtime)
    match family:
        case Family.PYTHON:
            return (find_interpreter(function, project, environ), str(RUNTIME_DIR / "bootstrap.py"))
        case Family.NODEJS:
            return (_find_node(function, environ), str(RUNTIME_DIR / "bootstrap.mjs"))
        case Family.PROVIDED:
            return (_find_bootstrap(function),)
        case Family.OTHER:
            raise WorkerError(
                f"function '{function.name}': no runtime of ours runs '{function.runtime}'; "
                "give the `command` that starts its Lambda runtime client"
            )
        case _:
            assert_never(family)


def _find_node(function: Function, environ: Mapping[str, str]) -> str:
    found = shutil.which("node", path=environ.get("PATH", os.defpath))
    if found is None:
        raise WorkerError(
            f"function '{function.name}': its runtime is {function.runtime}, and there is no `node` on PATH; "
            "install Node.js, or give the `command` that starts it"
        )
    return found


def _find_bootstrap(function: Function) -> str:
    bootstrap = function.code_uri / "bootstrap"
    if not bootstrap.is_file():
        raise WorkerError(
            f"function '{function.name}': its runtime is {function.runtime}, and its codeUri '{function.code_uri}' "
            "holds no file `bootstrap`; build it there, or correct codeUri"
        )
    if not os.access(bootstrap, os.X_OK):
        raise WorkerError(f"function '{function.name}': '{bootstrap}' is not executable; run chmod +x on it")
    return str(bootstrap)
