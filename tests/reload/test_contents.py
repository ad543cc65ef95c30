import os
import shutil
import time
from pathlib import Path

import pytest

from emulator.reload.contents import Contents
from emulator.reload.targets import Targets

LARGE = "x" * (1 << 20)


@pytest.fixture
def code(tmp_path: Path) -> Path:
    (tmp_path / "code").mkdir()
    for name, text in (("app.py", "1"), ("util.py", "1"), ("model.bin", LARGE)):
        (tmp_path / "code" / name).write_text(text)
    (tmp_path / "emulator.yaml").write_text("apis:")
    return tmp_path / "code"


def targets(*roots: Path) -> Targets:
    return Targets.of(roots, [roots[0].parent / "emulator.yaml"])


def learned(code: Path) -> Contents:
    contents = Contents()
    assert contents.look(targets(code), time.time() + 60).keys() <= {code / "model.bin"}
    return contents


def let_times_tell(seconds: float = 0.1) -> None:
    """Until a write from now on shows in a file's times; the kernel's change time cannot be set."""
    moment = time.time() + seconds
    while time.time() < moment:
        pass


def test_judge(code: Path) -> None:
    contents = learned(code)
    paths = {code / name for name in ("app.py", "util.py", "new.py", "missing.py")} | {code}
    assert contents.judge(paths) == set()
    (code / "app.py").write_text("2")
    (code / "new.py").write_text("1")
    (code / "util.py").write_text("1")
    assert contents.judge(paths) == {code / "app.py", code / "new.py"}
    assert contents.judge(paths) == set()
    (code / "new.py").unlink()
    assert contents.judge(paths) == {code / "new.py"}
    assert contents.judge(paths) == set()


def test_saves_within_one_tick_of_the_clock_and_of_one_size_differ(code: Path) -> None:
    contents = learned(code)
    for version in range(100):
        (code / "app.py").write_text(f"{version:03}")
        assert code / "app.py" in contents.look(targets(code))
        assert contents.judge({code / "app.py"}) == {code / "app.py"}


def test_what_is_not_read_counts_as_changed(code: Path) -> None:
    contents = learned(code)
    assert contents.judge({code / "model.bin"}) == {code / "model.bin"}
    many = {code / f"{number}.py" for number in range(300)}
    for path in many:
        path.write_text("")
    assert contents.judge(many) == many
    assert contents.judge(many) == many
    one = code / "1.py"
    assert contents.judge({one}) == {one}
    assert contents.judge({one}) == set()


def test_what_is_no_source(code: Path) -> None:
    os.mkfifo(code / "pipe")
    (code / "zero.py").symlink_to("/dev/zero")
    contents = learned(code)
    special = {code / "pipe", code / "zero.py"}
    assert contents.judge(special) == set()
    assert contents.look(targets(code)).keys().isdisjoint(special)
    for path in special:
        assert contents.passes_over(path)
    for path in (code, code / "app.py", code / "missing.py"):
        assert not contents.passes_over(path)


def test_a_source_file_that_becomes_something_else(code: Path) -> None:
    contents = learned(code)
    (code / "app.py").unlink()
    os.mkfifo(code / "app.py")
    assert not contents.passes_over(code / "app.py")
    assert code / "app.py" in contents.look(targets(code))
    assert contents.judge({code / "app.py"}) == {code / "app.py"}
    assert contents.passes_over(code / "app.py")


def test_code_folder_that_becomes_a_file(code: Path) -> None:
    contents = learned(code)
    code.rename(code.with_name("away"))
    code.write_text("")
    assert contents.judge({code}) == {code}


def test_folder_in_anothers_place(code: Path) -> None:
    contents = learned(code)
    shutil.copytree(code, code.with_name("copy"))
    code.rename(code.with_name("away"))
    assert contents.judge({code}) == {code}
    code.with_name("copy").rename(code)
    assert contents.judge({code}) == {code}


def test_what_was_written_since_is_changed(code: Path) -> None:
    old = time.time() + 0.1
    let_times_tell(0.2)
    (code / "app.py").write_text("1")
    contents = Contents()
    assert contents.look(targets(code), old).keys() == {code / "app.py"}
    assert contents.judge({code / "app.py", code / "util.py"}) == {code / "app.py"}


def test_look(code: Path) -> None:
    contents = learned(code)
    assert contents.look(targets(code)).keys() <= {code / "model.bin"}
    (code / "app.py").write_text("2")
    (code / "new.py").write_text("")
    (code / "util.py").unlink()
    assert contents.look(targets(code)).keys() - {code / "model.bin"} == {
        code / name for name in ("app.py", "new.py", "util.py")
    }


def test_a_look_tells_how_each_looks(code: Path) -> None:
    """So that who looks again knows whether it is still being written."""
    contents = learned(code)
    for path, text in ((code / "app.py", "2"), (code / "new.py", "")):
        path.write_text(text)
    (code / "util.py").unlink()
    before, again = contents.look(targets(code)), contents.look(targets(code))
    assert before == again
    assert before[code / "util.py"] == ()
    (code / "app.py").write_text("half")
    after = contents.look(targets(code))
    assert after[code / "new.py"] == before[code / "new.py"]
    assert after[code / "app.py"] != before[code / "app.py"]


@pytest.mark.parametrize("text", ["1", "2"])
def test_saves_of_one_second_and_one_size_differ_by_content(code: Path, text: str) -> None:
    path, now = code / "app.py", int(time.time())
    os.utime(path, (now, now))
    contents = learned(code)
    path.write_text(text)
    os.utime(path, (now, now))
    assert path in contents.look(targets(code))
    assert contents.judge({path}) == ({path} if text == "2" else set())


def test_what_was_moved_here_with_its_old_time_is_new(code: Path) -> None:
    old = code.with_name("old.py")
    old.write_text("")
    os.utime(old, (1, 1))
    for name in ("app.py", "util.py", "model.bin"):
        os.utime(code / name, (1, 1))
    let_times_tell()
    moment = time.time()
    let_times_tell()
    old.rename(code / "old.py")
    assert Contents().look(targets(code), moment).keys() == {code / "old.py"}


def test_what_looks_the_same_for_long_is_not_read_again(code: Path) -> None:
    for name in ("app.py", "model.bin"):
        os.utime(code / name, (1, 1))
    let_times_tell()
    contents = learned(code)
    assert contents.look(targets(code)).keys() == set()
    os.utime(code / "app.py", (2, 2))
    assert contents.look(targets(code)).keys() == {code / "app.py"}
    assert contents.judge({code / "app.py"}) == set()


def test_folders_that_come_and_go(code: Path) -> None:
    """What is known of a folder that is not watched any more is out of date."""
    contents = learned(code)
    other = code.with_name("other")
    other.mkdir()
    contents.look(targets(other), time.time() + 60)
    contents.look(targets(code, other), time.time() + 60)
    assert contents.judge({code / "app.py"}) == set()
    contents.look(targets(other), time.time() + 60)
    assert contents.judge({code / "app.py"}) == {code / "app.py"}
