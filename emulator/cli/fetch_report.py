"""What `emulate fetch` prints, as text and as JSON. Pure: nothing is sent or written here."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from emulator.browser.exchanged import Exchanged
from emulator.browser.explain import fix_for
from emulator.browser.verdict import ConsoleTexts, WarningName
from emulator.browser.warnings import WORDS, finding_name
from emulator.cli.json_text import readable
from emulator.client.errors import CorsError, FetchError, NetworkError
from emulator.client.response import BrowserResponse
from emulator.console.json_values import Value
from emulator.messages import Headers
from emulator.terminal import printable

Outcome = BrowserResponse | FetchError
Style = Callable[[str, str], str]
"""Puts a text in a colour, by the colour's name."""


def report(outcome: Outcome, browser: str, style: Style, *, says_fix: bool) -> list[str]:
    """Make the lines of every request with its answer, then of the response the page gets or of the browser's own
    words; without the body. `says_fix` is False when findings follow, which know more."""
    lines = [line for exchanged in outcome.requests for line in _exchanged(exchanged, style)]
    if isinstance(outcome, BrowserResponse):
        redirected = f", redirected to {outcome.url}" if outcome.redirected else ""
        article = "an" if outcome.type.startswith("o") else "a"
        told = f"Allowed: the page gets {article} {outcome.type} response, {outcome.status}{redirected}"
        lines.append(style(told, "green"))
        lines += _headers("  ", outcome.headers.multi_items())
        return lines + (_warnings(outcome.warnings, style) if says_fix else [])
    lines.append(style(words(outcome.messages, browser), "red"))
    if isinstance(outcome, CorsError):
        lines.append(style(f"  {outcome.error}", "red"))
        lines += [f"  {line}" for line in _what_to_change(outcome)] if says_fix else []
        lines += _warnings(outcome.warnings, style)
    elif isinstance(outcome, NetworkError):
        lines.append(printable(f"  {outcome.error}: {outcome.reason}"))
    return lines


def _warnings(warnings: tuple[WarningName, ...], style: Style) -> list[str]:
    lines = []
    for warning in warnings:
        words = WORDS[warning]
        fix = f"{words.remedy[0].upper()}{words.remedy[1:]}."
        lines += [style(f"  warning: {finding_name(warning)}", "yellow"), f"    {words.meaning}", f"    Fix: {fix}"]
    return lines


def words(messages: ConsoleTexts, browser: str) -> str:
    """Return the chosen browser's console text; the Standard has no words of its own and borrows Chromium's."""
    return {"firefox": messages.firefox, "webkit": messages.safari}.get(browser, messages.chromium)


def _what_to_change(error: CorsError) -> list[str]:
    lines = []
    if error.header is not None:
        of = "the preflight's answer" if error.requests and error.requests[-1].request.is_preflight else "the answer"
        lines.append(f"{error.header} of {of} {'is missing' if error.value is None else f'is {error.value!r}'}.")
    lines.append(f"Fix: {fix_for(error.verdict, error.requests)}")
    return [printable(line) for line in lines]


def _exchanged(exchanged: Exchanged, style: Style) -> list[str]:
    request, response = exchanged.request, exchanged.response
    kind = "  (preflight)" if request.is_preflight else ""
    lines = [style(f"> {request.method} {request.url}{kind}", "cyan")]
    lines += _headers("> ", request.headers)
    lines += _headers("  cookie kept back: ", [(kept.cookie, kept.reason) for kept in request.cookies_withheld])
    if response is None:
        return [*lines, style("< no answer", "red"), ""]
    lines.append(style(f"< {response.status}", "cyan"))
    lines += _headers("< ", response.headers)
    lines += _headers("  cookie refused: ", [(refused.cookie, refused.reason) for refused in exchanged.cookies_refused])
    return [*lines, ""]


def _headers(before: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [printable(f"{before}{name}: {value}") for name, value in pairs]


def report_json(outcome: Outcome, browser: str, findings: list[Value] | None, notes: Sequence[str]) -> str:
    """Make one JSON object for machines; its `outcome` is "allowed", "blocked", "network-error" or "request-error".
    `findings` are None for a URL: of what answers there only the browser's part is known."""
    told: dict[str, Any] = {"outcome": _kind(outcome), "browser": browser}
    if isinstance(outcome, BrowserResponse):
        told["response"] = {
            "type": outcome.type,
            "status": outcome.status,
            "url": outcome.url,
            "redirected": outcome.redirected,
            "headers": _pairs(tuple(outcome.headers.multi_items())),
            "body": outcome.text,
        }
        told["warnings"] = list(outcome.warnings)
    else:
        told["message"] = words(outcome.messages, browser)
    if isinstance(outcome, CorsError):
        told |= {
            "error": outcome.error,
            "header": outcome.header,
            "value": outcome.value,
            "disallowed": list(outcome.disallowed),
            "fix": _what_to_change(outcome)[-1].removeprefix("Fix: "),
            "warnings": list(outcome.warnings),
        }
    elif isinstance(outcome, NetworkError):
        told |= {"error": outcome.error, "reason": outcome.reason}
    told |= {"findings": findings, "notes": list(notes)}
    told["requests"] = [_exchanged_json(exchanged) for exchanged in outcome.requests]
    return readable(told)


def _kind(outcome: Outcome) -> str:
    if isinstance(outcome, BrowserResponse):
        return "allowed"
    if isinstance(outcome, CorsError):
        return "blocked"
    return "network-error" if isinstance(outcome, NetworkError) else "request-error"


def _exchanged_json(exchanged: Exchanged) -> dict[str, Any]:
    request, response = exchanged.request, exchanged.response
    answer = None if response is None else {"status": response.status, "headers": _pairs(response.headers)}
    return {
        "method": request.method,
        "url": request.url,
        "preflight": request.is_preflight,
        "headers": _pairs(request.headers),
        "response": answer,
    }


def _pairs(headers: Headers) -> list[list[str]]:
    return [[name, value] for name, value in headers]
