"""The line that raised, read where Node.js' trace only says where it stands."""

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.functions.invocation import FunctionError, FunctionErrorKind
from emulator.functions.raising_line import SHOWN, with_raising_line

ERROR = FunctionError(FunctionErrorKind.HANDLER, "TypeError", "Cannot read properties of undefined")


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param("    at exports.handler ({}:2:9)", id="function"),
        pytest.param("    at {}:2:9", id="no-name"),
        pytest.param("    at Runtime.handler (file://{}:2:9)", id="module"),
        pytest.param("    at async exports.handler ({}:2:9)", id="async"),
    ],
)
def test_the_line_of_the_innermost_frame(tmp_path: Path, frame: str) -> None:
    code = tmp_path / "index.js"
    code.write_text("exports.handler = async (event) => {\n  event.httpMethod.toUpperCase();\n};\n")
    raised = replace(ERROR, stack_trace=(frame.format(code), "    at process (node:internal/x:1:1)"))
    assert with_raising_line(raised).line == "event.httpMethod.toUpperCase();"


def test_of_a_long_line_what_is_around_the_place(tmp_path: Path) -> None:
    code = tmp_path / "bundle.js"
    code.write_text("a" * 5000 + "HERE" + "b" * 5000)
    line = with_raising_line(replace(ERROR, stack_trace=(f"at x ({code}:1:5001)",))).line
    assert len(line) == 2 * SHOWN
    assert "HERE" in line


@pytest.mark.parametrize(
    "stack_trace",
    [
        pytest.param((), id="none"),
        pytest.param(('  File "/app/a.py", line 2, in handler\n    1 / 0\n',), id="python"),
        pytest.param(("    at JSON.parse (<anonymous>)",), id="native"),
        pytest.param(("    at x (/nowhere/at/all.js:2:9)",), id="no-file"),
        pytest.param(("    at x (/dev/null:2:9)",), id="no-line"),
    ],
)
def test_what_has_no_line(stack_trace: tuple[str, ...]) -> None:
    assert with_raising_line(replace(ERROR, stack_trace=stack_trace)).line == ""
