"""A value of an OpenAPI document, with the place it stands at; references within the document are followed."""

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.config.complaint import Complaint, Path, listed, quoted
from emulator.config.yaml.document import Data, value_at
from emulator.spelling import near

MOST_REFERENCES = 20
"""References that lead to one another are followed so far: more are a circle."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value, the path to it, and the whole document it stands in."""

    root: Data
    path: Path
    value: Data

    def get(self, key: str) -> "Node | None":
        """Return what stands at a key; None where this is no mapping, or nothing stands there."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return None if value is None else followed(Node(self.root, (*self.path, key), value))

    def entries(self) -> Iterator[tuple[str, "Node"]]:
        """Yield each key and what stands there; nothing where this is no mapping."""
        for key, value in self.value.items() if isinstance(self.value, dict) else ():
            yield key, followed(Node(self.root, (*self.path, key), value))

    def items(self) -> Iterator["Node"]:
        """Yield each item; nothing where this is no list."""
        for index, value in enumerate(self.value if isinstance(self.value, list) else ()):
            yield followed(Node(self.root, (*self.path, index), value))


def followed(node: Node) -> Node:
    """Go where a `$ref` leads (JSON Reference, RFC 6901), with the path there. One that leads nowhere is left."""
    at = node
    for _ in range(MOST_REFERENCES):
        pointer = at.value.get("$ref") if isinstance(at.value, dict) else None
        if not isinstance(pointer, str):
            return at
        path = tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
        target = value_at(path, at.root) if pointer.startswith("#/") else None
        if target is None:
            return at
        at = Node(at.root, path, target)
    return node


class Notes:
    """Collects what is said of a document: `complaints`, whose paths are the document's, and what is not emulated."""

    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self.not_emulated: list[tuple[Path, str, str]] = []
        """The place of each, what it is, and the route key it concerns, "" for all."""

    def complain(self, path: Path, found: str, expected: str, fix: str) -> None:
        """Add what keeps the document from being served."""
        self.complaints.append(Complaint(path, found, expected, fix))

    def warn(self, path: Path, found: str, expected: str, fix: str) -> None:
        """Add what AWS refuses, or takes for nothing, and can be served all the same."""
        self.complaints.append(Complaint(path, found, expected, fix, is_warning=True))

    def skip(self, path: Path, what: str, route: str = "") -> None:
        """Add what AWS would do, and is not done here."""
        self.not_emulated.append((path, what, route))

    def text(self, node: Node, key: str, example: str) -> str | None:
        """Read a text; None where there is none, or something else, which is complained of."""
        found = node.get(key)
        if found is None or isinstance(found.value, str):
            return None if found is None else str(found.value)
        self.complain(found.path, quoted(found.value), "text", f"Write it like `{key}: {example}`.")
        return None

    def number(self, node: Node, key: str, least: int, most: int) -> int | None:
        """Read a number within its range; None where there is none, or something else, which is complained of."""
        found = node.get(key)
        if found is None:
            return None
        if isinstance(found.value, str) and found.value.isdecimal() and least <= int(found.value) <= most:
            return int(found.value)
        self.complain(
            found.path, quoted(found.value), f"a number from {least} to {most}", f"Write it like `{key}: {most}`."
        )
        return None

    def choice(self, node: Node, key: str, choices: tuple[str, ...]) -> str | None:
        """Read one of several words, which AWS takes in either case; None where there is none, or another."""
        found = node.get(key)
        if found is None:
            return None
        word = found.value if isinstance(found.value, str) else ""
        taken = next((one for one in choices if one.lower() == word.lower()), None)
        if taken is None:
            meant = near(word, choices) or choices[0]
            self.complain(found.path, quoted(found.value), listed(choices), f"Write `{key}: {meant}`.")
        return taken

    def texts(self, node: Node, key: str) -> tuple[str, ...]:
        """Read a list of texts; what is none is complained of."""
        found = node.get(key)
        if found is None:
            return ()
        if isinstance(found.value, list) and all(isinstance(item, str) for item in found.value):
            return tuple(str(item) for item in found.value)
        self.complain(found.path, quoted(found.value), "a list of texts", f"Write a list: `{key}: [...]`.")
        return ()

    def pairs(self, node: Node, key: str) -> tuple[tuple[str, str], ...]:
        """Read a mapping of texts, an empty one as ""; what is none is complained of."""
        found = node.get(key)
        if found is None:
            return ()
        if isinstance(found.value, dict) and all(
            item is None or isinstance(item, str) for item in found.value.values()
        ):
            return tuple((name, str(item or "")) for name, item in found.value.items())
        self.complain(found.path, quoted(found.value), "a mapping of texts", f"Write a mapping under `{key}`.")
        return ()
