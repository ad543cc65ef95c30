"""Requests that every HTTP/1.1 server has to answer, written in unusual ways, with the answers that have to come."""

import random
from hashlib import blake2s, sha256

from fuzz.cases import APIS, Case, End, Expected
from fuzz.vocabulary import TOKEN_METHODS
from fuzz.wire import Chunked, WireRequest, split

FAILED = {"http": 500, "rest": 502, "url": 502}
"""How each product answers a malformed result of a function."""
PREFLIGHTED = {"http": 204, "url": 200}
PAGE = b"http://localhost:5173"
HOSTS = (b"localhost", b"LocalHost:3000", b"127.0.0.1", b"[::1]:3000", b"shop.localhost")
BODY_METHODS = frozenset({b"POST", b"PUT", b"PATCH", b"DELETE"})
LARGEST = 40_000
"""Bytes of a body: enough for several reads."""
TRAILERS = (
    (b"x-checksum", b"abc"),
    (b"Authorization", b"Bearer evil"),
    (b"Host", b"evil.example"),
    (b"Origin", b"null"),
)
"""Legal behind a chunked body, and no request header (RFC 9110, 6.5.1)."""


def nonce_of(seed: int, index: int, number: int) -> str:
    """A word that no change of a few bytes turns into the word of another request."""
    return blake2s(f"{seed}:{index}:{number}".encode(), digest_size=8).hexdigest()


def echo_path(api: str) -> bytes:
    return b"/dev/echo/x" if api == "rest" else b"/echo/x"


def valid_case(seed: int, index: int, chance: random.Random) -> Case:
    """One to four requests on one connection, all of which have to be answered in order."""
    api = chance.choice(APIS)
    nonces = [nonce_of(seed, index, number) for number in range(chance.choice((1, 1, 1, 2, 4)))]
    asked = [_request(api, nonce, chance) for nonce in nonces]
    end = chance.choice((End.WAIT, End.WAIT, End.HALF))
    last, _ = asked[-1]
    if chance.random() < 0.2:
        last.set(b"Connection", b"close")
    if chance.random() < 0.05:
        last.version = b"HTTP/1.0"
        if last.framing is not None:  # HTTP/1.0 has no chunks
            last.framing = None
            last.set(b"Transfer-Encoding")
            last.set(b"Content-Length", b"%d" % len(last.body))
    data = b"".join(request.encode() for request, _ in asked)
    expected = tuple(answer for _, answer in asked)
    pause = chance.choice((0.0, 0.0, 0.0, 0.002))
    return Case(seed, index, api, split(data, chance), end, pause, expected, tuple(nonces))


def _request(api: str, nonce: str, chance: random.Random) -> tuple[WireRequest, Expected]:
    if api in PREFLIGHTED and chance.random() < 0.1:
        return _preflight(api)
    method = chance.choice(TOKEN_METHODS)
    request = WireRequest(method, echo_path(api) + b"?n=" + nonce.encode())
    request.headers = [(b"Host", chance.choice(HOSTS)), (b"User-Agent", b"fuzz")]
    status = 404 if api == "http" and method == b"OPTIONS" else 200  # no route takes OPTIONS, and this is no preflight
    if chance.random() < 0.05:
        request.target = request.target.replace(b"echo", b"fail")
        status = FAILED[api]
    elif chance.random() < 0.1:
        request.target = b"http://" + chance.choice(HOSTS) + request.target
    if chance.random() < 0.3:
        request.headers.append((b"Origin", PAGE))
    if chance.random() < 0.15:
        offer = [
            (b"Connection", b"Upgrade, HTTP2-Settings"),
            (b"Upgrade", b"h2c"),
            (b"HTTP2-Settings", b"AAMAAABkAAQAAP__"),
        ]
        request.headers += offer
    if method in BODY_METHODS:
        _add_body(request, nonce, chance)
    chance.shuffle(request.headers)
    digest = sha256(request.body).hexdigest()
    if status != 200:
        return request, Expected(status, method.decode(), has_body=method != b"HEAD")
    return request, Expected(status, method.decode(), nonce, digest, has_body=method != b"HEAD")


def _preflight(api: str) -> tuple[WireRequest, Expected]:
    headers = [(b"Host", b"localhost"), (b"Origin", PAGE), (b"Access-Control-Request-Method", b"PUT")]
    return WireRequest(b"OPTIONS", echo_path(api), headers=headers), Expected(PREFLIGHTED[api], "OPTIONS")


def _add_body(request: WireRequest, nonce: str, chance: random.Random) -> None:
    """Random bytes, or what would be a request of its own if its framing were lost."""
    if chance.random() < 0.4:
        inner = WireRequest(
            b"GET", request.target.replace(nonce.encode(), b"smuggled"), headers=[(b"Host", b"localhost")]
        )
        request.body = inner.encode() * chance.randint(1, 3)
    else:
        request.body = chance.randbytes(chance.choice((0, 1, chance.randint(2, 2000), chance.randint(2, LARGEST))))
    request.headers.append((b"Content-Type", b"application/octet-stream"))
    if chance.random() < 0.1:
        request.headers.append((b"Expect", b"100-continue"))
    if chance.random() < 0.5:
        request.headers.append((b"Content-Length", b"%d" % len(request.body)))
        return
    request.headers.append((b"Transfer-Encoding", chance.choice((b"chunked", b"Chunked"))))
    size = chance.choice((1, 7, 1000, LARGEST)) if len(request.body) < 3000 else chance.randint(200, LARGEST)
    request.framing = Chunked(size, chance.choice((b"", b"", b";a=b", b';a="b;c"')))
    if chance.random() < 0.4:
        request.framing.trailers = chance.sample(TRAILERS, chance.randint(1, len(TRAILERS)))
