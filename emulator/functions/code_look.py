"""Looks at the developer's files and asks their interpreters, for what check_python.py and check_node.py decide."""

import json
import stat
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from emulator.errors import WorkerError
from emulator.functions.code_problem import CodeProblem, Lookup
from emulator.functions.command_line import command_line
from emulator.functions.environment_variables import Placement, environment_variables
from emulator.functions.invocation import Function, HeaderRead
from emulator.functions.layers import site_directories
from emulator.functions.origin_read import origin_read
from emulator.functions.runtimes import Family, family_of

LARGEST = 131_072
"""Bytes of the largest file that is read: handlers are smaller, and parsing keeps the other threads waiting."""

MOST_NAMES = 2000
"""Entries of a folder that are looked at, so that a folder of generated files costs no more than another."""

PATIENCE = 5.0
"""Seconds that an interpreter may take to answer; a function that waits for it longer would be the worse problem."""

LOOKUP = """
import importlib.util, json, site, sys
from importlib.machinery import PathFinder

asked = json.loads(sys.argv[1])
sys.path[:] = [asked["code"], *asked["layers"], *[path for path in sys.path if path]]
for folder in asked["layers"]:
    site.addsitedir(folder)

def find(name):
    top, *parts = name.split(".")
    spec = importlib.util.find_spec(top)
    for part in parts:
        if spec is None or spec.submodule_search_locations is None:
            return None
        spec = PathFinder.find_spec(spec.name + "." + part, spec.submodule_search_locations)
    return spec

found = {name: find(name) for name in asked["names"]}
missing = [name for name, spec in found.items() if spec is None]
folders = [name for name, spec in found.items() if spec is not None and spec.origin is None]
print(json.dumps({"missing": missing, "folders": folders, "pip": find("pip") is not None}))
"""
"""The program that an interpreter runs to look for modules. It asks finders alone, so that no module of the user's is
run. A folder without `__init__.py` has no origin."""


Found = dict[tuple[object, ...], set[str]]
"""The modules that an interpreter has found, by what decides that."""


class Files:
    """The files as they are on the disk now, and the interpreters; `environ` is the developer's own environment."""

    def __init__(self, project: Path, environ: Mapping[str, str], found: Found | None = None) -> None:
        """Look below `project`; `found` is kept from one look to the next, texts are not."""
        self.project = project
        self._environ = environ
        self._found = {} if found is None else found
        self._texts: dict[Path, str | None] = {}

    def text(self, file: Path) -> str | None:
        if file not in self._texts:
            self._texts[file] = self._read(file)
        return self._texts[file]

    def _read(self, file: Path) -> str | None:
        try:
            found = file.stat()
            if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
                return None
            return file.read_bytes().decode("utf-8-sig")
        except (OSError, ValueError):
            return None

    def is_file(self, path: Path) -> bool:
        return stat.S_ISREG(self._mode(path))

    def is_folder(self, path: Path) -> bool:
        return stat.S_ISDIR(self._mode(path))

    def _mode(self, path: Path) -> int:
        try:
            return path.stat().st_mode
        except (OSError, ValueError):
            return 0

    def names(self, folder: Path) -> Sequence[str]:
        try:
            return [entry.name for entry, _ in zip(folder.iterdir(), range(MOST_NAMES), strict=False)]
        except OSError:
            return ()

    def lookup(self, python: str, function: Function, modules: Iterable[str]) -> Lookup | None:
        """Ask for the modules that were not found before."""
        own = (item for item in function.environment if item[0].startswith("PYTHON"))
        found = self._found.setdefault((python, function.code_uri, function.layers, *own), set())
        names = [name for name in modules if name not in found]
        if not names:
            return Lookup(frozenset())
        answer = self._ask(python, function, names)
        if answer is not None:
            found.update(frozenset(names) - answer.missing - answer.folders)
        return answer

    def strips_types(self, function: Function) -> bool:
        try:
            node = command_line(replace(function, command=(), debug_path=None), self.project, self._environ)[0]
            done = subprocess.run(  # noqa: S603  the Node.js that runs the function
                [node, "-p", "process.features.typescript"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE,
                check=True,
            )
        except (WorkerError, OSError, subprocess.SubprocessError):
            return False
        return done.stdout.strip() in (b"strip", b"transform")

    def _ask(self, python: str, function: Function, names: list[str]) -> Lookup | None:
        asked = {"code": str(function.code_uri), "layers": site_directories(function), "names": names}
        variables = environment_variables(function, self._environ, Placement("", "", ""))
        try:
            done = subprocess.run(  # noqa: S603  the interpreter that runs the function
                [python, "-c", LOOKUP, json.dumps(asked)],
                cwd=function.code_uri,
                env=variables,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE,
                check=True,
            )
            answer = json.loads(done.stdout.splitlines()[-1])
            return Lookup(frozenset(answer["missing"]), frozenset(answer["folders"]), answer["pip"])
        except (OSError, subprocess.SubprocessError, ValueError, LookupError, TypeError):
            return None


def code_problems(function: Function, files: Files, environ: Mapping[str, str]) -> tuple[CodeProblem, ...]:
    """Find what keeps a function from starting that one of the bundled runtimes runs."""
    if function.command:
        return ()
    family = family_of(function.runtime)
    try:
        program = command_line(function, files.project, environ)[0]
    except WorkerError as error:
        reason, _, fix = str(error).partition("; ")
        said = reason.removeprefix(f"function '{function.name}': ")
        return (CodeProblem(said, "a program that runs it", f"{fix[:1].upper()}{fix[1:]}."),)
    if family is Family.PYTHON:
        from emulator.functions.check_python import python_problems  # each costs milliseconds, and mostly one is needed

        return tuple(python_problems(function, program, files))
    if family is Family.NODEJS:
        from emulator.functions.check_node import node_problems

        return tuple(node_problems(function, files))
    return ()


def origin_reads(
    functions: Mapping[str, Function], project: Path, environ: Mapping[str, str]
) -> Callable[[str], HeaderRead | None]:
    """Make what tells, of a function by its name, where its code reads Origin by a name that is not in lower case. Each
    is looked at when it is first asked for, and not again."""
    files = Files(project, environ)
    return cache(lambda name: origin_read(functions[name], files))
