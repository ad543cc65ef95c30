"""How events travel: compact JSON, and in it bodies as text or as base64."""

from base64 import b64encode
from typing import Any

import orjson

TEXT_TYPES = frozenset({"application/json", "application/xml", "application/javascript"})
"""The media types beside text/* whose bodies an HTTP API and a function URL pass on as text
(ministackorg/ministack#766, verified against AWS)."""


def media_type(content_type: str | None) -> str:
    """Return the lower-cased essence of a Content-Type, or of the first media range of an Accept; "" when it is
    absent."""
    return (content_type or "").partition(",")[0].partition(";")[0].strip().lower()


def is_text(content_type: str | None) -> bool:
    """Tell whether a body goes as text by the fixed rule of HTTP APIs and function URLs: everything that is not listed
    is base64, a missing Content-Type and `application/x-www-form-urlencoded` too (ministackorg/ministack#766, verified
    against AWS; `application/*+json` is uncertain and taken by the same list)."""
    essence = media_type(content_type)
    return essence.startswith("text/") or essence in TEXT_TYPES


def matches_binary_media_types(essence: str, binary_media_types: tuple[str, ...]) -> bool:
    """Tell whether a REST API's `binaryMediaTypes`, given in lower case, hold a type: exactly, as `type/*` or as `*/*`;
    `*/subtype` never matches, not even `Accept: */subtype` (localstack/localstack, test_aws_proxy_binary_response,
    validated on AWS)."""
    return any(
        entry == "*/*"
        or (entry == essence and not entry.startswith("*/"))
        or (entry.endswith("/*") and essence.startswith(entry[:-1]))
        for entry in binary_media_types
    )


def event_body(body: bytes, *, as_text: bool) -> tuple[str | None, bool]:
    """Make an event's `body` and `isBase64Encoded`; no body is None and False. Text that is not UTF-8 has its bad bytes
    replaced (recorded from AWS by ministackorg/ministack for REST APIs; uncertain elsewhere)."""
    if not body:
        return None, False
    if as_text:
        return body.decode("utf-8", "replace"), False
    return b64encode(body).decode("ascii"), True


def encode_event(event: dict[str, Any]) -> bytes:
    """Encode an event as compact JSON in UTF-8."""
    return orjson.dumps(event)
