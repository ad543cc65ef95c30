"""The standard streams: text that a terminal can be shown, and bytes as a pipe or a file gets them."""

import io
import os
import sys
from typing import TextIO, cast

from emulator.errors import EmulatorError
from emulator.terminal import NARROWEST, WIDTH, showable, shows_colour


class Shown(io.TextIOWrapper):
    """A standard stream whose text drives no terminal, whoever wrote it. Bytes for its `buffer` are not looked at."""

    colours = False

    def write(self, text: str) -> int:
        """Write text, with everything escaped that would drive a terminal; return its length."""
        super().write(showable(text, colours=self.colours))
        return len(text)


def open_standard_streams() -> None:
    """Open the standard streams that were closed (`>&-`), for which Python has None and whose number a socket could
    get. What a terminal cannot show is replaced, not an error."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            # The lowest free number is the closed stream's own.
            setattr(sys, name, open(os.open(os.devnull, os.O_RDWR), "r" if name == "stdin" else "w"))  # noqa: PTH123, SIM115
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if type(stream) is io.TextIOWrapper:  # what a test put in its place stays
            setattr(sys, name, _shown(stream))


def _shown(stream: io.TextIOWrapper) -> Shown:
    encoding, by_line, colours = stream.encoding, stream.line_buffering, has_colour(stream)
    buffer = cast(io.BufferedWriter, stream.detach())
    shown = Shown(buffer, encoding, errors="replace", line_buffering=by_line)
    shown.colours = colours
    return shown


def has_colour(stream: TextIO) -> bool:
    """Tell whether what is written to the stream is shown in colour."""
    return shows_colour(os.environ, is_terminal=stream.isatty())


def columns() -> int:
    """Tell how many columns wide the lines on standard output may be now: a window changes its size as it likes."""
    try:
        width = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return WIDTH
    # A terminal that does not tell, as a container's at first, says 0.
    return max(width or 80, NARROWEST)


def as_text(data: bytes) -> str:
    """Decode bytes of anyone's making as text for a terminal."""
    return data.decode("utf-8", "replace").replace("\r\n", "\n")


def write_out(data: bytes | str) -> None:
    """Write all of it at once. Raises BrokenPipeError, which ends the command in silence, when the reader has gone, and
    EmulatorError when there is no room for it."""
    try:
        sys.stdout.flush()
        if isinstance(data, str):
            sys.stdout.write(data)
        else:
            sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is left in the buffer must not fail once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise EmulatorError(f"standard output cannot be written: {error.strerror}.") from None
