"""How the bytes that a process prints become lines of text."""

from emulator.aws.limits import LOG_EVENT_BYTES


class LineSplitter:
    r"""A splitter at "\n" alone, as log events are split; a "\r" before it goes. It holds at most one unfinished line
    of `LOG_EVENT_BYTES`; a longer one comes in pieces. Bytes that are not UTF-8 become U+FFFD."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[str]:
        """Return the lines that `data` completes."""
        *lines, rest = (self._rest + data).split(b"\n")
        pieces = [piece for line in lines for piece in _cut(line)]
        if len(rest) > LOG_EVENT_BYTES:
            *full, rest = _cut(rest)
            pieces += full
        self._rest = rest
        return [_decode(piece) for piece in pieces]

    def finish(self) -> list[str]:
        """Return the line that was begun and not ended, if there is one."""
        rest, self._rest = self._rest, b""
        return [_decode(rest)] if rest else []


def _cut(line: bytes) -> list[bytes]:
    return [line[start : start + LOG_EVENT_BYTES] for start in range(0, len(line), LOG_EVENT_BYTES)] or [b""]


def _decode(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", "replace")
