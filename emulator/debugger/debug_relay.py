"""How what an editor and the debugger in a function's process say to each other is carried."""

import asyncio
import contextlib

from emulator.debugger.debugging import DISCONNECT, RESTARTED, encode_message, is_disconnect, is_head, length_of

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]

_FAREWELL = 1.0
"""Seconds a process has to answer `disconnect`. It takes a millisecond."""

_CHUNK = 64 * 1024


async def relay_messages(editor: Stream, process: Stream) -> bool:
    """Pass messages of the Debug Adapter Protocol on until one of the two is gone; the other is told as the protocol
    wants. Return whether it was the process, and the editor was asked back."""
    sends = asyncio.ensure_future(_pass_messages(editor[0], process[1]))
    answers = asyncio.ensure_future(_pass_messages(process[0], editor[1]))
    try:
        await asyncio.wait((sends, answers), return_when=asyncio.FIRST_COMPLETED)
        if not sends.done():
            editor[1].write(RESTARTED)
            await editor[1].drain()
            return True
        if not sends.result():
            process[1].write(DISCONNECT)
        await asyncio.wait((answers,), timeout=_FAREWELL)
        return False
    finally:
        sends.cancel()
        answers.cancel()


async def _pass_messages(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> bool:
    """Pass messages on. Return whether the last one was about `disconnect`; else the connection was lost."""
    with contextlib.suppress(OSError):
        while (body := await read_message(source)) is not None:
            target.write(encode_message(body))
            await target.drain()
            if is_disconnect(body):
                return True
    return False


async def read_message(source: asyncio.StreamReader) -> bytes | None:
    """Read the body of a message; None when the connection has ended, or when something else than a message begins."""
    head = b""
    try:
        while (line := await source.readuntil(b"\r\n")) != b"\r\n":
            head += line
            if not is_head(head):
                return None
        length = length_of(head)
        return None if length is None else await source.readexactly(length)
    except (EOFError, OSError, asyncio.LimitOverrunError):
        return None


async def read_head(source: asyncio.StreamReader) -> bytes | None:
    """Read the head of an HTTP request; what there is of one that has no end within the reader's limit; None when it is
    cut short."""
    try:
        return await source.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError as error:
        return await source.readexactly(error.consumed)
    except (EOFError, OSError):
        return None


async def relay_bytes(editor: Stream, process: Stream) -> None:
    """Pass bytes on until one of the two is gone."""
    ways = [
        asyncio.ensure_future(_pass_bytes(editor[0], process[1])),
        asyncio.ensure_future(_pass_bytes(process[0], editor[1])),
    ]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()


async def _pass_bytes(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await source.read(_CHUNK):
            target.write(data)
            await target.drain()
