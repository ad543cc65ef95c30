"""What a route has answered to requests of other origins, where that decides whether an answer depends on the origin: a
browser's HTTP cache gives the one that it has to whoever asks next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from emulator.browser.cors_check import ALLOW_ORIGIN
from emulator.browser.warnings import is_reused_for_any_origin
from emulator.exchange import Exchange, OtherAnswer
from emulator.messages import Request

MOST = 32
"""How many answers of one route are kept, of as many URLs and origins."""


def is_loaded_without_cors(request: Request) -> bool:
    """Tell whether a page of another origin loads this as <img> and <script> do: such a GET names no Origin, and its
    answer is never asked for CORS headers (Fetch Metadata Request Headers, 2.2)."""
    return (
        request.header("sec-fetch-mode") == "no-cors"
        and request.header("sec-fetch-site") in {"cross-site", "same-site"}
        and request.origin is None
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """What is kept of an exchange: its URL as host and target, and whether a page of another origin called."""

    url: tuple[str, str]
    origin: str | None
    status: int
    allow_origin: str | None
    is_of_a_call: bool


class OtherAnswers:
    """Keeps what functions have answered to GET, the newest for each URL and origin, at most MOST for each route."""

    def __init__(self, exchanges: Iterable[Exchange] = ()) -> None:
        self._of_routes: dict[tuple[str, str], dict[tuple[tuple[str, str], str | None], Answered]] = {}
        self.changes = 0
        """How often what is kept has become another."""
        for exchange in exchanges:
            self.hear(exchange)

    def hear(self, exchange: Exchange) -> None:
        """Keep what is to be known of an exchange; nothing where no function answered a GET."""
        request, route = exchange.request, exchange.route
        if request.method != "GET" or route is None or exchange.function_response is None:
            return
        kept = self._of_routes.setdefault((exchange.api.name, route.key), {})
        key = (_url(request), request.origin)
        before = kept.pop(key, None)
        allow_origin = exchange.response.header(ALLOW_ORIGIN)
        kept[key] = Answered(*key, exchange.response.status, allow_origin, request.is_cross_origin)
        self.changes += kept[key] != before
        if len(kept) > MOST:
            del kept[next(iter(kept))]

    def forget(self) -> None:
        """Forget all: other code answers from now on."""
        self.changes += 1
        self._of_routes.clear()

    def told(self, exchange: Exchange) -> Exchange:
        """Record in an exchange whose answer a browser may give to pages of any origin what its route answered another,
        with the same status: best at the same URL, then the newest. Any other exchange is returned as it is."""
        request, route = exchange.request, exchange.route
        if request.method != "GET" or route is None or not _may_be_given_to_others(exchange):
            return exchange
        url, status, found = _url(request), exchange.response.status, None
        for one in reversed(self._of_routes.get((exchange.api.name, route.key), {}).values()):
            if one.origin == request.origin or one.status != status or not _tells(one, request):
                continue
            if one.url == url:
                found = one
                break
            found = found or one
        if found is None:
            return exchange
        other = OtherAnswer(f"GET {found.url[1]}", found.origin, found.allow_origin, found.url == url)
        return replace(exchange, other_answer=other)


def _may_be_given_to_others(exchange: Exchange) -> bool:
    """Tell whether the answer, a function's to a page that calls or loads, may come from the cache for other pages."""
    request, response = exchange.request, exchange.response
    if exchange.function_response is None or not is_reused_for_any_origin(response.headers):
        return False
    if is_loaded_without_cors(request):
        return response.header(ALLOW_ORIGIN) is None
    return request.is_cross_origin and response.header(ALLOW_ORIGIN) is not None


def _tells(one: Answered, request: Request) -> bool:
    """Tell whether an answer to another origin says something: to a load only one that a page's call can read."""
    return request.origin is not None or (one.is_of_a_call and one.allow_origin is not None)


def _url(request: Request) -> tuple[str, str]:
    return request.host, request.target
