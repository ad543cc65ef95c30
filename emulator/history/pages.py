"""Reviews of pages' exchanges, each in the light of those before it."""

from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.earlier_cookies import EarlierCookies
from emulator.findings.earlier_preflights import EarlierPreflights
from emulator.findings.finding import Review
from emulator.findings.origin_reads import OriginReads, with_origin_read
from emulator.history.remembered import RememberedReviews


class ReviewsOfPages:
    """Reviews exchanges in the order in which they were answered."""

    def __init__(self, reads: OriginReads = lambda function: None) -> None:
        """Begin with nothing known of earlier exchanges; `reads` tells of functions' code."""
        self._reads = reads
        self._preflights = EarlierPreflights()
        self._cookies = EarlierCookies()
        self._reviews = RememberedReviews()

    def hear(self, exchange: Exchange) -> None:
        """Keep what an exchange without a page tells of those of pages."""
        self._reviews.answers.hear(exchange)

    def review(self, exchange: Exchange, frontends: tuple[Frontend, ...]) -> Review:
        """Review an exchange that a page has part in, or a navigation that sets cookies."""
        known = exchange
        if exchange.request.is_cross_origin:
            known = with_origin_read(self._preflights.with_preflight(exchange), self._reads)
        return self._reviews.review(self._cookies.with_cookies(known, frontends), frontends)

    def begin_anew(self) -> None:
        """Hold no later answer against those so far, as other code answers from now on; browsers keep their cookies,
        and what is still missing is told again."""
        self._preflights = EarlierPreflights()
        self._cookies.tell_again()
        self._reviews.answers.forget()
