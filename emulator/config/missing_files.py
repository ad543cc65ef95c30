"""Looks for the folders and programs that functions name: what is not there is a complaint about its function."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from emulator.config.complaint import Complaint, quoted
from emulator.config.emulator_yaml.schema.function import Function
from emulator.deployment import Resource
from emulator.functions.runtimes import Family, family_of
from emulator.spelling import near


def is_path(python: str) -> bool:
    """Tell a path from a command that PATH is searched for."""
    return "/" in python or os.sep in python


def missing_files(functions: Mapping[str, Function], folder: Path) -> Iterator[Complaint]:
    """Complain of what is not there, or not what it must be; relative paths count from `folder`."""
    for name, function in functions.items():
        code = folder / function.code_uri
        if not _is_folder(code):
            yield Complaint(("function", name, "codeUri"), *_no_folder(function.code_uri, code, "codeUri: "))
        elif function.command is None and family_of(function.runtime) is Family.PROVIDED:
            yield from _no_bootstrap(("function", name, "codeUri"), function, folder)
        for index, layer in enumerate(function.layers):
            if not _is_folder(folder / layer):
                yield Complaint(("function", name, "layers", index), *_no_folder(layer, folder / layer))
        if function.python is not None and is_path(function.python):
            python = folder / function.python
            if not (_is_file(python) and os.access(python, os.X_OK)):
                yield Complaint(("function", name, "python"), *_no_interpreter(function.python, python))


def _no_folder(written: str, code: Path, key: str = "") -> tuple[str, str, str]:
    if _is_file(code):
        fix = f"Name its folder: `{key}{Path(written).parent}`."
        if code.suffix in (".zip", ".jar"):
            fix = "Unpack it, and name the folder it was unpacked into."
        return f"{quoted(written)}, which is a file", "a folder", fix
    meant = near(code.name, [item.name for item in entries(code.parent) if _is_folder(item)])
    fix = f"Create {os.path.normpath(code)}, or correct the path."
    if meant is not None:
        fix = f"Write `{key}{Path(written).with_name(meant)}`."
    return f"{quoted(written)}, which does not exist", "a folder", fix


def _no_bootstrap(place: Resource, function: Function, folder: Path) -> Iterator[Complaint]:
    """Complain where neither the code of a provided function nor a layer holds the `bootstrap` that is its runtime."""
    expected = "the executable `bootstrap` that a provided runtime starts"
    for inside in (function.code_uri, *reversed(function.layers)):
        bootstrap = folder / inside / "bootstrap"
        if _is_file(bootstrap):
            if not os.access(bootstrap, os.X_OK):
                found = f"{quoted(inside)}, whose `bootstrap` is not executable"
                yield Complaint(place, found, expected, f"Run chmod +x {os.path.normpath(bootstrap)}.")
            return
    fix = "Build it into that folder, or give the `command` that runs it, such as `[cargo, run]` or `[go, run, .]`."
    yield Complaint(place, f"{quoted(function.code_uri)}, which holds no `bootstrap`", expected, fix)


def _no_interpreter(written: str, python: Path) -> tuple[str, str, str]:
    if _is_folder(python):
        inside = Path(written) / "bin" / "python"
        return f"{quoted(written)}, which is a folder", "an interpreter", f"Write `python: {inside}`."
    if _is_file(python):
        return f"{quoted(written)}, which is not executable", "an interpreter", f"Run chmod +x {python}."
    fix = f"Create {python}, or leave `python` out to use the project's virtual environment."
    return f"{quoted(written)}, which does not exist", "an interpreter", fix


def _mode(path: Path) -> int:
    """Return the mode of a file, 0 where there is none. Path.is_dir and is_file raise where a name is too long or a
    folder closed; for us nothing is there then."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(_mode(path))


def _is_file(path: Path) -> bool:
    return stat.S_ISREG(_mode(path))


def entries(folder: Path) -> list[Path]:
    """List what lies in a folder; nothing where it cannot be read."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
