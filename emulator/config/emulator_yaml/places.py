"""The lines of emulator.yaml -> places, which speak of resources and not of this file's keys."""

from collections.abc import Iterator

from emulator.config.yaml.document import Document, value_at
from emulator.deployment import Place, Places


def places_of(document: Document) -> Places:
    """Where each API, its fields, its CORS fields, its routes, each function, its fields and each frontend stand."""
    return {
        key: Place(document.file, line) for path, line in document.lines.items() for key in _keys(document, tuple(path))
    }


def _keys(document: Document, path: tuple[str | int, ...]) -> Iterator[tuple[str, ...]]:
    match path:
        case ("apis", str(name)):
            yield ("api", name)
        case ("apis", str(name), "routes", str(route)):
            yield ("api", name, "route", route)
        case ("apis", str(name), str(field)):
            yield ("api", name, field)
        case ("apis", str(name), "cors", str(field)):
            yield ("api", name, "cors", field)
        case ("functions", str(name)):
            yield ("function", name)
        case ("functions", str(name), str(field)):
            yield ("function", name, field)
        case ("frontends", int()):
            origin = value_at((*path, "origin"), document.data)
            if isinstance(origin, str):
                yield ("frontend", origin)
