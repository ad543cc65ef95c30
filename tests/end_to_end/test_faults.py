"""Every fault of a handler, as the client of each product sees it and as the developer reads it on the console; and
that neither a fault nor the end of the emulator leaves a process."""

import contextlib
import re
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import httpx
import psutil
import pytest

from serving.emulate import EMULATE, PATIENCE, Served, serve, until

CONFIG = """
apis:
  http:
    type: http
    port: 0
    routes: &routes
      GET /python: python
      GET /node: node
      GET /hasty: hasty
      GET /hasty-node: hasty-node
      GET /init: init
      GET /flood: flood
      GET /patient: patient
      GET /impatient: {function: python, timeoutInMillis: 100}
  rest: {type: rest, port: 0, stage: v1, routes: *routes}
  url-python: {type: function-url, port: 0, function: python}
  url-node: {type: function-url, port: 0, function: node}
  url-hasty: {type: function-url, port: 0, function: hasty}
  url-hasty-node: {type: function-url, port: 0, function: hasty-node}
  url-init: {type: function-url, port: 0, function: init}
functions:
  python: {handler: faults.handler, timeout: 60}
  node: {handler: faults.handler, timeout: 60, runtime: nodejs20.x}
  hasty: {handler: faults.handler, timeout: 2}
  hasty-node: {handler: faults.handler, timeout: 2, runtime: nodejs20.x}
  init: {handler: init.handler, timeout: 60}
  flood: {handler: faults.floods, timeout: 600}
  patient: {handler: faults.handler, timeout: 600}
"""
PYTHON = r"""
import os, signal, subprocess, sys, time

def raises():
    return {}["missing"]

def recurses():
    return recurses()

def exits():
    sys.exit(3)

def os_exits():
    os._exit(4)

def crashes():
    import ctypes
    ctypes.string_at(0)

def terminates():
    os.killpg(0, signal.SIGTERM)

def loops():
    while True:
        pass

def blocks_its_event_loop():
    import asyncio

    async def main():
        time.sleep(1000)

    asyncio.run(main())

def stops():
    os.kill(os.getpid(), signal.SIGSTOP)

def hangs_up():
    os.closerange(3, 256)

def returns_a_set():
    return {1, 2}

def returns_bytes():
    return b"<html>"

def returns_a_bad_status():
    return {"statusCode": "many"}

def returns_too_much():
    return "x" * 6_291_555

def leaves_processes():
    subprocess.Popen(["sleep", "1000"])
    subprocess.Popen(["sleep", "1000"], start_new_session=True)
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execvp("sleep", ["sleep", "1000"])
        os._exit(0)
    os.wait()

def leaves_processes_and_exits():
    leaves_processes()
    os._exit(5)

def closes_its_streams():
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()
    os.closerange(0, 3)

def forks():
    os.fork()

def prints_no_utf_8():
    os.write(1, b"caf\xe9\n")

def sleeps():
    time.sleep(2)

def hangs():
    print("hangs as", os.getpid())
    time.sleep(1000)

def floods(event, context):
    asked = event["queryStringParameters"]
    for _ in range(int(asked["lines"])):
        print("x" * int(asked["length"]))

def handler(event, context):
    fault = (event.get("queryStringParameters") or {}).get("fault")
    answer = globals()[fault]() if fault else None
    return {"statusCode": 200, "body": "well"} if answer is None else answer
"""
NODE = """
import { spawn } from "node:child_process";

const faults = {
  throws() { throw new TypeError("no good"); },
  exits() { process.exit(3); },
  crashes() { process.kill(process.pid, "SIGSEGV"); while (true); },
  loops() { while (true); },
  stops() { process.kill(process.pid, "SIGSTOP"); while (true); },
  leavesAProcessAndExits() {
    spawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).unref();
    process.exit(5);
  },
};

export const handler = async (event) => {
  faults[event.queryStringParameters?.fault]?.();
  return { statusCode: 200, body: "well" };
};
"""
WELL = "def handler(event, context):\n    return {'statusCode': 200, 'body': 'well'}\n"

REFUSED = {
    "http": (500, '{"message":"Internal Server Error"}'),
    "rest": (502, '{"message": "Internal server error"}'),
    "url": (502, "Internal Server Error"),
}
"""AWS: Handling Lambda errors with an API Gateway API (REST); the others as recorded (emulator/aws)."""


def project(folder: Path) -> Path:
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "faults.py").write_text(PYTHON)
    (folder / "faults.mjs").write_text(NODE)
    (folder / "init.py").write_text(WELL)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    """One for all: a fault may not harm what comes after it."""
    with serve(folder) as served:
        yield served
        assert served.stop() == 0
    nothing_is_left(folder)


def left(folder: Path) -> list[psutil.Process]:
    """Every process that works in `folder`: the emulator, its guard, the functions and all they started."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(folder):
                found.append(process)
    return found


def nothing_is_left(folder: Path) -> None:
    try:
        until(lambda: left(folder), lambda processes: not processes)
    finally:
        for process in left(folder):
            process.kill()


def ask(served: Served, product: str, function: str, fault: str = "") -> httpx.Response:
    url = served.urls[f"url-{function}"] if product == "url" else f"{served.urls[product]}/{function}"
    return httpx.get(url, params={"fault": fault} if fault else {}, trust_env=False, verify=False, timeout=PATIENCE)


def ask_all(served: Served, function: str, fault: str = "") -> dict[str, tuple[int, str]]:
    """Through the three products at once, each in an environment of its own."""
    with ThreadPoolExecutor(len(REFUSED)) as threads:
        answers = threads.map(lambda product: ask(served, product, function, fault), REFUSED)
        return {product: (answer.status_code, answer.text) for product, answer in zip(REFUSED, answers, strict=True)}


WELL_FOR_ALL = dict.fromkeys(REFUSED, (200, "well"))
EXITED = r"Runtime\.ExitError: .*Runtime exited with error: "
TIMED_OUT = r"Sandbox\.Timedout: .*Task timed out after 2\.00 seconds"

# The fault, its cause on the console, and, where the user's code has one, the frame.
CAUSES = [
    pytest.param("python", "raises", r"KeyError: 'missing'", r'faults\.py", line \d+, in raises', id="raises"),
    pytest.param("python", "recurses", r"RecursionError: maximum", r"in recurses", id="recursion"),
    pytest.param("python", "exits", EXITED + "exit status 3", "", id="exits"),
    pytest.param("python", "os_exits", EXITED + "exit status 4", "", id="os-exit"),
    pytest.param("python", "crashes", EXITED + "signal: segmentation fault", "", id="segmentation-fault"),
    pytest.param("python", "terminates", EXITED + "signal: terminated", "", id="terminates-its-group"),
    pytest.param("hasty", "loops", TIMED_OUT, "", id="endless-loop"),
    pytest.param("hasty", "blocks_its_event_loop", TIMED_OUT, "", id="blocked-event-loop"),
    pytest.param("hasty", "stops", TIMED_OUT, "", id="stops-itself"),
    pytest.param("python", "hangs_up", EXITED + "exit status 1", "Bad file descriptor", id="closes-the-runtime-api"),
    pytest.param("python", "returns_a_set", r"Runtime\.MarshalError: .*type set is not", "", id="no-json-value"),
    pytest.param("python", "returns_a_bad_status", r"statusCode many \(a string\)", "", id="bad-status"),
    pytest.param("python", "returns_too_much", r"Function\.ResponseSizeTooLarge: .*6291557", "", id="too-large"),
    pytest.param("python", "leaves_processes_and_exits", EXITED + "exit status 5", "", id="leaves-processes"),
    pytest.param("node", "throws", r"TypeError: no good", r"faults\.mjs:\d+", id="node-throws"),
    pytest.param("node", "exits", EXITED + "exit status 3", "", id="node-exits"),
    pytest.param("node", "crashes", EXITED + "signal: segmentation fault", "", id="node-segmentation-fault"),
    pytest.param("hasty-node", "loops", TIMED_OUT, "", id="node-blocked-event-loop"),
    pytest.param("node", "leavesAProcessAndExits", EXITED + "exit status 5", "", id="node-leaves-a-process"),
]


@pytest.mark.parametrize(("function", "fault", "cause", "frame"), CAUSES)
def test_faults(served: Served, function: str, fault: str, cause: str, frame: str) -> None:
    begin = len(served.console)
    assert ask_all(served, function, fault) == REFUSED
    shows(served, begin, cause, len(REFUSED))
    shows(served, begin, frame)  # of the same frames, those of the first
    assert ask_all(served, function) == WELL_FOR_ALL
    assert "emulate has a bug" not in served.console


def shows(served: Served, begin: int, pattern: str, times: int = 1) -> None:
    """Waits until the console, from its `begin`th character on, has the pattern as often as that."""
    served.wait_until(lambda console: len(re.findall(pattern, console[begin:])) >= times, pattern)


def test_what_is_not_json(served: Served) -> None:
    """A REST API takes nothing but a response object; to the others any payload is a body (emulator/aws/payload_v2)."""
    begin = len(served.console)
    text = (200, "<html>")
    assert ask_all(served, "python", "returns_bytes") == {"http": text, "rest": REFUSED["rest"], "url": text}
    shows(served, begin, "malformed-function-response")  # whole, or told again with its count
    assert ask_all(served, "python") == WELL_FOR_ALL


@pytest.mark.parametrize(
    ("product", "status", "body"),
    [
        pytest.param("http", 503, '{"message":"Service Unavailable"}', id="http"),
        pytest.param("rest", 504, '{"message": "Endpoint request timed out"}', id="rest"),
    ],
)
def test_the_integration_waits_no_longer(served: Served, product: str, status: int, body: str) -> None:
    """Other than the function's own timeout: that is a function error."""
    assert ask_all(served, "python") == WELL_FOR_ALL
    begin = len(served.console)
    answer = ask(served, product, "impatient", "sleeps")
    assert (answer.status_code, answer.text) == (status, body)
    shows(served, begin, "function-timeout")
    assert ask_all(served, "python") == WELL_FOR_ALL


@pytest.mark.parametrize("fault", ["leaves_processes", "forks", "prints_no_utf_8", "closes_its_streams"])
def test_survived(served: Served, fault: str) -> None:
    assert ask_all(served, "python", fault) == WELL_FOR_ALL
    assert ask_all(served, "python") == WELL_FOR_ALL


# How the module is broken, and what the console says of it.
INIT = [
    pytest.param("1 / 0", r"ZeroDivisionError: division by zero", r'init\.py", line 1', id="raises"),
    pytest.param("def handler(:", r"Runtime\.UserCodeSyntaxError: .*invalid syntax", r"init\.py", id="syntax-error"),
    pytest.param(
        "import no_such_module",
        r"Runtime\.ImportModuleError: .*No module named 'no_such_module'",
        r'init\.py", line 1',
        id="missing-module",
    ),
    pytest.param(
        "handle = 1", r"Runtime\.HandlerNotFound: Handler 'handler' missing on module 'init'", "", id="missing-handler"
    ),
    pytest.param("import os; os._exit(6)", EXITED + "exit status 6", "", id="exits"),
]


@pytest.mark.parametrize(("source", "cause", "frame"), INIT)
def test_init(served: Served, folder: Path, source: str, cause: str, frame: str) -> None:
    """Told when it happens and to each request; the next save heals."""
    begin = len(served.console)
    (folder / "init.py").write_text(source)
    assert ask_all(served, "init") == REFUSED
    shows(served, begin, cause, len(REFUSED))
    shows(served, begin, frame)
    (folder / "init.py").write_text(WELL)
    assert ask_all(served, "init") == WELL_FOR_ALL


def test_killed_while_idle(served: Served) -> None:
    """Nobody notices, once the emulator has: a process is gone when its parent has read how it ended."""
    assert ask_all(served, "python") == WELL_FOR_ALL
    killed = []
    for process in psutil.Process(served.process.pid).children():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            if any("bootstrap" in argument for argument in process.cmdline()):
                process.kill()
                killed.append(process)
    _, remaining = psutil.wait_procs(killed, timeout=30)
    assert not remaining
    assert ask_all(served, "python") == ask_all(served, "node") == WELL_FOR_ALL


def test_killed_while_busy(served: Served) -> None:
    begin = len(served.console)
    with ThreadPoolExecutor(1) as threads:
        busy = threads.submit(ask, served, "http", "patient", "hangs")
        shows(served, begin, r"hangs as \d+")
        [pid] = re.findall(r"hangs as (\d+)", served.console[begin:])
        psutil.Process(int(pid)).kill()
    answer = busy.result()
    assert (answer.status_code, answer.text) == REFUSED["http"]
    shows(served, begin, EXITED + "signal: killed")
    assert ask(served, "http", "patient").text == "well"


# The end of the emulator


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_nothing_outlives_the_emulator(tmp_path: Path, number: int) -> None:
    with serve(project(tmp_path)) as served:
        assert ask(served, "http", "python", "leaves_processes").text == "well"
        until(lambda: [process.name() for process in left(tmp_path)].count("sleep"), lambda sleepers: sleepers == 3)
        assert served.stop(number) == (-number if number == signal.SIGKILL else 0)
    nothing_is_left(tmp_path)


@pytest.mark.parametrize(("lines", "length"), [(25_000, 4096), (200_000, 60)], ids=["100-mb", "many-short-lines"])
def test_a_flood_of_output(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, lines: int, length: int) -> None:
    """All reaches the console, and the emulator keeps none of it."""
    console = tmp_path_factory.mktemp("outside") / "console"  # what is written in the project is looked at
    with console.open("w") as stream:
        process = subprocess.Popen([EMULATE, "serve"], cwd=project(tmp_path), stdout=stream, stderr=stream)
    try:
        [url] = until(lambda: re.findall(r"HTTP API +(http://\S+) (?s:.*)Ready", console.read_text()), bool)
        emulator = psutil.Process(process.pid)
        before = peak = emulator.memory_info().rss
        with ThreadPoolExecutor(1) as threads:
            flood = threads.submit(
                httpx.get, f"{url}/flood?lines={lines}&length={length}", trust_env=False, verify=False, timeout=PATIENCE
            )
            while not flood.done():
                peak = max(peak, emulator.memory_info().rss)
                wait([flood], timeout=0.01)
        assert (flood.result().status_code, flood.result().text) == (200, "null")
        assert peak - before < 40_000_000
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
    with console.open("rb") as written:
        assert sum(line.endswith(b" " + b"x" * length + b"\n") for line in written) == lines
