"""The random calls against APIs whose CORS is enforced: what a client like curl gets, beside what the model, or a real
browser, gets from the same APIs."""

import asyncio
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from differential.api_server import HOST_ADDRESSES, ApiServers
from differential.batches import BATCH, IN_FLIGHT
from differential.cases import Case, Origins
from differential.chromium_observer import ChromiumObserver
from differential.generator import case_for
from differential.model_runner import model_call, page_of
from differential.observation import Pairs, received
from emulator.aws.http_api.http_api import HttpApi
from emulator.browser.exchanged import Send
from emulator.browser.fetch import Fetch
from emulator.browser.profiles import CHROMIUM
from emulator.browser.request import PageRequest, construct
from emulator.browser.user_agent import UserAgent
from emulator.browser.verdict import Blocked
from emulator.config.dialects.emulator_yaml import worded
from emulator.functions.invocation import Invocation, Result, Returned
from emulator.messages import Response
from emulator.server.allowed_hosts import AllowedHosts
from emulator.server.asgi import Enforcing, GatewayApp
from emulator.server.listen import Listener, bind
from products import a_route

API = HttpApi("scripted", "abcdef1234", (a_route("$default", version="1.0"),))
ENFORCING = Enforcing(tuple, worded)
METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
"""What an HTTP API takes."""

PATIENCE = 60.0
"""Seconds an answer may take before it fails."""


class EnforcedServers(ApiServers):
    """The APIs of a run behind `emulate serve`, which enforces CORS; the page stays where it is."""

    def __init__(self) -> None:
        super().__init__()
        self._listeners: list[Listener] = []

    async def start(self) -> list[asyncio.Server]:
        servers = await super().start()
        by_name = dict(self.origins.by_name)
        for name in by_name.keys() - {"page"}:
            app = self._app(name)
            listener = Listener(app, bind("127.0.0.1", 0, name))
            await listener.start()
            self._listeners.append(listener)
            by_name[name] = f"http://{HOST_ADDRESSES[name]}:{listener.port}"
        self.origins = Origins(by_name)
        return servers

    def stop(self) -> None:
        for listener in self._listeners:
            listener.close()

    def _app(self, host: str) -> GatewayApp:
        async def invoke(function: str, invocation: Invocation) -> Result:
            return Returned(json.dumps(self._returned(host, json.loads(invocation.payload))).encode())

        return GatewayApp(
            lambda path: API,
            invoke,
            lambda exchange: None,
            hosts=lambda: AllowedHosts(()),
            enforcing=lambda path: ENFORCING,
        )

    def _returned(self, host: str, event: dict[str, Any]) -> dict[str, Any]:
        """What a function returns that answers as the case scripts."""
        headers = tuple((name, value) for name, values in event["multiValueHeaders"].items() for value in values)
        live = self.live(event["path"])
        if live is None:
            return {"statusCode": 404}
        status, lines = live.respond(received(host, event["httpMethod"], event["path"], headers))
        named: dict[str, list[str]] = {}
        for name, value in lines:
            if name != "Content-Length":
                named.setdefault(name, []).append(value.strip(" \t"))
        return {"statusCode": status, "multiValueHeaders": named, "body": "answer"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A case of one call that a client like curl can make too: cross-origin, in cors mode. `request` is what the page
    would send."""

    case: Case
    request: PageRequest


def asked(seed: int, origins: Origins) -> Iterator[Asked]:
    """Such cases without end."""
    index = -1
    while True:
        index += 1
        case = case_for("headers" if index % 20 == 0 else "single", seed, index)
        call = case.calls[0]
        if case.resources[0].host == "page" or (call.mode, call.redirect, call.userinfo) != ("cors", "follow", None):
            continue
        request = construct(model_call(case, call, origins), page_of(case, origins), CHROMIUM)
        if isinstance(request, PageRequest) and request.method in METHODS and is_http(request):
            yield Asked(case, request)


def is_http(request: PageRequest) -> bool:
    """Whether a server takes the request for HTTP: a page may send control characters (RFC 9110, 5.5)."""
    return all(" " <= character != "\x7f" or character == "\t" for _, value in request.headers for character in value)


def by_client(one: Asked, origins: Origins) -> str:
    """What curl is told: "allowed", or "blocked by" the name of the error."""
    headers: Pairs = (("Origin", origins.page_origin(one.case)), ("User-Agent", "curl/8.5.0"), *one.request.headers)
    if one.case.calls[0].credentials == "include":
        headers += (("Cookie", "sid=1"),)
    body = b"" if one.request.body is None else one.request.body.data
    answer = sent(one.request.url.origin, one.request.method, one.request.url.address, headers, body)
    kind, _, rest = (answer.header("x-emulator-cors") or "without a verdict").partition("; error=")
    return f"blocked by {rest.partition(';')[0]}" if rest else kind


def by_model(one: Asked, origins: Origins) -> str:
    """What the model's page gets from the same servers: "allowed" too where it is no CORS that fails."""
    call = model_call(one.case, one.case.calls[0], origins)
    fetch = Fetch(call, page_of(one.case, origins), UserAgent(CHROMIUM))
    step = fetch.start()
    while isinstance(step, Send):
        step = fetch.receive(sent(origin_of(step.url), step.method, step.url, step.headers, step.body))
    return f"blocked by {step.error}" if isinstance(step, Blocked) else "allowed"


def by_chromium(observer: ChromiumObserver, cases: list[Asked]) -> list[str]:
    """What the page of a real Chromium gets."""
    outcomes = []
    for start in range(0, len(cases), BATCH["single"]):
        observed = observer.observe([one.case for one in cases[start : start + BATCH["single"]]], IN_FLIGHT)
        outcomes += [f"blocked by {seen.errors[0]}" if seen.errors else "allowed" for seen in observed]
    return outcomes


def origin_of(url: str) -> str:
    return "/".join(url.split("/", 3)[:3])


def sent(origin: str, method: str, url: str, headers: Pairs, body: bytes) -> Response:
    """One request on a connection of its own."""
    host, _, port = origin.removeprefix("http://").partition(":")
    lines = [f"{method} {url.removeprefix(origin)} HTTP/1.1", f"Host: {host}:{port}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body or method in {"POST", "PUT"}:
        lines.append(f"Content-Length: {len(body)}")
    with socket.create_connection(("127.0.0.1", int(port)), PATIENCE) as connection:
        connection.sendall("\r\n".join((*lines, "", "")).encode("latin-1") + body)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, content = answer.partition(b"\r\n\r\n")
    first, *named = head.decode("latin-1").split("\r\n")
    pairs = tuple((name, value.strip(" \t")) for name, _, value in (line.partition(":") for line in named))
    return Response(int(first.split(" ")[1]), pairs, content)
