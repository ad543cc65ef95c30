"""One exchange reviewed: the browser's verdict and every finding. Computed after the answer has gone out."""

from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.browser.verdict import Allowed, Blocked
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.blocked import explain_block
from emulator.findings.concurrency import concurrency
from emulator.findings.finding import NOTHING, Review, Severity
from emulator.findings.neighbours import neighbours
from emulator.findings.unsent_preflight import unsent_preflight
from emulator.findings.warnings import RULES


def review(exchange: Exchange, frontends: tuple[Frontend, ...], credentials: Credentials | None = None) -> Review:
    """What a browser makes of the exchange, and what is wrong with it; errors before warnings. `credentials` is the
    page's mode where it is known; else it is taken from what the wire and the frontends show."""
    judged = judgement(exchange, frontends, credentials)
    findings = sorted((*judged.findings, *concurrency(exchange)), key=lambda found: found.severity is Severity.WARNING)
    return Review(judged.verdict, tuple(findings))


def judgement(exchange: Exchange, frontends: tuple[Frontend, ...], credentials: Credentials | None) -> Review:
    """The browser's part of a review."""
    if not exchange.request.is_cross_origin:
        return NOTHING
    mode = credentials_mode(exchange, frontends) if credentials is None else credentials
    verdict = judge(exchange.request, exchange.response, mode)
    if verdict is None:
        return NOTHING
    if isinstance(verdict, Allowed) and (unsent := unsent_preflight(exchange, mode)) is not None:
        return Review(unsent[0], (unsent[1],))
    errors = (explain_block(exchange, verdict),) if isinstance(verdict, Blocked) else ()
    named = {finding.name for finding in errors}
    warnings = (finding for rule in RULES for finding in rule(exchange, frontends) if finding.name not in named)
    beside = neighbours(exchange, verdict) if isinstance(verdict, Allowed) else ()
    return Review(verdict, (*errors, *warnings, *beside))


def credentials_mode(exchange: Exchange, frontends: tuple[Frontend, ...]) -> Credentials:
    """The page's credentials mode as far as the wire shows it.

    A cookie on a cross-origin request proves "include" (Fetch: HTTP-network-or-cache fetch); its absence proves
    nothing, and a preflight never carries one, so a declared frontend's own mode counts too.
    """
    request = exchange.request
    if request.header("cookie") is not None:
        return Credentials.INCLUDE
    for frontend in frontends:
        if request.origin == frontend.origin:
            return Credentials(frontend.credentials_for(exchange.api.name) or "same-origin")
    return Credentials.SAME_ORIGIN
