"""How the best of many path templates is found for one method and path. The order of preference is the product's."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from emulator.aws.methods import ANY
from emulator.aws.routing.path_template import PathParameters, PathTemplate

Target = TypeVar("Target")
Entry = tuple[str, PathTemplate, Target]
"""A method or "ANY", a template, and the target that it leads to."""


@dataclass(frozen=True, slots=True)
class Candidates(Generic[Target]):
    """What one method can reach: literal paths by their segments, all else by the number of segments it can match.

    `by_length[n]` is in order of preference; its last item serves every longer path.
    """

    literal: dict[tuple[str, ...], Target]
    by_length: tuple[tuple[tuple[PathTemplate, Target], ...], ...]

    def find(self, segments: Sequence[str]) -> tuple[Target, PathParameters] | None:
        literal = self.literal.get(tuple(segments))
        if literal is not None:
            return literal, ()
        for template, target in self.by_length[min(len(segments), len(self.by_length) - 1)]:
            parameters = template.match(segments)
            if parameters is not None:
                return target, parameters
        return None


@dataclass(frozen=True, slots=True)
class RouteTable(Generic[Target]):
    """The candidates of each method that has some, and those of every other method."""

    named: dict[str, Candidates[Target]]
    unnamed: Candidates[Target]

    def find(self, method: str, segments: Sequence[str]) -> tuple[Target, PathParameters] | None:
        """Return the preferred target whose template matches, with what its variables captured."""
        return self.named.get(method, self.unnamed).find(segments)


def build_table(
    entries: Iterable[Entry[Target]], preference: Callable[[PathTemplate], Any], any_methods: frozenset[str] | None
) -> RouteTable[Target]:
    """Build the table. `preference` is a sort key, smallest first; a literal template must be its smallest for one
    path.

    At equal preference an exact method comes before ANY. ANY stands for `any_methods`, None for every method.
    """
    ranked = sorted(entries, key=lambda entry: (preference(entry[1]), entry[0] == ANY))
    named = {method for method, _, _ in ranked if method != ANY} | (any_methods or frozenset())
    return RouteTable(
        {
            method: _candidates(ranked, {method, ANY} if any_methods is None or method in any_methods else {method})
            for method in named
        },
        _candidates(ranked, {ANY} if any_methods is None else set()),
    )


def _candidates(ranked: Sequence[Entry[Target]], methods: set[str]) -> Candidates[Target]:
    own = [(template, target) for method, template, target in ranked if method in methods]
    literal: dict[tuple[str, ...], Target] = {}
    for template, target in own:
        if template.is_literal:
            literal.setdefault(template.texts, target)
    others = [(template, target) for template, target in own if not template.is_literal]
    longest = max((len(template.kinds) for template, _ in others), default=0)
    return Candidates(
        literal,
        tuple(
            tuple((template, target) for template, target in others if _can_match(template, length))
            for length in range(longest + 2)
        ),
    )


def _can_match(template: PathTemplate, length: int) -> bool:
    return len(template.kinds) == length or (template.is_greedy and len(template.kinds) < length)
