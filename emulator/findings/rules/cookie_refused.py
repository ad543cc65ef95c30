"""The answer sets a cookie that the page's browser refuses, whatever the credentials mode."""

from emulator.aws.product import Layer
from emulator.browser.cookies import CookieReason
from emulator.browser.modes import Credentials
from emulator.findings.changes import MendHandler
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.set_cookies import set_cookies

ACROSS_SITES = "`SameSite=None; Secure`, and `Partitioned` for browsers that keep third parties' cookies back"
WORDS = {
    CookieReason.SYNTAX_ERROR: ("it has no name", "set it as `name=value`"),
    CookieReason.DISALLOWED_CHARACTER: ("it holds a control character", "encode its value, in base64 or by percent"),
    CookieReason.NAME_VALUE_PAIR_EXCEEDS_MAX_SIZE: ("name and value have more than 4096 bytes", "store less in it"),
    CookieReason.INVALID_DOMAIN: ("its Domain is not the API's own host or one above it", "leave Domain out"),
    CookieReason.INVALID_PREFIX: (
        "its name begins with __Host- or __Secure-, which ask for Secure; __Host- for `Path=/` and no Domain too",
        "set it with `Secure; Path=/` and without Domain",
    ),
    CookieReason.SECURE_ONLY: ("it is Secure, and the API is not on https", "leave Secure out where there is no https"),
    CookieReason.SAME_SITE_STRICT: ("it is SameSite=Strict, and the page is of another site", ACROSS_SITES),
    CookieReason.SAME_SITE_LAX: ("it is SameSite=Lax, and the page is of another site", ACROSS_SITES),
    CookieReason.SAME_SITE_UNSPECIFIED_TREATED_AS_LAX: (
        "it has no SameSite, which is Lax, and the page is of another site",
        ACROSS_SITES,
    ),
    CookieReason.SAME_SITE_NONE_INSECURE: ("SameSite=None needs Secure", "set it with `SameSite=None; Secure`"),
    CookieReason.PARTITIONED_INSECURE: ("Partitioned needs Secure", "set it with `Partitioned; Secure`"),
}
"""Why a browser refuses a cookie, and how it would take it. Chromium's other reasons need a jar that has cookies
already, or a user who blocks them."""


def find(case: Case) -> Found | None:
    """RFC 6265bis 5.7, storage model."""
    if case.credentials is not Credentials.INCLUDE and case.is_mode_shown:
        return None
    refused = [(one, WORDS[one.refused]) for one in set_cookies(case) if one.refused in WORDS]
    if not refused:
        return None
    told = "; ".join(f"{one.name} ({why})" for one, (why, _) in refused)
    how = dict.fromkeys(f"set it with {how}" if how is ACROSS_SITES else how for _, (_, how) in refused)
    return Found(
        Layer.FUNCTION,
        f"The browser refuses the cookie {told}.",
        tuple(f"Set-Cookie: {one.line}" for one, _ in refused),
        Fix(tuple(MendHandler(case.function, one) for one in how)),
    )


RULE = Rule("cookie-refused", Severity.WARNING, find)
