"""What Linux says of a connection's end, as bytes and as text."""

import struct
import sys

import pytest

from emulator.functions.socket_tables import NOBODY, encode_query, read_answer, read_tables

END, OTHER = ("127.0.0.1", 0xD431), ("127.0.0.1", 0x1F90)
HEADING = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
LOOPBACK = "0100007F" if sys.byteorder == "little" else "7F000001"
MAPPED = f"0000000000000000{'FFFF0000' if sys.byteorder == 'little' else '0000FFFF'}{LOOPBACK}"


def row(local: int, remote: int, uid: int, inode: int, host: str = LOOPBACK, state: str = "01") -> str:
    rest = "00000000:00000000 00:00000000 00000000"
    after = "1 0000000000000000 20 4 0 10 -1"
    return f"   7: {host}:{local:04X} {host}:{remote:04X} {state} {rest} {uid:5} 0 {inode} {after}\n"


OURS = row(0x1F90, 0xD431, 0, 11)


@pytest.mark.parametrize(
    ("rows", "uid"),
    [
        pytest.param([OURS, row(0xD431, 0x1F90, 1001, 12)], 1001, id="its-end"),
        pytest.param([row(0xD431, 0x1F90, 65534, 12), OURS], 65534, id="in-any-order"),
        pytest.param([OURS, row(0xD431, 0x1F90, 1001, 12, MAPPED)], 1001, id="an-ipv6-socket-as-of-java"),
        pytest.param([OURS, row(0xD431, 0x1F90, 0, 12)], 0, id="roots"),
        pytest.param([OURS, row(0xD431, 0x1F90, 0, 0, state="06")], NOBODY, id="closed-and-so-shown-as-roots"),
        pytest.param([OURS], NOBODY, id="gone"),
        pytest.param(
            [row(0xD431, 0x1F90, 0, 0, state="06"), row(0xD431, 0x1F90, 7, 13), OURS], 7, id="its-ports-used-again"
        ),
        pytest.param([OURS, row(0xD431, 0x1F91, 1001, 12)], NOBODY, id="connected-elsewhere"),
        pytest.param([row(0x1F91, 0xD431, 0, 11)], None, id="not-even-ours-is-listed"),
        pytest.param([], None, id="nothing-is-listed"),
    ],
)
def test_tables(rows: list[str], uid: int | None) -> None:
    assert read_tables((HEADING + "".join(rows)).encode(), END, OTHER) == uid


def answer(local: int, remote: int, uid: int, inode: int, kind: int = 20) -> bytes:
    """Without the attributes that follow."""
    addresses = (bytes([127, 0, 0, 1]).ljust(16, b"\0"),) * 2
    one = struct.pack("=BBBB", 2, 1, 0, 0) + struct.pack("!HH16s16sI8s", local, remote, *addresses, 0, b"c" * 8)
    one += struct.pack("=IIIII", 0, 0, 0, uid, inode)
    return struct.pack("=IHHII", 16 + len(one), kind, 0, 1, 99) + one


@pytest.mark.parametrize(
    ("message", "uid"),
    [
        pytest.param(answer(0xD431, 0x1F90, 1001, 12), 1001, id="its-end"),
        pytest.param(answer(0xD431, 0x1F90, 0, 0), NOBODY, id="closed-and-so-shown-as-roots"),
        pytest.param(answer(0xD431, 0, 1001, 12), NOBODY, id="what-listens-there-now"),
        pytest.param(struct.pack("=IHHIIi", 36, 2, 0, 1, 99, -2), NOBODY, id="no-such-socket"),
        pytest.param(struct.pack("=IHHIIi", 36, 2, 0, 1, 99, -22), None, id="not-in-this-kernel"),
        pytest.param(struct.pack("=IHHII", 16, 3, 0, 1, 99), None, id="something-else"),
    ],
)
def test_answers(message: bytes, uid: int | None) -> None:
    assert read_answer(message, END, OTHER) == uid


def test_query() -> None:
    """linux/inet_diag.h: the ports and addresses are in the order of the network."""
    query = encode_query(END, OTHER)
    assert struct.unpack("=IHHII", query[:16]) == (len(query), 20, 1, 1, 0) == (72, 20, 1, 1, 0)
    assert query[16:18] == b"\x02\x06"
    assert query[24:28] == b"\xd4\x31\x1f\x90"
    assert query[28:44] == query[44:60] == b"\x7f\x00\x00\x01" + b"\0" * 12
