"""The console of `emulate serve`: what happens is queued at once and written in batches, off the path of a request."""

import asyncio
import time
import traceback
from collections import deque
from collections.abc import Callable, Collection, Hashable
from typing import TextIO

from emulator.aws.api import Api
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.finding import NOTHING, Finding, Review
from emulator.functions.invocation import FunctionError, LogEvent, OutputLine
from emulator.server.console_lines import Lines

BATCH = 0.005
"""Seconds from the first queued item to the write: below what a person sees, above what a request takes."""

SLICE = 0.0003
"""Seconds of reviewing at a stretch: a request that comes meanwhile waits no longer."""


class Console:
    """Writes to `stream` in the order things happened. Its methods are called on the event loop's thread;
    `on_reader_gone` is called once, when nobody reads the stream any more."""

    def __init__(
        self,
        stream: TextIO,
        lines: Lines,
        frontends: Callable[[], tuple[Frontend, ...]],
        on_reader_gone: Callable[[], None] = lambda: None,
    ) -> None:
        self._stream = stream
        self._lost = False
        self._on_reader_gone = on_reader_gone
        self._lines = lines
        self._frontends = frontends
        self._queue: deque[Callable[[], list[str]]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._init_errors: dict[str, tuple[str, str]] = {}
        self._preflights: dict[Hashable, asyncio.TimerHandle] = {}

    def observe(self, exchange: Exchange) -> None:
        """An exchange whose answer has gone out."""
        self._put(lambda: self._exchange(exchange))

    def log(self, event: LogEvent) -> None:
        """What CloudWatch Logs would get."""
        if isinstance(event, OutputLine):
            self._put(lambda: [self._lines.output(event)])

    def init_error(self, function: str, error: FunctionError) -> None:
        """A function that does not start: shown when it happens, before any request asks for it, and once a save."""
        shown = (error.error_type, error.error_message)
        if self._init_errors.get(function) != shown:
            self._init_errors[function] = shown
            self._put(lambda: self._lines.function_error(function, error))

    def reloading(self, files: Collection[str], functions: Collection[str]) -> None:
        """Files were saved, and with them the code of functions changed."""
        for function in functions:
            self._init_errors.pop(function, None)
        self._put(lambda: [self._lines.reloading(sorted(files), sorted(functions))])

    def endpoint(self, api: Api, url: str, width: int) -> None:
        """Where an API listens."""
        self._put(lambda: [self._lines.endpoint(api, url, width)])

    def debugger(self, function: str, port: int, kind: str) -> None:
        """Where an editor attaches."""
        self._put(lambda: [self._lines.debugger(function, port, kind)])

    def note(self, text: str) -> None:
        self._put(lambda: [self._lines.note(text)])

    def problem(self, text: str) -> None:
        self._put(lambda: [self._lines.problem(text)])

    def flush(self) -> None:
        """Write all that is queued."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._write(float("inf"))

    def _flush_some(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = None
        self._write(time.perf_counter() + SLICE)
        if self._queue:
            self._timer = loop.call_later(BATCH / 5, self._flush_some)

    def _write(self, until: float) -> None:
        """What is queued, in order, as far as it is ready by `until`; at least one item."""
        lines: list[str] = []
        while self._queue and (not lines or until > time.perf_counter()):
            lines += told(self._queue.popleft())
        if lines and not self._lost:
            self._write_text("".join(f"{line}\n" for line in lines))

    def _write_text(self, text: str) -> None:
        """A console that cannot be written costs no request. A reader that went away (`emulate serve | head`) ends
        the run, as it ends any program of a pipe; a full disk does not."""
        try:
            self._stream.write(text)
            self._stream.flush()
        except BrokenPipeError:
            self._lost = True
            self._on_reader_gone()
        except OSError:
            self._lost = True

    def _put(self, item: Callable[[], list[str]]) -> None:
        self._queue.append(item)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(BATCH, self._flush_some)

    def _exchange(self, exchange: Exchange) -> list[str]:
        reviewed = self._review(exchange) if exchange.request.is_cross_origin else NOTHING
        lines = [self._lines.request(exchange, reviewed)]
        if not reviewed.findings or isinstance(exchange.result, FunctionError):
            lines += self._lines.cause(exchange)  # else a finding's evidence says it
        for finding in reviewed.findings:
            lines += self._lines.finding(finding)
        return lines

    def _review(self, exchange: Exchange) -> Review:
        """The verdict; and of a doubtful preflight, a watch for its request, which ends the watch."""
        # The model of the browser is a third of the start-up, and has no work before the first page calls.
        from emulator.findings import pairing
        from emulator.findings.review import review

        reviewed = review(exchange, self._frontends())
        call = pairing.call_of(exchange)
        if (waiting := self._preflights.pop(call, None)) is not None:
            waiting.cancel()
        if (doubtful := pairing.doubt(exchange, reviewed)) is not None:
            loop = asyncio.get_running_loop()
            finding = pairing.unanswered(doubtful)
            self._preflights[call] = loop.call_later(pairing.PATIENCE, self._give_up, call, exchange, finding)
        return reviewed

    def _give_up(self, call: Hashable, exchange: Exchange, finding: Finding) -> None:
        del self._preflights[call]
        self._put(lambda: [self._lines.about(exchange), *self._lines.finding(finding)])


def told(item: Callable[[], list[str]]) -> list[str]:
    """An item's lines; a bug of ours in one of them costs that one only, and is shown whole."""
    try:
        return item()
    except Exception:  # whatever it is, the requests go on
        return ["emulate has a bug; please report this:", *traceback.format_exc().splitlines()]
