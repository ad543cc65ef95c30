"""The grammar of mapping templates: the library airspeed reads them, with Velocity 1's own rules where it differs.

Of airspeed only the parser runs. What its elements do is `template_run.py`'s, because airspeed's own rendering reaches
every attribute of a Python object and follows Python where Velocity follows Java.
"""

import importlib.util
import re
from functools import cache, lru_cache
from typing import Any

from emulator.aws import limits
from emulator.aws.rest_api.template_values import RenderingError

Element = Any
"""An element of a template, of one of airspeed's classes, which have no types."""

_IDENTIFIER = re.compile(r"([a-z_][a-z0-9_-]*)", re.IGNORECASE)
"""A name, which may hold hyphens (Velocity 1's Parser.jjt, IDENTIFIER): the generators set
`$context.responseOverride.header.Access-Control-Allow-Origin`."""

_DOUBLE_QUOTED = re.compile(r'"((?:""|[^"])*)"')
_SINGLE_QUOTED = re.compile(r"'((?:''|[^'])*)'")
"""Texts, in which a doubled quote is one and a backslash is a character like any other (Velocity 1's Parser.jjt,
STRING_LITERAL): AWS's own `.replaceAll("\\\\'","'")` is a pattern with two backslashes."""

_RANGE_AHEAD = re.compile(r"(?=[^\[\]\"',]*\.\.)")
_SET = re.compile(r"#set\s*\(\s*", re.IGNORECASE)
_BREAK = re.compile(r"#(?:break\b|\{break\})")


def compiled(template: str) -> Element:
    """Return the tree of a template. RenderingError, with the line, when it is no template or longer than AWS takes."""
    tree = _tree(template)
    if isinstance(tree, tuple):
        raise RenderingError(*tree)
    return tree


@lru_cache(maxsize=256)
def _tree(template: str) -> Element:
    """Parse a template; the reason and the line, when it is none, so that this is kept as well."""
    if len(template.encode("utf-8", "replace")) > limits.MAPPING_TEMPLATE_BYTES:
        return f"the template is longer than {limits.MAPPING_TEMPLATE_BYTES} bytes", None
    grammar = _grammar()
    try:
        return grammar.TemplateBody("", template)
    except grammar.TemplateSyntaxError as error:
        return _complaint(error, template)
    except RecursionError:
        return "the template is nested too deeply", None
    # The parser's own faults: a number of too many digits, an operator that it has no function for.
    except Exception as error:
        return f"the template cannot be read: {error}", None


def _complaint(error: Any, template: str) -> tuple[str, int | None]:
    """Word the parser's complaint. The line is where the element begins that nothing ends, else where it stops making
    sense; of what is wrong within a text it is not known."""
    element = error.element
    reason = str(error).partition(": ")[2].removesuffix(" ...").removesuffix(", got: ")
    if element.full_text() is not template:
        return reason, None
    stopped = element.end if element.next_text() else element.start
    return reason, line_at(template, stopped)


def line_at(template: str, position: int) -> int:
    """Return the line of a position, 1 being the first."""
    return template.count("\n", 0, position) + 1


@cache
def _grammar() -> Any:
    """Load a copy of airspeed for ourselves, whose changes no other user of the library sees; at first use, for it
    takes a moment."""
    found: Any = importlib.util.find_spec("airspeed")
    grammar: Any = importlib.util.module_from_spec(found)
    found.loader.exec_module(grammar)
    grammar.NameOrCall.NAME = _IDENTIFIER
    grammar.StringLiteral.STRING = _SINGLE_QUOTED
    grammar.InterpolatedStringLiteral.STRING = _DOUBLE_QUOTED
    grammar.StringLiteral.parse = _parse_string
    grammar.InterpolatedStringLiteral.parse = _parse_interpolated(grammar)
    grammar.SetDirective.parse = _parse_set(grammar)
    grammar.Range.parse = _parse_range(grammar.Range.parse)
    grammar.Comment.parse = _parse_comment(grammar.Comment.parse)
    directive = type("BreakDirective", (grammar.StopDirective,), {"STOP": _BREAK})
    grammar.UserDefinedDirective.DIRECTIVES = [directive]
    return grammar


def _parse_string(element: Element) -> None:
    (written,) = element.identity_match(element.STRING)
    element.value = written.replace("''", "'")


def _parse_interpolated(grammar: Any) -> Any:
    def parse(element: Element) -> None:
        (written,) = element.identity_match(element.STRING)
        element.value = written.replace('""', '"')
        element.block = grammar.Block(element.filename, element.value, 0)
        if element.block.next_text():
            raise element.block.syntax_error("text")

    return parse


def _parse_set(grammar: Any) -> Any:
    """Let `#set` take every reference for its place: airspeed has no `${x}`, `$x[0]` nor `$x["key"]`."""

    def parse(element: Element) -> None:
        element.identity_match(_SET)
        element.place = element.require_next_element(grammar.FormalReference, "a reference")
        element.require_match(element.EQUALS, "=")
        element.value = element.require_next_element(grammar.Expression, "a value")
        element.require_match(element.END, ")")

    return parse


def _parse_range(parse_range: Any) -> Any:
    """Look for the dots of a range first: airspeed reads what could be its beginning and then reads it again, which
    takes a time that doubles with every list inside a list."""

    def parse(element: Element) -> None:
        element.identity_match(_RANGE_AHEAD)
        parse_range(element)

    return parse


def _parse_comment(parse_comment: Any) -> Any:
    """Refuse a comment that nothing ends, as Velocity does; airspeed takes it for text."""

    def parse(element: Element) -> None:
        written = element.full_text()
        if written.startswith("#*", element.end) and written.find("*#", element.end + 2) < 0:
            raise element.syntax_error("*# at the end of the comment")
        parse_comment(element)

    return parse
