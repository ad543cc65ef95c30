"""Where `emulate serve` tells what happens: on a standard stream, as text for a person or as JSON for a program."""

from __future__ import annotations

import asyncio
import io
import logging
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from emulator.console.console import Console
from emulator.console.lines import Lines
from emulator.console.writer import Writer

if TYPE_CHECKING:
    from emulator.console.json_console import JsonConsole
    from emulator.findings.fix import Fix
    from emulator.history.history import History


def open_console(
    telling: Lines | Callable[[Fix], str],
    history: History,
    on_reader_gone: Callable[[], None],
    stream: TextIO,
    *,
    platform_logs: bool,
) -> Console | JsonConsole:
    """Open the console that writes lines of text to `stream`, or, given the words for a fix alone, one JSON object a
    line. JSON is UTF-8 wherever it is written (RFC 8259, 8.1). `on_reader_gone` is called when nobody reads the stream
    any more."""
    if isinstance(telling, Lines):
        writer = Writer(stream, telling.missing, on_reader_gone)
        return Console(writer, telling, history, platform_logs=platform_logs)
    from emulator.console.json_console import JsonConsole, missing

    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8")
    writer = Writer(stream, missing, on_reader_gone)
    return JsonConsole(writer, history, telling, platform_logs=platform_logs)


def log_to(tell: Callable[[str], None]) -> None:
    """Give `tell` what the server and the libraries log from now on, on the event loop's thread."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", handlers=[_Told(tell)], force=True)


class _Told(logging.Handler):
    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._tell = tell
        self._loop = asyncio.get_running_loop()

    def emit(self, record: logging.LogRecord) -> None:
        """Pass on the message, with the traceback of an exception; nothing, when the loop has ended."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, self.format(record))


def discard_output(stream: TextIO) -> None:
    """Let nothing that a standard stream still holds fail once more when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
