"""Plain handlers, started by AWS's own runtime interface client."""

import os
from itertools import count
from typing import Any

invocations = count(1)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    name = event.get("queryStringParameters", {}).get("name", "world")
    print(f"greeting {name}")  # noqa: T201  what a function prints is its log
    return {
        "greeting": f"{os.environ['GREETING']}, {name}",
        "invocation": next(invocations),
        "process": os.getpid(),
        "function": context.function_name,
        "memory": context.memory_limit_in_mb,
        "arn": context.invoked_function_arn,
        "remaining": context.get_remaining_time_in_millis(),
        "body": event.get("body"),
    }


def fails(event: dict[str, Any], context: Any) -> None:
    raise ValueError("a bug of the handler")
