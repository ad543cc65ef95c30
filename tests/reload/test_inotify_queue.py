"""The kernel's events of real folders."""

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.reload import inotify_queue
from emulator.reload.inotify_queue import Event, InotifyQueue

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")

MASK = inotify_queue.IN_MODIFY | inotify_queue.IN_CREATE | inotify_queue.IN_DELETE


@pytest.fixture
def queue() -> Iterator[InotifyQueue]:
    queue = InotifyQueue()
    yield queue
    queue.close()


def test_what_happened_is_there_at_once_and_in_order(queue: InotifyQueue, tmp_path: Path) -> None:
    number = queue.add(tmp_path, MASK)
    assert (queue.readable(0), queue.read()) == ([], [])
    names = ["a.py", "ä b.py", os.fsdecode(b"\xff.py"), "x" * 255]
    for name in names:
        (tmp_path / name).touch()
    assert queue.readable(0)
    assert queue.read() == [Event(number, inotify_queue.IN_CREATE, name) for name in names]
    assert queue.read() == []
    (tmp_path / "folder").mkdir()
    assert queue.read() == [Event(number, inotify_queue.IN_CREATE | inotify_queue.IN_ISDIR, "folder")]


def test_a_folder_has_one_number_and_is_watched_for_all_that_was_asked(queue: InotifyQueue, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    number = queue.add(tmp_path, inotify_queue.IN_DELETE)
    assert queue.add(link, inotify_queue.IN_CREATE) == number
    (tmp_path / "a").touch()
    (tmp_path / "a").unlink()
    assert [event.mask for event in queue.read()] == [inotify_queue.IN_CREATE, inotify_queue.IN_DELETE]


def test_a_folder_that_is_gone_or_watched_no_more(queue: InotifyQueue, tmp_path: Path) -> None:
    for name in ("gone", "left"):
        (tmp_path / name).mkdir()
    gone, left = (queue.add(tmp_path / name, inotify_queue.IN_DELETE_SELF) for name in ("gone", "left"))
    (tmp_path / "gone").rmdir()
    queue.remove(gone)
    queue.remove(left)
    itself, ignored = inotify_queue.IN_DELETE_SELF, inotify_queue.IN_IGNORED
    assert queue.read() == [Event(gone, itself, ""), Event(gone, ignored, ""), Event(left, ignored, "")]


@pytest.mark.parametrize(
    ("name", "error"), [("missing", FileNotFoundError), ("file", NotADirectoryError), ("closed", PermissionError)]
)
def test_what_cannot_be_watched(queue: InotifyQueue, tmp_path: Path, name: str, error: type[OSError]) -> None:
    if name == "closed" and os.geteuid() == 0:
        pytest.skip("root may read every folder")
    (tmp_path / "file").touch()
    (tmp_path / "closed").mkdir(0o000)
    with pytest.raises(error):
        queue.add(tmp_path / name, MASK)


def test_a_closed_queue_gives_no_watch(tmp_path: Path) -> None:
    queue = InotifyQueue()
    queue.close()
    with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
        queue.add(tmp_path, MASK)
