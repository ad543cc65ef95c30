"""Requests that are wrong on purpose: a good one, with parts replaced, then bytes."""

import random
from collections.abc import Callable

from fuzz import vocabulary
from fuzz.cases import APIS, Case, End
from fuzz.valid import echo_path, nonce_of
from fuzz.wire import Chunked, WireRequest, split

ENDS = (*[End.WAIT] * 6, *[End.HALF] * 2, End.CLOSE, End.ABORT)
HUGE = (9_000, 11_000, 66_000, 140_000, 300_000)
"""Bytes around and beyond the quotas of products and servers."""

Mutation = Callable[[WireRequest, random.Random], None]


def mutated_case(seed: int, index: int, chance: random.Random) -> Case:
    """One to five requests, of which some are mutated, cut and mangled."""
    api = chance.choice(APIS)
    if chance.random() < 0.02:
        garbage = chance.choice(vocabulary.GARBAGE)
        return Case(seed, index, api, split(garbage, chance), chance.choice(ENDS))
    nonces = [nonce_of(seed, index, number) for number in range(chance.choice((1, 1, 1, 1, 2, 3, 5)))]
    data = b"".join(_request(api, nonce, chance) for nonce in nonces)
    if chance.random() < 0.25:
        data = mangled(data, chance)
    if chance.random() < 0.12:
        data = data[: chance.randint(0, len(data))]
    pause = chance.choice((0.0, 0.0, 0.0, 0.002))
    return Case(seed, index, api, split(data, chance), chance.choice(ENDS), pause, None, tuple(nonces))


def _request(api: str, nonce: str, chance: random.Random) -> bytes:
    request = WireRequest(chance.choice(vocabulary.TOKEN_METHODS), echo_path(api) + b"?n=" + nonce.encode())
    request.headers = [(b"Host", b"localhost"), (b"X-Nonce", nonce.encode())]
    if chance.random() < 0.5:
        request.body = chance.randbytes(chance.choice((0, 5, 300, 9_000)))
        if chance.random() < 0.5:
            request.headers.append((b"Content-Length", b"%d" % len(request.body)))
        else:
            request.headers.append((b"Transfer-Encoding", b"chunked"))
            request.framing = Chunked(chance.choice((1, 16, 4096)) if len(request.body) < 400 else 4096)
    if chance.random() < 0.4:
        request.headers.append((b"Origin", chance.choice(vocabulary.ORIGINS)))
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        chance.choice(MUTATIONS)(request, chance)
    return request.encode()


def _method(request: WireRequest, chance: random.Random) -> None:
    request.method = chance.choice(vocabulary.METHODS)


def _target(request: WireRequest, chance: random.Random) -> None:
    request.target = chance.choice(vocabulary.TARGETS)


def _target_bytes(request: WireRequest, chance: random.Random) -> None:
    at = chance.randint(0, len(request.target))
    request.target = request.target[:at] + chance.randbytes(chance.randint(1, 4)) + request.target[at:]


def _version(request: WireRequest, chance: random.Random) -> None:
    request.version = chance.choice(vocabulary.VERSIONS)


def _newline(request: WireRequest, chance: random.Random) -> None:
    request.newline = chance.choice((b"\n", b"\r", b"\r\r\n", b"\n\r", b"\r\n\r\n"))


def _host(request: WireRequest, chance: random.Random) -> None:
    request.set(b"Host", *chance.sample(vocabulary.HOSTS, chance.choice((0, 1, 1, 1, 2))))


def _preflight(request: WireRequest, chance: random.Random) -> None:
    request.method = b"OPTIONS"
    request.set(b"Origin", *chance.sample(vocabulary.ORIGINS, chance.choice((1, 1, 2))))
    request.headers.append((b"Access-Control-Request-Method", chance.choice(vocabulary.REQUESTED_METHODS)))
    if chance.random() < 0.7:
        request.headers.append((b"Access-Control-Request-Headers", chance.choice(vocabulary.REQUESTED_HEADERS)))


def _length(request: WireRequest, chance: random.Random) -> None:
    near = b"%d" % max(0, len(request.body) + chance.choice((-5, -1, 1, 5, 100_000)))
    request.headers.append((b"Content-Length", chance.choice((*vocabulary.CONTENT_LENGTHS, *[near] * 8))))


def _coding(request: WireRequest, chance: random.Random) -> None:
    name = chance.choice((b"Transfer-Encoding", b"transfer-encoding", b"Transfer-Encoding ", b"TE"))
    request.headers.append((name, chance.choice(vocabulary.TRANSFER_ENCODINGS)))


def _chunks(request: WireRequest, chance: random.Random) -> None:
    """A body that says by itself how long its chunks are, rightly or not."""
    request.framing = None
    request.set(b"Transfer-Encoding", b"chunked")
    request.body = b"".join(
        chance.choice((b"5", *vocabulary.CHUNK_SIZES)) + chance.choice((b"\r\n", b"\r\n", b"\n", b"")) + b"hello\r\n"
        for _ in range(chance.randint(1, 4))
    ) + chance.choice((b"0\r\n\r\n", b"0\r\n", b"0", b"00\r\n\r\n", b"0;x\r\n\r\n", b"-0\r\n\r\n"))  # fmt: skip


def _trailers(request: WireRequest, chance: random.Random) -> None:
    request.set(b"Content-Length")
    request.set(b"Transfer-Encoding", b"chunked")
    trailers = [chance.choice(vocabulary.TRAILERS) for _ in range(chance.choice((1, 2, 5, 200)))]
    request.framing = Chunked(64, chance.choice((b"", b";x=y", b";" + b"e" * 5000)), trailers, chance.random() < 0.9)


def _headers(request: WireRequest, chance: random.Random) -> None:
    added = chance.sample(vocabulary.HEADERS, chance.randint(1, 5))
    at = chance.randint(0, len(request.headers))
    request.headers[at:at] = added


def _many_headers(request: WireRequest, chance: random.Random) -> None:
    name = chance.choice((b"x-a", b"cookie", b"x-%d", b"origin", b"accept"))
    request.headers += [(name.replace(b"%d", b"%d" % number), b"v") for number in range(chance.choice((50, 300, 3000)))]


def _huge_head(request: WireRequest, chance: random.Random) -> None:
    size = chance.choice(HUGE)
    if chance.random() < 0.5:
        request.target += b"&x=" + b"a" * size
    else:
        request.headers.append((b"X-Huge", b"b" * size))


def _upgrade(request: WireRequest, chance: random.Random) -> None:
    kind = chance.choice((b"h2c", b"websocket", b"HTTP/2.0", b"x"))
    request.headers += [(b"Connection", b"Upgrade"), (b"Upgrade", kind), (b"Sec-WebSocket-Key", b"dGhlIHNhbXBsZQ==")]


MUTATIONS: tuple[Mutation, ...] = (
    _method, _target, _target_bytes, _version, _newline, _host, _host, _preflight, _preflight, _length, _length,
    _coding, _chunks, _trailers, _headers, _headers, _headers, _many_headers, _huge_head, _upgrade,
)  # fmt: skip


def mangled(data: bytes, chance: random.Random) -> bytes:
    """A few bytes flipped, taken out, put in or written twice."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, max(0, min(len(changed), 2000) - 1))
        match chance.randrange(4):
            case 0 if changed:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + chance.randint(1, 30)]
            case 2:
                changed[at:at] = chance.choice((b"\r\n", b"\n", b"\x00", b":", b" ", chance.randbytes(3)))
            case _:
                changed[at:at] = changed[at : at + chance.randint(1, 60)]
    return bytes(changed)
