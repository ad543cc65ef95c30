"""`emulate serve`, from the configuration to Ctrl-C."""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from emulator.config.load import Loaded, load
from emulator.deployment import Frontend
from emulator.errors import EmulatorError
from emulator.functions.pool import Pool
from emulator.reload.changes import Changes, touched
from emulator.reload.watch import Watcher
from emulator.server.console import Console
from emulator.server.console_lines import Lines, url_of
from emulator.server.live import LiveDeployment


@dataclass(frozen=True, slots=True)
class Settings:
    """The command line of `serve`. `port` is the first API's, None when the configuration decides."""

    config: Path
    host: str
    port: int | None
    reload: bool = True
    poll: bool = False
    colour: bool = False


def run(settings: Settings, environ: Mapping[str, str]) -> None:
    """Serve until SIGINT or SIGTERM. Raises ConfigError or AddressError when serving cannot begin."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    logging.getLogger("uvicorn.error").addFilter(reword)
    began = time.time()
    loaded = load(settings.config)
    with asyncio.Runner(loop_factory=event_loop_factory()) as runner:
        runner.run(Serving(settings, environ, loaded, began).run())


REWORDED = {
    "Invalid HTTP request received.": (
        "A request was not valid HTTP: https sent to this http port, an unknown method, or a malformed or overlong "
        "line."
    ),
    "Unsupported upgrade request.": "A page asked for a WebSocket. WebSocket APIs are not emulated.",
}


def reword(record: logging.LogRecord) -> bool:
    """uvicorn's warnings in the words of our users; what would send them to install something is left out."""
    record.msg = REWORDED.get(record.msg, record.msg)
    return "No supported WebSocket library" not in record.msg


def event_loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    """uvloop where it exists: it halves the time of a request."""
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.Loop


class Serving:
    """One run of `emulate serve`: what is served, by which environments, watched by whom."""

    def __init__(self, settings: Settings, environ: Mapping[str, str], loaded: Loaded, began: float) -> None:
        """`began` is the Unix time, in seconds, before the configuration was read: later saves are changes."""
        self._settings = settings
        self._loaded = loaded
        self._began = began
        self._stop = asyncio.Event()
        lines = Lines(colour=settings.colour, zone=None)
        self._console = Console(sys.stdout, lines, self._frontends, self._reader_gone)
        self._pool = Pool(
            loaded.deployment.functions,
            environ,
            self._console.log,
            self._console.init_error,
            project=settings.config.resolve().parent,
        )
        self._live = LiveDeployment(settings.host, settings.port, self._pool.invoke, self._console.observe)
        self._reloads: set[asyncio.Task[None]] = set()
        self._reloading = asyncio.Lock()
        self._watcher: Watcher | None = None

    def _reader_gone(self) -> None:
        """End as any program of a pipe does (Python: signal, "Note on SIGPIPE"), with no last words for the pipe."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        self._stop.set()

    def _frontends(self) -> tuple[Frontend, ...]:
        return self._loaded.deployment.frontends

    async def run(self) -> None:
        """Returns when a signal has come and every child process is gone."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)
        try:
            await self._live.publish(self._live.prepare(self._loaded.deployment))
            self._announce()
            if self._settings.reload:
                self._watcher = self._watch()
            await self._stop.wait()
        finally:
            self._live.close()
            await self._pool.close()
            if self._watcher is not None:
                self._watcher.stop()
            self._console.flush()

    def _announce(self) -> None:
        """Where each API is, then the word that scripts wait for."""
        self._list_endpoints()
        self._console.note("Ready. Saving reloads, Ctrl-C stops." if self._settings.reload else "Ready. Ctrl-C stops.")
        self._console.flush()

    def _list_endpoints(self) -> None:
        published = self._live.published
        width = max((len(one.api.name) for one in published), default=0)
        for one in published:
            self._console.endpoint(one.api, url_of(one.api, self._settings.host, one.port), width)

    def _watch(self) -> Watcher:
        watcher = Watcher(*watched(self._loaded), self._settings.poll, self._changed, self._console.problem)
        watcher.start(self._began)
        return watcher

    def _changed(self, changes: Changes) -> None:
        """Code first, at once; then, when it changed too, the configuration."""
        code = {name: function.code_uri for name, function in self._loaded.deployment.functions.items()}
        what = touched(changes.paths, code, self._loaded.config_files)
        if not changes.complete:
            self._pool.invalidate(what.functions)
            return
        if what.functions:
            self._pool.replace(what.functions)
            files = {path.name for path in changes.paths if path not in self._loaded.config_files}
            self._console.reloading(files, what.functions)
        if what.configuration:
            task = asyncio.get_running_loop().create_task(self._reconfigure())
            self._reloads.add(task)
            task.add_done_callback(self._reloads.discard)

    async def _reconfigure(self) -> None:
        """Swap the whole deployment, or keep the old one and say why."""
        async with self._reloading:
            try:
                loaded = load(self._settings.config)
                prepared = self._live.prepare(loaded.deployment)
            except EmulatorError as error:
                self._console.problem(f"{error}\nThe configuration served before stays in place.")
                return
            self._loaded = loaded
            self._pool.update(loaded.deployment.functions)
            await self._live.publish(prepared)
            if self._watcher is not None:
                self._watcher.update(*watched(loaded))
            self._console.note(f"Saved {self._settings.config.name}: now serving")
            self._list_endpoints()


def watched(loaded: Loaded) -> tuple[frozenset[Path], tuple[Path, ...]]:
    """The code folders and the configuration files."""
    return frozenset(function.code_uri for function in loaded.deployment.functions.values()), loaded.config_files
