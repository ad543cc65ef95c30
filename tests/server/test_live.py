"""A deployment published, swapped and closed, seen by clients on the APIs' ports."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

import pytest

from emulator.aws.http_api.http_api import HttpApi
from emulator.deployment import Deployment, Endpoint, Frontend
from emulator.errors import AddressError
from emulator.exchange import Exchange
from emulator.functions.invocation import Invocation, Result, Returned
from emulator.server.listen import bind
from emulator.server.live import LiveDeployment
from products import a_route
from serving.ports import free_ports
from serving.rim import Answer, Conversation, connect, is_refused, run, until_refused


def api(name: str, function: str) -> HttpApi:
    return HttpApi(name, "abcdef1234", (a_route("GET /x", function),))


class Live:
    """A live deployment whose functions answer with their name; that of "slow" only when released."""

    def __init__(self, first_port: int | None = None) -> None:
        self.begun = asyncio.Event()
        self.release = asyncio.Event()
        self.exchanges: list[Exchange] = []
        self.deployment = LiveDeployment("127.0.0.1", first_port, self.invoke, self.exchanges.append, allowed=("h",))

    async def invoke(self, function: str, invocation: Invocation) -> Result:
        if function == "slow":
            self.begun.set()
            await self.release.wait()
        return Returned(json.dumps({"statusCode": 200, "body": function}).encode())

    async def publish(
        self, *endpoints: Endpoint, hosts: tuple[str, ...] = (), frontends: tuple[Frontend, ...] = ()
    ) -> None:
        await self.deployment.publish(self.deployment.prepare(Deployment(endpoints, {}, frontends, hosts)))

    @property
    def ports(self) -> dict[str, int]:
        return {published.api.name: published.port for published in self.deployment.published}


@contextlib.asynccontextmanager
async def live(first_port: int | None = None) -> AsyncIterator[Live]:
    served = Live(first_port)
    try:
        yield served
    finally:
        served.release.set()
        served.deployment.close()


async def ask(client: Conversation) -> Answer:
    await client.say(b"GET /x HTTP/1.1\r\nHost: h\r\n\r\n")
    return await client.answer()


async def answer(port: int) -> str:
    async with connect(port) as client:
        return (await ask(client)).body.decode()


def test_each_api_has_a_port_of_its_own_in_the_order_of_the_configuration() -> None:
    async def conversation() -> None:
        async with live() as served:
            await served.publish(Endpoint(api("b", "beta"), 0), Endpoint(api("a", "alpha"), 0))
            assert list(served.ports) == ["b", "a"]
            assert await answer(served.ports["a"]) == "alpha"
            assert await answer(served.ports["b"]) == "beta"
            assert [exchange.api.name for exchange in served.exchanges] == ["a", "b"]

    run(conversation())


def test_a_given_first_port_moves_the_first_api_alone() -> None:
    first, configured, second = free_ports(3)

    async def conversation() -> None:
        async with live(first_port=first) as served:
            await served.publish(Endpoint(api("a", "alpha"), configured), Endpoint(api("b", "beta"), second))
            assert served.ports == {"a": first, "b": second}
            assert await is_refused(configured)

    run(conversation())


def test_an_api_is_swapped_under_an_open_connection() -> None:
    async def conversation() -> None:
        async with live() as served:
            await served.publish(Endpoint(api("a", "old"), 0))
            port = served.ports["a"]
            async with connect(port) as client:
                assert (await ask(client)).body == b"old"
                await served.publish(Endpoint(api("a", "new"), 0))
                assert (await ask(client)).body == b"new"
            assert served.ports == {"a": port}

    run(conversation())


def test_a_renamed_api_keeps_its_configured_port() -> None:
    (port,) = free_ports(1)

    async def conversation() -> None:
        async with live() as served:
            await served.publish(Endpoint(api("before", "old"), port))
            async with connect(port) as client:
                await served.publish(Endpoint(api("after", "new"), port))
                assert (await ask(client)).body == b"new"
            assert served.ports == {"after": port}

    run(conversation())


def test_a_request_in_flight_finishes_on_the_api_it_began_with() -> None:
    async def conversation() -> None:
        async with live() as served:
            await served.publish(Endpoint(api("a", "slow"), 0))
            port = served.ports["a"]
            before = asyncio.create_task(answer(port))
            await served.begun.wait()
            await served.publish(Endpoint(api("a", "new"), 0))
            assert await answer(port) == "new"
            assert not before.done()
            served.release.set()
            assert await before == "slow"
            assert [exchange.api.routes[0].integration.function for exchange in served.exchanges] == ["new", "slow"]

    run(conversation())


def test_dev_origins_are_those_of_the_deployment_that_is_served_now() -> None:
    async def conversation() -> list[str | None]:
        async with live() as served:
            for dev in ((), ("http://localhost:5173",), ("http://localhost:4173",)):
                frontends = (Frontend("https://shop.example.com", dev=dev),)
                await served.publish(Endpoint(api("a", "alpha"), 0), frontends=frontends)
                async with connect(served.ports["a"]) as client:
                    await client.say(b"GET /x HTTP/1.1\r\nHost: h\r\nOrigin: http://localhost:5173\r\n\r\n")
                    await client.answer()
            return [exchange.request.origin for exchange in served.exchanges]

    assert run(conversation()) == ["http://localhost:5173", "https://shop.example.com", "http://localhost:5173"]


def test_a_removed_api_closes_its_port_and_finishes_what_is_in_flight() -> None:
    async def conversation() -> None:
        async with live() as served:
            await served.publish(Endpoint(api("a", "alpha"), 0), Endpoint(api("b", "slow"), 0))
            removed = served.ports["b"]
            before = asyncio.create_task(answer(removed))
            await served.begun.wait()
            await served.publish(Endpoint(api("a", "alpha"), 0))
            await until_refused(removed)
            assert list(served.ports) == ["a"]
            assert not before.done()
            served.release.set()
            assert await before == "slow"

    run(conversation())


def test_an_added_api_is_reached_at_once() -> None:
    async def conversation() -> None:
        async with live() as served:
            await served.publish(Endpoint(api("a", "alpha"), 0))
            port = served.ports["a"]
            await served.publish(Endpoint(api("b", "beta"), 0), Endpoint(api("a", "alpha"), 0))
            assert (list(served.ports), served.ports["a"]) == (["b", "a"], port)
            assert await answer(served.ports["b"]) == "beta"

    run(conversation())


def test_a_port_that_cannot_be_had_leaves_everything_as_it_was() -> None:
    free, taken = free_ports(1)[0], bind("127.0.0.1", 0, "other")

    async def conversation() -> None:
        async with live() as served:
            await served.publish(Endpoint(api("a", "old"), 0))
            ports = served.ports
            with pytest.raises(AddressError, match="API 'c' cannot listen there"):
                await served.publish(
                    Endpoint(api("a", "new"), 0),
                    Endpoint(api("b", "beta"), free),
                    Endpoint(api("c", "gamma"), taken[0].getsockname()[1]),
                )
            assert served.ports == ports
            assert await answer(ports["a"]) == "old"
            assert await is_refused(free)

    with taken[0]:
        run(conversation())


def test_a_first_port_that_another_api_is_configured_for() -> None:
    (port,) = free_ports(1)

    async def conversation() -> None:
        async with live(first_port=port) as served:
            with pytest.raises(AddressError) as caught:
                await served.publish(Endpoint(api("a", "alpha"), 0), Endpoint(api("b", "beta"), port))
            assert str(caught.value) == (
                f"--port {port} would give API 'a' the port that API 'b' has in the configuration. Choose another."
            )
            assert served.ports == {}

    run(conversation())


def test_closing_refuses_connections_at_once() -> None:
    async def conversation() -> None:
        async with live() as served:
            await served.publish(Endpoint(api("a", "alpha"), 0), Endpoint(api("b", "beta"), 0))
            served.deployment.close()
            for port in served.ports.values():
                await until_refused(port)

    run(conversation())


def test_an_empty_deployment_serves_nothing() -> None:
    async def conversation() -> None:
        async with live(first_port=1) as served:
            await served.publish()
            assert served.ports == {}

    run(conversation())


def test_hosts_change_with_the_deployment() -> None:
    """On connections that are open, too."""

    async def conversation() -> None:
        async with live() as served:
            endpoint = Endpoint(api("a", "alpha"), 0)
            await served.publish(endpoint)
            async with connect(served.ports["a"]) as client:

                async def status(host: bytes) -> int:
                    await client.say(b"GET /x HTTP/1.1\r\nHost: %b\r\n\r\n" % host)
                    return (await client.answer()).status

                assert [await status(b"h"), await status(b"api"), await status(b"web")] == [200, 403, 403]
                await served.publish(endpoint, hosts=("api",))
                assert [await status(b"h"), await status(b"api"), await status(b"web")] == [200, 200, 403]
                await served.publish(endpoint, hosts=("web",))
                assert [await status(b"h"), await status(b"api"), await status(b"web")] == [200, 403, 200]

    run(conversation())
