"""Makes the lines of an OpenAPI document places, which speak of resources."""

from collections.abc import Iterator, Mapping

from emulator.config.complaint import Path, one_line, written
from emulator.config.yaml.document import Data, Document, value_at
from emulator.deployment import DOCUMENT, Place, Resource

ANY_METHOD = "x-amazon-apigateway-any-method"
DEFAULT_PATH = "/$default"
"""The path under which an HTTP API's $default route stands (AWS: Exporting an HTTP API)."""


def route_key(method: str, path: str, base: str, *, is_http: bool) -> str:
    """Name the route of an operation as its API does."""
    if is_http and path in (DEFAULT_PATH, DEFAULT_PATH[1:]):
        return "$default"
    name = "ANY" if method == ANY_METHOD else method.upper()
    return f"{name} {base}{path}" if not base or path != "/" else f"{name} {base}"


def places_of(document: Document, api: str, routes: Mapping[str, Path]) -> dict[Resource, Place]:
    """Return where the document declares the API's routes, its CORS, its gateway responses and all that lies in them;
    `routes` has the path of each operation by its route key."""
    places: dict[Resource, Place] = {}
    for path, line in document.lines.items():
        place = Place(document.file, line, one_line(written(path)))
        for resource in _of_api(document.data, api, path):
            places[resource] = place
    places["api", api, DOCUMENT] = Place(document.file, document.line)
    keys: dict[Path, list[str]] = {}  # several routes can refer to one operation
    for key, operation in routes.items():
        keys.setdefault(operation, []).append(key)
    for path, line in document.lines.items():
        for length in range(1, len(path) + 1):
            for key in keys.get(path[:length], ()):
                inside = tuple("integration" if part == INTEGRATION else part for part in path[length:])
                places["api", api, "route", key, *inside] = Place(document.file, line, one_line(written(path)))
    return places


INTEGRATION = "x-amazon-apigateway-integration"
_SECTIONS = {
    "x-amazon-apigateway-cors": "cors",
    "x-amazon-apigateway-gateway-responses": "gatewayResponses",
    "x-amazon-apigateway-binary-media-types": "binaryMediaTypes",
    "paths": "routes",
}


def _of_api(data: Data, api: str, path: Path) -> Iterator[Resource]:
    section = _SECTIONS.get(str(path[0]))
    if section is None or (section == "routes" and len(path) > 1):
        return
    yield ("api", api, section, *path[1:])
    entry = value_at(path, data)
    if section == "cors" and isinstance(path[-1], int) and isinstance(entry, str):
        yield ("api", api, "cors", *path[1:-1], entry)
