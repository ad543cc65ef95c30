"""The console of `emulate serve`: what happens is queued at once and written in batches, off the path of a request."""

import asyncio
import time
import traceback
from collections import deque
from collections.abc import Callable, Collection, Hashable
from typing import Any, TextIO

from emulator.aws.api import Api
from emulator.console.blocks import HOLD, Blocks
from emulator.console.init_errors import InitErrors
from emulator.console.lines import Lines
from emulator.console.peak_memory import PeakMemory
from emulator.exchange import Exchange
from emulator.findings.finding import Finding, Severity
from emulator.functions.invocation import (
    FunctionError,
    FunctionErrorKind,
    InitReport,
    InvocationReport,
    InvocationStart,
    LogEvent,
    OutputLine,
)
from emulator.functions.platform_log import init_report_lines, report_lines, start_lines
from emulator.history.history import History, LookedAtAgain, ReviewedExchange, weight
from emulator.history.preflight_watch import Awaited

BATCH = 0.005
"""Seconds from the first queued item to the write: below what a person sees, above what a request takes."""

SLICE = 0.0003
"""Seconds of reviewing at a stretch: a request that comes meanwhile waits no longer."""

BACKLOG = 1024 * 1024
"""Characters printed by functions and not yet written, and bytes of exchanges not yet told, from which on who brings
more waits for the console: a review takes as long as a request, and a flood of requests must not pile up."""

LINE = 64
"""Characters that a line counts for beside its own."""

NOTES = 1024
"""Notes remembered as told: more than a deployment has routes, and little memory."""


class Console:
    """Writes to `stream` in the order things happened, but an invocation's log lines together. Its methods are called
    on the event loop's thread; `on_reader_gone` is called once, when nobody reads the stream any more."""

    def __init__(
        self,
        stream: TextIO,
        lines: Lines,
        history: History,
        on_reader_gone: Callable[[], None] = lambda: None,
        *,
        platform_logs: bool = True,
    ) -> None:
        """`platform_logs` False leaves out Lambda's own log lines."""
        self._stream = stream
        self._reader_gone = False
        self._unwritten = 0
        self._why = ""
        self._on_reader_gone = on_reader_gone
        self._lines = lines
        self._history = history
        self._queue: deque[tuple[Callable[[Any], list[str]], Any]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._platform_logs = platform_logs
        self._blocks = Blocks(lines.margin)
        self._overdue: asyncio.TimerHandle | None = None
        self._told: list[str] = []
        self._now = self._write_due = 0.0
        self._backlog = 0
        self._of_log: dict[type[LogEvent], Callable[[Any], list[str]]] = {
            OutputLine: self._output,
            InvocationStart: self._start,
            InvocationReport: self._report,
            InitReport: self._init_report,
        }
        self._memory = PeakMemory()
        self._init_errors = InitErrors()
        self._noted: set[Hashable] = set()
        history.subscribe(self._reviewed)

    def observe(self, exchange: Exchange) -> None:
        """An exchange whose answer has gone out."""
        self._backlog += weight(exchange)
        self._put(self._review, self._history.answered(exchange))

    def log(self, event: LogEvent) -> None:
        """What CloudWatch Logs would get."""
        if isinstance(event, OutputLine):
            self._backlog += len(event.text) + LINE
        self._put(self._of_log[type(event)], event)

    def init_error(self, function: str, error: FunctionError) -> None:
        """A function that does not start: shown when it happens, before any request asks for it, and once a save."""
        if (failure := self._init_errors.add(function, error)) is not None:
            self._put_words(lambda: self._init_errors.tell(failure, self._lines.function_error))

    def reloading(self, files: Collection[str], functions: Collection[str]) -> None:
        """Files were saved, and with them the code of functions changed."""
        self._init_errors.renew()
        self._put_words(lambda: self._reloaded(sorted(files), sorted(functions)))

    def endpoint(self, api: Api, url: str, width: int) -> None:
        """Where an API listens."""
        self._put_words(lambda: [self._lines.endpoint(api, url, width)])

    def debugger(self, function: str, port: int, kind: str) -> None:
        """Where an editor attaches."""
        self._put_words(lambda: [self._lines.debugger(function, port, kind)])

    def note(self, text: str) -> None:
        self._put_words(lambda: [self._lines.note(text)])

    def problem(self, text: str) -> None:
        self._put_words(lambda: [self._lines.problem(text)])

    def warning(self, text: str) -> None:
        self._put_words(lambda: [self._lines.warning(text)])

    @property
    def is_behind(self) -> bool:
        """Whether the last of what happened could not be written."""
        return self._unwritten > 0

    def flush(self) -> None:
        """Write all that is queued."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._queue.append((call, self._blocks.rest))
        self._tell(float("inf"))
        self._write()

    def _flush_some(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = None
        self._tell(time.perf_counter() + SLICE)
        if self._queue:
            self._timer = loop.call_later(BATCH / 5, self._flush_some)
        if not self._queue or self._now >= self._write_due:
            self._write()

    def _tell(self, until: float) -> None:
        """What is queued, in order, as far as it is ready by `until`; at least one item."""
        lines = self._told
        self._now = time.perf_counter()
        while self._queue:
            tell, what = self._queue.popleft()
            try:
                lines += tell(what)
            except Exception:  # a bug of ours costs these lines only, and is shown whole
                lines += ["emulate has a bug; please report this:", *traceback.format_exc().splitlines()]
            self._now = time.perf_counter()
            if self._now >= until:
                break

    def _write(self) -> None:
        """What has been told. Under load not after every slice: a write costs as much as several requests' lines."""
        lines, self._told = self._told, []
        self._write_due = self._now + BATCH
        if lines and not self._reader_gone:
            self._write_lines(lines)

    def _write_lines(self, lines: list[str]) -> None:
        """A console that cannot be written costs no request. A reader that went away (`emulate serve | head`) ends
        the run, as it ends any program of a pipe; a full disk does not, and is tried again with the next lines."""
        text = "\n".join([*lines, ""])
        try:
            if self._unwritten:
                self._stream.flush()  # what it may still have of the lines that failed first
                text = f"\n{self._lines.missing(self._unwritten, self._why)}\n{text}"
            self._stream.write(text)
            self._stream.flush()
            self._unwritten = 0
        except BrokenPipeError:
            self._reader_gone = True
            self._on_reader_gone()
        except OSError as error:
            self._unwritten += len(lines)
            self._why = error.strerror or type(error).__name__

    def _put_words(self, item: Callable[[], list[str]]) -> None:
        self._put(call, item)

    def _put(self, tell: Callable[[Any], list[str]], what: object) -> None:
        """`tell` makes the lines of `what` when its turn comes."""
        self._queue.append((tell, what))
        if self._backlog > BACKLOG:
            self._tell(time.perf_counter() + SLICE)
            self._write()
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(BATCH, self._flush_some)

    def _output(self, event: OutputLine) -> list[str]:
        self._backlog -= len(event.text) + LINE
        if event.request_id is None:
            self._look_after()
        return self._blocks.add(event.function, event.request_id, event.text, self._now)

    def _start(self, event: InvocationStart) -> list[str]:
        self._look_after()
        begun = self._lines.platform(start_lines(event)) if self._platform_logs else []
        return self._blocks.begin(event.function.name, event.request_id, begun, self._now)

    def _report(self, event: InvocationReport) -> list[str]:
        used = self._memory.of(event, self._now)
        lines = self._lines.platform(report_lines(event, used)) if self._platform_logs else []
        if used is not None and self._memory.is_news(event.function, used):
            lines.append(self._lines.too_much_memory(used, event.function.memory_size))
        error = event.result if isinstance(event.result, FunctionError) else None
        return self._blocks.end(event.function.name, event.request_id, error, lines, self._now)

    def _init_report(self, event: InitReport) -> list[str]:
        failed = self._lines.platform(init_report_lines(event)) if self._platform_logs else []
        return self._blocks.init_failed(event.function.name, event.error, failed)

    def _reloaded(self, files: list[str], functions: list[str]) -> list[str]:
        self._memory.renew(functions)
        self._init_errors.saved(functions)
        self._noted.clear()
        return [self._lines.reloading(files, functions)]

    def _look_after(self) -> None:
        """See to it that what is held is passed on in time."""
        if self._overdue is None:
            self._overdue = asyncio.get_running_loop().call_later(HOLD / 2, self._ask_for_overdue)

    def _ask_for_overdue(self) -> None:
        self._overdue = None
        self._put(self._pass_on_overdue, None)

    def _pass_on_overdue(self, _: None) -> list[str]:
        """Comes after all that had happened when it was asked for."""
        lines = self._blocks.overdue(self._now)
        if self._blocks:
            self._look_after()
        return lines

    def _review(self, answered: Exchange | Awaited) -> list[str]:
        """Its lines come by way of the subscription."""
        self._backlog -= weight(answered.exchange if isinstance(answered, Awaited) else answered)
        self._history.review(answered)
        return []

    def _reviewed(self, what: ReviewedExchange | LookedAtAgain) -> None:
        if isinstance(what, ReviewedExchange):
            self._told += self._told_of(what)
        else:
            self._again(what.exchange, what.finding)

    def _again(self, exchange: Exchange, finding: Finding) -> None:
        self._put_words(lambda: [self._lines.about(exchange), *self._lines.finding(finding)])

    def _told_of(self, reviewed: ReviewedExchange) -> list[str]:
        exchange, review = reviewed.exchange, reviewed.review
        error = exchange.result if isinstance(exchange.result, FunctionError) else None
        is_error_shown = error is not None and error.kind is not FunctionErrorKind.INIT
        lines = self._blocks.answer(exchange.stamp.request_id, is_error_shown=is_error_shown)
        lines.append(self._lines.request(exchange, review))
        findings = [finding for finding in review.findings if self._is_news(exchange, finding)]
        if not findings or error is not None:
            lines += self._lines.cause(exchange)  # else a finding's evidence says it
        for finding in findings:
            lines += self._lines.finding(finding)
        return lines

    def _is_news(self, exchange: Exchange, finding: Finding) -> bool:
        """What is only to be known is told once, and again after a change: of each API, fix by fix."""
        if finding.severity is not Severity.NOTE:
            return True
        told = (id(exchange.api), finding.name, finding.fix)
        if told in self._noted:
            return False
        if len(self._noted) >= NOTES:
            self._noted.clear()
        self._noted.add(told)
        return True


def call(item: Callable[[], list[str]]) -> list[str]:
    return item()
