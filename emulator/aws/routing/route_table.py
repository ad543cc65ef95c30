"""How the best of many path templates is found for one method and path: a tree of segments, walked in the order of
preference, so that it does not matter how many routes there are. The order of preference is the product's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

from emulator.aws.methods import ANY
from emulator.aws.routing.path_template import PathParameters, PathTemplate, SegmentKind

Target = TypeVar("Target")
Entry = tuple[str, PathTemplate, Target]
"""A method or "ANY", a template, and the target that it leads to."""


class Preference(Enum):
    """Which of several matching templates is taken. In either a literal segment comes before a variable and that before
    a greedy one, from the left."""

    MOST_SPECIFIC = "most specific"
    FULL_MATCH_FIRST = "full match first"
    """Every template without a greedy variable comes before every one with it."""


@dataclass(slots=True)
class Node(Generic[Target]):
    """One place in the tree of segments. `ends` holds, by method or "ANY", the templates that end here, and `greedy`
    those of which only the greedy variable is left."""

    literals: "dict[str, Node[Target]]" = field(default_factory=dict)
    variable: "Node[Target] | None" = None
    ends: dict[str, tuple[PathTemplate, Target]] = field(default_factory=dict)
    greedy: dict[str, tuple[PathTemplate, Target]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RouteTable(Generic[Target]):
    """All routes of an API. ANY stands for `any_methods`, None for every method."""

    root: Node[Target]
    preference: Preference
    any_methods: frozenset[str] | None

    def find(self, method: str, segments: Sequence[str]) -> tuple[Target, PathParameters] | None:
        """Return the preferred target whose template matches, with what its variables captured. At equal preference an
        exact method comes before ANY."""
        has_any = self.any_methods is None or method in self.any_methods
        for ends in self._matching(segments):
            found = ends.get(method) or (ends.get(ANY) if has_any else None)
            if found is not None:
                template, target = found
                return target, template.match(segments) or ()
        return None

    def _matching(self, segments: Sequence[str]) -> Iterator[dict[str, tuple[PathTemplate, Target]]]:
        """Go through the templates that match, by their methods, in the order of preference."""
        if self.preference is Preference.MOST_SPECIFIC:
            yield from _walk(self.root, segments, 0, full=True, greedy=True)
        else:
            yield from _walk(self.root, segments, 0, full=True, greedy=False)
            yield from _walk(self.root, segments, 0, full=False, greedy=True)


def build_table(
    entries: Iterable[Entry[Target]], preference: Preference, any_methods: frozenset[str] | None
) -> RouteTable[Target]:
    """Build the table. Of two entries of one method whose templates differ in their variables' names alone, the first
    counts."""
    root: Node[Target] = Node()
    for method, template, target in entries:
        node = root
        for kind, text in zip(template.kinds, template.texts, strict=True):
            if kind is SegmentKind.LITERAL:
                node = node.literals.setdefault(text, Node())
            elif kind is SegmentKind.VARIABLE:
                node.variable = node.variable or Node()
                node = node.variable
        ends = node.greedy if template.is_greedy else node.ends
        ends.setdefault(method, (template, target))
    return RouteTable(root, preference, any_methods)


def _walk(
    node: Node[Target], segments: Sequence[str], at: int, *, full: bool, greedy: bool
) -> Iterator[dict[str, tuple[PathTemplate, Target]]]:
    """Go through what matches `segments` from index `at` on: literal before variable before greedy. `full` and `greedy`
    say which kinds of templates are asked for."""
    if at == len(segments):
        if full:
            yield node.ends
        return
    segment = segments[at]
    literal = node.literals.get(segment)
    if literal is not None:
        yield from _walk(literal, segments, at + 1, full=full, greedy=greedy)
    if node.variable is not None and segment:
        yield from _walk(node.variable, segments, at + 1, full=full, greedy=greedy)
    # A greedy variable takes one segment or more, and is not empty.
    if greedy and node.greedy and (segment or at + 1 < len(segments)):
        yield node.greedy
