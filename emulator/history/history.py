"""The reviewed exchanges of one run: each is reviewed once, kept for a while, and told to all who subscribed.

A preflight that only credentials would break is looked at again when no request has followed it: a value of its own,
told later. The path of a request ends with `observe`; all else is done in turns, when the event loop has time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from emulator.exchange import Enforced
from emulator.findings.finding import Finding, Review
from emulator.findings.redirects import with_redirect
from emulator.history.preflight_watch import Awaited, PreflightWatch
from emulator.history.ring import Ring
from emulator.history.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from emulator.deployment import Frontend
    from emulator.exchange import Exchange
    from emulator.functions.invocation import HeaderRead
    from emulator.history.pages import ReviewsOfPages

EXCHANGE = 1024
"""Bytes that an exchange counts for beside its two bodies: about what its headers and values take."""


@dataclass(frozen=True, slots=True)
class ReviewedExchange:
    """An exchange and what a browser makes of it."""

    exchange: Exchange
    review: Review


@dataclass(frozen=True, slots=True)
class LookedAtAgain:
    """A preflight that was told already, and what is found now that no request has followed it, or one has after
    all."""

    exchange: Exchange
    finding: Finding


@dataclass(frozen=True, slots=True)
class Bug:
    """Something that was to be reviewed or told made emulate itself fail; `traceback` is Python's, in lines."""

    traceback: str


class MessageKind(StrEnum):
    """NOTE: what emulate has done. WARNING: what is served all the same and will surprise. PROBLEM: what has to be
    mended before it takes effect."""

    NOTE = "note"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Message:
    """What emulate has to say beside exchanges, at `epoch_ms`, in Unix time. With `is_configuration`, a problem keeps a
    saved configuration from being served, until a note says that one is."""

    kind: MessageKind
    text: str
    epoch_ms: int
    is_configuration: bool = False


@dataclass(frozen=True, slots=True)
class Reloaded:
    """Files, by name, were saved at `epoch_ms`, in Unix time, and with them the code of these functions."""

    files: tuple[str, ...]
    functions: tuple[str, ...]
    epoch_ms: int


News = ReviewedExchange | LookedAtAgain | Message | Reloaded | Bug
"""What subscribers are told."""


class History:
    """Takes exchanges, has them reviewed in turns, and tells the subscribers. Its methods are called on the event
    loop's thread, in the order in which things happen on the wire."""

    def __init__(
        self,
        frontends: Callable[[], tuple[Frontend, ...]],
        reads: Callable[[str], HeaderRead | None] = lambda function: None,
    ) -> None:
        """Begin with nothing reviewed; `frontends` gives those served at the time of a review, `reads` where a
        function's code reads Origin by a name that is not in lower case."""
        self._frontends = frontends
        self._reads = reads
        self._without_page: Callable[[Exchange], Review] | None = None
        self._pages: ReviewsOfPages | None = None
        self._preflights = PreflightWatch()
        self._subscribers: list[tuple[Callable[[News], None], Callable[[bool], None]]] = []
        self._turns = Turns(self._pause, lambda traceback: self._tell(Bug(traceback)))
        self.recent: Ring[ReviewedExchange] = Ring()
        self.arrived = self._preflights.arrived
        self.in_turn = self._turns.put
        self.finish = self._turns.finish

    def subscribe(self, subscriber: Callable[[News], None], pause: Callable[[bool], None] = lambda idle: None) -> None:
        """Call `subscriber` with all that is reviewed from now on, in order, and `pause` when reviewing pauses: with
        True when nothing waits any more. Other things that are to be told in the same order go through `in_turn`."""
        self._subscribers.append((subscriber, pause))

    def observe(self, exchange: Exchange) -> None:
        """Take an exchange whose answer has gone out, to be reviewed in its turn; a preflight is awaited from now."""
        answered = self._preflights.answered(exchange) if exchange.request.is_preflight else exchange
        held = weight(exchange)
        self._turns.put(self._review, (answered, held), held)

    def _review(self, answered_and_weight: tuple[Exchange | Awaited, int]) -> None:
        """Review it, keep it, and tell the subscribers; watch for the request of a doubtful preflight."""
        answered, held = answered_and_weight
        made = answered.exchange if isinstance(answered, Awaited) else answered
        exchange = with_redirect(made, self._earlier())
        review = self._reviewed(exchange)
        if isinstance(answered, Awaited):
            self._watch(answered, review)
        reviewed = ReviewedExchange(exchange, review)
        self.recent.add(reviewed, held)
        self._tell(reviewed)

    def _earlier(self) -> Iterator[Exchange]:
        """Yield the exchanges that are kept, the newest first. Most are never asked for, and then nothing is copied."""
        for one in reversed(tuple(self.recent)):
            yield one.exchange

    def say(self, news: Message | Reloaded) -> None:
        """Tell the subscribers, after all that has happened before."""
        self._turns.put(self._tell, news)

    def saved(self) -> None:
        """Forget, in its turn, what has been answered: other code answers from now on."""
        self._turns.put(self._begin_anew, None)

    def _begin_anew(self, _: None) -> None:
        if self._pages is not None:
            self._pages.begin_anew()

    def _tell(self, news: News) -> None:
        for subscriber, _ in self._subscribers:
            subscriber(news)

    def _pause(self, idle: bool) -> None:
        for _, pause in self._subscribers:
            pause(idle)

    def _watch(self, awaited: Awaited, review: Review) -> None:
        doubt = None
        if review.with_credentials is not None:
            from emulator.history import pairing

            doubt = pairing.doubt(awaited.exchange, review)
        if doubt is None:
            self._preflights.forget(awaited)
        else:
            said = pairing.unanswered(awaited.exchange, doubt)
            again, withdrawn = (LookedAtAgain(awaited.exchange, one) for one in (said, pairing.followed_late(said)))
            self._preflights.give_up_later(
                awaited,
                pairing.PATIENCE,
                lambda: self._turns.put(self._tell, again),
                lambda: self._turns.put(self._tell, withdrawn),
            )

    def _reviewed(self, exchange: Exchange) -> Review:
        request = exchange.request
        if not request.may_be_of_a_page or not (
            request.is_cross_origin
            or request.is_proxied
            or request.is_websocket_handshake
            or request.header("sec-fetch-mode") == "no-cors"
            or (request.is_from_browser and exchange.response.header("set-cookie") is not None)
        ):
            if self._without_page is None:  # rules have no work before there is an exchange
                from emulator.findings.of_any_client import review_without_page

                self._without_page = review_without_page
            if self._pages is not None:
                self._pages.hear(exchange)
            return self._without_page(exchange)
        # The model of the browser is a third of the start-up, and has no work before the first page calls.
        if self._pages is None:
            from emulator.history.pages import ReviewsOfPages

            self._pages = ReviewsOfPages(self._reads)
        return self._pages.review(exchange, self._frontends())


def weight(exchange: Exchange) -> int:
    """Count the bytes that an exchange takes while it waits for its review, and while it is kept."""
    own = EXCHANGE + len(exchange.request.body) + len(exchange.response.body)
    if exchange.made_for is not None:
        return own + len(exchange.made_for.body)
    return own + weight(exchange.outcome.exchange) if isinstance(exchange.outcome, Enforced) else own
