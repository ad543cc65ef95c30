"""Lines on standard output, so that nothing waits for whoever reads them: a terminal that was stopped, a full pipe, a
full disk, a reader that went away. Knows no line's meaning."""

import asyncio
import os
import select
import stat
import time
from collections import deque
from collections.abc import Callable
from typing import TextIO

from emulator.history.turns import BATCH

PIECE = select.PIPE_BUF // 8
"""Characters that a pipe or terminal with room is given at once. PIPE_BUF bytes go in without waiting (POSIX: write); a
character takes at most the six of an escape like `\\u202e`, which leaves room for a line that tells of a gap."""

WAITING = 8 * 1024 * 1024
"""Characters that wait for a reader: much more than one that reads is ever behind, and what a laptop can spare."""

AGAIN = 0.02
"""Seconds until a reader that was behind is looked at again: below what a person sees."""

FAREWELL = 1.0
"""Seconds that the last lines wait, at the end, for a reader that takes none of them."""


class Writer:
    """Writes to `stream`. Lines that cannot be written, and the oldest of too many that wait, are dropped, counted, and
    told of by a line of `missing`, of their number and the reason, where they would have stood. `on_reader_gone` is
    called once, when nobody reads the stream any more: that ends the run, as it ends any program of a pipe."""

    def __init__(
        self, stream: TextIO, missing: Callable[[int, str], str], on_reader_gone: Callable[[], None] = lambda: None
    ) -> None:
        self._stream = stream
        self._missing = missing
        self._on_reader_gone = on_reader_gone
        self._polled = polled(stream)
        self._added: list[str] = []
        self._due = 0.0
        """When the lines that are added are to be written although more are coming, in seconds of perf_counter."""
        self._waiting: deque[str] = deque()
        self._start = 0
        """Where the part of the first of them begins that is not written yet."""
        self._size = 0
        self._timer: asyncio.TimerHandle | None = None
        self._gap: int | None = None
        self._why = ""
        self._is_torn = False
        self._is_reader_gone = False

    def add(self, lines: list[str]) -> None:
        """Take lines to be written at the next pause."""
        self._added += lines

    def pause(self, idle: bool) -> None:
        """Write what was added as far as there is room, and the rest as soon as there is. While more is coming (not
        `idle`) that is done once in BATCH seconds: a write costs as much as the lines of several requests."""
        now = time.perf_counter()
        if not self._added or not (idle or now >= self._due):
            return
        text, self._added, self._due = "\n".join([*self._added, ""]), [], now + BATCH
        if not self._is_reader_gone:
            self._waiting.append(text)
            self._size += len(text)
            self._make_room()
            self._write(0)

    def finish(self) -> bool:
        """Write what waits as long as the reader takes any of it; return whether all was written."""
        if self._timer is not None:
            self._timer.cancel()
        self._write(FAREWELL)
        return self._gap is None and not self._waiting

    def _write(self, patience: float) -> None:
        """Write what waits; give up when there is no room for `patience` seconds."""
        while self._waiting and self._has_room(patience):
            self._put(self._next())
        if self._waiting and self._timer is None and not patience:
            self._timer = asyncio.get_running_loop().call_later(AGAIN, self._again)

    def _again(self) -> None:
        self._timer = None
        self._write(0)

    def _has_room(self, patience: float) -> bool:
        return self._polled is None or bool(select.select([], [self._polled], [], patience)[1])

    def _next(self) -> str:
        """Take the first of what waits, cut to a piece: at the end of a line, if it can be."""
        text, start, end = self._waiting[0], self._start, len(self._waiting[0])
        if self._polled is not None and end - start > PIECE:
            end = text.rfind("\n", start, start + PIECE) + 1 or start + PIECE
        self._start = end
        if end == len(text):
            self._waiting.popleft()
            self._start = 0
        self._size -= end - start
        return text[start:end]

    def _make_room(self) -> None:
        """Drop the oldest of too much that waits, whole lines of it."""
        text = "\n"
        while self._size > WAITING or not text.endswith("\n"):
            text = self._next()
            self._drop(text, "nobody reads it")

    def _drop(self, text: str, why: str) -> None:
        self._gap = (self._gap or 0) + text.count("\n")
        self._why = why

    def _put(self, text: str) -> None:
        try:
            if self._gap is not None:
                self._stream.flush()  # what it may still have of the lines that failed first
                gap = f"{self._missing(max(self._gap, 1), self._why)}\n"
                self._stream.write(f"\n{gap}" if self._is_torn else gap)
            self._stream.write(text)
            self._stream.flush()
            self._gap = None
            self._is_torn = not text.endswith("\n")
        except BrokenPipeError:
            self._is_reader_gone = True
            self._waiting.clear()
            self._on_reader_gone()
        except OSError as error:
            self._is_torn = True
            self._drop(text, error.strerror or type(error).__name__)


def polled(stream: TextIO) -> int | None:
    """Return the descriptor that has to be asked for room before something is written; None for a file, which has no
    reader to wait for, and for a stream in memory."""
    try:
        descriptor = stream.fileno()
    except OSError:
        return None
    return None if stat.S_ISREG(os.fstat(descriptor).st_mode) else descriptor
