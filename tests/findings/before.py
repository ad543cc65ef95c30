"""Exchanges of a page after others of its own: what history, fetch and check record of these is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from emulator.aws.api import Api
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.earlier_cookies import EarlierCookies
from emulator.findings.earlier_preflights import EarlierPreflights
from emulator.functions.invocation import Result
from emulator.messages import Request
from serving.exchanges import STAMP, exchanged


@dataclass(frozen=True)
class Before:
    """An exchange before the one that an example is about, `ago_s` seconds earlier."""

    request: Request
    result: Result
    ago_s: float = 1.0


def exchanged_after(
    earlier: Iterable[Before], api: Api, request: Request, result: Result, frontends: tuple[Frontend, ...] = ()
) -> Exchange:
    """The exchange of a request after others."""
    preflights, cookies = EarlierPreflights(), EarlierCookies()
    for one in (*earlier, Before(request, result, 0.0)):
        stamp = replace(STAMP, epoch_ms=STAMP.epoch_ms - int(one.ago_s * 1000))
        made = replace(exchanged(api, one.request, one.result), stamp=stamp)
        exchange = cookies.with_cookies(preflights.with_preflight(made), frontends)
    return exchange
