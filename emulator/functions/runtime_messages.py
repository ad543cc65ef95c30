"""The Lambda Runtime API 2018-06-01 as values and bytes: which call a request is, and what each answer looks like.

Sources: AWS, "Using the Lambda runtime API for custom runtimes" and its OpenAPI document; statuses and bodies of
refusals as in aws/aws-lambda-runtime-interface-emulator, lambda/rapi/rendering. No connection and no environment is
known here.
"""

import json
from dataclasses import dataclass, replace
from http import HTTPStatus

from emulator.aws.limits import RESPONSE_PAYLOAD_BYTES
from emulator.functions.invocation import Function, FunctionError, FunctionErrorKind, Invocation
from emulator.functions.lifecycle import Event, State

_PREFIX = b"/2018-06-01/runtime/"
_NEXT = _PREFIX + b"invocation/next"
_INVOCATION = _PREFIX + b"invocation/"
_INIT_ERROR = _PREFIX + b"init/error"


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the runtime; `request_id` is empty for /next and /init/error."""

    event: Event
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A call the API does not take, with AWS's status and error object."""

    status: HTTPStatus
    error_type: str
    error_message: str


INVALID_REQUEST_ID = Refused(HTTPStatus.BAD_REQUEST, "InvalidRequestID", "Invalid request ID")
TOO_LARGE = Refused(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "RequestEntityTooLarge",
    f"Exceeded maximum allowed payload size ({RESPONSE_PAYLOAD_BYTES} bytes).",
)
NOT_HTTP = Refused(HTTPStatus.BAD_REQUEST, "InvalidRequest", "The request could not be parsed as HTTP")
FOREIGN = Refused(
    HTTPStatus.FORBIDDEN,
    "Forbidden",
    "Only the runtime of this environment may call, by its own address and as its own user",
)
_NO_SUCH_CALL = Refused(HTTPStatus.NOT_FOUND, "NotFound", "The Runtime API 2018-06-01 has no such path")
_WRONG_METHOD = Refused(HTTPStatus.METHOD_NOT_ALLOWED, "MethodNotAllowed", "The path takes another method")

_NEXT_CALL = Call(Event.NEXT)
_INIT_ERROR_CALL = Call(Event.INIT_ERROR)


def read_call(method: bytes, target: bytes) -> Call | Refused:
    """Tell which call a request line makes."""
    call: Call
    if target == _NEXT:
        return _NEXT_CALL if method == b"GET" else _WRONG_METHOD
    if target == _INIT_ERROR:
        call = _INIT_ERROR_CALL
    elif target.startswith(_INVOCATION):
        request_id, _, what = target[len(_INVOCATION) :].decode("latin-1").rpartition("/")
        if what == "response":
            call = Call(Event.RESPONSE, request_id)
        elif what == "error":
            call = Call(Event.ERROR, request_id)
        else:
            return _NO_SUCH_CALL
    else:
        return _NO_SUCH_CALL
    return call if method == b"POST" else _WRONG_METHOD


def refuse_transition(state: State, event: Event) -> Refused:
    """Refuse a call that the environment's state does not allow."""
    return Refused(
        HTTPStatus.FORBIDDEN,
        "InvalidStateTransition",
        f"State transition from {state} to {event} failed for runtime. Error: State transition is not allowed",
    )


def encode_refusal(refused: Refused) -> bytes:
    """Encode the whole HTTP response that refuses a call."""
    return _encode_json(refused.status, {"errorMessage": refused.error_message, "errorType": refused.error_type})


def _encode_json(status: HTTPStatus, value: dict[str, str]) -> bytes:
    body = json.dumps(value).encode() + b"\n"
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


ACCEPTED = _encode_json(HTTPStatus.ACCEPTED, {"status": "OK"})
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


def invocation_head(function: Function) -> bytes:
    """Encode the part of every answer to /next that only the function decides."""
    arn = function.arn.encode("utf-8")
    return (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Invoked-Function-Arn: "
        + arn
        + b"\r\nLambda-Runtime-Aws-Request-Id: "
    )


def encode_invocation(head: bytes, invocation: Invocation, deadline_ms: int) -> bytes:
    """Encode the answer to /next; `head` is from `invocation_head`, `deadline_ms` is Unix time."""
    trace = f"\r\nLambda-Runtime-Trace-Id: {invocation.trace_id}" if invocation.trace_id else ""
    rest = (
        f"{invocation.request_id}\r\nLambda-Runtime-Deadline-Ms: {deadline_ms}{trace}"
        f"\r\nContent-Length: {len(invocation.payload)}\r\n\r\n"
    )
    return head + rest.encode("utf-8", "replace") + invocation.payload


def read_function_error(body: bytes, kind: FunctionErrorKind, header_error_type: str) -> FunctionError:
    """Read the error object a runtime posted. A runtime may post anything: what is missing is taken from the
    Lambda-Runtime-Function-Error-Type header, as Lambda does."""
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return FunctionError(kind, header_error_type or "Unhandled", body.decode("utf-8", "replace"), payload=body)
    stack_trace = found["stackTrace"] if "stackTrace" in found else _frames(found.get("trace"))
    return FunctionError(
        kind=kind,
        error_type=str(found.get("errorType") or header_error_type or "Unhandled"),
        error_message=str(found.get("errorMessage") or ""),
        stack_trace=tuple(str(entry) for entry in stack_trace) if isinstance(stack_trace, list) else (),
        payload=body,
    )


def _frames(trace: object) -> object:
    """Return a Node.js `trace` without its head, which repeats type and message."""
    if not isinstance(trace, list):
        return None
    frames = (index for index, line in enumerate(trace) if str(line).lstrip().startswith("at "))
    return trace[next(frames, len(trace)) :]


def response_too_large(size: int) -> FunctionError:
    """Make the end of an invocation whose response payload of `size` bytes was refused (RIE: ErrorResponseTooLarge)."""
    return FunctionError(
        FunctionErrorKind.HANDLER,
        "Function.ResponseSizeTooLarge",
        f"Response payload size ({size} bytes) exceeded maximum allowed payload size ({RESPONSE_PAYLOAD_BYTES} bytes).",
    )


def timed_out(request_id: str, timeout: float) -> FunctionError:
    """Make the end of an invocation that ran into the function's timeout of `timeout` seconds."""
    message = f"RequestId: {request_id} Error: Task timed out after {timeout:.2f} seconds"
    return FunctionError(FunctionErrorKind.TIMEOUT, "Sandbox.Timedout", message)


def init_timed_out(limit: float) -> FunctionError:
    """Make the end of a start that took longer than `limit` seconds. AWS runs the init phase once more under the
    function's own timeout and then words it as a task's; that there is one attempt here, and its wording, are
    uncertain."""
    message = f"Error: Init phase timed out after {limit:.2f} seconds"
    return FunctionError(FunctionErrorKind.INIT, "Sandbox.Timedout", message)


def exited(request_id: str, reason: str) -> FunctionError:
    """Make the end of an invocation whose runtime's process ended; `reason` is from `exit_reason`."""
    message = f"RequestId: {request_id} Error: Runtime exited {reason}"
    return FunctionError(FunctionErrorKind.EXIT, "Runtime.ExitError", message)


def exited_in_init(reason: str) -> FunctionError:
    """Make the end of a start whose runtime's process ended before it asked for work."""
    return FunctionError(FunctionErrorKind.INIT, "Runtime.ExitError", f"Error: Runtime exited {reason}")


def address_init_error(error: FunctionError, request_id: str) -> FunctionError:
    """Word an init error for an invocation that waited for it: the messages Lambda itself writes name the request."""
    if not error.error_message.startswith("Error: "):
        return error
    return replace(error, error_message=f"RequestId: {request_id} {error.error_message}")


def exit_reason(returncode: int, signal_text: str) -> str:
    """Tell why a process ended. `returncode` is as in subprocess: negative for a signal, described by `signal_text`
    ("killed")."""
    if returncode == 0:
        return "without providing a reason"
    if returncode < 0:
        return f"with error: signal: {signal_text}"
    return f"with error: exit status {returncode}"
