"""Whether `emulate serve` is what a container runs."""

import os
from pathlib import Path

MARKS = (Path("/.dockerenv"), Path("/run/.containerenv"))
"""Files that Docker and Podman put into every container."""


def runs_as_container() -> bool:
    """Tell whether this is a container's own program: its first process, or that one's child (`docker run --init`). A
    terminal inside a container is a developer's machine like any other."""
    return os.getpid() == 1 or (os.getppid() == 1 and any(mark.exists() for mark in MARKS))
