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
    """A `Response` as the page has it: `headers` hold only what the page can read, and find names in any case. An
    opaque response has status 0, no headers and no body. `requests` lists every request that was sent, with its
    answer."""

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
        """Whether the status is an ok status, from 200 to 299."""
        return 200 <= self.status <= 299

    @property
    def text(self) -> str:
        """The body decoded as UTF-8, without a byte order mark."""
        return self.body.decode("utf-8-sig", "replace")

    def json(self) -> Any:
        """Parse the body as JSON; raises json.JSONDecodeError."""
        return json.loads(self.text)


def visible(allowed: Allowed, requests: tuple[Exchanged, ...]) -> BrowserResponse:
    """Make of the model's verdict the response that the page has."""
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
