"""What `emulate init` does: a first emulator.yaml, for the handlers that are there or for one that it writes."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import click

from emulator.aws.cors_origin import EXPECTED, is_origin, meant_origin
from emulator.config.initial.configuration_text import Wanted, configuration_text
from emulator.config.initial.first_handler import Language, first_text, language_of
from emulator.config.initial.handlers import SUFFIXES, Handler, handlers_in, is_source, named_apart
from emulator.config.load import load
from emulator.deployment import url_of
from emulator.errors import EmulatorError
from emulator.reload.targets import is_ignored_folder

FILE = Path("emulator.yaml")
DEPTH = 4
"""Folders below the project's that are looked into: handlers lie no deeper, dependencies may."""

MOST_FILES = 2000
"""Files that are looked at: a folder with more is no project of handlers, and must not take seconds."""

MOST_FUNCTIONS = 20
LARGEST = 131_072
"""Bytes of the largest file that is read: handlers are smaller."""

BUILT = frozenset({"dist", "build", "out", "coverage", "test", "tests", "__tests__", "site-packages"})
"""Folders of files that are made of others, or are not deployed."""

OF_PYTHON = ("pyproject.toml", "requirements.txt", "setup.py", "Pipfile")
"""Files that only projects of Python have."""

WORDS = {"http": "an HTTP API", "rest": "a REST API", "function-url": "a function URL"}


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the command line; `handlers` are files, none when all that are found are wanted."""

    api: str
    frontend: str | None
    handlers: tuple[Path, ...]


def run(settings: Settings) -> None:
    """Write the configuration, and a handler where there is none; tell what was written, and what to do next. Raises
    EmulatorError, with nothing written, where a file is there already or an option means nothing."""
    check(settings)
    found = named(settings.handlers) if settings.handlers else every_handler()
    language = Language.PYTHON if found else language_here()
    wanted = Wanted(settings.api, settings.frontend, found[:MOST_FUNCTIONS] or (language.handler,))
    texts = {} if found else {Path(language.file): first_text(settings.api, language)}
    texts[FILE] = configuration_text(wanted)
    write(texts)
    tell(wanted, texts, left_out=len(found) - MOST_FUNCTIONS)


def check(settings: Settings) -> None:
    """Raise EmulatorError for what cannot be done."""
    if os.path.lexists(FILE):
        raise EmulatorError(f"{FILE} is there already, and stays as it is. Remove it first, or edit it.")
    if (origin := settings.frontend) is not None and not is_origin(origin):
        meant = meant_origin(origin) or "https://shop.example.com"
        raise EmulatorError(f"--frontend `{origin}`: expected {EXPECTED}. Write `--frontend {meant}`.")


def named(files: tuple[Path, ...]) -> tuple[Handler, ...]:
    """Return the handlers of the files that the user named. Raises EmulatorError for one that has none."""
    found: list[Handler] = []
    here = Path.cwd()
    for file in files:
        place = Path(os.path.relpath(file, here))
        if ".." in place.parts:
            raise EmulatorError(f"--handler {file}: it is not below this folder, {here}. Run `emulate init` above it.")
        if not place.is_file():
            raise EmulatorError(f"--handler {file}: there is no such file.")
        handlers = of_file(place)
        if not handlers:
            expected = (
                f"a file in Python or JavaScript ({', '.join(SUFFIXES)}) with a function `handler(event, context)`"
            )
            raise EmulatorError(f"--handler {file}: no handler was found in it; expected {expected}.")
        found += handlers
    return named_apart(tuple(found))


def every_handler() -> tuple[Handler, ...]:
    """Return the handlers of all files below this folder."""
    files = sorted(file for file, _ in zip(sources(Path(), DEPTH), range(MOST_FILES), strict=False))
    return named_apart(tuple(handler for file in files for handler in of_file(file)))


def language_here() -> Language:
    """Choose what a first handler is written in: Python, but where a `package.json` shows that the project is of
    Node.js, and nothing that it is of Python."""
    has_python = any(map(os.path.lexists, OF_PYTHON)) or any(file.suffix == ".py" for file in sources(Path(), DEPTH))
    if has_python:
        return Language.PYTHON
    try:
        return language_of(Path("package.json").read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return Language.PYTHON


def sources(folder: Path, depth: int) -> Iterator[Path]:
    """Yield the files that may hold handlers, those of a folder before those below it."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    yield from (folder / one.name for one in entries if one.is_file() and is_source(PurePosixPath(one.name)))
    for entry in entries:
        is_hidden = entry.name.startswith(".") or entry.name in BUILT or is_ignored_folder(entry.name)
        is_venv = os.path.lexists(folder / entry.name / "pyvenv.cfg")
        if depth and entry.is_dir(follow_symlinks=False) and not is_hidden and not is_venv:
            yield from sources(folder / entry.name, depth - 1)


def of_file(file: Path) -> tuple[Handler, ...]:
    """Return the handlers of one file; none of one that cannot be read or is no source of a usual size."""
    try:
        if file.suffix not in SUFFIXES or file.stat().st_size > LARGEST:
            return ()
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ()
    marker = "__init__.py" if file.suffix == ".py" else "package.json"
    packages = frozenset(PurePosixPath(folder) for folder in file.parents if (folder / marker).is_file())
    return handlers_in(PurePosixPath(file), text, packages)


def write(texts: dict[Path, str]) -> None:
    """Write new files. Raises EmulatorError where one cannot be written, or has appeared meanwhile."""
    for file, text in texts.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8") as opened:
                opened.write(text)
        except OSError as error:
            raise EmulatorError(f"{file} cannot be written ({error.strerror}).") from None


def tell(wanted: Wanted, texts: dict[Path, str], left_out: int) -> None:
    """Tell what was written, and what to do next."""
    endpoint = load(FILE).deployment.endpoints[0]
    functions = len(wanted.functions)
    serves = f"{functions} function{'s' if functions > 1 else ''}"
    click.echo(f"Wrote {' and '.join(map(str, reversed(texts)))}: {WORDS[wanted.api]} with {serves}.")
    if left_out > 0:
        click.echo(f"{left_out} more handlers were found: add those you need.")
    url = url_of(endpoint.api, endpoint.port, "localhost")
    fetch = f"emulate fetch {wanted.path}"
    click.echo(f"\n  {'emulate serve':<{len(fetch)}}  answers at {url}, and reloads what you save")
    click.echo(f"  {fetch}  calls it as a page at {wanted.page} would")
    click.echo(f"  {'emulate check':<{len(fetch)}}  tries every call of that page")
