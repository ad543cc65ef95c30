"""Dev origins, which stand in for production origins: a page at http://localhost:5173 reaches gateway and function as
one of https://shop.example.com, and reads their answers so. It is held to exactly the policy of production.

The two names trade places, in both directions. An answer that lets in the dev origin by name is therefore no leave for
the page: production's own page would not have it either.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from emulator.deployment import Frontend
from emulator.messages import Request, Response, origin_of

NO_STAND_INS: Mapping[str, str] = MappingProxyType({})
"""The stand-ins where no frontend has a dev origin."""


def stand_ins(frontends: Iterable[Frontend]) -> Mapping[str, str]:
    """Map each dev origin to the production origin that it stands in for."""
    return {dev: frontend.origin for frontend in frontends for dev in frontend.dev}


def as_from_production(request: Request, production: Mapping[str, str]) -> Request:
    """Return the request as the page of production would have sent it, with production's origin in Origin and Referer;
    the very same request where neither names a dev origin. `production` is what `stand_ins` gives.

    A page of the API's own origin stays one: behind a development server's proxy that keeps Host, Origin and Host name
    the same server, as they do in production.
    """
    if not production:
        return request
    named = (request.origin or "", origin_of(request.header("referer")) or "")
    standing = {dev: production[dev] for dev in named if dev in production and dev != request.own_origin}
    if not standing:
        return request
    headers = tuple((name, _of_production(name, value, standing)) for name, value in request.headers)
    return replace(request, headers=headers, dev_origin=request.origin if request.origin in standing else None)


def _of_production(name: str, value: str, standing: Mapping[str, str]) -> str:
    """Give the value that a header has in production; `standing` maps the dev origins that are named."""
    if name.lower() == "origin":
        return standing.get(value, value)
    dev = origin_of(value) if name.lower() == "referer" else None
    return value if dev is None or dev not in standing else f"{standing[dev]}{value.removeprefix(dev)}"


def as_for_dev(response: Response, request: Request) -> Response:
    """Return the answer as the page that sent `request` is to read it: Access-Control-Allow-Origin names the dev origin
    where it named production's. `*` and other origins stay; the very same response where no dev origin asked."""
    dev, production = request.dev_origin, request.origin
    if dev is None or production is None:
        return response
    traded = {production: dev, dev: production}
    headers = tuple(
        (name, traded.get(value.strip(" \t"), value) if name.lower() == "access-control-allow-origin" else value)
        for name, value in response.headers
    )
    return replace(response, headers=headers)
