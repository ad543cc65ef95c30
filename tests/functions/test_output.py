import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.limits import LOG_EVENT_BYTES as MOST
from emulator.functions.output import LineSplitter


@pytest.mark.parametrize(
    ("chunks", "lines"),
    [
        pytest.param([b"a\nb\n"], ["a", "b"], id="two-lines"),
        pytest.param([b"a", b"b\n"], ["ab"], id="line-in-two-chunks"),
        pytest.param([b"\n\n"], ["", ""], id="empty-lines"),
        pytest.param([b"a\r\nb"], ["a", "b"], id="carriage-return-and-unfinished"),
        pytest.param([b"a\rb\n"], ["a\rb"], id="lone-carriage-return-stays"),
        pytest.param([b"\xff\xc3\xbc\n"], ["\ufffdü"], id="invalid-utf-8"),
        pytest.param([b"\xc3", b"\xbc\n"], ["ü"], id="character-in-two-chunks"),
        pytest.param([b"x" * (MOST + 1), b"y\n"], ["x" * MOST, "xy"], id="long-line-comes-in-pieces"),
        pytest.param([b"x" * MOST + b"\n"], ["x" * MOST], id="longest-line"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_lines(chunks: list[bytes], lines: list[str]) -> None:
    splitter = LineSplitter()
    assert [line for chunk in chunks for line in splitter.feed(chunk)] + splitter.finish() == lines


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r")), st.integers(1, 5))
def test_any_text_in_any_chunks(text: str, size: int) -> None:
    data = text.encode()
    splitter = LineSplitter()
    lines = [line for start in range(0, len(data), size) for line in splitter.feed(data[start : start + size])]
    expected = text.split("\n")
    assert lines + splitter.finish() == (expected if expected[-1] else expected[:-1])
