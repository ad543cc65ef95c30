"""`emulate serve` where the system allows few files and connections, from its start to the requests it cannot serve."""

import contextlib
import resource
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from serving.emulate import EMULATE, PATIENCE, Served, get, serve

HANDLER = """
import resource

def handler(event, context):
    return str(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""
COUNT = 24


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One API, one module, many functions."""
    names = [f"f{number}" for number in range(COUNT)]
    routes = ", ".join(f"GET /{name}: {name}" for name in names)
    functions = ", ".join(f"{name}: {{handler: app.handler}}" for name in names)
    (tmp_path / "emulator.yaml").write_text(
        f"apis: {{api: {{type: http, port: 0, routes: {{{routes}}}}}}}\nfunctions: {{{functions}}}\n"
    )
    (tmp_path / "app.py").write_text(HANDLER)
    return tmp_path


def serve_limited(folder: Path, soft: int, hard: int) -> contextlib.AbstractContextManager[Served]:
    """As after `ulimit -S -n SOFT; ulimit -H -n HARD`."""
    return serve(folder, "--no-platform-logs", limits=(soft, hard))


def statuses(url: str) -> list[int]:
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        return [client.get(f"{url}/f{number}").status_code for number in range(COUNT)]


def test_the_soft_limit_is_raised_and_functions_have_the_one_there_was(folder: Path) -> None:
    with serve_limited(folder, 64, 1024) as served:
        assert statuses(served.urls["api"]) == [200] * COUNT
        assert get(f"{served.urls['api']}/f0").text == "64"


def test_what_is_short_is_said_at_the_start_and_of_each_function(folder: Path) -> None:
    with serve_limited(folder, 96, 96) as served:
        assert (
            "enough for about 16 of the 24 functions to run. Before starting it, run ulimit -n 4096" in served.console
        )
        found = statuses(served.urls["api"])
        assert found == sorted(found)
        assert 10 < found.count(200) < COUNT
        console = served.wait_for(r"f23: .*emulate may have 96 files and connections open at once, and that is too few")
        assert "Traceback" not in console
        with ThreadPoolExecutor(10) as pool:
            assert set(pool.map(lambda _: get(f"{served.urls['api']}/f0").text, range(40))) == {"96"}


@pytest.mark.parametrize("limit", [12, 30])
def test_with_too_few_for_anything_it_does_not_start(folder: Path, limit: int) -> None:
    result = subprocess.run(
        [EMULATE, "serve"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)),
    )
    assert result.returncode == 2
    assert result.stderr.startswith(
        f"The system lets emulate have {limit} files and connections open at once, and it needs"
    )
    assert result.stderr.count("\n") == 1
