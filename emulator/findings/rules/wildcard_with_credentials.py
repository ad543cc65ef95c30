"""`*` as the allowed origin, and credentials: no browser takes the two together."""

from emulator.aws.product import Layer
from emulator.browser.verdict import CorsErrorName
from emulator.findings.allowing import by_gateway, of_function, without_credentials
from emulator.findings.changes import (
    Fix,
    RemoveHeaders,
    ReturnHeaders,
)
from emulator.findings.facts import OPAQUE
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.unlistable_origin import credentials_of_unlistable_fix, is_listable

ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials"


def find(case: Case) -> Found | None:
    """Fetch Standard 4.9, CORS check, step 3: "*" passes only when the credentials mode is not "include"."""
    if case.plain_error is CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED:
        return _refused(case)
    answer = case.exchange.response
    has_both = answer.header("access-control-allow-origin") == "*" and answer.header(ALLOW_CREDENTIALS) is not None
    return _not_used_yet(case) if has_both and case.blocked is None else None


def _refused(case: Case) -> Found:
    if case.cors is None:
        return of_function(case)
    if not is_listable(case.origin):
        return Found(Layer.GATEWAY, fix=credentials_of_unlistable_fix(case.origin))
    return Found(Layer.GATEWAY, fix=Fix(by_gateway(case, case.cors), without_credentials(case)))


def _not_used_yet(case: Case) -> Found:
    """See the two beside each other in what the function returned to a call without credentials. No gateway sends them:
    AWS refuses the two together in an HTTP API's `cors`, and a function URL answers `*` with the origin that asks."""
    drop = RemoveHeaders(case.function, ALLOW_CREDENTIALS)
    named = ReturnHeaders(case.function, (("Access-Control-Allow-Origin", case.origin),))
    return Found(
        Layer.FUNCTION,
        "Access-Control-Allow-Origin: * together with Access-Control-Allow-Credentials: a browser refuses this as soon "
        "as the page calls with credentials: 'include'.",
        ("nothing shows credentials with this call: no cookie, and no frontend that declares them",),
        Fix((drop,)) if case.origin == OPAQUE else Fix((named,), ((drop,),)),
        Severity.WARNING,
    )


RULE = Rule("wildcard-with-credentials", Severity.ERROR, find)
