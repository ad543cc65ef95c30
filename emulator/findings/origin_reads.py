"""Where a function's code reads Origin, recorded in an exchange in which it may be why CORS headers are missing."""

import dataclasses
from collections.abc import Callable

from emulator.browser.cors_check import ALLOW_ORIGIN
from emulator.exchange import Exchange
from emulator.functions.invocation import HeaderRead

OriginReads = Callable[[str], HeaderRead | None]
"""Gives where a function's code reads Origin by a name that is not in lower case; None where it does not, or it is not
known."""


def with_origin_read(exchange: Exchange, reads: OriginReads) -> Exchange:
    """Record it in an answer of a function without Access-Control-Allow-Origin; return any other as it is, an enforced
    one too."""
    if exchange.function is None or exchange.function_response is None:
        return exchange
    read = reads(exchange.function)  # of most functions there is none, and then the answer is not looked through
    if read is None or exchange.response.header(ALLOW_ORIGIN) is not None:
        return exchange
    return dataclasses.replace(exchange, origin_read=read)
