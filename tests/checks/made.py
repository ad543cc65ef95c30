"""Checks of small deployments: every function answers as told, and nothing is started."""

import json
from collections.abc import Iterable, Mapping

from emulator import gateway
from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.checks.causes import Cause, Dialect, causes
from emulator.checks.cell import Cell, Tried
from emulator.checks.conversation import conversation
from emulator.checks.matrix import cells
from emulator.checks.report import Report
from emulator.config.dialects.emulator_yaml import place_of, worded
from emulator.deployment import NO_PLACES, Frontend, Places
from emulator.functions.invocation import Invocation, Result, Returned
from products import STAMP, a_method, a_route

PAGE = "https://shop.example.com"
SHOP = (Frontend(PAGE),)


def http(*keys: str, **cors: tuple[str, ...]) -> HttpApi:
    configuration = CorsConfiguration(**cors) if cors else None  # type: ignore[arg-type]
    return HttpApi("shop", "abcdef1234", tuple(a_route(key) for key in keys), cors=configuration)


def rest(*keys: str) -> RestApi:
    methods = tuple(a_method(*key.split(" ")) for key in keys)
    return RestApi("orders", "abcdef1234", methods, "dev")


def url(**cors: tuple[str, ...]) -> FunctionUrl:
    return FunctionUrl("url", "abcdef1234", "f", CorsConfiguration(**cors) if cors else None)  # type: ignore[arg-type]


def answer(status: int = 200, body: str = "{}", **headers: str) -> dict[str, object]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"statusCode": status, "headers": named, "body": body}


ALLOWS = {"Access_Control_Allow_Origin": PAGE, "Access_Control_Allow_Methods": "GET,POST,PUT"}


def tried(cell: Cell, apis: Mapping[int, Api], frontends: tuple[Frontend, ...], *answers: dict[str, object]) -> Tried:
    """What becomes of a cell; the functions that are run answer in this order, and no other is."""
    left = list(answers)

    async def invoke(function: str, invocation: Invocation) -> Result:
        return Returned(json.dumps(left.pop(0)).encode())

    async def talked() -> Tried:
        talk = conversation(cell, apis, frontends, STAMP)
        try:
            api, request = next(talk)
            while True:
                exchange = await gateway.handle(api, request, STAMP, invoke, lambda: 0.0)
                api, request = talk.send(exchange)
        except StopIteration as end:
            result: Tried = end.value
            return result

    try:
        talked().send(None)  # nothing in it waits
    except StopIteration as end:
        done: Tried = end.value
    assert not left, "not every answer was asked for"
    return done


def every(api: Api, frontends: tuple[Frontend, ...] = SHOP) -> tuple[Tried, ...]:
    """What becomes of every cell of an API whose functions need not be run."""
    apis = {3000: api}
    return tuple(tried(cell, apis, frontends) for cell in cells(apis, frontends))


def dialect(places: Places = NO_PLACES) -> Dialect:
    return Dialect(places, worded, place_of)


def caused(found: Iterable[Tried], places: Places = NO_PLACES) -> tuple[Cause, ...]:
    return causes(found, dialect(places))


def reported(api: Api, frontends: tuple[Frontend, ...] = SHOP, places: Places = NO_PLACES) -> Report:
    done = every(api, frontends)
    return Report(done, caused(done, places))
