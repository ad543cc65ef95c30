"""Makes the lines of emulator.yaml places, which speak of resources and not of this file's keys."""

from collections.abc import Iterator

from emulator.config.complaint import Path, one_line, written
from emulator.config.rules.domains import ROOT
from emulator.config.yaml.document import Document, value_at
from emulator.deployment import Place, Places, Resource

SINGULAR = {"functions": "function", "apiKeys": "apiKey", "usagePlans": "usagePlan"}
"""Maps the sections whose keys are names to what one thing in them is called."""


def places_of(document: Document) -> Places:
    """Return where each API, function and frontend stands, and everything in them, with what the file calls it."""
    return {
        resource: Place(document.file, line, one_line(written(path)))
        for path, line in document.lines.items()
        for resource in _resources(document, path)
    }


def _resources(document: Document, path: Path) -> Iterator[Resource]:
    match path:
        case ("apis", name, "routes", key, *inner):
            yield ("api", name, "route", key, *inner)
        case ("apis", name, "cors", field, int(index)):
            yield ("api", name, "cors", field, index)
            entry = value_at(path, document.data)
            if isinstance(entry, str):
                yield ("api", name, "cors", field, entry)
        case ("apis", name, *inner):
            yield ("api", name, *inner)
        case ("functions" | "apiKeys" | "usagePlans" as section, name, *inner):
            yield (SINGULAR[section], name, *inner)
        case ("frontends", int(index), *inner):
            yield ("frontend", index, *inner)
            origin = value_at((*path, "origin"), document.data)
            if not inner and isinstance(origin, str):
                yield ("frontend", origin)
        case ("checks", int(index), *inner):
            yield ("check", index, *inner)
        case ("customDomains", name, "mappings", key, *inner):
            yield ("domain", name, "mapping", key or ROOT, *inner)
        case ("customDomains", name, *inner):
            yield ("domain", name, *inner)
        case ("allowedHosts", *inner):
            yield ("allowedHosts", *inner)
