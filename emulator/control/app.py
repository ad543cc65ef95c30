"""What the control port answers to those whom the door has let in. Starlette is imported here alone, and this file when
somebody asks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from emulator.control.feed import MOST_READERS, Feed
from emulator.findings.fix import Fix
from emulator.history.history import History
from emulator.server.refusal import Refusal

ANSWERED = "/health, /events, /exchanges, /exchanges/ID"

PING = 2
"""Seconds between two comments on an idle stream, by which a reader that went away is noticed."""


def control_app(health: Callable[[], dict[str, Any]], history: History, words: Callable[[Fix], str]) -> Starlette:
    """Make the application, which follows `history` from now on. `health` makes the object of /health, whose `status`
    is "ready" once all APIs answer; `words` say a fix in terms of the file that the user edits."""
    feed = Feed(history, words)

    async def healthy(request: Request) -> Response:
        said = health()
        return as_json(said, 200 if said["status"] == "ready" else 503)

    async def events(request: Request) -> Response:
        if feed.is_full:
            return refused(503, f"{MOST_READERS} event streams are open. Close some of them.")
        if request.method == "HEAD":  # sse-starlette before 3.7 would stream to it, without end
            return Response(media_type="text/event-stream")
        return EventSourceResponse(feed.read(request.headers.get("last-event-id")), ping=PING, sep="\n")

    async def exchanges(request: Request) -> Response:
        return as_json(await feed.recent())

    async def exchange(request: Request) -> Response:
        found = feed.find(request.path_params["id"])
        if found is None:
            return refused(404, "No exchange has this id, or it is not kept any more.")
        return as_json(found)

    pages: dict[str, Callable[[Request], Awaitable[Response]]] = {
        "/health": healthy,
        "/events": events,
        "/exchanges": exchanges,
        "/exchanges/{id}": exchange,
    }
    routes = [Route(path, page, methods=["GET"]) for path, page in pages.items()]
    app = Starlette(routes=routes, exception_handlers={404: failed, 405: failed})
    app.router.redirect_slashes = False
    return app


async def failed(request: Request, error: Exception) -> Response:
    """Answer what is asked of no page, or by another method than it has."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return refused(status, f"The control port answers GET {ANSWERED}.")


def as_json(value: object, status: int = 200) -> Response:
    """Make an answer of JSON."""
    return Response(orjson.dumps(value), status, media_type="application/json")


def refused(status: int, detail: str) -> Response:
    """Make an answer as problem details (RFC 9457)."""
    made = Refusal(status, detail).response()
    return Response(made.body, status, dict(made.headers))
