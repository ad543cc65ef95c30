"""What `serve` says of an API and of the declared pages before the first request. Pure."""

from collections.abc import Iterable

from emulator.aws.api import Api
from emulator.aws.authorizers.jwt import JwtAuthorizer
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.integrations import LambdaCustom, LambdaProxy, Mock
from emulator.aws.rest_api.rest_api import RestApi
from emulator.deployment import Frontend, MappedUrl


def routing_of(api: Api) -> str:
    """Say how many routes an API has, and to how many functions; of a function URL to which one."""
    if isinstance(api, FunctionUrl):
        return f"function {api.function}"
    routes = api.routes if isinstance(api, HttpApi) else api.methods
    functions = {
        route.integration.function for route in routes if isinstance(route.integration, LambdaProxy | LambdaCustom)
    }
    return f"{_counted(len(routes), 'route')}, {_counted(len(functions), 'function')}"


def cors_of(api: Api) -> str:
    """Say whose CORS headers a page meets, the gateway's or the functions' own, and whom the gateway lets in."""
    cors = api.cors
    if cors is None:
        return "cors: function" if isinstance(api, FunctionUrl) else f"cors: {_preflights(api)}functions"
    origins = "any origin" if "*" in cors.allow_origins else _counted(len(cors.allow_origins), "origin")
    return f"cors: gateway, {origins}{', credentials' if cors.allow_credentials else ''}"


def _preflights(api: Api) -> str:
    """Say that a REST API answers preflights by MOCK integrations, where it has such."""
    methods = api.methods if isinstance(api, RestApi) else ()
    has_mocks = any(one.http_method in ("OPTIONS", "ANY") and isinstance(one.integration, Mock) for one in methods)
    return "mock preflights, " if has_mocks else ""


def domains(mapped: Iterable[MappedUrl]) -> list[str]:
    """Name each URL at which an API is found by a custom domain name, and the URL that it stands in for."""
    return [
        f"{one.url}, {one.api.name} as at https://{one.mapping.domain_name}{one.mapping.base_path}" for one in mapped
    ]


def authorizers(apis: Iterable[Api]) -> list[str]:
    """Name each authorizer that stands before a route, with what it checks here."""
    return [text for api in apis if isinstance(api, HttpApi) for text in _authorizers_of(api)]


def _authorizers_of(api: HttpApi) -> list[str]:
    routes: dict[JwtAuthorizer, int] = {}
    for route in api.routes:
        if route.authorizer is not None:
            routes[route.authorizer] = routes.get(route.authorizer, 0) + 1
    return [
        f"{one.name}, before {_counted(count, 'route')} of {api.name}: tokens of {one.issuer} that a key of `jwks` has "
        "signed; the issuer is not asked"
        for one, count in routes.items()
    ]


def pages(frontends: Iterable[Frontend]) -> list[str]:
    """Name the declared pages: each dev origin with the production origin whose policy it is held to, or the origin
    alone."""
    return [
        page
        for frontend in frontends
        for page in ([f"{dev}, held to the policy for {frontend.origin}" for dev in frontend.dev] or [frontend.origin])
    ]


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
