"""What is being served right now: the deployment's APIs on their listeners, swapped whole."""

import asyncio
import dataclasses
from collections.abc import Callable, Mapping

from emulator.aws.api import Api
from emulator.deployment import Deployment, DomainEndpoint, Endpoint, MappedUrl, root_of
from emulator.errors import AddressError
from emulator.exchange import Exchange
from emulator.frontends import NO_STAND_INS, stand_ins
from emulator.functions.invocation import Invoke
from emulator.gateway import Meter
from emulator.messages import Request
from emulator.server.allowed_hosts import AllowedHosts
from emulator.server.asgi import Enforcing, GatewayApp
from emulator.server.listen import Listener, bind
from emulator.server.usage_meter import UsageMeter

Served = Endpoint | DomainEndpoint
"""What has a port of its own."""


class Published:
    """An API, or a custom domain name, at its address. `endpoint` is replaced on reload; the listener stays, so no
    connection is refused."""

    def __init__(
        self,
        endpoint: Served,
        invoke: Invoke,
        observe: Callable[[Exchange], None],
        arrived: Callable[[Request], None],
        *,
        hosts: Callable[[], AllowedHosts],
        stand_ins: Callable[[], Mapping[str, str]],
        enforcing: Enforcing | None,
        meter: Meter,
    ) -> None:
        self.endpoint = endpoint
        self.app = GatewayApp(
            lambda path: self.endpoint.at(path).api,
            invoke,
            observe,
            arrived,
            hosts=hosts,
            stand_ins=stand_ins,
            enforcing=lambda path: enforcing if self.endpoint.at(path).enforce else None,
            meter=meter,
        )
        self.listener: Listener

    @property
    def api(self) -> Api:
        """The API that is served now; of a domain the one that takes its root, or the first."""
        return self.endpoint.at("/").api

    @property
    def port(self) -> int:
        """The port it is bound to, also where any free one was asked for."""
        return self.listener.port


@dataclasses.dataclass(frozen=True, slots=True)
class Prepared:
    """A deployment that can be published: its endpoints, the newly bound ones among them, whom they answer, and which
    dev origin stands in for which of production."""

    endpoints: Mapping[int | str, Served]
    new: Mapping[int | str, Published]
    hosts: AllowedHosts
    stand_ins: Mapping[str, str]


class LiveDeployment:
    """Publishes APIs and swaps them. `first_port`, when given, is the first API's port instead of the configured one;
    `allowed` are names they answer beside `host` and those of the deployment. `enforcing` says how CORS is enforced on
    the APIs whose endpoint asks for it; None has it enforced on none."""

    def __init__(
        self,
        host: str,
        first_port: int | None,
        invoke: Invoke,
        observe: Callable[[Exchange], None],
        arrived: Callable[[Request], None] = lambda request: None,
        *,
        allowed: tuple[str, ...] = (),
        enforcing: Enforcing | None = None,
    ) -> None:
        """Begin with nothing published; `observe` and `arrived` are called as GatewayApp does."""
        self._host = host
        self._names = (host, *allowed)
        self._hosts = AllowedHosts(self._names)
        self._stand_ins: Mapping[str, str] = NO_STAND_INS
        self._first_port = first_port
        self._invoke = invoke
        self._observe = observe
        self._arrived = arrived
        self._enforcing = enforcing
        self._meter = UsageMeter()
        self._published: dict[int | str, Published] = {}
        self._draining: set[asyncio.Task[None]] = set()

    @property
    def published(self) -> tuple[Published, ...]:
        """The published APIs in the order of the configuration."""
        return tuple(one for one in self._published.values() if isinstance(one.endpoint, Endpoint))

    def domains(self) -> dict[str, str]:
        """Return where each custom domain name is on this machine."""
        served = [(one.endpoint, one.port) for one in self._published.values()]
        return {one.name: root_of(port, self._host) for one, port in served if isinstance(one, DomainEndpoint)}

    def mapped(self) -> tuple[MappedUrl, ...]:
        """List where the APIs are found by custom domain names."""
        served = [(one.endpoint, one.port) for one in self._published.values()]
        return tuple(
            url for one, port in served if isinstance(one, DomainEndpoint) for url in one.urls(port, self._host)
        )

    @property
    def hosts(self) -> AllowedHosts:
        """Whom the APIs answer now."""
        return self._hosts

    def prepare(self, deployment: Deployment) -> Prepared:
        """Take the addresses `deployment` needs beyond those in use. Raises AddressError, with none taken, when one
        cannot be had."""
        served = self._moved(deployment.listening)
        endpoints = {_slot(endpoint): endpoint for endpoint in served}
        new = self._bind([slot for slot in endpoints if slot not in self._published], endpoints)
        domains = (domain.name for domain in deployment.custom_domains)
        hosts = AllowedHosts((*self._names, *deployment.allowed_hosts, *domains))
        return Prepared(endpoints, new, hosts, stand_ins(deployment.frontends))

    async def publish(self, prepared: Prepared) -> None:
        """Serve what was prepared instead of what is served now, all of it from the first moment on. Requests in
        flight finish on the API they started with."""
        old, new = self._published, prepared.new
        self._hosts, self._stand_ins = prepared.hosts, prepared.stand_ins
        self._published = {slot: new[slot] if slot in new else old[slot] for slot in prepared.endpoints}
        for slot, published in old.items():
            if slot in prepared.endpoints:
                published.endpoint = prepared.endpoints[slot]
            else:
                self._drain(published)
        for published in new.values():
            await published.listener.start()

    def _moved(self, endpoints: tuple[Served, ...]) -> tuple[Served, ...]:
        if self._first_port is None or not endpoints:
            return endpoints
        first, *others = endpoints
        for other in others:
            if other.port == self._first_port != 0:
                raise AddressError(
                    f"--port {other.port} would give API '{first.name}' the port that {other.kind} '{other.name}' has "
                    "in the configuration. Choose another."
                )
        return (dataclasses.replace(first, port=self._first_port), *others)

    def _bind(self, slots: list[int | str], endpoints: Mapping[int | str, Served]) -> dict[int | str, Published]:
        """Bind every new address, or none of them."""
        new: dict[int | str, Published] = {}
        try:
            for slot in slots:
                endpoint = endpoints[slot]
                sockets = bind(self._host, endpoint.port, endpoint.name, endpoint.kind)
                new[slot] = Published(
                    endpoint,
                    self._invoke,
                    self._observe,
                    self._arrived,
                    hosts=lambda: self._hosts,
                    stand_ins=lambda: self._stand_ins,
                    enforcing=self._enforcing,
                    meter=self._meter,
                )
                new[slot].listener = Listener(new[slot].app, sockets)
        except BaseException:
            for published in new.values():
                published.listener.close()
            raise
        return new

    def _drain(self, published: Published) -> None:
        task = asyncio.create_task(published.listener.drain())
        self._draining.add(task)
        task.add_done_callback(self._draining.discard)

    def close(self) -> None:
        """Stop at once, whatever is in flight."""
        for task in self._draining:
            task.cancel()
        for published in self._published.values():
            published.listener.close()


def _slot(endpoint: Served) -> int | str:
    """Return what stays the same across a reload: a configured port, so that a renamed API keeps its listener; a free
    port belongs to the API, or the domain, that got it."""
    return endpoint.port or f"{type(endpoint).__name__} {endpoint.name}"
