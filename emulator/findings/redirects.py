"""Which earlier answer sent a client where it was refused: the one who redirects is then at fault, not the page."""

import dataclasses
from collections.abc import Iterable

from emulator.aws.refusal import RefusalKind
from emulator.exchange import Enforced, Exchange
from emulator.messages import Request


def with_redirect(exchange: Exchange, earlier: Iterable[Exchange]) -> Exchange:
    """Record in an exchange outside every stage which of the earlier ones, newest first, led there. Any other exchange
    is returned as it is: of those the redirect tells nothing. Of an enforced one it is recorded in what was blocked."""
    if isinstance(exchange.outcome, Enforced):
        blocked = with_redirect(exchange.outcome.exchange, earlier)
        return dataclasses.replace(exchange, outcome=Enforced(blocked))
    if exchange.refusal is None or exchange.refusal.kind is not RefusalKind.OUTSIDE_STAGE:
        return exchange
    before = next((one for one in earlier if leads_to(one, exchange.request)), None)
    return exchange if before is None else dataclasses.replace(exchange, redirected_from=before)


def leads_to(before: Exchange, request: Request) -> bool:
    """Tell whether the answer redirects to the URL of the request (Fetch Standard 2.2.6: location URL)."""
    location = before.response.header("location")
    if location is None or not 300 <= before.response.status <= 399:
        return False
    return location.partition("#")[0].removeprefix(request.own_origin) == request.target
