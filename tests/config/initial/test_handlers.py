"""Which handlers are found in a file's text, and how emulator.yaml names them."""

from pathlib import PurePosixPath

import pytest

from emulator.config.initial.handlers import Handler, handlers_in, is_source, named_apart

EVENT = "def {}(event, context):\n    return {{}}\n"
HANDLER = EVENT.format("handler")


def found(file: str, text: str, *packages: str) -> list[tuple[str, str, str]]:
    """Name, codeUri and handler of each."""
    handlers = handlers_in(PurePosixPath(file), text, frozenset(map(PurePosixPath, packages)))
    language = "python3.12" if file.endswith(".py") else "nodejs22.x"
    assert all(one.runtime == language for one in handlers)
    return [(one.name, one.code_uri, one.handler) for one in handlers]


PYTHON = [
    pytest.param("items.py", HANDLER, [("items", ".", "items.handler")], id="in-the-project"),
    pytest.param("src/items.py", HANDLER, [("items", "src", "items.handler")], id="in-a-folder"),
    pytest.param(
        "hello_world/app.py",
        EVENT.format("lambda_handler"),
        [("hello-world", "hello_world", "app.lambda_handler")],
        id="of-sam",
    ),
    pytest.param("app.py", HANDLER, [("app", ".", "app.handler")], id="nameless-without-a-folder"),
    pytest.param(
        "shop.py",
        EVENT.format("list_items") + "def helper(text):\n    pass\n" + EVENT.format("_get"),
        [("list-items", ".", "shop.list_items"), ("get", ".", "shop._get")],
        id="several",
    ),
    pytest.param("a.py", "def read(_event, _context): ...\n", [("a", ".", "a.read")], id="unused-arguments"),
    pytest.param("a.py", "def read(event, ctx): ...\n", [("a", ".", "a.read")], id="short-name"),
    pytest.param("a.py", "def handler(request, about): ...\n", [("a", ".", "a.handler")], id="usual-name"),
    pytest.param("a.py", "def handler(exception): ...\n", [], id="one-argument"),
    pytest.param("a.py", "handler = Mangum(app)\n", [("a", ".", "a.handler")], id="assigned"),
    pytest.param("a.py", HANDLER + "handler = traced(handler)\n", [("a", ".", "a.handler")], id="once"),
    pytest.param("a.py", "x.handler = 1\nother = 2\n", [], id="assigned-elsewhere"),
    pytest.param("a.py", "async def handler(event, context): ...\n", [], id="async-is-none-of-lambdas"),
    pytest.param("a.py", "class A:\n    def handler(event, context): ...\n", [], id="method"),
    pytest.param("a.py", "def handler(event, context:\n", [], id="does-not-parse"),
    pytest.param("a b.py", HANDLER, [], id="no-module"),
    pytest.param("v1.2.py", HANDLER, [], id="no-module-either"),
    pytest.param("9.py", HANDLER, [("9", ".", "9.handler")], id="number"),
    pytest.param("__.py", HANDLER, [("function", ".", "__.handler")], id="no-name"),
]


@pytest.mark.parametrize(("file", "text", "handlers"), PYTHON)
def test_python(file: str, text: str, handlers: list[tuple[str, str, str]]) -> None:
    assert found(file, text) == handlers


def test_code_of_a_package_is_found_from_outside() -> None:
    assert found("src/shop/items.py", HANDLER, "src/shop") == [("items", "src", "shop.items.handler")]
    assert found("src/shop/items.py", HANDLER) == [("items", "src/shop", "items.handler")]


@pytest.mark.parametrize("line", ["from src.db import read\n", "import src.db\n", "def f():\n    import src\n"])
def test_code_that_imports_from_its_folder_by_name_is_found_from_outside(line: str) -> None:
    assert found("src/shop/items.py", line + HANDLER) == [("items", ".", "src.shop.items.handler")]


def test_a_relative_import_says_nothing_of_the_folder() -> None:
    text = "from . import db\nfrom .src import db\n" + HANDLER
    assert found("src/items.py", text) == [("items", "src", "items.handler")]


NODE = [
    pytest.param("items.js", "exports.handler = async () => {};\n", [("items", ".", "items.handler")], id="commonjs"),
    pytest.param(
        "src/items.ts", "export const handler: Handler = f;\n", [("items", "src", "items.handler")], id="typescript"
    ),
    pytest.param(
        "src/api/items/index.mjs",
        "export async function handler() {}\n",
        [("items", "src", "api/items/index.handler")],
        id="deep",
    ),
    pytest.param("a.js", "export default { handler };\n", [("a", ".", "a.handler")], id="default"),
    pytest.param("a.js", "export default class {}\n", [], id="default-of-another-kind"),
    pytest.param("a.ts", "export const App = () => null;\n", [], id="none"),
    pytest.param("a.b.js", "exports.handler = f;\n", [("a-b", ".", "a.b.handler")], id="dots"),
    pytest.param("a b.js", "exports.handler = f;\n", [], id="no-name"),
]


@pytest.mark.parametrize(("file", "text", "handlers"), NODE)
def test_node(file: str, text: str, handlers: list[tuple[str, str, str]]) -> None:
    assert found(file, text) == handlers


def test_a_package_of_its_own_is_the_functions_code() -> None:
    text = "exports.handler = f;\n"
    assert found("functions/pay/src/index.js", text, ".", "functions/pay") == [
        ("src", "functions/pay", "src/index.handler")
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((name, True) for name in ("app.py", "index.ts", "a.mjs", "b.cjs", "c.mts", "testing.py")),
        *((name, False) for name in ("test_app.py", "app_test.py", "conftest.py", "a.test.ts", "a.spec.js")),
        *((name, False) for name in ("types.d.ts", "vite.config.ts", "a.tsx", "README.md", "handler")),
    ],
)
def test_what_may_be_deployed(name: str, expected: bool) -> None:
    assert is_source(PurePosixPath(name)) is expected


def test_handlers_of_one_name_are_told_apart() -> None:
    handlers = tuple(Handler("items", code, "items.handler", "python3.12") for code in ("a", "b", "c"))
    assert [one.name for one in named_apart(handlers)] == ["items", "items-2", "items-3"]
