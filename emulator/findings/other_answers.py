"""What a route has answered to requests of other origins, where that decides whether an answer depends on the origin: a
browser's HTTP cache gives the one that it has to whoever asks next."""

import dataclasses
from collections.abc import Iterable

from emulator.browser.cors_check import ALLOW_ORIGIN
from emulator.browser.warnings import is_reused_for_any_origin
from emulator.exchange import Exchange, OtherAnswer
from emulator.messages import Request


def is_loaded_without_cors(request: Request) -> bool:
    """Tell whether a page of another origin loads this as <img> and <script> do: such a GET names no Origin, and its
    answer is never asked for CORS headers (Fetch Metadata Request Headers, 2.2)."""
    return (
        request.header("sec-fetch-mode") == "no-cors"
        and request.header("sec-fetch-site") in {"cross-site", "same-site"}
        and request.origin is None
    )


def with_other_answer(exchange: Exchange, earlier: Iterable[Exchange]) -> Exchange:
    """Record in an exchange whose answer a browser may give to pages of any origin what the route answered earlier to
    another: best at the same URL, then the newest; `earlier` has the newest first. Any other exchange is returned as it
    is, and nothing is looked at for those of no page."""
    request = exchange.request
    if not request.may_be_of_a_page or request.method != "GET" or not _may_be_given_to_others(exchange):
        return exchange
    found: Exchange | None = None
    for one in earlier:
        if not _is_comparable(one, exchange):
            continue
        if _url(one.request) == _url(request):
            found = one
            break
        found = found or one
    if found is None:
        return exchange
    return dataclasses.replace(exchange, other_answer=_other_answer(found, request))


def _may_be_given_to_others(exchange: Exchange) -> bool:
    """Tell whether the answer, a function's to a page that calls or loads, may come from the cache for other pages."""
    request, response = exchange.request, exchange.response
    if exchange.function_response is None or not is_reused_for_any_origin(response.headers):
        return False
    if is_loaded_without_cors(request):
        return response.header(ALLOW_ORIGIN) is None
    return request.is_cross_origin and response.header(ALLOW_ORIGIN) is not None


def _is_comparable(one: Exchange, exchange: Exchange) -> bool:
    """Tell whether an exchange shows what the route answers to another origin: the same function by the same route,
    with the same status. To a load that is told by an answer to a page's call alone."""
    asked, request = one.request, exchange.request
    if one.api.name != exchange.api.name or asked.method != "GET" or asked.origin == request.origin:
        return False
    if one.function_response is None or one.response.status != exchange.response.status:
        return False
    if one.route is None or exchange.route is None or one.route.key != exchange.route.key:
        return False
    if request.origin is not None:
        return True
    return asked.is_cross_origin and one.response.header(ALLOW_ORIGIN) is not None


def _url(request: Request) -> tuple[str, str]:
    return request.host, request.target


def _other_answer(found: Exchange, request: Request) -> OtherAnswer:
    asked = found.request
    return OtherAnswer(
        f"GET {asked.target}", asked.origin, found.response.header(ALLOW_ORIGIN), _url(asked) == _url(request)
    )
