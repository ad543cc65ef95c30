"""Reviews of pages' exchanges, each in the light of those before it."""

from collections.abc import Iterable

from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.earlier_cookies import EarlierCookies
from emulator.findings.earlier_preflights import EarlierPreflights
from emulator.findings.finding import Review
from emulator.history.remembered import RememberedReviews


class ReviewsOfPages:
    """Reviews exchanges in the order in which they were answered."""

    def __init__(self) -> None:
        self._preflights = EarlierPreflights()
        self._cookies = EarlierCookies()
        self._reviews = RememberedReviews()

    def review(self, exchange: Exchange, frontends: tuple[Frontend, ...], earlier: Iterable[Exchange] = ()) -> Review:
        """Review an exchange that a page has part in, or a navigation that sets cookies, after the `earlier` ones of
        all clients, the newest first."""
        known = self._preflights.with_preflight(exchange) if exchange.request.is_cross_origin else exchange
        return self._reviews.review(self._cookies.with_cookies(known, frontends), frontends, earlier)

    def begin_anew(self) -> None:
        """Hold no later answer against those so far, as other code answers from now on; browsers keep their cookies,
        and what is still missing is told again."""
        self._preflights = EarlierPreflights()
        self._cookies.tell_again()
