"""Where a function's code reads the request's Origin from its event by a name that is not in lower case, told from its
own file without running it. Nothing is said where the code may see to the case in any other way: a name in lower case
beside it, a decorator, a middleware, an event that is bound anew."""

import ast
import re
from collections.abc import Iterator, Mapping

from emulator.functions.check_node import script_of
from emulator.functions.check_python import source_of
from emulator.functions.code_problem import Look, shown
from emulator.functions.invocation import Function, HeaderRead
from emulator.functions.node_source import read_node, without_comments
from emulator.functions.runtimes import Family, family_of

_ORIGIN = "origin"
_NODE_READ = re.compile(r"""\bevent\s*\??\.\s*headers\s*(?:\??\.\s*(\w+)|(?:\?\.)?\s*\[\s*["'](\w+)["']\s*\])""")
_NODE_SEES_TO_IT = re.compile(r"\bevent\s*=[^=]|\bheaders\s*=[^=]|middy|toLowerCase")

Read = tuple[str, int]
"""The name by which Origin is read, and the line."""


def origin_read(function: Function, look: Look) -> HeaderRead | None:
    """Find the first line that reads Origin so; None where there is none, or where the code may see to the case."""
    if function.command:
        return None
    family = family_of(function.runtime)
    module, _, name = function.handler.rpartition(".")
    if family is Family.PYTHON:
        file = source_of(tuple(module.replace("/", ".").split(".")), function.code_uri, look)
    else:
        file = script_of(function, look) if family is Family.NODEJS else None
    text = None if file is None else look.text(file)
    if file is None or text is None:
        return None
    reads = list(_python_reads(text, name) if family is Family.PYTHON else _node_reads(text, name))
    if not reads or any(name == _ORIGIN for name, _ in reads):
        return None
    named, line = min(reads, key=lambda read: read[1])
    return HeaderRead(named, f"{shown(file, look)}:{line}")


def _node_reads(text: str, handler: str) -> Iterator[Read]:
    """Find `event.headers.Origin` in a file that exports the handler alone: which of several it is of does not show."""
    code = without_comments(text)
    if read_node(text).exports != frozenset({handler}) or _NODE_SEES_TO_IT.search(code) is not None:
        return
    for read in _NODE_READ.finditer(code):
        name = read[1] or read[2]
        if name.lower() == _ORIGIN:
            yield name, code.count("\n", 0, read.start()) + 1


def _python_reads(text: str, handler: str) -> Iterator[Read]:
    """Find `event["headers"]["Origin"]`, `.get("Origin")`, and the same of a name for `event["headers"]`, in the
    handler and in the functions of its file that it names."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    defined = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    if handler not in defined or defined[handler].decorator_list:
        return
    events = {"event", *(argument.arg for argument in defined[handler].args.args[:1])}
    if any(_binds_anew(node, events) for node in ast.walk(tree)):
        return
    names = _names_of_headers(tree, events)
    for function in _used_by(handler, defined):
        for node in ast.walk(function):
            key = _key_of(node)
            if key is not None and key[1].lower() == _ORIGIN and _is_headers(key[0], events, names):
                yield key[1], key[0].lineno


def _used_by(handler: str, defined: Mapping[str, ast.AST]) -> Iterator[ast.AST]:
    """Yield a function, and those that it names, and these."""
    pending, seen = [handler], {handler}
    while pending:
        function = defined[pending.pop()]
        yield function
        named = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)} & defined.keys() - seen
        seen |= named
        pending += sorted(named)


def _binds_anew(node: ast.AST, events: set[str]) -> bool:
    """Tell whether a statement puts something else in the event's place, or in that of its headers."""
    if isinstance(node, ast.Name):
        return node.id in events and isinstance(node.ctx, ast.Store)
    return isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and _is_event(node.value, events)


def _names_of_headers(tree: ast.Module, events: set[str]) -> set[str]:
    """List the names that stand for the event's headers wherever they are bound."""
    nodes = list(ast.walk(tree))
    values = dict[str, list[ast.expr]]()
    for node in nodes:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            values.setdefault(node.targets[0].id, []).append(node.value)
    bound = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    bound += [node.arg for node in nodes if isinstance(node, ast.arg)]
    return {
        name
        for name, given in values.items()
        if bound.count(name) == len(given) and all(_is_headers(value, events, set()) for value in given)
    }


def _is_headers(node: ast.expr, events: set[str], names: set[str]) -> bool:
    """Tell whether an expression is the event's headers: `event["headers"]`, `event.get("headers")`, with `or {}`."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        return _is_headers(node.values[0], events, names)
    if isinstance(node, ast.Name):
        return node.id in names
    key = _key_of(node)
    return key is not None and key[1] == "headers" and _is_event(key[0], events)


def _is_event(node: ast.expr, events: set[str]) -> bool:
    return isinstance(node, ast.Name) and node.id in events


def _key_of(node: ast.AST) -> tuple[ast.expr, str] | None:
    """Take apart `x["key"]` and `x.get("key")`."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        of, key = node.value, node.slice
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and node.args:
        of, key = node.func.value, node.args[0]
    else:
        return None
    return (of, key.value) if isinstance(key, ast.Constant) and isinstance(key.value, str) else None
