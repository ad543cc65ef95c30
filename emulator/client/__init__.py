"""A browser's `fetch()` for Python, with the CORS of Chromium, Firefox and Safari."""

from emulator.browser.body import Body
from emulator.client.browser import AsyncBrowserClient, BrowserClient
from emulator.client.errors import CorsError, FetchError, NetworkError, RequestError
from emulator.client.response import BrowserResponse

__all__ = [
    "AsyncBrowserClient",
    "Body",
    "BrowserClient",
    "BrowserResponse",
    "CorsError",
    "FetchError",
    "NetworkError",
    "RequestError",
]
