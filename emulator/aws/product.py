"""What every product (HTTP API, REST API, function URL) has in common: the values its steps pass on, and the `Product`
protocol that lists the steps. No rule of any one product stands here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.integrations import Call, Integration, LambdaProxy, Mocked
from emulator.aws.refusal import Refusal
from emulator.aws.usage_plans import ApiKey, UsagePlan
from emulator.messages import Request, Response


class Layer(StrEnum):
    """Who decided what the client sees."""

    GATEWAY = "gateway"
    AUTHORIZER = "authorizer"
    FUNCTION = "function"
    BROWSER = "browser"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Everything of one request that a clock or a random source gives, made once at the rim.

    `epoch_ms` is Unix time in milliseconds. `request_id` is a UUID: REST and function URL request id, and Lambda's
    own. `extended_request_id` is the short form ending in "=" (`apigw-requestid`, `x-amz-apigw-id`). `trace_root` is
    an X-Ray root without "Root=": `1-<8 hex>-<24 hex>`.
    """

    epoch_ms: int
    request_id: str
    extended_request_id: str
    trace_root: str


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, as far as the route asks: `api_key` is the key that was sent, `usage_plan` the one it was let in
    by, and `authorizer` what an authorizer says of them, as events of format 2.0 hold it; None where none was asked."""

    api_key: ApiKey | None = None
    usage_plan: UsagePlan | None = None
    authorizer: Mapping[str, Any] | None = None


ANYONE = Caller()
"""Who calls a route that asks nobody who they are."""


@dataclass(frozen=True, slots=True)
class Route:
    """The route a request selected, with every fact that later steps need found once.

    `key` is the configured key ("GET /items/{id}", "ANY /x/{proxy+}", "$default"; on a REST API
    "<METHOD or ANY> <resource path>"); `resource` is its path part. `parameters` are the path parameters, decoded or
    raw as the product's event holds them; `path` is the request's path, and `trace` the trace header's value, likewise.
    `caller` is known once `authorize` has said who it is.
    """

    key: str
    resource: str
    parameters: tuple[tuple[str, str], ...]
    path: str
    trace: str
    integration: Integration
    caller: Caller = ANYONE

    @property
    def lambda_proxy(self) -> LambdaProxy:
        """The integration of a route whose product has no other kind. Raises TypeError when it is one."""
        if not isinstance(self.integration, LambdaProxy):
            raise TypeError(f"{self.key} has an integration that is no Lambda proxy: {self.integration}")
        return self.integration


@dataclass(frozen=True, slots=True)
class Preflight:
    """The gateway answers a CORS preflight itself; no function runs. `response` comes without CORS headers and ids,
    which `finish` adds."""

    response: Response


Outcome = Response | Preflight | Mocked | Refusal
"""What a request came to: the integration's own response, or what the gateway says in its stead."""


class Product(Protocol):
    """The steps of one request, in their order. Each decides from its arguments alone and runs nothing; gateway.py
    calls them, and performs the call between `integrate` and `read_payload`."""

    @property
    def name(self) -> str:
        """The API's name in the configuration."""

    @property
    def product(self) -> str:
        """AWS's name for the kind of API: "HTTP API", "REST API" or "function URL"."""

    @property
    def stage(self) -> str:
        """The one stage that is deployed; "$default" where no path segment names it."""

    @property
    def base_path(self) -> str:
        """What stands before the path of every route: the stage as `/dev`, a base path as `/orders/v1`, or ""."""

    @property
    def cors(self) -> CorsConfiguration | None:
        """The CORS that the gateway itself applies; None where it has, or can have, none."""

    @property
    def cors_methods(self) -> frozenset[str]:
        """What allowMethods of `cors` can name; nothing where the product has no `cors`."""

    @property
    def route_keys(self) -> tuple[str, ...]:
        """The configured routes, each named as a Route's `key` names it."""

    def path_inside(self, raw_path: str) -> str | None:
        """Read a request's path as the routes see it; None when it is outside the stage or cannot be decoded."""

    def takes_method(self, method: str) -> bool:
        """Tell whether a route could be configured that takes the method, by its name or as ANY."""

    def takes_literal(self, segment: str) -> bool:
        """Tell whether a route's path could have the segment as it is, at its end."""

    def admit(self, request: Request) -> Refusal | None:
        """Refuse a request for its size, before anything else is looked at."""

    def select_route(self, request: Request, stamp: Stamp) -> Route | Preflight | Refusal:
        """Find the route by stage, path and method; a Preflight where no route answers it and the API's own CORS
        does."""

    def authorize(self, request: Request, route: Route, stamp: Stamp) -> Caller | Refusal:
        """Find out who calls; a Refusal where the route does not let them in."""

    def validate(self, request: Request, route: Route) -> Refusal | None:
        """Refuse a request that lacks what its route requires of parameters and body."""

    def integrate(self, request: Request, route: Route, stamp: Stamp) -> Call | Mocked | Refusal:
        """Make the call to the route's integration, with the event built; the answer of one that calls nothing; a
        Refusal when the integration would not take it."""

    def read_payload(self, payload: bytes, request: Request, route: Route) -> Response | Refusal:
        """Read the response payload of a Lambda proxy's function by the product's rules; a Refusal when it breaks
        them."""

    def finish(self, request: Request, route: Route | None, outcome: Outcome, stamp: Stamp) -> Response:
        """Make what goes on the wire: a refusal in the product's words, CORS headers and request ids on top."""
