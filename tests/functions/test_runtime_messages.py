from http import HTTPStatus
from pathlib import Path

import pytest

from emulator.functions.invocation import Function, FunctionError, FunctionErrorKind, Invocation
from emulator.functions.lifecycle import Event, State
from emulator.functions.runtime_messages import (
    ACCEPTED,
    TOO_LARGE,
    Call,
    Refused,
    address_init_error,
    encode_invocation,
    encode_refusal,
    exit_reason,
    exited,
    exited_in_init,
    init_timed_out,
    invocation_head,
    read_call,
    read_function_error,
    refuse_transition,
    response_too_large,
    timed_out,
)

PREFIX = b"/2018-06-01/runtime/"
KIND = FunctionErrorKind.HANDLER


@pytest.mark.parametrize(
    ("method", "path", "call"),
    [
        pytest.param(b"GET", b"invocation/next", Call(Event.NEXT), id="next"),
        pytest.param(b"POST", b"invocation/1-2/response", Call(Event.RESPONSE, "1-2"), id="response"),
        pytest.param(b"POST", b"invocation/1-2/error", Call(Event.ERROR, "1-2"), id="error"),
        pytest.param(b"POST", b"init/error", Call(Event.INIT_ERROR), id="init-error"),
    ],
)
def test_calls(method: bytes, path: bytes, call: Call) -> None:
    assert read_call(method, PREFIX + path) == call


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        pytest.param(b"POST", PREFIX + b"invocation/next", 405, id="post-next"),
        pytest.param(b"GET", PREFIX + b"invocation/1/response", 405, id="get-response"),
        pytest.param(b"PUT", PREFIX + b"init/error", 405, id="put-init-error"),
        pytest.param(b"POST", PREFIX + b"invocation/1/reply", 404, id="no-such-call"),
        pytest.param(b"GET", b"/", 404, id="root"),
        pytest.param(b"GET", b"/2015-03-31/functions", 404, id="another-api"),
    ],
)
def test_no_such_calls(method: bytes, target: bytes, status: int) -> None:
    refused = read_call(method, target)
    assert isinstance(refused, Refused)
    assert refused.status == status


def test_answers_on_the_wire() -> None:
    """aws-lambda-runtime-interface-emulator, lambda/rapi/rendering: bodies and statuses."""
    assert ACCEPTED == (
        b'HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{"status": "OK"}\n'
    )
    head, _, body = encode_refusal(TOO_LARGE).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    assert body == (
        b'{"errorMessage": "Exceeded maximum allowed payload size (6291556 bytes).", '
        b'"errorType": "RequestEntityTooLarge"}\n'
    )


def test_refused_transition() -> None:
    assert refuse_transition(State.IDLE, Event.RESPONSE) == Refused(
        HTTPStatus.FORBIDDEN,
        "InvalidStateTransition",
        "State transition from Ready to InvocationResponse failed for runtime. Error: State transition is not allowed",
    )


@pytest.mark.parametrize(
    ("trace_id", "header"),
    [
        pytest.param("Root=1-2-3", b"\r\nLambda-Runtime-Trace-Id: Root=1-2-3", id="traced"),
        pytest.param("", b"", id="not-traced"),
    ],
)
def test_invocation_on_the_wire(trace_id: str, header: bytes) -> None:
    """AWS, "Using the Lambda runtime API for custom runtimes": Next invocation, response headers."""
    head = invocation_head(Function("shop", "app.handler", Path("/code")))
    assert encode_invocation(head, Invocation("id-1", b'{"a":1}', trace_id), 1700000000123) == (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json"
        b"\r\nLambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:shop"
        b"\r\nLambda-Runtime-Aws-Request-Id: id-1\r\nLambda-Runtime-Deadline-Ms: 1700000000123" + header
        + b'\r\nContent-Length: 7\r\n\r\n{"a":1}'
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "header", "expected"),
    [
        pytest.param(
            b'{"errorType": "ValueError", "errorMessage": "no", "stackTrace": ["  File 1", "  File 2"]}',
            "Ignored",
            FunctionError(KIND, "ValueError", "no", ("  File 1", "  File 2")),
            id="whole",
        ),
        pytest.param(
            b'{"errorMessage": "no"}', "Header.Type", FunctionError(KIND, "Header.Type", "no"), id="header-type"
        ),
        pytest.param(b"{}", "", FunctionError(KIND, "Unhandled", ""), id="empty-object"),
        pytest.param(
            b'{"errorType": "E", "errorMessage": "a", "trace": ["E: a", "b", "  at f (a.js:1)", "  at g (a.js:2)"]}',
            "",
            FunctionError(KIND, "E", "a", ("  at f (a.js:1)", "  at g (a.js:2)")),
            id="trace-of-node-js",
        ),
        pytest.param(b'{"trace": ["E: a"]}', "", FunctionError(KIND, "Unhandled", ""), id="trace-without-frames"),
        pytest.param(b'{"stackTrace": "text"}', "", FunctionError(KIND, "Unhandled", ""), id="stack-trace-is-no-list"),
        pytest.param(b"boom \xff", "T", FunctionError(KIND, "T", "boom \ufffd"), id="not-json"),
        pytest.param(b"[1]", "", FunctionError(KIND, "Unhandled", "[1]"), id="not-an-object"),
    ],
)
def test_errors_runtimes_post(body: bytes, header: str, expected: FunctionError) -> None:
    assert read_function_error(body, KIND, header) == expected


@pytest.mark.parametrize(
    ("error", "kind", "error_type", "message"),
    [
        pytest.param(
            timed_out("id", 3),
            "timeout",
            "Sandbox.Timedout",
            "RequestId: id Error: Task timed out after 3.00 seconds",
            id="timeout",
        ),
        pytest.param(
            init_timed_out(10),
            "init",
            "Sandbox.Timedout",
            "Error: Init phase timed out after 10.00 seconds",
            id="init-timeout",
        ),
        pytest.param(
            exited("id", exit_reason(1, "")),
            "exit",
            "Runtime.ExitError",
            "RequestId: id Error: Runtime exited with error: exit status 1",
            id="exit-status",
        ),
        pytest.param(
            exited("id", exit_reason(0, "")),
            "exit",
            "Runtime.ExitError",
            "RequestId: id Error: Runtime exited without providing a reason",
            id="exit-without-reason",
        ),
        pytest.param(
            exited_in_init(exit_reason(-9, "killed")),
            "init",
            "Runtime.ExitError",
            "Error: Runtime exited with error: signal: killed",
            id="signal-in-init",
        ),
        pytest.param(
            response_too_large(7340060),
            "handler",
            "Function.ResponseSizeTooLarge",
            "Response payload size (7340060 bytes) exceeded maximum allowed payload size (6291556 bytes).",
            id="too-large: aws/aws-lambda-dotnet integration tests",
        ),
    ],
)
def test_errors_lambda_words_itself(error: FunctionError, kind: str, error_type: str, message: str) -> None:
    assert (error.kind, error.error_type, error.error_message) == (kind, error_type, message)


def test_init_errors_of_lambda_name_the_request_that_waited() -> None:
    error = address_init_error(exited_in_init("with error: exit status 1"), "id")
    assert error.error_message == "RequestId: id Error: Runtime exited with error: exit status 1"


def test_init_errors_of_the_code_stay_as_they_are() -> None:
    error = FunctionError(FunctionErrorKind.INIT, "ValueError", "no")
    assert address_init_error(error, "id") is error
