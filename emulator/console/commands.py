"""What the keys do that may be pressed while `serve` runs on a terminal. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from emulator.console.console import Console
    from emulator.console.lines import Lines
    from emulator.console.summary import Summary

HINT = "f findings  b blocked only  c clear  q quit"


class Commands:
    """Acts on keys: `end` ends the run, `erase` erases the screen."""

    def __init__(
        self, console: Console, summary: Summary, lines: Lines, end: Callable[[], None], erase: Callable[[], None]
    ) -> None:
        self._of_key: dict[str, Callable[[], None]] = {
            "f": lambda: console.tell(lambda: summary.lines(lines)),
            "b": console.toggle_blocked_only,
            "c": lambda: console.clear(erase),
            "q": end,
        }

    def press(self, key: str) -> None:
        """Do what a key stands for; nothing for any other."""
        act = self._of_key.get(key.lower())
        if act is not None:
            act()
