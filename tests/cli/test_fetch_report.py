"""What `emulate fetch` prints of each way a call ends, as text and as JSON."""

import json
from typing import Any

import httpx
import pytest

from emulator.browser.cookie_jar import Withheld
from emulator.browser.cookies import CookieReason
from emulator.browser.exchanged import Exchanged, Send
from emulator.browser.modes import ResponseType
from emulator.browser.verdict import (
    Blocked,
    ConsoleTexts,
    CorsErrorName,
    NetworkErrorName,
    RequestErrorName,
    WarningName,
)
from emulator.browser.verdict import NetworkError as NetworkVerdict
from emulator.browser.verdict import RequestError as RequestVerdict
from emulator.cli.fetch_report import Outcome, report, report_json, words
from emulator.client.errors import CorsError, FetchError, NetworkError, RequestError
from emulator.client.response import BrowserResponse
from emulator.messages import Headers, Response

URL = "http://api.test/items"
PAGE = "http://page.test"
TEXTS = ConsoleTexts("chromium's words", "firefox's words", "safari's words")
COOKIE = Withheld("sid", CookieReason.SECURE_ONLY)


def sent(status: int | None = 200, headers: Headers = (), *, is_preflight: bool = False) -> Exchanged:
    send = Send("OPTIONS" if is_preflight else "GET", URL, (("Origin", PAGE),), is_preflight=is_preflight)
    return Exchanged(send, None if status is None else Response(status, headers))


def answered(
    kind: ResponseType = ResponseType.CORS,
    *,
    redirected: bool = False,
    warnings: tuple[WarningName, ...] = (),
    requests: tuple[Exchanged, ...] = (),
) -> BrowserResponse:
    headers = httpx.Headers([("content-type", "text/plain"), ("x-odd", "\x1b[2J")])
    return BrowserResponse(kind, 200, URL, redirected, headers, b"body", warnings, requests)


def blocked(
    error: CorsErrorName = CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER,
    header: str | None = "access-control-allow-origin",
    value: str | None = None,
    requests: tuple[Exchanged, ...] = (sent(),),
    warnings: tuple[WarningName, ...] = (),
) -> CorsError:
    response = requests[-1].response if requests else None
    return CorsError(Blocked(error, TEXTS, header, value, ("put",), warnings, response), requests)


def told(outcome: Outcome, browser: str = "chromium", *, says_fix: bool = True) -> list[str]:
    return report(outcome, browser, lambda text, colour: text, says_fix=says_fix)


ALLOWED = [
    pytest.param(answered(), "Allowed: the page gets a cors response, 200", id="cors"),
    pytest.param(answered(ResponseType.OPAQUE), "Allowed: the page gets an opaque response, 200", id="opaque"),
    pytest.param(
        answered(redirected=True), f"Allowed: the page gets a cors response, 200, redirected to {URL}", id="redirected"
    ),
]


@pytest.mark.parametrize(("outcome", "line"), ALLOWED)
def test_a_response_is_its_type_status_and_readable_headers(outcome: BrowserResponse, line: str) -> None:
    assert told(outcome) == [line, "  content-type: text/plain", "  x-odd: \\x1b[2J"]


def test_every_request_stands_with_its_answer() -> None:
    kept = Send("GET", URL, (("Origin", PAGE),), cookies_withheld=(COOKIE,))
    answer = Exchanged(kept, Response(200, (("Set-Cookie", "sid=\x1b"),)), (COOKIE,))
    lines = told(answered(requests=(sent(204, is_preflight=True), answer, sent(None))))
    assert lines[: lines.index("Allowed: the page gets a cors response, 200")] == [
        f"> OPTIONS {URL}  (preflight)",
        f"> Origin: {PAGE}",
        "< 204",
        "",
        f"> GET {URL}",
        f"> Origin: {PAGE}",
        f"  cookie kept back: sid: {CookieReason.SECURE_ONLY}",
        "< 200",
        "< Set-Cookie: sid=\\x1b",
        f"  cookie refused: sid: {CookieReason.SECURE_ONLY}",
        "",
        f"> GET {URL}",
        f"> Origin: {PAGE}",
        "< no answer",
        "",
    ]


def test_warnings_are_said_unless_findings_say_them() -> None:
    outcome = answered(warnings=(WarningName.VARY_ORIGIN_MISSING,))
    name, message, fix = told(outcome)[-3:]
    assert name == "  warning: vary-origin-missing"
    assert message.startswith("    This answer may be cached")
    assert fix.startswith("    Fix: Send `Vary: Origin`")
    assert not any("warning" in line for line in told(outcome, says_fix=False))


CHANGES = [
    pytest.param(blocked(), "access-control-allow-origin of the answer is missing.", id="missing"),
    pytest.param(blocked(value="\x1b"), "access-control-allow-origin of the answer is '\\x1b'.", id="held"),
    pytest.param(
        blocked(requests=(sent(204, is_preflight=True),)),
        "access-control-allow-origin of the preflight's answer is missing.",
        id="of-the-preflight",
    ),
]


@pytest.mark.parametrize(("outcome", "change"), CHANGES)
def test_a_blocked_call_is_the_browsers_words_and_what_to_change(outcome: CorsError, change: str) -> None:
    words_, error, what, fix = told(outcome)[-4:]
    assert (words_, error, what) == ("chromium's words", "  MissingAllowOriginHeader", f"  {change}")
    assert fix.startswith("  Fix: Answer OPTIONS with " if "preflight" in change else "  Fix: Send ")
    assert f"`Access-Control-Allow-Origin: {PAGE}`" in fix
    assert told(outcome, says_fix=False)[-2:] == [words_, error]


def test_where_no_header_is_at_fault_there_is_only_the_fix() -> None:
    lines = told(blocked(CorsErrorName.CORS_DISABLED_SCHEME, None, requests=()))
    assert lines[:2] == ["chromium's words", "  CorsDisabledScheme"]
    assert lines[2].startswith("  Fix: ")
    assert len(lines) == 3


def test_what_a_blocked_call_is_warned_of_is_said_beside_findings_too() -> None:
    lines = told(blocked(warnings=(WarningName.MIXED_CONTENT,)), says_fix=False)
    assert "  warning: mixed-content" in lines


NETWORK = NetworkError(NetworkVerdict(NetworkErrorName.CONNECTION_FAILED, "refused\x1b", TEXTS), (sent(None),))
INVALID = RequestError(RequestVerdict(RequestErrorName.INVALID_METHOD, TEXTS))


def test_an_error_that_is_not_cors() -> None:
    assert told(NETWORK)[-2:] == ["chromium's words", "  ConnectionFailed: refused\\x1b"]
    assert told(INVALID) == ["chromium's words"]


@pytest.mark.parametrize(
    ("browser", "text"),
    [("chromium", TEXTS.chromium), ("spec", TEXTS.chromium), ("firefox", TEXTS.firefox), ("webkit", TEXTS.safari)],
)
def test_each_browser_has_its_words(browser: str, text: str) -> None:
    assert words(TEXTS, browser) == text


# JSON

FINDINGS = [{"name": "origin-echoed"}]


def value(outcome: Outcome, browser: str = "firefox") -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(report_json(outcome, browser, FINDINGS, ["a note"]))
    return parsed


def test_an_allowed_call_as_json() -> None:
    outcome = answered(
        warnings=(WarningName.VARY_ORIGIN_MISSING,), requests=(sent(204, (("a", "b"),), is_preflight=True), sent(None))
    )
    request = {"method": "GET", "url": URL, "preflight": False, "headers": [["Origin", PAGE]], "response": None}
    assert value(outcome) == {
        "outcome": "allowed",
        "browser": "firefox",
        "response": {
            "type": "cors",
            "status": 200,
            "url": URL,
            "redirected": False,
            "headers": [["content-type", "text/plain"], ["x-odd", "\x1b[2J"]],
            "body": "body",
        },
        "warnings": ["VaryOriginMissing"],
        "findings": FINDINGS,
        "notes": ["a note"],
        "requests": [
            request | {"method": "OPTIONS", "preflight": True, "response": {"status": 204, "headers": [["a", "b"]]}},
            request,
        ],
    }


def test_a_blocked_call_as_json() -> None:
    told_ = value(blocked(value="*"))
    assert told_.pop("fix").startswith("Send `Access-Control-Allow-Origin: ")
    assert len(told_.pop("requests")) == 1
    assert told_ == {
        "outcome": "blocked",
        "browser": "firefox",
        "message": "firefox's words",
        "error": "MissingAllowOriginHeader",
        "header": "access-control-allow-origin",
        "value": "*",
        "disallowed": ["put"],
        "warnings": [],
        "findings": FINDINGS,
        "notes": ["a note"],
    }


ERRORS = [
    pytest.param(
        NETWORK, {"outcome": "network-error", "error": "ConnectionFailed", "reason": "refused\x1b"}, id="network"
    ),
    pytest.param(INVALID, {"outcome": "request-error"}, id="request"),
]


@pytest.mark.parametrize(("outcome", "fields"), ERRORS)
def test_other_errors_as_json(outcome: FetchError, fields: dict[str, str]) -> None:
    told_ = value(outcome)
    del told_["requests"]
    assert told_ == {
        "browser": "firefox",
        "message": "firefox's words",
        "findings": FINDINGS,
        "notes": ["a note"],
        **fields,
    }
