import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.aws.lambda_proxy.request_target import decoded_path, query_pairs


@pytest.mark.parametrize(
    ("raw", "decoded"),
    [
        pytest.param("/plain", "/plain", id="plain"),
        pytest.param("/a%20b", "/a b", id="space"),
        pytest.param("/a+b", "/a+b", id="plus-is-a-plus-in-a-path"),
        pytest.param("/%CE%BB", "/λ", id="utf-8"),
        pytest.param("/\u00ce\u00bb", "/λ", id="raw-utf-8-bytes"),
        pytest.param("/%FF", "/\ufffd", id="not-utf-8"),
        pytest.param("/\u00ff", "/\ufffd", id="raw-byte-that-is-not-utf-8"),
        pytest.param("/%2525", "/%25", id="once-only"),
    ],
)
def test_decoded_path(raw: str, decoded: str) -> None:
    assert decoded_path(raw) == decoded


@pytest.mark.parametrize(
    ("raw", "pairs"),
    [
        pytest.param("", [], id="none"),
        pytest.param("a=1", [("a", "1")], id="one"),
        pytest.param("a=1&a=2", [("a", "1"), ("a", "2")], id="repeated"),
        pytest.param("a+b=c+d", [("a b", "c d")], id="plus-is-a-space"),
        pytest.param("a=%2B", [("a", "+")], id="encoded-plus-is-a-plus"),
        pytest.param("a=", [("a", "")], id="empty-value"),
        pytest.param("a", [("a", "")], id="no-equal-sign"),
        pytest.param("=1", [("", "1")], id="empty-name"),
        pytest.param("a=b=c", [("a", "b=c")], id="first-equal-sign-divides"),
        pytest.param("&&a=1&", [("a", "1")], id="empty-fields-are-nothing"),
        pytest.param("%61=%CE%BB", [("a", "λ")], id="names-are-decoded-too"),
        pytest.param("a=%FF", [("a", "\ufffd")], id="not-utf-8"),
        pytest.param("a=%zz", [("a", "%zz")], id="no-escape-at-all"),
    ],
)
def test_query_pairs(raw: str, pairs: list[tuple[str, str]]) -> None:
    """hotsock/voker, vokerhttp/testdata: literalPlus, encodedPlus, empty, repeat."""
    assert query_pairs(raw) == pairs


@given(st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_bytes_break_either(raw: str) -> None:
    decoded_path(f"/{raw}").encode()
    for name, value in query_pairs(raw):
        (name + value).encode()
