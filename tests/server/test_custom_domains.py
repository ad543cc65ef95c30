"""Custom domain names over real sockets: which API answers, what its function sees, and whose Host is answered."""

import contextlib
import json
from collections.abc import AsyncIterator

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.deployment import BasePathMapping, CustomDomain, Deployment, Endpoint
from emulator.errors import AddressError
from emulator.functions.invocation import Invocation, Result, Returned
from emulator.server.live import LiveDeployment
from products import a_method, a_route
from serving.ports import free_ports
from serving.rim import Answer, connect, run

PAGE = "https://shop.example.com"
APIS = (
    HttpApi("one", "aaaaaaaaaa", (a_route("$default", "one"),)),
    RestApi("two", "bbbbbbbbbb", (a_method("ANY", "/{proxy+}", "two"), a_method("ANY", "/", "two")), "dev"),
    HttpApi("three", "cccccccccc", (a_route("$default", "three", "1.0"),), "v2", cors=CorsConfiguration((PAGE,))),
    RestApi("four", "dddddddddd", (a_method("GET", "/{id}", "four"),), "prod"),
)
ENDPOINTS = tuple(Endpoint(api, 0) for api in APIS)
MAPPINGS = {"": "one", "orders/v1/items": "two", "orders/v2/items": "three", "orders/v2/items/categories": "four"}


def domain(mappings: dict[str, str], port: int = 0) -> CustomDomain:
    return CustomDomain("api.example.com", port, tuple(BasePathMapping(*one) for one in mappings.items()))


async def invoke(function: str, invocation: Invocation) -> Result:
    """Answer with the function's name and what it sees."""
    event = json.loads(invocation.payload)
    context = event["requestContext"]
    seen = [function, event.get("path", event.get("rawPath")), context.get("path") or context["http"]["path"]]
    return Returned(json.dumps({"statusCode": 200, "body": json.dumps([*seen, context["domainName"]])}).encode())


class Domains:
    """A live deployment with one custom domain name."""

    def __init__(self) -> None:
        self.live = LiveDeployment("127.0.0.1", None, invoke, lambda exchange: None)

    async def publish(self, mappings: dict[str, str]) -> None:
        deployment = Deployment(ENDPOINTS, {}, custom_domains=(domain(mappings),))
        await self.live.publish(self.live.prepare(deployment))

    @property
    def port(self) -> int:
        return int(self.live.mapped()[0].url.split(":")[2].partition("/")[0])

    async def ask(self, path: str, host: str = "localhost", origin: str = "") -> Answer:
        head = f"GET {path} HTTP/1.1\r\nHost: {host}:{self.port}\r\n"
        if origin:
            head += f"Origin: {origin}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\n"
        async with connect(self.port) as client:
            await client.say(f"{head}\r\n".encode())
            return await client.answer()


@contextlib.asynccontextmanager
async def domains(mappings: dict[str, str]) -> AsyncIterator[Domains]:
    served = Domains()
    try:
        await served.publish(mappings)
        yield served
    finally:
        served.live.close()


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        pytest.param("/orders/v1/items", ["two", "/orders/v1/items", "/orders/v1/items"], id="second-api"),
        pytest.param("/orders/v2/items", ["three", "/orders/v2/items", "/orders/v2/items"], id="third-api"),
        pytest.param("/orders/v1/items/123", ["two", "/orders/v1/items/123", "/orders/v1/items/123"], id="below"),
        pytest.param(
            "/orders/v2/items/categories/5",
            ["four", "/orders/v2/items/categories/5", "/orders/v2/items/categories/5"],
            id="longest",
        ),
        pytest.param("/customers", ["one", "/customers", "/customers"], id="root"),
        pytest.param("/orders", ["one", "/orders", "/orders"], id="a-part-of-a-base-path-is-none"),
    ],
)
def test_the_mappings_of_the_developer_guide(path: str, seen: list[str]) -> None:
    """AWS: Use API mappings to connect API stages to a custom domain name for REST APIs, the table of requests. What a
    path of three and of one shows: AWS, Create AWS Lambda proxy integrations for HTTP APIs; of two and four:
    localstack/localstack#12296, measured on AWS."""

    async def conversation() -> None:
        async with domains(MAPPINGS) as served:
            answer = await served.ask(path)
            assert (answer.status, json.loads(answer.body)) == (200, [*seen, "api.example.com"])

    run(conversation())


def test_a_path_that_no_base_path_takes_is_forbidden() -> None:
    """amplify-education/serverless-domain-manager#241, of a REST API."""

    async def conversation() -> None:
        async with domains({"orders": "four"}) as served:
            answer = await served.ask("/prod/5")
            assert (answer.status, answer.body) == (403, b'{"message":"Forbidden"}')

    run(conversation())


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("127.0.0.1", 200), ("api.example.com", 200), ("example.com", 403), ("evil.test", 403)],
)
def test_whose_host_is_answered(host: str, status: int) -> None:
    """Its own name too, for those whose hosts file leads there; no other, as a page of another name could ask."""

    async def conversation() -> None:
        async with domains({"": "one"}) as served:
            assert (await served.ask("/x", host)).status == status

    run(conversation())


def test_cors_is_that_of_the_api_behind_the_path() -> None:
    async def conversation() -> None:
        async with domains(MAPPINGS) as served:
            allowed = await served.ask("/orders/v2/items", origin=PAGE)
            assert allowed.values("access-control-allow-origin") == [PAGE]
            assert (await served.ask("/customers", origin=PAGE)).values("access-control-allow-origin") == []

    run(conversation())


def test_a_saved_mapping_is_served_at_the_same_port() -> None:
    async def conversation() -> None:
        async with domains({"": "one"}) as served:
            port = served.port
            await served.publish({"": "one", "v1": "two"})
            assert served.port == port
            assert json.loads((await served.ask("/v1/x")).body)[0] == "two"

    run(conversation())


def test_the_first_apis_other_port_is_not_a_domains() -> None:
    (port,) = free_ports(1)
    live = LiveDeployment("127.0.0.1", port, invoke, lambda exchange: None)
    deployment = Deployment(ENDPOINTS, {}, custom_domains=(domain({"": "one"}, port),))
    with pytest.raises(AddressError, match=r"the port that custom domain 'api\.example\.com' has"):
        live.prepare(deployment)
