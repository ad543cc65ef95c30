"""The end of chunked bodies, found whole, byte by byte and with the next request behind."""

import pytest

from emulator.server.chunks import MAX_CHUNK_LINE, Chunks
from emulator.server.head import MAX_HEAD
from emulator.server.refusal import Refusal

NEXT = b"GET / HTTP/1.1\r\n\r\n"

BODIES = [
    pytest.param(b"0\r\n\r\n", id="empty"),
    pytest.param(b"5\r\nhello\r\n0\r\n\r\n", id="one-chunk"),
    pytest.param(b"5\r\nhello\r\n00A\r\n0123456789\r\n000\r\n\r\n", id="two-chunks-and-zeros"),
    pytest.param(b"4\r\n\r\n\r\n\r\n0\r\n\r\n", id="data-that-looks-like-an-end"),
    pytest.param(b'5;name="a;b" ; c\r\nhello\r\n0;last\r\n\r\n', id="extensions"),
    pytest.param(b"1\r\nx\r\n0\r\nAuthorization: a\r\nHost: b\r\n\r\n", id="trailers"),
]


def scanned(body: bytes, step: int) -> tuple[int, bool] | Refusal:
    """How much of `body` belongs to the message, fed `step` bytes at a time; whether its end was seen."""
    chunks, count = Chunks(), 0
    for start in range(0, len(body), step):
        piece = body[start : start + step]
        found = chunks.scan(piece)
        if isinstance(found, Refusal):
            return found
        count += found
        if found < len(piece):
            break
    return count, chunks.ended


@pytest.mark.parametrize("step", [1, 3, 10_000])
@pytest.mark.parametrize("body", BODIES)
def test_a_body_ends_where_it_ends(body: bytes, step: int) -> None:
    assert scanned(body, step) == (len(body), True)
    assert scanned(body + NEXT, step) == (len(body), True)
    for cut in range(len(body)):
        assert scanned(body[:cut], step) == (cut, False)


REFUSED = [
    pytest.param(b"z\r\n", 400, id="no-size"),
    pytest.param(b"\r\n", 400, id="no-digit"),
    pytest.param(b"-1\r\n", 400, id="sign"),
    pytest.param(b"0x5\r\n", 400, id="prefix"),
    pytest.param(b"5 5\r\n", 400, id="two-numbers"),
    pytest.param(b"1" * 17 + b"\r\n", 400, id="more-than-64-bits"),
    pytest.param(b"5;" + b"a" * MAX_CHUNK_LINE + b"\r\n", 400, id="long-extension"),
    pytest.param(b"5;" + b"a" * (10 * MAX_CHUNK_LINE), 400, id="extension-without-end"),
    pytest.param(b"0\r\n" + b"a: b\r\n" * (MAX_HEAD // 5), 431, id="many-trailers"),
    pytest.param(b"0\r\na: " + b"b" * MAX_HEAD, 431, id="trailer-without-end"),
]


@pytest.mark.parametrize("step", [100, 10_000_000])
@pytest.mark.parametrize(("body", "status"), REFUSED)
def test_what_is_refused(body: bytes, status: int, step: int) -> None:
    found = scanned(body, step)
    assert isinstance(found, Refusal)
    assert found.status == status
