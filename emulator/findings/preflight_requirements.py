"""How a preflight gets past what its route requires of requests, and no browser can put into a preflight."""

from emulator.aws.refusal import RefusalKind
from emulator.findings.allowing import preflight_answer
from emulator.findings.changes import AddRoute, DoByHand
from emulator.findings.finding import Case
from emulator.findings.fix import Fix

REQUIREMENTS = {
    RefusalKind.INVALID_API_KEY: "apiKeyRequired",
    RefusalKind.BAD_REQUEST_BODY: "requestValidator",
    RefusalKind.BAD_REQUEST_PARAMETERS: "requestValidator",
}
"""What of a route makes each refusal."""


def without_requirement(case: Case) -> Fix | None:
    """Take it off the route of OPTIONS; where the route is of ANY, let one of OPTIONS answer, which requires nothing.
    None where the preflight is refused for another reason."""
    exchange = case.exchange
    requirement = None if exchange.refusal is None else REQUIREMENTS.get(exchange.refusal.kind)
    if exchange.route is None or requirement is None or not case.request.is_preflight:
        return None
    method, _, resource = exchange.route.key.partition(" ")
    if method != "OPTIONS":
        options = AddRoute(case.api.name, f"OPTIONS {resource}", preflight_answer(case))
        return Fix((options,), because=f"`{exchange.route.key}` requires it of OPTIONS too.")
    take_off = DoByHand(f"take `{requirement}` off the route `{exchange.route.key}` of '{case.api.name}'")
    return Fix((take_off,), because="The request itself is held to what its own route requires.")
