"""One exchange reviewed: the browser's verdict and every finding. Computed after the answer has gone out."""

from dataclasses import replace

from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.browser.verdict import Allowed, Blocked
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.blocked import explain_block
from emulator.findings.concurrency import concurrency
from emulator.findings.content_encoding import content_encoding
from emulator.findings.finding import NOTHING, Finding, Review, Severity
from emulator.findings.neighbours import neighbours
from emulator.findings.proxied import proxied, without_proxy
from emulator.findings.unsent_preflight import unsent_preflight
from emulator.findings.warnings import RULES
from emulator.findings.websocket import websocket

ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def review(exchange: Exchange, frontends: tuple[Frontend, ...], credentials: Credentials | None = None) -> Review:
    """What a browser makes of the exchange, and what is wrong with it; errors first, notes last. `credentials` is the
    page's mode where it is known; else it is taken from what the wire and the frontends show."""
    judged = judgement(exchange, frontends, credentials)
    findings = (*judged.findings, *content_encoding(exchange), *concurrency(exchange))
    return replace(judged, findings=tuple(sorted(findings, key=lambda found: ORDER.index(found.severity))))


def judgement(exchange: Exchange, frontends: tuple[Frontend, ...], credentials: Credentials | None) -> Review:
    """The browser's part of a review."""
    request = exchange.request
    if request.is_websocket_handshake:
        return Review(None, tuple(websocket(exchange)))
    if request.is_proxied:
        return Review(None, hidden_by_proxy(exchange, frontends))
    if not request.is_cross_origin:
        return NOTHING
    mode = credentials_mode(exchange, frontends) if credentials is None else credentials
    if mode is not None:
        return judged_by(exchange, frontends, mode)
    judged = judged_by(exchange, frontends, Credentials.SAME_ORIGIN)
    return undecided(judged, judged_by(exchange, frontends, Credentials.INCLUDE), exchange)


def judged_by(exchange: Exchange, frontends: tuple[Frontend, ...], mode: Credentials) -> Review:
    """The review of a call with this credentials mode."""
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


def undecided(without: Review, included: Review, exchange: Exchange) -> Review:
    """The two reviews of one exchange in one, where nothing shows which of them the browser makes: what only
    credentials break is a note. A preflight has none, as its request comes after it, or does not (pairing.py)."""
    if not isinstance(without.verdict, Allowed) or not isinstance(included.verdict, Blocked):
        return without
    found = included.findings[0]
    notes = () if exchange.request.is_preflight else (conditional(found),)
    if found.name in {warning.name for warning in without.findings}:
        notes = ()
    return Review(without.verdict, (*without.findings, *notes), included.verdict, found.layer)


def conditional(found: Finding) -> Finding:
    """What is wrong if the page calls with credentials, said as no more than that."""
    return replace(
        found,
        severity=Severity.NOTE,
        message=f"Nothing shows whether this page calls with credentials: 'include'. If it does: {found.message}",
        fix=f"If it does: {found.fix} If not, say so: `credentials: same-origin` of its origin under `frontends`.",
    )


def hidden_by_proxy(exchange: Exchange, frontends: tuple[Frontend, ...]) -> tuple[Finding, ...]:
    """The note on a call that a development server's proxy made same-origin."""
    mode = Credentials.SAME_ORIGIN if exchange.request.header("cookie") is None else Credentials.INCLUDE
    direct = without_proxy(exchange)
    unsent = unsent_preflight(direct, mode)
    # The preflight comes first, and a page whose preflight is refused never sees the answer.
    reviewed = judged_by(direct, frontends, mode) if unsent is None else Review(unsent[0], (unsent[1],))
    return tuple(proxied(exchange, reviewed))


def credentials_mode(exchange: Exchange, frontends: tuple[Frontend, ...]) -> Credentials | None:
    """The page's credentials mode as far as it shows; None where nothing shows it.

    A cookie on a cross-origin request proves "include" (Fetch: HTTP-network-or-cache fetch), and so does
    Sec-Fetch-Storage-Access, which browsers send across sites with credentials only (Storage Access Headers;
    observed in Chromium 156, and in Firefox 153 on preflights too). Their absence proves nothing: no cookie may have
    been set yet, and a call within a site has no such header. Then a declared frontend's own mode counts.
    """
    request = exchange.request
    if request.header("cookie") is not None or request.header("sec-fetch-storage-access") is not None:
        return Credentials.INCLUDE
    for frontend in frontends:
        if request.origin == frontend.origin:
            declared = frontend.credentials_for(exchange.api.name)
            return None if declared is None else Credentials(declared)
    return None
