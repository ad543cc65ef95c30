"""Ten seconds of `make soak`; and that its oracle calls a failure a failure."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def oracle(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    import oracle

    return oracle


@pytest.mark.parametrize("arguments", [pytest.param((), id="file-events"), pytest.param(("--poll",), id="polling")])
def test_ten_seconds(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, BENCHMARKS / "soak.py", "--seconds", "10", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("descriptors", "fails"),
    [
        pytest.param([20] * 10, False, id="flat"),
        pytest.param([20, 30, 9, 25, 20, 25, 20, 30, 36, 20], False, id="environments-start-and-end"),
        pytest.param([20, 22, 24, 26, 28, 30, 32, 34, 36, 38], True, id="two-leak-with-each-save"),
    ],
)
def test_descriptors_that_leak_fail(monkeypatch: pytest.MonkeyPatch, descriptors: list[int], fails: bool) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)
    import soak

    failures: list[str] = []
    samples = [soak.Sample(memory=40.0, descriptors=number, children=0, threads=3) for number in descriptors]
    soak.check_growth(SimpleNamespace(samples=samples, fail=failures.append))
    assert bool(failures) is fails


# Saves 0, 1, 2 (broken), 3 and 4, of which the last has begun and is not complete.
@pytest.mark.parametrize(
    ("oldest", "status", "version", "verdict"),
    [
        pytest.param(3, 200, 3, "current", id="last-complete"),
        pytest.param(3, 200, 4, "current", id="being-saved"),
        pytest.param(1, 200, 1, "current", id="in-flight-during-a-save"),
        pytest.param(1, 200, 3, "current", id="waited-for-two-saves"),
        pytest.param(3, 200, 1, "stale", id="old-code"),
        pytest.param(2, 200, 1, "stale", id="old-code-behind-a-broken-save"),
        pytest.param(2, 500, None, "explained", id="broken-when-sent"),
        pytest.param(0, 500, None, "explained", id="broken-while-in-flight"),
        pytest.param(3, 500, None, "held", id="broken-save-is-over"),
        pytest.param(2, 503, None, "unexplained", id="a-broken-save-explains-500-only"),
        pytest.param(2, 200, 2, "unexplained", id="a-broken-save-that-ran"),
        pytest.param(3, 200, 5, "unexplained", id="never-saved"),
        pytest.param(3, 200, None, "unexplained", id="no-version"),
    ],
)
def test_oracle(oracle: ModuleType, oldest: int, status: int, version: int | None, verdict: str) -> None:
    saves = oracle.Oracle()
    for is_broken in (False, True, False):
        saves.begin(is_broken)
        saves.complete()
    assert saves.sent() == 3
    saves.begin(False)
    assert saves.sent() == 3
    told = saves.judge(oldest, oracle.Answer(status, version))[0]
    saves.complete()
    assert (told, +saves.verdicts) == (verdict, {"unexplained" if verdict == "held" else verdict: 1})


@pytest.mark.parametrize(("paused", "verdict"), [(0.06, "unexplained"), (0.08, "explained")])
def test_a_file_that_stood_half_written_explains_a_500(oracle: ModuleType, paused: float, verdict: str) -> None:
    saves = oracle.Oracle(0.07)
    saves.begin(False)
    assert saves.judge(0, oracle.Answer(500, None))[0] == "held"
    saves.complete(paused)
    assert +saves.verdicts == {verdict: 1}
    assert bool(saves.unexplained) == (verdict == "unexplained")
    assert saves.judge(0, oracle.Answer(500, None))[0] == verdict
