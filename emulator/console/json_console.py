"""The console of `emulate serve --log-format json`: what happens, told in one JSON object a line to a program.

docs/json.md lists the types of objects and their fields. A function's log, its runtime's record of an error included,
is passed on as it is, as CloudWatch would: a tool that shows another log than Lambda's would hide what is written
there.
An init error is of no request, and so holds no secret of one. Exchanges are told without (masking.py).
"""

import time
from collections.abc import Callable, Collection, Sequence
from typing import Any

from emulator.aws.api import Api
from emulator.config.dialects.emulator_yaml import worded
from emulator.console.clock import now_ms
from emulator.console.console import LINE
from emulator.console.json_values import (
    Value,
    again_value,
    error_value,
    exchange_value,
    iso,
    line_of,
    message_value,
    reload_value,
)
from emulator.console.peak_memory import PeakMemory, too_much_memory
from emulator.console.writer import Writer
from emulator.deployment import Frontend, MappedUrl
from emulator.findings.fix import Fix
from emulator.functions.invocation import (
    FunctionError,
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


class JsonConsole:
    """Tells in the order things happened, all in its turn of `history`; what is told has the time when it happened.
    Its methods are those of Console, and called on the event loop's thread."""

    def __init__(
        self, writer: Writer, history: History, words: Callable[[Fix], str] = worded, *, platform_logs: bool = True
    ) -> None:
        """Subscribe to `history`, and write with `writer`. `words` say a fix in terms of the file that the user edits.
        `platform_logs` False leaves out Lambda's own log lines."""
        self._writer = writer
        self._words = words
        self._history = history
        self._platform_logs = platform_logs
        self._memory = PeakMemory()
        history.subscribe(self._news, writer.pause)

    def log(self, event: LogEvent) -> None:
        """Tell what CloudWatch Logs would get."""
        weight = len(event.text) + LINE if isinstance(event, OutputLine) else 0
        self._history.in_turn(self._log, (now_ms(), event), weight)

    def init_error(self, function: str, error: FunctionError) -> None:
        """Tell of a function that does not start."""
        self._put("init-error", function=function, error=error_value(error))

    def reloading(self, files: Collection[str], functions: Collection[str]) -> None:
        """Tell that files were saved, and with them the code of functions changed."""
        self._history.say(Reloaded(tuple(sorted(files)), tuple(sorted(functions)), now_ms()))
        self._history.in_turn(self._memory.renew, functions)

    def endpoints(
        self, served: Sequence[tuple[Api, str]], frontends: Sequence[Frontend], mapped: Sequence[MappedUrl] = ()
    ) -> None:
        """Tell where the APIs listen, by their URLs, and where by custom domain names; `frontends` are for readers of
        text."""
        for api, url in served:
            self._put("endpoint", api=api.name, product=api.product, url=url)
        for one in mapped:
            self._put("domain", domain=one.mapping.domain_name, api=one.api.name, url=one.url)

    def ready(self, *, reloads: bool, seconds: float, keys: str = "") -> None:
        """Tell that all APIs answer; whether a save reloads. `seconds` and `keys` are for readers of text."""
        self._put("ready", reloads=reloads)

    def control(self, url: str) -> None:
        """Tell where the control port is."""
        self._put("control", url=url)

    def debugger(self, function: str, port: int, kind: str) -> None:
        """Tell where an editor attaches to a function; `kind` is the debugger's name."""
        self._put("debugger", function=function, port=port, debugger=kind)

    def note(self, text: str) -> None:
        """Tell what emulate has done, like a reload."""
        self._say(MessageKind.NOTE, text)

    reconfigured = note

    def problem(self, text: str, *, is_configuration: bool = False) -> None:
        """Tell what the user has to mend before it takes effect; `is_configuration` says that what was saved of the
        configuration is not served."""
        self._say(MessageKind.PROBLEM, text, is_configuration=is_configuration)

    def warning(self, text: str) -> None:
        """Tell what will surprise the user, and is served all the same."""
        self._say(MessageKind.WARNING, text)

    def flush(self) -> None:
        """Tell and write all that has happened so far."""
        self._history.finish()

    def finish(self) -> bool:
        """Do what `flush` does, and wait for a reader as long as it reads; return whether all was written."""
        self.flush()
        return self._writer.finish()

    def _say(self, kind: MessageKind, text: str, *, is_configuration: bool = False) -> None:
        self._history.say(Message(kind, text, now_ms(), is_configuration))

    def _put(self, kind: str, **fields: object) -> None:
        self._history.in_turn(self._tell, {"type": kind, "time": iso(now_ms()), **fields})

    def _tell(self, value: Value) -> None:
        self._writer.add([line_of(value)])

    def _news(self, news: News) -> None:
        match news:
            case ReviewedExchange():
                self._tell(exchange_value(news, self._words))
            case LookedAtAgain():
                self._tell(again_value(news, now_ms(), self._words))
            case Message():
                self._tell(message_value(news))
            case Reloaded():
                self._tell(reload_value(news))
            case Bug(traceback):
                self._tell({"type": "bug", "time": iso(now_ms()), "message": traceback})

    def _log(self, happened: tuple[int, LogEvent]) -> None:
        at, event = happened
        match event:
            case OutputLine(function, request_id, text):
                self._tell(logged("output", at, function, request_id, text))
            case InvocationStart(function, request_id):
                self._platform(at, function.name, request_id, start_lines(event))
            case InvocationReport(function, request_id):
                used = self._memory.of(event, time.perf_counter())
                self._platform(at, function.name, request_id, report_lines(event, used))
                if used is not None and self._memory.is_news(function, used):
                    self.warning(f"{function.name} {too_much_memory(used, function.memory_size)}")
            case InitReport(function):
                self._platform(at, function.name, None, init_report_lines(event))

    def _platform(self, at: int, function: str, request_id: str | None, lines: list[str]) -> None:
        if self._platform_logs:
            self._writer.add([line_of(logged("platform", at, function, request_id, line)) for line in lines])


def logged(kind: str, at: int, function: str, request_id: str | None, message: str) -> dict[str, Any]:
    """Make the object of one log line; `at` is Unix time in ms."""
    return {"type": kind, "time": iso(at), "function": function, "request_id": request_id, "message": message}


def missing(count: int, why: str) -> str:
    """Make the line that stands where about `count` lines could not be written."""
    return line_of({"type": "missing", "time": iso(now_ms()), "lines": count, "message": why})
