"""The function did not answer in time: in that of the gateway's integration, or in its own. Needs no browser."""

from emulator.aws import limits
from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.findings.changes import IntegrationField, MendHandler, RaiseTimeout, SetIntegration
from emulator.findings.facts import in_its_stead
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.functions.invocation import FunctionError, FunctionErrorKind, IntegrationTimeout

ASK_AGAIN = "or start the work, answer 202 at once, and let the page ask for the result"


def find(case: Case) -> Found | None:
    """AWS: Quotas for HTTP APIs; Quotas for REST APIs; Configure Lambda function timeout."""
    match case.exchange.result:
        case IntegrationTimeout(waited_s=waited_s):
            return _of_integration(case, waited_s)
        case FunctionError(kind=FunctionErrorKind.TIMEOUT, error_message=message):
            sooner = MendHandler(case.function, f"answer sooner, {ASK_AGAIN}")
            said = f"Function '{case.function}' ran into its own `timeout`: {message}. {in_its_stead(case)}."
            return Found(Layer.FUNCTION, said, fix=Fix((RaiseTimeout(case.function),), ((sooner,),)))
        case _:
            return None


def _of_integration(case: Case, waited_s: float) -> Found:
    """Name the file's own `timeoutInMillis` where AWS lets it be raised."""
    route = case.exchange.route
    assert route is not None  # noqa: S101  it was called
    longest = limits.HTTP_API_INTEGRATION_TIMEOUT_MS
    if isinstance(case.api, RestApi):
        longest = limits.REST_API_INTEGRATION_TIMEOUT_MS
    now = round(waited_s * 1000)
    raised = SetIntegration(case.api.name, route.key, IntegrationField.TIMEOUT_IN_MILLIS, str(longest), str(now))
    sooner = MendHandler(case.function, f"answer within {waited_s:g} s, {ASK_AGAIN}")
    because = "The function goes on working unheard, and cannot catch this."
    if now >= longest:
        because += f" The {case.api.product} waits no longer than {longest / 1000:g} s."
    return Found(
        Layer.FUNCTION,
        f"Function '{case.function}' had not answered after {waited_s:g} s, which is how long the integration of "
        f"'{route.key}' waits. {in_its_stead(case)}.",
        fix=Fix((sooner,), ((raised,),) if now < longest else (), because=because),
    )


RULE = Rule("function-timeout", Severity.ERROR, find)
