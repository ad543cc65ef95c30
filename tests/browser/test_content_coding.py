"""Which bodies Chromium decodes: the rows with gzip, deflate, br text and zstd text were observed in Chromium 156."""

import gzip
import zlib
from base64 import b64encode

import pytest

from emulator.browser.content_coding import body_of, has_content_coding, undecodable_coding
from emulator.messages import Response

PACKED = gzip.compress(b'{"rows":1}' * 20)
DEFLATED = zlib.compress(b"abc" * 30)
TEXT = b'{"rows": [1, 2, 3]}'


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        pytest.param("gzip", PACKED, id="gzip"),
        pytest.param("gzip", b"", id="empty"),
        pytest.param("gzip", PACKED[:20], id="truncated"),
        pytest.param("gzip", PACKED[:5], id="truncated-in-the-header"),
        pytest.param("gzip", PACKED[:1], id="one-right-byte"),
        pytest.param("gzip", PACKED[:-8] + bytes(8), id="wrong-checksum"),
        pytest.param("gzip", PACKED + b"trailing", id="something-behind"),
        pytest.param("deflate", DEFLATED, id="deflate"),
        pytest.param("deflate", DEFLATED[2:-4], id="deflate-without-header"),
        pytest.param("gzip, gzip", gzip.compress(PACKED), id="twice"),
        pytest.param("identity", TEXT, id="identity"),
        pytest.param("utf-8", TEXT, id="unknown"),
        pytest.param("utf-8, gzip", TEXT, id="unknown-before"),
        pytest.param("gzip, utf-8", TEXT, id="unknown-behind"),
        pytest.param("zstd", b"\x28\xb5\x2f\xfd\x04\x00", id="zstd"),
        pytest.param("zstd", b"\x5a\x2a\x4d\x18\x00", id="zstd-skippable"),
        pytest.param("br", b"\x0b\x02\x80hello\x03", id="br"),
        pytest.param("br", b"short text", id="br-too-short-to-tell"),
        pytest.param("gzip, br", b"\x0b\x02\x80hello\x03", id="below-br-nothing-is-known"),
    ],
)
def test_what_can_be_decoded(encoding: str, body: bytes) -> None:
    assert undecodable_coding((("Content-Encoding", encoding),), body) is None


@pytest.mark.parametrize(
    ("encoding", "body", "coding"),
    [
        pytest.param("gzip", b64encode(PACKED), "gzip", id="base64"),
        pytest.param("GZIP", b64encode(PACKED), "gzip", id="upper-case"),
        pytest.param("x-gzip", b64encode(PACKED), "x-gzip", id="x-gzip"),
        pytest.param("gzip", b"x", "gzip", id="one-byte"),
        pytest.param("gzip, gzip", PACKED, "gzip", id="once-instead-of-twice"),
        pytest.param("deflate", b64encode(DEFLATED), "deflate", id="deflate"),
        pytest.param("br", b64encode(PACKED), "br", id="br-base64"),
        pytest.param("br", TEXT, "br", id="br-text"),
        pytest.param("zstd", TEXT, "zstd", id="zstd-text"),
    ],
)
def test_what_cannot(encoding: str, body: bytes, coding: str) -> None:
    assert undecodable_coding((("Content-Encoding", encoding),), body) == coding


def test_without_an_encoding_anything_goes() -> None:
    assert undecodable_coding((("Content-Type", "text/plain"),), TEXT) is None


def test_an_encoding_is_seen_in_any_case() -> None:
    assert has_content_coding((("content-type", "a"), ("CONTENT-ENCODING", "gzip")))
    assert not has_content_coding((("content-languagE", "en"), ("content-encoded", "x")))
    assert undecodable_coding((("Content-Encoding", ""),), TEXT) is None


def test_a_large_body_is_looked_at_in_part() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert undecodable_coding((("Content-Encoding", "gzip"),), bomb) is None
    assert undecodable_coding((("Content-Encoding", "gzip"),), b64encode(bomb)) == "gzip"


@pytest.mark.parametrize(("status", "method", "expected"), [(200, "GET", TEXT), (200, "HEAD", b""), (204, "GET", b"")])
def test_the_body_that_is_sent(status: int, method: str, expected: bytes) -> None:
    assert body_of(Response(status, (), TEXT), method) == expected
