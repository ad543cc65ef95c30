"""Two speak of who may read an answer, and say different things: a function URL's `cors` and its function, or the
answer to a preflight and that to the call itself. Some calls pass and others do not."""

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.product import Layer
from emulator.browser.cors_check import ALLOW_CREDENTIALS, ALLOW_ORIGIN
from emulator.browser.verdict import Allowed
from emulator.exchange import PreflightAnswer
from emulator.findings.allowing import by_gateway, needed_with_credentials
from emulator.findings.changes import AddToCors, Answer, Change, CorsField, RemoveCors, RemoveHeaders, ReturnHeaders
from emulator.findings.facts import lets_in
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.preflight_answers import preflight_answer, said_before, said_now
from emulator.findings.unlistable_origin import is_listable
from emulator.messages import Headers

ANY = "*"


def find(case: Case) -> Found | None:
    """Look at an answer that the page gets: where it is blocked, what blocks it says what the preflight was told."""
    if case.request.is_preflight or not isinstance(case.verdict, Allowed) or not is_listable(case.origin):
        return None
    return _let_in_by_function(case) or _answered_otherwise(case)


def _let_in_by_function(case: Case) -> Found | None:
    """See the function's own headers come through, as the URL adds its own for listed origins only, and answers the
    preflights itself (AWS: Invoking Lambda function URLs). An HTTP API drops the function's."""
    api, cors = case.api, case.cors
    if cors is None or not isinstance(api, FunctionUrl) or lets_in(case):
        return None
    listed = AddToCors(api.name, CorsField.ALLOW_ORIGINS, (case.origin,), cors.allow_origins)
    removed = RemoveHeaders(case.function, "Access-Control-")
    return Found(
        Layer.GATEWAY,
        f"Function '{case.function}' lets {case.origin} in, and `cors` of '{api.name}' does not: this call passes, and "
        f"every call that is preflighted is blocked, as the URL answers preflights itself.",
        (
            f"{ALLOW_ORIGIN}: {case.exchange.response.header(ALLOW_ORIGIN)}, from the function",
            f"`cors.allowOrigins` of '{api.name}': [{', '.join(cors.allow_origins)}]",
        ),
        Fix((*by_gateway(case, cors, (listed,)), removed), ((RemoveCors(api.name),),)),
    )


def _answered_otherwise(case: Case) -> Found | None:
    """Compare the answer to the preflight with the answer to the call (Fetch Standard 4.8, step 7, and 4.9: each has to
    pass the CORS check). Nothing is said where another finding does: of `*` beside credentials, and, where the page's
    mode does not show, of an answer that only credentials would break."""
    before, response = preflight_answer(case), case.exchange.response
    if before is None:
        return None
    now = PreflightAnswer(response.header(ALLOW_ORIGIN) or "", response.header(ALLOW_CREDENTIALS) or "", case.function)
    if any(one.allow_origin == ANY and one.allow_credentials for one in (before, now)):
        return None
    if not case.is_mode_shown and (_allows_credentials(before) > _allows_credentials(now) or now.allow_origin == ANY):
        return None
    evidence = (said_before(before), said_now(case))
    if _allows_credentials(before) != _allows_credentials(now):
        fix = Fix(_agreeing(case, before, now), given="If its pages call with credentials")
        return Found(Layer.FUNCTION, _of_credentials(case, before), evidence, fix)
    if before.allow_origin == now.allow_origin:
        return None
    fix = Fix(_agreeing(case, before, now), given="If only some origins are to be let in")
    return Found(Layer.FUNCTION, _of_origins(case, before), evidence, fix, Severity.NOTE)


def _allows_credentials(answer: PreflightAnswer) -> bool:
    return answer.allow_credentials == "true"


def _of_credentials(case: Case, before: PreflightAnswer) -> str:
    method = case.request.method
    if _allows_credentials(before):
        return (
            f"The answer to the preflight allows credentials, and the answer to {method} does not: with them {method} "
            f"is sent, and its answer blocked."
        )
    return (
        f"The answer to {method} allows credentials, and the answer to its preflight does not: with them {method} is "
        f"not sent, while calls that need no preflight pass."
    )


def _of_origins(case: Case, before: PreflightAnswer) -> str:
    method = case.request.method
    if before.allow_origin == ANY:
        return (
            f"The answer to the preflight lets every origin in, and the answer to {method} names {case.origin}: where "
            f"it does not name the page, {method} is sent, and its answer blocked."
        )
    return (
        f"The answer to the preflight names {case.origin}, and the answer to {method} lets every origin in: where the "
        f"preflight does not name the page, that reads all the same what needs no preflight."
    )


def _agreeing(case: Case, before: PreflightAnswer, now: PreflightAnswer) -> tuple[Change, ...]:
    """Let both answers name the page's origin, and allow credentials where one of them does."""
    if case.cors is not None:
        return (*needed_with_credentials(case), RemoveHeaders(case.function, "Access-Control-"))
    allows = _allows_credentials(before) or _allows_credentials(now)
    on_own = Answer.ERROR if case.status >= 400 else Answer.ANY
    sides = ((before, Answer.PREFLIGHT), (now, on_own))
    lacking = ((one.function, _lacking(case, one, allows=allows), on) for one, on in sides)
    return tuple(ReturnHeaders(function, headers, on) for function, headers, on in lacking if headers)


def _lacking(case: Case, answer: PreflightAnswer, *, allows: bool) -> Headers:
    origin = () if answer.allow_origin == case.origin else ((ALLOW_ORIGIN, case.origin),)
    credentials = ((ALLOW_CREDENTIALS, "true"),) if allows and not _allows_credentials(answer) else ()
    return (*origin, *credentials)


RULE = Rule("gateway-and-function-disagree", Severity.WARNING, find)
