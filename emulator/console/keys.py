"""Single keys from a terminal, one by one, without waiting for Enter. The terminal is as it was on every way out: the
end, Ctrl-C, and Ctrl-Z until it goes on. In the background nothing is read, which would stop the process."""

import asyncio
import atexit
import contextlib
import os
import signal
import termios
from collections.abc import Callable
from typing import Any, TextIO

CLEAR = b"\x1b[H\x1b[2J\x1b[3J"
"""Cursor to the first column of the first line, and everything erased, what has scrolled away too (ECMA-48: CUP, ED;
xterm, Control Sequences: ED 3)."""


class Keys:
    """Calls `press` with each key that is pressed on the terminal `stream`, on the event loop's thread. Ctrl-C and
    Ctrl-Z stay signals."""

    def __init__(self, stream: TextIO, press: Callable[[str], None]) -> None:
        self._descriptor = stream.fileno()
        self._press = press
        self._before: list[Any] | None = None

    def start(self) -> None:
        """Read keys from now on, as long as the terminal is this process' own."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTSTP, self._suspend)
        loop.add_signal_handler(signal.SIGCONT, self._take)
        atexit.register(self._give_back)
        self._take()

    def stop(self) -> None:
        """Leave the terminal as it was."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTSTP, signal.SIGCONT):
            loop.remove_signal_handler(number)
        self._give_back()
        atexit.unregister(self._give_back)

    def _take(self) -> None:
        if self._before is not None or not self._is_in_foreground():
            return
        before = termios.tcgetattr(self._descriptor)
        mode = termios.tcgetattr(self._descriptor)
        mode[3] &= ~(termios.ICANON | termios.ECHO)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self._descriptor, termios.TCSADRAIN, mode)
        self._before = before
        asyncio.get_running_loop().add_reader(self._descriptor, self._read)

    def _give_back(self) -> None:
        if self._before is None:
            return
        with contextlib.suppress(RuntimeError):  # the interpreter ends, and the loop has before it
            asyncio.get_running_loop().remove_reader(self._descriptor)
        # From the background the terminal is not ours to change: SIGTTOU would stop us (POSIX: tcsetattr).
        if self._is_in_foreground():
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)
        self._before = None

    def _is_in_foreground(self) -> bool:
        try:
            return os.tcgetpgrp(self._descriptor) == os.getpgrp()
        except OSError:
            return False  # it has no controlling terminal, or that has hung up

    def _read(self) -> None:
        try:
            data = os.read(self._descriptor, 64)
        except OSError:
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self._descriptor)
        for key in data.decode("ascii", "replace"):
            self._press(key)

    def _suspend(self) -> None:
        """Stop as Ctrl-Z does, with the terminal as the shell expects it; go on when the shell says so."""
        loop = asyncio.get_running_loop()
        self._give_back()
        loop.remove_signal_handler(signal.SIGTSTP)
        os.kill(os.getpid(), signal.SIGTSTP)
        loop.add_signal_handler(signal.SIGTSTP, self._suspend)
        self._take()


def clear_screen(stream: TextIO) -> None:
    """Erase a terminal, unless it cannot."""
    if os.environ.get("TERM") != "dumb":
        stream.flush()
        os.write(stream.fileno(), CLEAR)
