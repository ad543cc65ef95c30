"""A console, and the stream it writes to."""

import asyncio
import io

from emulator.console.console import Console
from emulator.console.lines import Lines
from emulator.console.writer import Writer
from emulator.history.history import History


class Stream(io.StringIO):
    """Keeps each write apart, and knows when it was flushed."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[str] = []
        self.flushed = asyncio.Event()

    def write(self, text: str) -> int:
        self.writes.append(text)
        return len(text)

    def flush(self) -> None:
        if self.writes:  # closing a StringIO flushes it too
            self.flushed.set()


class Observed(Console):
    """The console of a history that observes exchanges."""

    def __init__(self, stream: Stream, history: History, *, platform_logs: bool = True) -> None:
        lines = Lines(colour=False)
        super().__init__(Writer(stream, lines.missing), lines, history, platform_logs=platform_logs)
        self.observe = history.observe
