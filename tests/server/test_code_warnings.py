"""What is looked at when, and told once."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from emulator.config.load import Loaded, load
from emulator.functions.invocation import HeaderRead
from emulator.server.code_warnings import CodeWarnings, failed_to_start

CONFIG = """
apis: {up: {type: function-url, function: a}}
functions:
  a: {handler: app.a}
  b: {handler: app.b}
  c: {handler: other.c}
"""


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    (tmp_path / "app.py").write_text("import none_such\n\ndef a(e, c): ...\ndef b(e, c): ...\n")
    (tmp_path / "other.py").write_text("def d(e, c): ...\n")
    return load(tmp_path / "emulator.yaml")


def nothing(project: Path) -> None:
    """Changes nothing."""


def told(loaded: Loaded, *changes: Callable[[Path], None], functions: str = "abc") -> list[list[str]]:
    """What is told after each of the changes, once the functions were looked at."""
    project, lines, steps = loaded.config_files[0].parent, list[str](), list[list[str]]()

    async def look() -> None:
        warnings = CodeWarnings(lambda: loaded, project, dict(os.environ), lines.append)
        for change in changes:
            change(project)
            warnings.look_at(functions[:1])
            await asyncio.wait_for(warnings.look_at([*functions, "gone"]), 20)
            steps.append(lines[:])
            lines.clear()
        warnings.close()

    asyncio.run(look())
    return steps


def test_several_functions_with_one_problem_are_one_warning(loaded: Loaded) -> None:
    ((missing, other),) = told(loaded, nothing)
    assert missing.startswith(
        f"{loaded.config_files[0]}:4: warning: functions.a.handler: app.py, line 1, imports `none_such`"
    )
    assert " (2 functions); expected " in missing
    assert other.startswith(
        f"{loaded.config_files[0]}:6: warning: functions.c.handler: `other.c`, and other.py defines no `c`"
    )


def test_it_is_known_which_line_reads_origin_in_vain(loaded: Loaded) -> None:
    project = loaded.config_files[0].parent

    async def look() -> list[dict[str, HeaderRead]]:
        code = CodeWarnings(lambda: loaded, project, dict(os.environ), lambda line: None)
        (project / "app.py").write_text('def a(e, c): return e["headers"]["Origin"]\ndef b(e, c): ...\n')
        await code.look_at("abc")
        known = [dict(code.origin_reads)]
        looked = code.look_at("a")
        known.append(dict(code.origin_reads))
        (project / "app.py").write_text('def a(e, c): return e["headers"]["origin"]\ndef b(e, c): ...\n')
        await looked
        known.append(dict(code.origin_reads))
        code.close()
        return known

    assert asyncio.run(look()) == [{"a": HeaderRead("Origin", "app.py:1")}, {}, {}]


def test_each_is_told_once_until_it_changes(loaded: Loaded) -> None:
    def mend(project: Path) -> None:
        (project / "other.py").write_text("def c(e, c): ...\n")

    def spoil(project: Path) -> None:
        (project / "other.py").write_text("def d(e, c): ...\n")

    first, again, mended, spoilt = told(loaded, nothing, nothing, mend, spoil)
    assert (len(first), again, mended, spoilt) == (2, [], [], first[1:])


def test_what_was_mended_and_broken_again_before_it_has_settled_is_told_again(loaded: Loaded) -> None:
    project, lines = loaded.config_files[0].parent, list[str]()

    async def look() -> None:
        warnings = CodeWarnings(lambda: loaded, project, dict(os.environ), lines.append)
        await warnings.look_at("c")
        (project / "other.py").write_text("def c(e, c): ...\n")
        settled = warnings.look_at("c")
        await warnings.unsaid()
        (project / "other.py").write_text("def d(e, c): ...\n")
        assert warnings.look_at("c") is settled
        await asyncio.wait_for(settled, 20)
        await warnings.look_at("c")
        warnings.close()

    asyncio.run(look())
    assert len(lines) == 2
    assert lines[0] == lines[1]


def test_only_what_was_asked_for_is_looked_at(loaded: Loaded) -> None:
    ((only,),) = told(loaded, nothing, functions="c")
    assert "functions.c.handler" in only


def test_why_a_function_did_not_start(loaded: Loaded) -> None:
    project, functions = loaded.config_files[0].parent, loaded.deployment.functions
    (line,) = failed_to_start(loaded, functions["c"], project, dict(os.environ))
    assert line.endswith("expected a function that it defines: `d`. Write `handler: other.d`.")
