"""What to say of a preflight that only credentials would break and that no request has followed.

A preflight never tells whether the page calls with credentials (Fetch Standard: CORS-preflight fetch sends none), yet
its answer is checked by that. That no request follows is no proof: an aborted call sends none, nor does a page that
went away, nor, over HTTP/1.1, one that streams its body (Chromium: ERR_ALPN_NEGOTIATION_FAILED, observed).
"""

import dataclasses

from emulator.browser.modes import Credentials
from emulator.browser.verdict import Blocked
from emulator.exchange import Exchange
from emulator.findings.finding import Case, Finding, Review, Severity
from emulator.findings.review import explained

PATIENCE = 1.0
"""Seconds until a preflight counts as not followed. A browser sends the request within milliseconds of a good
preflight; where it was held up for longer, what was said is withdrawn."""


def doubt(exchange: Exchange, review: Review) -> Blocked | None:
    """Return what the browser says of a preflight if the page calls with credentials, where only the request can tell
    whether it does: the reason to watch for it. None where there is no doubt."""
    request = exchange.request
    return review.with_credentials if request.is_preflight and request.is_from_browser else None


def unanswered(exchange: Exchange, blocked: Blocked) -> Finding:
    """Make the note on a preflight after which no request arrived in PATIENCE seconds; `blocked` is what credentials
    would have met."""
    method = exchange.request.header("access-control-request-method")
    found = explained(Case(exchange, blocked, Credentials.INCLUDE))
    return dataclasses.replace(
        found,
        severity=Severity.NOTE,
        message=(
            f"No {method} has followed this preflight. Nothing shows why: the call was aborted, its page went away, "
            f"its body is a stream, or it was made with credentials: 'include'. If the last: {found.message}"
        ),
        fix=dataclasses.replace(found.fix, given="If the page's console says so too"),
    )


def followed_late(said: Finding) -> Finding:
    """Withdraw what was `said` of a preflight, as its request has arrived."""
    message = "This preflight has been followed after all: what was said of it does not hold."
    return Finding(said.name, Severity.NOTE, said.layer, message)
