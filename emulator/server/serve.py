"""`emulate serve` until it is to end: with keys and last words where a person looks on."""

import sys
from collections.abc import Mapping

from emulator.console.console import Console
from emulator.server.run import Serving, Settings, serve_while


def run(settings: Settings, environ: Mapping[str, str]) -> None:
    """Serve until SIGINT or SIGTERM. Raises EmulatorError when serving cannot begin."""
    serve_while(until_stopped, settings, environ)


async def until_stopped(serving: Serving) -> None:
    """Wait for the end; on a terminal act on keys, where they can be read, and tell at last what was found."""
    console = serving.console
    if not serving.settings.is_terminal or not isinstance(console, Console):
        await serving.stop.asked()
        return
    from emulator.console.commands import Commands
    from emulator.console.keys import Keys, clear_screen
    from emulator.console.summary import Summary

    summary, stream = Summary(), serving.settings.stream
    serving.history.subscribe(summary.add)
    commands = Commands(console, summary, serving.lines, serving.stop.ask, lambda: clear_screen(stream))
    keys = Keys(sys.stdin, commands.press) if serving.settings.has_keys else None
    if keys is not None:
        keys.start()
    try:
        await serving.stop.asked()
    finally:
        if keys is not None:
            keys.stop()
    console.tell(lambda: summary.brief(serving.lines))
