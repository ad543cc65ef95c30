"""Finds the program that serves a function, and the arguments to start it with."""

import importlib.util
import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from importlib.machinery import PathFinder
from pathlib import Path
from typing import assert_never

from emulator.errors import WorkerError
from emulator.functions.interpreter import find_interpreter
from emulator.functions.invocation import Function
from emulator.functions.layers import site_directories
from emulator.functions.runtimes import Family, family_of

CHILD = Path(__file__).parent / "child"
"""The folder of the programs that run in the child."""

_BUNDLED = {Family.PYTHON: CHILD / "python", Family.NODEJS: CHILD / "nodejs"}


def runtime_folder(function: Function) -> Path:
    """Return the folder of the runtime that serves the function, Lambda's LAMBDA_RUNTIME_DIR; where the runtime is the
    user's own, one without modules."""
    return CHILD if function.command else _BUNDLED.get(family_of(function.runtime), CHILD)


def command_line(function: Function, project: Path | None, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the program and its arguments. Raises WorkerError when there is no such program."""
    if function.command:
        return function.command
    family = family_of(function.runtime)
    match family:
        case Family.PYTHON:
            python = find_interpreter(function, project, environ)
            # As arguments: in a variable, programs that the handler starts would have them too, as not on Lambda.
            layers = site_directories(function)
            return (python, *_debugpy(function), str(_BUNDLED[family] / "bootstrap.py"), *layers)
        case Family.NODEJS:
            return (_find_node(function, environ), *_inspector(function), str(_BUNDLED[family] / "bootstrap.mjs"))
        case Family.PROVIDED:
            return (_find_bootstrap(function),)
        case Family.OTHER:
            raise WorkerError(
                f"function '{function.name}': no runtime of ours runs '{function.runtime}'; "
                "give the `command` that starts its Lambda runtime client"
            )
        case _:
            assert_never(family)


def _debugpy(function: Function) -> tuple[str, ...]:
    """Make the arguments that put a runtime in Python under the emulator's own debugpy."""
    if function.debug_path is None:
        return ()
    spec = importlib.util.find_spec("debugpy")
    if spec is None or spec.origin is None:
        raise WorkerError(
            f"function '{function.name}' cannot be debugged: debugpy is not installed beside emulate; "
            f"run {_install('debugpy')}"
        )
    # Frozen modules have no lines to stop at (CPython 3.11; older ones ignore the option).
    options = ("-X", "frozen_modules=off")
    program = _BUNDLED[Family.PYTHON] / "debug.py"
    return (*options, str(program), str(Path(spec.origin).parent), str(function.debug_path))


def _install(package: str) -> str:
    """Say what installs a package beside emulate: an environment that uv has made, as uvx and `uv tool` do, has no
    pip."""
    python = shlex.quote(sys.executable)
    # By the path alone: setuptools answers for pip too, and changes what is imported as it does (its _distutils_hack).
    if PathFinder.find_spec("pip") is None:
        return f"uv pip install --python {python} {package}"
    return f"{python} -m pip install {package}"


def _inspector(function: Function) -> tuple[str, ...]:
    """Make the options that put Node.js under its inspector.

    It listens where any user and any web page may connect, and takes orders from whoever knows its id: that is neither
    printed, to the function's log, nor given away over HTTP (an empty destination; an empty value behind `=` is
    refused), but left by debug.mjs.
    """
    if function.debug_path is None:
        return ()
    options = ("--inspect=127.0.0.1:0", "--inspect-publish-uid", "")
    return (*options, str(_BUNDLED[Family.NODEJS] / "debug.mjs"), str(function.debug_path))


def _find_node(function: Function, environ: Mapping[str, str]) -> str:
    found = shutil.which("node", path=environ.get("PATH", os.defpath))
    if found is None:
        raise WorkerError(
            f"function '{function.name}': its runtime is {function.runtime}, and there is no `node` on PATH; "
            "install Node.js, or give the `command` that starts it"
        )
    return found


def _find_bootstrap(function: Function) -> str:
    """Find the code's own `bootstrap`, else a layer's (AWS: Building a custom runtime for AWS Lambda)."""
    for folder in (function.code_uri, *reversed(function.layers)):
        bootstrap = folder / "bootstrap"
        if bootstrap.is_file():
            if not os.access(bootstrap, os.X_OK):
                raise WorkerError(f"function '{function.name}': '{bootstrap}' is not executable; run chmod +x on it")
            return str(bootstrap)
    raise WorkerError(
        f"function '{function.name}': its runtime is {function.runtime}, and its codeUri '{function.code_uri}' "
        "holds no file `bootstrap`; build it there, or correct codeUri"
    )
