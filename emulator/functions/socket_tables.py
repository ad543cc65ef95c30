"""Who has one end of a TCP connection, as Linux tells it: by sock_diag(7), or in /proc/net/tcp and tcp6.

`end` is the end that is asked about, `other` the one it is connected to: IPv4 address and port. No socket is known
here.
"""

import struct
import sys

Address = tuple[str, int]

NOBODY = -1
"""A number that stands in place of a uid: no process holds that end any more. Linux then shows root's uid beside the
inode 0 (net/ipv4/tcp_ipv4.c: get_timewait4_sock; net/core/sock.c: sock_i_uid), which would let anybody pass for
root."""

_HEAD = struct.Struct("=IHHII")
"""The head that every message has (linux/netlink.h, nlmsghdr): length, type, flags, sequence, port."""

_QUERY = struct.Struct("=BBBBI")
"""What a query says before its socket (linux/inet_diag.h, inet_diag_req_v2): family, protocol, extensions, padding,
states."""

_ANSWER = struct.Struct("=BBBB")
"""What an answer says before its socket (linux/inet_diag.h, inet_diag_msg): family, state, timer, retransmissions."""

_SOCKET = struct.Struct("!HH16s16sI8s")
"""How a socket is named (linux/inet_diag.h, inet_diag_sockid): both ports, both addresses, interface, cookie."""

_REST = struct.Struct("=IIIII")
"""What an answer says after its socket (linux/inet_diag.h, inet_diag_msg): expires, receive queue, send queue, uid,
inode."""

_ERROR = struct.Struct("=i")
_NLMSG_ERROR, _SOCK_DIAG_BY_FAMILY, _NLM_F_REQUEST = 2, 20, 1
_AF_INET, _IPPROTO_TCP, _ANY_STATE, _NO_COOKIE = 2, 6, 0xFFFFFFFF, b"\xff" * 8
_NO_SUCH_SOCKET = -2
"""The number by which the kernel says -ENOENT."""


def encode_query(end: Address, other: Address) -> bytes:
    """Ask for the one socket at `end`, an IPv6 one with mapped addresses (Java's) too."""
    addresses = (bytes(map(int, host.split("."))) for host, _ in (end, other))
    query = _QUERY.pack(_AF_INET, _IPPROTO_TCP, 0, 0, _ANY_STATE)
    query += _SOCKET.pack(end[1], other[1], *addresses, 0, _NO_COOKIE)
    return _HEAD.pack(_HEAD.size + len(query), _SOCK_DIAG_BY_FAMILY, _NLM_F_REQUEST, 1, 0) + query


def read_answer(message: bytes, end: Address, other: Address) -> int | None:
    """Return the uid; None when the kernel cannot tell. With no such connection it may answer with the socket that
    listens at `end`, which is another's."""
    _, kind, *_ = _HEAD.unpack_from(message)
    if kind == _NLMSG_ERROR:
        (error,) = _ERROR.unpack_from(message, _HEAD.size)
        return NOBODY if error == _NO_SUCH_SOCKET else None
    if kind != _SOCK_DIAG_BY_FAMILY:
        return None
    ports = _SOCKET.unpack_from(message, _HEAD.size + _ANSWER.size)[:2]
    *_, uid, inode = _REST.unpack_from(message, _HEAD.size + _ANSWER.size + _SOCKET.size)
    return uid if inode and ports == (end[1], other[1]) else NOBODY


def read_tables(tables: bytes, end: Address, other: Address) -> int | None:
    """Return the uid, from the text of /proc/net/tcp and tcp6 (proc_net_tcp.txt of Linux's documentation); None when
    they do not even list `other`, and so cannot tell."""
    uid = _read_row(tables, end, other)
    return NOBODY if uid is None and _read_row(tables, other, end) is not None else uid


def _read_row(tables: bytes, end: Address, other: Address) -> int | None:
    for mapped in ("", "".join(map(_word, (b"\0\0\0\0", b"\0\0\0\0", b"\0\0\xff\xff")))):
        row = f" {mapped}{_encode(end)} {mapped}{_encode(other)} ".encode()
        for rest in tables.split(row)[1:]:
            _state, _queues, _timer, _retransmissions, uid, _timeout, inode = rest.split(None, 7)[:7]
            if inode != b"0":
                return int(uid)
    return None


def _encode(address: Address) -> str:
    return f"{_word(bytes(map(int, address[0].split('.'))))}:{address[1]:04X}"


def _word(part: bytes) -> str:
    """Write four bytes of an address as the number they are to this machine."""
    return f"{int.from_bytes(part, sys.byteorder):08X}"
