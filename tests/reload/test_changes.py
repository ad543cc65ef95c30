from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.reload.changes import (
    WITH_CLOSE_EVENTS,
    Kind,
    Patience,
    Targets,
    Touched,
    Unsettled,
    Watch,
    is_ignored_file,
    is_ignored_folder,
    is_source,
    touched,
)


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
    assert not is_source(PurePath("src", name, "a.py"))
    assert not is_source(PurePath("src", name), is_folder=True)


@pytest.mark.parametrize("name", ["src", "lib", "environment", "git", "log", "tmp", ".hidden"])
def test_other_folders(name: str) -> None:
    assert not is_ignored_folder(name)
    assert is_source(PurePath(name, "a.py"))
    assert is_source(PurePath(name), is_folder=True)


def test_a_file_named_like_an_ignored_folder_is_a_source() -> None:
    assert is_source(PurePath("venv"))


def test_the_watched_folder_itself() -> None:
    assert is_source(PurePath(), is_folder=True)


CODE = {
    "items": [Path("/p/items"), Path("/p/layer")],
    "orders": [Path("/p/orders")],
    "bare": [],
    "all": [Path("/p"), Path("/layers/all")],
}
CONFIG = (Path("/p/emulator.yaml"),)


@pytest.mark.parametrize(
    ("paths", "functions", "configuration"),
    [
        pytest.param(["/p/items/app.py"], {"items", "all"}, False, id="a-handler"),
        pytest.param(["/p/items/lib/x.py", "/p/orders/app.py"], {"items", "orders", "all"}, False, id="two-functions"),
        pytest.param(["/p/layer/python/x.py"], {"items", "all"}, False, id="a-layer"),
        pytest.param(["/layers/all/x.py", "/p/orders/app.py"], {"orders", "all"}, False, id="two-folders-of-one"),
        pytest.param(["/p/items2/app.py"], {"all"}, False, id="a-like-named-folder"),
        pytest.param(["/p/emulator.yaml"], set(), True, id="the-configuration-is-no-code"),
        pytest.param(["/p/emulator.yaml", "/p/orders/app.py"], {"orders", "all"}, True, id="both"),
        pytest.param(["/elsewhere/app.py"], set(), False, id="nobodys"),
        pytest.param(["/p/items"], {"items", "all"}, False, id="the-folder-itself-went"),
    ],
)
def test_touched(paths: list[str], functions: set[str], configuration: bool) -> None:
    assert touched([Path(path) for path in paths], CODE, CONFIG) == Touched(frozenset(functions), configuration)


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
    ("watch", "path", "known"),
    [
        pytest.param(Watch(Path("/real"), Path("/link"), True), "/real/a/b.py", "/link/a/b.py", id="through-a-link"),
        pytest.param(Watch(Path("/real"), Path("/link"), True), "/real/__pycache__/b.pyc", None, id="ignored"),
        pytest.param(Watch(Path("/real"), Path("/link"), True), "/other/b.py", None, id="elsewhere"),
        pytest.param(Watch(Path("/real"), Path("/link.py"), False, "b.py"), "/real/b.py", "/link.py", id="one-file"),
        pytest.param(Watch(Path("/real"), Path("/link.py"), False, "b.py"), "/real/c.py", None, id="its-neighbour"),
    ],
)
def test_known_path(watch: Watch, path: str, known: str | None) -> None:
    assert watch.known(Path(path)) == (Path(known) if known else None)


A, B = Path("/a.py"), Path("/b.py")
PATIENCE = Patience(written=0.5, created=0.03, settled=0.01, at_most=1.0)


@pytest.mark.parametrize(
    ("heard", "due"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param([(A, Kind.SETTLED, 1.0)], 1.01, id="closed"),
        pytest.param([(A, Kind.CREATED, 1.0)], 1.03, id="created"),
        pytest.param([(A, Kind.WRITTEN, 1.0)], 1.5, id="written-and-not-closed"),
        pytest.param([(A, Kind.WRITTEN, 1.0), (A, Kind.SETTLED, 1.1)], 1.11, id="written-then-closed"),
        pytest.param([(A, Kind.SETTLED, 1.0), (B, Kind.WRITTEN, 1.005)], 1.505, id="another-is-being-written"),
        pytest.param([(A, Kind.SETTLED, 1.0), (B, Kind.SETTLED, 1.005)], 1.015, id="two-saves-in-a-row"),
        pytest.param([(A, Kind.WRITTEN, 1.0 + n / 10) for n in range(9)], 2.0, id="written-to-all-the-time"),
    ],
)
def test_due(heard: list[tuple[Path, Kind, float]], due: float | None) -> None:
    unsettled = Unsettled(PATIENCE)
    for path, kind, now in heard:
        unsettled.hear(path, kind, now)
    assert unsettled.due() == pytest.approx(due) if due else unsettled.due() is None


def test_each_path_is_first_once_and_taken_once() -> None:
    unsettled = Unsettled(PATIENCE)
    assert unsettled.hear(A, Kind.WRITTEN, 1.0)
    assert not unsettled.hear(A, Kind.SETTLED, 1.0)
    assert unsettled.hear(B, Kind.WRITTEN, 1.2)
    assert not unsettled.hear(A, Kind.SEEN, 1.3), "nothing new"
    assert (unsettled.paths, unsettled.heard) == ({A, B}, 1.2)
    assert unsettled.take() == {A, B}
    assert unsettled.paths == set()
    assert unsettled.take() == set()
    assert unsettled.due() is None
    assert unsettled.hear(A, Kind.WRITTEN, 5.0)
    assert unsettled.due() == 5.5


@given(st.lists(st.tuples(st.sampled_from([A, B]), st.sampled_from(Kind), st.floats(0, 0.6)), min_size=1))
def test_nothing_is_reported_late_or_lost(events: list[tuple[Path, Kind, float]]) -> None:
    unsettled, now = Unsettled(WITH_CLOSE_EVENTS), 0.0
    heard, taken, first = set(), set(), None
    for path, kind, pause in events:
        now += pause
        due = unsettled.due()
        if due is not None and now >= due:
            taken |= unsettled.take()
            first = None
        first = now if first is None else first
        unsettled.hear(path, kind, now)
        heard.add(path)
        due = unsettled.due()
        assert due is not None
        assert first <= due <= first + WITH_CLOSE_EVENTS.at_most
    assert taken | unsettled.take() == heard
