"""The console of `emulate serve`: what happens, told in lines of text to a person."""

import asyncio
import time
from collections.abc import Callable, Collection, Hashable
from typing import Any

from emulator.aws.api import Api
from emulator.console.blocks import HOLD, Blocks
from emulator.console.init_errors import InitErrors
from emulator.console.lines import Lines, repeats_error
from emulator.console.peak_memory import PeakMemory
from emulator.console.writer import Writer
from emulator.exchange import Enforced, Exchange
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
from emulator.history.history import Bug, History, LookedAtAgain, News, ReviewedExchange

LINE = 64
"""Bytes that a line counts for beside its own while it waits to be told."""

NOTES = 1024
"""Notes remembered as told: more than a deployment has routes, and little memory."""


class Console:
    """Tells in the order things happened, but the log lines of one invocation together; all in its turn of `history`.
    Its methods are called on the event loop's thread."""

    def __init__(self, writer: Writer, lines: Lines, history: History, *, platform_logs: bool = True) -> None:
        """Subscribe to `history`, and write with `writer`. `platform_logs` False leaves out Lambda's own log lines."""
        self._writer = writer
        self._lines = lines
        self._history = history
        self._platform_logs = platform_logs
        self._blocks = Blocks(lines.margin)
        self._overdue: asyncio.TimerHandle | None = None
        self._of_log: dict[type[LogEvent], Callable[[Any], list[str]]] = {
            OutputLine: self._output,
            InvocationStart: self._start,
            InvocationReport: self._report,
            InitReport: self._init_report,
        }
        self._memory = PeakMemory()
        self._init_errors = InitErrors()
        self._noted: set[Hashable] = set()
        history.subscribe(self._news, writer.pause)

    def log(self, event: LogEvent) -> None:
        """Tell what CloudWatch Logs would get."""
        weight = len(event.text) + LINE if isinstance(event, OutputLine) else 0
        self._history.in_turn(self._log, event, weight)

    def init_error(self, function: str, error: FunctionError) -> None:
        """Tell of a function that does not start: when it happens, before any request asks for it, and once a save."""
        if (failure := self._init_errors.add(function, error)) is not None:
            self._put(lambda: self._init_errors.tell(failure, self._lines.function_error))

    def reloading(self, files: Collection[str], functions: Collection[str]) -> None:
        """Tell that files were saved, and with them the code of functions changed."""
        self._init_errors.renew()
        self._put(lambda: self._reloaded(sorted(files), sorted(functions)))

    def endpoint(self, api: Api, url: str, width: int) -> None:
        """Tell where an API listens."""
        self._put(lambda: [self._lines.endpoint(api, url, width)])

    def ready(self, *, reloads: bool) -> None:
        """Tell that all APIs answer; whether a save reloads."""
        self._put(lambda: [self._lines.ready(reloads=reloads)])

    def debugger(self, function: str, port: int, kind: str) -> None:
        """Tell where an editor attaches to a function; `kind` is the debugger's name."""
        self._put(lambda: [self._lines.debugger(function, port, kind)])

    def note(self, text: str) -> None:
        """Tell what emulate has done, like a reload."""
        self._put(lambda: [self._lines.note(text)])

    def problem(self, text: str) -> None:
        """Tell what the user has to mend before it takes effect."""
        self._put(lambda: [self._lines.problem(text)])

    def warning(self, text: str) -> None:
        """Tell what will surprise the user, and is served all the same."""
        self._put(lambda: [self._lines.warning(text)])

    def flush(self) -> None:
        """Tell and write all that has happened so far, what is held for its request too."""
        self._put(self._blocks.rest)
        self._history.finish()

    def finish(self) -> bool:
        """Do what `flush` does, and wait for a reader as long as it reads; return whether all was written."""
        self.flush()
        return self._writer.finish()

    def _put(self, lines: Callable[[], list[str]]) -> None:
        """Write the lines that `lines` makes when its turn comes."""
        self._history.in_turn(self._tell, lines)

    def _tell(self, lines: Callable[[], list[str]]) -> None:
        self._writer.add(lines())

    def _log(self, event: LogEvent) -> None:
        self._writer.add(self._of_log[type(event)](event))

    def _news(self, news: News) -> None:
        match news:
            case ReviewedExchange():
                self._writer.add(self._reviewed(news))
            case LookedAtAgain(exchange, finding):
                self._writer.add([self._lines.about(exchange), *self._lines.finding(finding)])
            case Bug(traceback):
                self._writer.add(["emulate has a bug; please report this:", *traceback.splitlines()])

    def _output(self, event: OutputLine) -> list[str]:
        if event.request_id is None:
            self._look_after()
        return self._blocks.add(event.function, event.request_id, event.text, time.perf_counter())

    def _start(self, event: InvocationStart) -> list[str]:
        self._look_after()
        begun = self._lines.platform(start_lines(event)) if self._platform_logs else []
        return self._blocks.begin(event.function.name, event.request_id, begun, time.perf_counter())

    def _report(self, event: InvocationReport) -> list[str]:
        now = time.perf_counter()
        used = self._memory.of(event, now)
        lines = self._lines.platform(report_lines(event, used)) if self._platform_logs else []
        if used is not None and self._memory.is_news(event.function, used):
            lines.append(self._lines.too_much_memory(used, event.function.memory_size))
        error = event.result if isinstance(event.result, FunctionError) else None
        return self._blocks.end(event.function.name, event.request_id, error, lines, now)

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
        self._put(self._pass_on_overdue)

    def _pass_on_overdue(self) -> list[str]:
        """Pass on what has been held long enough, after all that had happened when it was asked for."""
        lines = self._blocks.overdue(time.perf_counter())
        if self._blocks:
            self._look_after()
        return lines

    def _reviewed(self, reviewed: ReviewedExchange) -> list[str]:
        exchange, review = reviewed.exchange, reviewed.review
        error = exchange.result if isinstance(exchange.result, FunctionError) else None
        is_error_shown = error is not None and error.kind is not FunctionErrorKind.INIT
        printed = self._blocks.answer(exchange.stamp.request_id, is_error_shown=is_error_shown)
        lines = [self._lines.request(exchange, review)]
        if isinstance(exchange.outcome, Enforced):
            lines.append(self._lines.enforced(exchange.outcome))
            if not exchange.outcome.is_sent:
                return lines  # the preflight's lines have said it
        said = [finding for finding in review.findings if not repeats_error(finding, exchange)]
        findings = [finding for finding in said if self._is_news(exchange, finding)]
        if not findings or error is not None:
            lines += self._lines.cause(exchange)  # else a finding's evidence says it
        return lines + self._lines.findings(review, findings) + printed

    def _is_news(self, exchange: Exchange, finding: Finding) -> bool:
        """Tell whether a finding is to be told: a note only once, and again after a change; of each API, fix by fix."""
        if finding.severity is not Severity.NOTE:
            return True
        told = (id(exchange.api), finding.name, finding.fix)
        if told in self._noted:
            return False
        if len(self._noted) >= NOTES:
            self._noted.clear()
        self._noted.add(told)
        return True
