"""Access-Control-Max-Age is longer than browsers take it for."""

from emulator.browser.preflight_cache import max_age
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.max_age import BROWSERS, LONGEST_S, MAX_AGE, keep_for, kept_s


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8, CORS-preflight fetch, step 7.9: a browser may cap max-age."""
    text = case.exchange.response.header(MAX_AGE) or ""
    if kept_s(case) != LONGEST_S or int(text) <= LONGEST_S:
        return None
    kept = ", ".join(f"{name} {max_age(case.exchange.response, profile)} s" for name, profile in BROWSERS)
    return Found(
        case.policy_layer,
        f"Browsers keep what this preflight allows for less than {text} s: {kept}.",
        (f"{MAX_AGE}: {text}",),
        Fix((keep_for(case, LONGEST_S),)),
    )


RULE = Rule("max-age-capped", Severity.NOTE, find)
