"""How a name that is missing, and those that are there, are spoken of."""

from pathlib import Path

import pytest

from emulator.functions.code_look import Files
from emulator.functions.code_problem import CodeProblem, absence, listed, shown


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["a"], "`a`"),
        (["a", "b"], "`a` or `b`"),
        (["a", "b", "c", "d"], "`a`, `b`, `c` or `d`"),
        (["a", "b", "c", "d", "e", "f"], "`a`, `b`, `c`, `d` or 2 others"),
    ],
)
def test_listed(names: list[str], text: str) -> None:
    assert listed(names) == text


def test_a_path_outside_the_project_is_shown_whole(tmp_path: Path) -> None:
    look = Files(tmp_path / "project", {})
    assert shown(tmp_path / "project" / "src" / "a.py", look) == "src/a.py"
    assert shown(tmp_path / "a.py", look) == str(tmp_path / "a.py")


def test_absence() -> None:
    assert absence("a.b.c", "b.c", "a.js", ["b"], "export").fix == "Write `handler: a.b`."
    assert absence("a.b", "b", "a.js", [], "export").fix == "Export `b` there."
    assert absence("a.zebra", "zebra", "a.js", ["b", "c"], "export") == CodeProblem(
        "`a.zebra`, and a.js exports no `zebra`",
        "a function that it exports: `b` or `c`",
        "Name one of them, such as `handler: a.b`.",
    )
