"""The console's words, as lines of text. Writes nothing."""

import textwrap
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

import click

from emulator.aws.api import Api
from emulator.browser.url import is_loopback, parse_host
from emulator.browser.verdict import Blocked, NetworkError
from emulator.config.dialects.emulator_yaml import worded
from emulator.console.peak_memory import too_much_memory
from emulator.exchange import Enforced, Exchange
from emulator.findings.changes import Fix, MendHandler
from emulator.findings.finding import Finding, Review, Severity
from emulator.functions.invocation import FunctionError, FunctionErrorKind, OutputLine
from emulator.terminal import RESET, WIDTH, printable

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class Lines:
    """Builds lines; `colour` False gives plain ones. `columns` tells how wide they may be, `zone` is the user's time
    zone, `words` say a fix in terms of the file that the user edits. Whatever comes from elsewhere is printable in
    them, but for what functions print: the stream sees to that."""

    def __init__(
        self,
        *,
        colour: bool,
        columns: Callable[[], int] = lambda: WIDTH,
        zone: tzinfo | None = UTC,
        words: Callable[[Fix], str] = worded,
    ) -> None:
        self._colour = colour
        self._columns = columns
        self._zone = zone
        self._words = words
        self._begins: dict[tuple[str | None, bool, bool], str] = {}
        self._margins: dict[str, str] = {}
        self._dim = self._style("x", dim=True).partition("x")
        self._second = (-1, "")

    def _style(self, text: str, fg: str | None = None, *, bold: bool = False, dim: bool = False) -> str:
        text = printable(text)
        if not self._colour:
            return text
        begin = self._begins.get((fg, bold, dim))
        if begin is None:
            begin = click.style("", fg=fg, bold=bold or None, dim=dim or None, reset=False)
            self._begins[fg, bold, dim] = begin
        return f"{begin}{text}{RESET}"

    def styled(self, text: str, colour: str) -> str:
        """Put text in a colour, by click's name of it; plain where there is none."""
        return self._style(text, colour)

    def request(self, exchange: Exchange, review: Review) -> str:
        """Make a request's line: `12:03:11 shop GET /items 200 items 1.9 ms allowed`."""
        request, status = exchange.request, exchange.response.status
        parts = [
            self._style(self._clock(exchange.stamp.epoch_ms), dim=True),
            printable(f"{exchange.api.name} {request.method} {request.target}"),
            self._style(str(status), status_colour(status)),
            exchange.function or "-",
            self._style(f"{exchange.elapsed_ms:.1f} ms", dim=True),
        ]
        if review.verdict is not None:
            parts.append(self._verdict(exchange, review))
        return " ".join(parts)

    def _clock(self, epoch_ms: int) -> str:
        """Show the time of day; it is kept for the second, in which there are many requests, or none."""
        second = epoch_ms // 1000
        if self._second[0] != second:
            self._second = (second, datetime.fromtimestamp(second, self._zone).strftime("%H:%M:%S"))
        return self._second[1]

    def _verdict(self, exchange: Exchange, review: Review) -> str:
        kind = "preflight " if exchange.request.is_preflight else ""
        if exchange.made_for is not None:
            kind = "emulate's preflight "
        if isinstance(review.verdict, Blocked):
            layer = review.findings[0].layer if review.findings else "browser"
            return self._style(f"{kind}BLOCKED {review.verdict.error} ({layer})", "red", bold=True)
        if isinstance(review.verdict, NetworkError):
            return self._style(f"UNREADABLE {review.verdict.error}", "red", bold=True)
        if review.with_credentials is not None:
            blocked = f"{review.with_credentials.error} ({review.layer_with_credentials})"
            return self._style(f"{kind}allowed without credentials; with them blocked: {blocked}", "yellow")
        return self._style(f"{kind}allowed", "green")

    def enforced(self, enforced: Enforced) -> str:
        """Say why a client that is no browser got 403."""
        status = enforced.exchange.response.status
        what = f"the API answered {status}" if enforced.is_sent else "not sent, as its preflight above is blocked"
        return self._style(f"  {what}; to curl and other clients, 403 stands for a block (--no-enforce)", dim=True)

    def about(self, exchange: Exchange) -> str:
        """Make the head of a finding that comes after its request's line."""
        request = exchange.request
        return printable(f"{exchange.api.name} {request.method} {request.raw_path}, looked at again:")

    def finding(self, finding: Finding) -> list[str]:
        """Make the lines beneath a request's: name and layer, what happened, the evidence, the fix. A note with nothing
        to mend is one line."""
        width = self._columns()
        fix = self._words(finding.fix)
        if finding.severity is Severity.NOTE and not fix:
            return _wrapped(f"note: {finding.message}", width, "  ", "    ")
        lines = [self._style(f"  {finding.severity}: {finding.name} [{finding.layer}]", COLOURS[finding.severity])]
        lines += _wrapped(finding.message, width, "    ")
        for fact in finding.evidence:
            lines += _wrapped(fact, width, "    - ", "      ")
        if fix:
            lines += _wrapped(f"Fix: {fix}", width, "    ", "         ")
        return lines

    def cause(self, exchange: Exchange) -> list[str]:
        """Say why the gateway answered instead of the function; with the user's own frames, when it raised."""
        if isinstance(exchange.result, FunctionError):
            lines = self.function_error(exchange.function or "", exchange.result)
            # An init error had its traceback shown when it happened.
            return lines[:1] if exchange.result.kind is FunctionErrorKind.INIT else lines
        if exchange.refusal is not None and exchange.route is not None:
            return [self._style(f"  {exchange.refusal.reason}", "red")]
        if exchange.refusal is not None:
            return [self._style(f"  {exchange.refusal.reason}", dim=True)]
        return []

    def function_error(self, function: str, error: FunctionError) -> list[str]:
        """Show a function's failure, with its traceback in Python's own order. A message of several lines is indented,
        so that none of them looks like a line of ours."""
        first, *others = f"{error.error_type}: {error.error_message}".split("\n")
        lines = [self._style(f"  {function}: {first}", "red"), *(self._style(f"    {line}", "red") for line in others)]
        for entry in error.stack_trace:
            lines += [f"    {printable(line)}" for line in entry.rstrip("\n").splitlines()]
        return lines

    def margin(self, function: str, tag: str) -> str:
        """Make what a function's log lines begin with; `tag` tells requests apart that run at the same time."""
        if tag:
            return self._style(f"  {function} {tag} │", "cyan")
        margin = self._margins.get(function)
        if margin is None:
            margin = self._margins[function] = self._style(f"  {function} │", "cyan")
        return margin

    def output(self, line: OutputLine) -> str:
        """Make the line of what a function printed."""
        return with_margin(self.margin(line.function, ""), line.text)

    def platform(self, lines: list[str]) -> list[str]:
        """Make lines of Lambda's own log lines."""
        begin, _, end = self._dim
        return [f"{begin}{_fields(line)}{end}" for line in lines]

    def too_much_memory(self, used: int, memory_size: int) -> str:
        """Warn that an environment took more memory than the function has; both in MB."""
        return self._style(too_much_memory(used, memory_size), "yellow")

    def endpoint(self, api: Api, url: str, width: int) -> str:
        """Say where an API listens: ` shop HTTP API http://localhost:3000`; `width` is that of the longest API name."""
        return f"  {self._style(api.name.ljust(width), bold=True)}  {api.product:12}  {url}"

    def ready(self, *, reloads: bool) -> str:
        """Say that all APIs answer: the word that scripts wait for."""
        return self.note("Ready. Saving reloads, Ctrl-C stops." if reloads else "Ready. Ctrl-C stops.")

    def debugger(self, function: str, port: int, kind: str) -> str:
        """Say where an editor attaches to a function; `kind` is the debugger's name."""
        name = self._style(function, bold=True)
        where = f"waits for a debugger on 127.0.0.1:{port} ({kind})"
        return f"  {self._style('debug', 'magenta')}  {name}  {where}; its timeouts are suspended"

    def reloading(self, files: list[str], functions: list[str]) -> str:
        """Say what a save reloads: `Saved shop.py: reloading items, orders`; many names are counted."""
        return self.note(f"Saved {_listed(files, 'files')}: reloading {_listed(functions, 'functions')}")

    def missing(self, count: int, why: str) -> str:
        """Say that about `count` lines could not be written, and why: nobody will see them."""
        return self.note(f"(here the console could not be written: {why}; about {count} lines are missing)")

    def note(self, text: str) -> str:
        """Say what emulate itself has done: a reload, a listening address."""
        return self._style(text, bold=True)

    def problem(self, text: str) -> str:
        """Say what the user has to mend before it takes effect."""
        return self._lines(text, "red")

    def warning(self, text: str) -> str:
        """Say what will surprise the user, and is served all the same."""
        return self._lines(text, "yellow")

    def _lines(self, text: str, colour: str) -> str:
        return "\n".join(self._style(line, colour) for line in text.split("\n"))


def repeats_error(finding: Finding, exchange: Exchange) -> bool:
    """Tell whether a finding says no more than the function's own error, which is shown with its frames."""
    mended = Fix((MendHandler(exchange.function or ""),))
    return isinstance(exchange.result, FunctionError) and finding.fix == mended


def url_of(api: Api, host: str, port: int) -> str:
    """Make the URL where a page finds the API, stage included."""
    # A page on localhost is of another site than 127.0.0.1, and its cookies are not sent there.
    name = "localhost" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    stage = "" if api.stage == "$default" else f"/{api.stage}"
    return f"http://{f'[{name}]' if ':' in name else name}:{port}{stage}"


def reach_of(host: str) -> str | None:
    """Say what it means to listen on `host`, when machines other than this one can reach it; else None."""
    name = f"[{host}]" if ":" in host else host
    if is_loopback(parse_host(name) or name):
        return None
    return (
        f"--host {host}: every machine that can reach this one can call these functions, and they run with your AWS "
        "credentials and your files. Leave --host out to be alone."
    )


def with_margin(margin: str, text: str) -> str:
    """Put a margin before a log line. Lambda's runtimes end all but the last line of a traceback with a carriage return
    alone, to keep it one log event; a terminal would write them over each other."""
    return f"{margin} {text}" if "\r" not in text else f"{margin} " + text.replace("\r", f"\n{margin} ")


def status_colour(status: int) -> str:
    """Choose a status' colour: green, yellow or red."""
    return "green" if status < 400 else "yellow" if status < 500 else "red"


def _fields(line: str) -> str:
    """Make a log line printable whose fields have tabs between them: its trace id is the client's."""
    if line.replace("\t", "").isprintable():
        return line
    return "\t".join(printable(field) for field in line.split("\t"))


def _listed(names: list[str], what: str) -> str:
    return ", ".join(names) if len(names) <= 4 else f"{len(names)} {what}"


def _wrapped(text: str, width: int, first: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        printable(text.replace("\n", " ")),
        width,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
