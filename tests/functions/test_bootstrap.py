import ast
from pathlib import Path

import emulator.functions.bootstrap as bootstrap

SOURCE = Path(bootstrap.__file__).read_text()


def test_is_python_3_8() -> None:
    """The user's interpreter may be older than ours."""
    ast.parse(SOURCE, feature_version=(3, 8))
    assert "removesuffix" not in SOURCE
    assert "removeprefix" not in SOURCE


def test_imports_little() -> None:
    """What every cold start pays for; `logging` alone would be a fourth of it."""
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.parse(SOURCE).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported == {"__future__", "json", "os", "signal", "sys", "time", "_socket", "types"}
