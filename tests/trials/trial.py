"""A deployment as its files, and the call that a page makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from textwrap import dedent

PAGE = "http://localhost:5173"
CONFIGURATION = "emulator.yaml"


@dataclass(frozen=True)
class Call:
    """What the page passes to `fetch`: `path` is as the page writes it, behind the API's origin; `origin` the page's
    own."""

    api: str
    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    credentials: str = "same-origin"
    origin: str = PAGE


@dataclass(frozen=True)
class Trial:
    """`files` by name: `emulator.yaml`, and a Python file for each function, named like it, with its `handler`."""

    files: Mapping[str, str]
    call: Call

    def write(self, folder: Path) -> None:
        for name, text in self.files.items():
            (folder / name).write_text(text)

    def with_file(self, name: str, text: str) -> "Trial":
        return replace(self, files={**self.files, name: text})

    def line_of(self, text: str) -> int:
        """The line of `emulator.yaml`, from 1, on which `text` stands; it stands there once."""
        lines = self.files[CONFIGURATION].splitlines(keepends=True)
        (number,) = [number for number, line in enumerate(lines, 1) if text in line]
        return number


def files_of(configuration: str, **functions: str) -> dict[str, str]:
    """The files of a trial, from indented texts: `emulator.yaml`, and the code of each function."""
    code = {f"{name}.py": dedent(source).lstrip("\n") for name, source in functions.items()}
    return {CONFIGURATION: dedent(configuration).lstrip("\n"), **code}
