"""The preflight that curl did not send: what a browser would have been told before it sent this request at all.

Only what the gateway answers itself is known without running the function, and that is where most of the surprises are:
a missing OPTIONS method, a method or header that `cors` does not list, a forgotten stage.
"""

import dataclasses

from emulator import gateway
from emulator.browser.call import Call, Page
from emulator.browser.exchanged import Send
from emulator.browser.fetch import Fetch
from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.browser.profiles import CHROMIUM
from emulator.browser.safelist import is_safelisted
from emulator.browser.user_agent import UserAgent
from emulator.browser.verdict import Blocked
from emulator.exchange import Exchange
from emulator.findings.blocked import explain_block
from emulator.findings.finding import Finding
from emulator.messages import Request


def unsent_preflight(exchange: Exchange, credentials: Credentials) -> tuple[Blocked, Finding] | None:
    """The verdict and its finding, when a page could not have made this request; None when it could, or when only the
    function could tell."""
    request = exchange.request
    if request.is_from_browser or request.is_preflight or is_plain(request):
        return None
    preflight = preflight_of(request, credentials)
    if preflight is None:
        return None
    asked = gateway.foresee(exchange.api, preflight, exchange.stamp)
    if isinstance(asked, gateway.Planned):
        return None
    verdict = judge(preflight, asked.response, credentials)
    if not isinstance(verdict, Blocked):
        return None
    finding = explain_block(asked, verdict)
    unsent = (
        f"this client sends no preflight; a browser sends OPTIONS first, is refused, and never sends {request.method}"
    )
    return verdict, dataclasses.replace(finding, evidence=(unsent, *finding.evidence))


_SIMPLE_METHODS = frozenset({"GET", "HEAD", "POST"})
_ORDINARY_HEADERS = frozenset(
    {"accept-encoding", "connection", "content-length", "cookie", "host", "origin", "referer", "user-agent"}
)
"""What a client sends of itself, and a page cannot: no header here ever makes a preflight."""
_SAFE_IN_TOTAL = 1024
"""Bytes of safelisted values beyond which none is safe (Fetch Standard: CORS-unsafe request-header names)."""


def is_plain(request: Request) -> bool:
    """Nothing about it could need a preflight: most requests, told at a tenth of the cost of the model."""
    own = [(name.lower(), value) for name, value in request.headers if name.lower() not in _ORDINARY_HEADERS]
    return (
        request.method in _SIMPLE_METHODS
        and all(is_safelisted(name, value, CHROMIUM) for name, value in own)
        and sum(len(value) for _, value in own) <= _SAFE_IN_TOTAL
    )


def preflight_of(request: Request, credentials: Credentials) -> Request | None:
    """What a browser would send before this request (Fetch Standard: CORS-preflight fetch); None when it needs none."""
    query = f"?{request.raw_query}" if request.raw_query else ""
    call = Call(
        f"{request.own_origin}{request.raw_path}{query}",
        request.method,
        request.headers,
        request.body or None,
        credentials=credentials,
    )
    step = Fetch(call, Page(request.origin or "null"), UserAgent(CHROMIUM, lambda: 0.0)).start()
    if not isinstance(step, Send) or not step.is_preflight:
        return None
    headers = (("Host", request.host), *step.headers)
    return dataclasses.replace(request, method="OPTIONS", headers=headers, body=b"")
