"""The machinery itself: cases come back from their numbers and from files, and each broken law is told."""

import random
import socket
from collections import Counter
from hashlib import sha256

import pytest

from fuzz.cases import Case, End, Expected, from_json, to_json
from fuzz.connection import PATIENCE, Connection, State
from fuzz.generator import case_for
from fuzz.judge import broken_laws
from fuzz.mutated import MUTATIONS
from fuzz.replies import Replies, Reply, read_replies
from fuzz.watch import BUG, CONTROL
from fuzz.wire import Chunked, WireRequest


def test_a_case_follows_from_its_number_and_comes_back_from_its_line() -> None:
    cases = [case_for(7, index) for index in range(400)]
    assert cases == [case_for(7, index) for index in range(400)]
    assert [from_json(to_json(case)) for case in cases] == cases
    assert cases[0] != case_for(8, 0)


def test_the_cases_are_of_all_kinds() -> None:
    cases = [case_for(1, index) for index in range(2000)]
    assert {case.api for case in cases} == {"http", "rest", "url"}
    assert {case.end for case in cases} == set(End)
    well_formed = sum(case.expected is not None for case in cases)
    assert 0.25 < well_formed / len(cases) < 0.35
    sent = b"".join(case.sent for case in cases)
    for part in (b"Transfer-Encoding: chunked", b"Upgrade: h2c", b"Host: evil.example", b"n=smuggled", b"Origin: null"):
        assert part in sent, part
    assert Counter(len(case.pieces) > 1 for case in cases)[True] > 500


def test_every_mutation_is_one() -> None:
    """None leaves every request as it was."""
    for mutation in MUTATIONS:
        changed = set()
        for seed in range(20):
            request = WireRequest(b"GET", b"/x", headers=[(b"Host", b"localhost")])
            mutation(request, random.Random(seed))
            changed.add(request.encode())
        assert len(changed) > 1, mutation


def test_chunks() -> None:
    """RFC 9112, 7.1."""
    request = WireRequest(
        b"PUT", b"/x", headers=[(b"a", b"b")], body=b"hello", framing=Chunked(3, b";e", [(b"t", b"u")])
    )
    assert request.encode() == b"PUT /x HTTP/1.1\r\na: b\r\n\r\n3;e\r\nhel\r\n2;e\r\nlo\r\n0\r\nt: u\r\n\r\n"


OK = b"HTTP/1.1 200 OK\r\nx-nonce: abc\r\ncontent-length: 2\r\n\r\n"


@pytest.mark.parametrize(
    ("data", "has_body", "statuses", "rest"),
    [
        pytest.param(OK + b"hi", True, [200], b"", id="one"),
        pytest.param(OK + b"hi" + OK + b"hi", True, [200, 200], b"", id="two"),
        pytest.param(OK + b"h", True, [], OK + b"h", id="body-not-whole"),
        pytest.param(OK[:30], True, [], OK[:30], id="head-not-whole"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"hi", True, [200], b"", id="interim-answer"),
        pytest.param(b"HTTP/1.1 204 No Content\r\n\r\n" + OK + b"hi", True, [204, 200], b"", id="no-content"),
        pytest.param(OK, False, [200], b"", id="head-request"),
        pytest.param(OK + OK + b"hi", None, [200, 200], b"", id="perhaps-a-head-request"),
        pytest.param(b"nonsense", True, [], b"nonsense", id="no-http"),
    ],
)
def test_replies(data: bytes, has_body: bool | None, statuses: list[int], rest: bytes) -> None:
    replies = read_replies(data, lambda _: has_body)
    assert ([reply.status for reply in replies.whole], replies.rest) == (statuses, rest)
    assert {reply.nonce for reply in replies.whole if reply.status == 200} <= {"abc"}


DIGEST = sha256(b"").hexdigest()
GOOD = Reply(200, f"abc GET {DIGEST}".encode(), "abc")
WANTED = (Expected(200, "GET", "abc", DIGEST),)


@pytest.mark.parametrize(
    ("sent", "expected", "replies", "hung", "said"),
    [
        pytest.param(b"", WANTED, Replies((GOOD,), b""), "", "", id="good"),
        pytest.param(b"", None, Replies((Reply(400, b"", None),), b"x"), "", "", id="anything-goes"),
        pytest.param(b"", None, Replies((Reply(500, b"", None),), b""), "", "a 500 of our own", id="5xx"),
        pytest.param(b"/fail/x", None, Replies((Reply(502, b"", None),), b""), "", "", id="prescribed-5xx"),
        pytest.param(b"", None, Replies((), b""), "took no byte", "hang: the server took no byte", id="hang"),
        pytest.param(b"", None, Replies((Reply(200, b"", "other"),), b""), "", "of case 5 came", id="another's-answer"),
        pytest.param(b"", WANTED, Replies((), b"HTT"), "", "answer 1 of 1 never came", id="no-answer"),
        pytest.param(b"", WANTED, Replies((GOOD, GOOD), b""), "", "more came", id="smuggled"),
        pytest.param(b"", WANTED, Replies((GOOD,), b"x"), "", "more came", id="bytes-behind-the-answer"),
        pytest.param(b"", WANTED, Replies((Reply(400, b"", None),), b""), "", "400 instead of 200", id="refused"),
        pytest.param(
            b"", WANTED, Replies((Reply(200, b"", "abd"),), b""), "", "saw the request abd", id="other-request"
        ),
        pytest.param(b"", WANTED, Replies((Reply(200, b"abc", "abc"),), b""), "", "the function saw", id="other-body"),
    ],
)
def test_laws(
    sent: bytes, expected: tuple[Expected, ...] | None, replies: Replies, hung: str, said: str
) -> None:  # fmt: skip
    case = Case(1, 4, "http", (sent,), End.WAIT, expected=expected, nonces=("abc",))
    broken = list(broken_laws(case, replies, hung, {"abc": 4, "other": 5}))
    assert (said in "".join(broken)) if said else broken == []
    assert len(broken) <= 1


@pytest.mark.parametrize(
    ("end", "expected", "hung"),
    [
        pytest.param(End.WAIT, WANTED, "1 answers not given", id="no-answer"),
        pytest.param(End.HALF, None, "did not close", id="does-not-close"),
    ],
)
def test_a_server_that_does_nothing_hangs(end: End, expected: tuple[Expected, ...] | None, hung: str) -> None:
    ours, servers = socket.socketpair()
    with ours, servers:
        ours.setblocking(False)
        connection = Connection(Case(1, 0, "http", (b"x",), end, expected=expected), ours, 0.0)
        connection.write(0.0)
        connection.look(PATIENCE - 0.1)
        assert connection.state is not State.DONE
        connection.look(PATIENCE + 0.1)
        assert (connection.state, hung in connection.hung) == (State.DONE, True)


def test_a_server_that_closes_ends_the_case() -> None:
    ours, servers = socket.socketpair()
    with ours:
        ours.setblocking(False)
        connection = Connection(Case(1, 0, "http", (b"x",), End.HALF), ours, 0.0)
        connection.write(0.0)
        servers.sendall(OK + b"hi")
        servers.close()
        while connection.state is not State.DONE:
            connection.read(0.0)
        assert connection.hung == ""
        assert [reply.status for reply in connection.replies().whole] == [200]


@pytest.mark.parametrize(
    ("printed", "is_bug"),
    [
        (b"03:11:40 http GET /echo/x 200 echo 1.1 ms allowed", False),
        (b"emulate has a bug; please report this:", True),
        (b"Exception in callback Server.x()\nTraceback (most recent call last):", True),
        (b"RuntimeWarning: coroutine 'x' was never awaited", True),
    ],
)
def test_what_a_bug_looks_like(printed: bytes, is_bug: bool) -> None:
    assert (BUG.search(printed) is not None) is is_bug


@pytest.mark.parametrize(
    ("printed", "is_control"),
    [
        ("λ é\tx\n".encode(), False),
        (b"\\x1b[31m", False),
        (b"\x1b[31m", True),
        (b"a\rb", True),
        ("\x9b31m".encode(), True),
        (b"\x7f", True),
    ],
)
def test_what_drives_a_terminal(printed: bytes, is_control: bool) -> None:
    assert (CONTROL.search(printed) is not None) is is_control
