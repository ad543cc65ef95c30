"""The writer against real pipes and files: nobody waits for a reader, nothing is lost without a word."""

import asyncio
import io
import os
import resource
import select
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from emulator.console import writer as writer_module
from emulator.console.writer import PIECE, WAITING, Writer, polled
from serving.rim import run
from serving.stream import Stream


def missing(count: int, why: str) -> str:
    return f"({count} lines are missing: {why})"


@dataclass
class Pipe:
    """Both ends of a pipe, and the writer of one of them."""

    descriptor: int
    stream: io.TextIOWrapper
    gone: list[bool] = field(default_factory=list)

    @property
    def writer(self) -> Writer:
        return Writer(self.stream, missing, lambda: self.gone.append(True))

    def read(self) -> bytes:
        """What is there now."""
        return os.read(self.descriptor, 1 << 16) if select.select([self.descriptor], [], [], 0)[0] else b""

    def read_all(self) -> str:
        """What comes until the other end is closed."""
        return b"".join(iter(lambda: os.read(self.descriptor, 1 << 16), b"")).decode()

    def close_reader(self) -> None:
        os.close(self.descriptor)
        self.descriptor = -1


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    reader, writer = os.pipe()
    pipe = Pipe(reader, os.fdopen(writer, "w", encoding="utf-8"))
    yield pipe
    if pipe.descriptor >= 0:
        pipe.close_reader()
    try:
        pipe.stream.close()
    except OSError:
        assert pipe.gone


def conversing(conversation: Callable[[], Coroutine[Any, Any, None]]) -> None:
    run(conversation())


def test_what_was_added_is_one_write_at_the_pause() -> None:
    stream = Stream()
    writer = Writer(stream, missing)
    writer.add(["one", "two"])
    writer.add(["three"])
    assert stream.writes == []
    writer.pause(True)
    writer.pause(True)
    assert stream.writes == ["one\ntwo\nthree\n"]
    assert writer.finish()


def test_while_more_is_coming_it_writes_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "BATCH", 3600.0)
    stream = Stream()
    writer = Writer(stream, missing)
    for line in ("first", "second", "third"):
        writer.add([line])
        writer.pause(False)
    assert stream.writes == ["first\n"]
    writer.pause(True)
    assert stream.writes == ["first\n", "second\nthird\n"]


def test_a_reader_that_stopped_holds_nobody_up_and_loses_nothing(pipe: Pipe) -> None:
    """Several times what a pipe holds, in long lines and short ones; read only after all of it was taken."""
    lines = [f"{number} é \x9b {'x' * (number % 7 * PIECE // 3)}" for number in range(2000)]

    async def conversation() -> None:
        writer = pipe.writer
        for line in lines:
            writer.add([line])
            writer.pause(True)
        got = b""
        while not got.endswith(f"{lines[-1]}\n".encode()):
            got += pipe.read()
            await asyncio.sleep(0)  # the writer's turn
        assert got.decode().split("\n") == [*lines, ""]
        assert writer.finish()

    conversing(conversation)


def test_of_too_much_that_waits_the_oldest_is_missing_and_that_is_said_where_it_was(pipe: Pipe) -> None:
    line = "x" * (PIECE * 2)
    count = 3 * WAITING // len(line)

    async def conversation() -> None:
        writer = pipe.writer
        for number in range(count):
            writer.add([f"{number} {line}"])
            writer.pause(True)
        reader = threading.Thread(target=lambda: got.append(pipe.read_all()))
        reader.start()
        assert writer.finish()
        pipe.stream.close()
        reader.join()

    got: list[str] = []
    conversing(conversation)
    told = got[0].splitlines()
    (gap,) = [place for place, text in enumerate(told) if "missing" in text]
    dropped = int(told[gap].partition(" ")[0][1:])
    assert told[gap] == missing(dropped, "nobody reads it")
    before, after = [text for text in told[:gap] if text], told[gap + 1 :]
    assert [int(text.partition(" ")[0]) for text in after] == list(range(count - len(after), count))
    assert [int(text.partition(" ")[0]) for text in before] == list(range(len(before)))
    assert all(len(text.partition(" ")[2]) == len(line) for text in after)
    assert dropped in (count - len(after) - len(before), count - len(after) - len(before) + 1)


def test_half_a_line_that_was_written_is_ended_before_the_gap_is_told(
    pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "WAITING", 1 << 17)

    async def conversation() -> None:
        writer = pipe.writer
        writer.add(["y" * (1 << 18)])
        writer.pause(True)
        writer.add(["after"])
        writer.pause(True)
        reader = threading.Thread(target=lambda: got.append(pipe.read_all()))
        reader.start()
        assert writer.finish()
        pipe.stream.close()
        reader.join()

    got: list[str] = []
    conversing(conversation)
    assert got[0].splitlines()[-2:] == [missing(1, "nobody reads it"), "after"]


def test_a_reader_that_went_away_is_told_of_once(pipe: Pipe) -> None:
    writer = pipe.writer
    pipe.close_reader()
    for line in ("one", "two"):
        writer.add([line])
        writer.pause(True)
    assert pipe.gone == [True]
    assert writer.finish()
    os.dup2(os.open(os.devnull, os.O_WRONLY), pipe.stream.fileno())


def test_a_reader_that_takes_nothing_is_not_waited_for_at_the_end(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "FAREWELL", 0.01)

    async def conversation() -> None:
        writer = pipe.writer
        writer.add(["x" * (1 << 20)])
        writer.pause(True)
        assert not writer.finish()

    conversing(conversation)


@pytest.fixture
def limited() -> Iterator[Callable[[int], None]]:
    """Sets how large a file may become: a disk that is full beyond."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_costs_the_lines_it_has_no_room_for(tmp_path: Path, limited: Callable[[int], None]) -> None:
    file = tmp_path / "console.txt"
    with file.open("w") as stream:
        writer = Writer(stream, missing)
        told = []
        for size, line in ((100, "first"), (6, "second"), (6, "third"), (1 << 20, "fourth")):
            limited(size)
            writer.add([line])
            writer.pause(True)
            told.append(file.read_text())
        assert told[:3] == ["first\n"] * 3
        assert told[3].splitlines()[0] == "first"
        assert told[3].splitlines()[-2:] == [missing(2, "File too large"), "fourth"]
        assert writer.finish()


def test_a_disk_that_is_full_at_the_end_is_known(limited: Callable[[int], None], tmp_path: Path) -> None:
    with (tmp_path / "console.txt").open("w") as stream:
        writer = Writer(stream, missing)
        limited(0)
        writer.add(["lost"])
        writer.pause(True)
        assert not writer.finish()
        limited(1 << 20)


def test_only_what_has_a_reader_is_asked_for_room(tmp_path: Path, pipe: Pipe) -> None:
    with (tmp_path / "file").open("w") as file:
        assert polled(file) is None
    assert polled(Stream()) is None
    assert polled(pipe.stream) == pipe.stream.fileno()
