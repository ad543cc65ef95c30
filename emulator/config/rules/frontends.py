"""Says what cannot be a frontend: an origin is compared with what a browser sends, character by character."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from emulator.aws.cors_origin import EXPECTED, is_origin, meant_origin
from emulator.config.complaint import Complaint, listed, quoted
from emulator.deployment import DEFAULT, Frontend, Resource
from emulator.spelling import near

OPAQUE = "null"
"""A page without an origin of its own sends this: a file, a sandboxed frame."""
OTHER_DEFAULTS = frozenset({"default", "*", "others"})
"""Habit calls `$default` so."""


def frontend_complaints(frontends: Sequence[Frontend], apis: Collection[str]) -> Iterator[Complaint]:
    """Complain of origins that no browser sends, and of credentials modes for APIs that are not declared. `apis` are
    the names of all that are, sound or not."""
    for index, frontend in enumerate(frontends):
        yield from _origin(frontend.origin, ("frontend", index, "origin"))
        if isinstance(frontend.credentials, Mapping):
            for name in frontend.credentials:
                yield from _api_name(name, apis, ("frontend", index, "credentials", name))


def _api_name(name: str, apis: Collection[str], place: Resource) -> Iterator[Complaint]:
    if name == DEFAULT or name in apis:
        return
    meant = DEFAULT if name in OTHER_DEFAULTS else near(name, (*apis, DEFAULT))
    known = listed((*apis, DEFAULT))
    fix = f"Write `{meant}` instead." if meant is not None else "Remove it, or use one of these."
    yield Complaint(place, f"the API {quoted(name)}, which is not declared", known, fix)


def _origin(text: str, place: Resource) -> Iterator[Complaint]:
    if text == OPAQUE or is_origin(text):
        return
    meant = meant_origin(text)
    fix = "Write it like `origin: https://shop.example.com`." if meant is None else f"Write `origin: {meant}`."
    yield Complaint(place, quoted(text), EXPECTED, fix)
