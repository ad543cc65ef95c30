"""What one case led to, seen from outside: by a real browser with the API's own record, or by the model."""

import re
from dataclasses import dataclass, field
from typing import Any

Pairs = tuple[tuple[str, str], ...]

# A browser makes up the boundary of a FormData body: dashes of its own and random characters.
BOUNDARY = re.compile(r"boundary=-{4,}\w+")

COMPARED_REQUEST_HEADERS = (
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
    "authorization",
    "content-type",
    "cookie",
    "referer",
    "sec-fetch-dest",
    "sec-fetch-mode",
    "sec-fetch-site",
)


@dataclass(frozen=True, slots=True)
class Received:
    """One request the API got: `path` with its query, `headers` those compared, names in lower case, sorted."""

    host: str
    method: str
    path: str
    headers: Pairs = ()

    @property
    def is_preflight(self) -> bool:
        return self.method == "OPTIONS" and any(name == "access-control-request-method" for name, _ in self.headers)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What JavaScript saw of one call.

    `kind` is "response", "network-error" (fetch rejected) or "request-error" (the Request constructor threw).
    `headers` are what the response lets it read, names in lower case, sorted. `type` to `redirected` are those of the
    Response, empty otherwise. `started` and `ended` are Unix times in seconds.
    """

    kind: str
    type: str = ""
    status: int = 0
    url: str = ""
    redirected: bool = False
    headers: Pairs = ()
    exception: str = ""
    started: float = field(default=0.0, compare=False)
    ended: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Observation:
    """One case: an outcome for each call, the requests in the order the API got them, the errors the browser named
    (Chromium: `CorsError` names; Firefox: its console's reasons) and the lines it wrote to its console."""

    outcomes: tuple[Outcome, ...]
    requests: tuple[Received, ...]
    errors: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def received(host: str, method: str, path: str, headers: Pairs) -> Received:
    """A request with only the headers that are compared, repeated ones combined."""
    kept: dict[str, list[str]] = {}
    for name, value in headers:
        lowered = name.lower()
        if lowered in COMPARED_REQUEST_HEADERS:
            kept.setdefault(lowered, []).append(value)
    pairs = tuple((name, BOUNDARY.sub("boundary=*", ", ".join(kept[name])).strip(" \t")) for name in sorted(kept))
    return Received(host, method, path, pairs)


def observation_from_json(data: dict[str, Any]) -> Observation:
    return Observation(
        tuple(outcome_from_json(item) for item in data["outcomes"]),
        tuple(Received(**{**item, "headers": _pairs(item["headers"])}) for item in data["requests"]),
        tuple(data["errors"]),
        tuple(data["texts"]),
    )


def outcome_from_json(item: dict[str, Any]) -> Outcome:
    return Outcome(**{**item, "headers": _pairs(item.get("headers", []))})


def _pairs(items: list[list[str]]) -> Pairs:
    return tuple((name, value) for name, value in items)
