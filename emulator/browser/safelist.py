"""What a page may send without a preflight: safelisted methods and request-headers (Fetch Standard 2.2.1, 2.2.2)."""

import re
from collections.abc import Callable

from emulator.browser.departures import Profile
from emulator.browser.header_list import combined
from emulator.messages import Headers

SAFELISTED_METHODS = frozenset({"GET", "HEAD", "POST"})
"""The CORS-safelisted methods (Fetch Standard 2.2.1), which need no preflight."""
NO_CORS_SAFELISTED_NAMES = frozenset({"accept", "accept-language", "content-language", "content-type"})
"""The no-CORS-safelisted request-header names (Fetch Standard 2.2.2), which are all that a no-cors request can
carry."""

_SAFE_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
_MAX_VALUE, _MAX_TOTAL = 128, 1024
"""The most bytes that one safelisted value has, and that all of a request's have together (Fetch Standard 2.2.2)."""

# CORS-unsafe request-header byte
_UNSAFE_BYTE = re.compile(r'[\x00-\x08\x0a-\x1f"():<>?@\[\\\]{}\x7f]').search
_UNSAFE_OR_NOT_ASCII = re.compile(r'[\x00-\x08\x0a-\x1f"():<>?@\[\\\]{}\x7f-\xff]').search
_LANGUAGE = re.compile(r"[0-9A-Za-z *,\-.;=]*").fullmatch
# "parse a single range header value" without whitespace; a suffix range ("bytes=-500") is not safelisted
_RANGE = re.compile(r"bytes=([0-9]+)-([0-9]*)").fullmatch

_INTEGER = re.compile(r"[0-9]+").fullmatch
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?").fullmatch
CLIENT_HINTS: dict[str, Callable[[str], object]] = {
    "device-memory": _DECIMAL,
    "downlink": _DECIMAL,
    "dpr": _DECIMAL,
    "ect": re.compile(r"slow-2g|[234]g").fullmatch,
    "intervention": lambda value: True,
    "rtt": _INTEGER,
    "save-data": lambda value: value.lower() == "on",
    "viewport-width": _INTEGER,
    "width": _INTEGER,
}
"""Names that Chromium safelists besides the Standard's -> whether it takes a value for well formed."""


def unsafe_request_header_names(headers: Headers, profile: Profile) -> tuple[str, ...]:
    """List the CORS-unsafe request-header names of a header list, in lower case and sorted."""
    if not headers:
        return ()
    unsafe: list[str] = []
    safe: list[str] = []
    safe_size = 0
    for name, value in combined(headers) if profile.combines_headers_before_safelisting else headers:
        lowered = name.lower()
        if lowered in profile.ignored_in_preflights:
            continue
        if is_safelisted(lowered, value, profile):
            safe.append(lowered)
            safe_size += len(value)
        else:
            unsafe.append(lowered)
    if safe_size > _MAX_TOTAL and profile.bounds_safelisted_total:
        unsafe += safe
    return tuple(sorted(unsafe if profile.repeats_unsafe_names else set(unsafe)))


def is_safelisted(name: str, value: str, profile: Profile) -> bool:
    """Tell whether a header is a CORS-safelisted request-header; `name` is lower-case."""
    if len(value) > _MAX_VALUE:
        return False
    match name:
        case "accept":
            return not _has_unsafe_byte(value, profile)
        case "accept-language" | "content-language":
            return _LANGUAGE(value) is not None
        case "content-type":
            return _is_safe_content_type(value, profile)
        case "range":
            return _is_safe_range(value, profile)
        case _:
            is_safe_hint = CLIENT_HINTS.get(name)
            return profile.safelists_client_hints and is_safe_hint is not None and bool(is_safe_hint(value))


def _has_unsafe_byte(value: str, profile: Profile) -> bool:
    search = _UNSAFE_OR_NOT_ASCII if profile.non_ascii_is_unsafe else _UNSAFE_BYTE
    return search(value) is not None


def _is_safe_content_type(value: str, profile: Profile) -> bool:
    if _has_unsafe_byte(value, profile):
        return False
    if profile.parses_content_type_strictly and ("," in value or ";;" in value):
        return False
    # The essence of a MIME type (MIME Sniffing Standard 4.4): no parameter makes parsing fail.
    return value.partition(";")[0].strip("\t\n\r ").lower() in _SAFE_TYPES


def _is_safe_range(value: str, profile: Profile) -> bool:
    found = _RANGE(value)
    if found is None:
        return False
    start, end = int(found[1]), int(found[2]) if found[2] else None
    if end is not None and start > end:
        return False
    limit = profile.range_limit
    return limit is None or max(start, end or 0) < limit
