"""One execution environment: carries out what lifecycle.py decides, with a process and its Runtime API."""

import asyncio
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, assert_never

from emulator.aws.limits import INIT_PHASE_S
from emulator.functions.invocation import (
    Function,
    FunctionError,
    FunctionErrorKind,
    Invocation,
    InvocationReport,
    InvocationStart,
    LogEvent,
    OutputLine,
    Result,
    Returned,
)
from emulator.functions.lifecycle import Effect, Event, State, advance
from emulator.functions.raising_line import with_raising_line
from emulator.functions.runtime_api import RuntimeConnection
from emulator.functions.runtime_messages import (
    INVALID_REQUEST_ID,
    Call,
    Refused,
    encode_invocation,
    exit_reason,
    exited,
    exited_in_init,
    init_timed_out,
    invocation_head,
    read_function_error,
    refuse_transition,
    response_too_large,
    timed_out,
)
from emulator.functions.worker import Guard, Launch, Worker


class Owner(Protocol):
    """The one who started an environment and hands it invocations."""

    def offered(self, environment: "Environment") -> None:
        """Hear that the environment can take an invocation."""

    def init_failed(self, environment: "Environment", error: FunctionError) -> None:
        """Hear that the environment will never take an invocation, for `error`."""

    def gone(self, environment: "Environment") -> None:
        """Hear that the environment takes no more invocations: it is killed or dead."""

    def reaped(self, environment: "Environment") -> None:
        """Hear that nothing of the environment is left."""

    def logged(self, event: LogEvent) -> None:
        """Hear that an invocation began or ended, or that the process printed a line."""


Settle = Callable[[Result], None]
_OVER = (State.KILLED, State.DEAD)

WHILE_DEBUGGING = 24 * 60 * 60.0
"""Seconds that stand for no time limit: a developer may step through code all day."""


class Environment:
    """One execution environment, which takes one invocation at a time. Every method is called in the event loop."""

    def __init__(self, function: Function, owner: Owner, guard: Guard, init_limit: float = INIT_PHASE_S) -> None:
        self.state = State.INITIALIZING
        self.idle_since = 0.0
        """When the environment became idle, in seconds of the event loop's clock. Its owner sets it."""
        self._function = function
        self._init_limit = init_limit
        self._owner = owner
        self._loop = asyncio.get_running_loop()
        self._worker = Worker(guard, self._printed, self._exited)
        self._head = invocation_head(function)

        self._listener = socket.create_server(("127.0.0.1", 0))
        self._server: asyncio.Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self._ended: asyncio.Future[None] = self._loop.create_future()
        self._connections: set[RuntimeConnection] = set()
        self._waiting: RuntimeConnection | None = None

        self._invocation: Invocation | None = None
        self._settle: Settle | None = None
        self._posted: bytes | FunctionError = b""
        self._exit_reason = exit_reason(-signal.SIGKILL, "killed")

        self._since = time.perf_counter()
        self._initialized = False
        self._init_duration_ms: float | None = None
        self._deadline = self._loop.call_later(self._time_limit(init_limit), self._apply, Event.DEADLINE)

    @property
    def runtime_api(self) -> str:
        """The host:port of the environment's Runtime API."""
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def init_duration_ms(self) -> float | None:
        """How long its start took; None once it has served something."""
        return self._init_duration_ms

    def start(self, launch: Launch) -> None:
        """Start the process. Raises WorkerError, and then nothing of the environment is left."""
        try:
            self._worker.start(launch)
        except BaseException:
            self._deadline.cancel()
            self._listener.close()
            raise
        self._serving = self._loop.create_task(self._serve())

    async def _serve(self) -> None:
        self._server = await self._loop.create_server(lambda: RuntimeConnection(self), sock=self._listener)
        if self.state in _OVER:
            self._server.close()

    def invoke(self, invocation: Invocation, settle: Settle) -> bool:
        """Hand over an invocation; `settle` is called once. Return False when the runtime is gone and nothing was
        handed over."""
        if self._waiting is None or not self._waiting.is_open():
            self._apply(Event.HANGUP)
            return False
        self._invocation = invocation
        self._settle = settle
        return self._apply(Event.INVOKE)

    def retire(self) -> None:
        """Take nothing new; what runs is finished."""
        self._apply(Event.RETIRE)

    def stop(self) -> None:
        """End at once, whatever runs."""
        self._apply(Event.STOP)

    async def ended(self) -> None:
        """Return when nothing of the environment is left."""
        if self._serving is not None:
            await self._serving
        await self._ended

    # What the runtime calls (runtime_api.Runtime)

    def connected(self, connection: RuntimeConnection) -> None:
        self._connections.add(connection)
        if self.state in _OVER:
            connection.abort()

    def disconnected(self, connection: RuntimeConnection) -> None:
        self._connections.discard(connection)
        if connection is self._waiting:
            self._waiting = None
            self._apply(Event.HANGUP)

    def next(self, connection: RuntimeConnection) -> Refused | None:
        previous, self._waiting = self._waiting, connection
        refused = self._advance(Event.NEXT)
        if refused is not None:
            self._waiting = previous
        return refused

    def response(self, request_id: str, payload: bytes) -> Refused | None:
        return self._answered(Event.RESPONSE, request_id, payload)

    def oversized(self, request_id: str, size: int) -> Refused | None:
        return self._answered(Event.RESPONSE, request_id, response_too_large(size))

    def error(self, call: Call, body: bytes, error_type: str) -> Refused | None:
        if call.event is Event.INIT_ERROR:
            self._posted = read_function_error(body, FunctionErrorKind.INIT, error_type)
            return self._advance(Event.INIT_ERROR)
        error = with_raising_line(read_function_error(body, FunctionErrorKind.HANDLER, error_type))
        return self._answered(Event.ERROR, call.request_id, error)

    def _answered(self, event: Event, request_id: str, posted: bytes | FunctionError) -> Refused | None:
        if self._invocation is not None and request_id != self._invocation.request_id:
            return INVALID_REQUEST_ID
        self._posted = posted
        return self._advance(event)

    def _advance(self, event: Event) -> Refused | None:
        state = self.state
        return None if self._apply(event) else refuse_transition(state, event)

    # What the process does

    def _printed(self, lines: list[str]) -> None:
        request_id = self._invocation.request_id if self._invocation is not None else None
        for line in lines:
            self._owner.logged(OutputLine(self._function.name, request_id, line))

    def _exited(self, returncode: int) -> None:
        signal_text = (signal.strsignal(-returncode) or str(-returncode)).lower() if returncode < 0 else ""
        self._exit_reason = exit_reason(returncode, signal_text)
        self._apply(Event.EXIT)

    # The life cycle

    def _apply(self, event: Event) -> bool:
        step = advance(self.state, event)
        if step is None:
            return False
        self.state, effects = step
        for effect in effects:
            self._carry_out(effect)
        if event is Event.EXIT:
            self._close()
            self._owner.reaped(self)
            self._ended.set_result(None)
        return True

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Effect.SEND:
                self._send()
            case Effect.DELIVER:
                self._settle_with(self._posted)
            case Effect.OFFER:
                self._offer()
            case Effect.FAIL_TIMEOUT:
                self._settle_with(self._timed_out())
            case Effect.FAIL_EXIT:
                self._settle_with(self._exit_error())
            case Effect.KILL:
                self._worker.kill()
                self._close()
            case _:
                assert_never(effect)

    def _send(self) -> None:
        assert self._invocation is not None  # noqa: S101  set by `invoke`, the one source of INVOKE
        assert self._waiting is not None  # noqa: S101
        timeout, now = self._time_limit(self._function.timeout), time.time()
        self._since = time.perf_counter()
        self._deadline = self._loop.call_later(timeout, self._apply, Event.DEADLINE)
        connection, self._waiting = self._waiting, None
        if self._function.is_frozen_between_invocations:
            self._worker.thaw()
        connection.send(encode_invocation(self._head, self._invocation, int((now + timeout) * 1000)))
        self._owner.logged(InvocationStart(self._function, self._invocation.request_id, now))

    def _offer(self) -> None:
        self._deadline.cancel()
        if not self._initialized:
            self._initialized = True
            self._init_duration_ms = self._elapsed_ms()
            self._worker.drain()
            self._worker.peak_memory()  # in case it ends before it is asked again
        self._owner.offered(self)
        if self._function.is_frozen_between_invocations and self.state is State.IDLE:
            self._worker.freeze()

    def _settle_with(self, outcome: bytes | FunctionError) -> None:
        """Settle the invocation. What was printed comes first, so that it stands before the request's own line."""
        self._worker.drain()
        if self._settle is None:
            if isinstance(outcome, FunctionError):
                self._owner.init_failed(self, replace(outcome, init_duration_ms=self._elapsed_ms()))
            return
        settle, invocation, init_duration_ms = self._settle, self._invocation, self._init_duration_ms
        self._settle = self._invocation = self._init_duration_ms = None
        result: Returned | FunctionError
        if isinstance(outcome, FunctionError):
            result = replace(outcome, duration_ms=self._elapsed_ms(), init_duration_ms=init_duration_ms)
            self._worker.peak_memory()  # before it is killed
        else:
            result = Returned(outcome, self._elapsed_ms(), init_duration_ms)
        assert invocation is not None  # noqa: S101  came with `_settle`
        request_id, trace_id, worker = invocation.request_id, invocation.trace_id, self._worker
        self._owner.logged(
            InvocationReport(self._function, request_id, trace_id, time.time(), result, worker.peak_memory)
        )
        settle(result)

    def _timed_out(self) -> FunctionError:
        if self._invocation is None:
            return init_timed_out(self._init_limit)
        return timed_out(self._invocation.request_id, self._function.timeout)

    def _exit_error(self) -> FunctionError:
        if self._invocation is None:
            return exited_in_init(self._exit_reason)
        return exited(self._invocation.request_id, self._exit_reason)

    def _time_limit(self, seconds: float) -> float:
        """Return the seconds an invocation or a start may take; a developer who steps through code is not held to
        any."""
        return seconds if self._function.debug_path is None else WHILE_DEBUGGING

    def _elapsed_ms(self) -> float:
        """Measure the time since the start, or since the invocation was sent."""
        return (time.perf_counter() - self._since) * 1000

    def _close(self) -> None:
        self._deadline.cancel()
        self._waiting = None
        for connection in tuple(self._connections):
            connection.abort()
        if self._server is not None:
            self._server.close()
        self._owner.gone(self)
