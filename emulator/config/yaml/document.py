"""Reads YAML text as plain data, with the line of every key. It knows YAML, and nothing of what the keys mean.

Every scalar stays the text that was written: `8080` is "8080", `1.10` keeps its zero, `NO` is Norway and the key `on`
is "on". The schema gives each value its type, so nothing needs quotes to survive YAML 1.1. Two exceptions: an empty
value (`~`, `null`) is None, and `True` or `TRUE` is "true", as AWS SAM passes it to a function's environment.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import yaml

from emulator.config.complaint import (
    MAX_DEPTH,
    Complaint,
    Path,
    in_order,
    lines_of,
    problem,
    refusal,
    shortened,
    too_deep,
    written,
)
from emulator.errors import ConfigError, Problem

Data = str | None | list["Data"] | dict[str, "Data"]

Loader = type[yaml.SafeLoader] | type[yaml.CSafeLoader]
FASTEST: Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_VALUES = 20_000
"""Values that aliases may expand to at most; a configuration stays far below, and a bomb of aliases does not."""

_NO_TAGS: frozenset[str] = frozenset()
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}
_CORE_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map"))


@dataclass(frozen=True, slots=True)
class Document:
    """Holds what one text says. `line` is where its content begins, from 1, and `lines` gives the line of each key and
    list item; `complaints` are YAML's own, such as repeated keys."""

    file: str
    data: Data
    line: int
    lines: Mapping[Path, int]
    complaints: tuple[Complaint, ...]

    def problems(self, complaints: Iterable[Complaint]) -> tuple[Problem, ...]:
        """Tell where each complaint stands: at the nearest key that the file has. They come in the order of the
        file."""
        return in_order(self._problem(complaint) for complaint in complaints)

    def _problem(self, complaint: Complaint) -> Problem:
        path = complaint.path
        while path and path not in self.lines:
            path = path[:-1]
        return problem(complaint, self.file, complaint.line or self.lines.get(path, 1), written(path))


def read_document(
    text: str, file: str, loader: Loader = FASTEST, *, tags: frozenset[str] = _NO_TAGS, most_values: int = MAX_VALUES
) -> Document:
    """Parse one YAML document. A value with one of `tags` is taken as it stands. Raises ConfigError when `text` is
    anything else, or holds more values than `most_values`."""
    try:
        composer = _Composer(file, iter(yaml.parse(text, Loader=loader)), tags)
        root = composer.document()
        _refuse_swallowed_items(composer.folded, text, file)
        reader = _Reader(file, most_values)
        data = reader.value(root, ())
    except yaml.YAMLError as error:
        from emulator.config.yaml.syntax import explain_syntax  # only a file with a mistake pays for it

        raise ConfigError((explain_syntax(error, text, file),)) from None
    except RecursionError:  # merges of merges, by aliases
        raise ConfigError((too_deep(file, 0),)) from None
    return Document(file, data, root.line, reader.lines, (*composer.complaints, *reader.complaints))


def value_at(path: Path, data: Data) -> Data:
    """Return the value that `path` leads to; None when it leads nowhere."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
        else:
            return None
    return data


@dataclass(frozen=True, slots=True)
class _Scalar:
    line: int
    text: str
    plain: bool


@dataclass(frozen=True, slots=True)
class _Sequence:
    line: int
    items: list["_Node"]


@dataclass(frozen=True, slots=True)
class _Mapping:
    line: int
    entries: list[tuple["_Node", "_Node"]]


_Node = _Scalar | _Sequence | _Mapping


def _refuse_swallowed_items(folded: list[tuple[int, int]], text: str, file: str) -> None:
    """Raise for a list's item that is indented too far: it goes on with the text above it, and YAML has nothing against
    that."""
    lines = lines_of(text) if folded else []
    for start, end in folded:
        for number in range(start + 1, end + 1):
            above, item = lines[number - 2], lines[number - 1]
            if item.lstrip().startswith("- "):
                slipped, where = (item, f"further right than line {number - 1}")
                if above.find("-") % 2 > item.index("-") % 2:
                    number, slipped, where = (number - 1, above, f"further left than line {number}")
                found = f"`{shortened(slipped.strip())}` {where}, which makes them one text"
                fix = "Line the two dashes up, or put the text in quotes."
                raise refusal(file, number, found, "list items in one column", fix)


class _Composer:
    """Makes events nodes. PyYAML's own composer over libyaml overflows the C stack on deep nesting; this one cannot."""

    def __init__(self, file: str, events: Iterator[yaml.Event], tags: frozenset[str]) -> None:
        self.file = file
        self.tags = _CORE_TAGS | tags | {None, "!"}
        self.events = events
        self.anchors: dict[str, _Node | None] = {}
        self.depth = 0
        self.complaints: list[Complaint] = []
        self.folded: list[tuple[int, int]] = []
        """The first and last line, from 1, of each text without quotes that goes on over several."""

    def document(self) -> _Node:
        root: _Node | None = None
        for event in self.events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            if root is not None:
                fix = "Keep one: remove the line `---` and what does not belong."
                raise refusal(self.file, _line(event), "a second document (`---`)", "one document a file", fix)
            root = self.node(next(self.events))
        return root or _Scalar(1, "", plain=True)

    def node(self, event: yaml.Event) -> _Node:
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        node_event = cast(yaml.NodeEvent, event)
        self.check_tag(node_event)
        anchor = node_event.anchor
        if anchor is None:
            return self.content(event)
        self.anchors[anchor] = None
        node = self.anchors[anchor] = self.content(event)
        return node

    def content(self, event: yaml.Event) -> _Node:
        line = _line(event)
        if isinstance(event, yaml.ScalarEvent):
            last = cast(yaml.Mark, event.end_mark).line + 1
            if event.implicit[0] and line != last:
                self.folded.append((line, last))
            return _Scalar(line, event.value, plain=event.implicit[0])
        if isinstance(event, yaml.SequenceStartEvent):
            return _Sequence(line, list(self.until(yaml.SequenceEndEvent)))
        children = list(self.until(yaml.MappingEndEvent))
        return _Mapping(line, list(zip(children[::2], children[1::2], strict=True)))

    def until(self, end: type[yaml.Event]) -> Iterator[_Node]:
        self.depth += 1
        while not isinstance(event := next(self.events), end):
            if self.depth > MAX_DEPTH:
                raise ConfigError((too_deep(self.file, _line(event)),))
            yield self.node(event)
        self.depth -= 1

    def alias(self, event: yaml.AliasEvent) -> _Node:
        name = event.anchor
        if name not in self.anchors:
            fix = f'Put `&{name}` before the value it stands for, or write "*{name}" if text is meant.'
            raise refusal(self.file, _line(event), f"the alias `*{name}`", f"an anchor `&{name}` above it", fix)
        node = self.anchors[name]
        if node is None:
            found, fix = f"the alias `*{name}` inside its own anchor", "Write the value out here."
            raise refusal(self.file, _line(event), found, "an anchor that ends before it", fix)
        return node

    def check_tag(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag not in self.tags:
            fix = "Write the value itself: CloudFormation's functions are not evaluated here."
            self.complaints.append(Complaint((), f"the tag `{tag}`", "a plain value", fix, _line(event)))


class _Reader:
    """Makes nodes data. Merge keys (`<<`) work as YAML's type repository has them: a key written out wins over a merged
    one, an earlier merge over a later one."""

    def __init__(self, file: str, most_values: int) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.complaints: list[Complaint] = []
        self.most_values = self.left = most_values

    def value(self, node: _Node, path: Path) -> Data:
        self.spend(node)
        if len(path) > MAX_DEPTH:
            raise ConfigError((too_deep(self.file, node.line),))
        if isinstance(node, _Mapping):
            return self.mapping(node, path)
        if isinstance(node, _Sequence):
            return [self.item(item, (*path, index)) for index, item in enumerate(node.items)]
        if node.plain and node.text in _NOTHING:
            return None
        if "\0" in node.text:
            fix = "Remove it: no header, path or variable can hold it."
            self.complain(path, "a NUL character", "text", fix, node.line)
        return _BOOLEANS.get(node.text, node.text) if node.plain else node.text

    def item(self, node: _Node, path: Path) -> Data:
        self.lines[path] = node.line
        return self.value(node, path)

    def mapping(self, node: _Mapping, path: Path) -> dict[str, Data]:
        data: dict[str, Data] = {}
        for key, (line, value) in self.entries(node, path).items():
            self.lines[*path, key] = line
            data[key] = self.value(value, (*path, key))
        return data

    def entries(self, node: _Mapping, path: Path) -> dict[str, tuple[int, _Node]]:
        self.spend(node)
        own: dict[str, tuple[int, _Node]] = {}
        merged: dict[str, tuple[int, _Node]] = {}
        for key, value in node.entries:
            if not isinstance(key, _Scalar):
                fix = "Put the key in quotes: braces and brackets at its start mean more to YAML."
                self.complain(path, "a list or mapping as a key", "text as a key", fix, key.line)
            elif key.plain and key.text == "<<":
                for source in value.items if isinstance(value, _Sequence) else [value]:
                    merged = {**self.merge(source, path), **merged}
            elif key.text in own:
                found = f"`{key.text}` a second time (first on line {own[key.text][0]})"
                self.complain((*path, key.text), found, "each key once", "Merge the two, or remove one.", key.line)
            else:
                own[key.text] = (key.line, value)
        return {**own, **{key: entry for key, entry in merged.items() if key not in own}}

    def merge(self, source: _Node, path: Path) -> dict[str, tuple[int, _Node]]:
        if isinstance(source, _Mapping):
            return self.entries(source, path)
        found, fix = "`<<` with something other than a mapping", "Merge an anchored mapping: `<<: *name`."
        self.complain(path, found, "a mapping or a list of mappings", fix, source.line)
        return {}

    def complain(self, path: Path, found: str, expected: str, fix: str, line: int) -> None:
        self.complaints.append(Complaint(path, found, expected, fix, line))

    def spend(self, node: _Node) -> None:
        self.left -= 1
        if self.left < 0:
            found = f"aliases that expand to more than {self.most_values} values"
            raise refusal(self.file, node.line, found, "a configuration", "Write fewer aliases within aliases.")


def _line(event: yaml.Event) -> int:
    return cast(yaml.Mark, event.start_mark).line + 1
