"""What functions and Lambda log, on the console of a real `emulate serve`."""

import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from serving.emulate import Served, get, serve
from serving.lines import line

CONFIG = f"""
apis:
  shop:
    type: http
    port: 0
    routes:
      GET /boom: boom
      GET /json: json
      GET /aws: aws
      GET /node: node
      GET /broken: broken
      GET /slow: slow
      GET /late: {{function: slow, timeoutInMillis: 250}}
      GET /big: big
functions:
  boom: {{handler: app.boom}}
  json: {{handler: app.boom, loggingConfig: {{logFormat: JSON}}}}
  aws: {{handler: app.boom, command: [{sys.executable}, -m, awslambdaric, app.boom]}}
  node: {{handler: node.boom, runtime: nodejs20.x}}
  broken: {{handler: broken.handler}}
  slow: {{handler: app.slow, timeout: 20}}
  big: {{handler: app.big}}
"""
APP = """
import os, time

def boom(event, context):
    print("before")
    raise LookupError("no such item")

def slow(event, context):
    print("began")
    gate = os.path.join(os.environ["LAMBDA_TASK_ROOT"], event["queryStringParameters"]["gate"])
    while not os.path.exists(gate):
        time.sleep(0.01)
    print("ended")

def big(event, context):
    "x" * (150 << 20)
"""
NODE = "exports.boom = async () => { console.log('before'); throw new Error('no such item') }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    for name, text in {"emulator.yaml": CONFIG, "app.py": APP, "node.js": NODE, "broken.py": "1 / 0"}.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve(folder, "--no-reload") as served:
        yield served


def told(served: Served, path: str) -> str:
    """What the console says of one request, up to the line of the next."""
    before = len(served.console)
    get(served.urls["shop"] + path)
    get(served.urls["shop"] + "/nowhere")
    console = served.wait_until(lambda console: "GET /nowhere" in console[before:], path)
    return console[before:].partition("GET /nowhere")[0].rpartition("\n")[0]


@pytest.mark.parametrize("function", ["boom", "json", "aws", "node"])
def test_an_error_is_shown_once(served: Served, function: str) -> None:
    """Whoever logs it, in whatever format: beneath the request's line, with its traceback."""
    above, _, beneath = told(served, f"/{function}").partition(f" shop GET /{function} ")
    assert "│" not in above
    cause, log, logged = beneath.partition(f"  {function} │ ")
    assert "before" in logged
    assert "no such item" not in log + logged
    assert re.search(rf"(?m)^  {function}: (LookupError|Error): no such item$", cause)
    assert cause.count("app.py" if function != "node" else "node.js") == 1


def test_an_init_error_is_shown_once(served: Served) -> None:
    console = told(served, "/broken")
    report = (
        r"  broken │ INIT_REPORT Init Duration: \S+ ms\tPhase: init\tStatus: error\tError Type: ZeroDivisionError\n"
    )
    assert re.search(report, console)
    assert console.count("1 / 0") == 1
    assert "[ERROR]" not in console


def test_too_much_memory(served: Served) -> None:
    warning = r"  big │ used 1\d\d MB of its 128 MB: Lambda would have ended it"
    assert re.search(rf"Max Memory Used: 1\d\d MB.*\n{warning}", told(served, "/big"))
    assert not re.search(warning, told(served, "/big"))


@pytest.fixture
def asking() -> Iterator[list[threading.Thread]]:
    threads: list[threading.Thread] = []
    yield threads
    for thread in threads:
        thread.join()


def ask(served: Served, path: str, threads: list[threading.Thread]) -> None:
    thread = threading.Thread(target=get, args=(served.urls["shop"] + path,))
    thread.start()
    threads.append(thread)


def test_slow_requests_are_told_apart_while_they_run(
    served: Served, folder: Path, asking: list[threading.Thread]
) -> None:
    began = len(re.findall("slow.* │ began", served.console))
    for gate in ("one", "two"):
        ask(served, f"/slow?gate={gate}", asking)
        began += 1
        served.wait_until(lambda console, began=began: len(re.findall("slow.* │ began", console)) == began, "began")
    for gate in ("two", "one"):
        (folder / gate).touch()
        served.wait_for(line(f"GET /slow\\?gate={gate}", 200))
    tag = served.wait_for(r"  slow (\w{4}) │ began")
    second = re.findall(r"  slow (\w{4}) │ began", tag)[-1]
    for gate, tag in (("two", f" {second}"), ("one", "")):
        asked = rf"\S+  {line(rf'shop GET /slow.gate={gate}', 200)}.*\n"
        served.wait_for(rf"  slow{tag} │ ended\n{asked}  slow{tag} │ END .+\n  slow{tag} │ REPORT ")


def test_a_handler_that_outlasts_its_gateway(served: Served, folder: Path) -> None:
    assert get(served.urls["shop"] + "/late?gate=late").status_code == 503
    console = served.wait_for(line(r"GET /late\?gate=late", 503))
    (folder / "late").touch()
    console = served.wait_for(r"slow \w{4} │ ended\n  slow \w{4} │ END .+\n  slow \w{4} │ REPORT", after=console)
    assert console.count("gate=late") == 1
