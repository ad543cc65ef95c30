"""`emulate invoke` as its users run it: results, logs, every way a function fails, and what is left when it ends."""

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from emulator.aws.limits import FUNCTION_TIMEOUT_S, INIT_PHASE_S
from emulator.cli.invoke import invocation_of
from emulator.cli.main import main
from serving.emulate import EMULATE, PATIENCE, until

CONFIG = """
apis:
  shop: {type: http, port: 0, routes: {"GET /items/{id}": echo}}
functions:
  echo: {handler: functions.echo}
  old: {handler: functions.echo, runtime: python3.11}
  about: {handler: functions.about, timeout: 900}
  text: {handler: functions.text}
  chatty: {handler: functions.chatty}
  raises: {handler: functions.raises}
  marshal: {handler: functions.marshal}
  leaves: {handler: functions.leaves}
  large: {handler: functions.large}
  late: {handler: functions.late, timeout: 1}
  slow: {handler: functions.slow, timeout: 600}
  parent: {handler: functions.parent}
  node: {handler: node.handler, runtime: nodejs20.x}
  no-module: {handler: nowhere.handler}
  no-import: {handler: breaks.handler}
  never: {handler: never_imported.handler}
  no-program: {handler: functions.echo, command: [no-such-program]}
"""
FUNCTIONS = r"""
import os, subprocess, sys, time

def echo(event, context):
    return event

def about(event, context):
    return {"left": context.get_remaining_time_in_millis(), "color": os.environ.get("COLOR")}

def text(event, context):
    return b"no JSON \xff"

def chatty(event, context):
    print("one")
    print("two", file=sys.stderr)
    return {"name": "\u03bb", "n": [1, 2.0]}

def raises(event, context):
    print("before")
    raise ValueError("no \u03bb")

def marshal(event, context):
    return {1, 2}

def leaves(event, context):
    os._exit(3)

def large(event, context):
    return "a" * 7_000_000

def late(event, context):
    time.sleep(600)

def slow(event, context):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    print("sleeping")
    time.sleep(600)

def parent(event, context):
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid
"""
NEVER_IMPORTED = """
import time
print("sleeping")
time.sleep(600)
"""
ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invoke")
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "functions.py").write_text(FUNCTIONS)
    (folder / "never_imported.py").write_text(NEVER_IMPORTED)
    (folder / "node.js").write_text("exports.handler = async () => { throw new RangeError('no'); };\n")
    (folder / "breaks.py").write_text("1 / 0\n")
    return folder


@pytest.fixture(autouse=True)
def no_orphans() -> Iterator[None]:
    others = set(psutil.Process().children(recursive=True))
    yield
    assert set(psutil.Process().children(recursive=True)) <= others


def invoke(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [EMULATE, "invoke", *arguments], cwd=folder, input=stdin, capture_output=True, timeout=PATIENCE, check=False
    )


def test_the_result_is_what_the_function_returned(folder: Path) -> None:
    ended = invoke(folder, "chatty")
    assert (ended.returncode, ended.stdout) == (0, '{"name": "λ", "n": [1, 2.0]}'.encode())


def test_the_log_is_lambdas(folder: Path) -> None:
    lines = invoke(folder, "chatty").stderr.decode().splitlines()
    start, middle, report = lines.index("one") - 1, lines[-4:-2], lines[-1]
    assert re.fullmatch(rf"START RequestId: {ID} Version: \$LATEST", lines[start])
    assert middle == ["one", "two"]
    request_id = lines[start].split()[2]
    assert lines[-2] == f"END RequestId: {request_id}"
    assert re.match(rf"REPORT RequestId: {request_id}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\t", report)


def test_an_error_is_in_the_log(folder: Path) -> None:
    lines = invoke(folder, "raises").stderr.decode().splitlines()
    assert lines.count("[ERROR] ValueError: no λ") == 1
    error = lines.index("[ERROR] ValueError: no λ")
    assert lines[error - 1] == "before"
    assert lines[error + 1] == "Traceback (most recent call last):"
    assert any(line.startswith("END RequestId: ") for line in lines[error + 1 :])


def test_a_result_that_is_no_json(folder: Path) -> None:
    assert invoke(folder, "text").stdout == b"no JSON \xff"
    assert json.loads(invoke(folder, "text", "--json").stdout)["payload"] == "no JSON \ufffd"


def test_half_a_character(folder: Path) -> None:
    """JSON may hold what UTF-8 cannot."""
    told = invoke(folder, "old", "-e", "-", "--json", stdin=rb'"\ud800\u009b"').stdout
    assert rb'"payload": "\ud800\u009b"' in told


EVENTS = [
    pytest.param((), b"", b"{}", id="none"),
    pytest.param((), b'{"not": "read"}', b"{}", id="standard-input-is-not-read-unasked"),
    pytest.param(("-e", "-"), b' {"a" : 1}\n', b'{"a": 1}', id="standard-input"),
    pytest.param(("-e", "-"), b"null", b"null", id="not-an-object"),
    pytest.param(("-e", "event.json"), b"", '{"b": "λ"}'.encode(), id="file-with-byte-order-mark"),
]


@pytest.mark.parametrize(("arguments", "stdin", "payload"), EVENTS)
def test_events(folder: Path, arguments: tuple[str, ...], stdin: bytes, payload: bytes) -> None:
    (folder / "event.json").write_text('{"b": "λ"}', encoding="utf-8-sig")
    ended = invoke(folder, "echo", *arguments, stdin=stdin)
    assert (ended.returncode, ended.stdout) == (0, payload), ended.stderr


def test_what_event_prints_goes_in(folder: Path) -> None:
    """The pipe of the help text."""
    piped = f"{EMULATE} event http '/items/7?a=b' | {EMULATE} invoke echo -e -"
    ended = subprocess.run(piped, cwd=folder, shell=True, capture_output=True, timeout=PATIENCE, check=True)
    received = json.loads(ended.stdout)
    assert (received["routeKey"], received["pathParameters"]) == ("GET /items/{id}", {"id": "7"})
    assert received["queryStringParameters"] == {"a": "b"}


def test_a_function_may_take_its_whole_timeout(folder: Path) -> None:
    """The 30 s of a gateway are not counted."""
    assert invocation_of(b"{}").timeout_s > FUNCTION_TIMEOUT_S + INIT_PHASE_S
    assert json.loads(invoke(folder, "about").stdout)["left"] > 890_000


def test_env_files(folder: Path) -> None:
    (folder / "local.env").write_text("COLOR=green\n")
    assert json.loads(invoke(folder, "about", "--env-file", "local.env").stdout)["color"] == "green"


SANDBOX = [
    pytest.param("leaves", "Runtime.ExitError", "Error: Runtime exited with error: exit status 3", id="exit"),
    pytest.param("late", "Sandbox.Timedout", "Error: Task timed out after 1.00 seconds", id="timeout"),
]


@pytest.mark.parametrize(("function", "error_type", "message"), SANDBOX)
def test_errors_of_lambda_itself(folder: Path, function: str, error_type: str, message: str) -> None:
    """Recorded from AWS: floci-io/floci#3314."""
    ended = invoke(folder, function)
    payload = rf'{{"errorType":"{error_type}","errorMessage":"RequestId: {ID} {message}"}}'
    assert (ended.returncode, re.fullmatch(payload, ended.stdout.decode()) is not None) == (1, True), ended.stdout


REPORTED = [
    pytest.param("raises", "ValueError", "no λ", 1, id="raised"),
    pytest.param("marshal", "Runtime.MarshalError", "Unable to marshal response: Object of type set is not JSON ser", 0,
                 id="marshal"),
    pytest.param("no-module", "Runtime.ImportModuleError", "Unable to import module 'nowhere': No module named", 0,
                 id="no-module"),
    pytest.param("no-import", "ZeroDivisionError", "division by zero", 1, id="init"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "error_type", "message", "frames"), REPORTED)
def test_errors_of_the_runtime(folder: Path, function: str, error_type: str, message: str, frames: int) -> None:
    ended = invoke(folder, function)
    error = json.loads(ended.stdout)
    assert ended.returncode == 1
    assert list(error) == ["errorMessage", "errorType", "requestId", "stackTrace"]
    assert error["errorMessage"].startswith(message)
    assert (error["errorType"], len(error["stackTrace"])) == (error_type, frames)
    assert re.fullmatch(ID, error["requestId"])


def test_an_error_of_nodejs(folder: Path) -> None:
    ended = invoke(folder, "node")
    error = json.loads(ended.stdout)
    assert (ended.returncode, list(error)) == (1, ["errorType", "errorMessage", "trace"])
    assert (error["errorType"], error["errorMessage"]) == ("RangeError", "no")
    assert ended.stderr.count(b"Invoke Error") == 1


def test_a_response_that_is_too_large(folder: Path) -> None:
    ended = invoke(folder, "large")
    assert (ended.returncode, json.loads(ended.stdout)["errorType"]) == (1, "Function.ResponseSizeTooLarge")


def test_json(folder: Path) -> None:
    ended = invoke(folder, "chatty", "--json")
    assert (ended.returncode, ended.stderr) == (0, b"")
    told: dict[str, Any] = json.loads(ended.stdout)
    assert list(told) == [
        "statusCode", "functionError", "executedVersion", "payload", "requestId", "duration", "billedDuration",
        "maxMemoryUsed", "initDuration", "logs",
    ]  # fmt: skip
    assert (told["statusCode"], told["functionError"], told["executedVersion"]) == (200, None, "$LATEST")
    assert told["payload"] == {"name": "λ", "n": [1, 2.0]}
    assert 0 < told["duration"] + told["initDuration"] <= told["billedDuration"]
    assert 1 < told["maxMemoryUsed"] < 500
    assert told["logs"][-4:-2] == ["one", "two"]
    assert told["logs"][-2] == f"END RequestId: {told['requestId']}"


def test_json_of_a_timeout(folder: Path) -> None:
    told = json.loads(invoke(folder, "late", "--json").stdout)
    assert (told["duration"], told["payload"]["errorType"]) == (1000, "Sandbox.Timedout")
    assert f"Billed Duration: {told['billedDuration']} ms" in told["logs"][-1]


def test_json_of_an_error(folder: Path) -> None:
    ended = invoke(folder, "raises", "--json")
    told = json.loads(ended.stdout)
    assert (ended.returncode, told["statusCode"], told["functionError"]) == (1, 200, "Unhandled")
    assert (told["payload"]["errorType"], told["payload"]["requestId"]) == ("ValueError", told["requestId"])
    init = json.loads(invoke(folder, "no-import", "--json").stdout)
    assert (init["functionError"], init["duration"], init["payload"]["errorType"]) == (
        "Unhandled", 0, "ZeroDivisionError",
    )  # fmt: skip


def test_on_a_terminal_the_result_is_indented(folder: Path) -> None:
    ours, theirs = pty.openpty()
    with open(ours, "rb", buffering=0) as terminal:  # noqa: PTH123
        ended = subprocess.run(
            [EMULATE, "invoke", "chatty"], cwd=folder, stdout=theirs, stderr=subprocess.DEVNULL, timeout=PATIENCE,
            check=False,
        )  # fmt: skip
        os.close(theirs)
        shown = terminal.read(4096).decode()
    assert ended.returncode == 0
    assert shown.splitlines() == ["{", '  "name": "λ",', '  "n": [', "    1,", "    2.0", "  ]", "}"]


REFUSED = [
    pytest.param(("chaty",), "", "there is no function 'chaty'; did you mean 'chatty'? The configuration has: echo, ",
                 id="near"),
    pytest.param(("zzz",), "", "there is no function 'zzz'. The configuration has: echo, ", id="far"),
    pytest.param(("echo", "-e", "nowhere.json"), "", "-e nowhere.json: cannot be read (No such file", id="no-file"),
    pytest.param(("echo", "-e", "."), "", "-e .: cannot be read (Is a directory)", id="a-folder"),
    pytest.param(("echo", "-e", "e.json"), "", "e.json is empty: an event is JSON", id="empty"),
    pytest.param(("echo", "-e", "e.json"), '{\n "a": 1,\n}', "e.json:2:8: not JSON: a comma before the `}`. Remove it.",
                 id="comma-in-an-object"),
    pytest.param(("echo", "-e", "e.json"), '[1 , ]', "e.json:1:4: not JSON: a comma before the `]`. Remove it.",
                 id="comma-in-a-list"),
    pytest.param(("echo", "-e", "e.json"), '[1 2]', "e.json:1:4: not JSON: Expecting ',' delimiter.", id="no-comma"),
    pytest.param(("echo", "-e", "e.json"), "{'a': 1}", "e.json:1:2: not JSON: Expecting property name enclosed in "
                 "double quotes. Strings are in double quotes.", id="single-quotes"),
    pytest.param(("echo", "-e", "e.json"), "{\n// x\n}", "e.json:2:1: not JSON: Expecting property name enclosed in "
                 "double quotes. Remove the comment.", id="comment"),
    pytest.param(("echo", "-e", "e.json"), "{} {}", "e.json:1:4: not JSON: Extra data.", id="two"),
    pytest.param(("echo", "-e", "e.json"), '{"NaN":\n "-Infinity", "a": -Infinity}', "e.json:2:20: not JSON: -Infinity "
                 "is no JSON value.", id="constant"),
    pytest.param(("echo", "-e", "e.json"), '"ä\n \udce9"', "e.json:2:2: the byte 0xe9 is not UTF-8.", id="not-utf-8"),
    pytest.param(("echo", "-e", "e.json"), "[" * 99_999, "e.json: the event is nested too deeply", id="too-deep"),
    pytest.param(("echo", "-e", "e.json"), f'"{"a" * 6_291_455}"', "the event is 6291457 bytes; Lambda takes 6291456",
                 id="too-large"),
    pytest.param(("echo", "-c", "nowhere.yaml"), "", "nowhere.yaml: no such file", id="no-configuration"),
    pytest.param(("echo", "--env-file", "no.env"), "", "no.env", id="no-env-file"),
    pytest.param((), "", "Missing argument 'FUNCTION'", id="no-function"),
    pytest.param(("no-program",), "", "cannot start 'no-such-program'", id="no-program"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "event", "said"), REFUSED)
def test_what_cannot_be_invoked(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    event: str,
    said: str,
) -> None:
    (folder / "e.json").write_text(event, errors="surrogateescape")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["emulate", "invoke", *arguments])
    with pytest.raises(SystemExit) as exit_:
        main()
    printed = capsys.readouterr()
    assert (exit_.value.code, printed.out) == (2, "")
    assert said in printed.err


def test_invalid_json_from_standard_input(folder: Path) -> None:
    ended = invoke(folder, "echo", "-e", "-", stdin=b"items")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr == b"standard input:1:1: not JSON: Expecting value.\n"


def test_a_child_of_the_function_ends_with_it(folder: Path) -> None:
    pid = int(invoke(folder, "parent").stdout)
    until(lambda: alive([pid]), lambda left: not left)


def alive(pids: list[int]) -> list[int]:
    """A zombie is not: an orphan's waits for the system to reap it."""
    left = []
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                left.append(pid)
    return left


@contextlib.contextmanager
def sleeping(folder: Path, function: str) -> Iterator[subprocess.Popen[bytes]]:
    """One that has begun to sleep."""
    with subprocess.Popen(
        [EMULATE, "invoke", function], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            assert process.stderr is not None
            assert any(line == b"sleeping\n" for line in process.stderr)
            yield process
        finally:
            process.kill()


ENDS = [
    pytest.param((signal.SIGINT,), 130, id="ctrl-c"),
    pytest.param((signal.SIGINT, signal.SIGINT), 130, id="ctrl-c-twice"),
    pytest.param((signal.SIGTERM,), -signal.SIGTERM, id="terminated"),
    pytest.param((signal.SIGKILL,), -signal.SIGKILL, id="killed"),
]


@pytest.mark.parametrize("function", ["slow", "never"])
@pytest.mark.parametrize(("signals", "code"), ENDS)
def test_interrupted_it_ends_at_once(folder: Path, function: str, signals: tuple[int, ...], code: int) -> None:
    with sleeping(folder, function) as process:
        started = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
        assert len(started) >= 2
        for number in signals:
            process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out, err) == (code, b"", b"")
    until(lambda: alive(started), lambda left: not left)


def nobody() -> int:
    """The writing end of a pipe that nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    return writer


def test_a_reader_that_has_gone(folder: Path) -> None:
    writer = nobody()
    ended = subprocess.run([EMULATE, "invoke", "large"], cwd=folder, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (ended.returncode, b"Traceback" in ended.stderr, b"BrokenPipe" in ended.stderr) == (1, False, False)


def test_a_log_nobody_reads_costs_no_result(folder: Path) -> None:
    writer = nobody()
    ended = subprocess.run(
        [EMULATE, "invoke", "chatty"], cwd=folder, stdout=subprocess.PIPE, stderr=writer, check=False
    )
    os.close(writer)
    assert (ended.returncode, ended.stdout) == (0, '{"name": "λ", "n": [1, 2.0]}'.encode())


def test_a_full_disk(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [EMULATE, "invoke", "echo"], cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ended.returncode == 2
    assert ended.stderr.endswith(b"\nstandard output cannot be written: No space left on device.\n")
