"""The watch over preflights: ended by the request's arrival, by its own end, and by nothing else."""

import asyncio
from collections.abc import Awaitable, Callable

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Preflight
from emulator.exchange import Exchange
from emulator.history.preflight_watch import MOST, PreflightWatch
from emulator.messages import Request, Response
from products import a_route
from serving.exchanges import STAMP, call, preflight
from serving.rim import run

API = HttpApi("open", "abcdef1234", (a_route("PUT /x"),), cors=CorsConfiguration(("*",), ("PUT",)))
SOON = 0.01


def answered(request: Request) -> Exchange:
    return Exchange(API, request, STAMP, None, None, Preflight(Response(204)), Response(204))


def unexpected() -> None:
    raise AssertionError


def given_up(use: Callable[[PreflightWatch, Callable[[str], Callable[[], None]]], Awaitable[None]]) -> list[str]:
    """Which of the watched were given up, once a last one certainly was."""

    async def conversation() -> list[str]:
        watch, names, over = PreflightWatch(), [], asyncio.Event()

        def give_up(name: str) -> Callable[[], None]:
            return lambda: names.append(name)

        await use(watch, give_up)
        watch.give_up_later(watch.answered(answered(preflight("DELETE", "/last"))), 5 * SOON, over.set, unexpected)
        await over.wait()
        return names

    return run(conversation())


def test_one_that_nothing_follows_is_given_up() -> None:
    async def use(watch: PreflightWatch, give_up: Callable[[str], Callable[[], None]]) -> None:
        watch.give_up_later(watch.answered(answered(preflight("PUT"))), SOON, give_up("alone"), give_up("alone, late"))

    assert given_up(use) == ["alone"]


def test_the_arrival_of_its_request_ends_the_watch() -> None:
    async def use(watch: PreflightWatch, give_up: Callable[[str], Callable[[], None]]) -> None:
        watch.give_up_later(
            watch.answered(answered(preflight("PUT"))), SOON, give_up("followed"), give_up("followed, late")
        )
        watch.arrived(call("PUT"))

    assert given_up(use) == []


def test_a_request_may_arrive_before_the_preflight_has_been_judged() -> None:
    async def use(watch: PreflightWatch, give_up: Callable[[str], Callable[[], None]]) -> None:
        awaited = watch.answered(answered(preflight("PUT")))
        watch.arrived(call("PUT"))
        watch.give_up_later(awaited, SOON, give_up("followed"), unexpected)
        watch.forget(awaited)

    assert given_up(use) == []


def test_another_call_s_request_does_not() -> None:
    async def use(watch: PreflightWatch, give_up: Callable[[str], Callable[[], None]]) -> None:
        watch.give_up_later(watch.answered(answered(preflight("PUT"))), SOON, give_up("alone"), give_up("alone, late"))
        for other in (call("DELETE"), call("PUT", "/y"), call("PUT", origin="http://a.test"), call("PUT", origin=None)):
            watch.arrived(other)
        watch.arrived(preflight("PUT"))

    assert given_up(use) == ["alone"]


def test_of_two_tabs_with_one_call_one_is_left() -> None:
    async def use(watch: PreflightWatch, give_up: Callable[[str], Callable[[], None]]) -> None:
        for name in ("first", "second"):
            watch.give_up_later(watch.answered(answered(preflight("PUT"))), SOON, give_up(name), unexpected)
        watch.arrived(call("PUT"))

    assert given_up(use) == ["second"]


def test_what_is_forgotten_is_not_given_up() -> None:
    async def use(watch: PreflightWatch, give_up: Callable[[str], Callable[[], None]]) -> None:
        awaited = watch.answered(answered(preflight("PUT")))
        watch.give_up_later(awaited, SOON, give_up("forgotten"), give_up("forgotten, late"))
        watch.forget(awaited)

    assert given_up(use) == []


def later(watch: PreflightWatch, told: asyncio.Queue[str], name: str, path: str = "/x") -> None:
    """Watch a preflight that is given up at once; what becomes of it goes to `told`."""
    awaited = watch.answered(answered(preflight("PUT", path)))
    watch.give_up_later(awaited, 0, lambda: told.put_nowait(name), lambda: told.put_nowait(f"{name}, late"))


def test_a_request_that_comes_late_is_recognised_once() -> None:
    async def conversation() -> list[str]:
        watch, told = PreflightWatch(), asyncio.Queue[str]()
        later(watch, told, "held up")
        seen = [await told.get()]
        watch.arrived(call("PUT", "/y"))
        watch.arrived(call("PUT", headers=(("User-Agent", "curl/8.5.0"),)))
        assert told.empty()
        watch.arrived(call("PUT"))
        watch.arrived(call("PUT"))
        while not told.empty():
            seen.append(told.get_nowait())
        return seen

    assert run(conversation()) == ["held up", "held up, late"]


def test_a_call_that_is_made_anew_was_left_before() -> None:
    """Neither its own request nor a later one, which a cached preflight allows, is that of the first."""

    async def conversation() -> list[str]:
        watch, told = PreflightWatch(), asyncio.Queue[str]()
        later(watch, told, "left")
        seen = [await told.get()]
        watch.answered(answered(preflight("PUT")))
        watch.arrived(call("PUT"))
        watch.arrived(call("PUT"))
        while not told.empty():
            seen.append(told.get_nowait())
        return seen

    assert run(conversation()) == ["left"]


def test_of_many_that_are_given_up_the_oldest_are_forgotten() -> None:
    async def conversation() -> list[str]:
        watch, told = PreflightWatch(), asyncio.Queue[str]()
        for number in range(MOST + 1):
            later(watch, told, str(number), f"/{number}")
        seen = [await told.get() for _ in range(MOST + 1)]
        for path in ("/0", "/1"):
            watch.arrived(call("PUT", path))
        while not told.empty():
            seen.append(told.get_nowait())
        return seen

    assert [one for one in run(conversation()) if "late" in one] == ["1, late"]
