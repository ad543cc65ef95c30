"""`emulate exec`: a command between start and end of a served deployment."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from serving.emulate import EMULATE, PATIENCE, run, until
from serving.lines import line

CONFIG = """
apis:
  shop:
    type: http
    port: 0
    cors: {allowOrigins: ["http://localhost:5173"]}
    routes: {GET /quick: quick, GET /cached: cached}
  admin-api:
    type: rest
    port: 0
    stage: dev
    routes: {GET /quick: quick, GET /cached: cached}
customDomains:
  api.shop.test: {port: 0, mappings: {admin: admin-api}}
functions:
  quick: {handler: functions.quick}
  cached: {handler: functions.cached}
"""
FUNCTIONS = """
def quick(event, context):
    return {"statusCode": 200, "body": "quick"}

def cached(event, context):
    headers = {"Cache-Control": "max-age=60"}
    if "origin" in {name.lower() for name in event["headers"]}:
        headers["Access-Control-Allow-Origin"] = "http://localhost:5173"
    return {"statusCode": 200, "body": "cached", "headers": headers}
"""
CLIENT = """
import os, sys, urllib.request

for variable, path, origin in zip(*[iter(sys.argv[1:])] * 3):
    named = {"Origin": origin} if origin else {}
    request = urllib.request.Request(os.environ[variable] + path, headers={**named, **BROWSER})
    print(urllib.request.urlopen(request).read().decode())
"""
PAGE = "http://localhost:5173"
STRANGER = "http://stranger.test"
BROWSER = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("executing")
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "functions.py").write_text(FUNCTIONS)
    (folder / "client.py").write_text(f"BROWSER = {BROWSER}\n{CLIENT}")
    return folder


CLIENT_COMMAND = (sys.executable, "client.py")
ALLOWED = (*CLIENT_COMMAND, "EMULATE_URL", "/quick", PAGE)
BLOCKED = (*CLIENT_COMMAND, "EMULATE_URL_SHOP", "/quick", STRANGER)
CACHED = ("EMULATE_URL_ADMIN_API", "/cached")
DOUBTFUL = (*CLIENT_COMMAND, *CACHED, PAGE, *CACHED, "", *CACHED, PAGE)
CODES = [
    pytest.param((), ALLOWED, 0, "No findings in 1 request.", id="allowed"),
    pytest.param((), BLOCKED, 1, "1 error in 1 request:", id="blocked"),
    pytest.param(("--fail-on", "none"), BLOCKED, 0, "error: origin-not-allowed [gateway]", id="blocked-as-was-meant"),
    pytest.param((), DOUBTFUL, 0, "warning: vary-origin-missing", id="warned"),
    pytest.param(("--fail-on", "warning"), DOUBTFUL, 1, "1 warning", id="warned-and-failed"),
    pytest.param((), ("sh", "-c", "exit 7"), 7, "No findings in 0 requests.", id="its-own-code"),
    pytest.param((), ("sh", "-c", "kill -9 $$"), 137, "No findings in 0 requests.", id="killed"),
    pytest.param((), ("./nowhere",), 2, "./nowhere: cannot be started (No such file or directory).", id="no-command"),
    pytest.param(("--fail-on", "never"), ALLOWED, 2, "'never' is not one of", id="no-such-option-value"),
]


@pytest.mark.parametrize(("options", "command", "code", "told"), CODES)
def test_exit_codes(folder: Path, options: tuple[str, ...], command: tuple[str, ...], code: int, told: str) -> None:
    ended = run(folder, "exec", *options, "--", *command)
    assert (ended.returncode, "Traceback" in ended.stderr) == (code, False), ended.stderr
    assert told in ended.stderr


def test_standard_output_is_the_commands_own(folder: Path) -> None:
    ended = run(folder, "exec", *ALLOWED)
    assert ended.stdout == "quick\n"
    assert re.search(
        rf"(?s)\nReady.*\n\S+  {line('shop GET /quick', 200, 'depends')}.*\nNo findings in 1 request\.\n$", ended.stderr
    )


def test_quiet_tells_the_summary_alone(folder: Path) -> None:
    assert run(folder, "exec", "--quiet", *ALLOWED).stderr == "No findings in 1 request.\n"


def test_the_variables(folder: Path) -> None:
    echo = "echo $EMULATE_URLS; echo $EMULATE_URL_ADMIN_API; echo $EMULATE_URL_API_SHOP_TEST"
    urls, admin, domain = run(folder, "exec", "--quiet", "sh", "-c", echo).stdout.splitlines()
    assert list(json.loads(urls)) == ["shop", "admin-api", "api.shop.test"]
    assert json.loads(urls)["api.shop.test"] == domain
    assert json.loads(urls)["admin-api"] == admin
    assert admin.endswith("/dev")


STUBBORN = """
import signal, subprocess, sys, time

signal.signal(signal.SIGINT, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""
WILLING = STUBBORN.replace("signal.SIG_IGN", "lambda *_: sys.exit(3)")
CAME_UP = [
    pytest.param(WILLING, (signal.SIGINT,), 130, id="ctrl-c"),
    pytest.param(STUBBORN, (signal.SIGTERM,), 143, id="terminated"),
    pytest.param(STUBBORN, (signal.SIGINT, signal.SIGINT), 130, id="ctrl-c-twice"),
    pytest.param(STUBBORN, (signal.SIGKILL,), -9, id="killed"),
]


@pytest.mark.parametrize(("program", "signals", "code"), CAME_UP)
def test_it_ends_with_all_it_has_started(folder: Path, program: str, signals: tuple[int, ...], code: int) -> None:
    command = [EMULATE, "exec", "--", sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        grandchild = psutil.Process(int(process.stdout.readline()))
        started = [*psutil.Process(process.pid).children(recursive=True), grandchild]
        for number in signals:
            process.send_signal(number)
        assert process.wait(PATIENCE) == code
    until(
        lambda: [one for one in started if one.is_running() and one.status() != psutil.STATUS_ZOMBIE],
        lambda left: not left,
    )
