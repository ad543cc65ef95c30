"""Reviews of exchanges that are alike: a page that polls, or a load test, is judged once."""

from collections.abc import Hashable

from emulator.aws.api import Api
from emulator.browser.content_coding import undecodable_coding
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.finding import Review
from emulator.findings.other_pages import review_for_all, with_other_pages
from emulator.findings.review import judgement, with_any_client
from emulator.functions.invocation import Returned

_OF_ONE_REQUEST = frozenset({"apigw-requestid", "x-amzn-RequestId", "x-amz-apigw-id", "X-Amzn-Trace-Id"})
"""Response headers that differ in every exchange and decide nothing, in the case in which the products send them."""

QUOTED = 256
"""Bytes of a preflight's answer that a finding may quote."""
LONGEST = 2048
"""Characters of a path and query together up to which a review is remembered, as it holds the URL several times
over."""


class RememberedReviews:
    """Reviews exchanges and remembers up to `size` of the reviews. It forgets them all when it is full, or when the
    frontends change."""

    def __init__(self, size: int = 512) -> None:
        self._size = size
        self._frontends: tuple[Frontend, ...] = ()
        self._reviews: dict[Hashable, tuple[Api, Review]] = {}

    def review(self, exchange: Exchange, frontends: tuple[Frontend, ...]) -> Review:
        """Return what `review_for_all` says of the exchange; an Allowed verdict may show the request ids of another
        alike."""
        alike = likeness(exchange)
        if alike is None:
            return review_for_all(exchange, frontends)
        if frontends is not self._frontends or len(self._reviews) >= self._size:
            self._frontends = frontends
            self._reviews.clear()
        known = self._reviews.get(alike)
        if known is None:
            judged = with_other_pages(judgement(exchange, frontends, None), exchange, frontends)
            known = self._reviews[alike] = (exchange.api, judged)
        return with_any_client(known[1], exchange)


def likeness(exchange: Exchange) -> Hashable | None:
    """Make a key of all that the browser's part of a review looks at; None for what is rare and reviewed anew: an
    answer that no function gave in time, a long URL. An API counts by its identity, which `RememberedReviews` keeps
    from being used again."""
    request, response, answer, result = (
        exchange.request,
        exchange.response,
        exchange.function_response,
        exchange.result,
    )
    if answer is None or not isinstance(result, Returned) or result.queued_ms:
        return None
    if len(request.raw_path) + len(request.raw_query) > LONGEST:
        return None
    return (
        id(exchange.api),
        request.method,
        request.raw_path,
        request.raw_query,
        request.headers,
        request.dev_origin,
        bool(request.body),
        response.status,
        tuple([pair for pair in response.headers if pair[0] not in _OF_ONE_REQUEST]),
        answer.status,
        answer.headers,
        undecodable_coding(response.headers, response.body),
        response.body[:QUOTED] if request.is_preflight else b"",
    )
