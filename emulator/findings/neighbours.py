"""What stands beside CORS and does not decide this call, but another: the browser model's warnings, put into words."""

from collections.abc import Iterator

from emulator.aws.product import Layer
from emulator.browser.verdict import Allowed, WarningName
from emulator.exchange import Exchange
from emulator.findings.blocked import configured_cors
from emulator.findings.finding import Finding, Severity

WORDS = {
    WarningName.AUTHORIZATION_COVERED_BY_WILDCARD: (
        "authorization-covered-by-wildcard",
        (
            "Only `*` in Access-Control-Allow-Headers covers Authorization. The Fetch Standard says it does not; "
            "browsers still let it pass and announce that they will stop."
        ),
        "Name authorization in Access-Control-Allow-Headers.",
    ),
    WarningName.VARY_ORIGIN_MISSING: (
        "vary-origin-missing",
        (
            "This answer may be cached and names one origin, without `Vary: Origin`: a page of another origin that "
            "finds it in the HTTP cache is blocked, with no request to be seen anywhere."
        ),
        "Send `Vary: Origin` with it, or `Cache-Control: no-store`.",
    ),
    WarningName.MIXED_CONTENT: (
        "mixed-content",
        "A page on https calls plain http: browsers block that before CORS comes up, but for loopback addresses.",
        "Call the API by https.",
    ),
    WarningName.LOCAL_NETWORK_ACCESS: (
        "local-network-access",
        "A page from elsewhere calls an address of this machine or network: Chromium asks the user first, before CORS.",
        "Deploy the API beside the page, or allow the page's origin in the browser for local development.",
    ),
    WarningName.THIRD_PARTY_COOKIES: (
        "third-party-cookies",
        "Cookies went to another site than the page's: Safari, private windows and soon others keep them back.",
        "Serve page and API from one site, or set the cookie with `SameSite=None; Secure; Partitioned`.",
    ),
}
"""Finding name, what it means, the fix."""


def neighbours(exchange: Exchange, verdict: Allowed) -> Iterator[Finding]:
    """One finding a warning of an allowed exchange."""
    layer = Layer.FUNCTION if configured_cors(exchange) is None else Layer.GATEWAY
    for warning in verdict.warnings:
        name, message, fix = WORDS[warning]
        if layer is Layer.GATEWAY and warning is WarningName.AUTHORIZATION_COVERED_BY_WILDCARD:
            fix = f"Add authorization to `cors.allowHeaders` of '{exchange.api.name}'."
        yield Finding(name, Severity.WARNING, layer, message, (), fix)
