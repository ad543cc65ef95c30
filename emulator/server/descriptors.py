"""How many files and connections `emulate serve` may have open: as many as the system allows it, for each running
function needs a few. Shells give 256 (macOS) or 1024 until they are told otherwise."""

import contextlib
import functools
import resource

from emulator.errors import EmulatorError
from emulator.functions.shortage import PER_ENVIRONMENT, RESERVE

OURS = 24
"""How many file descriptors are open before the first function runs, listening sockets among them."""

MOST = 65_536
"""How many file descriptors are of use; some systems have a limit of a thousand million, and programs that close them
all one by one."""


_DOCKER = "docker run: --ulimit nofile=..."


@functools.cache
def raise_limit() -> int | None:
    """Raise the soft limit to the hard one. Return the soft limit there was, which functions get back (Lambda gives
    them 1,024; AWS: Lambda quotas, "File descriptors"); None when it stays as it is. Asked again it answers the same.
    Raises EmulatorError when not one function could run."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    before = None
    # macOS calls its hard limit infinite, and refuses more than OPEN_MAX.
    for wanted in (MOST if hard < 0 else min(hard, MOST), 10_240):
        if 0 <= soft < wanted and before is None:
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
                before = soft
    if enough_for() == 0:
        raise EmulatorError(f"{_have()}, and it needs {OURS + RESERVE + PER_ENVIRONMENT}. {_fix(1)}")
    return before


def too_few_for(functions: int) -> str | None:
    """Say so, in a sentence, when not every function can have an environment; else None."""
    enough = enough_for()
    if enough is None or enough >= functions:
        return None
    return f"{_have()}: enough for about {enough} of the {functions} functions to run. {_fix(functions)}"


def enough_for() -> int | None:
    """Count how many functions can have an environment; None means any number."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft < 0 else max(0, soft - OURS - RESERVE) // PER_ENVIRONMENT


def _have() -> str:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return f"The system lets emulate have {soft} files and connections open at once"


def _fix(functions: int) -> str:
    wanted = max(4096, 2 * (OURS + RESERVE + PER_ENVIRONMENT * functions))
    return f"Before starting it, run ulimit -n {wanted} (as root where that is refused; {_DOCKER})."
