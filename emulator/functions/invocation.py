"""What it is to invoke a Lambda function: the function, one invocation, and the ways it can end. Values only."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

REGION = "us-east-1"
ACCOUNT_ID = "123456789012"


@dataclass(frozen=True, slots=True)
class Function:
    """One Lambda function as configured.

    `code_uri` is absolute. `timeout` is in seconds, `memory_size` in MB. `python` is the interpreter that runs the
    handler (None: the project's virtual environment, else ours). `command`, when not empty, is started as the
    function's runtime instead of the bundled bootstrap, in `code_uri`. `max_concurrency` bounds its environments.
    """

    name: str
    handler: str
    code_uri: Path
    runtime: str = "python3.12"
    timeout: float = 3.0
    memory_size: int = 128
    environment: tuple[tuple[str, str], ...] = ()
    python: str | None = None
    command: tuple[str, ...] = ()
    max_concurrency: int = 10

    @property
    def arn(self) -> str:
        return f"arn:aws:lambda:{REGION}:{ACCOUNT_ID}:function:{self.name}"


@dataclass(frozen=True, slots=True)
class Invocation:
    """One event for one function. `trace_id` is an X-Amzn-Trace-Id header value; `timeout`, in seconds, is how long
    the caller (the gateway's integration) waits, which may be shorter or longer than the function's own."""

    request_id: str
    payload: bytes
    trace_id: str = ""
    timeout: float = 30.0


class FunctionErrorKind(StrEnum):
    """Where a function failed."""

    INIT = "init"
    HANDLER = "handler"
    TIMEOUT = "timeout"
    EXIT = "exit"


@dataclass(frozen=True, slots=True)
class Returned:
    """The function's response payload, byte for byte. Durations in ms; `init_duration` only after a cold start."""

    payload: bytes
    duration: float = 0.0
    init_duration: float | None = None


@dataclass(frozen=True, slots=True)
class FunctionError:
    """The function failed. `error_type` is Lambda's ("ZeroDivisionError", "Runtime.ImportModuleError",
    "Runtime.ExitError", "Sandbox.Timedout"); `stack_trace` holds the user's own frames, innermost last, one printed
    entry an item."""

    kind: FunctionErrorKind
    error_type: str
    error_message: str
    stack_trace: tuple[str, ...] = ()
    duration: float = 0.0
    init_duration: float | None = None


@dataclass(frozen=True, slots=True)
class IntegrationTimeout:
    """The caller stopped waiting after `Invocation.timeout` seconds; the function may still be running."""

    waited: float


@dataclass(frozen=True, slots=True)
class Throttled:
    """No execution environment came free in time: `limit` of them were busy."""

    limit: int


Result = Returned | FunctionError | IntegrationTimeout | Throttled
Invoke = Callable[[str, Invocation], Awaitable[Result]]
"""Invoke a function by name. Ordinary failures are results; raises WorkerError when no process can be started."""


@dataclass(frozen=True, slots=True)
class OutputLine:
    """One line a function printed; `request_id` is None outside an invocation (init, or between two)."""

    function: str
    request_id: str | None
    text: str
