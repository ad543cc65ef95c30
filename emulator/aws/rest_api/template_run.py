"""The state of one run of a mapping template, and the bounds that it keeps to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.aws import limits
from emulator.aws.rest_api.template_grammar import Element
from emulator.aws.rest_api.template_values import RenderingError, Work


@dataclass(frozen=True, slots=True)
class Language:
    """What each class of elements does when it is written, and its value, by the name of the class."""

    directives: Mapping[str, Callable[["Run", Element], None]]
    values: Mapping[str, Callable[["Run", Element], Any]]


@dataclass(slots=True)
class Run:
    """One run. `final` has the maps whose keys may be set once: by the map's id, the one key, or None for every key;
    `assigned` what was set in `$context`, by its path there; `at` is the element of the template that is being
    written."""

    template: str
    variables: dict[str, Any]
    language: Language
    final: Mapping[int, str | None] = field(default_factory=dict)
    work: Work = field(default_factory=Work)
    assigned: dict[tuple[str, ...], Any] = field(default_factory=dict)
    overridden: set[tuple[int, Any]] = field(default_factory=set)
    macros: dict[str, Element] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    length: int = 0
    depth: int = 0
    at: Element = None

    def write(self, element: Element) -> None:
        """Do what an element of a block does."""
        self.work.spend()
        if element.full_text() is self.template:
            self.at = element
        self.language.directives[type(element).__name__](self, element)

    def value(self, element: Element) -> Any:
        """Return the value of an expression or a part of one."""
        self.work.spend()
        return self.language.values[type(element).__name__](self, element)

    def put(self, made: str) -> None:
        """Write a text where the template stands."""
        self.work.spend(len(made))
        self.length += len(made)
        if self.length > limits.REQUEST_BODY_BYTES:
            raise RenderingError(f"the template makes more than {limits.REQUEST_BODY_BYTES} bytes")
        self.written.append(made)

    def captured(self, block: Element) -> str:
        """Render a block to a text of its own."""
        before, length = self.written, self.length
        self.written, self.length = [], 0
        try:
            self.nested(block)
            return "".join(self.written)
        finally:
            self.written, self.length = before, length

    def nested(self, block: Element) -> None:
        """Render a block inside another, which may be its own."""
        self.depth += 1
        if self.depth > limits.MAPPING_TEMPLATE_DEPTH_COUNT:
            raise RenderingError(f"macros and blocks call each other more than {self.depth - 1} deep")
        self.write(block)
        self.depth -= 1
