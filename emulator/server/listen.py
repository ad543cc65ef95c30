"""Listening sockets, and a uvicorn server on them that leaves signals, logging and lifespan to us."""

import asyncio
import errno
import functools
import socket
from typing import Any, cast

import uvicorn

from emulator.errors import AddressError
from emulator.server.asgi import Application
from emulator.server.http_protocol import HEAD_TIMEOUT, FramedProtocol

BACKLOG = 2048
ATTEMPTS = 8
"""How many free ports are tried until one is free on every address."""


def bind(host: str, port: int, name: str, kind: str = "API") -> list[socket.socket]:
    """Bind the sockets of an API, or of what else the configuration names. Raises AddressError, in words for the user,
    when an address cannot be had."""
    bound = take(host, port)
    if isinstance(bound, OSError):
        raise AddressError(_why_not(bound, host, port, name, kind))
    return bound


def take(host: str, port: int, option: str = "--host") -> list[socket.socket] | OSError:
    """Bind sockets on every address of `host` ("localhost" has two), all on one port; port 0 takes any free one. Return
    the error when one of them cannot be had. Raises AddressError when `host`, which `option` gave, is no address."""
    addresses = _addresses(host, port, option)
    for attempt in range(ATTEMPTS):
        bound: list[socket.socket] = []
        try:
            for family, address in addresses:
                taken = bound[0].getsockname()[1] if bound else port
                _bind_one(family, address, taken, bound)
        except OSError as error:
            for listener in bound:
                listener.close()
            if port == 0 and error.errno == errno.EADDRINUSE and attempt + 1 < ATTEMPTS:
                continue  # free on the first address, taken on the second: try another
            return error
        if bound:
            return bound
    return OSError("it has no usable address")


def _addresses(host: str, port: int, option: str) -> list[tuple[int, str]]:
    """Look up family and address of all that `host` names, IPv6 first."""
    if host == "localhost":
        # Browsers take it for both, whatever the hosts file says (RFC 6761, 6.3).
        return [(socket.AF_INET6, "::1"), (socket.AF_INET, "127.0.0.1")]
    if host == "127.0.0.1":
        return [(socket.AF_INET, host)]  # to look up any name loads the tables of Unicode
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a host name"
        message = f"{option} {host}: not an address of this machine ({reason}). Try 127.0.0.1 or localhost."
        raise AddressError(message) from None
    return sorted({(int(info[0]), str(info[4][0])) for info in found}, reverse=True)


def _bind_one(family: int, address: str, port: int, bound: list[socket.socket]) -> None:
    """Append a listening socket to `bound`; an address this machine does not have (IPv6, often) is passed over."""
    try:
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        return
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        listener.listen(BACKLOG)
        listener.setblocking(False)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRNOTAVAIL and family == socket.AF_INET6:
            return
        raise
    bound.append(listener)


def _why_not(error: OSError, host: str, port: int, api_name: str, kind: str) -> str:
    """Say in one sentence what to change."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is in use, so {kind} '{api_name}' cannot listen there. Stop the program that uses "
            f"it, or choose another: `port:` of '{api_name}' in the configuration"
            f"{', or --port for the first API' if kind == 'API' else ''}."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs privileges that this process lacks. Choose one above 1023 for {kind} '{api_name}'."
    if error.errno is None:
        return f"{kind} '{api_name}' cannot listen on {host}: {error}. Check --host."
    return f"{kind} '{api_name}' cannot listen on {host}:{port}: {error.strerror}. Check --host."


class Listener:
    """One application being served, an API as a rule: its sockets and the uvicorn server on them.

    The server's own `serve` is not used: it takes over signals and waits on shutdown, which are the process's business.
    """

    def __init__(self, app: Application, sockets: list[socket.socket], head_timeout: float = HEAD_TIMEOUT) -> None:
        """Prepare the server. `head_timeout` is in seconds."""
        self.port: int = sockets[0].getsockname()[1]
        self._sockets = sockets
        self._ticks: asyncio.Task[None] | None = None
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                http=cast(Any, functools.partial(FramedProtocol, head_timeout=head_timeout)),
                interface="asgi3",  # a bound method is one too, which uvicorn does not see
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=75,
                backlog=BACKLOG,
            )
        )

    async def start(self) -> None:
        """Start serving; return once connections are accepted."""
        config = self._server.config
        config.load()
        self._server.lifespan = config.lifespan_class(config)
        await self._server.startup(self._sockets)
        self._ticks = asyncio.create_task(self._server.main_loop())  # keeps the Date header right

    async def drain(self) -> None:
        """Stop accepting; return when the requests in flight have their answers."""
        if self._ticks is not None:
            self._ticks.cancel()
        await self._server.shutdown(self._sockets)

    def close(self) -> None:
        """Stop accepting and drop what is in flight."""
        if self._ticks is not None:
            self._ticks.cancel()
            for server in self._server.servers:
                server.close()
            for connection in list(self._server.server_state.connections):
                connection.transport.abort()
        for listener in self._sockets:
            listener.close()
