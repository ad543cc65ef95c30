"""Says what is no check: a request that cannot be made, a page that cannot be, an outcome that no browser has."""

from collections.abc import Collection, Iterator, Sequence

from emulator.aws.cors_origin import EXPECTED, is_origin, meant_origin
from emulator.browser.verdict import CorsErrorName
from emulator.config.complaint import Complaint, listed, quoted
from emulator.deployment import EITHER_OUTCOME, RecordedCheck, Resource
from emulator.messages import TOKEN
from emulator.spelling import near

OPAQUE = "null"
OUTCOMES = (*EITHER_OUTCOME, *CorsErrorName)
"""What may become of a call, by the names that a check expects it by."""


def check_complaints(checks: Sequence[RecordedCheck], apis: Collection[str]) -> Iterator[Complaint]:
    """Complain of checks that cannot be made. `apis` are the names of all APIs that are declared, sound or not."""
    for index, check in enumerate(checks):
        place: Resource = ("check", index)
        method, space, path = check.request.partition(" ")
        if not space or not TOKEN.fullmatch(method) or not path.startswith("/"):
            fix = "Write it like `request: POST /items`."
            yield Complaint((*place, "request"), quoted(check.request), "a method and a path", fix)
        if check.origin != OPAQUE and not is_origin(check.origin):
            meant = meant_origin(check.origin)
            fix = f"Write `as: {meant}`." if meant else "Write it like `as: https://shop.example.com`."
            yield Complaint((*place, "as"), quoted(check.origin), EXPECTED, fix)
        if check.expect not in OUTCOMES:
            meant = near(check.expect, OUTCOMES)
            fix = f"Write `expect: {meant}`." if meant else "Write `expect: blocked`."
            yield Complaint((*place, "expect"), quoted(check.expect), f"{listed(EITHER_OUTCOME)}, or a CorsError", fix)
        if check.api is not None and check.api not in apis:
            meant = near(check.api, apis)
            fix = f"Write `api: {meant}`." if meant else "Name one that is declared."
            yield Complaint((*place, "api"), quoted(check.api), listed(apis) if apis else "an API", fix)
