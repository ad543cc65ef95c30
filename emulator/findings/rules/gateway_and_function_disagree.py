"""The function lets a page in that the function URL's `cors` does not: some of its calls pass and others do not."""

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.product import Layer
from emulator.browser.cors_check import ALLOW_ORIGIN
from emulator.browser.verdict import Allowed
from emulator.findings.allowing import by_gateway
from emulator.findings.changes import AddToCors, CorsField, Fix, RemoveCors, RemoveHeaders
from emulator.findings.facts import lets_in
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.unlistable_origin import is_listable


def find(case: Case) -> Found | None:
    """See the function's own headers come through, as the URL adds its own for listed origins only, and answers the
    preflights itself (AWS: Invoking Lambda function URLs). An HTTP API drops the function's."""
    api, cors = case.api, case.cors
    if cors is None or not isinstance(api, FunctionUrl) or case.request.is_preflight or lets_in(case):
        return None
    if not isinstance(case.verdict, Allowed) or not is_listable(case.origin):
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


RULE = Rule("gateway-and-function-disagree", Severity.WARNING, find)
