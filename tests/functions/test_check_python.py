"""Python functions that cannot start: what is said of them, and of which nothing may be said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from emulator.functions.code_look import Files, code_problems
from emulator.functions.invocation import Function

NOTES = """
import json

def list_notes(event, context):
    return []

def get_note(event, context):
    return json.dumps({})

def _hidden(event, context):
    return None
"""
HANDLER = "def handler(event, context):\n    return 1\n"


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One that has no packages, as `python -m venv` makes it."""
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    return str(folder / "bin" / "python")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"src/notes.py": NOTES})
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def said(project: Path, handler: str, code: str = "src", **values: object) -> str:
    function = Function("f", handler, project / code, **{"python": sys.executable, **values})  # type: ignore[arg-type]
    problems = code_problems(function, Files(project, dict(os.environ)), dict(os.environ))
    return "\n".join(f"{one.found}; expected {one.expected}. {one.fix}" for one in problems)


FILE = "expected the file of the handler's module, below codeUri."
BOTH = "expected a function that it defines: `list_notes` or `get_note`."


@pytest.mark.parametrize(
    ("handler", "code", "message"),
    [
        pytest.param(
            "notes.list_note",
            "src",
            f"`notes.list_note`, and src/notes.py defines no `list_note`; {BOTH} Write `handler: notes.list_notes`.",
            id="close-name",
        ),
        pytest.param(
            "notes.main",
            "src",
            f"`notes.main`, and src/notes.py defines no `main`; {BOTH} "
            "Name one of them, such as `handler: notes.list_notes`.",
            id="other-name",
        ),
        pytest.param(
            "one.main",
            "src",
            "`one.main`, and src/one.py defines no `main`; expected a function that it "
            "defines: `handler`. Write `handler: one.handler`.",
            id="the-only-one",
        ),
        pytest.param(
            "empty.main",
            "src",
            "`empty.main`, and src/empty.py defines no `main`; expected a function that it "
            "defines. Define `main` there.",
            id="no-function",
        ),
        pytest.param(
            "note.list_notes",
            "src",
            f"`note.list_notes`, and there is no file note.py in `src`; {FILE} Write `handler: notes.list_notes`.",
            id="close-file",
        ),
        pytest.param(
            "src/notes.list_notes",
            "src",
            "`src/notes.list_notes`, and there is no file src/notes.py in `src`; "
            f"{FILE} Write `handler: notes.list_notes`: it counts from codeUri.",
            id="codeuri-twice",
        ),
        pytest.param(
            "src/zebra.handler",
            "src",
            f"`src/zebra.handler`, and there is no file src/zebra.py in `src`; {FILE} "
            "Create it, or correct `handler` or `codeUri`.",
            id="codeuri-twice-and-not-there",
        ),
        pytest.param(
            "notes.list_notes",
            ".",
            "`notes.list_notes`, and there is no file notes.py in the project's "
            f"folder; {FILE} Write `codeUri: src`, where it is.",
            id="codeuri-too-high",
        ),
        pytest.param(
            "top.handler",
            "src",
            f"`top.handler`, and there is no file top.py in `src`; {FILE} Write `codeUri: .`, where it is.",
            id="codeuri-too-low",
        ),
        pytest.param(
            "index.handler",
            "src",
            f"`index.handler`, and there is no file index.py in `src`; {FILE} "
            "Write `runtime: nodejs22.x` beside it: the file is JavaScript, and the default runtime is "
            "python3.12.",
            id="javascript",
        ),
        pytest.param(
            "index.js.handler",
            "src",
            f"`index.js.handler`, and there is no file index/js.py in `src`; {FILE} "
            "Write `runtime: nodejs22.x` beside it: the file is JavaScript, and the default runtime is "
            "python3.12.",
            id="javascript-with-suffix",
        ),
        pytest.param(
            "plain.tools",
            "src",
            f"`plain.tools`, and there is no file plain.py in `src`; {FILE} "
            "Name the function in it, too: `handler: plain.tools.handler`.",
            id="module-for-a-function",
        ),
        pytest.param(
            "zebra.handler",
            "src",
            f"`zebra.handler`, and there is no file zebra.py in `src`; {FILE} "
            "Create it, or correct `handler` or `codeUri`.",
            id="nothing-like-it",
        ),
    ],
)
def test_what_is_missing(project: Path, handler: str, code: str, message: str) -> None:
    write(
        project, {"src/one.py": HANDLER, "src/empty.py": "X = 1\n", "src/index.js": "", "src/plain/tools.py": HANDLER}
    )
    write(project, {"top.py": HANDLER})
    assert said(project, handler, code) == message


@pytest.mark.parametrize(
    ("handler", "files"),
    [
        pytest.param("notes.list_notes", {}, id="sound"),
        pytest.param("a/b.c.handler", {"src/a/b/c.py": HANDLER}, id="folders"),
        pytest.param("shop.handler", {"src/shop/__init__.py": "from shop.inner import handler"}, id="package"),
        pytest.param("shop.handler", {"src/shop/__init__.py": "", "src/shop/handler.py": HANDLER}, id="submodule"),
        pytest.param("re.handler", {"src/re.py": "from tools import *\n"}, id="star"),
        pytest.param("broken.handler", {"src/broken.py": "def handler(:\n"}, id="syntax-error-is-the-runtimes-to-tell"),
        pytest.param("fast.handler", {"src/fast.cpython-312-x86_64-linux-gnu.so": ""}, id="extension-module"),
        pytest.param("click.core.Context", {}, id="installed"),
        pytest.param("large.handler", {"src/large.py": "x = 1\n" * 30_000}, id="too-large-to-read"),
    ],
)
def test_nothing_is_said(project: Path, handler: str, files: dict[str, str]) -> None:
    write(project, files)
    assert said(project, handler) == ""


def test_a_layer_holds_the_handler(project: Path) -> None:
    write(project, {"layer/python/shared.py": HANDLER})
    assert said(project, "shared.handler") != ""
    assert said(project, "shared.handler", layers=(project / "layer",)) == ""


SDK = "it installed there, as Lambda's Python runtimes have it"
ANY = "a module of the code, of a layer or of that interpreter"


@pytest.mark.parametrize(
    ("files", "where", "module", "expected", "install"),
    [
        pytest.param(
            {"src/app.py": f"import boto3\n{HANDLER}"}, "src/app.py, line 1", "boto3", SDK, " boto3`.", id="boto3"
        ),
        pytest.param(
            {"src/app.py": f"import json\nfrom botocore.config import Config\n{HANDLER}"},
            "src/app.py, line 2",
            "botocore",
            SDK,
            " boto3`.",
            id="botocore",
        ),
        pytest.param(
            {"src/app.py": f"from shop import db\n{HANDLER}", "src/shop/db.py": "\n\nimport boto3\n"},
            "src/shop/db.py, line 3",
            "boto3",
            SDK,
            " boto3`.",
            id="imported-by-what-it-imports",
        ),
        pytest.param(
            {
                "src/app.py": f"import shop.db.tables\n{HANDLER}",
                "src/shop/__init__.py": "from . import log\n",
                "src/shop/log.py": "from .inner import x\n",
                "src/shop/inner.py": "import boto3\nx = 1\n",
            },
            "src/shop/inner.py, line 1",
            "boto3",
            SDK,
            " boto3`.",
            id="relative",
        ),
        pytest.param(
            {"src/app.py": f"import unheard_of\n{HANDLER}"},
            "src/app.py, line 1",
            "unheard_of",
            ANY,
            "` with the package that has it.",
            id="any-other",
        ),
        pytest.param(
            {"src/app.py": f"import unheard_of\n{HANDLER}", "src/requirements.txt": "unheard-of\n"},
            "src/app.py, line 1",
            "unheard_of",
            ANY,
            " -r {project}/src/requirements.txt`, or with the package that has it.",
            id="requirements",
        ),
    ],
)
def test_a_module_that_the_interpreter_does_not_find(
    project: Path, interpreter: str, files: dict[str, str], where: str, module: str, expected: str, install: str
) -> None:
    write(project, files)
    assert said(project, "app.handler", python=interpreter) == (
        f"{where}, imports `{module}`, which {interpreter} does not find; expected {expected}. "
        f"Run `uv pip install --python {interpreter}{install.format(project=project)}"
    )


def test_pip_is_named_where_the_interpreter_has_it(project: Path, interpreter: str) -> None:
    """These tests may run in an environment without pip, so one is laid where the interpreter finds it."""
    write(project, {"src/app.py": f"import unheard_of\n{HANDLER}", "vendor/pip/__init__.py": ""})
    environment = (("PYTHONPATH", str(project / "vendor")),)
    message = said(project, "app.handler", python=interpreter, environment=environment)
    assert f"Run `{interpreter} -m pip install` with" in message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("try:\n    import boto3\nexcept ImportError:\n    boto3 = None\n", id="try"),
        pytest.param("import sys\nsys.path.insert(0, 'vendor')\nimport boto3\n", id="sys-path"),
        pytest.param("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import boto3\n", id="if"),
        pytest.param("def later():\n    import boto3\n", id="function"),
        pytest.param("import boto3\n", id="in-the-code-itself"),
        pytest.param("from . import x\n", id="relative"),
        pytest.param(f"from {'.' * 100} import x\n", id="relative-to-no-folder"),
    ],
)
def test_imports_of_which_nothing_is_said(
    project: Path, interpreter: str, text: str, request: pytest.FixtureRequest
) -> None:
    write(project, {"src/app.py": text + HANDLER})
    if "in-the-code-itself" in request.node.name:
        write(project, {"src/boto3/__init__.py": ""})
    assert said(project, "app.handler", python=interpreter) == ""


def test_modules_of_layers_and_of_pythonpath_are_found(project: Path, interpreter: str) -> None:
    write(project, {"src/app.py": f"import boto3\n{HANDLER}", "layer/python/boto3.py": "", "vendor/boto3.py": ""})
    assert said(project, "app.handler", python=interpreter, layers=(project / "layer",)) == ""
    given = (("PYTHONPATH", str(project / "vendor")),)
    assert said(project, "app.handler", python=interpreter, environment=given) == ""
    assert "boto3" in said(project, "app.handler", python=interpreter)


def test_an_interpreter_that_does_not_answer_is_no_evidence(project: Path) -> None:
    write(project, {"src/app.py": f"import unheard_of\n{HANDLER}", "mute": "#!/bin/sh\necho no\n"})
    (project / "mute").chmod(0o755)
    assert said(project, "app.handler", python=str(project / "mute")) == ""
    assert said(project, "nowhere.handler", python=str(project / "mute")) == ""
