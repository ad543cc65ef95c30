"""Heads read from their bytes: what is taken, what is refused, and that llhttp reads the same."""

import httptools
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emulator.server.head import Head, read_head
from emulator.server.refusal import Refusal

HOST = b"Host: h\r\n"


def head(line: bytes, *fields: bytes) -> Head:
    found = read_head(b"\r\n".join((line, *fields)) + b"\r\n\r\n")
    assert isinstance(found, Head), found
    return found


def refusal(line: bytes, *fields: bytes) -> str:
    found = read_head(b"\r\n".join((line, *fields)) + b"\r\n\r\n")
    assert isinstance(found, Refusal), found
    assert found.status == 400
    return found.detail


def test_a_plain_head() -> None:
    found = head(b"GET /a%20b?x=1?y HTTP/1.1", b"HOST:\t h:3000 ", b"X-A: 1", b"x-a:", b"X-B: \xe9 b")
    assert (found.path, found.query, found.host) == ("/a%20b", "x=1?y", "h:3000")
    assert found.headers == (("HOST", "h:3000"), ("X-A", "1"), ("x-a", ""), ("X-B", "é b"))
    assert (found.has_body, found.length, found.expects_continue) == (False, 0, False)
    assert found.data == b"GET /a%20b?x=1?y HTTP/1.1\r\nHOST:\t h:3000 \r\nX-A: 1\r\nx-a:\r\nX-B: \xe9 b\r\n\r\n"


BODIES = [
    pytest.param([b"Content-Length: 5"], (True, 5), id="length"),
    pytest.param([b"Content-Length: 0"], (False, 0), id="length-of-nothing"),
    pytest.param([b"content-length:  007 "], (True, 7), id="leading-zeros"),
    pytest.param([b"Transfer-Encoding: Chunked"], (True, None), id="chunked"),
    pytest.param([b"TE: gzip"], (False, 0), id="te-is-of-the-answer"),
    pytest.param([b"X-Content-Length: 5"], (False, 0), id="another-name"),
]


@pytest.mark.parametrize(("fields", "body"), BODIES)
def test_how_much_body_follows(fields: list[bytes], body: tuple[bool, int | None]) -> None:
    found = head(b"POST / HTTP/1.1", b"Host: h", *fields)
    assert (found.has_body, found.length) == body


TARGETS = [
    pytest.param(b"*", ("/", "", "h"), id="asterisk"),
    pytest.param(b"http://a.test:1/x/y?b=/?", ("/x/y", "b=/?", "a.test:1"), id="absolute"),
    pytest.param(b"HTTP://A.test", ("/", "", "A.test"), id="authority-alone"),
    pytest.param(b"http://a.test?b", ("/", "b", "a.test"), id="query-without-path"),
    pytest.param(b"http://u@a.test/", ("/", "", "u@a.test"), id="userinfo-is-not-hidden"),
    pytest.param(b"//a.test/x", ("//a.test/x", "", "h"), id="two-slashes-are-a-path"),
]


@pytest.mark.parametrize(("target", "read"), TARGETS)
def test_targets(target: bytes, read: tuple[str, str, str]) -> None:
    """RFC 9112, 3.2: the authority of an absolute target takes the place of the Host header."""
    found = head(b"OPTIONS " + target + b" HTTP/1.1", b"X-A: 1", b"Host: h")
    assert (found.path, found.query, found.host) == read
    assert [value for name, value in found.headers if name == "Host"] == [read[2]]
    assert ("X-A", "1") in found.headers


def test_an_absolute_target_of_http_1_0_names_the_host() -> None:
    assert head(b"GET http://a.test/ HTTP/1.0").headers == (("Host", "a.test"),)


def test_http_1_0_may_lack_a_host() -> None:
    assert head(b"GET / HTTP/1.0", b"X-A: 1").host is None


def test_an_offer_to_upgrade_stays_a_header_but_not_for_the_parser() -> None:
    found = head(b"POST / HTTP/1.1", b"UPGRADE: h2C", b"Host: h", b"Connection: Upgrade", b"Content-Length: 2")
    assert ("UPGRADE", "h2C") in found.headers
    assert found.data == b"POST / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\n"


@pytest.mark.parametrize(("value", "expects"), [(b"100-Continue", True), (b"something", False)])
def test_expect(value: bytes, expects: bool) -> None:
    assert head(b"POST / HTTP/1.1", b"Host: h", b"Content-Length: 1", b"Expect: " + value).expects_continue is expects


REFUSED = [
    pytest.param([b"GET / HTTP/1.1"], "no Host header", id="no-host"),
    pytest.param([b"GET / HTTP/1.1", b"Host: h", b"host: h"], "2 Host headers", id="two-hosts"),
    pytest.param([b"GET / HTTP/1.0", b"Host: h", b"Host: i"], "2 Host headers", id="two-hosts-of-1.0"),
    pytest.param([b"GET / HTTP/2.0", b"Host: h"], "HTTP/2.0 is not spoken here", id="http-2.0"),
    pytest.param([b"PRI * HTTP/2.0"], "HTTP/2.0 is not spoken here", id="prior-knowledge-of-http-2"),
    pytest.param([b"GET / HTTP/1.2", b"Host: h"], "HTTP/1.2 is not spoken here", id="http-1.2"),
    pytest.param([b"GET / HTTP/0.9", b"Host: h"], "HTTP/0.9 is not spoken here", id="http-0.9"),
    pytest.param([b"GET / HTTPS/1.1", b"Host: h"], "does not end with `HTTP/1.1`", id="no-version"),
    pytest.param([b"GET /", b"Host: h"], "The first line is not", id="two-words"),
    pytest.param([b"GET /a b HTTP/1.1", b"Host: h"], "The first line is not", id="four-words"),
    pytest.param([b"GET  HTTP/1.1", b"Host: h"], "neither a path nor", id="empty-target"),
    pytest.param([b"GET https://h/ HTTP/1.1", b"Host: h"], "neither a path nor", id="another-scheme"),
    pytest.param([b"GET h:1 HTTP/1.1", b"Host: h"], "neither a path nor", id="authority-form"),
    pytest.param([b"CONNECT h:1 HTTP/1.1", b"Host: h"], "CONNECT", id="connect"),
    pytest.param([b"GET / HTTP/1.1", b"Host: h", b"X-A: 1", b" 2"], "in a second line", id="folded"),
    pytest.param([b"GET / HTTP/1.1", b"Host: h", b"X-A: 1", b"\t2"], "in a second line", id="folded-with-tab"),
    pytest.param(
        [b"POST / HTTP/1.1", b"Host: h", b"Content-Length: 5", b"Transfer-Encoding: chunked"],
        "Content-Length and Transfer-Encoding",
        id="both-lengths",
    ),
    pytest.param(
        [b"POST / HTTP/1.1", b"Host: h", b"Content-Length: 5", b"Content-Length: 5"], "one whole number", id="twice"
    ),
    pytest.param([b"POST / HTTP/1.1", b"Host: h", b"Content-Length: +5"], "one whole number", id="sign"),
    pytest.param([b"POST / HTTP/1.1", b"Host: h", b"Content-Length: 5, 5"], "one whole number", id="list"),
    pytest.param([b"POST / HTTP/1.1", b"Host: h", b"Content-Length:"], "one whole number", id="empty"),
    pytest.param([b"POST / HTTP/1.1", b"Host: h", b"Content-Length: \xb2"], "one whole number", id="other-digits"),
    pytest.param([b"POST / HTTP/1.1", b"Host: h", b"Content-Length: " + b"9" * 4301], "one whole number", id="huge"),
    pytest.param([b"POST / HTTP/1.1", b"Host: h", b"Transfer-Encoding: gzip, chunked"], "something else", id="gzip"),
    pytest.param([b"POST / HTTP/1.1", b"Host: h", b"Transfer-Encoding: identity"], "something else", id="identity"),
    pytest.param([b"POST / HTTP/1.1", b"Host: h", b"Transfer-Encoding: chunked, chunked"], "something", id="chunked²"),
    pytest.param([b"POST / HTTP/1.1", b"Host: h", *[b"Transfer-Encoding: chunked"] * 2], "something", id="two-codings"),
    pytest.param([b"POST / HTTP/1.0", b"Transfer-Encoding: chunked"], "no part of HTTP/1.0", id="chunked-of-1.0"),
]


@pytest.mark.parametrize(("lines", "said"), REFUSED)
def test_what_is_refused(lines: list[bytes], said: str) -> None:
    assert said in refusal(*lines)


class Listener:
    """What llhttp reads."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []
        self.is_whole = False

    def on_header(self, name: bytes, value: bytes) -> None:
        self.pairs.append((name.decode("latin-1"), value.decode("latin-1").strip(" \t")))

    def on_message_complete(self) -> None:
        self.is_whole = True


PIECES = st.sampled_from(
    [b"Host: h\r\n", b"Content-Length: 5\r\n", b"Content-Length:0\r\n", b"Content-Length : 5\r\n", b"X: \xff \t\r\n",
     b"Transfer-Encoding: chunked\r\n", b"transfer-encoding:\tCHUNKED \r\n", b"Upgrade: h2c\r\n", b"Upgrade : h2c\r\n",
     b"Connection: Upgrade\r\n", b"Connection: close\r\n", b": x\r\n", b"X\r\n", b"X:\r\n", b" y\r\n", b"\n", b"\r",
     b"\x00", b"\x0b", b"X: a\nTransfer-Encoding: chunked\r\n", b"X: a\rContent-Length: 3\r\n"]
)  # fmt: skip


@given(st.sampled_from([b"1.1", b"1.0"]), st.lists(PIECES, max_size=6))
@example(b"1.1", [b"Upgrade: h2c\r\n", b"Connection: Upgrade\r\n", b"Content-Length: 5\r\n"])
def test_llhttp_reads_the_same_or_refuses(version: bytes, pieces: list[bytes]) -> None:
    """Two readers of one head that disagree are how requests are smuggled."""
    found = read_head(b"POST /x HTTP/" + version + b"\r\n" + HOST + b"".join(pieces) + b"\r\n")
    if isinstance(found, Refusal):
        return
    listener = Listener()
    try:
        httptools.HttpRequestParser(listener).feed_data(found.data)
    except httptools.HttpParserUpgrade:
        raise AssertionError("llhttp takes the body for another protocol") from None
    except httptools.HttpParserError:
        return
    assert listener.pairs == [pair for pair in found.headers if pair[0].lower() != "upgrade"]
    assert listener.is_whole is not found.has_body
