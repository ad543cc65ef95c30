"""Access-Control-Max-Age keeps what a preflight allows for no time, or for the default of five seconds."""

from emulator.browser.preflight_cache import DEFAULT_AGE
from emulator.findings.changes import Fix
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.max_age import MAX_AGE, keep_for, kept_s

PROPOSED_S = 600
"""Seconds that every browser takes (browser/profiles.py: Safari's cap), and that a mistake in a policy outlives by ten
minutes only."""


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8, CORS-preflight fetch, step 7.9: 5 seconds for a max-age that does not parse. Of one that is
    not there nothing is said: one preflight does not show that the page calls often."""
    kept, text = kept_s(case), case.exchange.response.header(MAX_AGE)
    if kept is None or kept > DEFAULT_AGE or text is None:
        return None
    return Found(
        case.policy_layer,
        f"The browser keeps what this preflight allows for {kept} s: later calls are preflighted anew, each with "
        f"a round trip more.",
        (f"{MAX_AGE}: {text}",),
        Fix((keep_for(case, PROPOSED_S),), given="If the page calls often"),
    )


RULE = Rule("preflight-not-cached", Severity.NOTE, find)
