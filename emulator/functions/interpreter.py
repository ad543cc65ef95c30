"""Finds the Python that runs a function's handler: the user's, not the emulator's."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from emulator.errors import WorkerError
from emulator.functions.invocation import Function

_FOLDERS = (".venv", "venv")


def find_interpreter(function: Function, project: Path | None, environ: Mapping[str, str]) -> str:
    """Find `function.python` (a path, or a name on PATH), else the virtual environment beside the code or in a folder
    above it up to `project`, else the interpreter that runs the emulator. Raises WorkerError."""
    if function.python is not None:
        found = shutil.which(function.python, path=environ.get("PATH", os.defpath))
        if found is None:
            raise WorkerError(
                f"function '{function.name}': no executable Python at '{function.python}'; "
                "correct its `python`, or remove it to use the project's virtual environment"
            )
        return found
    for folder in _search_folders(function.code_uri, project):
        for name in _FOLDERS:
            python = folder / name / "bin" / "python"
            if os.access(python, os.X_OK):
                return str(python)
    return sys.executable


def _search_folders(code_uri: Path, project: Path | None) -> Iterator[Path]:
    yield code_uri
    if project is None:
        return
    if code_uri.is_relative_to(project):
        yield from (parent for parent in code_uri.parents if parent.is_relative_to(project))
    else:
        yield project
