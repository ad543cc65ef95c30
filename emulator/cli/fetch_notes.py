"""What `emulate fetch` says beside the browser: of a target, a body and an answer that were hardly meant so, and why it
fails where the page does get an answer. Pure: nothing is sent or written here."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from emulator.browser.exchanged import Exchanged
from emulator.browser.url import parse_url
from emulator.browser.verdict import WarningName
from emulator.browser.warnings import OF_ADDRESS, finding_name
from emulator.cli.fetch_report import Outcome
from emulator.client.errors import CorsError
from emulator.client.response import BrowserResponse
from emulator.deployment import Frontend
from emulator.findings.finding import Finding, Severity
from emulator.messages import Headers, header_values

AS_TEXT = (
    "JSON without a Content-Type: sent as text/plain;charset=UTF-8, as a page's fetch() sends a string, which needs no "
    "preflight. If your page names one: -H 'Content-Type: application/json'"
)
"""The note on a body that looks like more than the text it is sent as."""

_HOST_AND_PORT = re.compile(r"[\w.-]+:\d+(/|$)")


def meant_target(target: str) -> str | None:
    """Say what to write instead of a target that is neither an absolute URL nor begins with a slash; None for all
    others."""
    if _HOST_AND_PORT.match(target):
        return f"http://{target}"
    if target.startswith("/") or "://" in target or parse_url(target) is not None:
        return None
    return f"/{target} for a path of the configuration, or http://{target} for a host"


def as_page_sends(body: str | bytes | None, headers: Sequence[tuple[str, str]]) -> tuple[str | bytes | None, list[str]]:
    """Make of JSON without a Content-Type the string that a page passes to fetch (Fetch: BodyInit, a scalar value
    string); return the body with the notes to be told, and every other body as it is."""
    if body is None or any(name.lower() == "content-type" for name, _ in headers):
        return body, []
    try:
        text = body if isinstance(body, str) else body.decode()
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        return body, []
    return (text, [AS_TEXT]) if isinstance(parsed, dict | list) else (body, [])


def page_instead_of_api(requests: Sequence[Exchanged], headers: Headers, urls: Iterable[str]) -> str | None:
    """Say that a URL answered with an HTML page nobody asked for, which a development server does on every path that it
    does not know; `urls` are those of the configuration's APIs. None for any other answer."""
    answered = requests[-1] if requests else None
    if answered is None or answered.response is None or answered.response.status >= 300:
        return None
    types = header_values(answered.response.headers, "content-type")
    accepts = ",".join(header_values(headers, "accept"))
    if not any(one.lower().startswith("text/html") for one in types) or "text/html" in accepts:
        return None
    instead = ", ".join(urls)
    known = f" `emulate serve` has them at {instead}." if instead else ""
    return (
        f"{answered.request.url} answers with an HTML page, as a development server does on every path that it does "
        f"not know: this is hardly the API.{known}"
    )


def as_deployed(outcome: Outcome, origin: str, frontends: Iterable[Frontend]) -> Outcome:
    """Leave out of a call to an API of the configuration what is only warned of because it is asked on this machine,
    where `origin` is that of a page in production: such a page calls the API where it is deployed."""
    if all(frontend.origin != origin for frontend in frontends):
        return outcome
    if isinstance(outcome, BrowserResponse):
        return replace(outcome, warnings=_elsewhere(outcome.warnings))
    if isinstance(outcome, CorsError):
        verdict = replace(outcome.verdict, warnings=_elsewhere(outcome.warnings))
        return CorsError(verdict, outcome.requests)
    return outcome


def _elsewhere(warnings: tuple[WarningName, ...]) -> tuple[WarningName, ...]:
    return tuple(warning for warning in warnings if warning not in OF_ADDRESS)


def failures(
    fail_on: Sequence[str],
    requests: Sequence[Exchanged],
    findings: Sequence[Finding] | None,
    warnings: Sequence[WarningName],
) -> list[str]:
    """List what `--fail-on` names of an answer that the page gets. `findings` are None for a URL, of which only the
    browser's own `warnings` are known."""
    found: list[str] = []
    if "warning" in fail_on:
        if findings is None:
            found += [finding_name(warning) for warning in warnings]
        else:
            found += [finding.name for finding in findings if finding.severity is not Severity.NOTE]
    response = requests[-1].response if requests else None
    if "status" in fail_on and response is not None and response.status >= 400:
        found.append(f"status {response.status}")
    return found
