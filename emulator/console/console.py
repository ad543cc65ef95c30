"""The console of `emulate serve`: what happens, told in lines of text to a person."""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from typing import Any

from emulator.aws.api import Api
from emulator.browser.verdict import Blocked, NetworkError
from emulator.console.blocks import HOLD, Blocks
from emulator.console.clock import now_ms
from emulator.console.glance import glance_of
from emulator.console.held_preflights import HeldPreflights
from emulator.console.init_errors import InitErrors
from emulator.console.lines import FIRST, Lines, repeats_error
from emulator.console.peak_memory import PeakMemory
from emulator.console.told_before import ToldBefore, ToldErrors
from emulator.console.writer import Writer
from emulator.deployment import Frontend, MappedUrl
from emulator.exchange import Enforced
from emulator.findings.calls import call_of
from emulator.findings.finding import Finding, Review, Severity
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
from emulator.history.history import (
    Bug,
    History,
    LookedAtAgain,
    Message,
    MessageKind,
    News,
    Reloaded,
    ReviewedExchange,
)

LINE = 64
"""Bytes that a line counts for beside its own while it waits to be told."""


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
        self._told = ToldBefore()
        self._errors = ToldErrors()
        self._held = HeldPreflights()
        self._blocked_only = False
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
        self._history.say(Reloaded(tuple(sorted(files)), tuple(sorted(functions)), now_ms()))

    def endpoints(
        self, served: Sequence[tuple[Api, str]], frontends: Sequence[Frontend], mapped: Sequence[MappedUrl] = ()
    ) -> None:
        """Tell where the APIs listen, by their URLs, where by custom domain names, and which pages are declared."""
        self._put(lambda: self._lines.endpoints(served, frontends, mapped))

    def ready(self, *, reloads: bool, seconds: float, keys: str = "") -> None:
        """Tell that all APIs answer, in how many seconds; whether a save reloads, and what `keys` there are."""
        self._put(lambda: [self._lines.ready(reloads=reloads, seconds=seconds, keys=keys)])

    def control(self, url: str) -> None:
        """Tell where the control port is."""
        self._put(lambda: [self._lines.control(url)])

    def debugger(self, function: str, port: int, kind: str) -> None:
        """Tell where an editor attaches to a function; `kind` is the debugger's name."""
        self._put(lambda: [self._lines.debugger(function, port, kind)])

    def note(self, text: str) -> None:
        """Tell what emulate has done, like a reload."""
        self._say(MessageKind.NOTE, text)

    def reconfigured(self, text: str) -> None:
        """Tell what a save of the configuration changed; what is still wrong is told in full again."""
        self._history.in_turn(lambda _: self._renew(), None)
        self.note(text)

    def problem(self, text: str, *, is_configuration: bool = False) -> None:
        """Tell what the user has to mend before it takes effect; `is_configuration` says that what was saved of the
        configuration is not served."""
        self._say(MessageKind.PROBLEM, text, is_configuration=is_configuration)

    def warning(self, text: str) -> None:
        """Tell what will surprise the user, and is served all the same."""
        self._say(MessageKind.WARNING, text)

    def tell(self, lines: Callable[[], list[str]]) -> None:
        """Tell lines that are made when their turn comes."""
        self._put(lines)

    def toggle_blocked_only(self) -> None:
        """Leave out all calls but those that a browser blocks, and what functions print, from now on, or no longer."""
        self._put(self._toggle_blocked_only)

    def clear(self, erase: Callable[[], None]) -> None:
        """Have `erase` erase all that has been told, so that it is told in full when it comes again."""
        self._history.in_turn(self._clear, erase)

    def flush(self) -> None:
        """Tell and write all that has happened so far, what is held for its request too."""
        self._put(lambda: self._held_until(float("inf")))
        self._history.finish()

    def finish(self) -> bool:
        """Do what `flush` does, and wait for a reader as long as it reads; return whether all was written."""
        self.flush()
        return self._writer.finish()

    def _say(self, kind: MessageKind, text: str, *, is_configuration: bool = False) -> None:
        self._history.say(Message(kind, text, now_ms(), is_configuration))

    def _put(self, lines: Callable[[], list[str]]) -> None:
        """Write the lines that `lines` makes when its turn comes."""
        self._history.in_turn(self._tell, lines)

    def _tell(self, lines: Callable[[], list[str]]) -> None:
        self._writer.add(lines())

    def _toggle_blocked_only(self) -> list[str]:
        self._blocked_only = not self._blocked_only
        self._renew()
        return [self._lines.note("Blocked calls only; b shows all." if self._blocked_only else "All calls.")]

    def _clear(self, erase: Callable[[], None]) -> None:
        self._writer.pause(True)
        self._renew()
        erase()

    def _log(self, event: LogEvent) -> None:
        lines = self._of_log[type(event)](event)
        if not self._blocked_only:
            self._writer.add(lines)

    def _news(self, news: News) -> None:
        match news:
            case ReviewedExchange():
                is_shown = not self._blocked_only or isinstance(news.review.verdict, Blocked | NetworkError)
                self._writer.add(self._reviewed(news, is_shown=is_shown))
            case LookedAtAgain(exchange, finding):
                self._writer.add([self._lines.about(exchange), *self._lines.finding(finding)])
            case Message(kind, text):
                said = {MessageKind.NOTE: self._lines.note, MessageKind.WARNING: self._lines.warning}
                self._writer.add([said.get(kind, self._lines.problem)(text)])
            case Reloaded(files, functions):
                self._writer.add(self._reloaded(list(files), list(functions)))
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
        self._renew()
        return [self._lines.reloading(files, functions)]

    def _renew(self) -> None:
        """Have everything told in full again that was told once."""
        self._told.renew()
        self._errors.renew()

    def _look_after(self) -> None:
        """See to it that what is held is passed on in time."""
        if self._overdue is None:
            self._overdue = asyncio.get_running_loop().call_later(HOLD / 2, self._ask_for_overdue)

    def _ask_for_overdue(self) -> None:
        self._overdue = None
        self._put(self._pass_on_overdue)

    def _pass_on_overdue(self) -> list[str]:
        """Pass on what has been held long enough, after all that had happened when it was asked for."""
        lines = self._held_until(time.perf_counter())
        if self._blocks or self._held:
            self._look_after()
        return lines

    def _held_until(self, now: float) -> list[str]:
        preflights = [line for late in self._held.overdue(now) for line in self._alone(late)]
        lines = preflights + self._blocks.overdue(now)
        return [] if self._blocked_only else lines

    def _reviewed(self, reviewed: ReviewedExchange, *, is_shown: bool) -> list[str]:
        """Make the lines of an exchange. One that is not shown has none, and nothing of it counts as told."""
        exchange, review = reviewed.exchange, reviewed.review
        error = exchange.result if isinstance(exchange.result, FunctionError) else None
        is_error_shown = error is not None and error.kind is not FunctionErrorKind.INIT
        printed = self._blocks.answer(exchange.stamp.request_id, is_error_shown=is_error_shown)
        preflight = None
        if self._held and not exchange.request.is_preflight:
            preflight = self._held.take(call_of(exchange.request))
        glance = glance_of(exchange, review)
        is_well = glance.is_well
        said = [one for one in review.findings if error is None or not repeats_error(one, exchange)]
        if is_well and exchange.request.is_preflight and not (said or printed):
            self._held.hold(call_of(exchange.request), reviewed, time.perf_counter())
            self._look_after()
            return []
        if not is_shown:
            return []
        before = [] if preflight is None or is_well else self._alone(preflight)
        is_unsent = isinstance(exchange.outcome, Enforced) and not exchange.outcome.is_sent
        news, again = ([], "") if is_unsent else self._told_of(exchange.api, said, review)
        line = self._lines.request(exchange, glance, again=again, follows_preflight=is_well and preflight is not None)
        lines = [*before, line]
        if isinstance(exchange.outcome, Enforced) and not again:
            lines += self._lines.enforced(exchange.outcome)
        told = FIRST
        if is_error_shown and error is not None:
            told = self._errors.count(exchange.function or "", error)
        if error is not None or not (news or again or is_unsent):
            lines += self._lines.cause(exchange, told)  # else a finding's evidence says it
        has_frames = is_error_shown and told == FIRST
        return lines + self._lines.findings(review, news, has_frames=has_frames) + printed

    def _alone(self, preflight: ReviewedExchange) -> list[str]:
        return [self._lines.request(preflight.exchange, glance_of(preflight.exchange, preflight.review))]

    def _told_of(self, api: Api, findings: list[Finding], review: Review) -> tuple[list[Finding], str]:
        """Return which findings are news, and of the worst that is not, how often it has been told; nothing of a
        note, unless it is what only credentials would break."""
        news, again = [], ""
        for finding in findings:
            times = self._told.count(api, finding)
            if times == 1:
                news.append(finding)
            elif finding.severity is not Severity.NOTE or review.with_credentials is not None:
                again = again or f"again ({times} x) {finding.name}"
        return news, again
