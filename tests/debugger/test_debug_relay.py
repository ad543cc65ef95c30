"""Messages of the Debug Adapter Protocol, and heads of HTTP, as they come in over a connection."""

import asyncio

import pytest

from emulator.debugger.debug_relay import read_head, read_message

MESSAGE = b'{"seq": 1}'
WHOLE = b"Content-Length: 10\r\n\r\n" + MESSAGE


def read(function: str, data: bytes, *, ended: bool = True) -> tuple[bytes | None, bytes]:
    """What was read, and what is left; one that does not end is not waited for."""

    async def main() -> tuple[bytes | None, bytes]:
        source = asyncio.StreamReader()
        source.feed_data(data)
        if ended:
            source.feed_eof()
        found = await asyncio.wait_for({"message": read_message, "head": read_head}[function](source), 5)
        source.feed_eof()
        return found, await source.read()

    return asyncio.run(main())


def test_one_message_at_a_time() -> None:
    assert read("message", WHOLE + b"next", ended=False) == (MESSAGE, b"next")
    assert read("message", b"Content-Type: x\r\n" + WHOLE, ended=False) == (MESSAGE, b"")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"POST / HTTP/1.1\r\n", id="http-at-its-first-line"),
        pytest.param(b"Content-Length: 10\r\nHost: x\r\n", id="http-with-its-fields-turned-round"),
        pytest.param(b"\r\n", id="no-length"),
        pytest.param(b"Content-Length: 999999999\r\n\r\n", id="a-body-beyond-reason"),
        pytest.param(b"Content-Type: x\r\n" * 70, id="a-head-beyond-reason"),
        pytest.param(b"x" * 70_000, id="a-line-beyond-reason"),
    ],
)
def test_nothing_more_is_waited_for(data: bytes) -> None:
    found, _ = read("message", data, ended=False)
    assert found is None


@pytest.mark.parametrize("data", [b"", b"Content-Length: 10\r\n", WHOLE[:-1]])
def test_a_connection_that_ends(data: bytes) -> None:
    assert read("message", data)[0] is None


def test_heads() -> None:
    request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    assert read("head", request + b"frames", ended=False) == (request, b"frames")
    assert read("head", request[:-1]) == (None, b"")
    endless, _ = read("head", b"x" * 70_000, ended=False)
    assert endless is not None
    assert len(endless) > 60_000
