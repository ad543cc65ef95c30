"""Real files, saved as editors save them, by file events and by polling."""

import asyncio
import os
import shutil
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from emulator.reload.changes import Changes, Outcome
from emulator.reload.watch import Watcher
from serving.rim import PATIENCE

pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")
"""Two threads of watchdog's for inotify find the same folder within a new one, and one of them warns."""


@dataclass
class Desk:
    """A project, and what its watcher said."""

    folder: Path
    poll: bool = False
    platform: str = "linux"
    heard: list[Changes] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def write(self, name: str, text: str = "") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def run(self, scenario: Callable[[Watcher], Awaitable[None]], *roots: str, ready: bool = True) -> None:
        async def main() -> None:
            watcher = self.watcher(*roots)
            watcher.start()
            try:
                if ready:
                    await self.ready(roots[0])
                await scenario(watcher)
            finally:
                watcher.stop()

        asyncio.run(main())

    def watcher(self, *roots: str) -> Watcher:
        folders = [self.folder / root for root in roots]
        return Watcher(
            folders,
            [self.folder / "emulator.yaml"],
            self.poll,
            self.heard.append,
            self.problems.append,
            on_note=self.notes.append,
            platform=self.platform,
        )

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():  # noqa: ASYNC110  what is waited for happens in threads of watchdog's
                await asyncio.sleep(0.005)

    async def ready(self, root: str) -> None:
        """Until a save is heard; watches are set, and files looked at first, in the background."""
        probe = self.write(f"{root}/probe.py", str(time.time()))
        await self.until(lambda: probe in self.complete())
        await self.quiet()
        self.heard.clear()

    async def quiet(self) -> None:
        """Until no change is incomplete and nothing more comes."""
        count = -1
        while count != len(self.heard) or self.incomplete():
            count = len(self.heard)
            await asyncio.sleep(0.17 if self.poll else 0.06)

    def incomplete(self) -> set[Path]:
        """What was last heard of as being written."""
        latest = {path: changes.outcome for changes in self.heard for path in changes.paths}
        return {path for path, outcome in latest.items() if outcome is Outcome.BEGUN}

    async def hears(self, *names: str) -> None:
        """These files, and no others, as changed and complete."""
        expected = {self.folder / name for name in names}
        await self.until(lambda: expected <= self.complete())
        await self.quiet()
        assert self.complete() == expected
        self.heard.clear()

    def complete(self) -> set[Path]:
        return self.told(Outcome.CHANGED)

    def told(self, outcome: Outcome) -> set[Path]:
        return {path for changes in self.heard if changes.outcome is outcome for path in changes.paths}


SOURCES = [
    pytest.param({}, id="inotify"),
    pytest.param({"poll": True}, id="poll"),
    pytest.param({"platform": "darwin"}, id="other-events"),
]


@pytest.fixture(params=SOURCES)
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
    desk = Desk(tmp_path, **request.param)
    desk.write("code/app.py", "1")
    desk.write("code/lib/util.py", "1")
    desk.write("emulator.yaml", "apis:")
    return desk


def truncate_and_write(path: Path) -> None:
    """nano, VS Code."""
    path.write_text("2")


def vim(path: Path) -> None:
    """Tries whether it may write, keeps a swap file, renames the old file to a backup, writes a new one."""
    path.with_name("4913").write_text("")
    path.with_name("4913").unlink()
    path.with_name(f".{path.name}.swp").write_text("x")
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_text("2")
    backup.unlink()


def jetbrains(path: Path) -> None:
    """PyCharm's safe write."""
    new, old = path.with_name(f"{path.name}___jb_tmp___"), path.with_name(f"{path.name}___jb_old___")
    new.write_text("2")
    path.rename(old)
    new.rename(path)
    old.unlink()


def emacs(path: Path) -> None:
    """A lock that leads nowhere, an auto-save file, a backup by renaming."""
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("user@host.123")
    path.with_name(f"#{path.name}#").write_text("2")
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text("2")
    path.with_name(f"#{path.name}#").unlink()
    lock.unlink()


def replace_from_elsewhere(path: Path) -> None:
    """A deployment tool, or `mv`."""
    elsewhere = path.parents[1] / "elsewhere.py"
    elsewhere.write_text("2")
    elsewhere.replace(path)


def delete(path: Path) -> None:
    path.unlink()


SAVES = [truncate_and_write, vim, jetbrains, emacs, replace_from_elsewhere, delete]


@pytest.mark.parametrize("save", SAVES)
def test_saves(desk: Desk, save: Callable[[Path], None]) -> None:
    async def scenario(watcher: Watcher) -> None:
        save(desk.folder / "code/app.py")
        await desk.hears("code/app.py")

    desk.run(scenario, "code")


def test_incomplete_comes_first_and_complete_when_it_is_closed(tmp_path: Path) -> None:
    """Linux tells when a file is closed after writing: until then half of it may be missing."""
    desk = Desk(tmp_path)
    path = desk.write("code/app.py", "1")

    async def scenario(watcher: Watcher) -> None:
        with path.open("w") as file:
            file.write("half")
            file.flush()
            await desk.until(lambda: bool(desk.heard))
            await asyncio.sleep(0.1)
            assert [changes.outcome for changes in desk.heard] == [Outcome.BEGUN]
            file.write(" and half")
        await desk.hears("code/app.py")

    desk.run(scenario, "code")


def test_several_saves_in_a_row_are_one_change(desk: Desk) -> None:
    """But for a machine that stops between two of them for longer than is waited, and does not do so every time."""
    names = ("code/app.py", "code/lib/util.py", "code/new.py")
    saved = {desk.folder / name for name in names}

    async def scenario(watcher: Watcher) -> None:
        changed: list[frozenset[Path]] = []
        for attempt in range(5):
            desk.heard.clear()
            for name in names:
                desk.write(name, f"attempt {attempt}")
            await desk.until(lambda: saved <= desk.complete())
            await desk.quiet()
            changed = [changes.paths for changes in desk.heard if changes.outcome is Outcome.CHANGED]
            if changed == [saved]:
                break
        assert changed == [saved]

    desk.run(scenario, "code")


def test_new_folders_and_files_in_them(desk: Desk) -> None:
    async def scenario(watcher: Watcher) -> None:
        desk.write("code/a/b/c.py")
        await desk.hears("code/a/b/c.py")
        desk.write("code/a/b/c.py", "2")
        await desk.hears("code/a/b/c.py")

    desk.run(scenario, "code")


@pytest.mark.parametrize("costly", [".venv/lib/x.py", "node_modules/x/y.js", "env/pyvenv.cfg"])
def test_new_folders_beside_a_virtual_environment(desk: Desk, costly: str) -> None:
    desk.write(costly)

    async def scenario(watcher: Watcher) -> None:
        desk.write("fresh/a/b.py")
        await desk.hears("fresh/a/b.py")
        desk.write("fresh/a/b.py", "2")
        desk.write("top.py")
        desk.write(costly, "2")
        await desk.hears("fresh/a/b.py", "top.py")

    desk.run(scenario, ".")


def test_removed_folder(desk: Desk) -> None:
    async def scenario(watcher: Watcher) -> None:
        shutil.rmtree(desk.folder / "code/lib")
        await desk.hears("code/lib/util.py")

    desk.run(scenario, "code")


def test_code_folder_that_is_replaced(desk: Desk) -> None:
    """A checkout may remove it and put it back."""

    async def scenario(watcher: Watcher) -> None:
        shutil.rmtree(desk.folder / "code")
        await desk.until(lambda: bool(desk.complete()))
        await desk.quiet()
        desk.heard.clear()
        desk.write("code/app.py", "2")
        await desk.until(lambda: desk.folder / "code/app.py" in desk.complete())
        await desk.quiet()
        desk.heard.clear()
        desk.write("code/app.py", "3")
        await desk.hears("code/app.py")

    desk.run(scenario, "code")


NOISE = [
    "code/__pycache__/app.cpython-312.pyc",
    "code/x.log",
    "code/.app.py.swp",
    "code/.mypy_cache/a/b.json",
    "note.txt",
]


def test_noise(desk: Desk) -> None:
    async def scenario(watcher: Watcher) -> None:
        for name in NOISE:
            desk.write(name, "x")
        desk.write("code/app.py", "2")
        await desk.hears("code/app.py")

    desk.run(scenario, "code")


def test_reading_is_no_change(desk: Desk) -> None:
    async def scenario(watcher: Watcher) -> None:
        (desk.folder / "code/app.py").read_text()
        (desk.folder / "code/lib/util.py").chmod(0o600)
        desk.write("emulator.yaml", "apis: {}")
        await desk.hears("emulator.yaml")

    desk.run(scenario, "code")


def test_linked_code(desk: Desk) -> None:
    desk.write("shared/util.py")
    desk.write("files/settings.json")
    (desk.folder / "linked").symlink_to(desk.folder / "code")
    (desk.folder / "code/shared").symlink_to(desk.folder / "shared")
    (desk.folder / "code/settings.json").symlink_to(desk.folder / "files/settings.json")

    async def scenario(watcher: Watcher) -> None:
        for written, known in (
            ("code/app.py", "linked/app.py"),
            ("shared/util.py", "linked/shared/util.py"),
            ("files/settings.json", "linked/settings.json"),
        ):
            desk.write(written, "2")
            await desk.hears(known)

    desk.run(scenario, "linked")


def test_what_is_saved_before_the_watches_are_set(desk: Desk) -> None:
    async def scenario(watcher: Watcher) -> None:
        desk.write("code/app.py", "2")
        await desk.until(lambda: desk.folder / "code/app.py" in desk.complete())

    desk.run(scenario, "code", ready=False)


def test_what_was_saved_before_the_start_is_no_change(desk: Desk) -> None:
    old = time.time() - 5
    for path in (desk.folder / "code").rglob("*.py"):
        os.utime(path, (old, old))
    moment = time.time() + 0.1
    while time.time() < moment:
        pass  # the kernel's change time cannot be set

    async def scenario(watcher: Watcher) -> None:
        desk.write("emulator.yaml", "apis: {}")
        await desk.hears("emulator.yaml")

    desk.run(scenario, "code", ready=False)


def test_update(desk: Desk) -> None:
    desk.write("other/app.py")

    async def scenario(watcher: Watcher) -> None:
        watcher.update([desk.folder / "other"], [desk.folder / "emulator.yaml"])
        await desk.ready("other")
        desk.write("code/app.py", "2")
        desk.write("other/app.py", "2")
        await desk.hears("other/app.py")

    desk.run(scenario, "code")


def test_start_and_stop_leave_no_thread(desk: Desk) -> None:
    threads, descriptors = threading.active_count(), psutil.Process().num_fds()

    async def main() -> None:
        watcher = desk.watcher("code")
        watcher.start()
        await desk.ready("code")
        watcher.stop()

    asyncio.run(main())
    assert threading.active_count() <= threads
    assert psutil.Process().num_fds() <= descriptors


def test_stopped_before_the_watches_are_set(desk: Desk) -> None:
    async def main() -> None:
        watcher = desk.watcher("code")
        watcher.start()
        watcher.stop()
        desk.write("code/app.py", "2")
        await asyncio.sleep(0.2)

    asyncio.run(main())
    assert desk.heard == []


@pytest.mark.parametrize(
    ("platform", "refusing", "error"),
    [
        pytest.param(
            "linux",
            "emulator.reload.inotify_queue.InotifyQueue.add",
            OSError(28, "inotify watch limit reached"),
            id="inotify",
        ),
        pytest.param(
            "darwin", "watchdog.observers.Observer", SystemError("Cannot start fsevents stream"), id="other-events"
        ),
    ],
)
def test_polls_when_the_system_gives_no_events(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, refusing: str, error: Exception
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(refusing, refuse)
    desk = Desk(tmp_path, platform=platform)
    desk.write("code/app.py", "1")

    async def scenario(watcher: Watcher) -> None:
        await desk.until(lambda: bool(desk.problems))
        desk.write("code/app.py", "2")
        await desk.until(lambda: desk.folder / "code/app.py" in desk.complete())

    desk.run(scenario, "code", ready=False)
    reason = error.args[-1]
    assert desk.problems == [f"file events are not available ({reason}); files are polled instead"]


def test_polls_where_a_mount_tells_of_no_saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mountinfo = tmp_path / "mountinfo"
    monkeypatch.setattr("emulator.reload.inotify._MOUNTS", mountinfo)
    desk = Desk(tmp_path)
    shared, moved = desk.write("shared/app.py", "1").parent, desk.write("moved/app.py", "1").parent
    mountinfo.write_text(f"82 81 0:45 / {shared} rw,relatime - virtiofs mount0 rw")

    async def scenario(watcher: Watcher) -> None:
        watcher.update([shared, moved], [])
        await desk.until(lambda: bool(desk.notes))
        desk.write("shared/app.py", "2")
        await desk.until(lambda: shared / "app.py" in desk.complete())
        watcher.update([shared], [])
        await desk.quiet()

    desk.run(scenario, "moved")
    assert desk.problems == []
    told = "is on a mount of the type virtiofs, which tells of no save made on its other side"
    assert desk.notes == [f"{shared} {told}: files are polled, as with --poll"]


async def caught_up(watcher: Watcher) -> None:
    reported = watcher.catch_up()
    if reported is not None:
        await reported


@pytest.mark.parametrize("save", SAVES)
def test_who_asks_hears_of_every_save_before(desk: Desk, save: Callable[[Path], None]) -> None:
    async def scenario(watcher: Watcher) -> None:
        for count in range(3):
            path = desk.write("code/app.py", f"x{count}")
            await desk.hears("code/app.py")
            save(path)
            await caught_up(watcher)
            assert path in desk.told(Outcome.BEGUN)
            await desk.hears("code/app.py")

    desk.run(scenario, "code")


def test_who_asks_while_watches_are_being_set_waits(desk: Desk) -> None:
    async def scenario(watcher: Watcher) -> None:
        path = desk.write("code/app.py", "2")
        await caught_up(watcher)
        assert path in desk.told(Outcome.BEGUN)

    desk.run(scenario, "code", ready=False)


def test_who_asks_hears_of_new_folders(desk: Desk) -> None:
    async def scenario(watcher: Watcher) -> None:
        for name in ("code/a/b/c.py", "code/a/b/d/e.py"):
            path = desk.write(name)
            await caught_up(watcher)
            assert path in desk.told(Outcome.BEGUN)
        (desk.folder / "code/a").rename(desk.folder / "code/z")
        await caught_up(watcher)
        assert {desk.folder / "code/z/b/c.py", desk.folder / "code/z/b/d/e.py"} <= desk.told(Outcome.BEGUN)
        await desk.quiet()
        desk.heard.clear()
        desk.write("code/z/b/d/e.py", "2")
        await caught_up(watcher)
        await desk.hears("code/z/b/d/e.py")

    desk.run(scenario, "code")


def test_nothing_to_wait_for(tmp_path: Path) -> None:
    """inotify knows at once that nothing was saved; reading, and what is not watched, is no save."""
    desk = Desk(tmp_path)
    path = desk.write("code/app.py")

    async def scenario(watcher: Watcher) -> None:
        for _ in range(100):
            path.read_text()
            desk.write("beside.txt")
            assert watcher.catch_up() is None
        assert desk.heard == []

    desk.run(scenario, "code")


def test_those_who_ask_when_it_is_stopped_are_let_go(desk: Desk) -> None:
    async def main() -> None:
        watcher = desk.watcher("code")
        watcher.start()
        reported = watcher.catch_up()
        assert reported is not None
        watcher.stop()
        async with asyncio.timeout(PATIENCE):
            await reported
            await caught_up(watcher)

    asyncio.run(main())


def test_one_who_goes_away_takes_nobody_along(desk: Desk) -> None:
    async def main() -> None:
        watcher = desk.watcher("code")
        watcher.start()
        first, second = (asyncio.create_task(caught_up(watcher)) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        async with asyncio.timeout(PATIENCE):
            await second
        watcher.stop()

    asyncio.run(main())


def write_again(path: Path) -> None:
    path.write_text(path.read_text())


def append_nothing(path: Path) -> None:
    with path.open("a"):
        os.utime(path)


def away_and_back(path: Path) -> None:
    path.rename(path.with_name("away.py"))
    path.with_name("away.py").rename(path)


@pytest.mark.parametrize("save", [write_again, append_nothing, away_and_back])
def test_the_same_content_is_no_change(desk: Desk, save: Callable[[Path], None]) -> None:
    """It is reported as begun perhaps, and then as none."""

    async def scenario(watcher: Watcher) -> None:
        for _ in range(3):
            save(desk.folder / "code/app.py")
            await caught_up(watcher)
            await desk.quiet()
        assert desk.complete() == set()
        assert desk.told(Outcome.BEGUN) == desk.told(Outcome.UNCHANGED)

    desk.run(scenario, "code")


def test_a_configuration_that_is_saved_as_it_was_is_a_change(desk: Desk) -> None:
    """A folder that was missing when it was read may be there now."""

    async def scenario(watcher: Watcher) -> None:
        write_again(desk.folder / "emulator.yaml")
        await desk.hears("emulator.yaml")

    desk.run(scenario, "code")


def test_a_configuration_is_reported_apart_and_when_it_is_whole(desk: Desk) -> None:
    """Emptied, then filled: one change, which no code waits for."""

    async def scenario(watcher: Watcher) -> None:
        desk.write("emulator.yaml", "")
        await caught_up(watcher)
        assert watcher.is_configuration_changing
        desk.write("code/app.py", "2")
        await desk.until(lambda: bool(desk.complete()))
        assert desk.complete() == {desk.folder / "code/app.py"}
        for _ in range(3):
            await asyncio.sleep(0.2)  # of the one who writes
            assert watcher.is_configuration_changing
        desk.write("emulator.yaml", "apis: {}")
        await desk.until(lambda: desk.folder / "emulator.yaml" in desk.complete())
        assert not watcher.is_configuration_changing
        assert [changes.paths for changes in desk.heard if changes.outcome is Outcome.CHANGED] == [
            {desk.folder / "code/app.py"},
            {desk.folder / "emulator.yaml"},
        ]

    desk.run(scenario, "code")


def test_a_configuration_that_stays_empty(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write("code/app.py", "1")

    async def scenario(watcher: Watcher) -> None:
        desk.write("emulator.yaml", "")
        await desk.hears("emulator.yaml")

    desk.run(scenario, "code")


def test_what_is_no_source_is_no_change(desk: Desk) -> None:
    async def scenario(watcher: Watcher) -> None:
        os.mkfifo(desk.folder / "code/pipe.py")
        (desk.folder / "code/zero.py").symlink_to("/dev/zero")
        reading = os.open(desk.folder / "code/pipe.py", os.O_RDONLY | os.O_NONBLOCK)
        (desk.folder / "code/pipe.py").write_text("x")
        os.close(reading)
        await caught_up(watcher)
        desk.write("code/app.py", "2")
        await desk.hears("code/app.py")

    desk.run(scenario, "code")


def test_more_than_the_queue_holds(tmp_path: Path) -> None:
    """The kernel drops events then, and says so: everything is looked at."""
    desk = Desk(tmp_path)
    path = desk.write("code/app.py", "1")
    desk.write("code/same.py", "1")
    limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())

    async def scenario(watcher: Watcher) -> None:
        here, there = desk.write("code/here.log"), desk.folder / "code/there.log"
        for _ in range(limit // 4 + 100):  # two events each
            here.rename(there)
            there.rename(here)
        desk.write("code/app.py", "2")
        desk.write("code/new/app.py")
        await caught_up(watcher)
        assert path in desk.told(Outcome.BEGUN)
        await desk.hears("code/app.py", "code/new/app.py")
        desk.write("code/new/app.py", "2")
        await desk.hears("code/new/app.py")

    desk.run(scenario, "code")


@pytest.mark.parametrize("root", ["current", "current/lib"])
def test_link_that_is_led_elsewhere(desk: Desk, root: str) -> None:
    """As deployment tools do with their releases."""
    shutil.copytree(desk.folder / "code", desk.folder / "releases/1")
    shutil.copytree(desk.folder / "code", desk.folder / "releases/2")
    current, beside = desk.folder / "current", desk.folder / "beside"
    current.symlink_to("releases/1")

    async def scenario(watcher: Watcher) -> None:
        beside.symlink_to("releases/2")
        beside.replace(current)
        await caught_up(watcher)
        assert desk.folder / root in desk.told(Outcome.BEGUN)
        await desk.until(lambda: desk.folder / root in desk.complete())
        await desk.quiet()
        desk.heard.clear()
        name = "app.py" if root == "current" else "util.py"
        desk.write(f"{root}/{name}", "2")
        await desk.hears(f"{root}/{name}")

    desk.run(scenario, root)


@pytest.mark.parametrize("moved", ["project/code", "project"])
def test_code_folder_that_is_moved_away_and_back(tmp_path: Path, moved: str) -> None:
    desk = Desk(tmp_path)
    path = desk.write("project/code/app.py", "1")

    async def scenario(watcher: Watcher) -> None:
        (desk.folder / moved).rename(desk.folder / "elsewhere")
        await caught_up(watcher)
        assert path in desk.told(Outcome.BEGUN)
        await desk.until(lambda: path in desk.complete())
        desk.heard.clear()
        (desk.folder / "elsewhere").rename(desk.folder / moved)
        await caught_up(watcher)
        assert path in desk.told(Outcome.BEGUN)
        await desk.until(lambda: path in desk.complete())
        await desk.quiet()
        desk.heard.clear()
        desk.write("project/code/app.py", "2")
        await desk.hears("project/code/app.py")

    desk.run(scenario, "project/code")


def test_linked_module_that_is_added(desk: Desk) -> None:
    desk.write("shared/util.py")
    desk.write("files/settings.py")

    async def scenario(watcher: Watcher) -> None:
        (desk.folder / "code/shared").symlink_to("../shared")
        (desk.folder / "code/settings.py").symlink_to("../files/settings.py")
        await caught_up(watcher)
        known = {desk.folder / "code/shared/util.py", desk.folder / "code/settings.py"}
        assert known <= desk.told(Outcome.BEGUN)
        await desk.until(lambda: known <= desk.complete())
        await desk.quiet()
        desk.heard.clear()
        for name in ("shared/util.py", "files/settings.py"):
            desk.write(name, "2")
            await caught_up(watcher)
        assert known <= desk.told(Outcome.BEGUN)
        await desk.quiet()
        desk.heard.clear()
        (desk.folder / "code/shared").unlink()
        await caught_up(watcher)
        assert desk.folder / "code/shared/util.py" in desk.told(Outcome.BEGUN)

    desk.run(scenario, "code")


def test_links_that_lead_nowhere_or_in_circles(desk: Desk) -> None:
    (desk.folder / "code/nowhere.py").symlink_to(desk.folder / "missing/x.py")
    (desk.folder / "code/self").symlink_to(desk.folder / "code")
    (desk.folder / "code/circle").symlink_to("circle")

    async def scenario(watcher: Watcher) -> None:
        desk.write("code/lib/util.py", "2")
        await caught_up(watcher)
        assert desk.folder / "code/lib/util.py" in desk.told(Outcome.BEGUN)
        await desk.quiet()
        if not desk.poll and desk.platform == "linux":
            assert watcher.catch_up() is None

    desk.run(scenario, "code")
