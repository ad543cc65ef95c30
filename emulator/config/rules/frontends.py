"""What cannot be a frontend: an origin is compared with what a browser sends, character by character."""

from collections.abc import Collection, Iterator, Sequence

from emulator.aws.cors_origin import EXPECTED, is_origin, meant_origin
from emulator.config.complaint import Complaint, Path, listed, quoted
from emulator.config.emulator_yaml.schema import Frontend
from emulator.deployment import DEFAULT
from emulator.spelling import near

OPAQUE = "null"
"""The origin of a page without one of its own: a file, a sandboxed frame."""
OTHER_DEFAULTS = frozenset({"default", "*", "others"})
"""What habit calls `$default`."""


def frontend_complaints(frontends: Sequence[Frontend], apis: Collection[str]) -> Iterator[Complaint]:
    """`apis` are the names of all APIs in the file, sound or not."""
    for index, frontend in enumerate(frontends):
        yield from _origin(frontend.origin, ("frontends", index, "origin"))
        if isinstance(frontend.credentials, dict):
            for name in frontend.credentials:
                yield from _api_name(name, apis, ("frontends", index, "credentials", name))


def _api_name(name: str, apis: Collection[str], path: Path) -> Iterator[Complaint]:
    if name == DEFAULT or name in apis:
        return
    meant = DEFAULT if name in OTHER_DEFAULTS else near(name, (*apis, DEFAULT))
    known = listed((*apis, DEFAULT))
    fix = f"Write `{meant}` instead." if meant is not None else "Remove it, or use one of these."
    yield Complaint(path, f"the API {quoted(name)}, which is not declared", known, fix)


def _origin(text: str, path: Path) -> Iterator[Complaint]:
    if text == OPAQUE or is_origin(text):
        return
    meant = meant_origin(text)
    fix = f"Write it like `{path[-1]}: https://shop.example.com`." if meant is None else f"Write `{path[-1]}: {meant}`."
    yield Complaint(path, quoted(text), EXPECTED, fix)
