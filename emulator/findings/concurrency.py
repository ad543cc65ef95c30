"""What becomes of a request that finds every execution environment of its function busy. Needs no browser."""

from collections.abc import Iterator

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.exchange import Exchange
from emulator.findings.finding import Finding, Severity
from emulator.functions.invocation import Returned, Throttled

WORTH_SAYING_MS = 100.0
"""Milliseconds: a shorter wait is one that nobody notices, and would be said of every burst."""


def concurrency(exchange: Exchange) -> Iterator[Finding]:
    """AWS: Understanding Lambda function scaling; Configuring reserved concurrency for a function."""
    match exchange.result:
        case Throttled() as throttled:
            yield _throttled(exchange, throttled)
        case Returned(queued_ms=queued_ms) if queued_ms >= WORTH_SAYING_MS:
            yield _waited(exchange, queued_ms)


def _throttled(exchange: Exchange, throttled: Throttled) -> Finding:
    function = _function(exchange)
    waited = f" for {throttled.waited_s:g} s" if throttled.waited_s else ""
    busy = f"All {throttled.limit} execution environments of '{function}' were busy{waited}"
    if throttled.limit == 1:
        busy = f"The one execution environment of '{function}' was busy{waited}"
    if isinstance(exchange.api, FunctionUrl):
        passed_on = "and the function URL passes that on"
    else:
        product = "HTTP API" if isinstance(exchange.api, HttpApi) else "REST API"
        passed_on = f"which the {product} passes on as {exchange.response.status}"
    return Finding(
        "throttled",
        Severity.ERROR,
        Layer.GATEWAY,
        f"{busy}. With as much reserved concurrency Lambda answers 429 TooManyRequestsException, {passed_on}.",
        (),
        f"Raise `maxConcurrency` of '{function}' (now {throttled.limit}), let requests wait longer with "
        f"`concurrencyWait`, or make its handler faster.",
    )


def _waited(exchange: Exchange, queued_ms: float) -> Finding:
    function = _function(exchange)
    return Finding(
        "waited-for-environment",
        Severity.WARNING,
        Layer.GATEWAY,
        f"This request waited {queued_ms:.0f} ms, because as many environments of '{function}' as `maxConcurrency` "
        "allows were busy. Lambda lets none wait: it would have started another, or, with as much reserved "
        "concurrency, have throttled the request.",
        (),
        f"Raise `maxConcurrency` of '{function}' if it runs without reserved concurrency; else write "
        f"`concurrencyWait: 0` to see what its callers will.",
    )


def _function(exchange: Exchange) -> str:
    return exchange.function or ""
