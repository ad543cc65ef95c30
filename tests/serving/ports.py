"""Ports that nobody has, for what is to listen at one that is named beforehand."""

import contextlib
import random
import socket

FIRST, LAST = 10_240, 19_999
"""Below those that a system gives to whoever asks for any (Linux: from 32768 on; IANA: from 49152 on): one of those
could be a listener's or a connection's of a test that runs beside, before it is used."""


def free_ports(count: int) -> list[int]:
    """All different."""
    found: list[int] = []
    with contextlib.ExitStack() as stack:
        while len(found) < count:
            port = random.SystemRandom().randint(FIRST, LAST)
            with contextlib.suppress(OSError):
                stack.enter_context(socket.create_server(("127.0.0.1", port)))
                found.append(port)
    return found


def free_port() -> int:
    return free_ports(1)[0]
