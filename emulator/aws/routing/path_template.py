"""Path templates of routes and resources, "/pets/{id}" or "/{proxy+}": how they are parsed and matched. Which of two
comes first is the product's to say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

PathParameters = tuple[tuple[str, str], ...]


class SegmentKind(IntEnum):
    """What a segment of a template is; the smaller the value, the more specific it is."""

    LITERAL = 0
    VARIABLE = 1
    GREEDY = 2


@dataclass(frozen=True, slots=True)
class PathTemplate:
    """One template; `texts` holds a literal's text or a variable's name for each of `kinds`."""

    text: str
    kinds: tuple[SegmentKind, ...]
    texts: tuple[str, ...]

    @property
    def is_greedy(self) -> bool:
        return self.kinds[-1:] == (SegmentKind.GREEDY,)

    @property
    def is_literal(self) -> bool:
        return all(kind is SegmentKind.LITERAL for kind in self.kinds)

    @property
    def shape(self) -> str:
        """The template without its variables' names: two routes of one method and one shape conflict."""
        blanks = {SegmentKind.VARIABLE: "{}", SegmentKind.GREEDY: "{+}"}
        return "/" + "/".join(blanks.get(kind, text) for kind, text in zip(self.kinds, self.texts, strict=True))

    def match(self, segments: Sequence[str]) -> PathParameters | None:
        """Return what each variable captured, in the order of the template; None when the path does not fit.

        A variable fills exactly one segment and is never empty; a greedy one takes one segment or more (AWS: Create
        routes for HTTP APIs).
        """
        length = len(self.kinds)
        if len(segments) != length and not (self.is_greedy and len(segments) > length):
            return None
        captured: list[tuple[str, str]] = []
        for index, kind in enumerate(self.kinds):
            if kind is SegmentKind.LITERAL:
                if segments[index] != self.texts[index]:
                    return None
                continue
            value = segments[index] if kind is SegmentKind.VARIABLE else "/".join(segments[index:])
            if not value:
                return None
            captured.append((self.texts[index], value))
        return tuple(captured)


def split_path(path: str) -> list[str]:
    """Split a path that starts with "/" into segments; the root has none, a trailing slash makes an empty last one."""
    return path[1:].split("/") if len(path) > 1 else []


def parse(text: str) -> PathTemplate:
    """Parse a path as a template. Raises ValueError, with template_problem's sentence, when it is none."""
    problem = template_problem(text)
    if problem is not None:
        raise ValueError(problem)
    kinds: list[SegmentKind] = []
    texts: list[str] = []
    for segment in split_path(text):
        if not segment.startswith("{"):
            kinds.append(SegmentKind.LITERAL)
            texts.append(segment)
        elif segment.endswith("+}"):
            kinds.append(SegmentKind.GREEDY)
            texts.append(segment[1:-2])
        else:
            kinds.append(SegmentKind.VARIABLE)
            texts.append(segment[1:-1])
    return PathTemplate(text, tuple(kinds), tuple(texts))


VARIABLE = re.compile(r"\{([A-Za-z0-9._:-]+)\+?\}")


def template_problem(text: str) -> str | None:
    """Say in one sentence what is wrong with a path template and how to fix it; None when it is fine."""
    if not text.startswith("/"):
        return f'the path "{text}" must start with "/": write "/{text.strip().lstrip("/")}"'
    segments = split_path(text)
    names: set[str] = set()
    for index, segment in enumerate(segments):
        problem = _segment_problem(segment, is_last=index == len(segments) - 1)
        if problem is not None:
            return problem
        variable = VARIABLE.fullmatch(segment)
        if variable is None:
            continue
        if variable[1] in names:
            return f'the path names the variable "{variable[1]}" twice: give each its own name'
        names.add(variable[1])
    return None


def _segment_problem(segment: str, *, is_last: bool) -> str | None:
    if not segment and not is_last:
        return 'the path has an empty segment ("//"): remove one slash'
    if re.search(r"[\s?#]", segment):
        return f'the segment "{segment}" has a character no path can hold: remove spaces, "?" and "#"'
    if "{" not in segment and "}" not in segment:
        return None
    if VARIABLE.fullmatch(segment) is None:
        return (
            f'the segment "{segment}" is neither literal nor one whole variable: '
            'write {name} or {proxy+} between slashes, with letters, digits and "._:-" in the name'
        )
    if segment.endswith("+}") and not is_last:
        return f'the greedy variable "{segment}" must be the last segment: move it to the end or drop the "+"'
    return None
