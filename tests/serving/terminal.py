"""A program with a terminal of its own as its controlling one, and all that it shows there."""

import contextlib
import fcntl
import os
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from serving.emulate import EMULATE, PATIENCE

CTRL_C = b"\x03"
CTRL_BACKSLASH = b"\x1c"


class Terminal:
    """`columns` is its width, 0 when it does not tell."""

    ADOPT = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"

    def __init__(self, folder: Path, command: Sequence[str | Path], columns: int, environ: dict[str, str]) -> None:
        self._master, slave = os.openpty()
        self.resize(columns)
        self.process = subprocess.Popen(
            [sys.executable, "-c", self.ADOPT, *command],
            cwd=folder, env={**os.environ, "TERM": "xterm", **environ},
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self._shown = b""
        self._grown = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def resize(self, columns: int) -> None:
        """As who drags the window's edge."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def _read(self) -> None:
        with contextlib.suppress(OSError):  # Linux: EIO when the last process that has the terminal ends
            while data := os.read(self._master, 65536):
                with self._grown:
                    self._shown += data
                    self._grown.notify_all()

    def wait_for(self, text: str) -> str:
        return self.wait_until(lambda shown: text.encode() in shown).decode()

    def wait_until(self, condition: Callable[[bytes], object]) -> bytes:
        """All that is shown, once the condition holds for it."""
        with self._grown:
            assert self._grown.wait_for(lambda: condition(self._shown), PATIENCE), self._shown
            return self._shown

    def waits_for_lines(self) -> bool:
        """Whether it is in the mode of a shell: lines, with what is typed shown."""
        mode = termios.tcgetattr(self._master)[3]
        return bool(mode & termios.ICANON) and bool(mode & termios.ECHO)

    def set_mode(self, *, echo: bool) -> None:
        """As another program that has it."""
        mode = termios.tcgetattr(self._master)
        mode[3] = mode[3] | termios.ECHO if echo else mode[3] & ~termios.ECHO
        termios.tcsetattr(self._master, termios.TCSANOW, mode)

    def press(self, key: bytes) -> None:
        os.write(self._master, key)

    def end(self) -> bytes:
        """Everything shown, once the program has ended by itself."""
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return self._shown

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.end()
        os.close(self._master)


@contextlib.contextmanager
def on_terminal(folder: Path, *arguments: str, columns: int = 80, **environ: str) -> Iterator[Terminal]:
    """`emulate ...`, `serve` unless said otherwise."""
    terminal = Terminal(folder, [EMULATE, *(arguments or ("serve",))], columns, environ)
    try:
        yield terminal
    finally:
        terminal.close()
