"""The call of an example as a page in real Chromium makes it, or why no page of Chromium can."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from check_differential.chromium_pages import ChromiumPages
from emulator.browser.request import is_forbidden_request_header
from emulator.browser.url import parse_url
from emulator.findings.resources import called_method
from emulator.messages import Request
from findings.applied import Situation
from findings.examples import PAGE

CALL = """([url, { body, ...init }]) => {
    if (body) init.body = body.times ? body.byte.repeat(body.times) : new Uint8Array(body);
    return fetch(url, { ...init, cache: "no-store" }).then(
        async response => { await response.arrayBuffer(); return "allowed"; }).catch(() => "rejected");
}"""
MANY = 100_000
"""Bytes of a body that are not listed one by one."""


@dataclass(frozen=True)
class PageCall:
    """A call: of which page, and what it is made of (CALL)."""

    origin: str
    url: str
    init: dict[str, Any]


def call_of(now: Situation) -> PageCall | str:
    """The call that led to the request of a situation, or why no page of Chromium makes it."""
    request, method = now.request, called_method(now.request)
    mode = request.header("sec-fetch-mode") or "cors"
    origin = request.dev_origin or request.origin or (PAGE if mode == "no-cors" else None)
    if request.is_websocket_handshake:
        return "it is no call"
    if request.is_proxied or origin is None:
        return "its page is of the API's own origin"
    url = parse_url(origin)
    if origin != "null" and (url is None or not url.is_http):
        return "Chromium has no page of this origin"
    if request.body and method in ("GET", "HEAD"):
        return "fetch takes no body with GET"
    init = {
        "method": method,
        "headers": [[name, value] for name, value in headers_of(request)],
        "body": body_of(request.body),
        "mode": mode,
        "credentials": now.credentials,
    }
    return PageCall(origin, f"http://{request.host}{request.target}", init)


def headers_of(request: Request) -> Iterator[tuple[str, str]]:
    """The headers that the page sets: of a preflight those it asks for."""
    if request.is_preflight:
        for name in filter(None, (request.header("access-control-request-headers") or "").split(",")):
            yield name.strip(), "application/json" if name.strip().lower() == "content-type" else "1"
        return
    for name, value in request.headers:
        if not is_forbidden_request_header(name, value):
            yield name, value


def body_of(body: bytes) -> list[int] | dict[str, Any] | None:
    if len(body) < MANY:
        return list(body) or None
    assert len({*body}) == 1
    return {"byte": chr(body[0]), "times": len(body)}


def outcome_of(call: PageCall, pages: ChromiumPages) -> str:
    """ "allowed", the name of Chromium's CORS error, or "rejected" for a call that fails otherwise."""
    return pages.of(call.origin).outcome_of(CALL, [call.url, call.init])
