"""The calls that `checks` of the configuration records. Pure."""

from collections.abc import Iterator, Mapping

from emulator.aws.api import Api
from emulator.browser.call import Call
from emulator.browser.modes import Credentials
from emulator.checks.cell import Cell, Kind
from emulator.deployment import Deployment, RecordedCheck, base_path, url_of


def recorded_cells(apis: Mapping[int, Api], deployment: Deployment, *, invoke: bool = False) -> Iterator[Cell]:
    """Yield a cell for each check; `apis` are by port. `invoke` lets its function be run, whatever its method."""
    for index, check in enumerate(deployment.checks):
        port, api = next((port, api) for port, api in apis.items() if check.api in (None, api.name))
        method, _, target = check.request.partition(" ")
        call = Call(
            f"{url_of(api, port)}{without_stage(api, target)}",
            method,
            check.headers,
            check.body,
            credentials=Credentials(check.credentials or _declared(check, api, deployment) or Credentials.SAME_ORIGIN),
        )
        yield Cell(
            api.name,
            f"{method} {target.partition('?')[0]}",
            check.origin,
            Kind.RECORDED,
            call,
            runs=invoke,
            expect=check.expect,
            check=index,
        )


def without_stage(api: Api, target: str) -> str:
    """Take the stage off a path that begins with it."""
    rest = target.removeprefix(base_path(api))
    return rest if rest.startswith("/") else target


def _declared(check: RecordedCheck, api: Api, deployment: Deployment) -> str | None:
    modes = (item.credentials_for(api.name) for item in deployment.frontends if item.origin == check.origin)
    return next(modes, None)
