"""Reads emulator.yaml and looks at the files and folders it names."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from emulator.config.complaint import Complaint, quoted, refusal
from emulator.config.complaint import Path as ConfigPath
from emulator.config.emulator_yaml.build import Location, build
from emulator.config.emulator_yaml.function_schema import Function
from emulator.config.emulator_yaml.places import places_of
from emulator.config.emulator_yaml.schema import Configuration
from emulator.config.emulator_yaml.unknown_keys import foreign_file
from emulator.config.emulator_yaml.validate import declared_apis, declared_functions, validate
from emulator.config.env_file import read_env_file
from emulator.config.read_file import Reader
from emulator.config.rules.rules import complaints
from emulator.config.yaml.document import Document, read_document
from emulator.deployment import Deployment
from emulator.errors import ConfigError, Problem
from emulator.functions.runtimes import Family, family_of
from emulator.spelling import near


@dataclass(frozen=True, slots=True)
class Loaded:
    """`config_files` are absolute: a change of any of them changes the deployment. `warnings` are problems that do not
    keep it from being served. `contents` is what was read, by absolute path."""

    deployment: Deployment
    config_files: tuple[Path, ...]
    warnings: tuple[Problem, ...]
    document: Document
    contents: Mapping[Path, bytes] = field(repr=False)

    @property
    def pipes(self) -> dict[Path, bytes]:
        """What those gave that are no files (`--env-file <(decrypt local.env)`), which give it once."""
        return {path: content for path, content in self.contents.items() if path not in self.config_files}

    def function_warning(self, function: str, found: str, expected: str, fix: str) -> Problem:
        """What is wrong with a function's code, at the line that names its handler."""
        said = Complaint(("functions", function, "handler"), found, expected, fix, is_warning=True)
        return self.document.problems([said])[0]


def load(path: Path, env_files: tuple[Path, ...] = (), before: Loaded | None = None) -> Loaded:
    """Read a configuration; its relative paths count from its folder. The variables of `env_files` go to every
    function, and a later file's win. `before` is what was loaded last, None the first time. Raises ConfigError with
    all problems at once."""
    reader = Reader(None if before is None else before.pipes)
    document = read_document(_read(path, reader.read), str(path))
    foreign = foreign_file(document.data)
    if foreign is not None:
        said = Complaint((foreign.meant or "",), foreign.found, foreign.expected, foreign.fix)
        raise ConfigError(document.problems([said]))
    validated = validate(document.data)
    found = [*document.complaints, *validated.complaints]
    configuration = validated.configuration
    folder = path.absolute().parent
    if configuration is not None:
        found += complaints(configuration, declared_functions(document.data), declared_apis(document.data))
        found += _missing_files(configuration, folder)
    read = [read_env_file(file, reader.read) for file in env_files]
    problems = (*document.problems(found), *(problem for file in read for problem in file.problems))
    if configuration is None or not all(problem.is_warning for problem in problems):
        raise ConfigError(problems)
    locations = {name: _location(function, folder) for name, function in configuration.functions.items()}
    variables = {name: value for file in read for name, value in file.variables.items()}
    deployment = replace(build(configuration, locations, variables), places=places_of(document))
    return Loaded(deployment, reader.files, problems, document, reader.contents)


def _read(path: Path, read: Callable[[Path], bytes]) -> str:
    file = str(path)
    try:
        return read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = f"the byte 0x{error.object[error.start]:02x}, which is not UTF-8"
        raise refusal(file, line, found, "text in UTF-8", "Save the file with the encoding UTF-8.") from None
    except FileNotFoundError:
        names = [item.name for item in _entries(path.parent) if item.suffix in (".yaml", ".yml", ".json")]
        meant = near(path.name, names)
        fix = f"Name it: `-c {path.parent / meant}`." if meant else "Create it, or name another with `-c FILE`."
        raise refusal(file, 0, "no such file", "a configuration", fix) from None
    except IsADirectoryError:
        inside = path / "emulator.yaml"
        raise refusal(file, 0, "a folder", "a file", f"Name the file in it: `-c {inside}`.") from None
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
        raise refusal(file, 0, found, "a readable file", "Check its permissions and path.") from None


def _location(function: Function, folder: Path) -> Location:
    python = function.python
    if python is not None and _is_path(python):
        python = str(folder / python)  # not resolved: a virtual environment's interpreter is a link
    layers = tuple(_absolute(folder, layer) for layer in function.layers)
    return Location(_absolute(folder, function.code_uri), python, layers)


def _absolute(folder: Path, written: str) -> Path:
    """Without `..`, and with the links below `folder` kept: one that is re-pointed leads to other code."""
    return Path(os.path.normpath(folder.resolve() / written))


def _is_path(python: str) -> bool:
    return "/" in python or os.sep in python


def _missing_files(configuration: Configuration, folder: Path) -> Iterator[Complaint]:
    for name, function in configuration.functions.items():
        code = folder / function.code_uri
        if not _is_folder(code):
            yield Complaint(("functions", name, "codeUri"), *_no_folder(function.code_uri, code, "codeUri: "))
        elif function.command is None and family_of(function.runtime) is Family.PROVIDED:
            yield from _no_bootstrap(("functions", name, "codeUri"), function, folder)
        for index, layer in enumerate(function.layers):
            if not _is_folder(folder / layer):
                yield Complaint(("functions", name, "layers", index), *_no_folder(layer, folder / layer))
        if function.python is not None and _is_path(function.python):
            python = folder / function.python
            if not (_is_file(python) and os.access(python, os.X_OK)):
                yield Complaint(("functions", name, "python"), *_no_interpreter(function.python, python))


def _no_folder(written: str, code: Path, key: str = "") -> tuple[str, str, str]:
    if _is_file(code):
        fix = f"Name its folder: `{key}{Path(written).parent}`."
        if code.suffix in (".zip", ".jar"):
            fix = "Unpack it, and name the folder it was unpacked into."
        return f"{quoted(written)}, which is a file", "a folder", fix
    meant = near(code.name, [item.name for item in _entries(code.parent) if _is_folder(item)])
    fix = f"Create {os.path.normpath(code)}, or correct the path."
    if meant is not None:
        fix = f"Write `{key}{Path(written).with_name(meant)}`."
    return f"{quoted(written)}, which does not exist", "a folder", fix


def _no_bootstrap(path: ConfigPath, function: Function, folder: Path) -> Iterator[Complaint]:
    """The runtime of a provided function is its code's `bootstrap`, else a layer's."""
    expected = "the executable `bootstrap` that a provided runtime starts"
    for inside in (function.code_uri, *reversed(function.layers)):
        bootstrap = folder / inside / "bootstrap"
        if _is_file(bootstrap):
            if not os.access(bootstrap, os.X_OK):
                found = f"{quoted(inside)}, whose `bootstrap` is not executable"
                yield Complaint(path, found, expected, f"Run chmod +x {os.path.normpath(bootstrap)}.")
            return
    fix = "Build it into that folder, or give the `command` that runs it, such as `[cargo, run]` or `[go, run, .]`."
    yield Complaint(path, f"{quoted(function.code_uri)}, which holds no `bootstrap`", expected, fix)


def _no_interpreter(written: str, python: Path) -> tuple[str, str, str]:
    if _is_folder(python):
        inside = Path(written) / "bin" / "python"
        return f"{quoted(written)}, which is a folder", "an interpreter", f"Write `python: {inside}`."
    if _is_file(python):
        return f"{quoted(written)}, which is not executable", "an interpreter", f"Run chmod +x {python}."
    fix = f"Create {python}, or leave `python` out to use the project's virtual environment."
    return f"{quoted(written)}, which does not exist", "an interpreter", fix


def _mode(path: Path) -> int:
    """Path.is_dir and is_file raise where a name is too long or a folder closed; for us nothing is there then."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(_mode(path))


def _is_file(path: Path) -> bool:
    return stat.S_ISREG(_mode(path))


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
