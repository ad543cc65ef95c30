"""Gives a terminal its mode back when emulate has no chance to: Ctrl-\\, a crash, SIGKILL.

Run as a program, beside the emulator. Standard output is the terminal, standard input a pipe from the emulator: a line
for each change of the mode, "<before>|<ours>". Its end means that the emulator ended; whoever has changed the mode by
then, as a shell does for its own lines, is left alone. Standard library only; imports nothing of ours.
"""

from __future__ import annotations

import contextlib
import sys
import termios

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TERMINAL = 1


def written(mode: list[Any]) -> str:
    """Write a mode, as `termios.tcgetattr` reads it, as numbers."""
    *flags, characters = mode
    return " ".join(str(one if isinstance(one, int) else one[0]) for one in (*flags, *characters))


def read(text: str) -> list[Any]:
    """Read what `written` wrote, for `termios.tcsetattr`."""
    numbers = list(map(int, text.split()))
    return [*numbers[:6], numbers[6:]]


def main() -> None:
    """Keep the last two modes until the pipe ends, then set the one of before if the terminal has still ours."""
    before = ours = ""
    for line in sys.stdin:
        before, _, ours = line.strip().partition("|")
    with contextlib.suppress(termios.error):  # it has hung up
        if ours and written(termios.tcgetattr(TERMINAL)) == ours:
            termios.tcsetattr(TERMINAL, termios.TCSANOW, read(before))


if __name__ == "__main__":
    main()
