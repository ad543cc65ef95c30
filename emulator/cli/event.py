"""`emulate event`: the event a request would produce, as the gateway builds it."""

from dataclasses import dataclass, replace
from pathlib import Path

import click

from emulator import gateway
from emulator.aws.api import Api
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.integrations import LambdaProxy
from emulator.aws.refusal import NO_ROUTE
from emulator.aws.rest_api.rest_api import RestApi
from emulator.cli.event_request import STAND_INS, WORDS, Asked, endpoint_of, missing, request_of, routes_for
from emulator.cli.found_configuration import usual_configuration
from emulator.cli.json_text import indented
from emulator.cli.standard_output import write_out
from emulator.config.emulator_yaml.build import FIRST_PORT
from emulator.config.load import load
from emulator.deployment import Endpoint, Frontend
from emulator.errors import EmulatorError
from emulator.frontends import as_from_production, stand_ins
from emulator.messages import Request
from emulator.server.stamp import new_stamp


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the command line. `product` is a `type` of emulator.yaml; `config` and `api` are None when not
    given."""

    product: str
    config: Path | None
    api: str | None
    payload_format: str | None


@dataclass(frozen=True, slots=True)
class NoEvent:
    """Stands for an event where the gateway answers by itself; `reason` says why, in whole sentences."""

    reason: str


def run(settings: Settings, asked: Asked) -> bool:
    """Print the event; False, and the reason on standard error, when the gateway makes none of such a request. Raises
    EmulatorError when the request cannot be made."""
    endpoint, frontends = endpoint_for(settings)
    request = as_from_production(request_of(asked, endpoint), stand_ins(frontends))
    built = event_of(endpoint, request, settings)
    if isinstance(built, NoEvent):
        click.echo(built.reason, err=True)
        return False
    write_out(f"{indented(built)}\n".encode())
    return True


def endpoint_for(settings: Settings) -> tuple[Endpoint, tuple[Frontend, ...]]:
    """Choose the API of the configuration, and return its frontends with it; a stand-in and none, where no
    configuration is given and there is none with such an API."""
    file = settings.config or usual_configuration()
    if settings.config is None and settings.api is None and not file.exists():
        return stand_in(settings.product, f"no {file} here"), ()
    deployment = load(file).deployment
    endpoint = endpoint_of(deployment, settings.product, settings.api)
    if endpoint is not None:
        return endpoint, deployment.frontends
    if settings.config is not None:
        raise EmulatorError(f"{file}: {missing(deployment, settings.product)}")
    return stand_in(settings.product, f"no API of type {settings.product} in {file}"), ()


def stand_in(product: str, reason: str) -> Endpoint:
    """Return the product's stand-in, and say on standard error that it is one and why."""
    api, has = STAND_INS[product]
    click.echo(f"There is {reason}: the event is that of {WORDS[product]} with {has}.", err=True)
    return Endpoint(api, FIRST_PORT)


def event_of(endpoint: Endpoint, request: Request, settings: Settings) -> bytes | NoEvent:
    """Build the event of a request. Raises EmulatorError when the product has no such payload format."""
    api = in_format(endpoint.api, settings)
    foreseen = gateway.foresee(api, request, new_stamp())
    if isinstance(foreseen, gateway.Planned):
        return foreseen.call.event
    status, refusal = foreseen.response.status, foreseen.refusal
    if refusal is None:
        return NoEvent(f"'{api.name}' answers this preflight itself, with {status}: no function gets an event.")
    reason = f"'{api.name}' answers {status} itself: {refusal.reason}."
    return NoEvent(f"{reason}\n{routes_for(api, request)}" if refusal.kind in NO_ROUTE else reason)


def in_format(api: Api, settings: Settings) -> Api:
    """Return the API with the payload format of the command line, which only an HTTP API's routes choose. Raises
    EmulatorError for one that the product has not."""
    wanted = settings.payload_format
    if isinstance(api, HttpApi) and wanted is not None:
        routes = tuple(
            replace(route, integration=replace(route.integration, payload_format_version=wanted))
            for route in api.routes
            if isinstance(route.integration, LambdaProxy)
        )
        return replace(api, routes=routes)
    version = "1.0" if isinstance(api, RestApi) else "2.0"
    if not isinstance(api, HttpApi) and wanted not in (None, version):
        raise EmulatorError(
            f"--payload-format {wanted}: the event of {WORDS[settings.product]} is always of format {version}."
        )
    return api
