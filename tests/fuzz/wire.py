"""A request as parts that can be changed one by one, and its bytes."""

import random
from dataclasses import dataclass, field

Pair = tuple[bytes, bytes]


@dataclass(slots=True)
class Chunked:
    """Chunked transfer coding: how large the chunks are, what stands behind their sizes, and the trailers."""

    size: int = 16
    extension: bytes = b""
    trailers: list[Pair] = field(default_factory=list)
    ends: bool = True


@dataclass(slots=True)
class WireRequest:
    """Each part as it is written. `framing` None: `headers` say all there is to say of the body."""

    method: bytes = b"GET"
    target: bytes = b"/"
    version: bytes = b"HTTP/1.1"
    headers: list[Pair] = field(default_factory=list)
    body: bytes = b""
    framing: Chunked | None = None
    newline: bytes = b"\r\n"

    def encode(self) -> bytes:
        """The bytes of the request."""
        line = b" ".join(part for part in (self.method, self.target, self.version) if part)
        fields = [name + b": " + value for name, value in self.headers]
        head = self.newline.join([line, *fields, b"", b""])
        return head + (self.body if self.framing is None else encode_chunks(self.body, self.framing, self.newline))

    def set(self, name: bytes, *values: bytes) -> None:
        """These values of a header instead of what there is."""
        self.headers = [pair for pair in self.headers if pair[0].lower() != name.lower()]
        self.headers += [(name, value) for value in values]


def encode_chunks(body: bytes, framing: Chunked, newline: bytes) -> bytes:
    """RFC 9112, 7.1."""
    parts = [body[at : at + framing.size] for at in range(0, len(body), framing.size)]
    encoded = [b"%x" % len(part) + framing.extension + newline + part + newline for part in parts]
    if framing.ends:
        trailers = [name + b": " + value + newline for name, value in framing.trailers]
        encoded += [b"0" + newline, *trailers, newline]
    return b"".join(encoded)


def split(data: bytes, chance: random.Random) -> tuple[bytes, ...]:
    """The data in pieces cut anywhere; often in one, seldom byte by byte."""
    style = chance.random()
    if style < 0.45 or len(data) < 2:
        return (data,)
    if style < 0.48 and len(data) < 600:
        return tuple(data[at : at + 1] for at in range(len(data)))
    cuts = sorted({chance.randrange(1, len(data)) for _ in range(chance.randint(1, 6))})
    return tuple(data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True))
