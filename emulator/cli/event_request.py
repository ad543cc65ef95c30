"""The request `emulate event` is about, and the API it goes to. Pure: sends, reads and prints nothing."""

import json
import string
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import quote, urlsplit

from emulator.aws.api import Api
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import DEFAULT, ConfiguredRoute, HttpApi
from emulator.aws.integrations import LambdaProxy
from emulator.aws.rest_api.rest_api import Method, RestApi
from emulator.config.emulator_yaml.build import FIRST_PORT, api_id
from emulator.deployment import Deployment, Endpoint
from emulator.errors import EmulatorError
from emulator.messages import TOKEN, Headers, Request

PRODUCTS = {"http": HttpApi, "rest": RestApi, "function-url": FunctionUrl}
"""The classes of the products by their `type` in emulator.yaml."""

WORDS = {"http": "an HTTP API", "rest": "a REST API", "function-url": "a function URL"}

STAND_INS: dict[str, tuple[Api, str]] = {
    "http": (HttpApi("api", api_id("api"), (ConfiguredRoute(DEFAULT, LambdaProxy("function")),)), "the route $default"),
    "rest": (
        RestApi(
            "api",
            api_id("api"),
            tuple(Method("ANY", path, LambdaProxy("function", "1.0")) for path in ("/{proxy+}", "/")),
            stage="prod",
        ),
        "the resources / and /{proxy+} and the stage prod",
    ),
    "function-url": (FunctionUrl("api", api_id("api"), "function"), "no CORS configuration"),
}
"""The API that a request goes to where no configuration says, and what it has, in words; by product."""

_LISTED = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for. `target` is a path with its query, from which the stage may be left out, or a
    whole URL, which is taken as it is; a header with an empty value is left out of the request, as curl does."""

    target: str
    method: str | None
    headers: tuple[tuple[str, str], ...]
    body: bytes | None


def endpoint_of(deployment: Deployment, product: str, name: str | None) -> Endpoint | None:
    """Find the named API, else the first of the product; None when there is none of it. Raises EmulatorError for a name
    that is no API of the product."""
    endpoints = [endpoint for endpoint in deployment.endpoints if isinstance(endpoint.api, PRODUCTS[product])]
    if name is None:
        return endpoints[0] if endpoints else None
    for endpoint in endpoints:
        if endpoint.api.name == name:
            return endpoint
    raise EmulatorError(f"--api {name}: {missing(deployment, product)}")


def missing(deployment: Deployment, product: str) -> str:
    """Say what the configuration has instead of such an API."""
    kinds = {kind: word for word, kind in PRODUCTS.items()}
    has = ", ".join(f"{endpoint.api.name} ({kinds[type(endpoint.api)]})" for endpoint in deployment.endpoints)
    return f"there is no such API of type {product}; the configuration has {has or 'no APIs'}."


def request_of(asked: Asked, endpoint: Endpoint) -> Request:
    """Make the request as a plain client sends it: Host, User-Agent and Accept unless `headers` has them, and with a
    body Content-Type and Content-Length. Raises EmulatorError for what no client can send."""
    scheme, host, path, query = _target(asked.target, endpoint)
    headers = _wire_headers(asked, host)
    named = next((value for name, value in headers if name.lower() == "host"), host)
    _, colon, port = named.rpartition(":")
    return Request(
        method=asked.method or ("GET" if asked.body is None else "POST"),
        raw_path=path,
        raw_query=query,
        headers=headers,
        body=asked.body or b"",
        scheme=scheme,
        port=int(port) if colon and port.isascii() and port.isdigit() else 443 if scheme == "https" else 80,
    )


def _target(target: str, endpoint: Endpoint) -> tuple[str, str, str, str]:
    """Split a target into scheme, host, path and query, encoded as on a request line."""
    if target.startswith("/"):
        path, _, query = target.partition("#")[0].partition("?")
        host = f"localhost:{endpoint.port or FIRST_PORT}"
        return "http", host, _encoded(below_stage(path, endpoint.api)), _encoded(query)
    try:
        url = urlsplit(target)
    except ValueError as error:
        raise EmulatorError(f"{target} is no URL: {error}.") from None
    if url.scheme not in ("http", "https") or not url.netloc or "@" in url.netloc:
        raise EmulatorError(f"{target} is neither a path nor an http or https URL: a path begins with /, as in /items.")
    return url.scheme, url.netloc, _encoded(url.path or "/"), _encoded(url.query)


def _encoded(text: str) -> str:
    """Percent-encode spaces, control characters and what is not ASCII; all else is sent as it is."""
    return quote(text, safe=string.punctuation, errors="surrogateescape")


def below_stage(path: str, api: Api) -> str:
    """Put the stage in front of a path, where it is not there yet."""
    stage = DEFAULT if isinstance(api, FunctionUrl) else api.stage
    if stage == DEFAULT or path.lstrip("/").partition("/")[0] == stage:
        return path
    return f"/{stage}{path}"


def _wire_headers(asked: Asked, host: str) -> Headers:
    for name, value in asked.headers:
        if not TOKEN.fullmatch(name) or any(character in value for character in "\r\n\0"):
            raise EmulatorError(f"-H '{name}: {value}': a client cannot send such a header.")
    given = {name.lower() for name, _ in asked.headers}
    # Values travel as UTF-8 and are read as latin-1, as on a socket.
    sent = [(n, v.encode("utf-8", "surrogateescape").decode("latin-1")) for n, v in asked.headers if v]
    first = [
        pair for pair in (("Host", host), ("User-Agent", "emulate"), ("Accept", "*/*")) if pair[0].lower() not in given
    ]
    last = [] if asked.body is None else list(_body_headers(asked.body, given))
    return (*first, *sent, *last)


def _body_headers(body: bytes, given: set[str]) -> Iterator[tuple[str, str]]:
    if "content-type" not in given:
        yield "Content-Type", content_type(body)
    if not given & {"content-length", "transfer-encoding"}:
        yield "Content-Length", str(len(body))


def content_type(body: bytes) -> str:
    """Guess the type of a body of which nothing is said."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return "application/octet-stream"
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return "text/plain;charset=UTF-8"
    return "application/json"


def routes_for(api: Api, request: Request) -> str:
    """List the routes with a path like the request's, in a sentence; when there are none, the first ones."""
    if isinstance(api, FunctionUrl):
        return ""
    keys = (
        [route.route_key for route in api.routes]
        if isinstance(api, HttpApi)
        else [f"{method.http_method} {method.resource_path}" for method in api.methods]
    )
    if not keys:
        return "It has no routes."
    path = request.raw_path if api.stage == DEFAULT else request.raw_path.removeprefix(f"/{api.stage}")
    by_path = [(key.partition(" ")[2], key) for key in keys]
    close = get_close_matches(path, {path for path, _ in by_path}, n=3)
    near = [key for wanted in close for path, key in by_path if path == wanted]
    if near:
        return f"Near it are: {', '.join(near)}."
    return f"Its routes are: {', '.join(keys[:_LISTED])}{', ...' if len(keys) > _LISTED else '.'}"
