"""The page left the stage out of the URL, or wrote another: an answer from outside it carries no CORS headers."""

from emulator.aws.product import Layer, RefusalKind
from emulator.findings.changes import CallUrl, Fix
from emulator.findings.facts import answered
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.resources import called_method, route_for


def find(case: Case) -> Found | None:
    """AWS: the base URL of an API is https://{api-id}.execute-api.{region}.amazonaws.com/{stage}/."""
    refusal = case.exchange.refusal
    if refusal is None or refusal.kind is not RefusalKind.OUTSIDE_STAGE:
        return None
    within = (
        f"The stage '{case.api.stage}' of '{case.api.name}' is the first path segment; an answer from outside it "
        f"carries no CORS headers."
    )
    return Found(Layer.GATEWAY, evidence=(answered(case),), fix=Fix((CallUrl(_url(case)),), because=within))


def _url(case: Case) -> str:
    """Write the stage in place of the first segment where a route then takes the call, else before it."""
    exchange, stage, path = case.exchange, case.api.stage, case.request.raw_path.lstrip("/")
    _, slash, rest = path.partition("/")
    before, instead = f"/{stage}/{path}", f"/{stage}{slash}{rest}"
    method = called_method(case.request)
    is_other = route_for(exchange, method, before) is None and route_for(exchange, method, instead) is not None
    return f"{case.request.own_origin}{instead if is_other else before}"


RULE = Rule("url-outside-stage", Severity.ERROR, find)
