"""Reviews of exchanges that are alike: a page that polls, or a load test, is judged once."""

from collections.abc import Hashable
from dataclasses import dataclass

from emulator.aws.api import Api
from emulator.browser.content_coding import undecodable_coding
from emulator.deployment import Frontend
from emulator.exchange import Exchange, OtherAnswer
from emulator.findings.finding import Review
from emulator.findings.other_answers import OtherAnswers
from emulator.findings.other_pages import review_for_all, with_other_pages
from emulator.findings.review import judgement, with_any_client
from emulator.functions.invocation import Returned

_OF_ONE_REQUEST = frozenset({"apigw-requestid", "x-amzn-RequestId", "x-amz-apigw-id", "X-Amzn-Trace-Id"})
"""Response headers that differ in every exchange and decide nothing, in the case in which the products send them."""

QUOTED = 256
"""Bytes of a preflight's answer that a finding may quote."""
REPEATED = 4096
"""Bytes of a request's body and a function's payload together up to which the whole review is remembered with them: a
page that polls mostly gets the same again, and hundreds of bodies of megabytes must not be held."""
LONGEST = 2048
"""Characters of a path and query together up to which a review is remembered, as it holds the URL several times
over."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of exchanges that are alike: of the last of them the whole `review`, with the bodies and the
    state of OtherAnswers that it was made of; and the browser's part of it, with the answer to others that it depends
    on. `api` is held, so that its identity is not used again."""

    api: Api
    other_answer: OtherAnswer | None
    judged: Review
    bodies: tuple[bytes, bytes] | None
    changes: int
    review: Review


class RememberedReviews:
    """Reviews exchanges and remembers up to `size` of the reviews. It forgets them all when it is full, or when the
    frontends change."""

    def __init__(self, size: int = 512) -> None:
        self._size = size
        self._frontends: tuple[Frontend, ...] = ()
        self._reviews: dict[Hashable, Known] = {}
        self.answers = OtherAnswers()

    def review(self, made: Exchange, frontends: tuple[Frontend, ...]) -> Review:
        """Return what `review_for_all` says of an exchange after those that were heard of; an Allowed verdict may show
        the request ids of another alike."""
        if frontends is not self._frontends or len(self._reviews) >= self._size:
            self._frontends = frontends
            self._reviews.clear()
        alike, bodies, heard = likeness(made), bodies_of(made), self.answers.changes
        known = None if alike is None else self._reviews.get(alike)
        if known is not None and known.changes == heard and bodies is not None and known.bodies == bodies:
            return known.review
        exchange = self.answers.told(made)
        self.answers.hear(made)
        if alike is None:
            return review_for_all(exchange, frontends)
        judged = (
            with_other_pages(judgement(exchange, frontends, None), exchange, frontends)
            if known is None or known.other_answer != exchange.other_answer
            else known.judged
        )
        review = with_any_client(judged, exchange)
        changes = self.answers.changes
        self._reviews[alike] = Known(exchange.api, exchange.other_answer, judged, bodies, changes, review)
        return review


def bodies_of(exchange: Exchange) -> tuple[bytes, bytes] | None:
    """Return what rules on any client look at beside what `likeness` holds: the request's body and the function's
    payload; None where they are long."""
    body, result = exchange.request.body, exchange.result
    payload = result.payload if isinstance(result, Returned) else b""
    return (body, payload) if len(body) + len(payload) <= REPEATED else None


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
        exchange.earlier,
        exchange.origin_read,
        bool(request.body),
        response.status,
        tuple([pair for pair in response.headers if pair[0] not in _OF_ONE_REQUEST]),
        answer.status,
        answer.headers,
        undecodable_coding(response.headers, response.body),
        response.body[:QUOTED] if request.is_preflight else b"",
    )
