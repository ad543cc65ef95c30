import os
import time
from pathlib import Path

import pytest

from emulator.reload.changes import Targets
from emulator.reload.scan import changed_since, differences, plan_folders, plan_watches, scan


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")


def targets(*roots: Path, config: tuple[Path, ...] = ()) -> Targets:
    return Targets.of(roots, config)


def names(paths: object, folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in paths}  # type: ignore[attr-defined]


def test_scan_finds_sources_and_the_folder(tmp_path: Path) -> None:
    make(tmp_path, "app.py", "lib/x.py", "lib/__pycache__/x.pyc", "x.log", ".venv/a.py", "node_modules/b/c.js")
    make(tmp_path, "odd/pyvenv.cfg", "odd/lib/a.py")
    assert names(scan(targets(tmp_path), 0.0), tmp_path) == {".", "app.py", "lib/x.py"}


def test_scan_follows_links_and_leaves_circles(tmp_path: Path) -> None:
    make(tmp_path, "code/app.py", "shared/util.py", "single.py")
    (tmp_path / "code/shared").symlink_to(tmp_path / "shared")
    (tmp_path / "code/self").symlink_to(tmp_path / "code")
    (tmp_path / "code/one.py").symlink_to(tmp_path / "single.py")
    (tmp_path / "code/broken.py").symlink_to(tmp_path / "nowhere")
    found = names(scan(targets(tmp_path / "code"), 0.0), tmp_path / "code")
    assert found == {".", "app.py", "shared/util.py", "one.py"}


def test_only_regular_files_count(tmp_path: Path) -> None:
    make(tmp_path, "code/app.py")
    os.mkfifo(tmp_path / "code/pipe")
    (tmp_path / "code/zero.py").symlink_to("/dev/zero")
    (tmp_path / "code/loop.py").symlink_to("loop.py")
    os.mkfifo(tmp_path / "local.env")
    found = scan(targets(tmp_path / "code", config=(tmp_path / "local.env",)), time.time())
    assert names(found, tmp_path) == {"code", "code/app.py"}


def test_a_link_to_the_whole_system_is_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "code/app.py")
    for name in ("/", "/proc", "/dev"):
        (tmp_path / "code" / f"link{name.replace('/', '-')}").symlink_to(name)
    assert names(scan(targets(tmp_path / "code"), 0.0), tmp_path) == {"code", "code/app.py"}
    assert {watch for watch, _, only in folders(tmp_path, "code")[0] if not only} == {"code"}


def test_configuration_files_and_what_is_missing(tmp_path: Path) -> None:
    make(tmp_path, "emulator.yaml", "other.yaml")
    config = (tmp_path / "emulator.yaml", tmp_path / "missing.yaml")
    found = scan(targets(tmp_path / "missing", config=config), 0.0)
    assert names(found, tmp_path) == {"emulator.yaml"}


def test_differences(tmp_path: Path) -> None:
    make(tmp_path, "same.py", "written.py", "deleted.py", "touched.py")
    before = scan(targets(tmp_path), time.time())
    (tmp_path / "written.py").write_text("x")
    (tmp_path / "deleted.py").unlink()
    os.utime(tmp_path / "touched.py", (1, 1))
    make(tmp_path, "created.py")
    after = scan(targets(tmp_path), time.time())
    assert names(differences(before, after), tmp_path) == {"written.py", "deleted.py", "touched.py", "created.py"}


@pytest.mark.parametrize("text", ["a", "b"])
def test_saves_of_one_second_and_one_size_differ_by_content(tmp_path: Path, text: str) -> None:
    path = tmp_path / "app.py"
    now = int(time.time())
    path.write_text("a")
    os.utime(path, (now, now))
    before = scan(targets(tmp_path), time.time())
    path.write_text(text)
    os.utime(path, (now, now))
    after = scan(targets(tmp_path), time.time())
    assert bool(differences(before, after)) == (text == "b")


def test_growing_old_is_no_difference(tmp_path: Path) -> None:
    make(tmp_path, "app.py")
    now = time.time()
    assert differences(scan(targets(tmp_path), now), scan(targets(tmp_path), now + 3600)) == set()


def test_changed_since(tmp_path: Path) -> None:
    make(tmp_path, "code/old.py", "beside.py")
    old = tmp_path / "beside.py"
    os.utime(old, (1, 1))
    moment = time.time() + 0.05
    while time.time() < moment + 0.05:
        pass
    make(tmp_path, "code/new.py")
    old.rename(tmp_path / "code/moved_here_with_its_old_time.py")
    found = names(changed_since(moment, targets(tmp_path / "code")), tmp_path / "code")
    assert found == {"new.py", "moved_here_with_its_old_time.py"}


def plan(folder: Path, *roots: str, config: tuple[str, ...] = ()) -> set[tuple[str, str, bool, str]]:
    wanted = targets(*(folder / root for root in roots), config=tuple(folder / name for name in config))
    return {
        (str(w.folder.relative_to(folder)), str(w.known_as.relative_to(folder)), w.recursive, w.only)
        for w in plan_watches(wanted)
    }


def test_one_watch_where_nothing_is_in_the_way(tmp_path: Path) -> None:
    make(tmp_path, "code/a/b.py", "code/__pycache__/x.pyc")
    assert plan(tmp_path, "code") == {("code", "code", True, "")}


def test_no_watch_reaches_into_costly_folders(tmp_path: Path) -> None:
    make(tmp_path, ".venv/lib/x.py", "a/x.py", "b/c/node_modules/x.js", "b/c/d/y.py", "b/e/z.py")
    assert plan(tmp_path, ".") == {
        (".", ".", False, ""),
        ("a", "a", True, ""),
        ("b", "b", False, ""),
        ("b/c", "b/c", False, ""),
        ("b/c/d", "b/c/d", True, ""),
        ("b/e", "b/e", True, ""),
    }


def test_links_are_watched_where_they_lead(tmp_path: Path) -> None:
    make(tmp_path, "real/app.py", "shared/util.py", "files/one.py")
    (tmp_path / "code").symlink_to(tmp_path / "real")
    (tmp_path / "real/shared").symlink_to(tmp_path / "shared")
    (tmp_path / "real/one.py").symlink_to(tmp_path / "files/one.py")
    assert plan(tmp_path, "code") == {
        ("real", "code", True, ""),
        ("shared", "code/shared", True, ""),
        ("files", "code/one.py", False, "one.py"),
    }


def test_configuration_files_are_watched_in_their_folder_and_where_they_lead(tmp_path: Path) -> None:
    make(tmp_path, "etc/real.yaml", "emulator.yaml")
    (tmp_path / "linked.yaml").symlink_to(tmp_path / "etc/real.yaml")
    assert plan(tmp_path, config=("emulator.yaml", "linked.yaml")) == {
        (".", "emulator.yaml", False, "emulator.yaml"),
        (".", "linked.yaml", False, "linked.yaml"),
        ("etc", "linked.yaml", False, "real.yaml"),
    }


def folders(folder: Path, *roots: str, config: tuple[str, ...] = ()) -> tuple[set[tuple[str, str, str]], set[str]]:
    """(folder, known as, only) of each watch, and the links."""
    plan = plan_folders(targets(*(folder / root for root in roots), config=tuple(folder / name for name in config)))
    assert {folder.parent, Path("/")} <= plan.ways
    watches = {(str(w.folder.relative_to(folder)), str(w.known_as.relative_to(folder)), w.only) for w in plan.watches}
    assert not any(watch.recursive for watch in plan.watches)
    return watches, {str(link.relative_to(folder)) for link in plan.links}


def test_each_folder_is_watched_and_the_root_from_outside(tmp_path: Path) -> None:
    make(tmp_path, "code/a/b.py", "code/__pycache__/x.pyc", "code/.venv/x.py", "code/env/pyvenv.cfg", "emulator.yaml")
    assert folders(tmp_path, "code", config=("emulator.yaml",)) == (
        {
            (".", "code", "code"),
            ("code", "code", ""),
            ("code/a", "code/a", ""),
            (".", "emulator.yaml", "emulator.yaml"),
        },
        set(),
    )


def test_links_are_watched_themselves_and_where_they_lead(tmp_path: Path) -> None:
    """`current -> latest -> releases/1`; a linked file; links that lead nowhere, in circles, or are an editor's."""
    make(tmp_path, "releases/1/src/app.py", "files/one.py", "shared/util.py")
    (tmp_path / "latest").symlink_to(tmp_path / "releases/1")
    (tmp_path / "current").symlink_to("latest")
    source = tmp_path / "releases/1/src"
    (source / "one.py").symlink_to("../../../files/one.py")
    (source / "shared").symlink_to(tmp_path / "shared")
    (source / "loop.py").symlink_to("loop.py")
    (source / ".#app.py").symlink_to("user@host.1")
    watches, links = folders(tmp_path, "current/src")
    real, known = "releases/1/src", "current/src"
    assert watches >= {
        (".", known, "current"),
        (".", known, "latest"),
        ("releases/1", known, "src"),
        (real, known, ""),
        (real, f"{known}/one.py", "one.py"),
        ("files", f"{known}/one.py", "one.py"),
        (real, f"{known}/shared", "shared"),
        ("shared", f"{known}/shared", ""),
    }
    assert links == {"current", "latest", f"{real}/one.py", f"{real}/shared", f"{real}/loop.py"}
