"""The answer carries headers that the page cannot read, and probably wants."""

from emulator.findings.allowing import EXPOSE_HEADERS, exposing
from emulator.findings.facts import is_literal_wildcard
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.unread_headers import unread_headers


def find(case: Case) -> Found | None:
    """Fetch Standard 2.2.2: seven CORS-safelisted response-header names, and those that are exposed. A `*` that exposes
    nothing to a call with credentials is another matter (wildcard_with_credentials.py)."""
    unread = unread_headers(case)
    if not unread or is_literal_wildcard(case, EXPOSE_HEADERS):
        return None
    names = tuple(name for name, _ in unread)
    them = "it" if len(unread) == 1 else "them"
    return Found(
        case.policy_layer,
        f"The page cannot read {', '.join(names)}: `response.headers.get` gives null, as no "
        f"Access-Control-Expose-Headers names {them}.",
        tuple(f"{name}: {value}" for name, value in unread),
        Fix((exposing(case, names),), given=f"If the page reads {them}"),
    )


RULE = Rule("header-not-exposed", Severity.NOTE, find)
