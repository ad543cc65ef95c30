"""Runs as a process of its own beside the emulator: kills the environments' process groups when the emulator is gone.

Standard input is a pipe from the emulator: "+<pgid>" and "-<pgid>", one a line. Its end means that the emulator ended,
also when by SIGKILL, which gives it no chance to clean up. Standard library only; imports nothing of ours.
"""

import os
import signal
import sys


def main() -> None:
    """Keep the list until the pipe ends, then kill what is on it."""
    alive = set()
    for line in sys.stdin:
        group = int(line[1:])
        if line.startswith("+"):
            alive.add(group)
        else:
            alive.discard(group)
    for group in alive:
        try:
            os.killpg(group, signal.SIGKILL)
        except OSError:
            continue


if __name__ == "__main__":
    main()
