"""What a Python file says of itself without being run: the names it defines, and the modules it cannot do without."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_DYNAMIC = frozenset(
    {"globals", "vars", "locals", "setattr", "exec", "eval", "__import__", "__getattr__", "import_module"}
)
"""The names whose user may define anything."""

_SEARCH_PATH = frozenset({"path", "meta_path", "path_hooks", "modules", "path_importer_cache"})
"""The attributes of `sys` by which modules are found: whoever touches one may find them where nobody looks."""


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement: `import a.b` is the module ("a", "b"); `from . import c` has `level` 1. `names` are those
    imported from it."""

    module: tuple[str, ...]
    names: tuple[str, ...]
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class PythonSource:
    """What a file says of itself. `names` are defined at the top (None: anything may be), `functions` are those of them
    that a def makes, in their order. `imports` are those that run whenever the file does. `moves_paths`: it may change
    where modules are found."""

    names: frozenset[str] | None
    functions: tuple[str, ...]
    imports: tuple[Import, ...]
    moves_paths: bool


@lru_cache(maxsize=64)
def read_python(text: str) -> PythonSource | None:
    """Read a file's text; None where it does not parse: the runtime says so itself, and where. Functions often share a
    file."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names, is_dynamic, moves_paths = set[str](), False, False
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute | ast.alias | ast.FunctionDef):
            name = _own_name(node)
            is_dynamic |= name in _DYNAMIC or name == "*"
            moves_paths |= _moves_paths(node)
        elif isinstance(node, ast.Global):
            names.update(node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            names.add(node.value)  # for setattr and the like, under whatever name
    names.update(_defined(tree))
    functions = tuple(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    imports = tuple(found for node in tree.body for found in _imports(node))
    return PythonSource(None if is_dynamic else frozenset(names), functions, imports, moves_paths or is_dynamic)


def _own_name(node: ast.Name | ast.Attribute | ast.alias | ast.FunctionDef) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else node.name


def _moves_paths(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        is_of_sys = isinstance(node.value, ast.Name) and node.value.id == "sys" and node.attr in _SEARCH_PATH
        return is_of_sys or node.attr in ("addsitedir", "__path__")
    if isinstance(node, ast.alias):
        return node.name in ("addsitedir", *(_SEARCH_PATH - {"path"}))
    return isinstance(node, ast.Name) and node.id == "__path__"


def _defined(tree: ast.Module) -> Iterator[str]:
    """Find the names that statements of the module itself bind, whichever of them run."""
    pending: list[ast.AST] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
            continue
        if isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest
        pending += ast.iter_child_nodes(node)


def _imports(node: ast.stmt) -> Iterator[Import]:
    """Find the imports of a statement, but neither those of a `try`, which may do without, nor of an `if` or a
    function, which may never run."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(tuple(alias.name.split(".")), (), 0, node.lineno)
    elif isinstance(node, ast.ImportFrom):
        module = tuple(node.module.split(".")) if node.module else ()
        yield Import(module, tuple(alias.name for alias in node.names), node.level, node.lineno)
