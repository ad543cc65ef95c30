"""Small deployments whose functions answer by themselves, tried with all that `emulate check --invoke` tries, and
mended as a reader does who follows a cause's merged fix to the letter."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from emulator import gateway
from emulator.aws.api import Api
from emulator.checks.cell import Cell, Tried
from emulator.checks.conversation import conversation
from emulator.checks.matrix import cells, with_dev
from emulator.checks.probes import error_cells, origin_cells
from emulator.deployment import Frontend
from emulator.findings.changes import (
    AddRoute,
    AddToHeader,
    Answer,
    ApiChange,
    CallWithoutCredentials,
    Change,
    CompareOrigin,
    MendHandler,
    RemoveHeaders,
    ReturnHeaders,
)
from emulator.findings.fix import Fix
from emulator.functions.invocation import FunctionError, FunctionErrorKind, Invocation, Result, Returned
from findings.applied import Situation
from findings.applied import made as with_changes
from findings.examples import call
from products import STAMP

RAISED = FunctionError(FunctionErrorKind.HANDLER, "KeyError", "'x'")
ALLOW_ORIGIN = "Access-Control-Allow-Origin"


@dataclass(frozen=True)
class Function:
    """Answers preflights with `leave` and other requests with `actual`; without a body or a user with `error`, None
    where it looks at neither. `raises` until it is mended; `patches` are changes made to its answers."""

    actual: Mapping[str, Any] = field(default_factory=dict)
    leave: Mapping[str, Any] = field(default_factory=dict)
    error: Mapping[str, Any] | None = None
    raises: bool = False
    patches: tuple[Change, ...] = ()

    def __call__(self, event: Mapping[str, Any]) -> Result:
        method = event.get("httpMethod") or event["requestContext"]["http"]["method"]
        origin = {name.lower(): value for name, value in event["headers"].items()}.get("origin", "")
        if self.raises and method != "OPTIONS":
            return RAISED
        status, headers = 200, dict(self.actual)
        if method == "OPTIONS":
            status, headers = 204, dict(self.leave)
        elif self.error is not None and not event.get("body"):
            status, headers = 400, dict(self.error)
        for patch in self.patches:
            status, headers = patched(patch, method == "OPTIONS", status, headers)
        told = {name: one_of(value, origin) for name, value in headers.items()}
        return Returned(json.dumps({"statusCode": status, "headers": told, "body": "{}"}).encode())

    def comparing(self, allowed: str) -> "Function":
        """The function with one of `allowed` instead of whatever asks, and the first of them for anyone else."""
        answers = {"actual": self.actual, "leave": self.leave, "error": self.error or {}}
        echoing = {name: one for name, one in answers.items() if one.get(ALLOW_ORIGIN) == "echo"}
        return replace(self, **{name: {**one, ALLOW_ORIGIN: allowed} for name, one in echoing.items()})


def one_of(value: str, origin: str) -> str:
    """What a handler returns of `A or B`: the origin that asks, where it is one of them; of "echo", whatever asks."""
    if value == "echo":
        return origin
    named = value.split(" or ")
    return origin if origin in named else named[0]


def patched(change: Change, is_preflight: bool, status: int, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
    """An answer of a function that was changed so."""
    concerned = {Answer.ANY: True, Answer.PREFLIGHT: is_preflight, Answer.ERROR: status >= 400}
    match change:
        case ReturnHeaders(headers=returned, on=on, status=written) if concerned[on]:
            names = {name.lower() for name, _ in returned}
            kept = {name: value for name, value in headers.items() if name.lower() not in names}
            return written or status, {**kept, **dict(returned)}
        case AddToHeader(header=header, entries=entries, now=now, on=on) if concerned[on]:
            return status, {**headers, header: ", ".join((now, *entries))}
        case RemoveHeaders(prefix=prefix):
            return status, {name: one for name, one in headers.items() if not name.lower().startswith(prefix.lower())}
    return status, headers


@dataclass(frozen=True)
class World:
    """An API, the function behind all its routes, and its pages."""

    api: Api
    function: Function
    frontends: tuple[Frontend, ...]

    def tried(self) -> tuple[Tried, ...]:
        apis = {3000: self.api}
        tried = (*cells(apis, self.frontends, invoke=True), *error_cells(apis, self.frontends))
        every = (*with_dev(tried, self.frontends), *origin_cells(apis, self.frontends))
        return tuple(self._tried(cell, apis) for cell in every)

    def _tried(self, cell: Cell, apis: Mapping[int, Api]) -> Tried:
        async def invoke(function: str, invocation: Invocation) -> Result:
            return self.function(json.loads(invocation.payload))

        async def talked() -> Tried:
            talk = conversation(cell, apis, self.frontends, STAMP)
            try:
                api, request = next(talk)
                while True:
                    api, request = talk.send(await gateway.handle(api, request, STAMP, invoke, lambda: 0.0))
            except StopIteration as end:
                result: Tried = end.value
                return result

        try:
            talked().send(None)  # nothing in it waits
        except StopIteration as end:
            done: Tried = end.value
        return done

    def mended(self, fix: Fix) -> "World":
        """All of a fix's changes made."""
        world = self
        for change in fix.changes:
            world = world._changed(change)
        return world

    def _changed(self, change: Change) -> "World":
        function = self.function
        match change:
            case AddRoute(headers=headers):
                routed = self._with(change)
                answering = ReturnHeaders("f", headers, Answer.PREFLIGHT, 204)
                return replace(routed, function=replace(function, patches=(*function.patches, answering)))
            case ReturnHeaders() | AddToHeader() | RemoveHeaders():
                return replace(self, function=replace(function, patches=(*function.patches, change)))
            case MendHandler():
                return replace(self, function=replace(function, raises=False))
            case CompareOrigin():
                allowed = " or ".join(one.origin for one in self.frontends)
                return replace(self, function=function.comparing(allowed))
            case CallWithoutCredentials():
                return replace(self, frontends=tuple(replace(one, credentials="omit") for one in self.frontends))
            case _ if isinstance(change, ApiChange):
                return self._with(change)
            case _:
                raise AssertionError(f"check proposes what this world cannot do: {change}")

    def _with(self, change: Change) -> "World":
        return replace(self, api=with_changes((change,), Situation(self.api, call(), RAISED)).api)
