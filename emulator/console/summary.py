"""What a run has found, told at its end: each finding once, with how often. Writes nothing."""

from dataclasses import dataclass, replace

from emulator.browser.verdict import Blocked
from emulator.console.lines import COLOURS, Lines
from emulator.exchange import Enforced, Exchange
from emulator.findings.finding import Finding, Severity
from emulator.history.history import LookedAtAgain, News, ReviewedExchange
from emulator.messages import Response
from emulator.terminal import printable

MOST = 100
"""Different findings that are kept: more than a deployment has causes, and little memory."""

COUNTED = (Severity.ERROR, Severity.WARNING)
"""The severities that are told, the worse first."""

FAILING: dict[str, frozenset[Severity]] = {
    "error": frozenset({Severity.ERROR}),
    "warning": frozenset(COUNTED),
    "none": frozenset(),
}
"""The severities that a run fails for, by the value of `--fail-on`."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A finding, the exchange it was first found in, and how often it was found."""

    exchange: Exchange
    finding: Finding
    times: int = 1


def without_bodies(exchange: Exchange) -> Exchange:
    """Make what a line needs of an exchange: bodies may be megabytes, and are kept to the end of the run."""
    outcome, response = exchange.outcome, replace(exchange.response, body=b"")
    if isinstance(outcome, Response):
        outcome = replace(outcome, body=b"")
    return replace(exchange, request=exchange.request.with_body(b""), result=None, outcome=outcome, response=response)


class Summary:
    """Counts requests and what was found in them, by API, name and fix; notes are left out."""

    def __init__(self, most: int = MOST) -> None:
        """Begin with nothing found; up to `most` different findings are kept."""
        self._most = most
        self._requests = self._blocked = 0
        self._found: dict[object, Counted] = {}

    def add(self, news: News) -> None:
        """Take what history tells its subscribers."""
        if isinstance(news, ReviewedExchange):
            is_clients = news.exchange.made_for is None
            self._requests += is_clients
            self._blocked += is_clients and isinstance(news.review.verdict, Blocked)
            outcome = news.exchange.outcome
            if not isinstance(outcome, Enforced) or outcome.is_sent:  # else its preflight has the same findings
                for finding in news.review.findings:
                    self._count(news.exchange, finding)
        elif isinstance(news, LookedAtAgain):
            self._count(news.exchange, news.finding)

    def _count(self, exchange: Exchange, finding: Finding) -> None:
        if finding.severity not in COUNTED:
            return
        key = (exchange.api.name, finding.name, finding.fix)
        known = self._found.get(key)
        if known is not None:
            self._found[key] = replace(known, times=known.times + 1)
        elif len(self._found) < self._most:
            self._found[key] = Counted(without_bodies(exchange), finding)

    def fails(self, fail_on: str) -> bool:
        """Tell whether anything was found that `--fail-on` names: "error", "warning" or "none"."""
        return any(counted.finding.severity in FAILING[fail_on] for counted in self._found.values())

    def lines(self, lines: Lines) -> list[str]:
        """Make the summary: how much was found in how many requests, then each finding, errors first, with the request
        that it was first found in."""
        found = self._worst_first()
        of = f"{self._requests} request{'' if self._requests == 1 else 's'}"
        if not found:
            return [lines.styled(f"No findings in {of}.", "green")]
        counts = [(severity, sum(counted.finding.severity is severity for counted in found)) for severity in COUNTED]
        said = ", ".join(f"{number} {severity}{'' if number == 1 else 's'}" for severity, number in counts if number)
        told = [lines.styled(f"{said} in {of}:", COLOURS[found[0].finding.severity])]
        for counted in found:
            request = counted.exchange.request
            often = "" if counted.times == 1 else f" ({counted.times} x)"
            told.append(printable(f"{counted.exchange.api.name} {request.method} {request.raw_path}{often}"))
            told += lines.finding(counted.finding)
        return told

    def brief(self, lines: Lines) -> list[str]:
        """Make the last words of a run: how many requests there were, how many of them a browser blocks, and a line a
        finding; none where there was no request."""
        if not self._requests:
            return []
        head = f"{self._requests} request{'' if self._requests == 1 else 's'}, {self._blocked} blocked."
        found = (lines.counted(one.exchange, one.finding, one.times) for one in self._worst_first())
        return [lines.note(head), *found]

    def _worst_first(self) -> list[Counted]:
        return sorted(self._found.values(), key=lambda counted: COUNTED.index(counted.finding.severity))
