"""Which key a function read in vain."""

from dataclasses import replace

import pytest

from emulator.findings.finding import Case
from emulator.findings.missing_key import code_of, event_of, was_missing
from emulator.functions.invocation import FunctionError, FunctionErrorKind
from findings.examples import PLAIN, RAISED, REST, answers, call
from serving.exchanges import exchanged

FRAME = '  File "/app/app.py", line 2, in handler\n    event["path"]\n'


def error(kind: str, message: str, code: str) -> FunctionError:
    return FunctionError(FunctionErrorKind.HANDLER, kind, message, line=code)


@pytest.mark.parametrize(
    ("raised", "key", "of", "expected"),
    [
        pytest.param(error("KeyError", "'path'", 'event["path"]'), "path", "event", True, id="key"),
        pytest.param(error("KeyError", "'path'", 'event["path"]'), "path", "", True, id="key-of-anything"),
        pytest.param(error("KeyError", "'path'", 'config["path"]'), "path", "event", False, id="of-something-else"),
        pytest.param(error("KeyError", "'other'", 'event["path"]'), "path", "event", False, id="another-key"),
        pytest.param(
            error("TypeError", "'NoneType' object is not subscriptable", 'event.get("a")["b"]'),
            "a",
            "event",
            True,
            id="subscript",
        ),
        pytest.param(
            error("TypeError", "'NoneType' object is not subscriptable", 'f(event["a"], g("b")["c"])'),
            "a",
            "",
            False,
            id="subscript-of-something-else",
        ),
        pytest.param(
            error("TypeError", "Cannot read properties of undefined (reading 'b')", "event.a.b()"),
            "a",
            "event",
            True,
            id="property",
        ),
        pytest.param(
            error("TypeError", "Cannot read properties of undefined (reading 'b')", 'event.a["b"]'),
            "a",
            "",
            True,
            id="quoted-property",
        ),
        pytest.param(
            error("TypeError", "Cannot destructure property 'b' of 'event.a' as it is undefined.", "{b} = event.a"),
            "a",
            "event",
            True,
            id="destructured",
        ),
        pytest.param(error("TypeError", "a is not a function", "event.a()"), "a", "", False, id="another-type-error"),
        pytest.param(error("ValueError", "a", "event.a"), "a", "", False, id="another-error"),
    ],
)
def test_what_was_missing(raised: FunctionError, key: str, of: str, expected: bool) -> None:
    assert was_missing(raised, key, of) is expected


def test_the_code_is_the_line_or_the_innermost_frame() -> None:
    assert code_of(RAISED) == ""
    assert code_of(replace(RAISED, stack_trace=("outer", FRAME))) == FRAME
    assert code_of(replace(RAISED, stack_trace=("at x (/a.js:1:1)",), line="event.x")) == "event.x"


def test_the_event_is_the_one_that_the_function_got() -> None:
    assert event_of(Case(exchanged(PLAIN, call(), answers())))["version"] == "2.0"
    assert event_of(Case(exchanged(REST, call(path="/dev/x"), answers())))["httpMethod"] == "GET"
    assert event_of(Case(exchanged(REST, call(path="/dev/y"), answers()))) == {}
    too_large = replace(call("POST", body=b"\x00" * 5_000_000))
    assert event_of(Case(exchanged(PLAIN, too_large, answers()))) == {}
