"""The watch over preflights: ended by the request's arrival, by its own end, and by nothing else."""

import asyncio
from collections.abc import Awaitable, Callable

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Preflight
from emulator.exchange import Exchange
from emulator.history.preflight_watch import PreflightWatch
from emulator.messages import Request, Response
from products import a_route
from serving.exchanges import STAMP, call, preflight
from serving.rim import run

API = HttpApi("open", "abcdef1234", (a_route("PUT /x"),), cors=CorsConfiguration(("*",), ("PUT",)))
SOON = 0.01


def answered(request: Request) -> Exchange:
    return Exchange(API, request, STAMP, None, None, Preflight(Response(204)), Response(204))


def given_up(use: Callable[[PreflightWatch, Callable[[str], Callable[[], None]]], Awaitable[None]]) -> list[str]:
    """Which of the watched were given up, once a last one certainly was."""

    async def conversation() -> list[str]:
        watch, names, over = PreflightWatch(), [], asyncio.Event()

        def give_up(name: str) -> Callable[[], None]:
            return lambda: names.append(name)

        await use(watch, give_up)
        watch.give_up_later(watch.answered(answered(preflight("DELETE", "/last"))), 5 * SOON, over.set)
        await over.wait()
        return names

    return run(conversation())


def test_one_that_nothing_follows_is_given_up() -> None:
    async def use(watch: PreflightWatch, give_up: Callable[[str], Callable[[], None]]) -> None:
        watch.give_up_later(watch.answered(answered(preflight("PUT"))), SOON, give_up("alone"))

    assert given_up(use) == ["alone"]


def test_the_arrival_of_its_request_ends_the_watch() -> None:
    async def use(watch: PreflightWatch, give_up: Callable[[str], Callable[[], None]]) -> None:
        watch.give_up_later(watch.answered(answered(preflight("PUT"))), SOON, give_up("followed"))
        watch.arrived(call("PUT"))

    assert given_up(use) == []


def test_a_request_may_arrive_before_the_preflight_has_been_judged() -> None:
    async def use(watch: PreflightWatch, give_up: Callable[[str], Callable[[], None]]) -> None:
        awaited = watch.answered(answered(preflight("PUT")))
        watch.arrived(call("PUT"))
        watch.give_up_later(awaited, SOON, give_up("followed"))
        watch.forget(awaited)

    assert given_up(use) == []


def test_another_call_s_request_does_not() -> None:
    async def use(watch: PreflightWatch, give_up: Callable[[str], Callable[[], None]]) -> None:
        watch.give_up_later(watch.answered(answered(preflight("PUT"))), SOON, give_up("alone"))
        for other in (call("DELETE"), call("PUT", "/y"), call("PUT", origin="http://a.test"), call("PUT", origin=None)):
            watch.arrived(other)
        watch.arrived(preflight("PUT"))

    assert given_up(use) == ["alone"]


def test_of_two_tabs_with_one_call_one_is_left() -> None:
    async def use(watch: PreflightWatch, give_up: Callable[[str], Callable[[], None]]) -> None:
        for name in ("first", "second"):
            watch.give_up_later(watch.answered(answered(preflight("PUT"))), SOON, give_up(name))
        watch.arrived(call("PUT"))

    assert given_up(use) == ["second"]


def test_what_is_forgotten_is_not_given_up() -> None:
    async def use(watch: PreflightWatch, give_up: Callable[[str], Callable[[], None]]) -> None:
        awaited = watch.answered(answered(preflight("PUT")))
        watch.give_up_later(awaited, SOON, give_up("forgotten"))
        watch.forget(awaited)

    assert given_up(use) == []
