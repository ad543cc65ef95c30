"""Real files, heard of by watchdog as this system gives it events."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from emulator.reload.file_events import FileEvents
from emulator.reload.targets import Targets
from serving.rim import PATIENCE

pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")
"""Two threads of watchdog's for inotify find the same folder within a new one, and one of them warns."""


class Desk:
    """A project, and whether its look was nudged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.nudged = threading.Event()
        self.events = FileEvents(self.nudged.set)
        for name in ("code/app.py", "code/lib/util.py", "code/cold/x.py", "shared/x.py", "emulator.yaml"):
            self.write(name)
        (folder / "code/shared").symlink_to("../shared")

    def write(self, name: str, text: str = "") -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def watch(self) -> None:
        self.events.watch(Targets.of([self.folder / "code"], [self.folder / "emulator.yaml"]))

    def settle(self) -> None:
        """Until what happened so far has nudged."""
        while self.nudged.wait(0.2):
            self.nudged.clear()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    desk.watch()
    yield desk
    desk.events.stop()


SAVES = ["code/app.py", "code/lib/util.py", "code/new/a/b.py", "shared/x.py", "emulator.yaml"]


@pytest.mark.parametrize("name", SAVES)
def test_a_save_nudges(desk: Desk, name: str) -> None:
    desk.write(name, "2")
    assert desk.nudged.wait(PATIENCE)


def swap(folder: Path) -> None:
    (folder / "app.py.tmp").write_text("2")
    (folder / "app.py.tmp").replace(folder / "app.py")


@pytest.mark.parametrize(
    "happen",
    [
        pytest.param(swap, id="moved-over-it"),
        pytest.param(lambda code: (code / "app.py").unlink(), id="deleted"),
        pytest.param(lambda code: shutil.rmtree(code / "lib"), id="folder-deleted"),
        pytest.param(lambda code: code.rename(code.with_name("away")), id="code-folder-moved"),
    ],
)
def test_what_else_nudges(desk: Desk, happen: Callable[[Path], None]) -> None:
    happen(desk.folder / "code")
    assert desk.nudged.wait(PATIENCE)


def test_reading_and_noise_do_not(desk: Desk) -> None:
    (desk.folder / "code/app.py").read_text()
    list((desk.folder / "code").iterdir())
    for name in ("code/x.log", "code/.app.py.swp", "code/app.pyc", "beside.log"):
        desk.write(name, "x")
    assert not desk.nudged.wait(0.2)


@pytest.mark.parametrize("is_same", [True, False])
def test_a_code_folder_in_anothers_place_is_watched(desk: Desk, is_same: bool) -> None:
    """Also where the file system gives it the inode of the one before."""
    shutil.rmtree(desk.folder / "code")
    if not is_same:
        (desk.folder / "other").mkdir()
    desk.write("code/app.py")
    desk.settle()
    desk.watch()
    desk.write("code/app.py", "2")
    assert desk.nudged.wait(PATIENCE)


def test_watching_the_same_again_changes_nothing(desk: Desk) -> None:
    threads = set(threading.enumerate())
    desk.watch()
    assert set(threading.enumerate()) == threads


def test_stopped_before_anything_is_watched() -> None:
    FileEvents(lambda: None).stop()


def test_a_folder_that_goes_while_it_is_about_to_be_watched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are watched, and it is when it is back."""
    from watchdog.observers.api import BaseObserver

    schedule = BaseObserver.schedule

    def gone(observer: BaseObserver, handler: FileEvents, path: str, **options: Any) -> Any:
        if path.endswith("code"):
            raise FileNotFoundError(2, "No such file or directory")
        return schedule(observer, handler, path, **options)  # type: ignore[arg-type]

    shutil.rmtree(desk.folder / "code/lib")
    desk.settle()
    with monkeypatch.context() as patched:
        patched.setattr(BaseObserver, "schedule", gone)
        desk.watch()
    desk.write("emulator.yaml", "2")
    assert desk.nudged.wait(PATIENCE)
    desk.settle()
    desk.watch()
    desk.write("code/app.py", "2")
    assert desk.nudged.wait(PATIENCE)
