"""What cannot be a frontend: an origin is compared with what a browser sends, character by character."""

from collections.abc import Iterator, Sequence

from emulator.aws.cors_origin import EXPECTED, is_origin, meant_origin
from emulator.config.complaint import Complaint, Path, quoted
from emulator.config.schema import Frontend


def frontend_complaints(frontends: Sequence[Frontend]) -> Iterator[Complaint]:
    for index, frontend in enumerate(frontends):
        yield from _origin(frontend.origin, ("frontends", index, "origin"))


def _origin(text: str, path: Path) -> Iterator[Complaint]:
    if is_origin(text):
        return
    meant = meant_origin(text)
    fix = f"Write it like `{path[-1]}: https://shop.example.com`." if meant is None else f"Write `{path[-1]}: {meant}`."
    yield Complaint(path, quoted(text), EXPECTED, fix)
