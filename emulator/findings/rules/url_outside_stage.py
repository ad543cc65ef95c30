"""The page left the stage out of the URL, or wrote another: an answer from outside it carries no CORS headers."""

from emulator.aws.product import Layer
from emulator.aws.refusal import RefusalKind
from emulator.exchange import Exchange
from emulator.findings.changes import CallUrl, ReturnHeaders
from emulator.findings.facts import answered
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.findings.resources import called_method, route_for


def find(case: Case) -> Found | None:
    """AWS: the base URL of an API is https://{api-id}.execute-api.{region}.amazonaws.com/{stage}/."""
    refusal = case.exchange.refusal
    if refusal is None or refusal.kind is not RefusalKind.OUTSIDE_STAGE:
        return None
    if case.exchange.redirected_from is not None:
        return _lost_by_redirect(case, case.exchange.redirected_from)
    name, base_path = case.api.name, case.api.base_path
    within = f"The stage '{case.api.stage}' of '{name}' is the first path segment"
    if base_path != f"/{case.api.stage}":
        within = f"'{name}' is below {base_path} of its custom domain name"
    because = f"{within}; an answer from outside it carries no CORS headers."
    return Found(Layer.GATEWAY, evidence=(answered(case),), fix=Fix((CallUrl(_url(case)),), because=because))


def _lost_by_redirect(case: Case, redirect: Exchange) -> Found:
    """Blame the function whose Location leads out of the stage: the page had the stage in its URL."""
    own_origin, function, response = case.request.own_origin, redirect.function or "", redirect.response
    location, query = response.header("location") or "", case.request.raw_query
    url = f"{_url(case)}?{query}" if query else _url(case)
    mended = url if location.startswith(own_origin) else url.removeprefix(own_origin)
    because = (
        "A function sees no stage in the event's path, so a framework that redirects has to be told of it, or not to "
        "redirect (FastAPI: `root_path`, `redirect_slashes=False`)."
    )
    sent = f"function '{function}' answered {redirect.request.method} {redirect.request.raw_path} with "
    return Found(
        Layer.FUNCTION,
        evidence=(f"{sent}{response.status} and Location: {location}", answered(case)),
        fix=Fix((ReturnHeaders(function, (("Location", mended),)),), ((CallUrl(url),),), because=because),
    )


def _url(case: Case) -> str:
    """Write the stage, or the base path, in place of the first segment where a route then takes the call, or a slash
    after it, else it before it all."""
    exchange, stage, path = case.exchange, case.api.base_path.lstrip("/"), case.request.raw_path.lstrip("/")
    first, slash, rest = path.partition("/")
    before, others = f"/{stage}/{path}", [f"/{stage}{slash}{rest}"]
    if first.startswith(stage):
        others.insert(0, f"/{stage}/{path.removeprefix(stage)}")
    method = called_method(case.request)
    taken = (other for other in (before, *others) if route_for(exchange, method, other) is not None)
    return f"{case.request.own_origin}{next(taken, before)}"


RULE = Rule("url-outside-stage", Severity.ERROR, find)
