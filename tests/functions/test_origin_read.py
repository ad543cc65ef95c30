"""Where a function's code reads Origin by a name that is not in lower case, and where nothing may be said of it."""

import os
from pathlib import Path

import pytest

from emulator.functions.code_look import Files
from emulator.functions.invocation import Function, HeaderRead
from emulator.functions.origin_read import origin_read


def read(project: Path, body: str, file: str = "app.py", **values: object) -> HeaderRead | None:
    (project / file).write_text(body)
    runtime = "python3.12" if file.endswith(".py") else "nodejs22.x"
    function = Function("f", **{"handler": "app.handler", "code_uri": project, "runtime": runtime, **values})  # type: ignore[arg-type]
    return origin_read(function, Files(project, dict(os.environ)))


def python(*lines: str) -> str:
    return "\n    ".join(("def handler(event, context):", *lines, "return 1"))


FOUND = [
    pytest.param(python('origin = event["headers"]["Origin"]'), "Origin", 2, id="keys"),
    pytest.param(python("", 'origin = event["headers"].get("Origin", "")'), "Origin", 3, id="get"),
    pytest.param(python('x = (event.get("headers") or {}).get("ORIGIN")'), "ORIGIN", 2, id="get-or-nothing"),
    pytest.param(python('h = event.get("headers", {})', 'x = h.get("Origin")'), "Origin", 3, id="a-name-for-them"),
    pytest.param(
        'def cors(event):\n    return event["headers"].get("Origin")\n' + python("cors(event)"),
        "Origin",
        2,
        id="helper",
    ),
    pytest.param(
        'async def handler(e, c):\n    a, b = 1, 2\n    return e["headers"]["Origin"]\n', "Origin", 3, id="another-name"
    ),
    pytest.param(
        'def a(event):\n    return b(event)\ndef b(event):\n    return a(event) or event["headers"]["Origin"]\n'
        + python("a(event)"),
        "Origin",
        4,
        id="helper-of-a-helper",
    ),
    pytest.param(python('e = event["b"]["Origin"]', 'x = event["headers"]["Origin"]'), "Origin", 3, id="headers-only"),
]


@pytest.mark.parametrize(("body", "name", "line"), FOUND)
def test_python(tmp_path: Path, body: str, name: str, line: int) -> None:
    assert read(tmp_path, body) == HeaderRead(name, f"app.py:{line}")


SILENT = [
    pytest.param(python('x = event["headers"]["origin"]'), id="lower-case"),
    pytest.param(python('h = event["headers"]', 'x = h.get("origin") or h.get("Origin")'), id="either-case"),
    pytest.param(python('x = event["headers"]["Host"]'), id="another-header"),
    pytest.param(python('x = answer["headers"]["Origin"]'), id="no-event"),
    pytest.param(python("event = wrapped(event)", 'x = event["headers"]["Origin"]'), id="another-event"),
    pytest.param(python('event["headers"] = lowered(event)', 'x = event["headers"]["Origin"]'), id="other-headers"),
    pytest.param(
        python('h = {k.lower(): v for k, v in event["headers"].items()}', 'x = h.get("Origin")'), id="lowered-names"
    ),
    pytest.param(python('h = event["headers"]', "h = lowered(h)", 'x = h["Origin"]'), id="a-name-bound-twice"),
    pytest.param(
        'def cors(h):\n    return h.get("Origin")\n' + python('h = event["headers"]', "cors(h)"), id="an-argument"
    ),
    pytest.param("@middleware\n" + python('x = event["headers"]["Origin"]'), id="a-decorator"),
    pytest.param(python("x = event['headers'][name]", "y = event.get()"), id="names-that-are-values"),
    pytest.param("def handler(", id="no-python"),
    pytest.param(
        python("return 2") + '\n\ndef other(event, c):\n    return event["headers"]["Origin"]\n', id="another"
    ),
    pytest.param("handler = make()\n", id="no-function"),
]


@pytest.mark.parametrize("body", SILENT)
def test_python_of_which_nothing_may_be_said(tmp_path: Path, body: str) -> None:
    assert read(tmp_path, body) is None


@pytest.mark.parametrize(
    "line",
    [
        "const origin = event.headers.Origin;",
        "const origin = event.headers['Origin'];",
        "const origin = event?.headers?.Origin ?? '';",
        'const origin = event.headers?.["Origin"];',
    ],
)
def test_node(tmp_path: Path, line: str) -> None:
    body = f"// event.headers.origin\nexports.handler = async (event) => {{\n  {line}\n}};\n"
    assert read(tmp_path, body, "app.js") == HeaderRead("Origin", "app.js:3")


@pytest.mark.parametrize(
    "line",
    [
        "const origin = event.headers.origin || event.headers.Origin;",
        "const host = event.headers.Host;",
        "event.headers = lowered(event.headers); const origin = event.headers.Origin;",
        "event = lowered(event); const origin = event.headers.Origin;",
        "const origin = middy(f)(event.headers.Origin);",
        "const origin = event.headers.Origin; }; exports.other = () => {",
    ],
)
def test_node_of_which_nothing_may_be_said(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, f"exports.handler = async (event) => {{\n  {line}\n}};\n", "app.js") is None


def test_other_functions_are_not_read(tmp_path: Path) -> None:
    body = python('x = event["headers"]["Origin"]')
    assert read(tmp_path, body, runtime="provided.al2023") is None
    assert read(tmp_path, body, command=("serve",)) is None
    assert read(tmp_path, body, handler="none.handler") is None
    (tmp_path / "app.py").write_bytes(b"\xff")
    assert origin_read(Function("f", "app.handler", tmp_path), Files(tmp_path, {})) is None
