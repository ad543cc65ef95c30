"""The line that slipped, not the one where the parser stopped: each row is a sound file with one line written wrong."""

import time
from pathlib import Path

import pytest
import yaml

from emulator.config.yaml.document import read_document
from emulator.config.yaml.slips import LONGEST, find_slip
from emulator.errors import ConfigError, Problem

SOUND = """\
apis:
  shop:
    type: http
    port: 3000
    cors:
      allowOrigins: [http://localhost:5173]
      allowMethods:
        - GET
        - POST
    routes:
      GET /items: list-items
      POST /items: add-item
functions:
  list-items:
    handler: shop.list_items
    codeUri: src
  add-item:
    handler: shop.add_item
frontends:
  - origin: http://localhost:5173
    credentials: include
  - origin: http://127.0.0.1:5173
"""
LOADERS = [pytest.param(yaml.SafeLoader, id="pyyaml"), pytest.param(yaml.CSafeLoader, id="libyaml")]


def with_line(number: int, line: str, text: str = SOUND) -> str:
    lines = text.split("\n")
    lines[number - 1] = line
    return "\n".join(lines)


def printed(text: str, loader: type[yaml.SafeLoader] = yaml.SafeLoader) -> str:
    with pytest.raises(ConfigError) as raised:
        read_document(text, "e", loader)
    return str(raised.value)


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        read_document(text, "e")
    except ConfigError as error:
        return error.problems
    return ()


def moved(column: int, meant: int, like: int) -> str:
    spaces, direction = abs(column - meant), "more" if meant > column else "less"
    return (
        f"in column {column}; expected column {meant}, as line {like} has it. Indent it by {spaces} space {direction}."
    )


COLON, VALUE = "`key:`", "`key: value`"
ITEM = "`- ` before each item"


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("number", "line", "message"),
    [
        pytest.param(4, "   port: 3000", moved(4, 5, 3), id="key-too-few"),
        pytest.param(4, "     port: 3000", moved(6, 5, 3), id="key-too-many"),
        pytest.param(3, "   type: http", moved(4, 5, 4), id="first-key-too-few"),
        pytest.param(3, "     type: http", moved(6, 5, 4), id="first-key-too-many"),
        pytest.param(5, "   cors:", moved(4, 5, 4), id="parent-too-few"),
        pytest.param(5, "     cors:", moved(6, 5, 4), id="parent-too-many"),
        pytest.param(7, "     allowMethods:", moved(6, 7, 6), id="inner-too-few"),
        pytest.param(7, "       allowMethods:", moved(8, 7, 6), id="inner-too-many"),
        pytest.param(10, "   routes:", moved(4, 5, 5), id="parent-after-deeper-too-few"),
        pytest.param(10, "     routes:", moved(6, 5, 5), id="parent-after-deeper-too-many"),
        pytest.param(12, "     POST /items: add-item", moved(6, 7, 11), id="last-too-few"),
        pytest.param(12, "       POST /items: add-item", moved(8, 7, 11), id="last-too-many"),
        pytest.param(13, " functions:", moved(2, 1, 19), id="top-too-many"),
        pytest.param(1, " apis:", moved(2, 1, 13), id="first-line-too-many"),
        pytest.param(17, " add-item:", moved(2, 3, 14), id="name-too-few"),
        pytest.param(17, "   add-item:", moved(4, 3, 14), id="name-too-many"),
        pytest.param(15, "   handler: shop.list_items", moved(4, 5, 16), id="handler-too-few"),
        pytest.param(15, "     handler: shop.list_items", moved(6, 5, 16), id="handler-too-many"),
        pytest.param(9, "       - POST", moved(8, 9, 8), id="dash-too-few"),
        pytest.param(8, "         - GET", moved(10, 9, 9), id="first-dash-too-many"),
        pytest.param(22, " - origin: http://127.0.0.1:5173", moved(2, 3, 20), id="item-too-few"),
        pytest.param(22, "   - origin: http://127.0.0.1:5173", moved(4, 3, 20), id="item-too-many"),
        pytest.param(20, "   - origin: http://localhost:5173", moved(4, 3, 22), id="first-item-too-many"),
        pytest.param(21, "   credentials: include", moved(4, 5, 18), id="key-of-an-item-too-few"),
        pytest.param(21, "     credentials: include", moved(6, 5, 18), id="key-of-an-item-too-many"),
        pytest.param(2, "  shop", f"without a colon; expected {COLON}. Write `shop:`.", id="colon-of-a-name"),
        pytest.param(1, "apis", f"without a colon; expected {COLON}. Write `apis:`.", id="colon-at-the-top"),
        pytest.param(5, "    cors", f"without a colon; expected {COLON}. Write `cors:`.", id="colon-of-a-parent"),
        pytest.param(14, "  list-items", f"without a colon; expected {COLON}. Write `list-items:`.", id="colon-of-one"),
        pytest.param(19, "frontends", f"without a colon; expected {COLON}. Write `frontends:`.", id="colon-of-a-list"),
        pytest.param(3, "    type http", f"without a colon; expected {VALUE}. Write `type: http`.", id="first"),
        pytest.param(4, "    port 3000", f"without a colon; expected {VALUE}. Write `port: 3000`.", id="colon"),
        pytest.param(16, "    codeUri src", f"without a colon; expected {VALUE}. Write `codeUri: src`.", id="last"),
        pytest.param(11, "      GET /items list-items", f"without a colon; expected {VALUE}. Write "
                     "`GET /items: list-items`.", id="colon-of-a-route"),
        pytest.param(6, "      allowOrigins [http://localhost:5173]", f"without a colon; expected {VALUE}. Write "
                     "`allowOrigins: [http://localhost:5173]`.", id="colon-before-a-list"),
        pytest.param(3, "    type:http", f"without a space behind the colon; expected {VALUE}. Write `type: http`.",
                     id="space-behind-the-first-colon"),
        pytest.param(4, "    port:3000", f"without a space behind the colon; expected {VALUE}. Write `port: 3000`.",
                     id="space-behind-a-colon"),
        pytest.param(11, "      GET /items:list-items", f"without a space behind the colon; expected {VALUE}. Write "
                     "`GET /items: list-items`.", id="space-behind-the-colon-of-a-route"),
        pytest.param(6, "      allowOrigins:[http://localhost:5173]", f"without a space behind the colon; expected "
                     f"{VALUE}. Write `allowOrigins: [http://localhost:5173]`.", id="space-before-a-list"),
        pytest.param(9, "        -POST", f"without a space behind the dash; expected {ITEM}. Write `- POST`.",
                     id="space-behind-a-dash"),
        pytest.param(20, "  -origin: http://localhost:5173", f"without a space behind the dash; expected {ITEM}. Write "
                     "`- origin: http://localhost:5173`.", id="space-behind-the-dash-of-a-mapping"),
        pytest.param(20, "    origin: http://localhost:5173", f"without a dash; expected {ITEM}. Write "
                     "`- origin: http://localhost:5173`.", id="dash"),
    ],
)  # fmt: skip
def test_the_line_that_slipped(number, line, message, loader):
    written = line.strip()
    assert printed(with_line(number, line), loader) == (
        f"e:{number}:{len(line) - len(written) + 1}: `{written}` {message}"
    )


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("number", "line", "message"),
    [
        pytest.param(
            5,
            "    cors: yes",
            "5:5: `cors: yes`, which has a value, and keys of its own below it; expected one or the other. "
            "Take `yes` off, or line the keys below it up with `cors`.",
            id="value-of-a-parent",
        ),
        pytest.param(
            9,
            "          - POST",
            "9: `- POST` further right than line 8, which makes them one text; expected list items in one column. "
            "Line the two dashes up, or put the text in quotes.",
            id="dash-too-many",
        ),
        pytest.param(
            8,
            "       - GET",
            "8: `- GET` further left than line 9, which makes them one text; expected list items in one column. "
            "Line the two dashes up, or put the text in quotes.",
            id="first-dash-too-few",
        ),
        pytest.param(
            4,
            '    port: "3000',
            '4:11: text in quotes that never ends; expected a closing ". Close it with ".',
            id="quote",
        ),
        pytest.param(
            6,
            "      allowOrigins: [http://localhost:5173",
            "6:21: `[` that is not closed; expected `]` after its last entry. "
            "Close it, or separate its entries with commas (the parser gave up on line 7).",
            id="bracket",
        ),
        pytest.param(
            4, "\tport: 3000", "4:1: a tab as indentation; expected spaces. Replace each tab by two spaces.", id="tab"
        ),
        pytest.param(
            4,
            "      port: 3000",
            "4:11: the key `port` below a line that already has its value; expected keys of one mapping in one column. "
            "Line it up with the key above it, or take the value off that key.",
            id="either-may-be-meant",
        ),
    ],
)
def test_other_slips_of_a_line(number, line, message, loader):
    assert printed(with_line(number, line), loader) == f"e:{message}"


PROJECTS = [Path(__file__).parents[3] / "emulator.yaml", Path(__file__).parents[2] / "third_party/apps/emulator.yaml"]


@pytest.mark.parametrize("text", [SOUND, *(path.read_text() for path in PROJECTS)], ids=["sound", "sample", "apps"])
def test_each_line_of_a_real_file_one_space_to_either_side(text):
    """Where that is no YAML any more, the message names the line."""
    told = 0
    for number, line in enumerate(text.split("\n"), 1):
        for slipped in (f" {line}", line.removeprefix(" ")):
            problems = problems_of(with_line(number, slipped, text))
            told += len(problems)
            assert [problem.line for problem in problems] in ([], [number]), slipped
    assert told > 25


def test_the_first_of_two_slips_is_told():
    assert printed(with_line(21, "   credentials: include", with_line(3, "   type: http"))).startswith("e:3:4: ")


def test_text_over_several_lines_is_fine():
    data = read_document("note: one - two\n  three - four\n  -five\nlist:\n  - 'six\n    - seven'\n", "e").data
    assert data == {"note": "one - two three - four -five", "list": ["six - seven"]}


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"], ids=["windows", "old-mac", "unicode"])
def test_other_ends_of_lines(end):
    assert printed(with_line(3, "   type: http").replace("\n", end)).startswith("e:3:4: `type: http` in column 4; ")
    assert printed(with_line(9, "          - POST").replace("\n", end)).startswith("e:9: `- POST` further right ")


def test_a_long_file_is_not_tried_again_and_again():
    text = "a:\n" + "  b: 1\n" * LONGEST + " c: 1\n"
    began = time.process_time()
    assert find_slip(text, "e", LONGEST + 1, 0) is None
    assert time.process_time() - began < 0.1


def test_what_no_line_mends():
    assert find_slip("a: b: c", "e", 0, 0) is None
    assert find_slip("", "e", 0, 0) is None
    assert find_slip("a:\n  b: 1\n c: \x07", "e", 2, 0) is None
