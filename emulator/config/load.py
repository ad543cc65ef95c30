"""Reads emulator.yaml and the environment files, and says all that is wrong with them, or what they declare."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from emulator.config.complaint import Complaint, in_order, refusal
from emulator.config.emulator_yaml.build import Location, build
from emulator.config.emulator_yaml.judge import declared_functions, judge
from emulator.config.emulator_yaml.places import places_of
from emulator.config.emulator_yaml.schema.function import Function
from emulator.config.emulator_yaml.top_level import top_level
from emulator.config.emulator_yaml.validate import validate
from emulator.config.env_file import EnvFile, read_env_file
from emulator.config.key_sets import read_key_sets
from emulator.config.located import located
from emulator.config.missing_files import entries, is_path, missing_files
from emulator.config.openapi_documents import read_documents
from emulator.config.read_file import Reader, unreadable
from emulator.config.references import with_references
from emulator.config.yaml.document import read_document
from emulator.deployment import Deployment
from emulator.errors import ConfigError, Problem
from emulator.spelling import near


@dataclass(frozen=True, slots=True)
class Loaded:
    """Holds what was read. `config_files` are absolute: a change of any of them changes the deployment. `warnings` are
    problems that do not keep it from being served. `contents` is what the files held, by absolute path."""

    deployment: Deployment
    config_files: tuple[Path, ...]
    warnings: tuple[Problem, ...]
    contents: Mapping[Path, bytes] = field(repr=False)

    @property
    def pipes(self) -> dict[Path, bytes]:
        """Return what those gave that are no files (`--env-file <(decrypt local.env)`), which give it once."""
        return {path: content for path, content in self.contents.items() if path not in self.config_files}

    def function_warning(self, function: str, found: str, expected: str, fix: str) -> Problem:
        """Say what is wrong with a function's code at the line that names its handler."""
        said = Complaint(("function", function, "handler"), found, expected, fix, is_warning=True)
        return next(located([said], self.deployment.places))


def load(
    path: Path,
    env_files: tuple[Path, ...] = (),
    before: Loaded | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Loaded:
    """Read a configuration; its relative paths count from its folder. The variables of `env_files` go to every
    function, as do those of the files that it names itself, and a later file's win. What its functions' `environment`
    refers to comes from `environ`, else from those files. `before` is what was loaded last, None the first time. Raises
    ConfigError with all problems at once."""
    reader = Reader(None if before is None else before.pipes)
    document = read_document(_read(path, reader.read), str(path))
    data = top_level(document)
    validated = validate(data)
    problems = [*document.problems([*document.complaints, *validated.complaints])]
    read = [read_env_file(file, reader.read) for file in env_files]
    deployment: Deployment | None = None
    if validated.configuration is not None:
        configuration, folder = validated.configuration, path.absolute().parent
        own = [read_env_file(path.parent / file, reader.read, "envFile") for file in configuration.env_file]
        read = [*own, *read]
        documents = read_documents(configuration, declared_functions(data), path.parent, reader.read)
        problems += [*documents.problems, *located(documents.unread, places_of(document))]
        places = {**documents.places, **places_of(document)}
        key_sets, unread = read_key_sets(configuration.apis, path.parent, reader.read)
        deployment = build(configuration, _locations(configuration.functions, folder), places, documents.apis, key_sets)
        problems += located(unread, deployment.places)
        problems += located(judge(configuration, deployment, data), deployment.places)
        problems += located(missing_files(configuration.functions, folder), deployment.places)
        deployment, complaints = with_references(deployment, {**variables_of(read), **environ})
        problems += located(complaints, deployment.places)
    told = (*in_order(problems), *(problem for file in read for problem in file.problems))
    if deployment is None or not all(problem.is_warning for problem in told):
        raise ConfigError(told)
    return Loaded(deployment.with_variables(variables_of(read)), reader.files, told, reader.contents)


def variables_of(files: Iterable[EnvFile]) -> dict[str, str]:
    """Put the variables of several files together: a later file's win."""
    return {name: value for file in files for name, value in file.variables.items()}


def _read(path: Path, read: Callable[[Path], bytes]) -> str:
    file = str(path)
    try:
        return read(path).decode("utf-8-sig")
    except FileNotFoundError:
        names = [item.name for item in entries(path.parent) if item.suffix in (".yaml", ".yml", ".json")]
        meant = near(path.name, names)
        fix = f"Name it: `-c {path.parent / meant}`." if meant else "Create it, or name another with `-c FILE`."
        if not meant and path == Path("emulator.yaml"):
            fix = "`emulate init` writes one, `-c FILE` names another, and `emulate serve --sample` serves a sample."
        raise refusal(file, 0, "no such file", "a configuration", fix) from None
    except IsADirectoryError:
        inside = path / "emulator.yaml"
        raise refusal(file, 0, "a folder", "a file", f"Name the file in it: `-c {inside}`.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError((unreadable(file, error),)) from None


def _locations(functions: Mapping[str, Function], folder: Path) -> dict[str, Location]:
    return {name: _location(function, folder) for name, function in functions.items()}


def _location(function: Function, folder: Path) -> Location:
    python = function.python
    if python is not None and is_path(python):
        python = str(folder / python)  # not resolved: a virtual environment's interpreter is a link
    layers = tuple(_absolute(folder, layer) for layer in function.layers)
    return Location(_absolute(folder, function.code_uri), python, layers)


def _absolute(folder: Path, written: str) -> Path:
    """Take `..` out, and keep the links below `folder`: one that is re-pointed leads to other code."""
    return Path(os.path.normpath(folder.resolve() / written))
