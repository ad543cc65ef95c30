"""The function answers OPTIONS with a status that is no success."""

import dataclasses

from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import of_function
from emulator.findings.finding import Case, Found, Rule, Severity

LONGEST = 200
"""Bytes of a body below which it is quoted: an HTML page is not."""


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8, CORS-preflight fetch, step 7: an ok status, 200 to 299."""
    if case.cors is not None or case.plain_error is not CorsErrorName.PREFLIGHT_INVALID_STATUS:
        return None
    found = of_function(case)
    return dataclasses.replace(found, evidence=(*found.evidence, *_said(case.exchange.response.body)))


def _said(body: bytes) -> tuple[str, ...]:
    """Quote a short text, which often tells who refused: a login, a router, a framework."""
    try:
        text = " ".join(body[:LONGEST].decode().split())
    except UnicodeDecodeError:
        return ()
    return (f"it says: {text}",) if text and len(body) < LONGEST else ()


RULE = Rule("preflight-status", Severity.ERROR, find)
