"""What a browser would have asked before it sent a request that some other client has sent: its CORS-preflight."""

import dataclasses
from functools import lru_cache

from emulator.browser.call import Call, Page
from emulator.browser.exchanged import Send
from emulator.browser.fetch import Fetch
from emulator.browser.modes import Credentials
from emulator.browser.profiles import CHROMIUM
from emulator.browser.request import is_forbidden_request_header
from emulator.browser.safelist import SAFELISTED_METHODS, unsafe_request_header_names
from emulator.browser.user_agent import UserAgent
from emulator.messages import Headers, Request, without_headers

_OF_CLIENTS = frozenset({"http2-settings", "postman-token"})
"""Headers that clients add by themselves: curl to offer HTTP/2 (RFC 7540, 3.2.1), Postman to mark a request."""


_REMEMBERED = 64
"""How many lists of headers are remembered: a client sends the same again and again."""


def is_plain(request: Request) -> bool:
    """Tell whether nothing about a request could need a preflight: most requests, told at a tenth of the cost of
    `preflight_of`. What a client sends of itself and no page can set, as Host, never makes one."""
    return request.method in SAFELISTED_METHODS and _are_plain(request.headers)


@lru_cache(_REMEMBERED)
def _are_plain(headers: Headers) -> bool:
    of_page = tuple([pair for pair in headers_of_page(headers) if not is_forbidden_request_header(*pair)])
    return not unsafe_request_header_names(of_page, CHROMIUM)


def preflight_of(request: Request, credentials: Credentials) -> Request | None:
    """Build the preflight that a browser would send before this request (Fetch Standard: CORS-preflight fetch), with
    `credentials` as the page's credentials mode; None when it would send none."""
    url = request.own_origin + request.target
    headers = headers_of_page(request.headers)
    call = Call(url, request.method, headers, request.body or None, credentials=credentials)
    step = Fetch(call, Page(request.origin or "null"), UserAgent(CHROMIUM)).start()
    if not isinstance(step, Send) or not step.is_preflight:
        return None
    asked = (("Host", request.host), *step.headers)
    return dataclasses.replace(request, method="OPTIONS", headers=asked, body=b"")


def headers_of_page(headers: Headers) -> Headers:
    """Select the headers that a page would have set: all but those that a client like curl or Postman adds by itself.
    Postman adds `Cache-Control: no-cache` too."""
    names = {name.lower() for name, _ in headers}
    if names.isdisjoint(_OF_CLIENTS):
        return headers
    of_client = _OF_CLIENTS | {"cache-control"} if "postman-token" in names else _OF_CLIENTS
    return without_headers(headers, of_client)
