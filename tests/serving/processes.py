"""Processes of the system: which run, and which of them ends the others."""

import contextlib

import psutil


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def guard_of(pid: int) -> psutil.Process:
    """The program beside a process that ends what its functions leave behind (functions/child/guard.py)."""
    return next(child for child in psutil.Process(pid).children(recursive=True) if _is_guard(child))


def _is_guard(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):  # what has just ended has no command line any more
        return "".join(process.cmdline()[-1:]).endswith("guard.py")
    return False
