"""Constructing a request (Fetch Standard 5.4, `new Request(input, init)`): what the constructor refuses, normalises and
silently drops."""

import re
from dataclasses import dataclass

from emulator.browser.body import Body, extract
from emulator.browser.call import Call, Page
from emulator.browser.departures import Profile
from emulator.browser.header_list import get, is_token
from emulator.browser.modes import Credentials, Mode, Redirect
from emulator.browser.origin import OPAQUE
from emulator.browser.request_error import request_error
from emulator.browser.safelist import NO_CORS_SAFELISTED_NAMES, SAFELISTED_METHODS, is_safelisted
from emulator.browser.url import Url, parse_url
from emulator.browser.verdict import RequestError, RequestErrorName
from emulator.messages import Headers

_NORMALIZED_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"})
_FORBIDDEN_METHODS = frozenset({"CONNECT", "TRACE", "TRACK"})
_FORBIDDEN_NAMES = frozenset(
    {
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
    }
)
_CONDITIONAL_NAMES = frozenset({"if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since"})
_METHOD_OVERRIDES = frozenset({"x-http-method", "x-http-method-override", "x-method-override"})
_HTTP_WHITESPACE = "\t\n\r "
_BAD_VALUE = re.compile(r"[\x00\n\r]").search


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A request as the page made it: `headers` are its own, without any that the browser adds later."""

    url: Url
    method: str
    headers: Headers
    body: Body | None
    mode: Mode
    credentials: Credentials
    redirect: Redirect


def construct(call: Call, page: Page, profile: Profile) -> PageRequest | RequestError:
    """Construct the request of a call, or the TypeError that the constructor throws."""
    is_absolute = call.url.startswith(("https://", "http://"))
    url = parse_url(call.url) if is_absolute else parse_url(call.url, base_url(page))
    if url is None:
        return request_error(RequestErrorName.INVALID_URL, call.url)
    if url.includes_credentials:
        return request_error(RequestErrorName.URL_WITH_CREDENTIALS, url.href)
    if call.mode is Mode.NAVIGATE:
        return request_error(RequestErrorName.NAVIGATE_MODE, "")
    method = normalize_method(call.method)
    wrong_method = _check_method(method, call.mode)
    if wrong_method is not None:
        return request_error(wrong_method, call.method)
    headers = _fill(call.headers, call.mode, profile)
    if isinstance(headers, RequestError):
        return headers
    body = extract(call.body)
    if body is not None and method in {"GET", "HEAD"}:
        return request_error(RequestErrorName.BODY_WITH_GET_OR_HEAD, method)
    if body is not None and body.content_type is not None and get(headers, "content-type") is None:
        headers = _append(headers, "Content-Type", body.content_type, call.mode, profile)
    return PageRequest(url, method, headers, body, call.mode, call.credentials, call.redirect)


def base_url(page: Page) -> Url | None:
    """Find the URL that a page's relative URLs are taken from: the document's own; None for an opaque origin without
    one."""
    return parse_url(page.url or ("" if page.origin == OPAQUE else page.origin))


def normalize_method(method: str) -> str:
    """Write a method in capitals where the Standard does (Fetch Standard 2.2.1, "normalize a method"): `patch` stays as
    it is."""
    upper = method.upper()
    return upper if upper in _NORMALIZED_METHODS else method


def is_forbidden_request_header(name: str, value: str) -> bool:
    """Tell whether a page cannot set a header, without being told so (Fetch Standard 2.2.2, forbidden
    request-header)."""
    lowered = name.lower()
    if lowered in _FORBIDDEN_NAMES or lowered.startswith(("proxy-", "sec-")):
        return True
    if lowered not in _METHOD_OVERRIDES:
        return False
    return any(part.strip(_HTTP_WHITESPACE).upper() in _FORBIDDEN_METHODS for part in value.split(","))


def is_conditional(headers: Headers) -> bool:
    """Tell whether the page asks the server to compare, which makes the request's cache mode "no-store" (Fetch Standard
    4.5)."""
    return any(name.lower() in _CONDITIONAL_NAMES for name, _ in headers)


def _check_method(method: str, mode: Mode) -> RequestErrorName | None:
    if not is_token(method):
        return RequestErrorName.INVALID_METHOD
    if method.upper() in _FORBIDDEN_METHODS:
        return RequestErrorName.FORBIDDEN_METHOD
    if mode is Mode.NO_CORS and method not in SAFELISTED_METHODS:
        return RequestErrorName.METHOD_IN_NO_CORS
    return None


def _fill(pairs: Headers, mode: Mode, profile: Profile) -> Headers | RequestError:
    """Fill a `Headers` object whose guard is "request" or "request-no-cors"."""
    headers: Headers = ()
    for name, raw_value in pairs:
        value = raw_value.strip(_HTTP_WHITESPACE)
        if any(character > "\xff" for character in name + value):
            return request_error(RequestErrorName.NOT_A_BYTE_STRING, raw_value)
        if not is_token(name):
            return request_error(RequestErrorName.INVALID_HEADER_NAME, name)
        if _BAD_VALUE(value):
            return request_error(RequestErrorName.INVALID_HEADER_VALUE, value)
        if not is_forbidden_request_header(name, value):
            headers = _append(headers, name, value, mode, profile)
    return headers


def _append(headers: Headers, name: str, value: str, mode: Mode, profile: Profile) -> Headers:
    """Append a header to a `Headers` object. With the guard "request-no-cors", only no-CORS-safelisted request-headers
    get in, and are judged joined with the earlier ones of their name."""
    if mode is Mode.NO_CORS:
        lowered = name.lower()
        earlier = get(headers, lowered)
        joined = value if earlier is None else f"{earlier}, {value}"
        if lowered not in NO_CORS_SAFELISTED_NAMES or not is_safelisted(lowered, joined, profile):
            return headers
    return (*headers, (name, value))
