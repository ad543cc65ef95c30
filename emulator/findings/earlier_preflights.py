"""The preflights of pages that have been answered: what each allowed, until the request that it asked for comes, and
how often the same one has come."""

import dataclasses
from collections.abc import Hashable
from typing import TypeVar

from emulator.aws.http_api.http_api import HttpApi
from emulator.browser.cors_check import ALLOW_CREDENTIALS, ALLOW_ORIGIN
from emulator.browser.modes import Credentials
from emulator.browser.observe import is_blocked
from emulator.exchange import Earlier, Enforced, Exchange, PreflightAnswer, RepeatedPreflight
from emulator.findings.calls import call_of
from emulator.findings.max_age import MAX_AGE

CHATTY = 5
"""Preflights alike that show a page to call often: more than the tries of a person who looks at one call."""

WITHIN_S = 60
"""Seconds within which they have to come."""

MOST = 512
"""Calls that are remembered of each kind: more than a page has, and little memory."""

T = TypeVar("T")


class EarlierPreflights:
    """Remembers preflights by their calls. Its methods get the exchanges in the order in which they were answered."""

    def __init__(self) -> None:
        self._answers: dict[int, PreflightAnswer] = {}
        self._times: dict[int, tuple[int, int]] = {}

    def with_preflight(self, exchange: Exchange) -> Exchange:
        """Record in the request that follows a preflight what that one's answer allowed, and in a preflight that it is
        one of many; return any other exchange as it is. Of an enforced one it is recorded in what was blocked. A later
        request, which the browser's cache lets pass without a preflight, is held against none: the function may be
        another by then."""
        if isinstance(exchange.outcome, Enforced):
            if not exchange.outcome.is_sent:
                return exchange
            return dataclasses.replace(exchange, outcome=Enforced(self.with_preflight(exchange.outcome.exchange)))
        if exchange.request.is_preflight:
            repeated = self._answered(exchange)
            return exchange if repeated is None else dataclasses.replace(exchange, earlier=Earlier(repeated=repeated))
        answer = self._answers.pop(hash(call_of(exchange.request)), None) if self._answers else None
        return exchange if answer is None else dataclasses.replace(exchange, earlier=Earlier(preflight=answer))

    def _answered(self, exchange: Exchange) -> RepeatedPreflight | None:
        """Take in an answer, and tell whether its preflight has come often."""
        call = call_of(exchange.request)
        self._answers.pop(hash(call), None)
        if is_blocked(exchange.request, exchange.response, Credentials.SAME_ORIGIN):
            return None
        if not isinstance(exchange.api, HttpApi) or exchange.api.cors is None:
            _remember(self._answers, hash(call), preflight_answer_of(exchange))
        return self._counted(exchange, call)

    def _counted(self, exchange: Exchange, call: Hashable) -> RepeatedPreflight | None:
        """Count a preflight that a browser could have left out, had the answer to one before said how long it holds;
        tell once when they are many. With `Cache-Control: no-cache` it leaves none out (a reload without the cache; the
        developer tools' "Disable cache")."""
        request, now = exchange.request, exchange.stamp.epoch_ms
        if exchange.response.header(MAX_AGE) is not None or not request.is_from_browser:
            return None
        if request.header("cache-control") is not None:
            return None
        names, browser = request.header("access-control-request-headers"), request.header("user-agent")
        key = hash((id(exchange.api), call, names, browser))
        first, times = self._times.get(key, (now, 0))
        if times < CHATTY and now - first > WITHIN_S * 1000:
            first, times = now, 0
        _remember(self._times, key, (first, times + 1))
        return RepeatedPreflight(CHATTY, max(1, round((now - first) / 1000))) if times + 1 == CHATTY else None


def preflight_answer_of(exchange: Exchange) -> PreflightAnswer:
    """Read what the answer to a preflight allowed, and who wrote it: a function URL with `cors` answers itself."""
    allowed, credentials = exchange.response.header(ALLOW_ORIGIN), exchange.response.header(ALLOW_CREDENTIALS)
    function = "" if exchange.function_response is None else exchange.function
    return PreflightAnswer(allowed or "", credentials or "", function or "")


def _remember(kept: dict[int, T], key: int, value: T) -> None:
    kept[key] = value
    if len(kept) > MOST:
        del kept[next(iter(kept))]
