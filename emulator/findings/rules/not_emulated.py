"""The API answered without what AWS would do besides, as its configuration allows with `unsupported: warn`. Needs no
browser."""

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.product import Layer
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix


def find(case: Case) -> Found | None:
    """AWS: what each part of the document does is told in docs/openapi.md."""
    if isinstance(case.api, FunctionUrl):
        return None
    key = None if case.exchange.route is None else case.exchange.route.key
    parts = [what for route, what in case.api.not_emulated if route in ("", key)]
    if not parts:
        return None
    *others, last = parts
    said = f"{', '.join(others)} and {last}" if others else last
    return Found(
        Layer.GATEWAY,
        f"On AWS this call would meet {said}, and here it did not: that is not emulated. AWS may answer otherwise.",
        fix=Fix(because="Make such calls on AWS before you rely on them."),
    )


RULE = Rule("not-emulated", Severity.WARNING, find)
