"""Requests that found every execution environment busy: throttled, or kept waiting as Lambda would not."""

import asyncio
import json
import subprocess
import sys

import pytest

from emulator import gateway
from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer, Stamp
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.verdict import Allowed, Blocked
from emulator.exchange import Exchange
from emulator.findings.concurrency import WORTH_SAYING_MS, concurrency
from emulator.findings.finding import Severity
from emulator.findings.review import review
from emulator.functions.invocation import IntegrationTimeout, Invocation, Result, Returned, Throttled
from emulator.messages import Request
from products import a_method, a_route

PAGE = "http://localhost:5173"
STAMP = Stamp(1_700_000_000_000, "11111111-2222-4333-8444-555555555555", "QXXIFgRJ5PgEPNA=", "1-65000000-" + "0" * 24)
HTTP = HttpApi("shop", "abc", (a_route("GET /x", "items"),), cors=CorsConfiguration(allow_origins=(PAGE,)))
REST = RestApi("admin", "abc", (a_method("GET", "/x", "items"),), stage="dev")
URL = FunctionUrl("up", "abc", "items")
PAYLOAD = json.dumps({"statusCode": 200, "body": ""}).encode()


def exchanged(api: Api, result: Result, path: str = "/x", origin: str | None = None) -> Exchange:
    async def invoke(name: str, invocation: Invocation) -> Result:
        return result

    headers = (("Host", "localhost:3000"), *((("Origin", origin),) if origin else ()))
    request = Request("GET", path, headers=headers, port=3000)
    return asyncio.run(gateway.handle(api, request, STAMP, invoke, lambda: 0.0))


@pytest.mark.parametrize(
    ("api", "path", "status", "words"),
    [
        pytest.param(HTTP, "/x", 503, "which the HTTP API passes on as 503.", id="http-api"),
        pytest.param(REST, "/dev/x", 500, "which the REST API passes on as 500.", id="rest-api"),
        pytest.param(URL, "/x", 429, "and the function URL passes that on.", id="function-url"),
    ],
)
def test_throttled(api: Api, path: str, status: int, words: str) -> None:
    exchange = exchanged(api, Throttled(10, 2.5), path)
    [finding] = concurrency(exchange)
    assert exchange.response.status == status
    assert (finding.name, finding.severity, finding.layer) == ("throttled", Severity.ERROR, Layer.GATEWAY)
    assert finding.message == (
        "All 10 execution environments of 'items' were busy for 2.5 s. With as much reserved concurrency Lambda "
        f"answers 429 TooManyRequestsException, {words}"
    )
    assert finding.fix == (
        "Raise `maxConcurrency` of 'items' (now 10), let requests wait longer with `concurrencyWait`, or make its "
        "handler faster."
    )


@pytest.mark.parametrize(
    ("throttled", "words"),
    [
        (Throttled(1, 0.0), "The one execution environment of 'items' was busy."),
        (Throttled(1, 3.0), "The one execution environment of 'items' was busy for 3 s."),
        (Throttled(2, 0.0), "All 2 execution environments of 'items' were busy."),
    ],
)
def test_how_many_were_busy(throttled: Throttled, words: str) -> None:
    [finding] = concurrency(exchanged(HTTP, throttled))
    assert finding.message.startswith(words)


def test_waited() -> None:
    [finding] = concurrency(exchanged(HTTP, Returned(PAYLOAD, queued_ms=250.4)))
    assert (finding.name, finding.severity, finding.layer) == (
        "waited-for-environment",
        Severity.WARNING,
        Layer.GATEWAY,
    )
    assert finding.message.startswith(
        "This request waited 250 ms, because as many environments of 'items' as `maxConcurrency` allows were busy."
    )


@pytest.mark.parametrize(
    "result",
    [
        pytest.param(Returned(PAYLOAD), id="at-once"),
        pytest.param(Returned(PAYLOAD, queued_ms=WORTH_SAYING_MS - 1), id="not-worth-saying"),
        pytest.param(IntegrationTimeout(30.0), id="the-function-is-slow"),
    ],
)
def test_nothing_to_say(result: Result) -> None:
    assert list(concurrency(exchanged(HTTP, result))) == []


@pytest.mark.parametrize("origin", [None, "http://localhost:3000"], ids=["no-page", "same-origin"])
def test_a_review_names_it_for_a_request_of_no_other_origin(origin: str | None) -> None:
    reviewed = review(exchanged(HTTP, Throttled(1), origin=origin), ())
    assert reviewed.verdict is None
    assert [finding.name for finding in reviewed.findings] == ["throttled"]


def test_a_review_names_it_beside_what_the_browser_says() -> None:
    waited = review(exchanged(HTTP, Returned(PAYLOAD, queued_ms=200.0), origin=PAGE), ())
    assert isinstance(waited.verdict, Allowed)
    assert [found.name for found in waited.findings if found.severity is Severity.WARNING] == ["waited-for-environment"]
    throttled = review(exchanged(REST, Throttled(1), "/dev/x", origin=PAGE), ())
    assert isinstance(throttled.verdict, Blocked)
    assert [finding.severity for finding in throttled.findings] == [Severity.ERROR, Severity.ERROR]


def test_the_model_of_the_browser_is_not_needed_for_it() -> None:
    """It is a third of the start-up, and has no work before the first page calls."""
    source = (
        "import sys, emulator.findings.concurrency; "
        "print(*sorted(name for name in sys.modules if name.startswith('emulator.browser')))"
    )
    loaded = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True).stdout.split()
    assert not {"emulator.browser.observe", "emulator.browser.fetch", "emulator.browser.profiles"} & set(loaded)
