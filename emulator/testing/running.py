"""The functions of one configuration on an event loop in a thread of their own, for callers that have none."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, TypeVar

import httpx

from emulator.aws.api import Api
from emulator.config.load import load
from emulator.deployment import DomainEndpoint
from emulator.exchange import Exchange
from emulator.frontends import stand_ins
from emulator.functions.code_look import origin_reads
from emulator.functions.invocation import LogEvent, OutputLine
from emulator.functions.pool import Pool
from emulator.testing.in_process import InProcess, numbered, numbered_domains

T = TypeVar("T")


class Running:
    """The APIs of a configuration with their functions, which stay warm from call to call until `close`."""

    def __init__(self, config: Path, env_files: tuple[Path, ...] = ()) -> None:
        """Read the configuration; no process is started before a function is called. Raises ConfigError with all
        problems at once."""
        self.deployment = load(config, env_files).deployment
        self.apis: Mapping[int, Api] = numbered(self.deployment)
        self.domains: Mapping[int, DomainEndpoint] = numbered_domains(self.deployment)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="emulate", daemon=True)
        self._thread.start()
        project = config.resolve().parent
        self.origin_reads = origin_reads(self.deployment.functions, project, dict(os.environ))
        self._pool = self.run(self._open(project))

    async def _open(self, project: Path) -> Pool:
        environ = dict(os.environ)
        return Pool(self.deployment.functions, environ, printed, lambda name, error: None, project)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the loop to its end; return its result."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def in_process(self) -> InProcess:
        """Make what answers for the APIs, with exchanges of its own."""
        return InProcess(self.apis, self._pool.invoke, stand_ins(self.deployment.frontends), self.domains)

    def close(self) -> None:
        """End every process of a function, and the loop."""
        self.run(self._pool.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def printed(event: LogEvent) -> None:
    """Show on standard error what a function prints, which pytest captures for the test that is running."""
    if isinstance(event, OutputLine):
        sys.stderr.write(f"{event.function} │ {event.text}\n")


class BlockingTransport(httpx.BaseTransport):
    """A transport to the APIs of `running`, which `kept` gets each exchange of; all else goes out to the network."""

    def __init__(self, running: Running, kept: Callable[[Exchange], None]) -> None:
        self._running = running
        self._in_process = running.in_process()
        self._kept = kept
        self._beyond: httpx.HTTPTransport | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        api = self._in_process.api_of(request.url)
        if api is None:
            self._beyond = self._beyond or httpx.HTTPTransport()
            return self._beyond.handle_request(request)
        request.read()
        response = self._running.run(self._in_process.answer(api, request))
        self._kept(self._in_process.exchanges.pop())
        return response

    def close(self) -> None:
        if self._beyond is not None:
            self._beyond.close()
