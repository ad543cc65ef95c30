"""Reviewed exchanges as JSON values, and JSON values as lines. docs/json.md lists the fields.

Every object of a type has all of its fields, null where there is nothing to say. No body is in them, and no secret.
Pure."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, assert_never

import orjson

from emulator.aws.product import Layer
from emulator.browser.verdict import Allowed, Blocked, NetworkError
from emulator.config.dialects.emulator_yaml import worded
from emulator.console.masking import credentials_of, masked_query, without_secrets
from emulator.exchange import Enforced, Exchange
from emulator.findings.finding import Finding, Review
from emulator.findings.fix import Fix
from emulator.functions.invocation import FunctionError, IntegrationTimeout, Result, Returned, Throttled
from emulator.history.history import LookedAtAgain, Message, MessageKind, Reloaded, ReviewedExchange
from emulator.terminal import showable_json

Value = dict[str, Any]


def line_of(value: Value) -> str:
    """Write a value as one line of JSON that drives no terminal."""
    try:
        text = orjson.dumps(value).decode()
    except TypeError:  # half of a surrogate pair, as an error's message may have it, which UTF-8 has not
        text = json.dumps(value, separators=(",", ":"))
    return showable_json(text)


def exchange_value(reviewed: ReviewedExchange, words: Callable[[Fix], str] = worded) -> Value:
    """Make the object of type `exchange`."""
    exchange, review = reviewed.exchange, reviewed.review
    refusal = exchange.refusal
    value = {
        **_head("exchange", exchange, exchange.stamp.epoch_ms),
        "route": None if exchange.route is None else exchange.route.key,
        "function": exchange.function,
        "status": exchange.response.status,
        "layer": exchange.layer,
        "elapsed_ms": round(exchange.elapsed_ms, 3),
        "response": {
            "body_bytes": len(exchange.response.body),
            "sets_cookie": exchange.response.header("set-cookie") is not None,
        },
        "result": None if exchange.result is None else _result(exchange.result),
        "refusal": None if refusal is None else {"kind": refusal.kind, "reason": refusal.reason},
        "enforced": _enforced(exchange),
        "verdict": _verdict(review),
        "findings": [_finding(finding, words) for finding in review.findings],
    }
    return _told(value, exchange)


def again_value(again: LookedAtAgain, epoch_ms: int, words: Callable[[Fix], str] = worded) -> Value:
    """Make the object of type `looked-at-again`; `epoch_ms` is the Unix time of the second look."""
    value = {
        **_head("looked-at-again", again.exchange, epoch_ms),
        "findings": [_finding(again.finding, words)],
    }
    return _told(value, again.exchange)


def message_value(message: Message) -> Value:
    """Make the object of type `note`, `warning` or `problem`."""
    value = {"type": message.kind.value, "time": iso(message.epoch_ms), "message": message.text}
    return {**value, "is_configuration": message.is_configuration} if message.kind is MessageKind.PROBLEM else value


def reload_value(reloaded: Reloaded) -> Value:
    """Make the object of type `reload`."""
    files, functions = list(reloaded.files), list(reloaded.functions)
    return {"type": "reload", "time": iso(reloaded.epoch_ms), "files": files, "functions": functions}


def finding_value(finding: Finding, exchange: Exchange, words: Callable[[Fix], str] = worded) -> Value:
    """Make the object of one finding, as it stands in `findings` of the exchange that it was found in."""
    return _told(_finding(finding, words), exchange)


def error_value(error: FunctionError) -> Value:
    """Make the object of a function's error, with the names that FunctionError has."""
    return {
        "error_type": error.error_type,
        "error_message": error.error_message,
        "stack_trace": list(error.stack_trace),
    }


def iso(epoch_ms: int) -> str:
    """Write Unix time in milliseconds as ISO 8601, in UTC."""
    seconds, ms = divmod(epoch_ms, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{ms:03}Z"


def _told(value: Value, exchange: Exchange) -> Value:
    told: Value = without_secrets(value, exchange)
    return told


def _head(kind: str, exchange: Exchange, epoch_ms: int) -> Value:
    request, stamp = exchange.request, exchange.stamp
    return {
        "type": kind,
        "time": iso(epoch_ms),
        "api": exchange.api.name,
        "product": exchange.api.product,
        "request_id": stamp.request_id,
        "extended_request_id": stamp.extended_request_id,
        "request": {
            "method": request.method,
            "path": request.raw_path,
            "query": masked_query(request.raw_query),
            "host": request.host,
            "origin": request.origin,
            "dev_origin": request.dev_origin,
            "source_ip": request.source_ip,
            "body_bytes": len(request.body),
            "credentials": credentials_of(exchange),
            "is_preflight": request.is_preflight,
            "access_control_request_method": request.header("access-control-request-method"),
            "is_from_browser": request.is_from_browser and exchange.made_for is None,
            "is_made_by_emulate": exchange.made_for is not None,
        },
    }


def _enforced(exchange: Exchange) -> Value | None:
    """Make the object of the exchange that was blocked, in whose place the client got 403."""
    if not isinstance(exchange.outcome, Enforced):
        return None
    return {"is_sent": exchange.outcome.is_sent, "status": exchange.outcome.exchange.response.status}


def _result(result: Result) -> Value:
    """Make the object of what the invocation came to."""
    match result:
        case Returned():
            return _outcome("returned", result, queued_ms=result.queued_ms)
        case FunctionError():
            return _outcome("function-error", result)
        case IntegrationTimeout():
            return _outcome("integration-timeout")
        case Throttled():
            return _outcome("throttled", queued_ms=result.waited_s * 1000)
        case _:
            assert_never(result)


def _outcome(outcome: str, result: Returned | FunctionError | None = None, queued_ms: float = 0.0) -> Value:
    init_duration_ms = None if result is None else result.init_duration_ms
    return {
        "outcome": outcome,
        "duration_ms": None if result is None else round(result.duration_ms, 3),
        "init_duration_ms": None if init_duration_ms is None else round(init_duration_ms, 3),
        "queued_ms": round(queued_ms, 3),
        "error": error_value(result) if isinstance(result, FunctionError) else None,
    }


def _verdict(review: Review) -> Value | None:
    """Make the object of what a browser does; with what it would do if the page called with credentials, where nothing
    shows it."""
    verdict, included = review.verdict, review.with_credentials
    match verdict:
        case None:
            return None
        case Allowed():
            said = _said("allowed")
        case Blocked():
            said = _said("blocked", verdict, _layer(review))
        case NetworkError():
            said = _said("unreadable", verdict, _layer(review))
        case _:
            assert_never(verdict)
    with_credentials = None if included is None else _said("blocked", included, review.layer_with_credentials)
    return {**said, "with_credentials": with_credentials}


def _layer(review: Review) -> Layer:
    """Name the layer to change: that of the first finding, which is the worst."""
    return review.findings[0].layer if review.findings else Layer.BROWSER


def _said(outcome: str, verdict: Blocked | NetworkError | None = None, layer: Layer | None = None) -> Value:
    error, message = (None, None) if verdict is None else (verdict.error, verdict.message)
    return {"outcome": outcome, "error": error, "message": message, "layer": layer}


def _finding(finding: Finding, words: Callable[[Fix], str]) -> Value:
    return {
        "name": finding.name,
        "severity": finding.severity,
        "layer": finding.layer,
        "message": finding.message,
        "evidence": list(finding.evidence),
        "fix": words(finding.fix) or None,
    }
