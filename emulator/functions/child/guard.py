"""Ends all processes of an execution environment, as Lambda ends a sandbox with all that is in it.

Run as a program, beside the emulator, it does so when the emulator is gone. Standard input is a pipe from the emulator:
"+<pgid> <mark>" and "-<pgid>", one a line. Its end means that the emulator ended, also when by SIGKILL, which gives it
no chance to clean up. Standard library only; imports nothing of ours.
"""

import contextlib
import os
import signal
import sys
import time

MARK = "AWS_LAMBDA_LOG_STREAM_NAME"
"""The environment variable by whose value an environment's processes are known: no two environments share one."""

_PASSES = 100
"""Looks for processes that were started with a mark, before those that still appear are given up."""

_PAUSE = 0.001
"""Seconds between two looks. A process may fork or exec while it is looked for; one that does nothing else is given up
in the end."""


def main() -> None:
    """Keep the list until the pipe ends, then end what is on it."""
    alive = {}
    for line in sys.stdin:
        group, _, mark = line[1:].strip().partition(" ")
        if line.startswith("+"):
            alive[int(group)] = mark
        else:
            alive.pop(int(group), None)
    for group in alive:
        kill_group(group)
    kill_marked(set(alive.values()))


def kill_group(pid: int) -> None:
    """Send SIGKILL to the process group that `pid` leads, and to its descendants: some may lead groups of their own."""
    strays = _descendants(pid)
    with contextlib.suppress(OSError):  # gone; macOS: EPERM for a group of zombies
        os.killpg(pid, signal.SIGKILL)
    for stray in strays:
        _kill(stray)


def kill_marked(marks: "set[str]", others: "frozenset[int]" = frozenset()) -> None:
    """Send SIGKILL to every process but `others` that was started with one of these values of `MARK`, and to its
    descendants.

    So end those that left both the group and the family: setsid, and their parent is gone. Linux only: where there is
    no /proc they stay, as does one that hides its environment, too.
    """
    wanted = [f"{MARK}={mark}".encode() for mark in marks if mark]
    blank: set[int] = set()
    for _ in range(_PASSES if wanted else 0):
        found, before, blank = [], blank, set()
        for pid in processes() - others:
            variables = _read(f"/proc/{pid}/environ")
            if not set(variables.split(b"\0")).isdisjoint(wanted):
                found.append(pid)
            elif not variables and _has_program(pid):
                blank.add(pid)
        for pid in found:
            for stray in [pid, *_descendants(pid)]:
                _kill(stray)
        # In the middle of exec a process has neither arguments nor environment (Linux, fs/exec.c: begin_new_exec).
        if not found and all(pid in before and _read(f"/proc/{pid}/cmdline") for pid in blank):
            break
        time.sleep(_PAUSE)


def _kill(pid: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)


def processes() -> "frozenset[int]":
    """List all processes that run; none where there is no /proc."""
    return frozenset(int(name) for name in _names("/proc") if name.isdigit())


def _has_program(pid: int) -> bool:
    """Tell whether a process runs a program: zombies and threads of the kernel have none; another user's cannot be
    seen."""
    try:
        return bool(os.readlink(f"/proc/{pid}/exe"))  # noqa: PTH115  pathlib would double the start
    except OSError:
        return False


def _descendants(pid: int) -> "list[int]":
    """Find the descendants of a process. On Linux each thread has children of its own."""
    found: list[int] = []
    for thread in _names(f"/proc/{pid}/task"):
        for child in _read(f"/proc/{pid}/task/{thread}/children").split():
            found += [int(child), *_descendants(int(child))]
    return found


def _names(folder: str) -> "list[str]":
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return [entry.name for entry in entries]
    return []


def _read(path: str) -> bytes:
    with contextlib.suppress(OSError), os.fdopen(os.open(path, os.O_RDONLY), "rb", 0) as file:
        return file.read()
    return b""  # it has ended, or is not ours


if __name__ == "__main__":
    main()
