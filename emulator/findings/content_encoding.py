"""A response whose body is not what its Content-Encoding says: no client can read it, whatever CORS says."""

from base64 import b64decode
from binascii import Error
from collections.abc import Iterator

from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.content_coding import body_of, undecodable_coding
from emulator.exchange import Exchange
from emulator.findings.finding import Finding, Severity
from emulator.findings.fixes import function_name
from emulator.messages import header_values

EVERYTHING = "*/*"
LOOKED_AT = 64 * 1024
"""Bytes of base64 text, a multiple of four: what is wrong shows at the beginning."""


def content_encoding(exchange: Exchange) -> Iterator[Finding]:
    """Chromium: net::ERR_CONTENT_DECODING_FAILED (observed); the browser model names it where CORS comes up."""
    response = exchange.response
    body = body_of(response, exchange.request.method)
    coding = undecodable_coding(response.headers, body)
    if coding is None:
        return
    declared = ", ".join(header_values(response.headers, "content-encoding"))
    is_base64 = _is_base64_of(coding, body)
    not_decoded = is_base64 and isinstance(exchange.api, RestApi) and EVERYTHING not in exchange.api.binary_media_types
    yield Finding(
        "content-encoding-broken",
        Severity.ERROR,
        Layer.GATEWAY if not_decoded else Layer.FUNCTION,
        f"A page cannot read this answer: its Content-Encoding is {declared}, its body not {coding}. fetch() "
        f"resolves with {response.status}; reading the body fails (Chromium: net::ERR_CONTENT_DECODING_FAILED).",
        _evidence(exchange, coding, not_decoded=not_decoded) if is_base64 else (),
        _fix(exchange, coding, is_base64=is_base64, not_decoded=not_decoded),
    )


def _is_base64_of(coding: str, body: bytes) -> bool:
    """Whether the body is base64 text of bytes that the header is right about."""
    try:
        inside = b64decode(body[:LOOKED_AT], validate=True)
    except Error:
        return False
    return undecodable_coding((("content-encoding", coding),), inside) is None


def _evidence(exchange: Exchange, coding: str, *, not_decoded: bool) -> tuple[str, ...]:
    if not_decoded and isinstance(exchange.api, RestApi):
        accept = exchange.request.header("accept") or "absent"
        types = ", ".join(exchange.api.binary_media_types) or "none"
        rule = "a REST API decodes base64 only when the first media type of Accept is among its binary media types"
        return (f"the body is {coding} in base64: {rule} (here {accept}, and {types})",)
    return (f"the body is {coding} in base64, which is decoded only with `isBase64Encoded: true`",)


def _fix(exchange: Exchange, coding: str, *, is_base64: bool, not_decoded: bool) -> str:
    """AWS: Working with binary media types for REST APIs; a page's fetch sends `Accept: */*`, which only the binary
    media type `*/*` matches."""
    function = f"function '{function_name(exchange)}'"
    if not_decoded:
        return (
            f"Set `binaryMediaTypes: [\"{EVERYTHING}\"]` on '{exchange.api.name}', with `isBase64Encoded: true` from "
            f"{function}; or let the function return its body uncompressed, without Content-Encoding."
        )
    if is_base64:
        return f"Let {function} return `isBase64Encoded: true` beside the body."
    return (
        f"Let {function} return its body without Content-Encoding, or compressed as {coding}, in base64, with "
        f"`isBase64Encoded: true`."
    )
