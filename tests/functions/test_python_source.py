"""What is told of a Python file that is not run: never a name as missing that is there."""

import contextlib
import importlib
import types
from pathlib import Path

import pytest

from emulator.functions.python_source import read_python


def names(text: str) -> frozenset[str] | None:
    source = read_python(text)
    assert source is not None
    return source.names


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("def handler(event, context): ...", id="def"),
        pytest.param("async def handler(event, context): ...", id="async-def"),
        pytest.param("class handler: ...", id="class"),
        pytest.param("handler = lambda event, context: None", id="assignment"),
        pytest.param("handler: object = len", id="annotated"),
        pytest.param("a, (b, *handler) = x", id="unpacking"),
        pytest.param("from shop import handler", id="import"),
        pytest.param("from shop import list_items as handler", id="import-as"),
        pytest.param("import handler.inner", id="import-of-a-package"),
        pytest.param("try:\n    from a import handler\nexcept ImportError:\n    pass", id="try"),
        pytest.param("if x:\n    def handler(e, c): ...\nelse:\n    pass", id="if"),
        pytest.param("with open(x) as handler: ...", id="with"),
        pytest.param("for handler in x: ...", id="for"),
        pytest.param("print(handler := len)", id="walrus"),
        pytest.param("match x:\n    case {**handler}: ...", id="match-mapping"),
        pytest.param("match x:\n    case [*handler]: ...", id="match-star"),
        pytest.param("match x:\n    case int() as handler: ...", id="match-as"),
        pytest.param("try: ...\nexcept ValueError as handler: ...", id="except"),
        pytest.param("def make():\n    global handler\n    handler = len", id="global"),
        pytest.param("register('handler')", id="text-that-may-name-it"),
    ],
)
def test_a_name_that_is_defined(text: str) -> None:
    found = names(text)
    assert found is not None
    assert "handler" in found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("from shop import *", id="star"),
        pytest.param("def __getattr__(name): ...", id="getattr"),
        pytest.param("globals()['h' + 'andler'] = len", id="globals"),
        pytest.param("setattr(module, name, len)", id="setattr"),
        pytest.param("exec(code)", id="exec"),
        pytest.param("import importlib\nimportlib.import_module(name)", id="import-module"),
        pytest.param("__import__(name)", id="dunder-import"),
    ],
)
def test_a_file_that_may_define_anything(text: str) -> None:
    assert names(text) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("def make():\n    def handler(e, c): ...", id="inside-a-function"),
        pytest.param("class Shop:\n    def handler(self): ...", id="method"),
        pytest.param("# handler\nlist_items = 1", id="comment"),
        pytest.param("def handlers(e, c): ...", id="longer"),
        pytest.param("shop.handler = 1", id="attribute"),
    ],
)
def test_a_name_that_is_not_defined(text: str) -> None:
    found = names(text)
    assert found is not None
    assert "handler" not in found


STANDARD = ["argparse", "ast", "collections", "dataclasses", "enum", "json.decoder", "pathlib", "subprocess", "typing"]
INSTALLED = ["click.core", "httpx._client", "starlette.routing", "uvicorn.server", "watchdog.events", "yaml.reader"]


@pytest.mark.parametrize("name", [*STANDARD, *INSTALLED])
def test_nothing_that_real_modules_define_is_called_missing(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__file__ is not None
    told = names(Path(module.__file__).read_text())
    with contextlib.suppress(TypeError):
        defined = {
            key for key, value in vars(module).items()
            if callable(value) and not key.startswith("__") and not isinstance(value, types.ModuleType)
        }  # fmt: skip
        assert told is None or defined <= told


def test_functions_in_their_order() -> None:
    source = read_python("def b(e, c): ...\nx = 1\nasync def a(e, c): ...\nclass C:\n    def c(self): ...\n")
    assert source is not None
    assert source.functions == ("b", "a")


def test_imports_that_always_run() -> None:
    text = """
import os, boto3.session
from . import tables
from .db import table
from ..shared.log import log as l
try:
    import ujson
except ImportError:
    import json as ujson
if TYPE_CHECKING:
    import mypy_boto3_s3
def handler(event, context):
    import lazily
"""
    source = read_python(text)
    assert source is not None
    assert [(one.module, one.names, one.level, one.line) for one in source.imports] == [
        (("os",), (), 0, 2),
        (("boto3", "session"), (), 0, 2),
        ((), ("tables",), 1, 3),
        (("db",), ("table",), 1, 4),
        (("shared", "log"), ("log",), 2, 5),
    ]


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        pytest.param("import sys\nsys.path.append('vendor')", True, id="sys-path"),
        pytest.param("import sys\nsys.modules['boto3'] = fake", True, id="sys-modules"),
        pytest.param("import site\nsite.addsitedir('vendor')", True, id="site"),
        pytest.param("from site import addsitedir", True, id="from-site"),
        pytest.param("__path__ += ['vendor']", True, id="package-path"),
        pytest.param("import os\nos.path.join('a', 'b')", False, id="os-path"),
        pytest.param("from os import path", False, id="from-os"),
        pytest.param("import sys\nsys.exit", False, id="sys"),
    ],
)
def test_a_file_that_changes_where_modules_are_found(text: str, moves: bool) -> None:
    source = read_python(text)
    assert source is not None
    assert source.moves_paths is moves


@pytest.mark.parametrize("text", ["def handler(", "\0", "x = " + "(" * 5000, "print 'x'"])
def test_what_does_not_parse(text: str) -> None:
    assert read_python(text) is None
