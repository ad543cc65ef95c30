"""Finds the Lambda handlers among a folder's files, without running any, and says how emulator.yaml names them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from emulator.config.rules.functions import NAME
from emulator.config.rules.runtimes import LATEST_NODEJS, LATEST_PYTHON, is_nodejs_handler, is_python_handler
from emulator.functions.node_source import may_export, read_node

USUAL = ("handler", "lambda_handler")
"""The names that AWS's own examples give a handler; whatever is assigned to one is taken for it (`handler =
Mangum(app)`)."""

SCRIPTS = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
SUFFIXES = (".py", *SCRIPTS)
_TESTS = re.compile(r"test_.*|.*_test\.py|conftest\.py|.*\.(test|spec|config|d)\.[mc]?[jt]s")
_NAMELESS = frozenset({"index", "app", "main", "handler", "lambda_function", "__init__"})
"""The names of files that say less than the name of their folder."""


@dataclass(frozen=True, slots=True)
class Handler:
    """A handler: the name of its function, and the function's `codeUri`, `handler` and `runtime`."""

    name: str
    code_uri: str
    handler: str
    runtime: str


def is_source(file: PurePosixPath) -> bool:
    """Tell whether a file may hold a handler that is meant to be deployed: neither a test nor a type declaration."""
    return file.suffix in SUFFIXES and _TESTS.fullmatch(file.name) is None


def handlers_in(file: PurePosixPath, text: str, packages: frozenset[PurePosixPath]) -> tuple[Handler, ...]:
    """List the handlers of one file, its path relative to the configuration's folder. `packages` are the folders that
    hold an `__init__.py` (for Python) or a `package.json` (for Node.js), in the same terms."""
    if file.suffix == ".py":
        return tuple(_python_handlers(file, text, packages))
    return tuple(_node_handlers(file, text, packages))


def named_apart(handlers: tuple[Handler, ...]) -> tuple[Handler, ...]:
    """Give each of several handlers of one name another, with a number."""
    taken: set[str] = set()
    apart = []
    for one in handlers:
        name, number = one.name, 2
        while name in taken:
            name, number = f"{one.name}-{number}", number + 1
        taken.add(name)
        apart.append(Handler(name, one.code_uri, one.handler, one.runtime))
    return tuple(apart)


# Python


def _python_handlers(file: PurePosixPath, text: str, packages: frozenset[PurePosixPath]) -> Iterator[Handler]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    functions = list(dict.fromkeys(_python_names(tree)))
    folder = _python_root(file, _imported(tree), packages)
    inside = file.relative_to(folder).with_suffix("")
    for function in functions:
        handler = f"{'.'.join(inside.parts)}.{function}"
        if "." not in "".join(inside.parts) and is_python_handler(handler):
            name = _name(file, function if len(functions) > 1 else "")
            yield Handler(name, str(folder), handler, LATEST_PYTHON)


def _python_names(tree: ast.Module) -> Iterator[str]:
    """Find the functions of a module that take an event and a context, and what is assigned to a usual name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            arguments = [argument.arg.strip("_") for argument in (*node.args.posonlyargs, *node.args.args)]
            if arguments[1:2] in (["context"], ["ctx"]) or (node.name in USUAL and len(arguments) > 1):
                yield node.name
        elif isinstance(node, ast.Assign):
            yield from (name.id for name in node.targets if isinstance(name, ast.Name) and name.id in USUAL)


def _imported(tree: ast.Module) -> frozenset[str]:
    """Return the first names of the modules that a file imports from the search path."""
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return frozenset(found)


def _python_root(file: PurePosixPath, imported: frozenset[str], packages: frozenset[PurePosixPath]) -> PurePosixPath:
    """Find the folder that imports count from: above every package, and above a folder that the file imports from by
    its name."""
    root = file.parent
    for folder in (file.parent, *file.parent.parents):
        if folder.name and (folder in packages or folder.name in imported):
            root = folder.parent
    return root


# Node.js


def _node_handlers(file: PurePosixPath, text: str, packages: frozenset[PurePosixPath]) -> Iterator[Handler]:
    exports = read_node(text).exports
    if not may_export(text, USUAL[0]) if exports is None else USUAL[0] not in exports:
        return
    folder = _node_root(file, packages)
    inside = file.relative_to(folder)
    handler = f"{inside.with_suffix('')}.{USUAL[0]}"
    if is_nodejs_handler(handler):
        yield Handler(_name(file, ""), str(folder), handler, LATEST_NODEJS)


def _node_root(file: PurePosixPath, packages: frozenset[PurePosixPath]) -> PurePosixPath:
    """Find the folder of the function's own package; where that is the whole project, the folder of its sources, as
    `src`, so that a save elsewhere does not restart it."""
    for folder in (file.parent, *file.parent.parents):
        if folder.name and folder in packages:
            return folder
    return PurePosixPath(*file.parts[:1]) if len(file.parts) > 1 else file.parent


def _name(file: PurePosixPath, function: str) -> str:
    """Name a function after its file, its folder where the file's name says nothing, or, in a file of several, after
    itself."""
    said = function or (file.parent.name if file.stem in _NAMELESS and file.parent.name else file.stem)
    name = re.sub(r"[^A-Za-z0-9]+", "-", said).strip("-")[:64].strip("-")
    return name if NAME.fullmatch(name) else "function"
