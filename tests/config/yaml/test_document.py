"""YAML as emulator.yaml means it: text as written, lines of keys, merge keys, and what is refused."""

import pytest
import yaml

from configured import yaml_problems
from emulator.config.complaint import Complaint
from emulator.config.yaml.document import read_document, value_at
from emulator.errors import ConfigError

LOADERS = [pytest.param(yaml.SafeLoader, id="pyyaml"), pytest.param(yaml.CSafeLoader, id="libyaml")]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("a: 8080", {"a": "8080"}, id="integer"),
        pytest.param("a: 1.10", {"a": "1.10"}, id="float-keeps-its-zero"),
        pytest.param("a: 012", {"a": "012"}, id="leading-zero"),
        pytest.param("a: 12:30", {"a": "12:30"}, id="no-sexagesimal"),
        pytest.param("a: 2024-01-01", {"a": "2024-01-01"}, id="no-date"),
        pytest.param("a: NO\nb: yes\nc: on", {"a": "NO", "b": "yes", "c": "on"}, id="norway"),
        pytest.param("a: True\nb: FALSE\nc: true", {"a": "true", "b": "false", "c": "true"}, id="booleans-lower-case"),
        pytest.param("a: 'True'\nb: \"~\"", {"a": "True", "b": "~"}, id="quoted-is-left-alone"),
        pytest.param("a:\nb: ~\nc: null\nd: NULL", dict.fromkeys("abcd"), id="nothing"),
        pytest.param("a: ''", {"a": ""}, id="empty-text"),
        pytest.param("on: 1\nTrue: 2\n3: 4\n~: 5", {"on": "1", "True": "2", "3": "4", "~": "5"}, id="keys-are-text"),
        pytest.param("a: [1, {b: c}, []]", {"a": ["1", {"b": "c"}, []]}, id="flow"),
        pytest.param("GET /items: items", {"GET /items": "items"}, id="route-key"),
        pytest.param("a: !!str 5\nb: ! 6", {"a": "5", "b": "6"}, id="core-tags"),
        pytest.param("a: &x {b: 1}\nc: *x", {"a": {"b": "1"}, "c": {"b": "1"}}, id="alias"),
        pytest.param('{"a": {"b": ["c"]}}', {"a": {"b": ["c"]}}, id="json"),
        pytest.param("%YAML 1.1\n---\na: b\n...\n", {"a": "b"}, id="directive"),
    ],
)
def test_scalars_stay_the_text_that_was_written(text, data, loader):
    assert read_document(text, "emulator.yaml", loader).data == data


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        pytest.param("<<: *x\nc: 3", {"c": "3", "a": "1", "b": "2"}, id="adds"),
        pytest.param("a: 9\n<<: *x", {"a": "9", "b": "2"}, id="own-key-wins"),
        pytest.param("<<: [*y, *x]", {"a": "7", "b": "2"}, id="earlier-of-a-list-wins"),
        pytest.param("<<: *x\n<<: *y", {"a": "1", "b": "2"}, id="earlier-of-two-keys-wins"),
        pytest.param("<<: {<<: *x, b: 5}", {"a": "1", "b": "5"}, id="nested"),
        pytest.param('"<<": *x', {"<<": {"a": "1", "b": "2"}}, id="quoted-is-a-plain-key"),
    ],
)
def test_merge_keys(text, merged):
    anchors = "x: &x {a: 1, b: 2}\ny: &y {a: 7}\nz:\n"
    assert read_document(anchors + "".join(f"  {line}\n" for line in text.splitlines()), "f").data["z"] == merged


@pytest.mark.parametrize(
    ("text", "data", "line"),
    [
        pytest.param("", None, 1, id="empty"),
        pytest.param("# a comment\n~\n", None, 2, id="nothing"),
        pytest.param("\n- a\n", ["a"], 2, id="list"),
        pytest.param("a: b", {"a": "b"}, 1, id="mapping"),
    ],
)
def test_whatever_is_at_the_top_is_read(text, data, line):
    document = read_document(text, "f")
    assert (document.data, document.line) == (data, line)


def test_lines_are_those_of_keys_and_items_and_of_what_an_alias_stands_for():
    document = read_document("a:\n  b: 1\n  c:\n    - d\n    - {e: f}\ng: &x\n  h: 1\ni: *x\n", "f")
    assert document.lines == {
        ("a",): 1,
        ("a", "b"): 2,
        ("a", "c"): 3,
        ("a", "c", 0): 4,
        ("a", "c", 1): 5,
        ("a", "c", 1, "e"): 5,
        ("g",): 6,
        ("g", "h"): 7,
        ("i",): 8,
        ("i", "h"): 7,
    }


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param(
            """
            a: 1
            b: 2
            a: 3
            """,
            "emulator.yaml:3: a: `a` a second time (first on line 1); expected each key once. "
            "Merge the two, or remove one.",
            id="repeated-key",
        ),
        pytest.param(
            """
            a:
              GET /x: y
              GET /x: z
              "GET /x": y
            """,
            'emulator.yaml:3: a["GET /x"]: `GET /x` a second time (first on line 2); '
            "expected each key once. Merge the two, or remove one.\n"
            'emulator.yaml:4: a["GET /x"]: `GET /x` a second time (first on line 2); '
            "expected each key once. Merge the two, or remove one.",
            id="each-repetition",
        ),
        pytest.param(
            "a: {{stage}}",
            "emulator.yaml:1: a: a list or mapping as a key; expected text as a key. "
            "Put the key in quotes: braces and brackets at its start mean more to YAML.",
            id="template-braces",
        ),
        pytest.param(
            "a: {<<: text}\nb: {<<: [1]}",
            "emulator.yaml:1: a: `<<` with something other than a mapping; "
            "expected a mapping or a list of mappings. Merge an anchored mapping: `<<: *name`.\n"
            "emulator.yaml:2: b: `<<` with something other than a mapping; "
            "expected a mapping or a list of mappings. Merge an anchored mapping: `<<: *name`.",
            id="merge-of-text",
        ),
        pytest.param(
            "a: 1\nb: !Ref Table\n",
            "emulator.yaml:2: the tag `!Ref`; expected a plain value. "
            "Write the value itself: CloudFormation's functions are not evaluated here.",
            id="cloudformation-tag",
        ),
        pytest.param(
            'a: "x\\0y"',
            "emulator.yaml:1: a: a NUL character; expected text. Remove it: no header, path or variable can hold it.",
            id="nul",
        ),
    ],
)
def test_complaints_do_not_stop_the_reading(text, messages):
    assert yaml_problems(text) == messages


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "a: 1\n---\nb: 2\n",
            "emulator.yaml:2: a second document (`---`); expected one document a file. "
            "Keep one: remove the line `---` and what does not belong.",
            id="two-documents",
        ),
        pytest.param(
            "a:\n  - b\n    - c\n",
            "emulator.yaml:3: `- c` further right than line 2, which makes them one text; expected list items in one "
            "column. Line the two dashes up, or put the text in quotes.",
            id="item-too-far-right",
        ),
        pytest.param(
            "a:\n - b\n  - c\n",
            "emulator.yaml:2: `- b` further left than line 3, which makes them one text; expected list items in one "
            "column. Line the two dashes up, or put the text in quotes.",
            id="item-too-far-left",
        ),
        pytest.param(
            "a: *shared",
            "emulator.yaml:1: the alias `*shared`; expected an anchor `&shared` above it. "
            'Put `&shared` before the value it stands for, or write "*shared" if text is meant.',
            id="unknown-alias",
        ),
        pytest.param(
            "a: &x\n  b: *x\n",
            "emulator.yaml:2: the alias `*x` inside its own anchor; expected an anchor that ends before it. "
            "Write the value out here.",
            id="alias-of-itself",
        ),
        pytest.param(
            "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)),
            "emulator.yaml:1: aliases that expand to more than 20000 values; expected a configuration. "
            "Write fewer aliases within aliases.",
            id="billion-laughs",
        ),
        pytest.param(
            "a0: &a0 {x: y}\n"
            + "".join(f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 9)}]}}\n" for i in range(1, 12)),
            "emulator.yaml:1: aliases that expand to more than 20000 values; expected a configuration. "
            "Write fewer aliases within aliases.",
            id="billion-merges",
        ),
    ],
)
def test_what_cannot_be_read_on_is_one_problem(text, message):
    with pytest.raises(ConfigError) as raised:
        read_document(text, "emulator.yaml")
    assert str(raised.value) == message


DEEP = (
    "emulator.yaml:{}: values more than 100 levels deep; expected a few levels. Close a bracket, or write aliases out."
)


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("[" * 50_000, DEEP.format(1), id="brackets-on-one-line"),  # libyaml itself stops at 1,000
        pytest.param("a:\n" + " [\n" * 5_000, DEEP.format(102), id="a-bracket-a-line"),
        pytest.param("{a: " * 5_000, DEEP.format(1), id="braces"),
        pytest.param("- " * 5_000 + "x", DEEP.format(1), id="dashes"),
        pytest.param("".join(f"{' ' * i}a:\n" for i in range(1_200)), DEEP.format(101), id="indentation"),
        pytest.param("[" * 200 + "]" * 200, DEEP.format(1), id="every-bracket-closed"),
        pytest.param(
            "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} {'[' * 90}*a{i - 1}{']' * 90}\n" for i in range(1, 9)),
            DEEP.format(2),
            id="by-aliases",
        ),
        pytest.param(
            "a0: &a0 {x: y}\n" + "".join(f"a{i}: &a{i} {{b: *a{i - 1}}}\n" for i in range(1, 3000)),
            DEEP.format(1),
            id="chain-of-aliases",
        ),
        pytest.param(
            "a0: &a0 {x: y}\n" + "".join(f"a{i}: &a{i} {'{<<: ' * 90}*a{i - 1}{'}' * 90}\n" for i in range(1, 20)),
            DEEP.replace(":{}", ""),
            id="by-merges",
        ),
    ],
)
def test_deep_nesting_is_the_same_problem_whatever_limit_the_parser_has(text, message, loader):
    with pytest.raises(ConfigError) as raised:
        read_document(text, "emulator.yaml", loader)
    assert str(raised.value) == message


def test_a_hundred_levels_are_read():
    assert read_document("a: " + "[" * 99 + "]" * 99, "emulator.yaml").complaints == ()


def test_problems_come_in_the_order_of_the_file_once_and_at_the_nearest_key():
    document = read_document("a:\n  b: &x {c: 1}\nd: *x\ne:\n  f: 1\n", "f.yaml")
    problems = document.problems(
        [
            Complaint(("e", "missing", "deeper"), "1", "2", "3"),
            Complaint(("d", "c"), "same", "as", "before"),
            Complaint(("a", "b", "c"), "same", "as", "before"),
            Complaint(("nowhere",), "one\nline\u0007", "\ud800", "c"),
        ]
    )
    assert [str(problem) for problem in problems] == [
        "f.yaml:1: one line\\x07; expected \\ud800. c",
        "f.yaml:2: d.c: same; expected as. before",
        "f.yaml:4: e: 1; expected 2. 3",
    ]


def test_text_over_several_lines_is_one_line():
    assert read_document("a: b\n  c - d\n  e\n", "f").data == {"a": "b c - d e"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param((), {"a": [{"b": "c"}]}, id="top"),
        pytest.param(("a", 0, "b"), "c", id="leaf"),
        pytest.param(("a", 0, "x"), None, id="no-such-key"),
        pytest.param(("a", "x"), None, id="key-of-a-list"),
        pytest.param(("a", 0, "b", "x"), None, id="key-of-text"),
    ],
)
def test_value_at(path, value):
    assert value_at(path, {"a": [{"b": "c"}]}) == value
