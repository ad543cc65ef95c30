"""Syntax errors as someone reads them who does not know what a token is."""

import pytest
import yaml

from emulator.config.yaml.document import read_document
from emulator.config.yaml.slips import LONGEST
from emulator.config.yaml.syntax import explain_syntax
from emulator.errors import ConfigError

SYNTAX = [
    pytest.param(
        "apis:\n\tshop:\n",
        "2:1: a tab as indentation; expected spaces. Replace each tab by two spaces.",
        id="tab",
    ),
    pytest.param(
        "apis:\n  \tshop:\n",
        "2:3: a tab as indentation; expected spaces. Replace each tab by two spaces.",
        id="tab-after-spaces",
    ),
    pytest.param(
        "a: b\n\tc: d\n",
        "2:1: a tab as indentation; expected spaces. Replace each tab by two spaces.",
        id="tab-below-a-value",
    ),
    pytest.param(
        "cors: {allowOrigins: [*]}",
        '1:23: a bare `*`, which is an alias in YAML; expected text in quotes. Write "*" with the quotes.',
        id="bare-asterisk",
    ),
    pytest.param(
        "a: *.example.com",
        "1:4: a bare `*.example.com`, which is an alias in YAML; expected text in quotes. "
        'Write "*.example.com" with the quotes.',
        id="bare-wildcard",
    ),
    pytest.param(
        "a: @scope/x",
        '1:4: a value that begins with "@", which YAML reserves; expected text in quotes. '
        "Put the whole value in quotes.",
        id="reserved-character",
    ),
    pytest.param(
        "a: b: c",
        "1:5: a second `: ` on one line; expected one key a line. "
        "Put the whole value in quotes, or start a new line for the second key.",
        id="second-colon",
    ),
    pytest.param(
        "GET /items: items\n  timeout: 1",
        "2:10: the key `timeout` below a line that already has its value; expected keys of one mapping in one column. "
        "Line it up with the key above it, or take the value off that key.",
        id="key-below-a-value",
    ),
    pytest.param(
        "apis\n  shop:\n    type: http",
        "1:1: `apis` without a colon; expected `key:`. Write `apis:`.",
        id="key-without-colon-above",
    ),
    pytest.param(
        "a: - b",
        "1:4: a list item on the line of its key; expected list items on lines of their own. "
        "Start a new line before `- `, or write the list as [a, b].",
        id="list-on-the-line-of-its-key",
    ),
    pytest.param(
        "a: [b, c\nd: e\n",
        "1:4: `[` that is not closed; expected `]` after its last entry. "
        "Close it, or separate its entries with commas (the parser gave up on line 2).",
        id="open-bracket",
    ),
    pytest.param(
        "a: {b: c}\nx: [\n",
        "3:1: `[` that is not closed; expected `]` after its last entry. "
        "Close it, or separate its entries with commas (the parser gave up on line 3).",
        id="open-bracket-at-the-end",
    ),
    pytest.param(
        "a: {b: c\nd: e\n",
        "1:4: `{` that is not closed; expected `}` after its last entry. "
        "Close it, or separate its entries with commas (the parser gave up on line 2).",
        id="open-brace",
    ),
    pytest.param(
        "a: 'it\nb: c\n",
        "1:4: text in quotes that never ends; expected a closing '. Close it with '.",
        id="open-quote",
    ),
    pytest.param(
        "a: 'it's'",
        "1:8: `s'` after a value that has ended; expected the end of the line. "
        "Put the whole value in quotes; within single quotes, write a quote twice. Or remove a bracket too many.",
        id="quote-within-quotes",
    ),
    pytest.param(
        "a: 1\nb\n",
        "2:1: `b` without a colon; expected `key: value`. Add `: ` and the value, or indent the line below its key.",
        id="no-colon",
    ),
    pytest.param(
        "- a\nb: 1",
        "2:1: `b: 1` among the items of a list; expected an item that begins with `- `. "
        "Indent it below the item it belongs to, or move it left of the list.",
        id="key-among-items",
    ),
    pytest.param(
        "a:\n  b: 1\n c: 2\n",
        "3:2: `c: 2` in column 2; expected column 3, as line 2 has it. Indent it by 1 space more.",
        id="odd-indentation",
    ),
    pytest.param(
        "a: 1\nb: \x07",
        "2:4: the control character U+0007; expected printable text. "
        "Delete it; most editors can show invisible characters.",
        id="control-character",
    ),
]


@pytest.mark.parametrize(
    "loader", [pytest.param(yaml.SafeLoader, id="pyyaml"), pytest.param(yaml.CSafeLoader, id="libyaml")]
)
@pytest.mark.parametrize(("text", "message"), SYNTAX)
def test_syntax_errors_with_line_and_column(text, message, loader):
    with pytest.raises(ConfigError) as raised:
        read_document(text, "emulator.yaml", loader)
    assert str(raised.value) == f"emulator.yaml:{message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            'a: "\\q"',
            "1:5: an unknown escape after `\\` in double quotes; expected \\n, \\t, \\\\ or the like. "
            "Use single quotes: nothing is special between them.",
            id="escape",
        ),
        pytest.param(
            "a: {b: c",
            "1:4: `{` that is not closed; expected `}` after its last entry. "
            "Close it, or separate its entries with commas (the parser gave up on line 2).",
            id="past-the-last-line",
        ),
        pytest.param(
            "%",
            "1:2: no YAML (could not find expected directive name); expected YAML. "
            "Correct the syntax, or put the value in quotes.",
            id="anything-else",
        ),
        pytest.param(
            "[" * 50_000,
            "1: values more than 100 levels deep; expected a few levels. Close a bracket, or write aliases out.",
            id="deeper-than-it-goes",
        ),
    ],
)
def test_syntax_errors_that_libyaml_places_in_its_own_way(text, message):
    with pytest.raises(ConfigError) as raised:
        read_document(text, "emulator.yaml", yaml.CSafeLoader)
    assert str(raised.value) == f"emulator.yaml:{message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "apis\n  shop:\n",
            "2:7: `apis` above this line without a colon; expected `key:`. Write `apis:`.",
            id="colon",
        ),
        pytest.param(
            "a:\n  b: 1\n c: 2\n",
            "3:2: `c: 2` where no key can stand; expected a key in column 1, as on line 1. "
            "Line it up with the keys it belongs to.",
            id="indentation",
        ),
    ],
)
def test_in_a_long_file_the_line_where_the_parser_stopped_is_told(text, message):
    with pytest.raises(ConfigError) as raised:
        read_document(text + "# note\n" * LONGEST, "emulator.yaml")
    assert str(raised.value) == f"emulator.yaml:{message}"


def test_a_reader_error_may_name_its_character_as_text():
    error = yaml.reader.ReaderError("f", 3, "\x07", "utf-8", "no")
    assert "U+0007" in explain_syntax(error, "a: \x07", "f").found
