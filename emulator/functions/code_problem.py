"""What will keep a function from starting, told from its files before any of its code has run: what such a problem is,
and what has to be looked at to find one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from emulator.functions.invocation import Function
from emulator.spelling import near


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """One such problem in the words of a configuration's: what was found; what was expected (completes "expected ...");
    the sentence that says how to mend it."""

    found: str
    expected: str
    fix: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """What an interpreter says of modules: which it does not find, which are folders alone, and whether it has pip."""

    missing: frozenset[str]
    folders: frozenset[str] = frozenset()
    has_pip: bool = True


class Look(Protocol):
    """The developer's files, and the interpreters that read them. `project` is the folder of emulator.yaml."""

    project: Path

    def text(self, file: Path) -> str | None:
        """Read a file as text; None where there is no such file, or none to be read as a source: large, not UTF-8, not
        a regular file."""

    def is_file(self, path: Path) -> bool: ...

    def is_folder(self, path: Path) -> bool: ...

    def names(self, folder: Path) -> Sequence[str]:
        """Name what lies in a folder; nothing where there is none."""

    def lookup(self, python: str, function: Function, modules: Iterable[str]) -> Lookup | None:
        """Ask the function's interpreter for modules by their dotted names, without running any of them; None where it
        does not answer."""

    def strips_types(self, function: Function) -> bool:
        """Ask the function's Node.js whether it runs TypeScript by itself (22.18 and newer)."""


def shown(path: Path, look: Look) -> str:
    """Write a path as seen from the folder of emulator.yaml, where it lies in it."""
    return str(path.relative_to(look.project)) if path.is_relative_to(look.project) else str(path)


def listed(names: Sequence[str]) -> str:
    """Join names as a choice, `a`, `b` or `c`; of many the first are named and the others counted."""
    *most, last = (f"`{name}`" for name in names[:4])
    more = f" or {len(names) - 4} others" if len(names) > 4 else ""
    return f"{', '.join([*most, last])}{more}" if more or not most else f"{', '.join(most)} or {last}"


def absence(handler: str, name: str, file: str, present: Sequence[str], verb: str) -> CodeProblem:
    """Word the problem of a handler whose file is there while the name behind its dot is not. `present` could stand
    there instead; `verb` is what the file does with names: it defines or exports them."""
    module = handler[: len(handler) - len(name)]
    meant = near(name, present) or (present[0] if len(present) == 1 else None)
    fix = f"Write `handler: {module}{meant}`."
    if meant is None and present:
        fix = f"Name one of them, such as `handler: {module}{present[0]}`."
    elif meant is None:
        fix = f"{verb.capitalize()} `{name}` there."
    expected = f"a function that it {verb}s: {listed(present)}" if present else f"a function that it {verb}s"
    return CodeProblem(f"`{handler}`, and {file} {verb}s no `{name}`", expected, fix)
