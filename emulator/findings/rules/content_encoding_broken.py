"""A response whose body is not what its Content-Encoding says: no client can read it, whatever CORS says."""

from base64 import b64decode
from binascii import Error

from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.content_coding import body_of, undecodable_coding
from emulator.findings.changes import Change, RemoveHeaders, SetBase64Flag, SetBinaryMediaTypes
from emulator.findings.facts import says_base64
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.messages import header_values

EVERYTHING = "*/*"
"""A page's fetch sends `Accept: */*`, which only the binary media type `*/*` matches (AWS: Working with binary media
types for REST APIs)."""
LOOKED_AT = 64 * 1024
"""Bytes of base64 text that are decoded, a multiple of four: what is wrong shows at the beginning."""
CONTENT_ENCODING = "Content-Encoding"


def find(case: Case) -> Found | None:
    """Chromium: net::ERR_CONTENT_DECODING_FAILED (observed); the browser model names it where CORS comes up."""
    response = case.exchange.response
    body = body_of(response, case.request.method)
    coding = undecodable_coding(response.headers, body)
    if coding is None:
        return None
    declared = ", ".join(header_values(response.headers, CONTENT_ENCODING))
    is_base64 = _is_base64_of(coding, body)
    not_decoded = is_base64 and isinstance(case.api, RestApi) and EVERYTHING not in case.api.binary_media_types
    return Found(
        Layer.GATEWAY if not_decoded else Layer.FUNCTION,
        f"A page cannot read this answer: its Content-Encoding is {declared}, its body not {coding}. fetch() resolves "
        f"with {response.status}; reading the body fails (Chromium: net::ERR_CONTENT_DECODING_FAILED).",
        _evidence(case, coding, not_decoded=not_decoded) if is_base64 else (),
        _fix(case, coding, is_base64=is_base64, not_decoded=not_decoded),
    )


def _is_base64_of(coding: str, body: bytes) -> bool:
    """Tell whether the body is base64 text of bytes that the header is right about."""
    try:
        inside = b64decode(body[:LOOKED_AT], validate=True)
    except Error:
        return False
    return undecodable_coding((("content-encoding", coding),), inside) is None


def _evidence(case: Case, coding: str, *, not_decoded: bool) -> tuple[str, ...]:
    if not_decoded and isinstance(case.api, RestApi):
        accept = case.request.header("accept") or "absent"
        types = ", ".join(case.api.binary_media_types) or "none"
        rule = "a REST API decodes base64 only when the first media type of Accept is among its binary media types"
        return (f"the body is {coding} in base64: {rule} (here {accept}, and {types})",)
    return (f"the body is {coding} in base64, which is decoded only with `isBase64Encoded: true`",)


def _fix(case: Case, coding: str, *, is_base64: bool, not_decoded: bool) -> Fix:
    uncompressed = RemoveHeaders(case.function, CONTENT_ENCODING)
    if not_decoded:
        types: tuple[Change, ...] = (SetBinaryMediaTypes(case.api.name, (EVERYTHING,)),)
        flag = () if says_base64(case) else (SetBase64Flag(case.function),)
        return Fix((*types, *flag), ((uncompressed,),))
    if is_base64:
        return Fix((SetBase64Flag(case.function),))
    return Fix((uncompressed,), ((SetBase64Flag(case.function, coding),),))


RULE = Rule("content-encoding-broken", Severity.ERROR, find)
