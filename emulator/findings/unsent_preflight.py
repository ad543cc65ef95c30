"""The preflight that curl did not send: what a browser would have been told before it sent this request at all.

Only what the gateway answers itself is known without running the function, and that is where most of the surprises are:
a missing OPTIONS method, a method or header that `cors` does not list, a forgotten stage.
"""

import dataclasses

from emulator import gateway
from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.browser.verdict import Blocked
from emulator.browser.would_preflight import is_plain, preflight_of
from emulator.exchange import Exchange
from emulator.findings.blocked import explain_block
from emulator.findings.finding import Finding


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
