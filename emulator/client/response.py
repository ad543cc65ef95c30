"""What JavaScript sees of a response."""

import json
from dataclasses import dataclass
from typing import Any

import httpx

from emulator.browser.exchanged import Exchanged
from emulator.browser.modes import ResponseType
from emulator.browser.verdict import Allowed, WarningName


@dataclass(frozen=True, slots=True)
class BrowserResponse:
    """A `Response`: `headers` hold only what the page can read, names in any case. An opaque response has status 0,
    no headers and no body. `requests` lists every request that was sent, with its answer."""

    type: ResponseType
    status: int
    url: str
    redirected: bool
    headers: httpx.Headers
    body: bytes
    warnings: tuple[WarningName, ...]
    requests: tuple[Exchanged, ...]

    @property
    def ok(self) -> bool:
        return 200 <= self.status <= 299

    @property
    def text(self) -> str:
        """The body as UTF-8, a byte order mark left out."""
        return self.body.decode("utf-8-sig", "replace")

    def json(self) -> Any:
        """The body parsed; raises json.JSONDecodeError."""
        return json.loads(self.text)


def visible(allowed: Allowed, requests: tuple[Exchanged, ...]) -> BrowserResponse:
    """The model's verdict as the page has it."""
    return BrowserResponse(
        allowed.type,
        allowed.status,
        allowed.url,
        allowed.redirected,
        httpx.Headers(list(allowed.headers), encoding="latin-1"),
        allowed.body,
        allowed.warnings,
        requests,
    )
