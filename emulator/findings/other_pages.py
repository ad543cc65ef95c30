"""One exchange reviewed for every page that the configuration declares: what the gateway's `cors` would have told a
page of each frontend's origin. Nothing is invoked for that."""

from collections.abc import Iterator
from dataclasses import replace

from emulator.browser.initiator import is_loaded
from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.browser.verdict import Allowed
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.catalogue import OF_WHO_ASKS
from emulator.findings.finding import Case, Finding, Review, Severity, applied
from emulator.findings.other_calls import of_other_page
from emulator.findings.review import credentials_mode, in_order, review


def review_for_all(
    exchange: Exchange, frontends: tuple[Frontend, ...], credentials: Credentials | None = None
) -> Review:
    """Review the exchange, and warn where its page is let in and one that is declared would not be."""
    return with_other_pages(review(exchange, frontends, credentials), exchange, frontends, credentials)


def with_other_pages(
    reviewed: Review, exchange: Exchange, frontends: tuple[Frontend, ...], credentials: Credentials | None = None
) -> Review:
    """Add to a review, whole or the browser's part of it, what blocks the other pages that are declared. What blocks
    its own page comes first, and alone."""
    if not isinstance(reviewed.verdict, Allowed):
        return reviewed
    findings = {found.name: found for found in reviewed.findings}
    for found in _of_others(exchange, frontends, credentials):
        findings.setdefault(found.name, found)
    return in_order(replace(reviewed, findings=tuple(findings.values())))


def _of_others(
    exchange: Exchange, frontends: tuple[Frontend, ...], credentials: Credentials | None
) -> Iterator[Finding]:
    """Find what blocks the pages of the other frontends and not this one. One that does not say its credentials mode
    calls as the page that did."""
    asking = exchange.request.origin
    mode = credentials or credentials_mode(exchange, frontends) or Credentials.SAME_ORIGIN
    for frontend in frontends:
        asked = None if frontend.origin == asking else of_other_page(exchange, frontend.origin)
        if asked is None:
            continue
        declared = frontend.credentials_for(exchange.api.name)
        its_mode = mode if declared is None or is_loaded(exchange.request) else Credentials(declared)
        case = Case(asked, judge(asked.request, asked.response, its_mode), its_mode, frontends)
        found = None if case.blocked is None else next(applied(OF_WHO_ASKS, case), None)
        if found is not None:
            message = f"A page of {frontend.origin}, which `frontends` declares, would be blocked here: {found.message}"
            evidence = (f"{asking} called, and is let in", *found.evidence)
            yield replace(found, severity=Severity.WARNING, message=message, evidence=evidence)
