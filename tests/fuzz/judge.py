"""The laws that every connection is held to, whatever was sent on it."""

from collections.abc import Iterator, Mapping

from fuzz.cases import Case, Expected
from fuzz.replies import Replies, Reply


def broken_laws(case: Case, replies: Replies, hung: str, owners: Mapping[str, int]) -> Iterator[str]:
    """What went wrong on a finished connection, in sentences. `owners` tells the case of each word in use."""
    if hung:
        yield f"hang: the server {hung}"
    for reply in replies.whole:
        if reply.status >= 500 and not case.may_fail:
            yield f"a {reply.status} of our own: {reply.body[:200]!r}"
        if reply.nonce is not None and owners.get(reply.nonce, case.index) != case.index:
            yield f"the answer to a request of case {owners[reply.nonce]} came on this connection"
    if case.expected is not None and not hung:
        yield from _unexpected(case.expected, replies)


def _unexpected(expected: tuple[Expected, ...], replies: Replies) -> Iterator[str]:
    for number, wanted in enumerate(expected):
        if number >= len(replies.whole):
            yield f"answer {number + 1} of {len(expected)} never came; last seen: {replies.rest[:200]!r}"
            return
        wrong = _difference(wanted, replies.whole[number])
        if wrong:
            yield f"answer {number + 1} of {len(expected)} is not that of its request: {wrong}"
            return
    if len(replies.whole) > len(expected) or replies.rest:
        yield f"more came than the {len(expected)} answers: {replies.whole[len(expected) :]} {replies.rest[:200]!r}"


def _difference(wanted: Expected, reply: Reply) -> str:
    if reply.status != wanted.status:
        return f"{reply.status} instead of {wanted.status}: {reply.body[:200]!r}"
    if wanted.nonce is None:
        return ""
    if reply.nonce != wanted.nonce:
        return f"the function saw the request {reply.nonce}, not {wanted.nonce}"
    body = f"{wanted.nonce} {wanted.method} {wanted.digest}".encode() if wanted.has_body else b""
    return "" if reply.body == body else f"the function saw {reply.body[:200]!r}, not {body!r}"
