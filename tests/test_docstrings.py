"""Docstrings stand alone: as far as their first words, their length and their end can tell, each is whole sentences.

A function's begins with its verb: "Return the ...", not "The ..."; a property's says what it is. A number's names its
unit.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from test_architecture import FILES, PACKAGE, modules, name_of

LEANS_ON_OTHERS = re.compile(
    r"(Also|And|As|At|But|By|Else|For|From|In|It|Its|Of|On|Or|Same|So|The same|Their|They|Those|To|Whose)\b"
)
"""How a docstring begins that needs another to be understood."""

NO_VERB = re.compile(
    r"(A|All|An|Any|Both|Each|Every|How|Neither|No|None|Nothing|One|Only|That|The|True|False|What|When|Where|Whether|"
    r"Which|Who|Why|Yes|Your|[A-Z]\w*[^s]s|[A-Z]\w*[^e]ed)\b|[^A-Z]"
)
"""How a function's docstring begins that does not say what the function does: by an article, a conjunction, a plural, a
participle, or no word at all."""

UNITS = {
    "seconds": re.compile(r"(?i)\b(seconds?|ms|milliseconds?|microseconds?)\b"),
    "bytes": re.compile(r"(?i)\b(bytes?|kB|MB|characters?)\b"),
}
"""How a docstring names the unit of a number."""

UNIT_IN_NAME = re.compile(r"_(S|MS|NS|BYTES|MB|LENGTH|COUNT)$")
"""How a constant's name names the unit, so that its docstring need not."""


def docstrings(path: Path) -> Iterator[tuple[ast.AST, str, str]]:
    """What is documented, its name and its docstring: the module, its classes, functions and constants."""

    def visit(
        node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, name: str
    ) -> Iterator[tuple[ast.AST, str, str]]:
        text = ast.get_docstring(node)
        if text is not None:
            yield node, name, text
        before: ast.stmt | None = None
        for child in node.body:
            if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield from visit(child, child.name)
            elif isinstance(before, ast.Assign | ast.AnnAssign) and isinstance(child, ast.Expr):
                target = before.targets[0] if isinstance(before, ast.Assign) else before.target
                if isinstance(child.value, ast.Constant) and isinstance(child.value.value, str):
                    yield before, ast.unparse(target), child.value.value
            before = child

    return visit(ast.parse(path.read_text()), name_of(path))


def complaints(node: ast.AST, text: str) -> Iterator[str]:
    """What is wrong with the docstring of `node`."""
    summary = text.strip().partition("\n\n")[0]
    if not re.match(r"[A-Z`\"]", summary) or not summary.endswith((".", ":", "?")):
        yield "begin with a capital and end with a full stop"
    if len(summary.split()) < 4:
        yield "say it in a sentence"
    if LEANS_ON_OTHERS.match(summary):
        yield "say it so that it is understood alone"
    if is_called(node) and NO_VERB.match(summary):
        yield "begin with a verb"
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        target = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
        unit = unit_of(node.value)
        if unit is not None and not UNITS[unit].search(text) and not UNIT_IN_NAME.search(target):
            yield f"name the unit, such as {unit}"


def is_called(node: ast.AST) -> bool:
    """Tell whether `node` is a function or a method, and not a property."""
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not any(
        ast.unparse(decorator).endswith("property") for decorator in node.decorator_list
    )


def unit_of(value: ast.expr) -> str | None:
    """Tell what a number counts by the way it is written: `0.5` seconds, `64 * 1024` bytes."""
    if isinstance(value, ast.Constant) and isinstance(value.value, float):
        return "seconds"
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult) and ast.unparse(value).endswith("* 1024"):
        return "bytes"
    return None


@pytest.mark.parametrize("path", modules(FILES))
def test_docstrings_stand_alone(path: Path) -> None:
    found = [
        f"{path.relative_to(PACKAGE.parent)}:{getattr(node, 'lineno', 1)} {name}: {said}: {text!r}"
        for node, name, text in docstrings(path)
        for said in complaints(node, text)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("X = 1\n'''Of the event loop's clock; its owner's to set.'''", "understood alone", id="leans"),
        pytest.param("X = 1.0\n'''The time that nobody waits for.'''", "seconds", id="no-seconds"),
        pytest.param("X = 4 * 1024\n'''The most that is read.'''", "bytes", id="no-bytes"),
        pytest.param("X = 4 * 1024\n'''The most that is read, in bytes'''", "full stop", id="no-end"),
        pytest.param("class X:\n    '''Reaped.'''", "sentence", id="one-word"),
        pytest.param("def x():\n    '''The part of every answer that stays.'''", "verb", id="noun"),
        pytest.param("def x():\n    '''Lines that the data completes.'''", "verb", id="plural"),
        pytest.param("def x():\n    '''Decoded and joined by a comma.'''", "verb", id="participle"),
        pytest.param("def x():\n    '''Pass the lines on, and need none.'''", None, id="verbs-that-end-like-others"),
        pytest.param("@property\ndef x():\n    '''The part that stays.'''", None, id="property"),
        pytest.param("X_BYTES = 64 * 1024\n'''The most that is read.'''", None, id="unit-in-the-name"),
    ],
)
def test_the_laws(source: str, said: str | None) -> None:
    (node, *_) = [node for node in ast.walk(ast.parse(source)) if not isinstance(node, ast.Module)]
    text = ast.get_docstring(node) if isinstance(node, ast.ClassDef | ast.FunctionDef) else source.split("'''")[1]
    found = list(complaints(node, text or ""))
    assert (said is None and not found) or (said is not None and said in " ".join(found)), found
