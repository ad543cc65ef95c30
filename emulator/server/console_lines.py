"""The console's words, as lines of text. Writes nothing."""

import textwrap
from datetime import UTC, datetime, tzinfo
from typing import assert_never

import click

from emulator.aws.api import Api
from emulator.aws.function_url import FunctionUrl
from emulator.aws.http_api import HttpApi
from emulator.aws.rest_api import RestApi
from emulator.browser.verdict import Blocked
from emulator.exchange import Exchange
from emulator.findings.finding import Finding, Review, Severity
from emulator.functions.invocation import FunctionError, FunctionErrorKind, OutputLine

WIDTH = 116


class Lines:
    """Builds lines; `colour` False gives plain ones. `zone` is the user's time zone."""

    def __init__(self, *, colour: bool, zone: tzinfo | None = UTC) -> None:
        self._colour = colour
        self._zone = zone

    def _style(self, text: str, fg: str | None = None, *, bold: bool = False, dim: bool = False) -> str:
        return click.style(text, fg=fg, bold=bold or None, dim=dim or None) if self._colour else text

    def styled(self, text: str, colour: str) -> str:
        """Text in a colour of click's, or plain."""
        return self._style(text, colour)

    def request(self, exchange: Exchange, review: Review) -> str:
        """`12:03:11 shop GET /items 200 items 1.9 ms allowed`."""
        request, status = exchange.request, exchange.response.status
        # A terminal must not act on what a client put into a path.
        target = request.raw_path + (f"?{request.raw_query}" if request.raw_query else "")
        parts = [
            self._style(self._clock(exchange.stamp.epoch_ms), dim=True),
            exchange.api.name,
            request.method,
            printable(target),
            self._style(str(status), status_colour(status)),
            exchange.match.function if exchange.match else "-",
            self._style(f"{exchange.elapsed:.1f} ms", dim=True),
        ]
        if review.verdict is not None:
            parts.append(self._verdict(exchange, review))
        return " ".join(parts)

    def _clock(self, epoch_ms: int) -> str:
        return datetime.fromtimestamp(epoch_ms / 1000, self._zone).strftime("%H:%M:%S")

    def _verdict(self, exchange: Exchange, review: Review) -> str:
        kind = "preflight " if exchange.request.is_preflight else ""
        if isinstance(review.verdict, Blocked):
            layer = review.findings[0].layer if review.findings else "browser"
            return self._style(f"{kind}BLOCKED {review.verdict.error} ({layer})", "red", bold=True)
        return self._style(f"{kind}allowed", "green")

    def about(self, exchange: Exchange) -> str:
        """The head of a finding that comes after its request's line."""
        request = exchange.request
        return f"{exchange.api.name} {request.method} {printable(request.raw_path)}, looked at again:"

    def finding(self, finding: Finding) -> list[str]:
        """Beneath its request: name and layer, what happened, the evidence, the fix."""
        colour = "red" if finding.severity is Severity.ERROR else "yellow"
        lines = [self._style(f"  {finding.severity}: {finding.name} [{finding.layer}]", colour)]
        lines += _wrapped(finding.message, "    ")
        for fact in finding.evidence:
            lines += _wrapped(fact, "    - ", "      ")
        lines += _wrapped(f"Fix: {finding.fix}", "    ", "         ")
        return lines

    def cause(self, exchange: Exchange) -> list[str]:
        """Why the gateway answered instead of the function; the user's own frames, when it raised."""
        if isinstance(exchange.result, FunctionError):
            lines = self.function_error(exchange.match.function if exchange.match else "", exchange.result)
            # An init error had its traceback shown when it happened.
            return lines[:1] if exchange.result.kind is FunctionErrorKind.INIT else lines
        if exchange.refusal is not None and exchange.match is not None:
            return [self._style(f"  {printable(exchange.refusal.reason)}", "red")]
        if exchange.refusal is not None:
            return [self._style(f"  {printable(exchange.refusal.reason)}", dim=True)]
        return []

    def function_error(self, function: str, error: FunctionError) -> list[str]:
        """A function's failure, with its traceback in Python's own order."""
        lines = [self._style(f"  {function}: {error.error_type}: {printable(error.error_message)}", "red")]
        for entry in error.stack_trace:
            lines += [f"    {printable(line)}" for line in entry.rstrip("\n").splitlines()]
        return lines

    def output(self, line: OutputLine) -> str:
        """What a function printed. Lambda's runtimes end all but the last line of a traceback with a carriage return
        alone, to keep it one log event; a terminal would write them over each other."""
        margin = self._style(f"  {line.function} │", "cyan")
        return "\n".join(f"{margin} {part}" for part in line.text.split("\r"))

    def endpoint(self, api: Api, url: str, width: int) -> str:
        """`  shop  HTTP API  http://localhost:3000`; `width` is that of the longest API name."""
        return f"  {self._style(api.name.ljust(width), bold=True)}  {product(api):12}  {url}"

    def debugger(self, function: str, port: int, kind: str) -> str:
        """`kind` is the debugger's name."""
        name = self._style(function, bold=True)
        where = f"waits for a debugger on 127.0.0.1:{port} ({kind})"
        return f"  {self._style('debug', 'magenta')}  {name}  {where}; its timeouts are suspended"

    def reloading(self, files: list[str], functions: list[str]) -> str:
        """`Saved shop.py: reloading items, orders`; many are counted."""
        return self.note(f"Saved {_listed(files, 'files')}: reloading {_listed(functions, 'functions')}")

    def note(self, text: str) -> str:
        """The emulator speaking of itself: a reload, a listening address."""
        return self._style(text, bold=True)

    def problem(self, text: str) -> str:
        """Something the user has to mend before it takes effect."""
        return self._style(text, "red")


def product(api: Api) -> str:
    """AWS's name for the kind of API."""
    match api:
        case HttpApi():
            return "HTTP API"
        case RestApi():
            return "REST API"
        case FunctionUrl():
            return "function URL"
        case _:
            assert_never(api)


def url_of(api: Api, host: str, port: int) -> str:
    """Where a page finds the API, stage included."""
    # A page on localhost is of another site than 127.0.0.1, and its cookies are not sent there.
    name = "localhost" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    stage = "" if isinstance(api, FunctionUrl) or api.stage == "$default" else f"/{api.stage}"
    return f"http://{f'[{name}]' if ':' in name else name}:{port}{stage}"


def status_colour(status: int) -> str:
    """Green, yellow or red."""
    return "green" if status < 400 else "yellow" if status < 500 else "red"


def printable(text: str) -> str:
    """Control characters escaped, so that no request or error can drive the terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)


def _listed(names: list[str], what: str) -> str:
    return ", ".join(names) if len(names) <= 4 else f"{len(names)} {what}"


def _wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        printable(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
