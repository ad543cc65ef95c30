"""Who is at the other end of real connections."""

import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from emulator.functions import peer
from emulator.functions.peer import foreign_uid
from emulator.functions.socket_tables import NOBODY
from serving.other_user import curl


@pytest.fixture(params=["netlink", "tables"])
def listener(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """Once with what the kernel answers, once with what it lists, as where it is not to be asked."""
    if request.param == "tables":
        monkeypatch.setattr(peer, "_NETLINK_SOCK_DIAG", 31)  # no such protocol
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6], ids=["ipv4", "ipv6-as-java"])
def test_our_own(listener: socket.socket, family: socket.AddressFamily) -> None:
    with socket.socket(family) as client:
        client.connect(("::ffff:127.0.0.1" if family == socket.AF_INET6 else "127.0.0.1", listener.getsockname()[1]))
        accepted, _ = listener.accept()
        with accepted:
            assert foreign_uid(accepted) is None
            client.shutdown(socket.SHUT_WR)
            assert foreign_uid(accepted) is None
            client.close()
            assert foreign_uid(accepted) == NOBODY


def test_another_user(listener: socket.socket) -> None:
    with ThreadPoolExecutor(1) as executor:
        listener.settimeout(20)
        answer = executor.submit(curl, f"http://127.0.0.1:{listener.getsockname()[1]}/")
        try:
            accepted, _ = listener.accept()
        except TimeoutError:
            answer.result()  # says why, or skips
            raise
        with accepted:
            assert foreign_uid(accepted) == 65534


def test_a_connection_that_is_over(listener: socket.socket) -> None:
    with socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
    accepted.close()
    assert foreign_uid(accepted) == NOBODY


def test_a_system_that_does_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """As macOS: whoever connects is taken for ours."""
    monkeypatch.setattr(peer, "_NETLINK_SOCK_DIAG", 31)
    monkeypatch.setattr(peer, "_TABLES", ("/nowhere/tcp", "/nowhere/tcp6"))
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert foreign_uid(accepted) is None
