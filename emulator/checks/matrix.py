"""Which calls a check tries: every route by every method, frontend and kind of call. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from emulator.aws.api import Api
from emulator.aws.methods import METHODS
from emulator.browser.call import Call
from emulator.browser.modes import Credentials
from emulator.checks.cell import Cell, Kind
from emulator.deployment import Frontend, url_of

WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
"""The methods that pages send JSON with."""

OF_ANY = ("GET", "POST")
"""The methods that a route for every method is held to, where nothing says which of them its function takes."""

RARER = ("PUT", "PATCH", "DELETE")
"""The other methods of such a route, which its function may well refuse."""

JSON = ("Content-Type", "application/json")
AUTHORIZATION = ("Authorization", "Bearer check")


@dataclass(frozen=True, slots=True)
class Target:
    """One method of one route, and the URL where a page finds it."""

    api: Api
    route: str
    method: str
    url: str
    needed: str = ""


HARMLESS = frozenset({"GET", "HEAD"})
"""The methods that change nothing (RFC 9110, 9.2.1: safe methods), so that --invoke runs their functions."""


def cells(apis: Mapping[int, Api], frontends: tuple[Frontend, ...], *, invoke: bool = False) -> Iterator[Cell]:
    """Yield every call that a declared page can make; `apis` are by port. `invoke` lets the functions of GET and HEAD
    routes be run."""
    for target in targets(apis):
        for frontend in frontends:
            for cell in _kinds(target, frontend):
                yield replace(cell, runs=invoke and target.method in HARMLESS)


def with_dev(cells_: Iterable[Cell], frontends: tuple[Frontend, ...]) -> Iterator[Cell]:
    """Yield each cell, and again for each dev origin that stands in for the origin of its page; not where that is the
    API's own, which is called without CORS."""
    for cell in cells_:
        yield cell
        for dev in (dev for frontend in frontends if frontend.origin == cell.origin for dev in frontend.dev):
            if not cell.call.url.startswith(f"{dev}/"):
                yield replace(cell, dev=dev)


def targets(apis: Mapping[int, Api]) -> Iterator[Target]:
    """Yield every method of every route, but for OPTIONS, which browsers ask for."""
    for port, api in apis.items():
        for key in api.route_keys:
            url = f"{url_of(api, port)}{sample_path(key)}"
            for method, needed in methods_of(api, key):
                yield Target(api, key, method, url, needed)


def sample_path(key: str) -> str:
    """Write a path that the route takes: `/items/1` for `GET /items/{id}`."""
    template = key.partition(" ")[2] or "/"
    return "/".join("1" if segment.startswith("{") else segment for segment in template.split("/"))


def methods_of(api: Api, key: str) -> list[tuple[str, str]]:
    """List the methods a page may call a route with, each with the condition for needing it: what the key names; for a
    route that takes every method those that the API's `cors` names, else the usual ones."""
    method = key.partition(" ")[0]
    if method in METHODS:
        return [] if method == "OPTIONS" else [(method, "")]
    listed = () if api.cors is None else api.cors.allow_methods
    if listed and "*" not in listed:
        return [(name, "") for name in METHODS if name in listed and name != "OPTIONS"]
    return [(name, "") for name in OF_ANY] + [(name, f"If a page calls with {name}") for name in RARER]


def _kinds(target: Target, frontend: Frontend) -> Iterator[Cell]:
    """Yield a frontend's calls of each kind; those that would be the same call are one."""
    api, method = target.api.name, target.method
    declared = frontend.credentials_for(api)
    plain = Call(target.url, method)
    usual = replace(plain, credentials=Credentials(declared or Credentials.SAME_ORIGIN))
    cell = Cell(api, target.route, frontend.origin, Kind.SIMPLE, plain, target.needed)
    yield cell
    if method in WITH_BODY:
        yield replace(cell, kind=Kind.JSON, call=replace(usual, headers=(JSON,), body="{}"))
    needed = target.needed or "If a page sends Authorization"
    yield replace(cell, kind=Kind.AUTHORIZED, call=replace(usual, headers=(AUTHORIZATION,)), needed=needed)
    if declared in (None, Credentials.INCLUDE):
        needed = target.needed or ("" if declared else "If a page calls with credentials: 'include'")
        call = replace(plain, credentials=Credentials.INCLUDE)
        yield replace(cell, kind=Kind.CREDENTIALED, call=call, needed=needed)
