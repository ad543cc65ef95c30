"""Each line of docs/fidelity.md names tests that there are, and where AWS says what it says."""

import ast
import re
from pathlib import Path

import pytest

from documentation.blocks import ROOT

PAGE = ROOT / "docs" / "fidelity.md"
ROWS = [line for line in PAGE.read_text().splitlines() if re.match(r"\| (?!here)[^|]", line)]
NODE = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
OF_NO_TEST = {"extensions and wrapper scripts": "nothing here looks for any"}
OF_NO_SOURCE = {"who asks, on macOS": "it is about this machine"}


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def functions_in(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: cells(row)[0])
def test_the_line_is_shown(row: str) -> None:
    what, here, source, shown = cells(row)
    assert here
    assert bool(NODE.findall(shown)) != (what in OF_NO_TEST)
    for path, name in NODE.findall(shown):
        assert name in functions_in(ROOT / path)
    assert bool(re.search(r"\]\(https://(docs\.aws\.amazon\.com|fetch\.spec\.whatwg\.org)/", source)) != (
        what in OF_NO_SOURCE
    )


def test_there_are_lines() -> None:
    assert len(ROWS) > 30
