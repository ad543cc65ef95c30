"""Standard output as bytes: what is printed is what a pipe or a file gets."""

import os
import sys

from emulator.errors import EmulatorError


def write_out(data: bytes) -> None:
    """All of it, at once. Raises BrokenPipeError, which ends the command in silence, when the reader has gone, and
    EmulatorError when there is no room for it."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is left in the buffer must not fail once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise EmulatorError(f"standard output cannot be written: {error.strerror}.") from None
