"""ASGI on one side, Request and Response on the other: one catch-all application an API."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from emulator import gateway
from emulator.aws.api import Api
from emulator.aws.limits import REQUEST_BODY_BYTES
from emulator.aws.product import Stamp
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.fix import Fix
from emulator.frontends import NO_STAND_INS, as_for_dev, as_from_production
from emulator.functions.invocation import HeaderRead, Invoke
from emulator.messages import Request, Response
from emulator.server.allowed_hosts import AllowedHosts
from emulator.server.head import Head
from emulator.server.http_protocol import WIRE
from emulator.server.refusal import Refusal
from emulator.server.stamp import new_stamp
from emulator.server.usage_meter import UsageMeter

if TYPE_CHECKING:
    from emulator.server.enforce import Enforcement

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

logger = logging.getLogger(__name__)

MOST_TOLD = 100
"""How many refused hosts the console names, as a client can invent any number of them."""

BODILESS = frozenset({204, 304})
MAX_BODY = REQUEST_BODY_BYTES + 1024 * 1024
"""Bytes of a body that are kept, a little above those at which every product refuses; the rest is read off and
dropped."""


@dataclass(frozen=True, slots=True)
class Enforcing:
    """What the enforcement of CORS needs to know: the declared frontends, the words for a fix, and where a function's
    code reads Origin by a name that is not in lower case."""

    frontends: Callable[[], tuple[Frontend, ...]]
    words: Callable[[Fix], str]
    reads: Callable[[str], HeaderRead | None] = lambda function: None


class GatewayApp:
    """The ASGI application of one port. `api` and `enforcing`, which get a request's path, `hosts` and `stand_ins` are
    read once per request, so a swap never splits one.

    `observe` is called with each Exchange after its answer has gone out, `arrived` with each request's head when it has
    come, before its body. `stand_ins` maps dev origins to production origins (frontends.py): beyond the outermost lines
    of a request nobody meets a dev origin. `meter` counts what usage plans limit; None has the application count by
    itself. `enforcing` says how CORS is enforced on clients that are no browser; None
    passes all on.
    """

    def __init__(
        self,
        api: Callable[[str], Api],
        invoke: Invoke,
        observe: Callable[[Exchange], None],
        arrived: Callable[[Request], None] = lambda request: None,
        *,
        hosts: Callable[[], AllowedHosts],
        stand_ins: Callable[[], Mapping[str, str]] = lambda: NO_STAND_INS,
        enforcing: Callable[[str], Enforcing | None] = lambda path: None,
        meter: gateway.Meter | None = None,
    ) -> None:
        self._api = api
        self._invoke = invoke
        self._observe = observe
        self._arrived = arrived
        self._hosts = hosts
        self._stand_ins = stand_ins
        self._enforcing = enforcing
        self._meter = UsageMeter() if meter is None else meter
        self._told: set[str] = set()
        self._enforced: Enforcement | None = None
        self._enforced_by: Enforcing | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        head: Head = scope["extensions"][WIRE]
        api, enforcing = self._api(head.path), self._enforcing(head.path)
        port = named_port(scope, head, self._hosts())
        if isinstance(port, Refusal):
            await self._refuse(port, receive, send)
            return
        request = as_from_production(read_head(scope, head, port), self._stand_ins())
        self._arrived(request)
        if head.has_body:
            body = await read_body(receive)
            if body is None:
                return
            request = request.with_body(body)
        if enforcing is not None and request.origin is not None and is_unchecked(request):
            exchange, response = await self._enforcement(api, enforcing).answer(request)
        else:
            exchange = await self._handle(api, request, new_stamp())
            response = exchange.response
        await send_response(as_for_dev(response, request), send)
        self._observe(exchange)

    def _handle(self, api: Api, request: Request, stamp: Stamp) -> Awaitable[Exchange]:
        return gateway.handle(api, request, stamp, self._invoke, time.perf_counter, meter=self._meter)

    def _enforcement(self, api: Api, enforcing: Enforcing) -> Enforcement:
        """Make what enforces, or return it once more while nothing it knows is another."""
        made, frontends = self._enforced, enforcing.frontends()
        if made is not None and made.api is api and made.frontends is frontends and self._enforced_by is enforcing:
            return made
        # The model of the browser is a third of the start-up, and has no work before the first request of this kind.
        from emulator.server.enforce import Enforcement

        handle = partial(self._handle, api)
        words, reads = enforcing.words, enforcing.reads
        made = Enforcement(api, frontends, handle, new_stamp, self._observe, words=words, reads=reads)
        self._enforced, self._enforced_by = made, enforcing
        return made

    async def _refuse(self, refusal: Refusal, receive: Receive, send: Send) -> None:
        """Refuse a request, with one line on the console for each host: a page that polls would fill it."""
        if refusal.detail not in self._told and len(self._told) < MOST_TOLD:
            self._told.add(refusal.detail)
            logger.warning("Refused a request (%d): %s", *refusal)
        if await read_body(receive) is not None:
            await send_response(refusal.response(), send)


def is_unchecked(request: Request) -> bool:
    """Tell whether nobody applies CORS to a request of another origin: its client is no browser. A WebSocket handshake
    is under no CORS."""
    return request.is_cross_origin and not request.is_from_browser and not request.is_websocket_handshake


def named_port(scope: Scope, head: Head, hosts: AllowedHosts) -> int | Refusal:
    """Return the port the client connected to, or the refusal of its host. It is what Host says, since a container's
    published port is not the bound one."""
    if head.host is not None:
        return hosts.port_of(head.host)
    bound = scope["server"]
    return bound[1] if bound else 80


def read_head(scope: Scope, head: Head, port: int) -> Request:
    """Make the Request but for its body: what comes with or after the body is no part of it."""
    client = scope["client"]
    return Request(
        method=scope["method"],
        raw_path=head.path,
        raw_query=head.query,
        headers=head.headers,
        scheme=scope["scheme"],
        port=port,
        source_ip=client[0] if client else "127.0.0.1",
    )


async def read_body(receive: Receive) -> bytes | None:
    """Read the whole body, cut at MAX_BODY; None when the client went away before its end."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        if size <= MAX_BODY:
            chunks.append(message.get("body", b""))
            size += len(chunks[-1])
        if not message.get("more_body", False):
            return b"".join(chunks) if len(chunks) != 1 else chunks[0]


async def send_response(response: Response, send: Send) -> None:
    """Send an answer. Repeated headers stay repeated; Content-Length is ours, the rest is the product's."""
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
    body = response.body
    if response.status in BODILESS:
        body = b""
    else:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
