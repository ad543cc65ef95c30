"""The pytest plugin as its users have it: suites in processes of their own."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from importlib.metadata import entry_points
from pathlib import Path

import psutil
import pytest

from serving.emulate import PATIENCE, until

ROOT = Path(__file__).parent.parent.parent
PLUGIN = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]["pytest11"]["emulator"]
INSTALLED = any(one.name == "emulator" for one in entry_points(group="pytest11"))
NAMED = () if INSTALLED else ("-p", PLUGIN)
"""How the plugin is named where an older installation does not know it."""

CONFIG = """
apis:
  shop:
    type: http
    cors: {allowOrigins: ["https://shop.test"]}
    routes: {GET /x: x, GET /pid: pid}
  late:
    type: rest
    port: 0
    stage: dev
    routes: {GET /x: x, GET /cached: cached}
functions:
  x: {handler: app.x}
  pid: {handler: app.pid}
  cached: {handler: app.cached}
customDomains:
  api.shop.test: {port: 0, mappings: {shop/v1: shop, late: late}}
frontends:
  - {origin: "https://shop.test", dev: "http://localhost:5173", credentials: include}
"""
APP = """
import os

def x(event, context):
    print("x was called")
    return {"statusCode": 200, "body": os.environ.get("GREETING", "none")}

def pid(event, context):
    return {"statusCode": 200, "body": str(os.getpid())}

def cached(event, context):
    headers = {"Cache-Control": "max-age=60"}
    if "origin" in {name.lower() for name in event["headers"]}:
        headers["Access-Control-Allow-Origin"] = "https://shop.test"
    return {"statusCode": 200, "body": "", "headers": headers}
"""


def run(folder: Path, *arguments: str, environ: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`pytest` in a folder, to its end."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    surroundings = {**os.environ, **(environ or {})}
    for name in ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT"):
        surroundings.pop(name, None)
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False, env=surroundings
    )


def suite(folder: Path, tests: str) -> Path:
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "app.py").write_text(APP)
    (folder / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\naddopts = --strict-markers\n")
    (folder / "test_suite.py").write_text(f"import pytest\n{tests}")
    return folder


WAYS = [
    pytest.param(NAMED, {}, id="as-installed"),
    pytest.param(("-p", PLUGIN), {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}, id="by-name-alone"),
    pytest.param((*NAMED, "-n", "2"), {}, id="xdist"),
    pytest.param((*NAMED, "-s", "-p", "no:logging", "-p", "no:warnings", "-p", "no:doctest"), {}, id="plugins-off"),
]


@pytest.mark.parametrize(("options", "environ"), WAYS)
def test_the_example_suite(options: tuple[str, ...], environ: dict[str, str]) -> None:
    ended = run(ROOT, *options, "examples/tests", environ=environ)
    assert (ended.returncode, "8 passed" in ended.stdout) == (0, True), ended.stdout + ended.stderr


def test_a_suite_that_does_not_use_it_imports_nothing(tmp_path: Path) -> None:
    suite(tmp_path, "def test_nothing(): pass")
    (tmp_path / "conftest.py").write_text(
        "import sys\n"
        "def pytest_unconfigure():\n"
        "    print('loaded', sorted(name for name in sys.modules if name.split('.')[0] in ('emulator', 'httpx')))\n"
    )
    ended = run(tmp_path, *NAMED)
    assert "loaded ['emulator', 'emulator.testing', 'emulator.testing.plugin']" in ended.stdout


PASSING = """
def test_frontends_say_how_a_page_calls(emulator, browser):
    page = browser("http://localhost:5173")
    with pytest.raises(Exception, match="credentials mode is 'include'"):
        page.fetch(emulator.url("/x"))
    assert page.fetch(emulator.url("/x"), credentials="omit").text == "none"

def test_each_test_has_findings_of_its_own(emulator):
    assert emulator.findings == emulator.exchanges == ()

def test_urls(emulator, browser):
    assert emulator.url() == emulator.urls["shop"] == "http://localhost:3000"
    assert emulator.url("/x", api="late") == emulator.urls["late"] + "/x"
    assert emulator.urls["late"].endswith("/dev")
    by_domain = emulator.url("/shop/v1/x", api="api.shop.test")
    assert emulator.http.get(by_domain).status_code == 200
    assert emulator.http.get(emulator.url("/x", api="api.shop.test")).status_code == 404
    assert browser("https://shop.test", credentials="omit").fetch(by_domain).status == 200
    with pytest.raises(LookupError, match="no API 'shp'; the configuration has shop, late"):
        emulator.url("/x", api="shp")
    with pytest.raises(Exception, match="Connection refused"):
        browser("https://shop.test").fetch("http://localhost:9/")

def test_warnings_may_be_allowed(emulator, browser, assert_no_cors_findings):
    emulator.http.get(emulator.url("/cached", api="late"))
    browser("https://shop.test", credentials="omit").fetch(emulator.url("/cached", api="late"))
    with pytest.raises(AssertionError, match="vary-origin-missing"):
        assert_no_cors_findings()
    assert_no_cors_findings(allow=["vary-origin-missing"])

@pytest.mark.emulator("emulator.yaml", env_files=["local.env"])
def test_a_marker_chooses(emulator):
    assert emulator.http.get(emulator.url("/x")).text == "hello"
"""


def test_what_the_fixtures_give(tmp_path: Path) -> None:
    suite(tmp_path, PASSING)
    (tmp_path / "local.env").write_text("GREETING=hello\n")
    ended = run(tmp_path, *NAMED)
    assert "5 passed" in ended.stdout, ended.stdout


FAILING = """
def test_called(emulator, browser, assert_no_cors_findings):
    with pytest.raises(Exception):
        browser("https://else.test").fetch(emulator.url("/x"))
    assert_no_cors_findings()

@pytest.mark.usefixtures("assert_no_cors_findings")
def test_not_called(emulator):
    emulator.http.get(emulator.url("/x"), headers={"Origin": "https://else.test"})
"""


def test_findings_fail_a_test_with_their_fix(tmp_path: Path) -> None:
    ended = run(suite(tmp_path, FAILING), *NAMED)
    assert "1 failed, 1 passed, 1 error" in ended.stdout, ended.stdout
    told = ended.stdout.replace("\n", " ")
    assert len(re.findall("shop GET /x E +error: origin-not-allowed .gateway.", told)) == 2
    assert "Add https://else.test to `cors.allowOrigins` of 'shop'" in re.sub(r" E +|\s+", " ", told)
    assert "x │ x was called" in ended.stdout
    assert "emulated.py" not in ended.stdout


BLOCKED = """
def test_a_blocked_page(emulator, browser):
    browser("https://else.test").fetch(emulator.url("/x"))
"""


def test_a_page_that_is_blocked_says_what_is_to_be_mended_and_shows_the_test_alone(tmp_path: Path) -> None:
    ended = run(suite(tmp_path, BLOCKED), *NAMED)
    assert "1 failed" in ended.stdout, ended.stdout
    told = re.sub(r"\s+E +|\s+", " ", ended.stdout)
    assert "blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present" in told
    assert "shop GET /x error: origin-not-allowed [gateway] fix" in told
    assert "Add https://else.test to `cors.allowOrigins` of 'shop'" in told
    assert not re.search(r"(emulated|browser)\.py", ended.stdout)


def test_a_mistake_in_the_configuration_is_no_traceback(tmp_path: Path) -> None:
    suite(tmp_path, "def test_it(emulator): pass")
    (tmp_path / "pytest.ini").write_text("[pytest]\nemulator_config = nowhere.yaml\n")
    ended = run(tmp_path, *NAMED)
    assert (ended.returncode, "nowhere.yaml: no such file" in ended.stdout) == (1, True)
    assert "Traceback" not in ended.stdout
    assert "plugin.py" not in ended.stdout


OTHER = """
import pytest

@pytest.fixture(scope="session")
def browser():
    return "a real one"
"""


def test_another_plugins_browser_stays(tmp_path: Path) -> None:
    suite(
        tmp_path, "def test_it(browser, emulator): assert (browser, callable(emulator.browser)) == ('a real one', True)"
    )
    (tmp_path / "other_plugin.py").write_text(OTHER)
    ended = run(tmp_path, *NAMED, "-p", "other_plugin", environ={"PYTHONPATH": str(tmp_path)})
    assert "1 passed" in ended.stdout, ended.stdout


def test_no_process_of_a_function_is_left(tmp_path: Path) -> None:
    suite(tmp_path, "def test_it(emulator): print('pid', emulator.http.get(emulator.url('/pid')).text)")
    ended = run(tmp_path, *NAMED, "-s")
    found = re.search(r"pid (\d+)", ended.stdout)
    assert found, ended.stdout
    until(lambda: psutil.pid_exists(int(found[1])), lambda exists: not exists)
