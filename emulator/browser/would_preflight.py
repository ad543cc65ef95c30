"""What a browser would have asked before it sent a request that some other client has sent: its CORS-preflight."""

import dataclasses

from emulator.browser.call import Call, Page
from emulator.browser.exchanged import Send
from emulator.browser.fetch import Fetch
from emulator.browser.modes import Credentials
from emulator.browser.profiles import CHROMIUM
from emulator.browser.safelist import is_safelisted
from emulator.browser.user_agent import UserAgent
from emulator.messages import Request

_SIMPLE_METHODS = frozenset({"GET", "HEAD", "POST"})
_ORDINARY_HEADERS = frozenset(
    {"accept-encoding", "connection", "content-length", "cookie", "host", "origin", "referer", "user-agent"}
)
"""What a client sends of itself, and a page cannot: no header here ever makes a preflight."""
_SAFE_IN_TOTAL = 1024
"""Bytes of safelisted values beyond which none is safe (Fetch Standard: CORS-unsafe request-header names)."""


def is_plain(request: Request) -> bool:
    """Nothing about it could need a preflight: most requests, told at a tenth of the cost of the model."""
    own = [(name.lower(), value) for name, value in request.headers if name.lower() not in _ORDINARY_HEADERS]
    return (
        request.method in _SIMPLE_METHODS
        and all(is_safelisted(name, value, CHROMIUM) for name, value in own)
        and sum(len(value) for _, value in own) <= _SAFE_IN_TOTAL
    )


def preflight_of(request: Request, credentials: Credentials) -> Request | None:
    """What a browser would send before this request (Fetch Standard: CORS-preflight fetch); None when it needs none."""
    query = f"?{request.raw_query}" if request.raw_query else ""
    call = Call(
        f"{request.own_origin}{request.raw_path}{query}",
        request.method,
        request.headers,
        request.body or None,
        credentials=credentials,
    )
    step = Fetch(call, Page(request.origin or "null"), UserAgent(CHROMIUM, lambda: 0.0)).start()
    if not isinstance(step, Send) or not step.is_preflight:
        return None
    headers = (("Host", request.host), *step.headers)
    return dataclasses.replace(request, method="OPTIONS", headers=headers, body=b"")
