"""Puts YAML's syntax errors in the words of someone who writes a configuration, not of a parser."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from emulator.config.complaint import lines_of, too_deep
from emulator.config.yaml.slips import find_slip
from emulator.errors import Problem


@dataclass(frozen=True, slots=True)
class _Site:
    """Tells where the parser stopped in `file`, and its own words: `line` and `column` count from 0, `opened_*` is
    where the unfinished value began."""

    file: str
    lines: list[str]
    words: str
    line: int
    column: int
    opened_line: int
    opened_column: int

    @property
    def before(self) -> str:
        """Return what stands before that column."""
        return self.text(self.line)[: self.column]

    @property
    def after(self) -> str:
        """Return what stands from that column on."""
        return self.text(self.line)[self.column :]

    def text(self, line: int) -> str:
        """Return the line, which is empty below the last one."""
        return self.lines[line] if line < len(self.lines) else ""

    def here(self, found: str, expected: str, fix: str) -> Problem:
        """Place a problem where the parser stopped."""
        return Problem(self.file, self.line + 1, "", found, expected, fix, self.column + 1)

    def at_opening(self, found: str, expected: str, fix: str) -> Problem:
        """Place a problem where the unfinished value began."""
        return Problem(self.file, self.opened_line + 1, "", found, expected, fix, self.opened_column + 1)


def explain_syntax(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Say what is wrong with `text` and what to do. Understands the wording of libyaml and of PyYAML's own parser."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _unreadable_character(error, text, file)
    mark, opened = error.problem_mark, error.context_mark or error.problem_mark
    words = f"{error.context}; {error.problem}"
    if "maximum nesting" in words:  # libyaml reads a line ahead, and so may stop before our own count does
        return too_deep(file, mark.line + 1)
    site = _Site(file, lines_of(text), error.problem or "", mark.line, mark.column, opened.line, opened.column)
    explain = next(explain for phrase, explain in _EXPLANATIONS if phrase in words)
    slip = find_slip(text, file, site.line, site.opened_line) if explain in _BY_ANOTHER_LINE else None
    return slip or explain(site)


def _unreadable_character(error: yaml.YAMLError, text: str, file: str) -> Problem:
    before = text[: getattr(error, "position", 0)]
    code = getattr(error, "character", 0)
    found = f"the control character U+{code if isinstance(code, int) else ord(code):04X}"
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem(
        file, line, "", found, "printable text", "Delete it; most editors can show invisible characters.", column
    )


def _alias(site: _Site) -> Problem:
    text = re.split(r"[\s,\]}]", site.text(site.opened_line)[site.opened_column :])[0]
    found, fix = f"a bare `{text}`, which is an alias in YAML", f'Write "{text}" with the quotes.'
    return site.at_opening(found, "text in quotes", fix)


def _reserved_character(site: _Site) -> Problem:
    if site.after.startswith("\t") or (not site.before.strip() and "\t" in site.before):
        return _tab(site)
    found = f'a value that begins with "{site.after[:1]}", which YAML reserves'
    return site.here(found, "text in quotes", "Put the whole value in quotes.")


def _tab(site: _Site) -> Problem:
    return site.here("a tab as indentation", "spaces", "Replace each tab by two spaces.")


def _colon(site: _Site) -> Problem:
    above = next((line.strip() for line in reversed(site.lines[: site.line]) if line.strip()), "")
    if ": " in site.before:
        fix = "Put the whole value in quotes, or start a new line for the second key."
        return site.here("a second `: ` on one line", "one key a line", fix)
    if ":" not in above:
        return site.here(f"`{above}` above this line without a colon", "`key:`", f"Write `{above}:`.")
    found = f"the key `{site.before.strip()}` below a line that already has its value"
    fix = "Line it up with the key above it, or take the value off that key."
    return site.here(found, "keys of one mapping in one column", fix)


def _list_item(site: _Site) -> Problem:
    fix = "Start a new line before `- `, or write the list as [a, b]."
    return site.here("a list item on the line of its key", "list items on lines of their own", fix)


def _bracket(site: _Site) -> Problem:
    bracket = site.text(site.opened_line)[site.opened_column : site.opened_column + 1]
    if bracket not in {"[", "{"}:  # at the end of the file the parser points there
        bracket = _last_open_bracket(site)
    closing = "]" if bracket == "[" else "}"
    fix = f"Close it, or separate its entries with commas (the parser gave up on line {site.line + 1})."
    return site.at_opening(f"`{bracket}` that is not closed", f"`{closing}` after its last entry", fix)


def _last_open_bracket(site: _Site) -> str:
    """Return the innermost bracket still open; quotes and comments are read over, which is enough for one that is
    missing."""
    opened: list[str] = []
    for character in "".join(site.text(line) for line in range(site.opened_line + 1)):
        if character in "[{":
            opened.append(character)
        elif character in "]}" and opened:
            opened.pop()
    return opened[-1] if opened else "["


def _quote(site: _Site) -> Problem:
    quote = site.text(site.opened_line)[site.opened_column : site.opened_column + 1]
    return site.at_opening("text in quotes that never ends", f"a closing {quote}", f"Close it with {quote}.")


def _escape(site: _Site) -> Problem:
    fix = "Use single quotes: nothing is special between them."
    return site.here("an unknown escape after `\\` in double quotes", "\\n, \\t, \\\\ or the like", fix)


def _no_colon(site: _Site) -> Problem:
    found = f"`{site.text(site.opened_line)[site.opened_column :].strip()}` without a colon"
    return site.at_opening(found, "`key: value`", "Add `: ` and the value, or indent the line below its key.")


def _not_a_list_item(site: _Site) -> Problem:
    fix = "Indent it below the item it belongs to, or move it left of the list."
    return site.here(f"`{site.after.strip()}` among the items of a list", "an item that begins with `- `", fix)


def _not_a_key(site: _Site) -> Problem:
    found = f"`{site.after.strip()}`"
    if site.before.strip():
        fix = "Put the whole value in quotes; within single quotes, write a quote twice. Or remove a bracket too many."
        return site.here(f"{found} after a value that has ended", "the end of the line", fix)
    expected = f"a key in column {site.opened_column + 1}, as on line {site.opened_line + 1}"
    return site.here(f"{found} where no key can stand", expected, "Line it up with the keys it belongs to.")


def _other(site: _Site) -> Problem:
    return site.here(f"no YAML ({site.words})", "YAML", "Correct the syntax, or put the value in quotes.")


_EXPLANATIONS: tuple[tuple[str, Callable[[_Site], Problem]], ...] = (
    ("scanning an alias", _alias),
    ("tab character", _tab),
    ("cannot start any token", _reserved_character),
    ("mapping values are not allowed", _colon),
    ("entries are not allowed", _list_item),
    ("parsing a flow", _bracket),
    ("unexpected end of stream", _quote),
    ("escape", _escape),
    ("could not find expected ':'", _no_colon),
    ("parsing a block collection", _not_a_list_item),
    ("parsing a block mapping", _not_a_key),
    ("", _other),
)
"""The first phrase that occurs in the parser's words says how to explain them; the last occurs in all."""

_BY_ANOTHER_LINE = (_colon, _no_colon, _not_a_list_item, _not_a_key, _other)
"""What is explained so may lie above where the parser stopped, on a line that slipped."""
