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
    """Complain of origins that no browser sends, of dev origins that cannot stand in for one origin alone, and of
    credentials modes for APIs that are not declared. `apis` are the names of all that are, sound or not."""
    standing: dict[str, str] = {}
    for index, frontend in enumerate(frontends):
        if frontend.origin != OPAQUE:
            yield from _origin(frontend.origin, "origin: ", ("frontend", index, "origin"))
        for entry, dev in enumerate(frontend.dev):
            yield from _dev(dev, frontend, frontends, standing.get(dev), ("frontend", index, "dev", entry))
            standing.setdefault(dev, frontend.origin)
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


def _dev(
    dev: str, frontend: Frontend, frontends: Sequence[Frontend], taken: str | None, place: Resource
) -> Iterator[Complaint]:
    """Complain of a dev origin; `taken` is the origin that it stands in for already, None for none."""
    yield from _origin(dev, "", place)
    if taken is not None:
        fix = f"Remove it here: it stands in for {quoted(taken)} already."
        yield Complaint(place, f"{quoted(dev)} a second time", "a dev origin that stands in for one origin", fix)
    elif dev == frontend.origin:
        fix = "Remove it: a page there needs no stand-in, and `origin` is what production will see."
        yield Complaint(place, f"{quoted(dev)}, which is `origin` itself", "the page's origin on this machine", fix)
    elif any(dev == other.origin for other in frontends):
        fix = "Remove the frontend that has it as `origin`: a page there is held to the policy of production."
        yield Complaint(place, f"{quoted(dev)}, which is the `origin` of a frontend", "another origin than those", fix)


def _origin(text: str, key: str, place: Resource) -> Iterator[Complaint]:
    if is_origin(text):
        return
    meant = meant_origin(text)
    like = f"{key}https://shop.example.com" if key else "http://localhost:5173"
    fix = f"Write it like `{like}`." if meant is None else f"Write `{key}{meant}`."
    yield Complaint(place, quoted(text), EXPECTED, fix)
