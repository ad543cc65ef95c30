"""Who is at the other end of a loopback connection that was accepted.

Every user of the machine can connect to a port of 127.0.0.1; TCP itself does not tell who did. Linux does, and is asked
once per connection: sock_diag finds it in 30 microseconds, the tables in /proc take milliseconds and serve where it is
not to be had. macOS tells only of Unix sockets: there, and where Linux does not know either (a sandbox), whoever
connects is taken for ours.
"""

import contextlib
import os
import socket
from pathlib import Path

from emulator.functions.socket_tables import NOBODY, encode_query, read_answer, read_tables

_NETLINK_SOCK_DIAG = 4
"""The number of the protocol that asks for sockets (linux/netlink.h)."""

_TABLES = ("/proc/net/tcp", "/proc/net/tcp6")

_LOOKS = 3
"""Times that a table is read: it changes while it is read, and a row may then be missed."""


def foreign_uid(connection: socket.socket) -> int | None:
    """Return the uid of another user who made an IPv4 `connection` to us, NOBODY when its other end is closed already.
    None: it is ours, or root's, who can do everything anyway (containers' and WSL's port forwarding), or nobody can
    tell."""
    try:
        end, other = connection.getpeername(), connection.getsockname()
    except OSError:
        return NOBODY
    return foreign_uid_of(end, other)


def foreign_uid_of(end: tuple[str, int], other: tuple[str, int]) -> int | None:
    """Return the same of an open connection by the addresses of its two ends, `other` ours: host and port."""
    uid = _by_netlink(end, other)
    if uid is None:
        uid = _by_tables(end, other)
    return None if uid in (None, os.geteuid(), 0) else uid


def _by_netlink(end: tuple[str, int], other: tuple[str, int]) -> int | None:
    try:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_SOCK_DIAG) as kernel:
            kernel.send(encode_query(end, other))
            return read_answer(kernel.recv(4096, socket.MSG_DONTWAIT), end, other)
    except (OSError, AttributeError):  # not in this kernel, not in this sandbox; not on this system
        return None


def _by_tables(end: tuple[str, int], other: tuple[str, int]) -> int | None:
    uid: int | None = None
    for _ in range(_LOOKS):
        uid = read_tables(b"".join(map(_read, _TABLES)), end, other)
        if uid != NOBODY:
            break
    return uid


def _read(table: str) -> bytes:
    with contextlib.suppress(OSError):
        return Path(table).read_bytes()
    return b""  # no such table, as of IPv6 where that is switched off
