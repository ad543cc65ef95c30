import ast
from pathlib import Path

import pytest

import emulator.functions.child.python.bootstrap as bootstrap

SOURCE = Path(bootstrap.__file__).read_text()


@pytest.mark.parametrize("name", ["bootstrap", "bootstrap_json", "bootstrap_logging"])
def test_is_python_3_8(name: str) -> None:
    """The user's interpreter may be older than ours."""
    source = Path(bootstrap.__file__).with_name(f"{name}.py").read_text()
    ast.parse(source, feature_version=(3, 8))
    assert "removesuffix" not in source
    assert "removeprefix" not in source


def test_imports_little() -> None:
    """What every cold start pays for; `logging` alone would be a fourth of it."""
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.parse(SOURCE).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported == {"__future__", "json", "os", "signal", "sys", "time", "_socket", "types"}
