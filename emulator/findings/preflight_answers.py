"""What the answer to a call's preflight said of who may read the call's own answer, and what that says itself: in
words, with the layer that wrote it."""

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.browser.cors_check import ALLOW_CREDENTIALS, ALLOW_ORIGIN
from emulator.exchange import PreflightAnswer
from emulator.findings.finding import Case


def preflight_answer(case: Case) -> PreflightAnswer | None:
    """Give what the preflight of this call was told; None where there was none, or none is known."""
    return None if case.exchange.earlier is None else case.exchange.earlier.preflight


def answered_before(case: Case) -> tuple[str, ...]:
    """Say what the preflight of a blocked call was told, where the call's own answer says something else."""
    before, response = preflight_answer(case), case.exchange.response
    if before is None or case.plain_error is None or not case.plain_error.is_of_cors_check:
        return ()
    own = (response.header(ALLOW_ORIGIN) or "", response.header(ALLOW_CREDENTIALS) or "")
    return () if own == (before.allow_origin, before.allow_credentials) else (said_before(before),)


def said_before(before: PreflightAnswer) -> str:
    """Say what a preflight was told, and by whom."""
    by = before.function
    return f"OPTIONS was answered with {_headers(before.allow_origin, by, before.allow_credentials, by)}"


def said_now(case: Case) -> str:
    """Say what the answer to the call itself has, and who wrote each of the two headers."""
    response = case.exchange.response
    origin, credentials = response.header(ALLOW_ORIGIN) or "", response.header(ALLOW_CREDENTIALS) or ""
    told = _headers(origin, _writer(case, ALLOW_ORIGIN), credentials, _writer(case, ALLOW_CREDENTIALS))
    return f"{case.request.method} was answered with {told}"


def _writer(case: Case, name: str) -> str:
    """Name the function that wrote a header of the answer, "" for the gateway: an HTTP API's `cors` drops the
    function's own, a function URL's adds to them."""
    own, cors = case.exchange.function_response, case.cors
    if own is None or (cors is not None and not isinstance(case.api, FunctionUrl)):
        return ""
    return case.function if cors is None or own.header(name) is not None else ""


def _headers(origin: str, by: str, credentials: str, by_other: str) -> str:
    allowed = f"{ALLOW_ORIGIN}: {origin} ({_who(by)})"
    return (
        f"{allowed}, {ALLOW_CREDENTIALS}: {credentials} ({_who(by_other)})"
        if credentials
        else f"{allowed} and no {ALLOW_CREDENTIALS}"
    )


def _who(function: str) -> str:
    return f"function '{function}'" if function else "the gateway"
