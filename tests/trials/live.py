"""Functions run in this process: the handlers of a trial's files, each invocation in a thread. Real environments are
for tests/functions; what is Lambda's own here are its limits."""

import asyncio
import contextlib
import json
import threading
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from emulator.functions.invocation import (
    FunctionError,
    FunctionErrorKind,
    IntegrationTimeout,
    Invocation,
    Invoke,
    Result,
    Returned,
)

FILE = "<handler>"
Handler = Callable[[Any, None], Any]
LARGEST = 6 * 1024 * 1024
"""Bytes of a function's response that Lambda takes (AWS: Lambda quotas), all but exactly."""


def live(files: Mapping[str, str]) -> Invoke:
    """An `invoke` for functions whose `handler` stands in the file named like them."""
    handlers: dict[str, Handler] = {}

    async def invoke(function: str, invocation: Invocation) -> Result:
        try:
            if function not in handlers:
                handlers[function] = _loaded(files[f"{function}.py"])
        except Exception as error:
            return FunctionError(FunctionErrorKind.INIT, type(error).__name__, str(error))
        try:
            running = _in_a_thread(handlers[function], json.loads(invocation.payload))
            payload = json.dumps(await asyncio.wait_for(running, invocation.timeout_s)).encode()
        except TimeoutError:
            return IntegrationTimeout(invocation.timeout_s)
        except Exception as error:
            return _raised(error, files[f"{function}.py"])
        if len(payload) > LARGEST:
            return FunctionError(FunctionErrorKind.HANDLER, "Function.ResponseSizeTooLarge", "too large")
        return Returned(payload)

    return invoke


def _raised(error: Exception, source: str) -> FunctionError:
    """With the frames from the handler's on, as a traceback has them."""
    lines, frames = source.splitlines(), list[str]()
    for one in traceback.extract_tb(error.__traceback__):
        code = lines[(one.lineno or 1) - 1] if one.filename == FILE else one.line or ""
        if frames or one.filename == FILE:
            frames.append(f'  File "{one.filename}", line {one.lineno}, in {one.name}\n    {code.strip()}\n')
    return FunctionError(FunctionErrorKind.HANDLER, type(error).__name__, str(error), tuple(frames))


def _in_a_thread(handler: Handler, event: Any) -> asyncio.Future[Any]:
    """A handler that is given up runs on, and nobody waits for it: the thread is a daemon, and not of the loop's."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()

    def settle(settled: Callable[[Any], None], value: Any) -> None:
        if not future.done():
            settled(value)

    def run() -> None:
        try:
            outcome = (future.set_result, handler(event, None))
        except Exception as error:
            outcome = (future.set_exception, error)
        with contextlib.suppress(RuntimeError):  # the loop is closed by now
            loop.call_soon_threadsafe(settle, *outcome)

    threading.Thread(target=run, daemon=True).start()
    return future


def _loaded(source: str) -> Handler:
    names: dict[str, Any] = {}
    exec(compile(source, FILE, "exec"), names)
    handler: Handler = names["handler"]
    return handler
