"""A call that a development server's proxy made same-origin: no CORS applies; what it would be without the proxy."""

from collections.abc import Iterator
from dataclasses import replace

from emulator.browser.verdict import Allowed, Blocked, CorsErrorName
from emulator.exchange import Exchange
from emulator.findings.blocked import configured_cors
from emulator.findings.finding import Finding, Review, Severity
from emulator.messages import without_headers

NOT_OF_THE_PAGE = frozenset(
    {
        "sec-fetch-site",
        "user-agent",
        "cache-control",
        "pragma",
        "priority",
        "if-none-match",
        "if-modified-since",
        "forwarded",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-port",
        "x-forwarded-proto",
        "x-real-ip",
    }
)
"""Headers that the browser or the proxy adds by itself: none of them makes a preflight of a page's own call."""


def without_proxy(exchange: Exchange) -> Exchange:
    """The same call as the page would make it directly: its Origin named, the gateway's CORS headers added by that, no
    sign of a browser that has sent its preflight already."""
    request = exchange.request
    headers = without_headers(request.headers, NOT_OF_THE_PAGE)
    if request.origin is None and request.page_origin is not None:
        headers += (("Origin", request.page_origin),)
    direct = replace(request, headers=headers)
    response = exchange.api.finish(direct, exchange.route, exchange.outcome, exchange.stamp)
    return replace(exchange, request=direct, response=response)


def proxied(exchange: Exchange, direct: Review) -> Iterator[Finding]:
    """`direct` is the review of the call without the proxy. Nothing is said where CORS plays no part there either."""
    page = exchange.request.page_origin
    begin = (
        f"{page} calls '{exchange.api.name}' through a proxy of its own origin, which hides CORS. Deployed on another "
        f"origin than the API, the page"
    )
    name = "cors-hidden-by-proxy"
    match direct.verdict:
        case Allowed():
            message = f"{begin} would be allowed this call."
            yield Finding(
                name, Severity.NOTE, direct.findings[0].layer if direct.findings else exchange.layer, message, (), ""
            )
        case Blocked(error=error):
            found = direct.findings[0]
            unless = _unless(exchange, error)
            message = f"{begin} would be refused this call{unless}: {error} ({found.layer})."
            yield Finding(name, Severity.NOTE, found.layer, message, found.evidence, f"Before that: {found.fix}")


def _unless(exchange: Exchange, error: CorsErrorName) -> str:
    """A same-origin GET carries no Origin, so what a function answers to one is not known."""
    is_unknown = (
        exchange.request.origin is None
        and exchange.function_response is not None
        and configured_cors(exchange) is None
        and error is CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER
    )
    return ", unless the function answers otherwise to a request with Origin" if is_unknown else ""
