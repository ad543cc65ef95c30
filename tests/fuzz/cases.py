"""One case: what a client does on one connection, and what has to come back. It is data, so that it can be replayed."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

APIS = ("http", "rest", "url")
"""The names of the APIs of target.py, one a product."""


class End(StrEnum):
    """What the client does once it has sent everything."""

    WAIT = "wait"
    """Waits for the answers, then shuts its side down."""
    HALF = "half"
    """Shuts its side down at once, and waits for the answers."""
    CLOSE = "close"
    ABORT = "abort"
    """Closes with a reset."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The answer to one request. `nonce` and `digest` are what the function has to have seen; None where a gateway
    answers by itself. `has_body` is False for HEAD."""

    status: int
    method: str = "GET"
    nonce: str | None = None
    digest: str | None = None
    has_body: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """`pieces` are written one by one, `pause` seconds apart. `expected` None: any answer that breaks no law will do.
    `nonces` are those that its requests carry."""

    seed: int
    index: int
    api: str
    pieces: tuple[bytes, ...]
    end: End
    pause: float = 0.0
    expected: tuple[Expected, ...] | None = None
    nonces: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.seed}:{self.index}"

    @property
    def sent(self) -> bytes:
        """All that is written."""
        return b"".join(self.pieces)

    @property
    def may_fail(self) -> bool:
        """Whether it asks for the function whose result is malformed, which each product answers with a 5xx."""
        return b"fail" in self.sent


def to_json(case: Case) -> str:
    """One line; bytes as the characters of the same numbers."""
    expected = None if case.expected is None else [_fields(one) for one in case.expected]
    pieces = [piece.decode("latin-1") for piece in case.pieces]
    return json.dumps({**_fields(case), "pieces": pieces, "expected": expected})


def from_json(line: str) -> Case:
    """The case of a line that `to_json` made."""
    fields: dict[str, Any] = json.loads(line)
    fields["pieces"] = tuple(piece.encode("latin-1") for piece in fields["pieces"])
    fields["end"] = End(fields["end"])
    fields["nonces"] = tuple(fields["nonces"])
    if fields["expected"] is not None:
        fields["expected"] = tuple(Expected(**one) for one in fields["expected"])
    return Case(**fields)


def _fields(value: Case | Expected) -> dict[str, Any]:
    return {name: getattr(value, name) for name in type(value).__dataclass_fields__}
