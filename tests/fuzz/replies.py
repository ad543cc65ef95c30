"""The answers in what a server has sent on one connection."""

import re
from collections.abc import Callable
from dataclasses import dataclass

STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})(?: [^\r\n]*)?\r\n")
LENGTH = re.compile(rb"(?im)^content-length: *(\d+)\r$")
NONCE = re.compile(rb"(?im)^x-nonce: *(\w+)\r$")


@dataclass(frozen=True, slots=True)
class Reply:
    """One final answer; `nonce` is that of the request the function saw."""

    status: int
    body: bytes
    nonce: str | None


@dataclass(frozen=True, slots=True)
class Replies:
    """The whole answers, and the bytes behind them that are none yet."""

    whole: tuple[Reply, ...]
    rest: bytes


def read_replies(data: bytes, has_body: Callable[[int], bool | None]) -> Replies:
    """`has_body` tells of the answer with this number whether its request was no HEAD; None when it is not known: then
    an answer that another follows at once has none."""
    whole: list[Reply] = []
    at = 0
    while (line := STATUS_LINE.match(data, at)) is not None:
        end = data.find(b"\r\n\r\n", line.start())
        if end < 0:
            break
        head, body_at = data[at : end + 2], end + 4
        status = int(line[1])
        if 100 <= status < 200:
            at = body_at
            continue
        length = _body_length(head, status, data.startswith(b"HTTP/1.", body_at), has_body(len(whole)))
        if body_at + length > len(data):
            break
        nonce = NONCE.search(head)
        whole.append(Reply(status, data[body_at : body_at + length], nonce[1].decode() if nonce else None))
        at = body_at + length
    return Replies(tuple(whole), data[at:])


def _body_length(head: bytes, status: int, is_followed: bool, has_body: bool | None) -> int:
    said = LENGTH.search(head)
    if said is None or status in (204, 304) or has_body is False or (has_body is None and is_followed):
        return 0
    return int(said[1])
