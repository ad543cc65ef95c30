"""Log lines and tracebacks as Lambda's Python runtime writes them. bootstrap.py loads this file when the handler
imports logging, or fails.

Runs under the user's interpreter, Python 3.8 or newer: standard library only. Behaves as
aws/aws-lambda-python-runtime-interface-client does (bootstrap.py, lambda_runtime_log_utils.py).
"""

from __future__ import annotations

import json
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

_IS_JSON = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
_LEVEL = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").replace("TRACE", "DEBUG").upper()
_SECOND = "%Y-%m-%dT%H:%M:%SZ"

_NOT_EXTRA = {
    "name", "msg", "args", "levelname", "levelno", "pathname", "filename", "module", "exc_info", "exc_text",
    "stack_info", "lineno", "funcName", "created", "msecs", "relativeCreated", "thread", "threadName", "processName",
    "process", "aws_request_id", "tenant_id",
}  # fmt: skip
"""The attributes of a log record that are not the user's own. What a newer Python adds, taskName, counts as the user's,
as on Lambda."""


def set_up(logging: Any, request_id: Callable[[], str]) -> None:
    """Leave the root logger as Lambda's runtime does: with one handler, at level WARNING or AWS_LAMBDA_LOG_LEVEL."""

    class LambdaLoggerHandler(logging.Handler):  # type: ignore[misc]
        def emit(self, record: Any) -> None:
            sys.stdout.write(self.format(record))

    class LambdaLoggerFilter(logging.Filter):  # type: ignore[misc]
        def filter(self, record: Any) -> bool:
            record.aws_request_id = request_id()
            record.tenant_id = None
            return True

    if _IS_JSON or _LEVEL:
        LambdaLoggerHandler.__name__ = "LambdaLoggerHandlerWithFrameType"
    logging.Formatter.converter = time.gmtime
    handler = LambdaLoggerHandler()
    handler.setFormatter(_json_formatter(logging) if _IS_JSON else _text_formatter(logging))
    handler.addFilter(LambdaLoggerFilter())
    root = logging.getLogger()
    if isinstance(logging.getLevelName(_LEVEL), int):
        root.setLevel(_LEVEL)
    root.addHandler(handler)


def _text_formatter(logging: Any) -> Any:
    text = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
    return logging.Formatter(text, "%Y-%m-%dT%H:%M:%S")


def _json_formatter(logging: Any) -> Any:
    class JsonFormatter(logging.Formatter):  # type: ignore[misc]
        def format(self, record: Any) -> str:
            line = {
                "timestamp": self.formatTime(record, _SECOND),
                "level": logging.getLevelName(min(50, max(0, record.levelno)) // 10 * 10),
                "message": record.msg if isinstance(record.msg, dict) and not record.args else record.getMessage(),
                "logger": record.name,
                **_describe(record),
            }
            for name, value in vars(record).items():
                if name not in _NOT_EXTRA:
                    line.setdefault(name, value)
            return _encoder.encode({name: value for name, value in line.items() if value is not None}) + "\n"

    return JsonFormatter()


_encoder = json.JSONEncoder(ensure_ascii=False, default=str)


def _describe(record: Any) -> dict[str, Any]:
    """Tell what a line says of an exception, and whose invocation it belongs to. No extra attribute takes these
    names."""
    found: dict[str, Any] = dict.fromkeys(("stackTrace", "errorType", "errorMessage"))
    found["requestId"] = getattr(record, "aws_request_id", None)
    found["location"] = None
    if record.exc_info:
        from traceback import format_tb

        error_type, error, traceback = record.exc_info
        found.update(stackTrace=format_tb(traceback), errorType=error_type.__name__, errorMessage=str(error))
        found["location"] = f"{record.pathname}:{record.funcName}:{record.lineno}"
    return found


def user_frames(traceback: TracebackType | None, own_file: str) -> list[str]:
    """Return the printed entries of a traceback, from the first frame that is not of the runtime's own file."""
    from traceback import extract_tb, format_list

    frames: Any = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in extract_tb(traceback)]
    while frames and frames[0][0] == own_file:
        del frames[0]
    return format_list(frames)


def log_error(described: str) -> None:
    """Write the line of an error, which the Runtime API gets as the JSON object `described`.

    The lines of a traceback end with a carriage return alone, to be one log event. Before an init error's, Lambda's
    runtime also warns that its own update may be the cause, which here it cannot be. Raises UnicodeEncodeError for half
    of a surrogate pair, which UTF-8 has not: Lambda's runtime ends by it, too.
    """
    if _IS_JSON:
        now = time.strftime(_SECOND, time.gmtime())
        line = f'{{"timestamp": "{now}", "level": "ERROR", {described[1:]}'
    else:
        line = "\r".join(_text_of(json.loads(described)))
    try:
        sys.stdout.write(line + "\n")
    except UnicodeEncodeError:
        raise
    except (OSError, ValueError):
        return  # the handler closed it


def _text_of(error: dict[str, Any]) -> list[str]:
    head = ": ".join(part for part in (error["errorType"], error["errorMessage"]) if part)
    lines = [f"[ERROR] {head}" if head else "[ERROR]", "Traceback (most recent call last):"]
    for entry in error["stackTrace"]:
        for text in entry.splitlines() if entry else [""]:
            rest = text.lstrip(" ")
            lines.append("\u00a0" * (len(text) - len(rest)) + rest)
    return lines
