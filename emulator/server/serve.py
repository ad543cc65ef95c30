"""`emulate serve` until it is to end: with last words, and with keys where a person looks on."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from emulator.console.console import Console
from emulator.server.run import Serving, serve_while
from emulator.server.settings import Settings

if TYPE_CHECKING:
    from emulator.console.summary import Summary


def run(settings: Settings, environ: Mapping[str, str]) -> None:
    """Serve until SIGINT or SIGTERM. Raises EmulatorError when serving cannot begin."""
    serve_while(until_stopped, settings, environ)


async def until_stopped(serving: Serving) -> None:
    """Wait for the end, and tell at last what was found, as a log of docker compose or of a CI is read from its end;
    act on keys meanwhile, where they can be read."""
    console = serving.console
    if not isinstance(console, Console):
        await serving.stop.asked()
        return
    from emulator.console.summary import Summary

    summary = Summary()
    serving.history.subscribe(summary.add)
    with reading_keys(serving, console, summary) if serving.settings.has_keys else nullcontext():
        await serving.stop.asked()
    console.tell(lambda: summary.brief(serving.lines))


@contextmanager
def reading_keys(serving: Serving, console: Console, summary: Summary) -> Iterator[None]:
    """Read keys from the terminal, which is left as it was."""
    from emulator.console.commands import Commands
    from emulator.console.keys import Keys, clear_screen

    stream = serving.settings.stream
    commands = Commands(console, summary, serving.lines, serving.stop.ask, lambda: clear_screen(stream))
    keys = Keys(sys.stdin, commands.press)
    keys.start()
    try:
        yield
    finally:
        keys.stop()
