"""What `emulate fetch` says of what was hardly meant so, and what `--fail-on` fails for."""

import httpx
import pytest

from emulator.aws.product import Layer
from emulator.browser.exchanged import Exchanged, Send
from emulator.browser.modes import ResponseType
from emulator.browser.verdict import (
    Blocked,
    ConsoleTexts,
    CorsErrorName,
    RequestError,
    RequestErrorName,
    WarningName,
)
from emulator.cli.fetch_notes import AS_TEXT, as_deployed, as_page_sends, failures, meant_target, page_instead_of_api
from emulator.client import errors
from emulator.client.response import BrowserResponse
from emulator.deployment import Frontend
from emulator.findings.finding import Finding, Severity
from emulator.messages import Headers, Response

TARGETS = [
    pytest.param("/items", None, id="path"),
    pytest.param("http://a.test/items", None, id="url"),
    pytest.param("http://[", None, id="url-that-the-browser-refuses"),
    pytest.param("data:text/plain,x", None, id="another-scheme"),
    pytest.param("localhost:3000/items", "http://localhost:3000/items", id="no-scheme"),
    pytest.param("localhost:3000", "http://localhost:3000", id="no-scheme-no-path"),
    pytest.param(
        "items/1", "/items/1 for a path of the configuration, or http://items/1 for a host", id="no-leading-slash"
    ),
]


@pytest.mark.parametrize(("target", "meant"), TARGETS)
def test_targets(target: str, meant: str | None) -> None:
    assert meant_target(target) == meant


JSON = '{"name": "Spoon"}'
BODIES = [
    pytest.param(None, [], None, [], id="none"),
    pytest.param(JSON, [], JSON, [AS_TEXT], id="json"),
    pytest.param(JSON.encode(), [("Accept", "*/*")], JSON, [AS_TEXT], id="json-of-a-file"),
    pytest.param("[1]", [], "[1]", [AS_TEXT], id="array"),
    pytest.param(JSON, [("content-type", "application/json")], JSON, [], id="typed"),
    pytest.param("a=b", [], "a=b", [], id="form"),
    pytest.param("5", [], "5", [], id="number"),
    pytest.param(b"\xff{}", [], b"\xff{}", [], id="bytes"),
    pytest.param("[" * 100_000, [], "[" * 100_000, [], id="too-deep"),
]


@pytest.mark.parametrize(("body", "headers", "sent", "notes"), BODIES)
def test_json_goes_as_a_page_sends_a_string(
    body: str | bytes | None, headers: list[tuple[str, str]], sent: str | bytes | None, notes: list[str]
) -> None:
    assert as_page_sends(body, headers) == (sent, notes)


def answered(status: int = 200, headers: Headers = (("Content-Type", "text/html; charset=utf-8"),)) -> list[Exchanged]:
    return [Exchanged(Send("GET", "http://localhost:5173/items", ()), Response(status, headers))]


def test_an_html_page_is_hardly_the_api() -> None:
    said = page_instead_of_api(answered(), (), ["http://localhost:3000"])
    assert said is not None
    assert said.startswith("http://localhost:5173/items answers with an HTML page, as a development server does")
    assert said.endswith("this is hardly the API. `emulate serve` has them at http://localhost:3000.")
    assert (page_instead_of_api(answered(), (), ()) or "").endswith("hardly the API.")


OTHERWISE = [
    pytest.param([], (), id="nothing-sent"),
    pytest.param([Exchanged(Send("GET", "http://a.test/", ()), None)], (), id="no-answer"),
    pytest.param(answered(404), (), id="error-page"),
    pytest.param(answered(headers=(("content-type", "application/json"),)), (), id="json"),
    pytest.param(answered(headers=()), (), id="no-type"),
    pytest.param(answered(), (("Accept", "text/html"),), id="asked-for"),
]


@pytest.mark.parametrize(("requests", "headers"), OTHERWISE)
def test_all_else_is_no_page(requests: list[Exchanged], headers: Headers) -> None:
    assert page_instead_of_api(requests, headers, ()) is None


FINDINGS = [
    Finding("bad", Severity.ERROR, Layer.GATEWAY, ""),
    Finding("doubtful", Severity.WARNING, Layer.GATEWAY, ""),
    Finding("remark", Severity.NOTE, Layer.GATEWAY, ""),
]
WARNINGS = [WarningName.VARY_ORIGIN_MISSING]
FAILING = [
    pytest.param((), 500, FINDINGS, [], id="nothing-named"),
    pytest.param(("warning",), 500, FINDINGS, ["bad", "doubtful"], id="warning"),
    pytest.param(("warning",), 500, FINDINGS[2:], [], id="a-note-is-none"),
    pytest.param(("warning",), 500, None, ["vary-origin-missing"], id="of-a-url"),
    pytest.param(("status",), 400, FINDINGS, ["status 400"], id="status"),
    pytest.param(("status",), 399, FINDINGS, [], id="status-below"),
    pytest.param(("status", "warning"), 404, FINDINGS, ["bad", "doubtful", "status 404"], id="both"),
]


@pytest.mark.parametrize(("fail_on", "status", "findings", "failed"), FAILING)
def test_what_fails(fail_on: tuple[str, ...], status: int, findings: list[Finding] | None, failed: list[str]) -> None:
    assert failures(fail_on, answered(status), findings, WARNINGS) == failed


def test_what_was_not_answered_has_no_status() -> None:
    assert failures(("status",), [], None, ()) == []


SHOP = Frontend("https://shop.example.com", ("http://localhost:5173",))
TEXTS = ConsoleTexts("Chromium's", "Firefox's", "Safari's")
WARNED = (WarningName.LOCAL_NETWORK_ACCESS, WarningName.VARY_ORIGIN_MISSING, WarningName.THIRD_PARTY_COOKIES)


def test_a_page_in_production_is_not_warned_of_this_machine() -> None:
    """It calls the API where that is deployed; what is wrong with the answer is wrong there too."""
    allowed = BrowserResponse(ResponseType.CORS, 200, "", False, httpx.Headers(), b"", WARNED, ())
    blocked = errors.CorsError(Blocked(CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER, TEXTS, warnings=WARNED), ())
    failed = errors.RequestError(RequestError(next(iter(RequestErrorName)), TEXTS))
    for outcome in (allowed, blocked):
        production = as_deployed(outcome, SHOP.origin, [SHOP])
        assert not isinstance(production, errors.RequestError | errors.NetworkError)
        assert production.warnings == (WarningName.VARY_ORIGIN_MISSING,)
        assert as_deployed(outcome, "https://else.example", [SHOP]) is outcome
        assert as_deployed(outcome, SHOP.origin, []) is outcome
    assert as_deployed(failed, SHOP.origin, [SHOP]) is failed
