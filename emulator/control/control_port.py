"""The control port of `emulate serve`: whether it is ready, and what its APIs are asked and answer, told to programs
and to the pages of declared frontends."""

from __future__ import annotations

import asyncio
import importlib
import logging
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from emulator.control.default_port import DEFAULT_PORT
from emulator.control.door import GUARDED, PREFLIGHT, admit, origins_of
from emulator.deployment import DomainEndpoint, Endpoint, Frontend, MappedUrl
from emulator.errors import AddressError
from emulator.findings.fix import Fix
from emulator.functions.peer import foreign_uid_of
from emulator.history.history import History
from emulator.messages import Headers, Response
from emulator.server.allowed_hosts import AllowedHosts
from emulator.server.asgi import MOST_TOLD, Application, Receive, Scope, Send, read_body, send_response
from emulator.server.head import Head
from emulator.server.http_protocol import WIRE
from emulator.server.listen import Listener, take
from emulator.server.refusal import Refusal

logger = logging.getLogger(__name__)

TRIED = 100
"""How many ports from DEFAULT_PORT on are tried until one is free."""


@dataclass(frozen=True, slots=True)
class ControlSettings:
    """Where the control port listens. `port` None means DEFAULT_PORT or the next that is free, 0 any free one."""

    host: str = "127.0.0.1"
    port: int | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """What the control port tells of, each as it is when somebody asks: the deployment's frontends, the hosts that are
    answered, name, product and URL of each API, and the configuration's path. `refused` is why what was saved last of
    the configuration is not served, "" where it is; `mapped` where APIs are found by custom domain names."""

    frontends: Callable[[], Iterable[Frontend]]
    hosts: Callable[[], AllowedHosts]
    endpoints: Callable[[], list[tuple[str, str, str]]]
    config: Path
    refused: Callable[[], str] = str
    mapped: Callable[[], Sequence[MappedUrl]] = tuple


class ControlPort:
    """Listens from `start` on, and says "starting" until `is_ready` is set. Without settings there is no control port:
    it does nothing, and has no URL."""

    def __init__(
        self, settings: ControlSettings | None, served: Served, history: History, words: Callable[[Fix], str]
    ) -> None:
        """Make all parts; `words` say a fix in terms of the file that the user edits."""
        self.is_ready = False
        self._settings = settings
        self._served = served
        self._history = history
        self._words = words
        self._app: Application | None = None
        self._listener: Listener | None = None
        self._told: set[str] = set()

    async def start(self) -> None:
        """Listen. Raises AddressError when the port that was asked for cannot be had."""
        if self._settings is None:
            return
        self._listener = Listener(self._answer, bound(self._settings))
        await self._listener.start()

    @property
    def url(self) -> str | None:
        """Where a program finds it; None before it has started, and where there is none."""
        if self._listener is None or self._settings is None:
            return None
        host = self._settings.host
        name = "127.0.0.1" if host in {"localhost", "0.0.0.0", "::"} else host  # noqa: S104
        return f"http://{f'[{name}]' if ':' in name else name}:{self._listener.port}"

    def clash(self, endpoints: Iterable[Endpoint | DomainEndpoint]) -> str:
        """Say which of these APIs and domains, whose addresses could not be had, is to listen on the control port's
        number, and what to change; "" where none is."""
        for endpoint in endpoints:
            if self._listener is not None and endpoint.port == self._listener.port:
                name = endpoint.name
                return (
                    f"Port {endpoint.port} is the control port's, so {endpoint.kind} '{name}' cannot listen there. "
                    f"Choose another: `port:` of '{name}' in the configuration, or start emulate serve with another "
                    "--control-port, or with --no-control."
                )
        return ""

    def close(self) -> None:
        """Stop at once, whoever still reads."""
        if self._listener is not None:
            self._listener.close()

    def health(self) -> dict[str, Any]:
        """Make the object of /health."""
        keys = ("name", "product", "url")
        return {
            "status": "ready" if self.is_ready else "starting",
            "apis": [dict(zip(keys, endpoint, strict=True)) for endpoint in self._served.endpoints()],
            "domains": [
                {"name": one.mapping.domain_name, "api": one.api.name, "url": one.url} for one in self._served.mapped()
            ],
            "config": str(self._served.config.resolve()),
            "problem": self._served.refused() or None,
            "folder": str(Path.cwd()),
        }

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        head: Head = scope["extensions"][WIRE]
        readable = of_another_user(scope) or admit(head, self._served.hosts(), origins_of(self._served.frontends()))
        if isinstance(readable, Refusal):
            self._tell(readable)
            await _send(readable.response(), GUARDED, receive, send)
        elif scope["method"] == "OPTIONS":
            await _send(Response(204), (*GUARDED, *readable, *(PREFLIGHT if readable else ())), receive, send)
        else:
            app = self._app or await self._load()
            await app(asked(scope, head), receive, answering(send, (*GUARDED, *readable)))

    async def _load(self) -> Application:
        """Make the application when somebody asks: its libraries take 80 ms, in which the APIs answer."""
        module = await asyncio.to_thread(importlib.import_module, "emulator.control.app")
        if self._app is None:  # or another request has made it meanwhile
            self._app = module.control_app(self.health, self._history, self._words)
        assert self._app is not None  # noqa: S101
        return self._app

    def _tell(self, refusal: Refusal) -> None:
        """Warn of a refusal, once for each: a page that polls would fill the console."""
        if refusal.detail not in self._told and len(self._told) < MOST_TOLD:
            self._told.add(refusal.detail)
            logger.warning("Refused a request to the control port (%d): %s", *refusal)


def of_another_user(scope: Scope) -> Refusal | None:
    """Refuse another user of this machine, as the debug ports do: whoever is let in reads what the APIs are asked. Of
    connections from elsewhere, and over IPv6, the user is not known (functions/peer.py)."""
    client, server = scope["client"], scope["server"]
    if not client or not server or not client[0].startswith("127."):
        return None
    uid = foreign_uid_of((client[0], client[1]), (server[0], server[1]))
    if uid is None:
        return None
    return Refusal(
        403, "The control port is for the user who runs `emulate serve`, and not for another of this machine."
    )


def bound(settings: ControlSettings, first: int = DEFAULT_PORT) -> list[socket.socket]:
    """Bind the control port's sockets: where no port was asked for, on `first` or the next that is free. Raises
    AddressError, in words for the user, when its address cannot be had."""
    host, asked_for = settings.host, settings.port
    ports = range(first, first + TRIED) if asked_for is None else (asked_for,)
    error = OSError("no port was tried")
    for port in ports:
        sockets = take(host, port, "--control-host")
        if not isinstance(sockets, OSError):
            return sockets
        error = sockets
    where = f"{host}:{asked_for}" if asked_for is not None else f"{host}:{ports[0]} to {ports[-1]}"
    raise AddressError(
        f"The control port cannot listen on {where}: {error.strerror or error}. Choose another with "
        "--control-port (0: any free one), or do without it: --no-control."
    )


def asked(scope: Scope, head: Head) -> Scope:
    """Fill in what Starlette reads of a request and the protocol leaves to the Head."""
    return {
        **scope,
        "path": unquote(head.path),
        "raw_path": head.path.encode("latin-1"),
        "query_string": head.query.encode("latin-1"),
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in head.headers],
    }


def answering(send: Send, headers: Headers) -> Send:
    """Give every answer that goes through `send` these headers instead of its own of the same name."""
    pairs = [(name.encode(), value.encode()) for name, value in headers]
    names = {name for name, _ in pairs}

    async def guarded(message: Any) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message["headers"] if pair[0] not in names]
            message = {**message, "headers": [*kept, *pairs]}
        await send(message)

    return guarded


async def _send(response: Response, headers: Headers, receive: Receive, send: Send) -> None:
    if await read_body(receive) is not None:
        await send_response(Response(response.status, (*response.headers, *headers), response.body), send)
