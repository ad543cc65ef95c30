"""The calls that `checks` of the configuration records. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from emulator.aws.api import Api
from emulator.browser.call import Call
from emulator.browser.modes import Credentials
from emulator.checks.cell import Cell, Kind
from emulator.deployment import Deployment, url_of
from emulator.frontends import stand_ins

CREDENTIALS = frozenset({"authorization", "x-api-key", "x-amz-security-token"})
"""The names of headers by which a call shows whose it is."""


def recorded_cells(apis: Mapping[int, Api], deployment: Deployment, *, invoke: bool = False) -> Iterator[Cell]:
    """Yield a cell for each check; `apis` are by port. `invoke` lets its function be run, whatever its method. A check
    of a page at a dev origin is one of the production origin that it stands in for."""
    production = stand_ins(deployment.frontends)
    for index, check in enumerate(deployment.checks):
        origin = production.get(check.origin, check.origin)
        port, api = next((port, api) for port, api in apis.items() if check.api in (None, api.name))
        method, _, target = check.request.partition(" ")
        call = Call(
            f"{url_of(api, port)}{without_stage(api, target)}",
            method,
            check.headers,
            check.body,
            credentials=Credentials(check.credentials or _declared(origin, api, deployment) or Credentials.SAME_ORIGIN),
        )
        yield Cell(
            api.name,
            f"{method} {target.partition('?')[0]}",
            origin,
            Kind.RECORDED,
            call,
            runs=invoke,
            expect=check.expect,
            check=index,
            dev="" if origin == check.origin else check.origin,
        )


def unauthenticated_cells(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Yield, of the recorded calls that are to pass with credentials in a header, those of a user who has none."""
    for cell in cells:
        headers = tuple((name, value) for name, value in cell.call.headers if name.lower() not in CREDENTIALS)
        if cell.expect == "allowed" and headers != cell.call.headers:
            yield replace(cell, kind=Kind.UNAUTHENTICATED, call=replace(cell.call, headers=headers), expect="")


def without_stage(api: Api, target: str) -> str:
    """Take the stage off a path that begins with it."""
    rest = target.removeprefix(api.base_path)
    return rest if rest[:1] in ("", "/", "?") else target


def _declared(origin: str, api: Api, deployment: Deployment) -> str | None:
    modes = (item.credentials_for(api.name) for item in deployment.frontends if item.origin == origin)
    return next(modes, None)
