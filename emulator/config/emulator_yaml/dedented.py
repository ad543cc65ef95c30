"""Finds keys that stand beside the one they belong below: each is indented one level too little, which is sound
YAML."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from emulator.aws.http_api import http_api
from emulator.aws.methods import ROUTE_METHODS
from emulator.config.complaint import Complaint, Path, listed
from emulator.config.emulator_yaml.keys import API_TYPES, keys
from emulator.config.emulator_yaml.schema.cors import Cors
from emulator.config.emulator_yaml.schema.function import Function
from emulator.config.yaml.document import Data

_OF_AN_API = frozenset(key for section in API_TYPES.values() for key in keys(section))
_OF_A_FUNCTION = frozenset(keys(Function))
_OF_CORS = frozenset(keys(Cors))


@dataclass(frozen=True, slots=True)
class Dedented:
    """Says that `parent` is empty because `children`, keys beside it, belong below it."""

    parent: Path
    children: tuple[str, ...]

    def explains(self, complaint: Complaint) -> bool:
        """Tell whether that complaint is about this mistake, too."""
        above = self.parent[:-1]
        inside = {(*above, child) for child in self.children}
        return complaint.path == self.parent or complaint.path[: len(self.parent)] in inside

    def complaint(self) -> Complaint:
        """Complain of the mistake at the first of the keys."""
        name, first = self.parent[-1], self.children[0]
        found = f"`{first}` beside `{name}`, which has nothing below it"
        fix = f"Indent {listed(self.children).replace(' or ', ' and ')} one level more."
        return Complaint((*self.parent[:-1], first), found, f"what belongs to `{name}` indented below it", fix)


def dedented(data: dict[str, Data]) -> Iterator[Dedented]:
    """Find such keys among the APIs, in each API, and among the functions."""
    apis, functions = data.get("apis"), data.get("functions")
    if isinstance(apis, dict):
        yield from _beside(("apis",), apis, lambda key: key not in _OF_AN_API, _OF_AN_API.__contains__)
        for name, api in apis.items():
            if isinstance(api, dict):
                yield from _beside(("apis", name), api, lambda key: key == "cors", _OF_CORS.__contains__)
                yield from _beside(("apis", name), api, lambda key: key == "routes", _is_route_key)
    if isinstance(functions, dict):
        yield from _beside(
            ("functions",), functions, lambda key: key not in _OF_A_FUNCTION, _OF_A_FUNCTION.__contains__
        )


def _beside(
    path: Path, inside: dict[str, Data], is_parent: Callable[[str], bool], is_child: Callable[[str], bool]
) -> Iterator[Dedented]:
    parent: str | None = None
    children: list[str] = []
    for key, value in inside.items():
        if is_parent(key):
            if parent is not None and children:
                yield Dedented((*path, parent), tuple(children))
            parent, children = (key if value is None else None), []
        elif parent is not None and is_child(key):
            children.append(key)
    if parent is not None and children:
        yield Dedented((*path, parent), tuple(children))


def _is_route_key(key: str) -> bool:
    method, _, path = key.partition(" ")
    return key == http_api.DEFAULT or (method in ROUTE_METHODS and path.startswith("/"))
