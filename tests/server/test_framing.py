"""The messages of a connection: each conversation whole, byte by byte, and with others behind."""

import pytest

from emulator.server.framing import Framing
from emulator.server.head import MAX_HEAD, Head
from emulator.server.refusal import Refusal

GET = b"GET /1 HTTP/1.1\r\nHost: h\r\n\r\n"
POST = b"POST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = b"POST /3 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"

CONVERSATIONS = [
    pytest.param(GET, [("/1", b"")], id="no-body"),
    pytest.param(POST, [("/2", b"hello")], id="length"),
    pytest.param(CHUNKED, [("/3", b"2\r\nhi\r\n0\r\n\r\n")], id="chunked"),
    pytest.param(
        GET + POST + CHUNKED + POST,
        [("/1", b""), ("/2", b"hello"), ("/3", b"2\r\nhi\r\n0\r\n\r\n"), ("/2", b"hello")],
        id="pipelined",
    ),
    pytest.param(b"\r\n\r\n" + POST + b"\r\n" + GET, [("/2", b"hello"), ("/1", b"")], id="empty-lines-between"),
]


def read(framing: Framing) -> list[tuple[str, bytes]]:
    """Every message that has come whole since."""
    found = []
    while isinstance(head := framing.head(), Head):
        body = b""
        while framing.in_body and framing.holds:
            piece = framing.body()
            assert isinstance(piece, bytes)
            body += piece
        found.append((head.path, body))
    assert head is None
    return found


@pytest.mark.parametrize(("data", "messages"), CONVERSATIONS)
def test_whole(data: bytes, messages: list[tuple[str, bytes]]) -> None:
    framing = Framing()
    framing.receive(data)
    assert read(framing) == messages
    assert not framing.holds


@pytest.mark.parametrize(("data", "messages"), CONVERSATIONS)
def test_byte_by_byte(data: bytes, messages: list[tuple[str, bytes]]) -> None:
    framing, heads, body = Framing(), list[Head](), dict[int, bytes]()
    for number in range(len(data)):
        framing.receive(data[number : number + 1])
        if framing.in_body:
            piece = framing.body()
            assert isinstance(piece, bytes)
            body[len(heads)] += piece
        elif isinstance(head := framing.head(), Head):
            heads.append(head)
            body[len(heads)] = b""
    assert [(head.path, body[number]) for number, head in enumerate(heads, 1)] == messages


@pytest.mark.parametrize("cut", range(1, len(GET)))
def test_a_part_of_a_head_is_waited_for(cut: int) -> None:
    framing = Framing()
    framing.receive(GET[:cut])
    assert framing.head() is None
    assert framing.holds


REFUSED_EARLY = [
    pytest.param(b"\x16\x03\x01\x02\x00", 400, "https", id="tls"),
    pytest.param(b"\x00", 400, "not HTTP", id="nul"),
    pytest.param(b"GET / HTTP/1.1\nHost: h\n", 400, "LF alone", id="lf"),
    pytest.param(b"GET /" + b"a" * MAX_HEAD, 414, "request line", id="line-without-end"),
    pytest.param(b"GET / HTTP/1.1\r\nX: " + b"a" * MAX_HEAD, 431, "head is longer", id="header-without-end"),
    pytest.param(b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * MAX_HEAD, 431, "head is longer", id="headers-without-end"),
    pytest.param(
        b"GET /" + b"a" * MAX_HEAD + b" HTTP/1.1\r\nHost: h\r\n\r\n", 414, "request line", id="whole-but-too-long"
    ),
]


@pytest.mark.parametrize(("data", "status", "said"), REFUSED_EARLY)
def test_what_is_refused_before_its_end(data: bytes, status: int, said: str) -> None:
    framing = Framing()
    framing.receive(data)
    head = framing.head()
    assert isinstance(head, Refusal)
    assert head.status == status
    assert said in head.detail


def test_a_head_of_the_longest_length_is_taken() -> None:
    framing = Framing()
    line = b"GET / HTTP/1.1\r\nHost: h\r\nX: "
    framing.receive(line + b"a" * (MAX_HEAD - len(line)) + b"\r\n\r\n")
    assert isinstance(framing.head(), Head)


def test_empty_lines_are_not_kept() -> None:
    framing = Framing()
    framing.receive(b"\r\n" * 100_000)
    assert framing.head() is None
    assert not framing.holds


def test_a_broken_chunk_is_refused() -> None:
    framing = Framing()
    framing.receive(CHUNKED.replace(b"2\r\n", b"x\r\n"))
    assert isinstance(framing.head(), Head)
    assert isinstance(framing.body(), Refusal)
