"""Single keys from a terminal, one by one, without waiting for Enter. The terminal is as it was on every way out: the
end, Ctrl-C, Ctrl-Z until it goes on, and what gives no chance to do it (keys_guard.py). In the background nothing is
read, which would stop the process."""

import asyncio
import atexit
import contextlib
import os
import signal
import subprocess
import sys
import termios
from collections.abc import Callable
from typing import Any, TextIO

from emulator.console import keys_guard

CLEAR = b"\x1b[H\x1b[2J\x1b[3J"
"""Cursor to the first column of the first line, and everything erased, what has scrolled away too (ECMA-48: CUP, ED;
xterm, Control Sequences: ED 3)."""

LOOK = 0.25
"""Seconds between two looks whether a run in the background was brought to the front: that is no signal (bash: fg)."""


class Keys:
    """Calls `press` with each key that is pressed on the terminal `stream`, on the event loop's thread. Ctrl-C and
    Ctrl-Z stay signals."""

    def __init__(self, stream: TextIO, press: Callable[[str], None]) -> None:
        self._descriptor = stream.fileno()
        self._press = press
        self._before: list[Any] | None = None
        self._guard = Guard(self._descriptor)
        self._later: asyncio.TimerHandle | None = None

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
        if self._later is not None:
            self._later.cancel()
        self._give_back()
        self._guard.close()
        atexit.unregister(self._give_back)

    def _take(self) -> None:
        if self._before is not None:
            return
        if self._later is not None:
            self._later.cancel()
        if not self._is_in_foreground():
            self._later = asyncio.get_running_loop().call_later(LOOK, self._take)
            return
        before = termios.tcgetattr(self._descriptor)
        mode = termios.tcgetattr(self._descriptor)
        mode[3] &= ~(termios.ICANON | termios.ECHO)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        self._guard.start()
        termios.tcsetattr(self._descriptor, termios.TCSADRAIN, mode)
        self._before = before
        self._guard.tell(before, termios.tcgetattr(self._descriptor))
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


class Guard:
    """The parent's side of keys_guard.py. Where it cannot be had, keys are read without."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the guard, if it does not run: in a session of its own, which no key of the terminal ends."""
        if self._process is None:
            with contextlib.suppress(OSError):
                self._process = subprocess.Popen(  # noqa: S603  our own program
                    (sys.executable, "-I", "-S", keys_guard.__file__),
                    stdin=subprocess.PIPE,
                    stdout=self._terminal,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                    bufsize=0,
                )

    def tell(self, before: list[Any], ours: list[Any]) -> None:
        """Tell which mode is to be set when we are gone, as long as the terminal is in ours."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):  # it was killed by hand
                modes = f"{keys_guard.written(before)}|{keys_guard.written(ours)}\n"
                self._process.stdin.write(modes.encode())

    def close(self) -> None:
        """Stop guarding; return when the guard has ended."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def clear_screen(stream: TextIO) -> None:
    """Erase a terminal, unless it cannot."""
    if os.environ.get("TERM") != "dumb":
        stream.flush()
        os.write(stream.fileno(), CLEAR)
