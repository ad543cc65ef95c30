"""What it is to invoke a Lambda function: the function, one invocation, and the ways it can end. Only values are
here."""

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from emulator.aws.account import ACCOUNT_ID, REGION
from emulator.aws.limits import DEFAULT_FUNCTION_TIMEOUT_S, LEAST_MEMORY_MB


class LogFormat(StrEnum):
    """How a function's log lines are written (AWS: Lambda API reference, LoggingConfig)."""

    TEXT = "Text"
    JSON = "JSON"


@dataclass(frozen=True, slots=True)
class LoggingConfig:
    """How a function logs (AWS: Lambda API reference, LoggingConfig). The levels count with JSON only; None is Lambda's
    default, INFO."""

    log_format: LogFormat = LogFormat.TEXT
    application_log_level: str | None = None
    system_log_level: str | None = None


@dataclass(frozen=True, slots=True)
class HeaderRead:
    """Where a function's code looks a request header up, and by which name: `place` is the file and the line."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Function:
    """One Lambda function as configured.

    `code_uri` and `layers` are absolute; of two layers that hold the same file the later one's counts. `timeout` is in
    seconds, `memory_size` in MB. `python` is the interpreter that runs a Python handler (None: the project's virtual
    environment, else ours). `command`, when not empty, is started as the function's runtime instead of the bundled one,
    in `code_uri`. `max_concurrency` bounds its environments; an invocation waits `concurrency_wait` seconds for one
    (None: as long as its caller waits). With a `debug_path` it runs under a debugger, which is reached by what its
    process puts there, and no time limit counts. With `freeze` its processes stand still between two invocations.
    """

    name: str
    handler: str
    code_uri: Path
    runtime: str = "python3.12"
    timeout: float = float(DEFAULT_FUNCTION_TIMEOUT_S)
    memory_size: int = LEAST_MEMORY_MB
    environment: tuple[tuple[str, str], ...] = ()
    python: str | None = None
    command: tuple[str, ...] = ()
    layers: tuple[Path, ...] = ()
    logging: LoggingConfig = field(default_factory=LoggingConfig)
    max_concurrency: int = 10
    concurrency_wait: float | None = None
    debug_path: Path | None = None
    freeze: bool = False

    @property
    def is_frozen_between_invocations(self) -> bool:
        """Whether its processes stand still then; a debugger has to talk to them."""
        return self.freeze and self.debug_path is None

    @property
    def arn(self) -> str:
        return f"arn:aws:lambda:{REGION}:{ACCOUNT_ID}:function:{self.name}"


@dataclass(frozen=True, slots=True)
class Invocation:
    """One event for one function. `trace_id` is an X-Amzn-Trace-Id header value; `timeout_s` is how long the caller
    (the gateway's integration) waits, which may be shorter or longer than the function's own timeout."""

    request_id: str
    payload: bytes
    trace_id: str = ""
    timeout_s: float = math.inf


class FunctionErrorKind(StrEnum):
    """The part of its life in which a function failed."""

    INIT = "init"
    HANDLER = "handler"
    TIMEOUT = "timeout"
    EXIT = "exit"


@dataclass(frozen=True, slots=True)
class Returned:
    """The function returned `payload`, byte for byte. `init_duration_ms` is known after a cold start only; `queued_ms`
    is how long all environments that may run were busy with others."""

    payload: bytes
    duration_ms: float = 0.0
    init_duration_ms: float | None = None
    queued_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class FunctionError:
    """The function failed. `error_type` is Lambda's ("ZeroDivisionError", "Runtime.ImportModuleError",
    "Runtime.ExitError", "Sandbox.Timedout"); `stack_trace` holds the user's own frames, innermost last, one printed
    entry an item. `payload` is the error object as the runtime posted it, empty where none did. `line` is the line of
    code that raised, where the runtime's trace only says where it stands and the file has it."""

    kind: FunctionErrorKind
    error_type: str
    error_message: str
    stack_trace: tuple[str, ...] = ()
    duration_ms: float = 0.0
    init_duration_ms: float | None = None
    payload: bytes = field(default=b"", compare=False, repr=False)
    line: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class IntegrationTimeout:
    """The caller stopped waiting after `Invocation.timeout_s` seconds; the function may still be running."""

    waited_s: float


@dataclass(frozen=True, slots=True)
class Throttled:
    """No execution environment came free in `waited_s` seconds: `limit` of them were busy."""

    limit: int
    waited_s: float = 0.0


Result = Returned | FunctionError | IntegrationTimeout | Throttled
Invoke = Callable[[str, Invocation], Awaitable[Result]]
"""What invokes a function by name. Ordinary failures are results; it raises WorkerError when no process can be
started."""


@dataclass(frozen=True, slots=True)
class OutputLine:
    """One line a function printed; `request_id` is None outside an invocation (init, or between two)."""

    function: str
    request_id: str | None
    text: str


@dataclass(frozen=True, slots=True)
class InvocationStart:
    """An invocation was handed to its function; `at` is Unix time, in seconds."""

    function: Function
    request_id: str
    at: float


@dataclass(frozen=True, slots=True)
class InvocationReport:
    """An invocation has ended, with `result`, at `at`. `max_memory_used` tells the most memory its environment has
    taken so far, in MB, None where the system does not say; it is asked when the report is read, for asking costs as
    much as a small invocation."""

    function: Function
    request_id: str
    trace_id: str
    at: float
    result: Returned | FunctionError
    max_memory_used: Callable[[], int | None]


@dataclass(frozen=True, slots=True)
class InitReport:
    """An environment could not be initialized. `at` is Unix time, in seconds."""

    function: Function
    at: float
    error: FunctionError


LogEvent = OutputLine | InvocationStart | InvocationReport | InitReport
"""What becomes a log event in CloudWatch Logs."""
