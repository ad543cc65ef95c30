"""One exchange reviewed: the browser's verdict and every finding. Computed after the answer has gone out."""

from dataclasses import replace

from emulator.aws.api import Api
from emulator.browser.initiator import is_loaded
from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.browser.verdict import Allowed, Blocked
from emulator.deployment import Frontend
from emulator.exchange import Enforced, Exchange
from emulator.findings.catalogue import BESIDE_THE_VERDICT, OF_A_BLOCK, WITHOUT_A_CHECK
from emulator.findings.changes import DeclareFrontend
from emulator.findings.finding import NOTHING, Case, Finding, Review, Severity, applied
from emulator.findings.of_any_client import cause_of, of_any_client
from emulator.findings.other_calls import unsent_preflight, without_proxy
from emulator.findings.page_loads import with_load
from emulator.findings.plain_preflight import with_reason
from emulator.findings.preflight_answers import answered_before
from emulator.messages import Request

ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)

LIGHT = frozenset({"cookie-not-sent", "max-age-capped", "preflight-not-cached"})
"""The notes on what may be meant so, and harms nobody then: they stand behind all others."""


def review(exchange: Exchange, frontends: tuple[Frontend, ...], credentials: Credentials | None = None) -> Review:
    """Tell what a browser makes of the exchange, and what is wrong with it; errors first, notes last, and a cause
    before its consequences. `credentials` is the page's mode where it is known; else it is taken from what the wire and
    the frontends show."""
    if isinstance(exchange.outcome, Enforced):
        return review_enforced(exchange.outcome, frontends)
    return with_any_client(judgement(exchange, frontends, credentials), exchange)


def with_any_client(judged: Review, exchange: Exchange) -> Review:
    """Add to the browser's part of a review what is wrong whoever the client was."""
    case = Case(exchange)
    cause, others = cause_of(case), of_any_client(case)
    return in_order(replace(judged, findings=(*cause, *judged.findings, *others))) if cause or others else judged


def in_order(reviewed: Review) -> Review:
    """Put errors first and notes last, the lightest at the end."""
    return replace(reviewed, findings=tuple(sorted(reviewed.findings, key=place_of)))


def place_of(found: Finding) -> tuple[int, bool]:
    """Give what findings are sorted by; those of one place stay as they are."""
    return ORDER.index(found.severity), found.severity is Severity.NOTE and found.name in LIGHT


def review_enforced(enforced: Enforced, frontends: tuple[Frontend, ...]) -> Review:
    """Review a request in whose place enforcement answered: what is wrong is wrong with the exchange it stopped at."""
    reviewed, request = review(enforced.exchange, frontends), enforced.exchange.made_for
    if request is None:
        return reviewed
    finding, *others = reviewed.findings
    return replace(reviewed, findings=(never_sent(finding, request), *others))


def explained(case: Case) -> Finding:
    """Find the one finding that explains a block, say why CORS applies or a preflight is sent where the call does not
    show it, what the preflight before it was told, and where the page is that a dev origin stands in for."""
    finding, dev = next(applied(OF_A_BLOCK, case)), case.request.dev_origin
    finding = with_reason(with_load(finding, case), case)
    finding = replace(finding, evidence=(*finding.evidence, *answered_before(case)))
    if dev is None:
        return finding
    stands = f"the page is at {dev}, which stands in for {case.origin}, as `frontends` says"
    return replace(finding, evidence=(stands, *finding.evidence))


def judgement(exchange: Exchange, frontends: tuple[Frontend, ...], credentials: Credentials | None) -> Review:
    """Make the browser's part of a review."""
    return in_order(judged_as_it_is(exchange, frontends, credentials))


def judged_as_it_is(exchange: Exchange, frontends: tuple[Frontend, ...], credentials: Credentials | None) -> Review:
    """Choose by what the request shows how it is to be judged."""
    request = exchange.request
    if request.is_websocket_handshake:
        return Review(None, tuple(applied(WITHOUT_A_CHECK, Case(exchange))))
    if request.is_proxied:
        case = Case(exchange, frontends=frontends, direct=reviewed_without_proxy(exchange, frontends))
        return Review(None, tuple(applied(WITHOUT_A_CHECK, case)))
    if request.header("sec-fetch-mode") == "no-cors":
        return Review(None, tuple(applied(WITHOUT_A_CHECK, Case(exchange))))
    if not request.is_cross_origin:
        return NOTHING
    mode = credentials_mode(exchange, frontends) if credentials is None else credentials
    if mode is not None:
        return judged_by(exchange, frontends, mode)
    judged = judged_by(exchange, frontends, Credentials.SAME_ORIGIN, is_mode_shown=False)
    return undecided(judged, judged_by(exchange, frontends, Credentials.INCLUDE), exchange)


def judged_by(
    exchange: Exchange, frontends: tuple[Frontend, ...], mode: Credentials, *, is_mode_shown: bool = True
) -> Review:
    """Review a call with this credentials mode; `is_mode_shown` tells whether anything shows that it has it."""
    verdict = judge(exchange.request, exchange.response, mode)
    if verdict is None:
        return NOTHING
    if isinstance(verdict, Allowed) and (unsent := reviewed_unsent(exchange, frontends, mode)) is not None:
        return unsent
    case = Case(exchange, verdict, mode, frontends, is_mode_shown=is_mode_shown)
    errors = (explained(case),) if isinstance(verdict, Blocked) else ()
    named = {finding.name for finding in errors}
    beside = (finding for finding in applied(BESIDE_THE_VERDICT, case) if finding.name not in named)
    return Review(verdict, (*errors, *beside))


def reviewed_unsent(exchange: Exchange, frontends: tuple[Frontend, ...], mode: Credentials) -> Review | None:
    """Review the preflight that this client did not send, where a browser's would be refused."""
    asked = unsent_preflight(exchange, mode)
    if asked is None:
        return None
    verdict = judge(asked.request, asked.response, mode)
    if not isinstance(verdict, Blocked):
        return None
    return Review(verdict, (never_sent(explained(Case(asked, verdict, mode, frontends)), exchange.request),))


def never_sent(finding: Finding, request: Request) -> Finding:
    """Begin the evidence of a refused preflight with the request that no browser sends after it."""
    unsent = (
        f"this client sends no preflight; a browser sends OPTIONS first, is refused, and never sends {request.method}"
    )
    return replace(finding, evidence=(unsent, *finding.evidence))


def undecided(without: Review, included: Review, exchange: Exchange) -> Review:
    """Make one of the two reviews of an exchange, where nothing shows which of them the browser makes: what only
    credentials break is a note. A preflight has none, as its request comes after it, or does not (pairing.py)."""
    if not isinstance(without.verdict, Allowed) or not isinstance(included.verdict, Blocked):
        return without
    found = included.findings[0]
    notes = () if exchange.request.is_preflight else (conditional(found, exchange.request.origin or ""),)
    if found.name in {warning.name for warning in without.findings}:
        notes = ()
    return Review(without.verdict, (*without.findings, *notes), included.verdict, found.layer)


def conditional(found: Finding, origin: str) -> Finding:
    """Say what is wrong if the page calls with credentials as no more than that."""
    return replace(
        found,
        severity=Severity.NOTE,
        message=f"Nothing shows whether this page calls with credentials: 'include'. If it does: {found.message}",
        fix=replace(found.fix, given="If it does", otherwise=(DeclareFrontend(origin, "same-origin"),)),
    )


def reviewed_without_proxy(exchange: Exchange, frontends: tuple[Frontend, ...]) -> Review:
    """Review the call as the page would make it directly. The preflight comes first, and a page whose preflight is
    refused never sees the answer."""
    mode = Credentials.SAME_ORIGIN if exchange.request.header("cookie") is None else Credentials.INCLUDE
    direct = without_proxy(exchange)
    return reviewed_unsent(direct, frontends, mode) or judged_by(direct, frontends, mode)


def credentials_mode(exchange: Exchange, frontends: tuple[Frontend, ...]) -> Credentials | None:
    """Read the page's credentials mode as far as it shows; None where nothing shows it. A preflight that enforcement
    made has the mode of the call that it was made for."""
    if exchange.made_for is not None:
        return enforced_mode(exchange.made_for, exchange.api, frontends)
    return shown_mode(exchange.request, exchange.api, frontends)


def enforced_mode(request: Request, api: Api, frontends: tuple[Frontend, ...]) -> Credentials:
    """Choose the credentials mode by which enforcement judges a call; where nothing shows it, it is fetch's own
    default."""
    return shown_mode(request, api, frontends) or Credentials.SAME_ORIGIN


def shown_mode(request: Request, api: Api, frontends: tuple[Frontend, ...]) -> Credentials | None:
    """Read the credentials mode of a request to this API as far as it shows; None where nothing shows it.

    A cookie on a cross-origin request proves "include" (Fetch: HTTP-network-or-cache fetch), and so does
    Sec-Fetch-Storage-Access, which browsers send across sites with credentials only (Storage Access Headers;
    observed in Chromium 156, and in Firefox 153 on preflights too). Their absence proves nothing: no cookie may have
    been set yet, and a call within a site has no such header. Then a declared frontend's own mode counts, which is that
    of its calls: what elements load has credentials only where `crossorigin` asks for them (HTML Standard 2.5.4), and a
    font never has (CSS Fonts 4.8.2).
    """
    if request.header("cookie") is not None or request.header("sec-fetch-storage-access") is not None:
        return Credentials.INCLUDE
    if is_loaded(request):
        return Credentials.SAME_ORIGIN
    for frontend in frontends:
        if request.origin == frontend.origin:
            declared = frontend.credentials_for(api.name)
            return None if declared is None else Credentials(declared)
    return None
