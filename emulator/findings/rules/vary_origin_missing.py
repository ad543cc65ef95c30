"""A cacheable answer depends on the Origin of the request, and does not say so."""

from emulator.aws.product import Layer
from emulator.browser.cors_check import ALLOW_ORIGIN
from emulator.browser.verdict import WarningName
from emulator.browser.warnings import WORDS, is_reused_for_any_origin
from emulator.exchange import OtherAnswer
from emulator.findings.changes import ReturnHeaders
from emulator.findings.facts import lets_in, warned
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.other_answers import is_loaded_without_cors
from emulator.findings.other_calls import from_origin

ON_EVERY_ANSWER = "It has to be on every answer, to requests without Origin too."
OF_A_LOAD = (
    "The page loaded this without CORS, and the answer may be cached: it has no Access-Control-Allow-Origin, and no "
    "`Vary: Origin` either. A script that fetches the same URL gets it from the HTTP cache and is blocked, with no "
    "request to be seen anywhere."
)
UNKNOWN = (
    "This answer may be cached and names one origin, without `Vary: Origin`. Nothing shows whether other requests get "
    "another answer. If they do, a page that finds the wrong one in the HTTP cache is blocked, with no request to be "
    "seen anywhere."
)


def find(case: Case) -> Found | None:
    """Fetch Standard 3.3.6, CORS protocol and HTTP caches: Vary is for what depends on the origin, and an answer that
    always names the same one, to requests without Origin too, does without. Nothing is said where a gateway's `cors`
    wrote the origin: what goes beside it is AWS's to say, and no configuration changes it."""
    if is_loaded_without_cors(case.request):
        return _of_a_load(case)
    if case.exchange.refusal is not None:
        return None
    if not warned(case, WarningName.VARY_ORIGIN_MISSING) or (case.cors is not None and lets_in(case)):
        return None
    other, named = case.exchange.other_answer, case.exchange.response.header(ALLOW_ORIGIN)
    if other is None:
        return Found(Layer.FUNCTION, UNKNOWN, fix=_fix(case, "If they do"), severity=Severity.NOTE)
    if other.allow_origin == named:
        return None
    return Found(Layer.FUNCTION, WORDS[WarningName.VARY_ORIGIN_MISSING].meaning, (_said(other),), _fix(case))


def _of_a_load(case: Case) -> Found | None:
    """See an answer to <img> or <script> that keeps the page's own scripts from the same URL: a warning where a page
    has fetched that URL, and a note where it is known only that a fetch is answered otherwise."""
    answer, other = case.exchange.response, case.exchange.other_answer
    is_kept = is_reused_for_any_origin(answer.headers) and answer.header(ALLOW_ORIGIN) is None
    if not is_kept or case.exchange.function_response is None:
        return None
    if other is not None and other.is_same_url:
        return Found(Layer.FUNCTION, OF_A_LOAD, (_said(other),), _fix(case))
    evidence = _by_gateway(case) if other is None else _said(other)
    if not evidence:
        return None
    return Found(Layer.FUNCTION, OF_A_LOAD, (evidence,), _fix(case, "If a script fetches it too"), Severity.NOTE)


def _by_gateway(case: Case) -> str:
    """Say that the gateway lets the page in, which it only does where a request names its Origin (AWS: Configuring CORS
    for an HTTP API); "" where it does not."""
    api, exchange, page = case.api, case.exchange, case.request.page_origin
    if api.cors is None or page is None or case.exchange.function_response is None:
        return ""
    asked = api.finish(from_origin(case.request, page), exchange.route, case.exchange.function_response, exchange.stamp)
    if asked.header(ALLOW_ORIGIN) is None:
        return ""
    return f"`cors` of '{api.name}' lets {page} in, and adds no header to the answer to a request without Origin"


def _said(other: OtherAnswer) -> str:
    """Say what the other answer was, and to whom."""
    whose = "without Origin" if other.origin is None else f"of {other.origin}"
    with_ = f"without {ALLOW_ORIGIN}" if other.allow_origin is None else f"with {ALLOW_ORIGIN}: {other.allow_origin}"
    return f"{other.call} {whose} was answered {with_}"


def _fix(case: Case, given: str = "") -> Fix:
    """Say how the cache learns of it, or keeps nothing; `*` to all is right where only requests with Origin get it."""
    vary = ReturnHeaders(case.function, (("Vary", "Origin"),))
    no_store = ReturnHeaders(case.function, (("Cache-Control", "no-store"),))
    other = case.exchange.other_answer
    to_all: tuple[tuple[ReturnHeaders], ...] = ()
    if other is not None and other.allow_origin == "*" and case.cors is None:
        to_all = ((ReturnHeaders(case.function, ((ALLOW_ORIGIN, "*"),)),),)
    return Fix((vary,), (*to_all, (no_store,)), ON_EVERY_ANSWER, given)


RULE = Rule("vary-origin-missing", Severity.WARNING, find)
