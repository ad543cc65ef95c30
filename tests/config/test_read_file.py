import os
from pathlib import Path

import pytest

from emulator.config.read_file import LONGEST, Reader, contents_of


def test_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read is known by absolute path."""
    monkeypatch.chdir(tmp_path)
    Path("emulator.yaml").write_text("apis:")
    reader = Reader()
    assert reader.read(Path("emulator.yaml")) == b"apis:"
    assert reader.contents == {tmp_path / "emulator.yaml": b"apis:"}
    assert reader.files == (tmp_path / "emulator.yaml",)


@pytest.mark.parametrize(
    ("make", "error"),
    [
        pytest.param(lambda path: None, FileNotFoundError, id="missing"),
        pytest.param(lambda path: path.mkdir(), IsADirectoryError, id="folder"),
        pytest.param(lambda path: path.symlink_to("/dev/zero"), OSError, id="no-end"),
        pytest.param(lambda path: path.symlink_to(path), OSError, id="link-loop"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, make: object, error: type[OSError]) -> None:
    make(tmp_path / "x")  # type: ignore[operator]
    reader = Reader()
    with pytest.raises(error):
        reader.read(tmp_path / "x")
    assert (reader.contents, reader.files) == ({}, ())
    assert contents_of([tmp_path / "x"]) == {}


def test_the_longest_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b" " * LONGEST)
    assert len(Reader().read(path)) == LONGEST
    path.write_bytes(b" " * (LONGEST + 1))
    with pytest.raises(OSError, match="more than 16 MB"):
        Reader().read(path)
    assert contents_of([path]) == {}


def test_a_pipe_gives_its_content_once(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"TABLE=local")
    os.close(writing)
    path = Path(f"/dev/fd/{reading}")
    first = Reader()
    assert first.read(path) == b"TABLE=local"
    assert first.files == ()
    second = Reader(first.contents)
    assert second.read(path) == b"TABLE=local"
    assert second.contents == first.contents
    assert contents_of([path]) == {}
    os.close(reading)


def test_later_nothing_waits_for_a_pipe_that_was_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "local.env")
    with pytest.raises(OSError, match="no regular file any more"):
        Reader({}).read(tmp_path / "local.env")
    assert contents_of([tmp_path / "local.env"]) == {}


def test_contents_of_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    (tmp_path / "b").write_text("")
    assert contents_of([tmp_path / name for name in "abc"]) == {tmp_path / "a": b"1", tmp_path / "b": b""}
