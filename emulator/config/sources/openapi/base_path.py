"""What becomes of the path in the address of a document's server (AWS: Set the OpenAPI basePath property)."""

import re
from urllib.parse import urlsplit

from emulator.config.sources.openapi.node import Node

MODES = ("ignore", "prepend", "split")


def base_path(root: Node, mode: str) -> str:
    """Return what stands before every path of the document: nothing for "ignore"; the whole base path for "prepend";
    the base path without its first segment for "split". It has a slash at its start, where it is not empty, and none at
    its end."""
    segments = [segment for segment in _declared(root).split("/") if segment]
    kept = {"ignore": [], "prepend": segments, "split": segments[1:]}[mode]
    return "".join(f"/{segment}" for segment in kept)


def _declared(root: Node) -> str:
    """Return `basePath` of Swagger 2.0, or the path of the first server of OpenAPI 3, its variables filled in."""
    swagger, servers = root.get("basePath"), root.get("servers")
    if swagger is not None:
        return str(swagger.value)
    server = None if servers is None else next(servers.items(), None)
    url = None if server is None else server.get("url")
    if server is None or url is None:
        return ""
    variables = server.get("variables")
    defaults = {
        name: str(default.value)
        for name, variable in (() if variables is None else variables.entries())
        if (default := variable.get("default")) is not None
    }
    return urlsplit(re.sub(r"\{([^{}]+)\}", lambda found: defaults.get(found[1], ""), str(url.value))).path
