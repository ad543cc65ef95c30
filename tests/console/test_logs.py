"""Log lines on the console: together with their request's, live when it takes long, in bounded memory."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from emulator.aws.api import Api
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.integrations import LambdaProxy
from emulator.aws.product import Route, Stamp
from emulator.console.blocks import HOLD
from emulator.exchange import Exchange
from emulator.functions.error_record import python_record
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
from emulator.history.history import History
from emulator.history.turns import BACKLOG
from emulator.messages import Request, Response
from products import a_route
from serving.rim import run
from serving.stream import Observed, Stream

API: Api = HttpApi("shop", "abcdef1234", (a_route("GET /items", "items"),))
FUNCTION = Function("items", "items.handler", Path("/shop"))
ONE, TWO = "11111111-2222-4333-8444-555555555555", "22222222-2222-4333-8444-555555555555"
OK = Returned(b"{}")
RAISED = FunctionError(FunctionErrorKind.HANDLER, "ZeroDivisionError", "division by zero", ("  File x\n    1 / 0\n",))
FAILED = replace(RAISED, kind=FunctionErrorKind.INIT, init_duration_ms=12.5)


def exchange(request_id: str, result: Returned | FunctionError = OK) -> Exchange:
    return Exchange(
        api=API,
        request=Request("GET", "/items", headers=(("Host", "localhost:3000"),), port=3000),
        stamp=Stamp(1_700_000_000_000, request_id, "QXXIFgRJ5PgEPNA=", "1-65000000-" + "0" * 24),
        route=Route("GET /items", "/items", (), "/items", "", LambdaProxy("items")),
        result=result,
        outcome=Response(200),
        response=Response(200),
    )


def started(request_id: str) -> InvocationStart:
    return InvocationStart(FUNCTION, request_id, 1_700_000_000.0)


def ended(request_id: str, result: Returned | FunctionError = OK, used: int = 12) -> InvocationReport:
    return InvocationReport(FUNCTION, request_id, "", 1_700_000_000.0, result, lambda: used)


def written(use: Callable[[Observed, Stream], Awaitable[None]], **options: bool) -> list[str]:
    """What the stream was told to write, write by write."""

    async def conversation() -> list[str]:
        stream = Stream()
        await use(Observed(stream, History(tuple), **options), stream)
        return stream.writes

    return run(conversation())


def flushed(*events: object, **options: bool) -> list[str]:
    """The lines that come of log events and exchanges."""

    async def use(console: Observed, stream: Stream) -> None:
        for event in events:
            tell(console, event)
        console.flush()

    return "".join(written(use, **options)).splitlines()


def tell(console: Observed, event: object) -> None:
    if isinstance(event, Exchange):
        console.observe(event)
    else:
        assert isinstance(event, OutputLine | InvocationStart | InvocationReport | InitReport)
        console.log(event)


def output(request_id: str | None, text: str) -> OutputLine:
    return OutputLine("items", request_id, text)


def block(request_id: str, *printed: str) -> list[str]:
    report = f"REPORT RequestId: {request_id}\tDuration: 0.00 ms\tBilled Duration: 0 ms\tMemory Size: 128 MB\t"
    lines = [f"START RequestId: {request_id} Version: $LATEST", *printed, f"END RequestId: {request_id}"]
    return [f"  items │ {line}" for line in (*lines, f"{report}Max Memory Used: 12 MB\t")]


REQUEST = "22:13:20  ok       200  shop GET /items  items, 0.0 ms"


def test_what_a_request_logged_stands_beneath_it() -> None:
    one = (started(ONE), output(ONE, "loaded"), ended(ONE), exchange(ONE))
    assert flushed(*one) == [REQUEST, *block(ONE, "loaded")]


def test_requests_side_by_side() -> None:
    events = (
        started(ONE), started(TWO), output(TWO, "b"), output(None, "between"), output(ONE, "a"), ended(TWO),
        ended(ONE), exchange(ONE), exchange(TWO),
    )  # fmt: skip
    assert flushed(*events) == ["  items │ between", REQUEST, *block(ONE, "a"), REQUEST, *block(TWO, "b")]


def test_without_platform_logs() -> None:
    events = (started(ONE), output(ONE, "loaded"), ended(ONE), exchange(ONE), InitReport(FUNCTION, 0.0, FAILED))
    assert flushed(*events, platform_logs=False) == [REQUEST, "  items │ loaded"]


def test_a_long_request_is_shown_while_it_runs() -> None:
    async def use(console: Observed, stream: Stream) -> None:
        began = time.perf_counter()
        console.log(started(ONE))
        console.log(output(ONE, "slow"))
        await stream.flushed.wait()
        assert time.perf_counter() - began >= HOLD
        stream.flushed.clear()
        console.log(output(ONE, "still"))
        await stream.flushed.wait()
        stream.flushed.clear()
        console.log(ended(ONE))
        console.observe(exchange(ONE))
        await stream.flushed.wait()

    assert [write.splitlines() for write in written(use)] == [
        block(ONE, "slow")[:2],
        ["  items │ still"],
        [REQUEST, *block(ONE)[1:]],
    ]


def test_a_report_after_its_exchange_is_tagged() -> None:
    late = [line.replace("items │", "items 1111 │") for line in block(ONE)]
    first, *rest = flushed(started(ONE), exchange(ONE), ended(ONE))
    assert [first, *rest] == [REQUEST, block(ONE)[0], *late[1:]]


def test_an_error_is_shown_once() -> None:
    lines = flushed(started(ONE), output(ONE, python_record(RAISED)), ended(ONE, RAISED), exchange(ONE, RAISED))
    cause = ["  items: ZeroDivisionError: division by zero", "      File x", "        1 / 0"]
    assert lines == [REQUEST, *cause, *block(ONE)]


def test_an_init_error_is_shown_once() -> None:
    async def use(console: Observed, stream: Stream) -> None:
        console.log(output(None, python_record(FAILED)))
        console.log(InitReport(FUNCTION, 0.0, FAILED))
        console.init_error("items", FAILED)
        console.flush()

    report = (
        "  items │ INIT_REPORT Init Duration: 12.50 ms\tPhase: init\tStatus: error\tError Type: ZeroDivisionError\n"
    )
    assert "".join(written(use)) == (
        f"{report}  items: ZeroDivisionError: division by zero\n      File x\n        1 / 0\n"
    )


def test_too_much_memory_is_told_once_a_save() -> None:
    text = "used 180 MB of its 128 MB: Lambda would have ended it (Runtime.ExitError, signal: killed)"

    async def use(console: Observed, stream: Stream) -> None:
        for request_id in (ONE, TWO):
            for event in (started(request_id), ended(request_id, used=180), exchange(request_id)):
                tell(console, event)
        console.reloading({"items.py"}, {"items"})
        console.log(ended(ONE, used=180))
        console.flush()

    told = [REQUEST, f"  items │ {text}", REQUEST, "Saved items.py: reloading items", f"  items │ {text}"]
    assert "".join(written(use, platform_logs=False)).splitlines() == told


def test_a_flood_is_neither_held_nor_lost() -> None:
    """Nothing but the calls is given time: who prints waits for the console."""
    line = "x" * 1000
    count = 20 * BACKLOG // len(line)

    async def use(console: Observed, stream: Stream) -> None:
        console.log(started(ONE))
        for _ in range(count):
            console.log(output(ONE, line))
        assert sum(map(len, stream.writes)) > 18 * BACKLOG
        console.flush()

    assert "".join(written(use)).count(f"  items │ {line}\n") == count


def test_a_flood_of_empty_lines_is_no_less_a_flood() -> None:
    async def use(console: Observed, stream: Stream) -> None:
        for _ in range(BACKLOG // 16):
            console.log(output(None, ""))
        assert sum(map(len, stream.writes)) > BACKLOG // 4

    written(use)


def test_a_bug_costs_no_line() -> None:
    """A review that fails leaves the log to be passed on."""

    async def conversation() -> str:
        stream = Stream()
        console = Observed(stream, History(lambda: (1 // 0,)))  # type: ignore[arg-type]
        page = replace(exchange(ONE), request=Request("GET", "/", headers=(("Origin", "http://a.test"),), port=3000))
        for event in (started(ONE), output(ONE, "loaded"), ended(ONE), page):
            tell(console, event)
        console.flush()
        return "".join(stream.writes)

    assert run(conversation()).splitlines()[-4:] == block(ONE, "loaded")
