"""Every finding of one call of a page: in its preflight, its request and what redirects made of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from emulator.browser.modes import Credentials
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.earlier_preflights import EarlierPreflights
from emulator.findings.finding import Finding
from emulator.findings.other_answers import OtherAnswers
from emulator.findings.other_pages import review_for_all
from emulator.findings.redirects import with_redirect
from emulator.findings.review import place_of


@dataclass(frozen=True, slots=True)
class FoundIn:
    """A finding, and the exchange it was first found in."""

    exchange: Exchange
    finding: Finding


def findings_of_call(
    exchanges: Iterable[Exchange],
    frontends: tuple[Frontend, ...],
    credentials: Credentials | None,
    before: OtherAnswers | None = None,
) -> tuple[FoundIn, ...]:
    """Review the exchanges of a call, in their order; list each finding once, errors first, notes last. `credentials`
    is the mode that the page called with, None where it is not known. `before` has what earlier calls were answered,
    and hears of this one."""
    found: dict[object, FoundIn] = {}
    earlier: list[Exchange] = []
    answers = OtherAnswers() if before is None else before
    preflights = EarlierPreflights()
    for made in exchanges:
        exchange = answers.told(preflights.with_preflight(with_redirect(made, reversed(earlier))))
        answers.hear(made)
        earlier.append(made)
        for finding in review_for_all(exchange, frontends, credentials).findings:
            found.setdefault((finding.name, finding.fix), FoundIn(exchange, finding))
    return tuple(sorted(found.values(), key=lambda one: place_of(one.finding)))
