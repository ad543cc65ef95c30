"""Whether a browser can decode a response's body by its Content-Encoding (Fetch Standard, "handle content codings")."""

import zlib
from collections.abc import Callable

from emulator.browser.header_list import get_all, split_list
from emulator.messages import Headers, Response

_NAME = "content-encoding"
_NAME_LENGTH = len(_NAME)
_LOOKED_AT = 64 * 1024
"""Bytes of a body that are looked at: one that is not what its header says shows it at its beginning."""
_EXPANDED = 256 * 1024
"""Bytes of decoded data after which a body counts as sound, so that a small body that expands to gigabytes costs
nothing."""
_SHORTEST_TEXT = 16
"""Bytes from which a body of printable ASCII alone is taken not to be Brotli: a Brotli stream has no mark to know it
by, and a shorter one may be printable by chance."""
_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_SKIPPABLE = b"\x2a\x4d\x18"
_PRINTABLE = frozenset(b"\t\n\r" + bytes(range(0x20, 0x7F)))


def undecodable_coding(headers: Headers, body: bytes) -> str | None:
    """Name the content coding that a body is not in although its header says so; None when Chromium can read it.

    Observed in Chromium 156: codings are undone from the last to the first; one that it does not know makes it pass the
    whole body on as it is; an empty or a truncated body is sound, and so is gzip with a wrong checksum.
    """
    if not body or not has_content_coding(headers):
        return None
    codings = [coding.lower() for coding in split_list(get_all(headers, _NAME))]
    if any(coding not in _DECODERS for coding in codings):
        return None
    data: bytes | None = body[:_LOOKED_AT]
    for coding in reversed(codings):
        if data is None:
            return None
        try:
            data = _DECODERS[coding](data)
        except zlib.error:
            return coding
    return None


def has_content_coding(headers: Headers) -> bool:
    """Tell whether there is a Content-Encoding at all. Most responses have none, and this is asked of every one."""
    for name, _ in headers:  # noqa: SIM110  a generator takes three times as long
        if len(name) == _NAME_LENGTH and name.lower() == _NAME:
            return True
    return False


def body_of(response: Response, method: str) -> bytes:
    """Return the body that is sent of a response to `method`: none with HEAD, 204 and 304 (RFC 9110, 6.4.1)."""
    return b"" if method == "HEAD" or response.status in (204, 304) else response.body


def _gzip(data: bytes) -> bytes:
    """Undo gzip; raises zlib.error. The magic number is looked at here, since zlib waits for its second byte before it
    complains of the first."""
    if not _GZIP_MAGIC.startswith(data[:2]):
        raise zlib.error("not gzip")
    return _inflate(data, zlib.MAX_WBITS | 16)


def _deflate(data: bytes) -> bytes:
    """Undo deflate, with zlib's header as RFC 9110 (8.4.1.2) wants it or without, as some servers send it; raises
    zlib.error."""
    try:
        return _inflate(data, zlib.MAX_WBITS)
    except zlib.error:
        return _inflate(data, -zlib.MAX_WBITS)


def _inflate(data: bytes, bits: int) -> bytes:
    """Inflate up to _EXPANDED bytes; raises zlib.error. A wrong checksum at the end does not trouble a browser."""
    try:
        return zlib.decompressobj(bits).decompress(data, _EXPANDED)
    except zlib.error as error:
        if "incorrect data check" in str(error) or "incorrect length check" in str(error):
            return b""
        raise


def _zstd(data: bytes) -> bytes | None:
    """Raise zlib.error where the magic number of Zstandard (RFC 8878, 3.1) is missing; what is inside is not looked
    at."""
    if _ZSTD_MAGIC.startswith(data[:4]) or (data[0] & 0xF0 == 0x50 and _ZSTD_SKIPPABLE.startswith(data[1:4])):
        return None
    raise zlib.error("not zstd")


def _brotli(data: bytes) -> bytes | None:
    """Raise zlib.error for text, base64 too, which is no Brotli; of anything else nothing can be said, since the
    standard library has no decoder."""
    if len(data) >= _SHORTEST_TEXT and _PRINTABLE.issuperset(data):
        raise zlib.error("not br")
    return None


_DECODERS: dict[str, Callable[[bytes], bytes | None]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
