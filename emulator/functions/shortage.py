"""What the system has run out of, in words: what is short, how much there is of it, and what to do."""

import contextlib
import errno
import os
import resource
from collections.abc import Iterator

from emulator.errors import WorkerError

RESERVE = 24
"""File descriptors that no environment may take: without some, no connection is accepted and nothing is said at all."""

PER_ENVIRONMENT = 3
"""File descriptors that a running environment has: its output, its Runtime API and the runtime's connection to it."""

_ENOUGH = 4096
"""File descriptors that any number of functions is content with."""


def shortage(error: OSError) -> str | None:
    """Say why a process or a connection could not be had; None when nothing is short."""
    match error.errno:
        case errno.EMFILE:
            return too_few_descriptors()
        case errno.ENFILE:
            return "the system has no file descriptor left for anyone; end some programs"
        case errno.EAGAIN:
            return too_few_processes()
        case errno.ENOMEM:
            return "there is not enough memory for another process; end some programs"
    return None


def too_few_descriptors() -> str:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return (
        f"emulate may have {soft} files and connections open at once, and that is too few; before starting it, run "
        f"ulimit -n {max(_ENOUGH, 4 * soft)} (as root where that is refused; docker run: --ulimit nofile=...)"
    )


def too_few_processes() -> str:
    soft, _ = resource.getrlimit(resource.RLIMIT_NPROC)
    limit = "as many processes and threads as are allowed" if soft < 0 else f"the limit is {soft} processes and threads"
    return (
        f"the system starts no further process ({limit}); end some programs, or raise ulimit -u "
        "(docker run: --pids-limit)"
    )


@contextlib.contextmanager
def affordable(function: str) -> Iterator[None]:
    """Guard the making of an environment: raise WorkerError where too few file descriptors would be left to the rest,
    or when one of its parts cannot be had."""
    if not is_another_affordable():
        raise WorkerError(f"function '{function}': {too_few_descriptors()}")
    try:
        yield
    except OSError as error:
        raise WorkerError(f"function '{function}': {shortage(error) or error}") from error


def is_another_affordable() -> bool:
    """Tell whether an environment leaves enough file descriptors to the rest."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        return soft < 0 or soft - len(os.listdir("/dev/fd")) >= RESERVE + PER_ENVIRONMENT  # noqa: PTH208  half the time
    except OSError as error:
        return error.errno not in {errno.EMFILE, errno.ENFILE}
