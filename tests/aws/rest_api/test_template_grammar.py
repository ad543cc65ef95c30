"""What is a template and what is not, where Velocity and the library that reads templates differ."""

import pytest

from aws.rest_api.templates import made
from emulator.aws import limits
from emulator.aws.rest_api.template_grammar import compiled, line_at
from emulator.aws.rest_api.template_values import RenderingError


@pytest.mark.parametrize(
    ("template", "text"),
    [
        pytest.param("#set($a-b = 1)$a-b", "1", id="hyphen-in-a-name"),
        pytest.param("#set($a = 'it''s')$a", "it's", id="doubled-quote"),
        pytest.param('#set($a = "a ""b""")$a', 'a "b"', id="doubled-double-quote"),
        pytest.param(r"#set($a = 'a\n')$a", r"a\n", id="a-backslash-is-a-character"),
        pytest.param("#set(${a} = 1)#set($a2 = [1, 2])#set($a2[0] = 5)$a $a2[0]", "1 5", id="formal-place"),
        pytest.param('#set($m = {})#set($m["k"] = 1)$m.k', "1", id="key-as-a-place"),
        pytest.param("#set($a = [1..3])$a", "[1, 2, 3]", id="range"),
        pytest.param("#set($a = [[1, 2], [3]])$a", "[[1, 2], [3]]", id="lists-in-a-list"),
        pytest.param("a#* not\nthis *#b ## nor this\nc", "ab c", id="comments"),
        pytest.param("#foreach($a in [1, 2, 3])$a#if($a == 2)#break#end#end", "12", id="break"),
        pytest.param("#foreach($a in [1, 2])$a#{break}#end", "1", id="formal-break"),
    ],
)
def test_as_velocity_reads_it(template: str, text: str) -> None:
    assert made(template) == text


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        pytest.param("a\n#if($x)\nb", 2, "#else", id="no-end"),
        pytest.param("\n#set($a 1)", 2, "=", id="no-equals"),
        pytest.param("a #* never", 1, "*#", id="no-end-of-a-comment"),
        pytest.param("#set($a = \"$b.x(\")", None, "", id="within-a-text"),
        pytest.param("#set($a = \"#end\")", None, "text", id="a-text-that-is-no-block"),
        pytest.param("#set($a = " + "9" * 5000 + ")", None, "cannot be read", id="a-number-too-long"),
        pytest.param("#if(" + "(" * 3000 + ")", None, "nested too deeply", id="too-deep"),
        pytest.param("x" * (limits.MAPPING_TEMPLATE_BYTES + 1), None, "longer than 307200 bytes", id="too-long"),
    ],
)  # fmt: skip
def test_what_is_no_template(template: str, line: int | None, said: str) -> None:
    for _ in range(2):  # the second time from what was kept of the first
        with pytest.raises(RenderingError) as raised:
            compiled(template)
        assert raised.value.line == line
        assert said in raised.value.reason


def test_lists_in_lists_take_no_time_that_doubles() -> None:
    assert compiled("#set($a = " + "[" * 25 + "]" * 25 + ")") is not None


def test_lines_count_from_one() -> None:
    assert [line_at("a\nb\nc", position) for position in (0, 1, 2, 4)] == [1, 1, 2, 3]
