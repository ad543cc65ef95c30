"""`emulate serve --log-format json` as a program reads it: standard output through a pipe, line by line."""

import contextlib
import json
import os
import re
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from serving.emulate import EMULATE, PATIENCE, Served, get, run

CONFIG = """
apis:
  shop:
    type: http
    port: 0
    cors: {allowOrigins: ["http://page.test"], allowMethods: [PUT]}
    routes: {GET /items: items, PUT /items: items, GET /boom: boom, GET /slow: slow}
  bare: {type: function-url, port: 0, function: items, enforce: false}
functions:
  items: {handler: app.items}
  boom: {handler: app.boom}
  slow: {handler: app.slow, maxConcurrency: 1, concurrencyWait: 0, timeout: 60}
"""
APP = """
import os, time

def items(event, context):
    print("déjà \\x1b[31mvu\\x1b[0m \\x9b")
    return {"statusCode": 200, "headers": {"Set-Cookie": "sid=s3cret-set; HttpOnly"}, "body": "s3cret-body"}

def boom(event, context):
    raise LookupError("no " + event["headers"]["x-api-key"])

def slow(event, context):
    print("began")
    while not os.path.exists(os.path.join(os.environ["LAMBDA_TASK_ROOT"], "gate")):
        time.sleep(0.01)
"""
PAGE = "http://page.test"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
Objects = list[dict[str, Any]]


class Read:
    """What a program reads of one run."""

    def __init__(self, served: Served, errors: Path) -> None:
        self.served = served
        self.errors = errors
        self.until("ready")
        self.urls = {one["api"]: one["url"] for one in self.objects if one["type"] == "endpoint"}

    @property
    def objects(self) -> Objects:
        """One a line, or it fails."""
        return [json.loads(line) for line in self.served.console.splitlines() if line != "<end of output>"]

    def until(self, kind: str, having: Callable[[dict[str, Any]], object] = lambda one: True) -> dict[str, Any]:
        """The last object of this type, once there is one."""
        found: Objects = []

        def has(_: str) -> bool:
            found[:] = [one for one in self.objects if one["type"] == kind and having(one)]
            return bool(found)

        self.served.wait_until(has, kind)
        return found[-1]

    def exchange(self, path: str, method: str = "GET") -> dict[str, Any]:
        """The object of the request to a path."""
        return self.until("exchange", lambda one: (one["request"]["path"], one["request"]["method"]) == (path, method))


@contextlib.contextmanager
def reading(folder: Path) -> Iterator[Read]:
    errors = folder / "errors.txt"
    with errors.open("w") as stderr:
        process = subprocess.Popen(
            [EMULATE, "serve", "--log-format", "json"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            encoding="utf-8",
            env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        )
    served = Served(process)
    try:
        yield Read(served, errors)
    finally:
        served.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("json")
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "app.py").write_text(APP)
    return folder


@pytest.fixture(scope="module")
def read(folder: Path) -> Iterator[Read]:
    with reading(folder) as read:
        yield read
        read.served.stop(signal.SIGTERM)
        assert read.errors.read_text() == ""
        assert all({"type", "time"} <= one.keys() for one in read.objects)


def test_the_start(read: Read) -> None:
    first, second, third, fourth, *_ = read.objects
    assert (first["api"], first["product"], first["url"]) == ("shop", "HTTP API", read.urls["shop"])
    assert (second["api"], second["product"]) == ("bare", "function URL")
    assert third["type"] == "control"
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", third["url"])
    assert (fourth["type"], fourth["reloads"]) == ("ready", True)


def test_an_allowed_call_and_what_its_function_printed(read: Read) -> None:
    get(f"{read.urls['shop']}/items", Origin=PAGE, Sec_Fetch_Site="cross-site")
    exchange = read.exchange("/items")
    assert (exchange["status"], exchange["function"], exchange["layer"]) == (200, "items", "function")
    assert exchange["verdict"]["outcome"] == "allowed"
    printed = [one for one in read.objects if one["type"] == "output" and one["request_id"] == exchange["request_id"]]
    assert [one["message"] for one in printed] == ["déjà \x1b[31mvu\x1b[0m \x9b"]
    logged = [one["message"].split()[0] for one in read.objects if one["type"] == "platform"]
    assert logged[:3] == ["START", "END", "REPORT"]


def test_a_blocked_call(read: Read) -> None:
    get(f"{read.urls['bare']}/blocked", Origin=PAGE)
    exchange = read.exchange("/blocked")
    assert (exchange["verdict"]["outcome"], exchange["verdict"]["error"]) == ("blocked", "MissingAllowOriginHeader")
    assert exchange["findings"][0]["name"] == "missing-cors-headers"
    assert PAGE in exchange["findings"][0]["fix"]


def test_a_function_error(read: Read) -> None:
    get(f"{read.urls['shop']}/boom", x_api_key="any-key")
    exchange = read.exchange("/boom")
    assert (exchange["status"], exchange["result"]["outcome"]) == (500, "function-error")
    error = exchange["result"]["error"]
    assert (error["error_type"], error["error_message"]) == ("LookupError", "no ***")
    assert "app.py" in error["stack_trace"][0]
    assert exchange["refusal"]["kind"] == "function error"


def test_a_throttled_call(read: Read, folder: Path) -> None:
    slow = threading.Thread(target=get, args=(f"{read.urls['shop']}/slow?first",))
    slow.start()
    read.until("output", lambda one: one["message"] == "began")
    assert get(f"{read.urls['shop']}/slow?second").status_code == 503
    (folder / "gate").touch()
    slow.join()
    read.until("exchange", lambda one: one["request"]["query"] == "first")
    exchange = read.until("exchange", lambda one: one["request"]["query"] == "second")
    assert (exchange["result"]["outcome"], exchange["refusal"]["kind"]) == ("throttled", "function throttled")
    assert [finding["name"] for finding in exchange["findings"]] == ["throttled"]


def test_a_preflight_and_the_second_look_at_it(read: Read) -> None:
    headers = {"Origin": PAGE, "Access-Control-Request-Method": "PUT", "User-Agent": CHROME}
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        client.options(f"{read.urls['shop']}/items", headers=headers)
    exchange = read.exchange("/items", "OPTIONS")
    assert (exchange["status"], exchange["layer"], exchange["function"]) == (204, "gateway", None)
    assert exchange["request"]["is_preflight"]
    assert exchange["verdict"]["with_credentials"]["error"] == "PreflightInvalidAllowCredentials"
    again = read.until("looked-at-again")
    assert again["request_id"] == exchange["request_id"]
    assert "No PUT has followed" in again["findings"][0]["message"]
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        client.put(f"{read.urls['shop']}/items", headers={"Origin": PAGE, "User-Agent": CHROME})
    withdrawn = read.until("looked-at-again", lambda one: "followed after all" in one["findings"][0]["message"])
    assert withdrawn["request_id"] == exchange["request_id"]


def test_a_refusal_of_the_gateway_and_one_of_emulate(read: Read) -> None:
    get(f"{read.urls['shop']}/nowhere")
    assert read.exchange("/nowhere")["refusal"]["kind"] == "RESOURCE_NOT_FOUND"
    get(f"{read.urls['shop']}/rebound", Host="evil.test")
    warning = read.until("warning")
    assert warning["message"].startswith("Refused a request (403): emulate does not answer for the host 'evil.test'")


def test_secrets_and_bodies_are_in_no_object(read: Read) -> None:
    credentials = {
        "Authorization": "Bearer s3cret-token",
        "Cookie": "sid=s3cret-cookie",
        "X-Api-Key": "s3cret-key",
        "Origin": PAGE,
    }
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        url = f"{read.urls['bare']}/secrets?access_token=s3cret-query&page=2"
        client.post(url, headers=credentials, content=b"s3cret-body")
        client.get(f"{read.urls['shop']}/boom?token=s3cret-query", headers=credentials)
    exchange = read.exchange("/secrets", "POST")
    assert exchange["request"]["credentials"] == ["authorization", "cookie", "x-api-key"]
    assert exchange["request"]["query"] == "access_token=***&page=2"
    assert exchange["response"] == {"body_bytes": len("s3cret-body"), "sets_cookie": True}
    assert "access_token=***&page=2" in exchange["verdict"]["message"]
    read.until("exchange", lambda one: one["request"]["query"] == "token=***")
    told = [one for one in read.objects if one["type"] != "output"]
    assert "s3cret" not in json.dumps(told)


def test_a_functions_own_log_is_passed_on_as_cloudwatch_would(read: Read) -> None:
    """The runtime's record of an error too, whose exchange is told without."""
    get(f"{read.urls['shop']}/boom?logged", x_api_key="s3cret-logged")
    exchange = read.until("exchange", lambda one: one["request"]["query"] == "logged")
    assert exchange["result"]["error"]["error_message"] == "no ***"
    (record,) = [
        one["message"]
        for one in read.objects
        if one.get("request_id") == exchange["request_id"] and one["type"] == "output"
    ]
    assert record.startswith("[ERROR] LookupError: no s3cret-logged\r")


def test_a_save(read: Read, folder: Path) -> None:
    (folder / "app.py").write_text(f"{APP}\n1 / 0\n")
    reload = read.until("reload", lambda one: one["files"] == ["app.py"])
    assert reload["functions"] == ["boom", "items", "slow"]
    error = read.until("init-error")
    assert error["error"]["error_type"] == "ZeroDivisionError"
    (folder / "emulator.yaml").write_text("apis: {")
    assert "not closed" in read.until("problem")["message"]
    (folder / "app.py").write_text(APP)
    (folder / "emulator.yaml").write_text(CONFIG.replace("[PUT]", "[PUT, DELETE]"))
    assert "Saved emulator.yaml" in read.until("note")["message"]


def test_a_reader_that_goes_away_ends_it_quietly(folder: Path) -> None:
    """`emulate serve --log-format json | head -1`."""
    process = subprocess.Popen(
        [EMULATE, "serve", "--log-format", "json"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    endpoint = json.loads(process.stdout.readline())
    while json.loads(process.stdout.readline())["type"] != "ready":
        pass
    process.stdout.close()
    get(endpoint["url"])
    assert process.wait(PATIENCE) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()


def test_what_keeps_it_from_starting_is_text_on_standard_error(tmp_path: Path) -> None:
    done = run(tmp_path, "serve", "--log-format", "json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "emulator.yaml" in done.stderr


def test_there_are_two_formats(tmp_path: Path) -> None:
    done = run(tmp_path, "serve", "--log-format", "xml")
    assert done.returncode == 2
    assert "'xml' is not one of 'text', 'json'" in done.stderr
