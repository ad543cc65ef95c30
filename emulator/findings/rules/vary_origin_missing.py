"""A cacheable answer names one origin, and does not say that it depends on it."""

from emulator.aws.product import Layer
from emulator.browser.verdict import WarningName
from emulator.browser.warnings import WORDS
from emulator.findings.changes import Fix, ReturnHeaders
from emulator.findings.facts import lets_in, warned
from emulator.findings.finding import Case, Found, Rule, Severity


def find(case: Case) -> Found | None:
    """Fetch Standard 3.3.6, CORS protocol and HTTP caches. Nothing is said where a gateway's `cors` wrote the origin:
    what goes beside it is AWS's to say, and no configuration changes it."""
    if not warned(case, WarningName.VARY_ORIGIN_MISSING) or (case.cors is not None and lets_in(case)):
        return None
    vary = ReturnHeaders(case.function, (("Vary", "Origin"),))
    no_store = ReturnHeaders(case.function, (("Cache-Control", "no-store"),))
    return Found(Layer.FUNCTION, WORDS[WarningName.VARY_ORIGIN_MISSING].meaning, fix=Fix((vary,), ((no_store,),)))


RULE = Rule("vary-origin-missing", Severity.WARNING, find)
