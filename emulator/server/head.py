"""One HTTP/1.1 head, read: target and headers as sent, and what says how much body follows (RFC 9112)."""

import re
from functools import lru_cache
from typing import NamedTuple

from emulator.messages import Headers
from emulator.server.refusal import Refusal

MAX_HEAD = 64 * 1024
"""Bytes of a request line and headers, or of trailers, that are kept: six times what API Gateway takes, so that its own
refusal is seen first; more could only fill the memory."""

ALIKE = 32
"""How many lists of headers are remembered: a client, and each kind of a page's calls, sends the same again and again,
and exchanges that are kept share them."""
_SHORT = 4096
"""Bytes of a head up to which its headers are remembered, several times what a browser sends."""

_DECIDING = frozenset({"content-length", "expect", "host", "transfer-encoding", "upgrade"})
_VERSION = re.compile(r"HTTP/[0-9]\.[0-9]")
_LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)
_ABSOLUTE = re.compile(r"http://([^/]+)(/.*)?", re.IGNORECASE | re.DOTALL)
_UPGRADE = re.compile(rb"\r\nupgrade:[^\r]*", re.IGNORECASE)


class Head(NamedTuple):
    """`data` is what llhttp is to parse. `host` is None when the client named none (HTTP/1.0). `length` is the body's
    in bytes, None when it comes in chunks."""

    data: bytes
    path: str
    query: str
    headers: Headers
    host: str | None
    has_body: bool = False
    length: int | None = 0
    expects_continue: bool = False


def read_head(data: bytes) -> Head | Refusal:
    """Read a head; `data` ends with the empty line. What is let through may still be no HTTP: llhttp sees to names and
    values."""
    line, _, block = data[:-4].partition(b"\r\n")
    words = line.decode("latin-1").split(" ")
    if len(words) != 3:
        return Refusal(400, "The first line is not `METHOD target HTTP/1.1`.")
    method, target, version = words
    if b"\r\n " in data or b"\r\n\t" in data:
        # RFC 9112, 5.2: a server must refuse line folding or replace it.
        return Refusal(400, "A header goes on in a second line. Write it in one.")
    headers, deciding = _remembered(block) if len(block) <= _SHORT else _fields(block)
    path, _, query = target.partition("?")
    if version == "HTTP/1.1" and len(deciding) == 1 and deciding[0][0] == "host" and path[:1] == "/":
        return Head(data, path, query, headers, deciding[0][1])
    refusal = _version_refusal(version) or _method_refusal(method) or _body_refusal(version, deciding)
    return refusal or _unusual(data, target, headers, deciding)


def _fields(block: bytes) -> tuple[Headers, Headers]:
    """Read the header lines; return all pairs, and those that decide how the message is read under lower-case names."""
    lines = block.decode("latin-1").split("\r\n") if block else []
    headers = tuple([(name, value.strip(" \t")) for name, _, value in [field.partition(":") for field in lines]])
    return headers, tuple([(name.lower(), value) for name, value in headers if name.lower() in _DECIDING])


_remembered = lru_cache(ALIKE)(_fields)


def _unusual(data: bytes, target: str, headers: Headers, deciding: Headers) -> Head | Refusal:
    """Read a head with a body, an Expect, an Upgrade or another form of target."""
    said = dict(deciding)
    host = said.get("host")
    path, _, query = target.partition("?")
    if path == "*":
        path = "/"  # OPTIONS of the server as a whole
    elif not path.startswith("/"):
        absolute = _ABSOLUTE.fullmatch(path)
        if absolute is None:
            return Refusal(400, "The target of the request is neither a path nor an http URL.")
        # RFC 9112, 3.2.2: a server takes the target's authority and ignores the Host header.
        host, path = absolute[1], absolute[2] or "/"
        headers = (("Host", host), *[pair for pair in headers if pair[0].lower() != "host"])
    if "upgrade" in said:
        # RFC 9110, 7.8: a server may ignore the offer. llhttp would take what follows for the other protocol.
        data = _UPGRADE.sub(b"", data)
    length = None if "transfer-encoding" in said else int(said.get("content-length", "0"))
    expects = said.get("expect", "").lower() == "100-continue"
    return Head(data, path, query, headers, host, length != 0, length, expects)


def _version_refusal(version: str) -> Refusal | None:
    if version in {"HTTP/1.1", "HTTP/1.0"}:
        return None
    if _VERSION.fullmatch(version):
        return Refusal(400, f"{version} is not spoken here. Send HTTP/1.1.")
    return Refusal(400, "The first line does not end with `HTTP/1.1`.")


def _method_refusal(method: str) -> Refusal | None:
    if method == "CONNECT":
        return Refusal(400, "CONNECT asks a proxy for a tunnel, and this is none.")
    return None


def _body_refusal(version: str, deciding: Headers) -> Refusal | None:
    """Refuse what could be read in two ways: by whom a request is meant, and where its body ends."""
    hosts, lengths, codings = (
        [value for name, value in deciding if name == wanted]
        for wanted in ("host", "content-length", "transfer-encoding")
    )
    # RFC 9112, 3.2: a server must answer 400 to these.
    if len(hosts) > 1:
        return Refusal(400, f"There are {len(hosts)} Host headers. Send one.")
    if not hosts and version == "HTTP/1.1":
        return Refusal(400, "There is no Host header, which HTTP/1.1 requires.")
    # RFC 9112, 6.1 and 6.3.
    if lengths and codings:
        return Refusal(400, "Content-Length and Transfer-Encoding are both there. Send one of them.")
    if len(lengths) > 1 or not all(_LENGTH.fullmatch(length) for length in lengths):
        return Refusal(400, "Content-Length is not one whole number.")
    if codings and version == "HTTP/1.0":
        return Refusal(400, "Transfer-Encoding is no part of HTTP/1.0. Send HTTP/1.1, or a Content-Length.")
    if codings and [coding.lower() for coding in codings] != ["chunked"]:
        return Refusal(400, "Transfer-Encoding is something else than `chunked`, which alone is understood.")
    return None
