"""The exchanges that did not take place, and that a browser's page would have had: the preflight that curl did not
send, the call without the development server's proxy, and the same call of another page."""

import dataclasses

from emulator import gateway
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.browser.modes import Credentials
from emulator.browser.would_preflight import is_plain, preflight_of
from emulator.exchange import Enforced, Exchange
from emulator.messages import Request, without_headers

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


def unsent_preflight(exchange: Exchange, credentials: Credentials) -> Exchange | None:
    """Foresee what a browser would have been told before it sent this request at all; None when it asks for nothing,
    or when only the function could tell. What the gateway answers itself is known without running it: a missing OPTIONS
    method, a method or header that `cors` does not list, a forgotten stage."""
    request = exchange.request
    if request.is_from_browser or request.is_preflight or is_plain(request):
        return None
    preflight = preflight_of(request, credentials)
    if preflight is None:
        return None
    asked = gateway.foresee(exchange.api, preflight, exchange.stamp)
    return asked if isinstance(asked, Exchange) else None


def without_proxy(exchange: Exchange) -> Exchange:
    """Make the page's call as it would be without the proxy: its Origin named, the gateway's CORS headers added by
    that, no sign of a browser that has sent its preflight already."""
    request = exchange.request
    direct = without_sent_by_browser(request)
    if request.origin is None and request.page_origin is not None:
        direct = dataclasses.replace(direct, headers=(*direct.headers, ("Origin", request.page_origin)))
    assert not isinstance(exchange.outcome, Enforced)  # noqa: S101  a browser's own call is never enforced
    response = exchange.api.finish(direct, exchange.route, exchange.outcome, exchange.stamp)
    return dataclasses.replace(exchange, request=direct, response=response)


def without_sent_by_browser(request: Request) -> Request:
    """Return the request without what makes no preflight though it is no safelisted header."""
    return dataclasses.replace(request, headers=without_headers(request.headers, NOT_OF_THE_PAGE))


def of_other_page(exchange: Exchange, origin: str) -> Exchange | None:
    """Make the same call of a page of another origin: nothing runs, the gateway's part is made again. None where the
    function's own headers count too, as only the function could tell what it answers another origin."""
    api = exchange.api
    if api.cors is None or (isinstance(api, FunctionUrl) and exchange.function_response is not None):
        return None
    assert not isinstance(exchange.outcome, Enforced)  # noqa: S101  whose page is blocked
    request = from_origin(exchange.request, origin)
    response = api.finish(request, exchange.route, exchange.outcome, exchange.stamp)
    return dataclasses.replace(exchange, request=request, response=response)


def from_origin(request: Request, origin: str) -> Request:
    """Return the request with another Origin, which no dev origin stands in for."""
    headers = (*without_headers(request.headers, frozenset({"origin"})), ("Origin", origin))
    return dataclasses.replace(request, headers=headers, dev_origin=None)
