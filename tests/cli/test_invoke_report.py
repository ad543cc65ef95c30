"""The payload that AWS's Invoke answers with, for each way an invocation ends, and everything as JSON."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from emulator.cli.invoke_report import LAMBDAS_OWN, Invoked, parsed, payload_of, report_json
from emulator.functions.invocation import Function, FunctionError, FunctionErrorKind, Returned

FUNCTION = Function("items", "app.handler", Path("/shop"))
NODE = replace(FUNCTION, runtime="nodejs20.x")
RAISED = FunctionError(FunctionErrorKind.HANDLER, "KeyError", "'é'", ("  File app.py\n",), 1.234, 50.0)
POSTED = b'{"errorMessage": "posted"}'


def invoked(result: Returned | FunctionError, function: Function = FUNCTION) -> Invoked:
    return Invoked(function, "id", result, ("START", "END"), 12)


PYTHONS = (
    b'{"errorMessage": "\'\xc3\xa9\'", "errorType": "KeyError", "requestId": "id", "stackTrace": ["  File app.py\\n"]}'
)
NODES = b'{"errorType":"KeyError","errorMessage":"\'\xc3\xa9\'","trace":["  File app.py\\n"]}'
TIMED_OUT = replace(RAISED, kind=FunctionErrorKind.TIMEOUT, error_message="no", payload=POSTED)
PAYLOADS = [
    pytest.param(Returned(b'{"a":  1}'), FUNCTION, b'{"a":  1}', id="returned-byte-for-byte"),
    pytest.param(replace(RAISED, payload=POSTED), FUNCTION, POSTED, id="as-the-runtime-posted-it"),
    pytest.param(replace(RAISED, payload=POSTED, kind=FunctionErrorKind.INIT), FUNCTION, PYTHONS, id="init"),
    pytest.param(RAISED, FUNCTION, PYTHONS, id="python"),
    pytest.param(RAISED, NODE, NODES, id="node"),
    pytest.param(RAISED, replace(NODE, command=("npx", "aws-lambda-ric")), PYTHONS, id="a-command-of-ones-own"),
    *[
        pytest.param(
            replace(TIMED_OUT, error_type=error),
            FUNCTION,
            f'{{"errorType":"{error}","errorMessage":"no"}}'.encode(),
            id=error,
        )
        for error in sorted(LAMBDAS_OWN)
    ],
    pytest.param(
        replace(RAISED, error_message="\ud83e"), NODE, NODES.replace(b"'\xc3\xa9'", b"?"), id="half-of-a-character"
    ),
]


@pytest.mark.parametrize(("result", "function", "payload"), PAYLOADS)
def test_the_payload(result: Returned | FunctionError, function: Function, payload: bytes) -> None:
    assert payload_of(invoked(result, function)) == payload


def test_everything_of_a_cold_start() -> None:
    assert json.loads(report_json(invoked(Returned(b'{"a": 1}', 1.239, 50.111)))) == {
        "statusCode": 200,
        "functionError": None,
        "executedVersion": "$LATEST",
        "payload": {"a": 1},
        "requestId": "id",
        "duration": 1.24,
        "billedDuration": 52,
        "maxMemoryUsed": 12,
        "initDuration": 50.11,
        "logs": ["START", "END"],
    }


def test_everything_of_an_error_in_a_warm_environment() -> None:
    told = json.loads(report_json(replace(invoked(replace(RAISED, init_duration_ms=None)), max_memory_used=None)))
    assert (told["functionError"], told["initDuration"], told["maxMemoryUsed"]) == ("Unhandled", None, None)
    assert told["payload"]["errorType"] == "KeyError"


def test_a_timeout_took_the_functions_limit_to_the_digit() -> None:
    late = replace(RAISED, kind=FunctionErrorKind.TIMEOUT, error_type="Sandbox.Timedout", duration_ms=3012.0)
    assert json.loads(report_json(invoked(late)))["duration"] == FUNCTION.timeout * 1000


@pytest.mark.parametrize(
    ("payload", "value"), [(b"[1]", [1]), (b"text", "text"), (b"\xff", "\ufffd"), (b"[" * 200_000, "[" * 200_000)]
)
def test_a_payload_is_parsed_where_it_is_json(payload: bytes, value: object) -> None:
    assert parsed(payload) == value
