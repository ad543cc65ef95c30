"""What mappings can name of a request to a REST API (AWS: Amazon API Gateway API request and response data mapping
reference): `method.request.header.x`, `context.stage`, `stageVariables.x`, or a literal in single quotes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.aws.lambda_proxy.request_context import Stage
from emulator.aws.lambda_proxy.request_headers import joined_headers
from emulator.aws.lambda_proxy.request_target import query_pairs
from emulator.aws.product import ANYONE, Route, Stamp
from emulator.aws.rest_api.event import event_headers, request_context
from emulator.messages import Headers, Request

_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
"""What can be sent as a header's value: whatever else a client puts into a mapped value must not end the header."""


@dataclass(frozen=True, slots=True)
class RequestValues:
    """Everything that a mapping or a template can name of a request, by the name it has there. `headers` are as a
    Lambda proxy would see them; `path` holds the route's parameters as the client sent them."""

    headers: Mapping[str, list[str]]
    query: tuple[tuple[str, str], ...]
    path: Mapping[str, str]
    context: Mapping[str, Any]
    stage_variables: Mapping[str, str]

    def __call__(self, name: str) -> str | None:
        """Return a value as text; None where there is none. Header names count with their case (ministackorg/ministack,
        measured on AWS), and of several values the last."""
        place, _, rest = name.partition(".")
        if place == "context":
            return _text(_within(self.context, rest.split(".")))
        if place == "stageVariables":
            return self.stage_variables.get(rest)
        kind, _, parameter = rest.removeprefix("request.").partition(".")
        if kind == "header":
            return self.header(parameter)
        if kind == "querystring":
            return dict(self.query).get(parameter)
        return self.path.get(parameter)

    def header(self, name: str) -> str | None:
        """Return the last value of a header, whose name counts with its case."""
        values = self.headers.get(name)
        return None if values is None else values[-1]


def request_values(request: Request, route: Route | None, stage: Stage, stamp: Stamp) -> RequestValues:
    """Gather what can be named of a request; `route` is None when none was selected.

    Browsers speak HTTP/2 to AWS, which sends header names in lower case, so theirs are lowered here:
    `method.request.header.Origin` names nothing of a browser's request (uncertain: AWS says that names count with their
    case, and no capture shows a browser's).
    """
    resource, caller = ("", ANYONE) if route is None else (route.resource, route.caller)
    context = request_context(request, resource, stamp, stage, caller)
    trace = "" if route is None else route.trace
    return RequestValues(
        event_headers(request, joined_headers(request), trace),
        tuple(query_pairs(request.raw_query)),
        dict(() if route is None else route.parameters),
        context,
        dict(stage.variables),
    )


def literal(source: str) -> str | None:
    """Return what a literal says, whose outer quotes are none of its own; None for the name of a value."""
    is_literal = len(source) > 1 and source.startswith("'") and source.endswith("'")
    return source[1:-1] if is_literal else None


def sendable(headers: Headers) -> Headers:
    """Leave out the headers whose value cannot be sent (uncertain: what AWS does with them is not recorded)."""
    return tuple(pair for pair in headers if _HEADER_VALUE.fullmatch(pair[1]))


def _within(context: Any, names: list[str]) -> Any:
    for name in names:
        context = context.get(name) if isinstance(context, Mapping) else None
    return context


def _text(value: Any) -> str | None:
    return None if value is None or isinstance(value, Mapping) else str(value)
