"""The law of fixes for one example, in real Chromium: what blocks the page is told, each fix is made as it was told,
and in the end the page gets its answer; every other way that is offered leads on too."""

from collections.abc import Callable
from dataclasses import dataclass

from check_differential.chromium_pages import ChromiumPages
from emulator.browser.redirect import REDIRECT_STATUSES
from emulator.browser.verdict import Blocked, NetworkError
from emulator.findings.changes import Change, DoByHand, MendHandler
from emulator.findings.finding import Finding, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.review import review
from findings.applied import Situation, made
from fixes_in_chromium.called import PageCall, call_of, outcome_of
from fixes_in_chromium.canned import Canned
from fixes_in_chromium.meant import Meant, addressed

MOST = 8
"""Rounds of advice."""

TOLD_AS_ANOTHER = {
    "unknown-route-overridden",
    "unknown-route-http-empty-segments",
    "unknown-route-method-no-route-can-have",
}
"""Calls that no browser makes before their preflight, which finds no route either: that is told, and its fix has
both."""

KEEPING_OUT = {"http-origin-allowed", "origin-echoed"}
"""The rules whose fix keeps the page out that shows what is wrong."""


@dataclass(frozen=True)
class Round:
    """A call: what became of it in Chromium and in the model, all that was told of it, and what is to be mended of
    that."""

    outcome: str
    expected: str
    told: tuple[Finding, ...]
    mended: Finding | None

    def names(self, rule: Rule) -> bool:
        return rule.name in [one.name for one in self.told]

    @property
    def advice(self) -> tuple[str, Fix] | None:
        return None if self.mended is None else (self.mended.name, self.mended.fix)

    def __str__(self) -> str:
        return f"{self.outcome} ({', '.join(one.name for one in self.told)})"


@dataclass(frozen=True)
class Followed:
    """How an example fared, round by round, and where each other way led; `wrong` is where the law is broken, "" where
    it holds, and `skipped` why no page of Chromium makes the call."""

    name: str
    rule: Rule
    rounds: tuple[Round, ...] = ()
    ways: tuple[Round, ...] = ()
    wrong: str = ""
    skipped: str = ""

    @property
    def was_blocked(self) -> bool:
        return bool(self.rounds) and self.rounds[0].outcome != "allowed"

    @property
    def is_told_at_once(self) -> bool:
        return bool(self.rounds) and self.rounds[0].names(self.rule)

    def __str__(self) -> str:
        return f"{self.name}: {self.wrong or self.skipped or 'well'}: {' -> '.join(map(str, self.rounds))}"


@dataclass(frozen=True)
class Law:
    """What follows an example: the API that it is served by, the pages that call it, and how changes are made."""

    served: Canned
    pages: ChromiumPages
    make: Callable[[tuple[Change, ...], Situation], Situation] = made

    def follow(self, example: Meant) -> Followed:
        """Do what is told first, and call again, until nothing is to be mended; then try each other way of the rule's
        own finding."""
        now = addressed(example.situation, self.served.port)
        if now.earlier or now.origin_read:
            return Followed(example.name, example.rule, skipped="it is found after other calls, or in the code")
        if isinstance(why := call_of(now), str):
            return Followed(example.name, example.rule, skipped=why)
        rounds: list[Round] = []
        wrong = self._to_the_end(now, example, rounds)
        ways: list[Round] = []
        for finding in (one for one in rounds[0].told if one.name == example.rule.name):
            wrong = wrong or self._other_ways(now, finding, example.rule, ways)
        return Followed(example.name, example.rule, tuple(rounds), tuple(ways), wrong)

    def _to_the_end(self, now: Situation, example: Meant, rounds: list[Round]) -> str:
        """Add each round; return what is wrong."""
        while True:
            asked = self._ask(now, example.rule)
            if isinstance(asked, str):
                return asked
            rounds.append(asked)
            if asked.outcome != asked.expected:
                return f"the model says {asked.expected}"
            finding = asked.mended
            if finding is None or is_kept_out(rounds):
                return "" if finding else at_the_end(example, rounds)
            if is_told_again(rounds):
                return f"told, done, and told again: {finding.fix}"
            if len(rounds) == MOST:
                return "it has no end"
            if not can_be_followed(finding.fix.changes) and finding.severity is not Severity.ERROR:
                return ""
            now = addressed(self.make(finding.fix.changes, now), self.served.port)

    def _other_ways(self, now: Situation, finding: Finding, rule: Rule, ways: list[Round]) -> str:
        """Make each of the changes that are offered in the stead of the first; return what is wrong."""
        for way in filter(can_be_followed, finding.fix.instead):
            asked = self._ask(addressed(self.make(way, now), self.served.port), rule)
            if isinstance(asked, str):
                return asked
            ways.append(asked)
            if asked.outcome != asked.expected:
                return f"after {way} the model says {asked.expected}, Chromium {asked.outcome}"
            if asked.outcome != "allowed" and asked.mended is None:
                return f"after {way} the page gets nothing, and nothing is told"
            if any((one.name, one.fix) == (finding.name, finding.fix) for one in asked.told):
                return f"{way} left it as it was"
        return ""

    def _ask(self, now: Situation, rule: Rule) -> Round | str:
        """Make the call; why it cannot be made."""
        call = call_of(now)
        if not isinstance(call, PageCall):
            return call
        self.served.show(now)
        outcome = outcome_of(call, self.pages)
        found = tuple(one.finding for one in self.served.found())
        return Round(outcome, by_model(self.served, now), found, first(found, rule))


def first(found: tuple[Finding, ...], rule: Rule) -> Finding | None:
    """What is to be mended now: the first error, else what the rule finds."""
    errors = [one for one in found if one.severity is Severity.ERROR]
    return next(iter(errors or [one for one in found if one.name == rule.name]), None)


def by_model(served: Canned, now: Situation) -> str:
    """What the model of the browser expects of the call, by its exchanges."""
    for exchange in served.exchanges:
        verdict = review(exchange, now.frontends, now.credentials).verdict
        if isinstance(verdict, Blocked):
            return str(verdict.error)
        if isinstance(verdict, NetworkError):
            return "rejected"
        response = exchange.response
        if response.status in REDIRECT_STATUSES and response.header("location") and not exchange.request.is_preflight:
            return "rejected"  # there is nobody beyond
    return "allowed"


def is_kept_out(rounds: list[Round]) -> bool:
    """Whether a page that was let in and should not be is blocked, as it was told."""
    *_, before, after = (None, *rounds)
    is_trusted = before is not None and before.mended is not None and before.mended.name in KEEPING_OUT
    return is_trusted and after is not None and after.outcome != "allowed"


def is_told_again(rounds: list[Round]) -> bool:
    """Whether what is told now was done before; done to a function that was mended since, it has to be done anew."""
    mends = [index for index, one in enumerate(rounds[:-1]) if one.mended and mends_function(one.mended.fix)]
    of_this_function = rounds[mends[-1] if mends else 0 : -1]
    return rounds[-1].advice in [one.advice for one in of_this_function]


def mends_function(fix: Fix) -> bool:
    return any(isinstance(change, MendHandler) for change in fix.changes)


def at_the_end(example: Meant, rounds: list[Round]) -> str:
    """What is wrong when nothing is told any more."""
    if rounds[-1].outcome != "allowed":
        return "the page gets nothing, and nothing is told"
    is_told = any(one.names(example.rule) for one in rounds)
    if is_told == (example.name in TOLD_AS_ANOTHER):
        return "it is told" if is_told else f"{example.rule.name} is never told"
    return ""


def can_be_followed(changes: tuple[Change, ...]) -> bool:
    """Whether the changes are told so that they can be made to the letter."""
    return bool(changes) and not any(isinstance(change, DoByHand) for change in changes)
