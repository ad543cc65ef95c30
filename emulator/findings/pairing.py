"""A preflight and the request it asks for, matched to each other: what the one alone does not show, the pair does.

A preflight never tells whether the page calls with credentials (Fetch Standard: CORS-preflight fetch sends none), yet
its answer is checked by that. One that only credentials would break, and that no request follows, was refused.
"""

import dataclasses
from dataclasses import dataclass

from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.browser.verdict import Allowed, Blocked
from emulator.exchange import Exchange
from emulator.findings.blocked import explain_block
from emulator.findings.finding import Finding, Review, Severity

PATIENCE = 1.0
"""Seconds. A browser sends the request within milliseconds of a good preflight."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a preflight and its request have in common: origin, target, method."""

    origin: str
    target: str
    method: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An allowed preflight of a browser that would be blocked if the page called with credentials."""

    exchange: Exchange
    blocked: Blocked


def call_of(exchange: Exchange) -> Call:
    """The call a cross-origin exchange belongs to, preflight or not."""
    request = exchange.request
    method = request.header("access-control-request-method") if request.is_preflight else request.method
    return Call(request.origin or "", f"{request.host}{request.raw_path}?{request.raw_query}", method or "")


def doubt(exchange: Exchange, review: Review) -> Doubtful | None:
    """Whether to watch for the request that has to follow a preflight."""
    request = exchange.request
    if not (request.is_preflight and request.is_from_browser and isinstance(review.verdict, Allowed)):
        return None
    verdict = judge(request, exchange.response, Credentials.INCLUDE)
    return Doubtful(exchange, verdict) if isinstance(verdict, Blocked) else None


def unanswered(doubtful: Doubtful) -> Finding:
    """No request followed in PATIENCE seconds."""
    method = doubtful.exchange.request.header("access-control-request-method")
    explained = explain_block(doubtful.exchange, doubtful.blocked)
    silence = (
        f"this preflight passes for a call without credentials, yet no {method} followed it: "
        f"the page probably calls with credentials: 'include'"
    )
    return dataclasses.replace(explained, severity=Severity.WARNING, evidence=(silence, *explained.evidence))
