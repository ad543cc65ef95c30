"""The log lines of Lambda itself: START, END and REPORT, or, with LogFormat JSON, platform.* records.

Sources: AWS, "Log and monitor Python Lambda functions" (the text lines), "Lambda Telemetry API Event schema reference"
(the records), "Log-level filtering", table "System log level event mapping" (the level of each record), AWS Compute
Blog, "AWS Lambda standardizes billing for INIT Phase" (the init phase is billed). Log streams people published show
the rest: where the tabs are, "Status" and "Error Type" after a timeout or a crash and not after an error the handler
raised, the order of a record's keys, the two lines of a crash.

Uncertain: that a timeout still has its "Task timed out" line beside "Status: timeout" (streams of late show both
habits); that a record's status stays "success" after an error the handler raised, as in text; that "tracing" is left
out of platform.start. platform.runtimeDone leaves out "spans". Where the system does not tell a process's memory,
"Max Memory Used" is left out, which AWS never does.
"""

import json
import math
from datetime import UTC, datetime
from typing import Any, assert_never

from emulator.functions.invocation import (
    Function,
    FunctionError,
    FunctionErrorKind,
    InitReport,
    InvocationReport,
    InvocationStart,
    LogEvent,
    LogFormat,
    LoggingConfig,
    OutputLine,
    Returned,
)

VERSION = "$LATEST"

_DEBUG, _INFO, _WARN = range(3)
_LEVELS = {"DEBUG": _DEBUG, "INFO": _INFO, "WARN": _WARN}


def platform_lines(event: LogEvent) -> list[str]:
    """Write a log event as CloudWatch Logs shows it, in lines; what a function printed stays as it is."""
    match event:
        case OutputLine():
            return [event.text]
        case InvocationStart():
            return start_lines(event)
        case InvocationReport():
            return report_lines(event, event.max_memory_used())
        case InitReport():
            return init_report_lines(event)
        case _:
            assert_never(event)


def start_lines(event: InvocationStart) -> list[str]:
    """Write the line of an invocation that begins."""
    if event.function.logging.log_format is LogFormat.JSON:
        record = {"requestId": event.request_id, "functionArn": event.function.arn, "version": VERSION}
        return _records(event.function.logging, event.at, (_INFO, "start", record))
    return [f"START RequestId: {event.request_id} Version: {VERSION}"]


def report_lines(event: InvocationReport, max_memory_used: int | None) -> list[str]:
    """Write the lines of an invocation that has ended: why, if Lambda ended it; END; REPORT. `max_memory_used` is in
    MB."""
    if event.function.logging.log_format is LogFormat.JSON:
        return _report_records(event, max_memory_used)
    result, request_id = event.result, event.request_id
    duration_ms, init_duration_ms = duration_ms_of(event.function, event.result), result.init_duration_ms
    used = "" if max_memory_used is None else f"Max Memory Used: {max_memory_used} MB\t"
    init = "" if init_duration_ms is None else f"Init Duration: {init_duration_ms:.2f} ms\t"
    report = (
        f"REPORT RequestId: {request_id}\tDuration: {duration_ms:.2f} ms\t"
        f"Billed Duration: {billed_duration_ms(event.function, result)} ms\t"
        f"Memory Size: {event.function.memory_size} MB\t{used}{init}"
    )
    lines = [f"END RequestId: {request_id}", report]
    if isinstance(result, FunctionError):
        lines[1] += _status(result)
        lines[:0] = _ending(event, result)
    if "Sampled=1" in event.trace_id:
        # Lambda's own segment is the parent that a function sees.
        trace = _trace_fields(event.trace_id)
        lines.append(f"XRAY TraceId: {trace.get('Root', '')}\tSegmentId: {trace.get('Parent', '')}\tSampled: true\t")
    return lines


def init_report_lines(event: InitReport) -> list[str]:
    """Write the line of an environment that could not be initialized. On demand, Lambda reports no other init phase in
    text."""
    error, duration_ms = event.error, event.error.init_duration_ms or 0.0
    if event.function.logging.log_format is LogFormat.JSON:
        record: dict[str, Any] = {"initializationType": "on-demand", "phase": "init", **_outcome(error)}
        record["metrics"] = {"durationMs": round(duration_ms, 3)}
        return _records(event.function.logging, event.at, (_WARN, "initReport", record))
    return [f"INIT_REPORT Init Duration: {duration_ms:.2f} ms\tPhase: init\t{_status(error)}"]


def _ending(event: InvocationReport, error: FunctionError) -> list[str]:
    """Write what Lambda says of an invocation it ended, or whose process ended."""
    if error.kind is FunctionErrorKind.TIMEOUT:
        after = f"Task timed out after {event.function.timeout:.2f} seconds"
        return [f"{_iso(event.at)} {event.request_id} {after}"]
    if error.kind is FunctionErrorKind.EXIT:
        return [error.error_message, error.error_type]
    return []


def _status(error: FunctionError) -> str:
    outcome = _outcome(error)
    if outcome["status"] == "success":
        return ""
    error_type = f"\tError Type: {outcome['errorType']}" if "errorType" in outcome else ""
    return f"Status: {outcome['status']}{error_type}"


def _outcome(result: Returned | FunctionError) -> dict[str, Any]:
    """Make the fields of a record that tell how it ended."""
    if isinstance(result, Returned) or result.kind is FunctionErrorKind.HANDLER:
        return {"status": "success"}
    if result.kind is FunctionErrorKind.TIMEOUT or result.error_type == "Sandbox.Timedout":
        return {"status": "timeout"}
    return {"status": "error", "errorType": result.error_type}


def duration_ms_of(function: Function, result: Returned | FunctionError) -> float:
    """Return how long it ran: a timeout's is the function's limit to the digit, however late the process was ended."""
    if isinstance(result, FunctionError) and result.kind is FunctionErrorKind.TIMEOUT:
        return function.timeout * 1000
    return result.duration_ms


def billed_duration_ms(function: Function, result: Returned | FunctionError) -> int:
    """Return the whole milliseconds that are billed, with the init phase (AWS Compute Blog: AWS Lambda standardizes
    billing for INIT Phase)."""
    return math.ceil(duration_ms_of(function, result) + (result.init_duration_ms or 0.0))


def _report_records(event: InvocationReport, max_memory_used: int | None) -> list[str]:
    result, duration_ms = event.result, duration_ms_of(event.function, event.result)
    outcome = _outcome(result)
    is_well = outcome["status"] == "success"
    produced = len(result.payload) if isinstance(result, Returned) else 0
    done = {"requestId": event.request_id, **outcome}
    done["metrics"] = {"durationMs": round(result.duration_ms, 3), "producedBytes": produced}
    metrics: dict[str, Any] = {
        "durationMs": round(duration_ms, 3),
        "billedDurationMs": billed_duration_ms(event.function, result),
        "memorySizeMB": event.function.memory_size,
    }
    if max_memory_used is not None:
        metrics["maxMemoryUsedMB"] = max_memory_used
    if result.init_duration_ms is not None:
        metrics["initDurationMs"] = round(result.init_duration_ms, 3)
    report = {"requestId": event.request_id, "metrics": metrics, **outcome}
    if "Sampled=1" in event.trace_id:
        span_id = _trace_fields(event.trace_id).get("Parent", "")
        report["tracing"] = {"spanId": span_id, "type": "X-Amzn-Trace-Id", "value": event.trace_id}
    return _records(
        event.function.logging,
        event.at,
        (_DEBUG if is_well else _WARN, "runtimeDone", done),
        (_INFO if is_well else _WARN, "report", report),
    )


def _records(logging: LoggingConfig, at: float, *records: tuple[int, str, dict[str, Any]]) -> list[str]:
    """Write those of (level, type, record) that the function's system log level lets pass."""
    least = _LEVELS.get(logging.system_log_level or "INFO", _INFO)
    return [
        json.dumps({"time": _iso(at), "type": f"platform.{kind}", "record": record}, separators=(",", ":"))
        for level, kind, record in records
        if level >= least
    ]


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _trace_fields(trace_id: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in trace_id.split(";") if "=" in part)
