"""The console for programs: one object for each thing that happens, in order, each with its type and its time."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from emulator.aws.api_mapping import ApiMapping
from emulator.aws.http_api.http_api import HttpApi
from emulator.console.json_console import JsonConsole, missing
from emulator.console.writer import Writer
from emulator.deployment import MappedUrl
from emulator.exchange import Exchange
from emulator.functions.invocation import (
    Function,
    FunctionError,
    FunctionErrorKind,
    InitReport,
    InvocationReport,
    InvocationStart,
    OutputLine,
    Returned,
)
from emulator.history import pairing
from emulator.history.history import History
from products import a_route
from serving.exchanges import STAMP, answers, call, exchanged, preflight
from serving.rim import run
from serving.stream import Stream

API = HttpApi("shop", "abcdef1234", (a_route("GET /x", "items"),))
FUNCTION = Function("items", "items.handler", Path("/shop"))
FAILED = FunctionError(FunctionErrorKind.INIT, "ImportError", "no", ("  File x\n",), init_duration_ms=12.5)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
Told = list[dict[str, Any]]


def told(*calls: Callable[[JsonConsole], None], exchanges: tuple[Exchange, ...] = (), **options: bool) -> Told:
    """The objects that come of these calls, and then of the exchanges, without their times."""

    async def conversation() -> str:
        stream = Stream()
        history = History(tuple)
        console = JsonConsole(Writer(stream, missing), history, **options)
        for one in calls:
            one(console)
        for exchange in exchanges:
            history.observe(exchange)
        assert stream.writes == []
        assert console.finish()
        return "".join(stream.writes)

    objects = [json.loads(line) for line in run(conversation()).splitlines()]
    assert all(TIME.fullmatch(one.pop("time")) for one in objects)
    return objects


def report(used: int | None = 12) -> InvocationReport:
    return InvocationReport(FUNCTION, "id", "", 0.0, Returned(b"{}"), lambda: used)


SAID = [
    pytest.param(
        lambda console: console.endpoints([(API, "http://localhost:3000")], ()),
        {"type": "endpoint", "api": "shop", "product": "HTTP API", "url": "http://localhost:3000"},
        id="endpoint",
    ),
    pytest.param(
        lambda console: console.endpoints(
            [], (), [MappedUrl(ApiMapping("api.example.com"), API, "http://localhost:3001")]
        ),
        {"type": "domain", "domain": "api.example.com", "api": "shop", "url": "http://localhost:3001"},
        id="domain",
    ),
    pytest.param(
        lambda console: console.ready(reloads=True, seconds=0.3), {"type": "ready", "reloads": True}, id="ready"
    ),
    pytest.param(
        lambda console: console.debugger("items", 5678, "debugpy"),
        {"type": "debugger", "function": "items", "port": 5678, "debugger": "debugpy"},
        id="debugger",
    ),
    pytest.param(
        lambda console: console.reloading({"b.py", "a.py"}, {"items"}),
        {"type": "reload", "files": ["a.py", "b.py"], "functions": ["items"]},
        id="reload",
    ),
    pytest.param(lambda console: console.note("n"), {"type": "note", "message": "n"}, id="note"),
    pytest.param(lambda console: console.warning("w"), {"type": "warning", "message": "w"}, id="warning"),
    pytest.param(
        lambda console: console.problem("p"),
        {"type": "problem", "message": "p", "is_configuration": False},
        id="problem",
    ),
    pytest.param(
        lambda console: console.init_error("items", FAILED),
        {
            "type": "init-error",
            "function": "items",
            "error": {"error_type": "ImportError", "error_message": "no", "stack_trace": ["  File x\n"]},
        },
        id="init-error",
    ),
    pytest.param(
        lambda console: console.log(OutputLine("items", "id", "printed")),
        {"type": "output", "function": "items", "request_id": "id", "message": "printed"},
        id="output",
    ),
    pytest.param(
        lambda console: console.log(OutputLine("items", None, "")),
        {"type": "output", "function": "items", "request_id": None, "message": ""},
        id="output-outside-a-request",
    ),
]


@pytest.mark.parametrize(("call_", "value"), SAID)
def test_what_happens_is_one_object(call_: Callable[[JsonConsole], None], value: dict[str, object]) -> None:
    assert told(call_) == [value]


LOGS = [
    lambda console: console.log(InvocationStart(FUNCTION, "id", 0.0)),
    lambda console: console.log(report()),
    lambda console: console.log(InitReport(FUNCTION, 0.0, FAILED)),
]


def test_lambdas_own_lines_are_of_a_type_of_their_own() -> None:
    objects = told(*LOGS)
    assert [(one["type"], one["function"], one["request_id"]) for one in objects] == [
        *[("platform", "items", "id")] * 3,
        ("platform", "items", None),
    ]
    assert [one["message"].split()[0] for one in objects] == ["START", "END", "REPORT", "INIT_REPORT"]
    assert told(*LOGS, platform_logs=False) == []


def test_too_much_memory_is_told_once_a_save() -> None:
    calls = [lambda console: console.log(report(180))] * 2
    save = [lambda console: console.reloading({"a.py"}, {"items"})]
    objects = told(*calls, *save, *calls, platform_logs=False)
    assert [one["type"] for one in objects] == ["reload", "warning", "warning"]
    assert objects[1]["message"] == (
        "items used 180 MB of its 128 MB: Lambda would have ended it (Runtime.ExitError, signal: killed)"
    )
    assert told(lambda console: console.log(report(None)), platform_logs=False) == []


def test_exchanges_come_after_what_was_told_before() -> None:
    objects = told(
        lambda console: console.log(OutputLine("items", STAMP.request_id, "printed")),
        exchanges=(exchanged(API, call(), answers()),),
    )
    assert [(one["type"], one["request_id"]) for one in objects] == [
        ("output", STAMP.request_id),
        ("exchange", STAMP.request_id),
    ]


def test_a_preflight_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "PATIENCE", 0.01)
    allowed = answers(204, access_control_allow_origin="*", access_control_allow_methods="PUT")
    api = HttpApi("shop", "abcdef1234", (a_route("OPTIONS /x", "items"),))
    exchange = exchanged(api, preflight("PUT", headers=(("Sec-Fetch-Site", "cross-site"),)), allowed)

    async def conversation() -> Told:
        stream = Stream()
        history = History(tuple)
        JsonConsole(Writer(stream, missing), history)
        history.observe(exchange)
        while not any("looked-at-again" in write for write in stream.writes):
            stream.flushed.clear()
            await stream.flushed.wait()
        return [json.loads(line) for line in "".join(stream.writes).splitlines()]

    first, again = run(conversation())
    assert (first["type"], again["type"]) == ("exchange", "looked-at-again")
    assert again["request"] == first["request"]
    assert "No PUT has followed" in again["findings"][0]["message"]


def test_a_bug_of_ours_is_told_whole() -> None:
    async def conversation() -> str:
        stream = Stream()
        history = History(lambda: 1 // 0)  # type: ignore[arg-type,return-value]
        console = JsonConsole(Writer(stream, missing), history)
        history.observe(exchange)
        console.flush()
        return "".join(stream.writes)

    exchange = exchanged(API, call(), answers())
    value = json.loads(run(conversation()))
    assert value["type"] == "bug"
    assert value["message"].startswith("Traceback (most recent call last):")


def test_lines_that_could_not_be_written() -> None:
    value = json.loads(missing(7, "No space left on device"))
    assert TIME.fullmatch(value.pop("time"))
    assert value == {"type": "missing", "lines": 7, "message": "No space left on device"}
