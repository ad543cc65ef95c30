import os
from pathlib import Path

from emulator.reload.folders import files, plan_folders
from emulator.reload.targets import Targets


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")


def targets(*roots: Path, config: tuple[Path, ...] = ()) -> Targets:
    return Targets.of(roots, config)


def found(folder: Path, *roots: str, config: tuple[str, ...] = ()) -> set[str]:
    wanted = targets(*(folder / root for root in roots), config=tuple(folder / name for name in config))
    return {str(path.relative_to(folder)) for path, _ in files(wanted)}


def test_finds_sources(tmp_path: Path) -> None:
    make(tmp_path, "app.py", "lib/x.py", "lib/__pycache__/x.pyc", "x.log", ".venv/a.py", "node_modules/b/c.js")
    make(tmp_path, "odd/pyvenv.cfg", "odd/lib/a.py")
    assert found(tmp_path, ".") == {"app.py", "lib/x.py"}


def test_follows_links_and_leaves_circles(tmp_path: Path) -> None:
    make(tmp_path, "code/app.py", "shared/util.py", "single.py")
    (tmp_path / "code/shared").symlink_to(tmp_path / "shared")
    (tmp_path / "code/self").symlink_to(tmp_path / "code")
    (tmp_path / "code/one.py").symlink_to(tmp_path / "single.py")
    (tmp_path / "code/broken.py").symlink_to(tmp_path / "nowhere")
    assert found(tmp_path, "code") == {f"code/{name}" for name in ("app.py", "shared/util.py", "one.py")}


def test_only_regular_files_count(tmp_path: Path) -> None:
    make(tmp_path, "code/app.py")
    os.mkfifo(tmp_path / "code/pipe")
    (tmp_path / "code/zero.py").symlink_to("/dev/zero")
    (tmp_path / "code/loop.py").symlink_to("loop.py")
    os.mkfifo(tmp_path / "local.env")
    assert found(tmp_path, "code", config=("local.env",)) == {"code/app.py"}


def test_a_link_to_the_whole_system_is_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "code/app.py")
    for name in ("/", "/proc", "/dev"):
        (tmp_path / "code" / f"link{name.replace('/', '-')}").symlink_to(name)
    assert found(tmp_path, "code") == {"code/app.py"}
    assert {watch for watch, _, only in folders(tmp_path, "code")[0] if not only} == {"code"}


def test_configuration_files_and_what_is_missing(tmp_path: Path) -> None:
    make(tmp_path, "emulator.yaml", "other.yaml")
    assert found(tmp_path, "missing", config=("emulator.yaml", "missing.yaml")) == {"emulator.yaml"}


def folders(folder: Path, *roots: str, config: tuple[str, ...] = ()) -> tuple[set[tuple[str, str, str]], set[str]]:
    """(folder, known as, only) of each watch, and the links."""
    plan = plan_folders(targets(*(folder / root for root in roots), config=tuple(folder / name for name in config)))
    assert {folder.parent, Path("/")} <= plan.ways
    watches = {(str(w.folder.relative_to(folder)), str(w.known_as.relative_to(folder)), w.only) for w in plan.watches}
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


def test_configuration_files_are_watched_in_their_folder_and_where_they_lead(tmp_path: Path) -> None:
    make(tmp_path, "etc/real.yaml", "emulator.yaml")
    (tmp_path / "linked.yaml").symlink_to(tmp_path / "etc/real.yaml")
    wanted = targets(config=(tmp_path / "emulator.yaml", tmp_path / "linked.yaml"))
    watches = {(w.folder.name, w.known_as.name, w.only) for w in plan_folders(wanted).watches}
    here = tmp_path.name
    assert watches == {
        (here, "emulator.yaml", "emulator.yaml"),
        (here, "linked.yaml", "linked.yaml"),
        ("etc", "linked.yaml", "real.yaml"),
    }
