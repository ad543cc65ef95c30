from pathlib import Path

import pytest

from emulator.reload.targets import Targets, Watch, is_ignored_file, is_ignored_folder


@pytest.mark.parametrize(
    "name",
    [
        "app.py",
        "settings.json",
        "template.html",
        "bootstrap",
        "index.mjs",
        "_native.cpython-312-x86_64-linux-gnu.so",
        ".env",
        "a.tmpl",
        "login.py",
        "4913.py",
        "dblog.py",
        "swap.swift",
    ],
)
def test_sources(name: str) -> None:
    assert not is_ignored_file(name)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(".app.py.swp", id="vim-swap"),
        pytest.param(".app.py.swx", id="vim-second-swap"),
        pytest.param("4913", id="vim-try"),
        pytest.param("app.py~", id="backup"),
        pytest.param(".#app.py", id="emacs-lock"),
        pytest.param("#app.py#", id="emacs-auto-save"),
        pytest.param("flycheck_app.py", id="emacs-flycheck"),
        pytest.param("app.py___jb_tmp___", id="jetbrains-new"),
        pytest.param("app.py___jb_old___", id="jetbrains-old"),
        pytest.param(".app.py.kate-swp", id="kate"),
        pytest.param(".goutputstream-X1Y2Z3", id="gedit"),
        pytest.param("app.py.tmp", id="tmp"),
        pytest.param("app.cpython-312.pyc", id="bytecode"),
        pytest.param("app.cpython-312.pyc.139871263549120", id="bytecode-being-written"),
        pytest.param("debug.log", id="log"),
        pytest.param("debug.log.1", id="rotated-log"),
        pytest.param("shop.db", id="database"),
        pytest.param("shop.sqlite3-journal", id="sqlite-journal"),
        pytest.param("shop.db-wal", id="sqlite-wal"),
        pytest.param(".DS_Store", id="finder"),
        pytest.param(".coverage.host.123", id="coverage"),
        pytest.param(".nfs000000001", id="nfs"),
    ],
)
def test_ignored_files(name: str) -> None:
    assert is_ignored_file(name)


@pytest.mark.parametrize("name", ["__pycache__", ".git", ".venv", "venv", "node_modules", ".mypy_cache", "x.egg-info"])
def test_ignored_folders(name: str) -> None:
    assert is_ignored_folder(name)


@pytest.mark.parametrize("name", ["src", "lib", "environment", "git", "log", "tmp", ".hidden"])
def test_other_folders(name: str) -> None:
    assert not is_ignored_folder(name)


def test_a_file_named_like_an_ignored_folder_is_a_source() -> None:
    assert not is_ignored_file("venv")


CONFIG = (Path("/p/emulator.yaml"),)


@pytest.mark.parametrize(
    ("roots", "outer"),
    [
        pytest.param(["/p/a", "/p/b"], ["/p/a", "/p/b"], id="side-by-side"),
        pytest.param(["/p/a", "/p", "/p/a/b", "/p"], ["/p"], id="nested"),
        pytest.param(["/p/a", "/p/ab"], ["/p/a", "/p/ab"], id="like-named"),
        pytest.param(["/p", "/p/node_modules/x"], ["/p", "/p/node_modules/x"], id="below-an-ignored-folder"),
    ],
)
def test_targets(roots: list[str], outer: list[str]) -> None:
    assert Targets.of([Path(root) for root in roots], CONFIG) == Targets(
        tuple(Path(root) for root in outer), frozenset(CONFIG)
    )


@pytest.mark.parametrize(
    ("path", "covered"),
    [
        pytest.param("/p/a", True, id="a-root"),
        pytest.param("/p/a/b/c.py", True, id="below-one"),
        pytest.param("/p/emulator.yaml", True, id="a-configuration-file"),
        pytest.param("/p/ab.py", False, id="like-named"),
        pytest.param("/p", False, id="above"),
    ],
)
def test_cover(path: str, covered: bool) -> None:
    assert Targets.of([Path("/p/a"), Path("/q")], CONFIG).cover(Path(path)) == covered


@pytest.mark.parametrize(
    ("watch", "name", "known"),
    [
        pytest.param(Watch(Path("/real"), Path("/link")), "b.py", "/link/b.py", id="through-a-link"),
        pytest.param(Watch(Path("/real"), Path("/link")), "b.pyc", None, id="ignored"),
        pytest.param(Watch(Path("/real"), Path("/link.py"), "b.py"), "b.py", "/link.py", id="one-file"),
        pytest.param(Watch(Path("/real"), Path("/link.py"), "b.py"), "c.py", None, id="its-neighbour"),
    ],
)
def test_known_path(watch: Watch, name: str, known: str | None) -> None:
    assert watch.known(name) == (Path(known) if known else None)
