"""Access-Control-Max-Age keeps what a preflight allows for no time, or, where it is missing or no number, for five
seconds."""

from emulator.browser.preflight_cache import DEFAULT_AGE
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.max_age import MAX_AGE, keep_for, kept_s

PROPOSED_S = 600
"""Seconds that every browser takes (browser/profiles.py: Safari's cap), and that a mistake in a policy outlives by ten
minutes only."""


def find(case: Case) -> Found | None:
    """Fetch Standard 4.8, CORS-preflight fetch, step 7.9: 5 seconds for a max-age that is not there or does not parse.
    Of one that is not there nothing is said before the page shows that it calls often."""
    kept, text, earlier = kept_s(case), case.exchange.response.header(MAX_AGE), case.exchange.earlier
    if kept is None or kept > DEFAULT_AGE:
        return None
    if text is not None:
        return Found(
            case.policy_layer,
            f"The browser keeps what this preflight allows for {kept} s: later calls are preflighted anew, each with "
            f"a round trip more.",
            (f"{MAX_AGE}: {text}",),
            Fix((keep_for(case, PROPOSED_S),), given="If the page calls often"),
        )
    if earlier is None or earlier.repeated is None:
        return None
    return Found(
        case.policy_layer,
        f"The page has sent this preflight {earlier.repeated.times} times within {earlier.repeated.seconds} s. Nothing "
        f"says how long its answer holds, and so browsers keep it for {kept} s.",
        (f"the answer has no {MAX_AGE}",),
        Fix((keep_for(case, PROPOSED_S),)),
    )


RULE = Rule("preflight-not-cached", Severity.NOTE, find)
