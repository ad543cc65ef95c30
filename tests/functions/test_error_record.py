"""Which of the last lines a function printed are its runtime's record of the error."""

import json

import pytest

from emulator.functions.error_record import may_be_record, python_record, recorded
from emulator.functions.invocation import FunctionError, FunctionErrorKind

FRAMES = ('  File "/shop/items.py", line 2, in handler\n    1 / 0\n',)
ERROR = FunctionError(FunctionErrorKind.HANDLER, "ZeroDivisionError", "division by zero", FRAMES)
MODULE = FunctionError(FunctionErrorKind.INIT, "Runtime.ImportModuleError", "no module")
TEXT = (
    "[ERROR] ZeroDivisionError: division by zero\rTraceback (most recent call last):\r"
    '\u00a0\u00a0File "/shop/items.py", line 2, in handler\r\u00a0\u00a0\u00a0\u00a01 / 0'
)
DESCRIBED = {"errorType": "ZeroDivisionError", "errorMessage": "division by zero"}
NODE = "2025-11-23T21:29:21.123Z\tid\tERROR\t{} \t"

RECORDS = [
    pytest.param([TEXT], ERROR, 1, id="python-text"),
    pytest.param(["printed", TEXT], ERROR, 1, id="behind-other-lines"),
    pytest.param([TEXT, "printed"], ERROR, 0, id="not-the-last"),
    pytest.param([TEXT.replace("by", "through")], ERROR, 0, id="another-message"),
    pytest.param([], ERROR, 0, id="nothing"),
    pytest.param(["ZeroDivisionError: division by zero"], ERROR, 0, id="only-mentioned"),
    pytest.param([json.dumps({"level": "ERROR"} | DESCRIBED)], ERROR, 1, id="python-json"),
    pytest.param([json.dumps({"level": "ERROR"} | DESCRIBED)[:-2]], ERROR, 0, id="cut-json"),
    pytest.param([json.dumps(DESCRIBED | {"errorMessage": "other"})], ERROR, 0, id="another-error-in-json"),
    pytest.param([NODE.format("Invoke Error") + json.dumps(DESCRIBED)], ERROR, 1, id="node-text"),
    pytest.param([f"unfinished{NODE.format('Invoke Error')}" + json.dumps(DESCRIBED)], ERROR, 1, id="on-a-begun-line"),
    pytest.param([json.dumps({"level": "ERROR", "message": DESCRIBED})], ERROR, 1, id="node-json"),
    pytest.param(
        [NODE.format("Init Error") + json.dumps({"errorType": "ImportModuleError", "errorMessage": "no module"})],
        MODULE,
        1,
        id="node-names-the-class",
    ),
]


@pytest.mark.parametrize(("lines", "error", "count"), RECORDS)
def test_recorded(lines: list[str], error: FunctionError, count: int) -> None:
    assert recorded(lines, error) == count
    assert not count or may_be_record(lines[-count])


def test_a_message_of_two_lines_is_a_record_of_two() -> None:
    error = FunctionError(FunctionErrorKind.HANDLER, "ValueError", "a\nb", ("one\n", ""))
    lines = ["printed", "[ERROR] ValueError: a", "b\rTraceback (most recent call last):\rone\r"]
    assert recorded(lines, error) == 2
    assert may_be_record(lines[1])


@pytest.mark.parametrize(
    ("error_type", "message", "head"),
    [("E", "", "[ERROR] E"), ("", "m", "[ERROR] m"), ("", "", "[ERROR]"), ("E", "m ", "[ERROR] E: m ")],
)
def test_what_an_error_lacks_is_left_out(error_type: str, message: str, head: str) -> None:
    error = FunctionError(FunctionErrorKind.HANDLER, error_type, message)
    assert python_record(error) == f"{head}\rTraceback (most recent call last):"


def test_what_is_logged_by_the_handler_is_no_record() -> None:
    assert not may_be_record("[ERROR]\t2025-11-23T21:29:21.123Z\tid\tcaught")
    assert not may_be_record("text")
