"""`emulate invoke`: one invocation of a function in this process, without a server."""

import asyncio
import contextlib
import math
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from emulator.aws.lambda_proxy.trace import fresh_trace, with_parent
from emulator.cli.invoke_report import Invoked, payload_of, report_json
from emulator.cli.json_text import indented, read_event
from emulator.cli.standard_output import as_text, write_out
from emulator.config.load import Loaded, load
from emulator.errors import EmulatorError
from emulator.functions.invocation import (
    Function,
    FunctionError,
    FunctionErrorKind,
    Invocation,
    InvocationReport,
    LogEvent,
    Returned,
)
from emulator.functions.platform_log import platform_lines
from emulator.functions.pool import Pool
from emulator.server.code_warnings import failed_to_start
from emulator.server.stamp import new_stamp
from emulator.spelling import near

INTERRUPTED = 130
"""The exit code by which a shell knows the end by SIGINT: 128 and the signal's number."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the command line. `event` is a file, "-" for standard input, or None for the event {}."""

    function: str
    event: str | None
    config: Path
    env_files: tuple[Path, ...]
    as_json: bool


def run(settings: Settings) -> int:
    """Invoke and print; return the exit code. Raises EmulatorError when nothing can be invoked."""
    try:
        loaded = load(settings.config, settings.env_files)
        function = chosen(loaded.deployment.functions, settings.function)
        payload = b"{}" if settings.event is None else read_event(*given(settings.event))
        invoked = asyncio.run(invoke(function, payload, settings))
        show(invoked, as_json=settings.as_json)
        explain(loaded, invoked, settings)
    except (KeyboardInterrupt, asyncio.CancelledError):
        return INTERRUPTED
    return 1 if isinstance(invoked.result, FunctionError) else 0


def chosen(functions: Mapping[str, Function], name: str) -> Function:
    """Return the function of that name. Raises EmulatorError when there is none."""
    if name in functions:
        return functions[name]
    meant = near(name, functions)
    hint = f"; did you mean '{meant}'?" if meant is not None else "."
    has = ", ".join(functions) or "none"
    raise EmulatorError(f"there is no function '{name}'{hint} The configuration has: {has}.")


def given(file: str) -> tuple[bytes, str]:
    """Read the event's file; return its content and its name. Raises EmulatorError when it cannot be read."""
    if file == "-":
        return sys.stdin.buffer.read(), "standard input"
    try:
        return Path(file).read_bytes(), file
    except OSError as error:
        raise EmulatorError(f"-e {file}: cannot be read ({error.strerror}).") from None


class Log:
    """Collects what Lambda writes to CloudWatch Logs; with `to_stderr` it is written there as it comes."""

    def __init__(self, *, to_stderr: bool) -> None:
        self.to_stderr = to_stderr
        self.lines: list[str] = []
        self.max_memory_used: int | None = None

    def __call__(self, event: LogEvent) -> None:
        if isinstance(event, InvocationReport):
            self.max_memory_used = event.max_memory_used()  # while there is a process to ask
        lines = platform_lines(event)
        self.lines += lines
        if self.to_stderr:
            # A log nobody can read any more costs no result.
            with contextlib.suppress(OSError):
                # Runtimes end all but the last line of a traceback with a carriage return alone.
                sys.stderr.write("".join(f"{line}\n" for line in lines).replace("\r", "\n"))
                sys.stderr.flush()


def invocation_of(payload: bytes) -> Invocation:
    """Make the invocation of an event. Its caller, who typed the command, waits as long as the function may run."""
    stamp = new_stamp()
    return Invocation(stamp.request_id, payload, with_parent(fresh_trace(stamp), stamp), timeout_s=math.inf)


async def invoke(function: Function, payload: bytes, settings: Settings) -> Invoked:
    """Invoke the function once; no process is left after it. Raises WorkerError when the function's cannot be started,
    and CancelledError when it is interrupted."""
    log = Log(to_stderr=not settings.as_json)
    project = settings.config.resolve().parent
    pool = Pool({function.name: function}, dict(os.environ), log, lambda name, error: None, project)
    invocation = invocation_of(payload)
    invoking = asyncio.ensure_future(pool.invoke(function.name, invocation))
    # A second Ctrl-C finds the task cancelled, and does not disturb the end.
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, invoking.cancel)
    try:
        result = await invoking
    except asyncio.CancelledError:
        log.to_stderr = False  # how the killed process ended is no news
        raise
    finally:
        await pool.close()
    assert isinstance(result, Returned | FunctionError)  # noqa: S101  alone, and without a time limit of its own
    return Invoked(function, invocation.request_id, result, tuple(log.lines), log.max_memory_used)


def explain(loaded: Loaded, invoked: Invoked, settings: Settings) -> None:
    """Say on standard error why the function did not start, where the files show it."""
    if isinstance(invoked.result, FunctionError) and invoked.result.kind is FunctionErrorKind.INIT:
        project = settings.config.resolve().parent
        for line in failed_to_start(loaded, invoked.function, project, dict(os.environ)):
            click.echo(line, err=True)


def show(invoked: Invoked, *, as_json: bool) -> None:
    """Print on standard output: indented for a person, to a pipe or a file the payload's very bytes."""
    payload = payload_of(invoked)
    if as_json:
        write_out(f"{report_json(invoked)}\n".encode())
    elif sys.stdout.isatty():
        text = indented(payload)
        write_out(f"{as_text(payload) if text is None else text}\n")
    else:
        write_out(payload)
