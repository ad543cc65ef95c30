"""Runtime identifiers and the handlers of each family: what is refused, and what is said to write instead."""

from pathlib import Path

import pytest

from emulator.config.rules.runtimes import RUN_HERE, is_nodejs_handler, is_python_handler, runtime_complaints
from emulator.functions.invocation import Function


def complained(handler=None, **values):
    function = Function("f", handler or "", Path("/code"), **values)
    found = list(runtime_complaints(function, has_handler=handler is not None))
    assert all(one.path[:2] == ("function", "f") for one in found)
    return [(one.path[-1], one.found, one.expected, one.fix) for one in found]


@pytest.mark.parametrize(
    ("runtime", "handler"),
    [
        ("python3.8", "src/items.app.handler"),
        ("python3.14", "items.handler"),
        ("nodejs22.x", "index.handler"),
        ("nodejs18.x", "/opt/nodejs/node_modules/datadog-lambda-js/handler.handler"),
        ("provided", "whatever you like"),
        ("provided.al2", "bootstrap"),
        ("provided.al2023", ""),
    ],
)
def test_what_runs_here(runtime, handler):
    assert complained(runtime=runtime, handler=handler) == []


def test_a_provided_function_needs_no_handler():
    assert complained(runtime="provided.al2023") == []


@pytest.mark.parametrize(
    ("runtime", "meant"),
    [
        pytest.param("python", "python3.12", id="python"),
        pytest.param("python3", "python3.12", id="python-3"),
        pytest.param("Python3.13", "python3.13", id="case"),
        pytest.param("py311", "python3.11", id="tox"),
        pytest.param("3.10", "python3.10", id="number"),
        pytest.param("python3.11.4", "python3.11", id="patch"),
        pytest.param("python-3.9", "python3.9", id="hyphen"),
        pytest.param("python3.7", "python3.12", id="too-old"),
        pytest.param("python2.7", "python3.12", id="python-2"),
        pytest.param("node20", "nodejs20.x", id="node-20"),
        pytest.param("nodejs20", "nodejs20.x", id="nodejs-20"),
        pytest.param("NodeJS22.X", "nodejs22.x", id="nodejs-case"),
        pytest.param("Node.js 18", "nodejs18.x", id="nodejs-name"),
        pytest.param("nodejs20.11.0", "nodejs20.x", id="nodejs-patch"),
        pytest.param("20.x", "nodejs20.x", id="nodejs-number"),
        pytest.param("nodejs", "nodejs22.x", id="nodejs"),
        pytest.param("nodejs8.10", "nodejs22.x", id="nodejs-too-old"),
        pytest.param("typescript", "nodejs22.x", id="typescript"),
        pytest.param("al2023", "provided.al2023", id="al2023"),
        pytest.param("provided-al2", "provided.al2", id="al2"),
        pytest.param("provided.al2022", "provided.al2023", id="never-released"),
        pytest.param("custom", "provided.al2023", id="custom"),
    ],
)
def test_a_spelling_of_habit(runtime, meant):
    fix = f"Write `runtime: {meant}`."
    assert complained(runtime=runtime) == [("runtime", f"`{runtime}`", RUN_HERE, fix)]


@pytest.mark.parametrize(
    ("runtime", "fix"),
    [
        pytest.param(
            "go1.x",
            "AWS has retired it: build an executable named `bootstrap` into codeUri and write `runtime: "
            "provided.al2023`, or give the `command` that runs it, such as `[go, run, .]` or `[cargo, run]`.",
            id="go",
        ),
        pytest.param(
            "rust",
            "Build an executable named `bootstrap` into codeUri and write `runtime: provided.al2023`, or give the "
            "`command` that runs it, such as `[go, run, .]` or `[cargo, run]`.",
            id="rust",
        ),
        pytest.param(
            "java21",
            "Give the `command` that starts the runtime interface client for Java, such as `command: [java, -cp, "
            '"target/*", com.amazonaws.services.lambda.runtime.api.client.AWSLambda, "Items::get"]`.',
            id="java",
        ),
        pytest.param(
            "ruby3.3",
            "Give the `command` that starts the runtime interface client for Ruby, such as `command: [aws_lambda_ric, "
            "items.handler]`.",
            id="ruby",
        ),
        pytest.param(
            "dotnet8",
            "Give the `command` that starts the runtime interface client for .NET, such as `command: [dotnet, run]`.",
            id="dotnet",
        ),
        pytest.param("cobol", "Give the `command` that starts the function's Lambda runtime client.", id="unknown"),
    ],
)
def test_a_runtime_that_needs_a_command(runtime, fix):
    assert complained(runtime=runtime, handler="x") == [("runtime", f"`{runtime}`", RUN_HERE, fix)]


@pytest.mark.parametrize(
    ("runtime", "fix"),
    [
        ("nodejs22.x", "Remove it: `node` from PATH runs it."),
        ("provided.al2", "Remove it: its own `bootstrap` runs it."),
    ],
)
def test_an_interpreter_of_python_for_something_else(runtime, fix):
    found = f"`python` on a function with the runtime `{runtime}`"
    assert complained(runtime=runtime, python="python3") == [("python", found, "a function with a Python runtime", fix)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("items.handler", True, id="module-and-function"),
        pytest.param("src/shop/items.handler", True, id="folders-as-the-runtime-client-takes-them"),
        pytest.param("shop.items.handler", True, id="package"),
        pytest.param("my-items.handler", True, id="hyphen-in-a-module"),
        pytest.param("items", False, id="no-function"),
        pytest.param("items.", False, id="empty-function"),
        pytest.param("items.py", False, id="file"),
        pytest.param("items.2", False, id="no-identifier"),
        pytest.param("./items.handler", False, id="relative"),
        pytest.param("items:handler", False, id="colon"),
        pytest.param("it ems.handler", False, id="space"),
        pytest.param("items.py.handler", False, id="suffix"),
        pytest.param("py.handler", True, id="module-named-py"),
        pytest.param("src\\items.handler", False, id="backslash"),
        pytest.param("items..handler", False, id="two-dots"),
        pytest.param("", False, id="empty"),
    ],
)
def test_is_python_handler(text, expected):
    assert is_python_handler(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("index.handler", True, id="module-and-export"),
        pytest.param("src/my-shop/index.handler", True, id="folders"),
        pytest.param("./src/index.handler", True, id="from-here"),
        pytest.param("index.api.items.handler", True, id="export-in-an-object"),
        pytest.param("index.default", True, id="default-export"),
        pytest.param("index", False, id="no-export"),
        pytest.param("index.", False, id="empty-export"),
        pytest.param(".handler", False, id="no-module"),
        pytest.param("index.js", False, id="file"),
        pytest.param("src/index.mjs", False, id="module-file"),
        pytest.param("../index.handler", False, id="outside-the-code"),
        pytest.param("index:handler", False, id="colon"),
        pytest.param("in dex.handler", False, id="space"),
        pytest.param("index.js.handler", False, id="suffix"),
        pytest.param("index.json.handler", True, id="export-that-begins-like-a-suffix"),
        pytest.param("src\\index.handler", False, id="backslash"),
        pytest.param("", False, id="empty"),
    ],
)
def test_is_nodejs_handler(text, expected):
    assert is_nodejs_handler(text) is expected


@pytest.mark.parametrize(
    ("runtime", "handler", "meant"),
    [
        ("python3.12", "items", "items.handler"),
        ("python3.12", "items.py", "items.handler"),
        ("python3.12", "./src/items.py", "src/items.handler"),
        ("python3.12", "items:handler", "items.handler"),
        ("python3.12", "./items.handler", "items.handler"),
        ("python3.12", "items.handler()", "items.handler"),
        ("python3.12", ".handler", "items.handler"),
        ("python3.12", "my items.handler", "items.handler"),
        ("python3.12", "notes.py:list_notes", "notes.list_notes"),
        ("python3.12", "notes.py::list_notes", "notes.list_notes"),
        ("python3.12", "notes.py.list_notes", "notes.list_notes"),
        ("python3.12", "notes.py#list_notes", "notes.list_notes"),
        ("python3.12", "notes:list", "notes.list"),
        ("python3.12", "notes..list", "notes.list"),
        ("python3.12", "notes.", "notes.handler"),
        ("python3.12", "src/notes.py", "src/notes.handler"),
        ("python3.12", "src/notes.py:list_notes", "src/notes.list_notes"),
        ("python3.12", ".\\notes.list_notes", "notes.list_notes"),
        ("python3.12", "src\\notes.py:list_notes", "src/notes.list_notes"),
        ("python3.12", "C:\\shop\\notes.list_notes", "notes.list_notes"),
        ("python3.12", "/home/me/shop/notes.list_notes", "notes.list_notes"),
        ("python3.12", "notes.list-notes", "notes.list_notes"),
        ("python3.12", "notes.list_notes(event, context)", "notes.list_notes"),
        ("nodejs22.x", "index", "index.handler"),
        ("nodejs22.x", "src/index.js", "src/index.handler"),
        ("nodejs22.x", "index.mjs", "index.handler"),
        ("nodejs22.x", "index:handler", "index.handler"),
        ("nodejs22.x", "index.handler()", "index.handler"),
        ("nodejs22.x", "my index.handler", "index.handler"),
        ("nodejs22.x", "notes.js.handler", "notes.handler"),
        ("nodejs22.x", "notes.mjs:list", "notes.list"),
        ("nodejs22.x", "src/notes.ts", "src/notes.handler"),
        ("nodejs22.x", "src/notes.ts.list", "src/notes.list"),
        ("nodejs22.x", "notes..list", "notes.list"),
        ("nodejs22.x", "src\\notes.handler", "src/notes.handler"),
        ("nodejs22.x", ".\\notes.js:handler", "notes.handler"),
    ],
)
def test_a_handler_that_is_none(runtime, handler, meant):
    expected = "`module.function`" if runtime == "python3.12" else "`module.export`"
    fix = f"Write it like `handler: {meant}`."
    assert complained(runtime=runtime, handler=handler) == [("handler", f"`{handler}`", expected, fix)]


@pytest.mark.parametrize(
    ("runtime", "handler", "expected"),
    [
        ("nodejs22.x", "../a.b", "`module.export`"),
        ("python3.12", "../a.b", "`module.function`"),
        ("python3.12", "src\\..\\a.b", "`module.function`"),
    ],
)
def test_a_handler_outside_the_code(runtime, handler, expected):
    fix = "Write it without `..`: codeUri is the folder it counts from."
    assert complained(runtime=runtime, handler=handler) == [("handler", f"`{handler}`", expected, fix)]


def test_an_empty_handler():
    [(_, found, _, fix)] = complained(handler="")
    assert (found, fix) == ("an empty text", "Write it like `handler: items.handler`.")
