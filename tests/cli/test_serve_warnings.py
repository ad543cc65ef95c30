"""What `emulate serve` warns of, and serves all the same."""

import os
import re
from pathlib import Path

import pytest

from serving.emulate import Served, get, run, serve

CONFIG = """
apis:
  shop:
    type: http
    port: 0
    cors: {allowOrigins: ["http://localhost:5173/"]}
    routes: {GET /: notes}
functions:
  notes: {handler: notes.list_notes}
"""
HANDLER = "def list_notes(event, context):\n    return 'notes'\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    (tmp_path / "notes.py").write_text(HANDLER)
    return tmp_path


def test_a_configuration_that_aws_may_take_is_served_with_a_warning(folder: Path) -> None:
    with serve(folder) as served:
        warning = (
            "emulator.yaml:6: warning: apis.shop.cors.allowOrigins[0]: `http://localhost:5173/`, which no browser "
        )
        assert warning in served.console.partition("\nReady")[0]
        assert get(served.urls["shop"]).text == "notes"
        (folder / "emulator.yaml").write_text(CONFIG.replace("5173/", "5173/app"))
        saved = served.wait_for(r"(?m)^emulator\.yaml:6: warning: .*5173/app`", after="Saved emulator.yaml")
        assert "an origin has no path" in saved
        more = "  more: {type: function-url, port: 0, function: notes}\nfunctions:"
        mended = CONFIG.replace("5173/", "5173").replace("functions:", more)
        (folder / "emulator.yaml").write_text(mended)
        console = served.wait_for(r"(?m)^ +more +function URL .*$")
        assert "warning" not in console.rpartition("Saved emulator.yaml")[2]


CODE = """
apis:
  shop:
    type: http
    port: 0
    routes: {GET /: notes, GET /page: page}
functions:
  notes:
    handler: notes.list_note
  page:
    handler: page.handler
    runtime: nodejs22.x
"""
NO_NAME = (
    "emulator.yaml:9: warning: functions.notes.handler: `notes.list_note`, and notes.py defines no `list_note`; "
    "expected a function that it defines: `list_notes`. Write `handler: notes.list_notes`."
)
NO_FILE = (
    "emulator.yaml:11: warning: functions.page.handler: `page.handler`, and there is no file page.js, .mjs or .cjs in "
    "the project's folder; expected the file of the handler, below codeUri. Create it, or correct `handler` or "
    "`codeUri`."
)


@pytest.fixture
def broken(folder: Path) -> Path:
    (folder / "emulator.yaml").write_text(CODE)
    return folder


def warnings_of(served: Served) -> list[str]:
    return re.findall(r"(?m)^.*warning:.*$", served.console)


def test_functions_that_cannot_start_are_told_before_a_request_and_heal_on_save(broken: Path) -> None:
    """Once, and again only when it has changed."""
    with serve(broken) as served:
        served.wait_until(lambda _: len(warnings_of(served)) == 2, "two warnings")
        assert warnings_of(served) == [NO_NAME, NO_FILE]
        assert not served.console.partition("\nReady")[0].count("warning")
        (broken / "page.js").write_text("exports.handlr = async () => 'page';\n")
        console = served.wait_for("page.js exports no `handler`")
        assert "Write `handler: page.handlr`." in console
        (broken / "notes.py").write_text(HANDLER.replace("list_notes", "list_note"))
        (broken / "page.js").write_text("exports.handlers = async () => 'page';\n")
        served.wait_for("Write `handler: page.handlers`.")  # so it was seen, too, that notes.py is well
        (broken / "page.js").write_text("exports.handler = async () => 'page';\n")
        assert [get(served.urls["shop"] + path).text for path in ("/", "/page")] == ["notes", "page"]
        (broken / "notes.py").write_text(HANDLER)
        served.wait_until(lambda _: len(warnings_of(served)) == 5, "told again")
        assert warnings_of(served)[4] == NO_NAME
        (broken / "emulator.yaml").write_text(CODE.replace("notes.list_note", "notes.list_notes"))
        served.wait_for("now serving", after=NO_NAME)
        assert get(served.urls["shop"]).text == "notes"
    assert len(warnings_of(served)) == 5


def test_one_warning_for_all_functions_that_have_it(broken: Path) -> None:
    """No `node` on PATH."""
    functions = "".join(f"  page-{name}: {{handler: page.{name}, runtime: nodejs22.x}}\n" for name in "abc")
    (broken / "emulator.yaml").write_text(CODE.replace("list_note\n", "list_notes\n") + functions)
    with serve(broken, environ={**os.environ, "PATH": str(broken)}) as served:
        served.wait_for("warning")
        (warning,) = warnings_of(served)
        assert warning == (
            "emulator.yaml:11: warning: functions.page.handler: its runtime is nodejs22.x, and there is no `node` on "
            "PATH (4 functions); expected a program that runs it. Install Node.js, or give the `command` that starts "
            "it."
        )


def test_without_reloading_too(broken: Path) -> None:
    with serve(broken, "--no-reload") as served:
        served.wait_for(re.escape(NO_NAME))


def test_a_sound_project_hears_nothing() -> None:
    """The sample, which is looked at whole before the last of its functions is said to be sound."""
    from emulator.config.load import load
    from emulator.functions.code_look import Files, code_problems

    root = Path(__file__).parents[2]
    files = Files(root, dict(os.environ))
    functions = load(root / "emulator.yaml").deployment.functions
    assert [code_problems(function, files, dict(os.environ)) for function in functions.values()] == [()] * len(
        functions
    )


@pytest.mark.parametrize("command", [("invoke", "notes"), ("fetch", "/")])
def test_invoke_and_fetch_say_why_a_function_did_not_start(broken: Path, command: tuple[str, ...]) -> None:
    done = run(broken, *command)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == NO_NAME
    (broken / "notes.py").write_text(HANDLER.replace("list_notes", "list_note"))
    assert "warning" not in run(broken, *command).stderr
