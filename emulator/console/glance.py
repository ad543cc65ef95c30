"""What of an exchange is seen at a glance: one word for how it ended, its colour, and who is at fault. Pure."""

from dataclasses import dataclass

from emulator.aws.product import Layer
from emulator.browser.verdict import Blocked, NetworkError
from emulator.exchange import Exchange
from emulator.findings.finding import Review, Severity

TROUBLE = "red"
"""The one colour of what a page or a client did not get."""

PREFLIGHT = "preflight"

LEAST = 12
"""Characters of a path that are shown however narrow the terminal is: a line that wraps is better than none of it."""


@dataclass(frozen=True, slots=True)
class Glance:
    """How an exchange ended: `word` in `colour`. `notes` are what the line ends with; with `is_culprit` they name what
    is at fault, else what is merely of interest. `detail` is for lines with room for it."""

    word: str
    colour: str
    notes: tuple[str, ...] = ()
    is_culprit: bool = False
    detail: str = ""

    @property
    def is_trouble(self) -> bool:
        """Whether something did not arrive."""
        return self.colour == TROUBLE

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to be said of it."""
        return self.word == "ok"


WELL = Glance("ok", "green")
"""An actual request that there is nothing to be said of."""


def glance_of(exchange: Exchange, review: Review) -> Glance:
    """Choose the word: the browser's verdict first, then a server error, whatever the findings are, then the rest."""
    verdict, status = review.verdict, exchange.response.status
    worst = review.findings[0] if review.findings else None
    is_at_fault = worst is not None and worst.severity is not Severity.NOTE
    is_preflight = exchange.request.is_preflight
    is_doubtful = review.with_credentials is not None or isinstance(verdict, (Blocked, NetworkError))
    if status < 400 and not (is_at_fault or is_preflight or is_doubtful):
        return WELL  # most exchanges
    preflight = (kind_of(exchange),) if is_preflight else ()
    at_fault = culprit(Layer.BROWSER if worst is None else worst.layer, exchange)
    if isinstance(verdict, Blocked):
        of_preflight = preflight or ((PREFLIGHT,) if verdict.error.is_preflight else ())
        return Glance("BLOCKED", TROUBLE, (*of_preflight, at_fault), is_culprit=True)
    if isinstance(verdict, NetworkError):
        return Glance("UNREADABLE", TROUBLE, (*preflight, at_fault), is_culprit=True)
    if status >= 500:
        return Glance("FAILED", TROUBLE, preflight)
    if worst is not None and worst.severity is Severity.ERROR:
        return Glance("ERROR", TROUBLE, (*preflight, at_fault), is_culprit=True)
    if review.with_credentials is not None:
        notes = (*preflight, "blocked with credentials", culprit(review.layer_with_credentials, exchange))
        return Glance("depends", "yellow", notes, is_culprit=True, detail=review.with_credentials.error)
    if status >= 400:
        return Glance("refused", "yellow", preflight)
    if worst is not None and worst.severity is Severity.WARNING:
        return Glance("warning", "yellow", (*preflight, at_fault), is_culprit=True)
    return Glance("ok", "green", preflight)


def kind_of(preflight: Exchange) -> str:
    """Name a preflight by who made it."""
    return PREFLIGHT if preflight.made_for is None else "emulate's preflight"


def culprit(layer: Layer, exchange: Exchange) -> str:
    """Name what is at fault: a function by its own name."""
    return f"function {exchange.function}" if layer is Layer.FUNCTION and exchange.function else str(layer)


def tail(glance: Glance, exchange: Exchange, *, is_short: bool = False, follows_preflight: bool = False) -> str:
    """Make what a request's line ends with: who is at fault, or else the function and how long it took. `is_short`
    leaves out what other lines say too, or the method does."""
    notes = glance.notes
    if is_short and exchange.request.is_preflight:
        notes = tuple(note for note in notes if note != kind_of(exchange))
    if glance.is_culprit:
        return ", ".join((*notes, glance.detail) if glance.detail and not is_short else notes)
    function = () if is_short or exchange.function is None else (exchange.function,)
    after = ("after its preflight",) if follows_preflight else ()
    return ", ".join((*function, f"{exchange.elapsed_ms:.1f} ms", *notes, *after))


def shortened(text: str, room: int) -> str:
    """Cut out the middle of what is longer than `room` characters, but leave LEAST: a path's ends tell the most."""
    room = max(room, LEAST)
    if len(text) <= room:
        return text
    behind = room // 2
    return f"{text[: room - behind - 1]}…{text[len(text) - behind :]}"
