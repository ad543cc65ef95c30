"""Addresses that can and cannot be had, in words for the user; a listener's start, drain and end."""

import asyncio
import contextlib
import itertools
import socket
from collections.abc import Iterator

import pytest

from emulator.aws.http_api.http_api import HttpApi
from emulator.errors import AddressError
from emulator.functions.invocation import Invocation, Result, Returned
from emulator.server.asgi import GatewayApp
from emulator.server.listen import Listener, bind
from products import a_route
from serving.rim import HOSTS, run, until_refused

API = HttpApi("shop", "abcdef1234", (a_route("$default"),))


@contextlib.contextmanager
def bound(host: str, port: int = 0, name: str = "shop") -> Iterator[list[socket.socket]]:
    sockets = bind(host, port, name)
    try:
        yield sockets
    finally:
        for listener in sockets:
            listener.close()


def has_ipv6() -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return True
    return False


LOOPBACK = ["127.0.0.1", "::1"] if has_ipv6() else ["127.0.0.1"]


def test_localhost_is_both_loopback_addresses_on_one_port() -> None:
    """Browsers take localhost for ::1 as well as for 127.0.0.1 (RFC 6761, 6.3)."""
    with bound("localhost") as sockets:
        assert sorted(listener.getsockname()[0] for listener in sockets) == LOOPBACK
        assert len({listener.getsockname()[1] for listener in sockets}) == 1
        for listener in sockets:
            socket.create_connection(listener.getsockname()[:2]).close()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_an_address_is_itself_alone(host: str) -> None:
    with bound(host) as sockets:
        assert [listener.getsockname()[0] for listener in sockets] == [host]


def test_a_port_in_use_is_one_line_that_names_port_api_and_fix() -> None:
    with bound("127.0.0.1") as taken:
        port = taken[0].getsockname()[1]
        with pytest.raises(AddressError) as caught:
            bind("127.0.0.1", port, "orders")
    assert str(caught.value) == (
        f"Port {port} on 127.0.0.1 is in use, so API 'orders' cannot listen there. Stop the program that uses it, or "
        "choose another: `port:` of 'orders' in the configuration, or --port for the first API."
    )


@pytest.mark.parametrize(("taken", "other"), list(itertools.permutations(LOOPBACK, 2)) or [("127.0.0.1", "127.0.0.2")])
def test_a_port_in_use_on_one_address_of_localhost(taken: str, other: str) -> None:
    """Vite listens on ::1 alone on some machines: a page must not find it in our stead. Nothing stays bound."""
    with bound(taken) as sockets:
        port = sockets[0].getsockname()[1]
        with pytest.raises(AddressError, match=f"Port {port} on localhost is in use"):
            bind("localhost", port, "shop")
        with bound(other, port):
            pass


def test_a_port_whose_connections_are_in_time_wait_can_be_had() -> None:
    """A restart of the emulator must not wait for the kernel."""
    with bound("127.0.0.1") as sockets:
        port = sockets[0].getsockname()[1]
        sockets[0].setblocking(True)
        with socket.create_connection(("127.0.0.1", port)) as client:
            accepted, _ = sockets[0].accept()
            accepted.close()  # the side that closes first keeps the port in TIME_WAIT
            assert client.recv(1) == b""
    with bound("127.0.0.1", port):
        pass


NOT_OURS = [
    pytest.param("192.0.2.1", "API 'shop' cannot listen on 192.0.2.1:3000: ", id="ipv4-of-another-machine"),
    pytest.param("2001:db8::1", "API 'shop' cannot listen on 2001:db8::1: it has no usable address.", id="ipv6"),
    pytest.param("::zz", "--host ::zz: not an address of this machine (", id="not-an-address"),
    pytest.param("a..b", "--host a..b: not an address of this machine (not a host name). ", id="not-a-name"),
]


@pytest.mark.parametrize(("host", "said"), NOT_OURS)
def test_an_address_that_is_not_of_this_machine(host: str, said: str) -> None:
    with pytest.raises(AddressError) as caught:
        bind(host, 3000, "shop")
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)


class Slow:
    """A function that answers when it is told to."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.release = asyncio.Event()

    async def invoke(self, function: str, invocation: Invocation) -> Result:
        self.begun.set()
        await self.release.wait()
        return Returned(b'{"statusCode": 200, "body": "late"}')


async def started(function: Slow) -> Listener:
    listener = Listener(
        GatewayApp(lambda path: API, function.invoke, lambda exchange: None, hosts=lambda: HOSTS),
        bind("127.0.0.1", 0, "shop"),
    )
    await listener.start()
    return listener


async def asked(listener: Listener, function: Slow) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection whose request is with the function."""
    reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
    writer.write(b"GET /x HTTP/1.1\r\nHost: h\r\n\r\n")
    await function.begun.wait()
    return reader, writer


def test_draining_refuses_the_new_and_finishes_what_is_in_flight() -> None:
    async def conversation() -> bytes:
        function = Slow()
        listener = await started(function)
        reader, writer = await asked(listener, function)
        draining = asyncio.create_task(listener.drain())
        await until_refused(listener.port)
        assert not draining.done()
        function.release.set()
        answer = await reader.read()
        await draining
        writer.close()
        await writer.wait_closed()
        return answer

    answer = run(conversation())
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"late")


def test_draining_closes_connections_that_wait() -> None:
    async def conversation() -> bytes:
        listener = await started(Slow())
        reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
        await listener.drain()
        rest = await reader.read()
        writer.close()
        await writer.wait_closed()
        return rest

    assert run(conversation()) == b""


def test_closing_drops_what_is_in_flight() -> None:
    async def conversation() -> bytes:
        function = Slow()
        listener = await started(function)
        reader, writer = await asked(listener, function)
        listener.close()
        await until_refused(listener.port)
        try:
            return await reader.read()
        except ConnectionResetError:
            return b"reset"
        finally:
            function.release.set()
            writer.close()

    assert run(conversation()) in {b"", b"reset"}


def test_a_listener_that_never_started_frees_its_port() -> None:
    async def conversation() -> int:
        listener = Listener(
            GatewayApp(lambda path: API, Slow().invoke, lambda exchange: None, hosts=lambda: HOSTS),
            bind("127.0.0.1", 0, "shop"),
        )
        listener.close()
        return listener.port

    with bound("127.0.0.1", run(conversation())):
        pass
