"""Lambda's own log lines, beside published ones."""

import json
from pathlib import Path

import pytest

from emulator.functions.invocation import (
    Function,
    FunctionError,
    FunctionErrorKind,
    InitReport,
    InvocationReport,
    InvocationStart,
    LogFormat,
    LoggingConfig,
    OutputLine,
    Returned,
)
from emulator.functions.platform_log import platform_lines, report_lines

ID = "5009fcc8-5032-41fd-9a62-fc133fe04d67"
AT = 1_763_933_361.1234
FUNCTION = Function("items", "items.handler", Path("/shop"), memory_size=1024)
TRACE = "Root=1-6ac7d554-62c6be2f6c1bd8032dac9acf;Parent=854892f93105b5ae;Sampled=1"
RAISED = FunctionError(FunctionErrorKind.HANDLER, "ValueError", "no", ("  File x\n",), duration_ms=3.1)
TIMED_OUT = FunctionError(
    FunctionErrorKind.TIMEOUT, "Sandbox.Timedout", f"RequestId: {ID} Error: T", duration_ms=3004.2
)
REASON = f"RequestId: {ID} Error: Runtime exited with error: signal: killed"
KILLED = FunctionError(FunctionErrorKind.EXIT, "Runtime.ExitError", REASON, duration_ms=10.0, init_duration_ms=293.05)
HEAD = f"REPORT RequestId: {ID}\tDuration: "


def report(result: Returned | FunctionError, trace_id: str = "", used: int | None = 95) -> list[str]:
    return platform_lines(InvocationReport(FUNCTION, ID, trace_id, AT, result, lambda: used))


def test_start() -> None:
    assert platform_lines(InvocationStart(FUNCTION, ID, AT)) == [f"START RequestId: {ID} Version: $LATEST"]


def test_what_a_function_printed_is_no_platform_line() -> None:
    assert platform_lines(OutputLine("items", ID, "text\twith tab")) == ["text\twith tab"]


def test_reading_the_memory_is_up_to_the_caller() -> None:
    event = InvocationReport(FUNCTION, ID, "", AT, Returned(b""), lambda: 1 // 0)
    assert "Max Memory Used: 7 MB" in report_lines(event, 7)[1]


SIZE = "Memory Size: 1024 MB\tMax Memory Used: 95 MB\t"
REPORTS = [
    pytest.param(Returned(b"", 18.592), f"18.59 ms\tBilled Duration: 19 ms\t{SIZE}", id="warm"),
    pytest.param(Returned(b"", 2.0), f"2.00 ms\tBilled Duration: 2 ms\t{SIZE}", id="whole-milliseconds"),
    pytest.param(
        Returned(b"", 2.37, 423.98), f"2.37 ms\tBilled Duration: 427 ms\t{SIZE}Init Duration: 423.98 ms\t", id="cold"
    ),
    pytest.param(RAISED, f"3.10 ms\tBilled Duration: 4 ms\t{SIZE}", id="raised"),
    pytest.param(TIMED_OUT, f"3000.00 ms\tBilled Duration: 3000 ms\t{SIZE}Status: timeout", id="timeout"),
    pytest.param(
        KILLED,
        f"10.00 ms\tBilled Duration: 304 ms\t{SIZE}Init Duration: 293.05 ms\t"
        "Status: error\tError Type: Runtime.ExitError",
        id="exit",
    ),
]


@pytest.mark.parametrize(("result", "rest"), REPORTS)
def test_reports(result: Returned | FunctionError, rest: str) -> None:
    assert report(result)[-2:] == [f"END RequestId: {ID}", HEAD + rest]


def test_why_lambda_ended_an_invocation() -> None:
    assert report(TIMED_OUT)[:-2] == [f"2025-11-23T21:29:21.123Z {ID} Task timed out after 3.00 seconds"]
    assert report(KILLED)[:-2] == [REASON, "Runtime.ExitError"]
    assert report(RAISED)[:-2] == []  # its runtime says why


def test_a_sampled_trace() -> None:
    xray = "XRAY TraceId: 1-6ac7d554-62c6be2f6c1bd8032dac9acf\tSegmentId: 854892f93105b5ae\tSampled: true\t"
    assert report(Returned(b""), TRACE)[2:] == [xray]
    assert report(Returned(b""), TRACE.replace("=1;", "=0;").replace("Sampled=1", "Sampled=0"))[2:] == []


def test_memory_nobody_knows_is_left_out() -> None:
    assert report(Returned(b"", 1.0), used=None)[1] == f"{HEAD}1.00 ms\tBilled Duration: 1 ms\tMemory Size: 1024 MB\t"


def init_error(error_type: str) -> FunctionError:
    return FunctionError(FunctionErrorKind.INIT, error_type, "no", init_duration_ms=137.691)


@pytest.mark.parametrize(
    ("error_type", "rest"),
    [
        ("Runtime.ImportModuleError", "Status: error\tError Type: Runtime.ImportModuleError"),
        ("Sandbox.Timedout", "Status: timeout"),
    ],
)
def test_init_reports(error_type: str, rest: str) -> None:
    lines = platform_lines(InitReport(FUNCTION, AT, init_error(error_type)))
    assert lines == [f"INIT_REPORT Init Duration: 137.69 ms\tPhase: init\t{rest}"]


def in_json(level: str | None, event: InvocationStart | InvocationReport | InitReport) -> list[str]:
    function = Function("items", "h", Path("/"), logging=LoggingConfig(LogFormat.JSON, "DEBUG", level))
    return platform_lines(type(event)(function, *(getattr(event, name) for name in event.__slots__[1:])))


def ended(result: Returned | FunctionError, trace_id: str = "", used: int | None = 95) -> InvocationReport:
    return InvocationReport(FUNCTION, ID, trace_id, AT, result, lambda: used)


def envelope(kind: str, record: str) -> str:
    return f'{{"time":"2025-11-23T21:29:21.123Z","type":"platform.{kind}","record":{record}}}'


ARN = "arn:aws:lambda:us-east-1:123456789012:function:items"
START = envelope("start", f'{{"requestId":"{ID}","functionArn":"{ARN}","version":"$LATEST"}}')
COLD = (
    f'{{"requestId":"{ID}","metrics":{{"durationMs":1233.96,"billedDurationMs":1698,"memorySizeMB":128,'
    '"maxMemoryUsedMB":95,"initDurationMs":463.512},"status":"success"}'
)
DONE = f'{{"requestId":"{ID}","status":"success","metrics":{{"durationMs":1233.96,"producedBytes":5}}}}'
LATE = (
    f'{{"requestId":"{ID}","metrics":{{"durationMs":3000.0,"billedDurationMs":3000,"memorySizeMB":128,'
    '"maxMemoryUsedMB":95},"status":"timeout"}'
)
INIT = (
    '{"initializationType":"on-demand","phase":"init","status":"error","errorType":"Runtime.ImportModuleError",'
    '"metrics":{"durationMs":137.691}}'
)
RECORDS = [
    pytest.param(InvocationStart(FUNCTION, ID, AT), START, id="start"),
    pytest.param(ended(Returned(b"12345", 1233.96, 463.512)), envelope("report", COLD), id="cold"),
    pytest.param(ended(TIMED_OUT), envelope("report", LATE), id="timeout"),
    pytest.param(
        InitReport(FUNCTION, AT, init_error("Runtime.ImportModuleError")), envelope("initReport", INIT), id="init"
    ),
]


@pytest.mark.parametrize(("event", "line"), RECORDS)
def test_records(event: InvocationStart | InvocationReport | InitReport, line: str) -> None:
    assert in_json(None, event)[-1] == line


def test_runtime_done() -> None:
    assert in_json("DEBUG", ended(Returned(b"12345", 1233.96, 463.512)))[0] == envelope("runtimeDone", DONE)


def kinds(level: str | None, event: InvocationStart | InvocationReport | InitReport) -> list[str]:
    return [json.loads(line)["type"].removeprefix("platform.") for line in in_json(level, event)]


LEVELS = [
    pytest.param(InvocationStart(FUNCTION, ID, AT), ["start"], ["start"], [], id="start"),
    pytest.param(ended(Returned(b"")), ["runtimeDone", "report"], ["report"], [], id="success"),
    pytest.param(ended(RAISED), ["runtimeDone", "report"], ["report"], [], id="raised"),
    pytest.param(ended(TIMED_OUT), *[["runtimeDone", "report"]] * 3, id="timeout"),
    pytest.param(ended(KILLED), *[["runtimeDone", "report"]] * 3, id="exit"),
    pytest.param(InitReport(FUNCTION, AT, init_error("Runtime.ExitError")), *[["initReport"]] * 3, id="init"),
]


@pytest.mark.parametrize(("event", "debug", "info", "warn"), LEVELS)
def test_system_log_level(
    event: InvocationStart | InvocationReport | InitReport, debug: list[str], info: list[str], warn: list[str]
) -> None:
    assert (kinds("DEBUG", event), kinds("INFO", event), kinds("WARN", event)) == (debug, info, warn)
    assert kinds(None, event) == info


def test_what_a_record_says_of_a_crash_and_a_trace() -> None:
    record = json.loads(in_json(None, ended(KILLED, TRACE, used=None))[-1])["record"]
    assert (record["status"], record["errorType"]) == ("error", "Runtime.ExitError")
    assert record["tracing"] == {"spanId": "854892f93105b5ae", "type": "X-Amzn-Trace-Id", "value": TRACE}
    assert "maxMemoryUsedMB" not in record["metrics"]
