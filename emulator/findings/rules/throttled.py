"""Every execution environment of the function was busy, and the request was refused. Needs no browser."""

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.product import Layer
from emulator.findings.changes import MendHandler, RaiseConcurrency, SetConcurrencyWait
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.functions.invocation import Throttled


def find(case: Case) -> Found | None:
    """AWS: Understanding Lambda function scaling; Configuring reserved concurrency for a function."""
    throttled, function = case.exchange.result, case.function
    if not isinstance(throttled, Throttled):
        return None
    waited = f" for {throttled.waited_s:g} s" if throttled.waited_s else ""
    busy = f"All {throttled.limit} execution environments of '{function}' were busy{waited}"
    if throttled.limit == 1:
        busy = f"The one execution environment of '{function}' was busy{waited}"
    passed_on = f"which the {case.api.product} passes on as {case.status}"
    if isinstance(case.api, FunctionUrl):
        passed_on = "and the function URL passes that on"
    others = ((SetConcurrencyWait(function),), (MendHandler(function, "answer sooner"),))
    return Found(
        Layer.GATEWAY,
        f"{busy}. With as much reserved concurrency Lambda answers 429 TooManyRequestsException, {passed_on}.",
        fix=Fix((RaiseConcurrency(function, throttled.limit),), others),
    )


RULE = Rule("throttled", Severity.ERROR, find)
