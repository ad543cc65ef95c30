"""The console's words, as lines of text. Writes nothing."""

import dataclasses
import textwrap
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, tzinfo

import click

from emulator.aws.api import Api
from emulator.browser.verdict import Allowed, Blocked, NetworkError
from emulator.console.banner import authorizers, cors_of, domains, pages, routing_of
from emulator.console.glance import Glance, shortened, tail
from emulator.console.peak_memory import too_much_memory
from emulator.deployment import Frontend, MappedUrl
from emulator.exchange import Enforced, Exchange
from emulator.findings.finding import BrowserText, Finding, RaisedAt, Review, Severity
from emulator.findings.fix import Fix
from emulator.functions.invocation import FunctionError, FunctionErrorKind, OutputLine
from emulator.terminal import RESET, WIDTH, printable

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}

NAMES = 8
"""Columns that the names of APIs are aligned to on a terminal; a longer name takes its own room."""

INDENT = " " * 10
"""What stands before the lines of a finding: they begin beneath the verdict, behind the time."""

FIRST = (1, False)
"""How an error counts that is shown for the first time."""

POLICY = " has been blocked by CORS policy: "
"""What stands before it in a browser's console are the URL and the origin."""


def placed_in_emulator_yaml(fix: Fix) -> tuple[str, str]:
    """Word a fix for an emulator.yaml whose places are not known."""
    from emulator.config.dialects.emulator_yaml import placed

    return placed(fix)


class Lines:
    """Builds lines; `colour` False gives plain ones. `columns` tells how wide they may be, `zone` is the user's time
    zone, `words` say a fix in terms of the file that the user edits: the place of its first change, and the sentences.
    With `is_fitted` a long path is shortened, so that its request's line has no more columns than there are. `indent`
    stands before the lines of a finding. Whatever comes from elsewhere is printable in the lines, but for what
    functions print: the stream sees to that."""

    def __init__(
        self,
        *,
        colour: bool,
        columns: Callable[[], int] = lambda: WIDTH,
        zone: tzinfo | None = UTC,
        words: Callable[[Fix], tuple[str, str]] = placed_in_emulator_yaml,
        is_fitted: bool = False,
        indent: str = INDENT,
    ) -> None:
        self._colour = colour
        self._columns = columns
        self._zone = zone
        self._words = words
        self._is_fitted = is_fitted
        self._indent = indent
        self._names = 0
        self._width = 0
        self._begins: dict[tuple[str | None, bool, bool], str] = {}
        self._margins: dict[str, str] = {}
        self._dim = self._style("x", dim=True).partition("x")
        self._second: tuple[int, str, dict[tuple[str, int], str]] = (-1, "", {})

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

    def request(self, exchange: Exchange, glance: Glance, *, again: str = "", follows_preflight: bool = False) -> str:
        """Make a line: `12:03:41  ok       200  shop GET /items  list-items, 1.1 ms`. `again` stands for the findings
        that have been told before; `follows_preflight` says that its preflight was well and has no line of its own."""
        request = exchange.request
        name = printable(f"{exchange.api.name:{self._names}} {request.method} ")
        target, end = printable(request.target), again or tail(glance, exchange, follows_preflight=follows_preflight)
        if self._is_fitted:
            room = self._columns() - len(f"{INDENT}{glance.word:7}  200  {name}  ")
            if len(target) + len(end) > room:
                end = again.removeprefix("again ") or tail(
                    glance, exchange, is_short=True, follows_preflight=follows_preflight
                )
            target = shortened(target, room - len(end))
        is_dim = not (again or glance.is_culprit)
        ending = self._style(end, None if is_dim else glance.colour, dim=is_dim)
        return f"{self._begin(exchange, glance)}  {name}{target}  {ending}"

    def _begin(self, exchange: Exchange, glance: Glance) -> str:
        """Show the time of day, the word and the status; they are kept for the second, in which there are many
        requests alike, or none."""
        second = exchange.stamp.epoch_ms // 1000
        if self._second[0] != second:
            at = datetime.fromtimestamp(second, self._zone).strftime("%H:%M:%S")
            self._second = (second, self._style(at, dim=True), {})
        _, at, begun = self._second
        status = exchange.response.status
        begin = begun.get((glance.word, status))
        if begin is None:
            colour, bold = glance.colour, glance.is_trouble
            word, code = (self._style(text, colour, bold=bold) for text in (f"{glance.word:7}", str(status)))
            begin = begun[glance.word, status] = f"{at}  {word}  {code}"
        return begin

    def enforced(self, enforced: Enforced) -> list[str]:
        """Say why a client that is no browser got 403."""
        status = enforced.exchange.response.status
        what = f"the API answered {status}" if enforced.is_sent else "not sent, as its preflight above is blocked"
        text = f"{what}; to curl and others, 403 stands for a block (--no-enforce)"
        return [self._style(line, dim=True) for line in self._wrapped(text, INDENT)]

    def about(self, exchange: Exchange) -> str:
        """Make the head of a finding that comes after its request's line."""
        request = exchange.request
        return printable(f"{exchange.api.name} {request.method} {request.raw_path}, looked at again:")

    def findings(self, review: Review, told: Collection[Finding], *, has_frames: bool = False) -> list[str]:
        """Make the lines beneath a request's, of those of its findings that are told. The first of a review is what the
        request's line is about and needs no head, unless it is a note. With `has_frames` the function's error stands
        above, and what raised it is not said again."""
        lines = []
        for finding in told:
            is_first = finding is review.findings[0] and finding.severity is not Severity.NOTE
            if has_frames:
                evidence = tuple(fact for fact in finding.evidence if not isinstance(fact, RaisedAt))
                finding = dataclasses.replace(finding, evidence=evidence)
            lines += self._beneath(finding, review.verdict) if is_first else self.finding(finding, review.verdict)
        return lines

    def finding(self, finding: Finding, verdict: Allowed | Blocked | NetworkError | None = None) -> list[str]:
        """Make the lines of a finding with a head of its own; the words of `verdict` come last in them. A note with
        nothing to mend is one sentence."""
        if finding.severity is Severity.NOTE and not (finding.fix.changes or finding.fix.because):
            return self._wrapped(f"note: {finding.message}", self._indent, f"{self._indent}      ")
        return [*self._head(finding), *self._beneath(finding, verdict)]

    def counted(self, exchange: Exchange, finding: Finding, times: int) -> str:
        """Make the one line of a finding in a summary, with the request it was first found in."""
        place, _ = self._words(finding.fix)
        request = exchange.request
        where = printable("  ".join((*((place,) if place else ()), f"{exchange.api.name} {request.method} ")))
        name = self._style(finding.name, COLOURS[finding.severity])
        room = self._columns() - len(f"{times:>5} x  {finding.name}  {where}")
        path = printable(request.raw_path)
        return f"{times:>5} x  {name}  {where}{shortened(path, room) if self._is_fitted else path}"

    def _head(self, finding: Finding) -> list[str]:
        return [
            self._style(
                f"{self._indent}{finding.severity}: {finding.name} [{finding.layer}]", COLOURS[finding.severity]
            )
        ]

    def _beneath(self, finding: Finding, verdict: Allowed | Blocked | NetworkError | None) -> list[str]:
        """Say how to mend it, then why it is so, in Chromium's words last, and where more is to be read."""
        said, error = finding.message if isinstance(finding.message, BrowserText) else "", ""
        if isinstance(verdict, Blocked | NetworkError) and said == verdict.message:
            error = f" ({verdict.error})"
        place, words = self._words(dataclasses.replace(finding.fix, because=""))
        facts = [one for one in (finding.message, *finding.evidence, finding.fix.because) if one and one != said]
        lines = [self._style(line, bold=True) for line in self._part("fix", f"{place}  {words}".strip())]
        for number, fact in enumerate(facts):
            lines += self._part("" if number else "since", fact)
        words = said.rpartition(POLICY)[2]
        last = [*self._part("text", f"{words}{error}"), *self._wrapped(f"emulate explain {finding.name}", self._indent)]
        return lines + [self._style(line, dim=True) for line in last]

    def _part(self, label: str, text: str) -> list[str]:
        """Wrap a part of a finding behind its label; nothing, where there is no text."""
        return self._wrapped(text, f"{self._indent}{label:5} ", f"{self._indent}      ")

    def cause(self, exchange: Exchange, told: tuple[int, bool] = FIRST) -> list[str]:
        """Say why the gateway answered instead of the function; with the user's own frames, when it raised. `told` is
        as ToldErrors counts it."""
        if isinstance(exchange.result, FunctionError):
            lines = self.function_error(exchange.function or "", exchange.result, told)
            # An init error had its traceback shown when it happened.
            return lines[:1] if exchange.result.kind is FunctionErrorKind.INIT else lines
        if exchange.refusal is None:
            return []
        is_dim, reason = exchange.route is None, exchange.refusal.reason
        if self._is_fitted:  # a path may be longer than the window is wide
            reason = " ".join(shortened(word, self._columns() - len(INDENT)) for word in printable(reason).split(" "))
        lines = self._wrapped(reason, INDENT)
        return [self._style(line, None if is_dim else "red", dim=is_dim) for line in lines]

    def function_error(self, function: str, error: FunctionError, told: tuple[int, bool] = FIRST) -> list[str]:
        """Show a function's failure, with its traceback in Python's own order. A message of several lines is indented,
        so that none of them looks like a line of ours. Of what is `told` again no frames are shown, and of the same
        message the first line."""
        times, is_same = told
        first, *others = f"{error.error_type}: {error.error_message}".split("\n")
        again = f"  again ({times} x), traceback above" if times > 1 else ""
        lines = [self._style(f"  {function}: {first}", "red") + (self._style(again, dim=True) if again else "")]
        lines += [self._style(f"    {line}", "red") for line in others if not is_same]
        if again:
            return lines
        for entry in error.stack_trace:
            lines += [f"    {printable(line)}" for line in entry.rstrip("\n").splitlines()]
        return lines

    def margin(self, function: str, tag: str) -> str:
        """Make what a function's log lines begin with; `tag` tells requests apart that run at the same time."""
        if tag:
            return self._style(f"  {function} {tag} │", dim=True)
        margin = self._margins.get(function)
        if margin is None:
            margin = self._margins[function] = self._style(f"  {function} │", dim=True)
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

    def endpoints(
        self, served: Sequence[tuple[Api, str]], frontends: Iterable[Frontend], mapped: Iterable[MappedUrl] = ()
    ) -> list[str]:
        """Say where each API listens, of its URL, what it routes and whose CORS it has, beneath where there is no room
        for it; then where it is by a custom domain name, and the declared pages."""
        width = self._width = max((len(api.name) for api, _ in served), default=0)
        self._names = min(width, NAMES) if self._is_fitted else 0
        room = max((len(url) for _, url in served), default=0)
        heads = [
            f"  {self._style(api.name.ljust(width), bold=True)}  {api.product:12}  {url:{room}}" for api, url in served
        ]
        routings = [routing_of(api) for api, _ in served]
        longest = max(map(len, routings), default=0)
        abouts = [f"{routing:{longest}}  {cors_of(api)}" for routing, (api, _) in zip(routings, served, strict=True)]
        fits = 2 + width + 16 + room + 2 + max(map(len, abouts), default=0) <= self._columns()
        between = "  " if fits else f"\n{' ' * (width + 4)}"
        lines = [
            f"{head if fits else head.rstrip()}{between}{self._style(about, dim=True)}"
            for head, about in zip(heads, abouts, strict=True)
        ]
        others = [("jwt", text) for text in authorizers(api for api, _ in served)]
        others += [("domain", text) for text in domains(mapped)] + [("page", page) for page in pages(frontends)]
        return lines + [f"  {self._style(what.ljust(width), dim=True)}  {printable(text)}" for what, text in others]

    def ready(self, *, reloads: bool, seconds: float, keys: str = "") -> str:
        """Say that all APIs answer, in how many seconds, and what `keys` there are: the first word is what scripts wait
        for."""
        ready = self._style(f"Ready in {seconds:.2f} s.", bold=True)
        if keys:
            return f"{ready}  {self._style(keys, dim=True)}"
        return f"{ready} {self.note('Saving reloads, Ctrl-C stops.' if reloads else 'Ctrl-C stops.')}"

    def control(self, url: str) -> str:
        """Say where the control port is; beneath the APIs, whose names are as wide as the last banner had them."""
        return f"  {self._style('control'.ljust(self._width), dim=True)}  {url}"

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

    def _wrapped(self, text: str, first: str, rest: str | None = None) -> list[str]:
        return textwrap.wrap(
            printable(text.replace("\n", " ")),
            self._columns(),
            initial_indent=first,
            subsequent_indent=first if rest is None else rest,
            break_long_words=False,
            break_on_hyphens=False,
        )


def repeats_error(finding: Finding, exchange: Exchange) -> bool:
    """Tell whether a finding says no more than the function's own error, which is shown with its frames."""
    if not isinstance(exchange.result, FunctionError):
        return False
    from emulator.findings.changes import MendHandler

    return dataclasses.replace(finding.fix, because="") == Fix((MendHandler(exchange.function or ""),))


def with_margin(margin: str, text: str) -> str:
    """Put a margin before a log line. Lambda's runtimes end all but the last line of a traceback with a carriage return
    alone, to keep it one log event; a terminal would write them over each other."""
    return f"{margin} {text}" if "\r" not in text else f"{margin} " + text.replace("\r", f"\n{margin} ")


def _fields(line: str) -> str:
    """Make a log line printable whose fields have tabs between them: its trace id is the client's."""
    if line.replace("\t", "").isprintable():
        return line
    return "\t".join(printable(field) for field in line.split("\t"))


def _listed(names: list[str], what: str) -> str:
    return ", ".join(names) if len(names) <= 4 else f"{len(names)} {what}"
