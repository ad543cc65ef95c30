"""The APIs of a deployment behind an httpx transport: called at their own URLs, with no server and no socket."""

import time
from collections.abc import Mapping
from types import MappingProxyType

import httpx

from emulator import gateway
from emulator.aws.api import Api
from emulator.deployment import Deployment, DomainEndpoint
from emulator.exchange import Exchange
from emulator.frontends import NO_STAND_INS, as_for_dev, as_from_production
from emulator.functions.invocation import Invoke
from emulator.messages import Request
from emulator.server.stamp import new_stamp


def numbered(deployment: Deployment) -> dict[int, Api]:
    """Return the APIs by port; one that takes any free port gets a number no other has."""
    free = (port for port in range(49152, 65536) if all(port != endpoint.port for endpoint in deployment.endpoints))
    return {endpoint.port or next(free): endpoint.api for endpoint in deployment.endpoints}


def numbered_domains(deployment: Deployment) -> dict[int, DomainEndpoint]:
    """Return the custom domain names by port; one that takes any free port gets a number no other has."""
    taken = {one.port for one in deployment.listening} | numbered(deployment).keys()
    free = (port for port in range(65535, 49151, -1) if port not in taken)
    return {domain.port or next(free): domain for domain in deployment.domain_endpoints}


class InProcess:
    """Answers what goes to `http://localhost:<port>` of one of `apis`, or of the APIs behind one of `domains`.
    `stand_ins` maps dev origins to production origins (frontends.py). `exchanges` keeps every exchange, in order."""

    def __init__(
        self,
        apis: Mapping[int, Api],
        invoke: Invoke,
        stand_ins: Mapping[str, str] = NO_STAND_INS,
        domains: Mapping[int, DomainEndpoint] = MappingProxyType({}),
    ) -> None:
        self._apis = apis
        self._domains = domains
        self._invoke = invoke
        self._stand_ins = stand_ins
        self.exchanges: list[Exchange] = []

    def api_of(self, url: httpx.URL) -> Api | None:
        """Find the API that a URL is of; None where it leads beyond this process."""
        if url.host not in {"localhost", "127.0.0.1", "::1"}:
            return None
        domain = self._domains.get(url.port or 80)
        if domain is None:
            return self._apis.get(url.port or 80)
        return domain.at(url.raw_path.partition(b"?")[0].decode("latin-1")).api

    async def answer(self, api: Api, request: httpx.Request) -> httpx.Response:
        """Serve a request to the API, and keep the exchange."""
        sent = as_from_production(from_httpx(request, await request.aread()), self._stand_ins)
        exchange = await gateway.handle(api, sent, new_stamp(), self._invoke, time.perf_counter)
        self.exchanges.append(exchange)
        response = as_for_dev(exchange.response, sent)
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
        headers.append((b"Content-Length", str(len(response.body)).encode()))
        # As a stream the body is decoded by who reads it, not here: it may not be what its Content-Encoding says.
        stream = httpx.ByteStream(response.body)
        return httpx.Response(response.status, headers=headers, stream=stream, request=request)


class InProcessTransport(httpx.AsyncBaseTransport):
    """A transport to the APIs of this process, as InProcess has them; all else goes out through `beyond`. `exchanges`
    keeps every exchange of an API, in order."""

    def __init__(
        self,
        apis: Mapping[int, Api],
        invoke: Invoke,
        beyond: httpx.AsyncBaseTransport,
        stand_ins: Mapping[str, str] = NO_STAND_INS,
    ) -> None:
        self._in_process = InProcess(apis, invoke, stand_ins)
        self._beyond = beyond
        self.exchanges = self._in_process.exchanges

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        api = self._in_process.api_of(request.url)
        if api is None:
            return await self._beyond.handle_async_request(request)
        return await self._in_process.answer(api, request)

    async def aclose(self) -> None:
        await self._beyond.aclose()


def from_httpx(request: httpx.Request, body: bytes) -> Request:
    """Make the request as a socket would have carried it."""
    path, _, query = request.url.raw_path.partition(b"?")
    return Request(
        method=request.method,
        raw_path=path.decode("latin-1"),
        raw_query=query.decode("latin-1"),
        headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw),
        body=body,
        scheme=request.url.scheme,
        port=request.url.port or 80,
    )
