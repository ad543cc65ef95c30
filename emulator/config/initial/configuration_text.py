"""Writes the first emulator.yaml of a project, with comments."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from emulator.config.initial.first_handler import FIRST_HANDLERS
from emulator.config.initial.handlers import Handler

VITE = "http://localhost:5173"
"""The origin of a page that Vite serves, unless told otherwise."""

FIRST_PORT = 3000
STAGE = "dev"
_PLAIN = re.compile(r"[A-Za-z_./](:(?=/)|[A-Za-z0-9_./-])*(:\d+)?")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that YAML, or an editor of it, takes for something else than text."""

_LOCAL = re.compile(r"https?://(localhost|[^/]*\.localhost|127\.[0-9.]+|\[::1\])(:\d+)?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written: the type of the API, the page's origin (None: nobody said), and the functions."""

    api: str
    origin: str | None
    functions: tuple[Handler, ...]

    @property
    def allowed(self) -> str:
        """Return the origin that production allows."""
        return self.origin or VITE

    @property
    def page(self) -> str:
        """Return the origin of the page on this machine."""
        return self.allowed if _LOCAL.fullmatch(self.allowed) else VITE

    @property
    def ports(self) -> Iterator[int]:
        """Yield the ports of the APIs: the page keeps its own."""
        return (port for port in range(FIRST_PORT, 65536) if not self.page.endswith(f":{port}"))

    @property
    def path(self) -> str:
        """Return the first API's first path, its stage included."""
        name = self.functions[0].name
        return {"http": f"/{name}", "rest": f"/{STAGE}/{name}"}.get(self.api, "/")


def configuration_text(wanted: Wanted) -> str:
    """Return the text of emulator.yaml."""
    apis = {"http": _http_api, "rest": _rest_api}.get(wanted.api, _function_urls)(wanted)
    parts = ([_HEAD], apis, _functions(wanted), _frontends(wanted))
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


_DEPLOYED = " # the folder that would be deployed; a save in it reloads"
_CREDENTIALS = "    credentials: same-origin # how its pages call fetch; `include` sends cookies to the APIs too"
_HEAD = "# What `emulate serve` runs. Every key is in the schema, which `emulate schema` prints for your editor."


def _http_api(wanted: Wanted) -> list[str]:
    return [
        "apis:",
        "  api: # an HTTP API; its name is yours to choose",
        "    type: http",
        f"    port: {next(wanted.ports)}",
        "    cors: # the gateway answers preflights and adds these headers: the functions need not",
        *_cors(wanted),
        "    routes: # METHOD /path: function. A path may hold {id}, and end in {proxy+}",
        *(f"      {method} /{one.name}: {_quoted(one.name)}" for one in wanted.functions for method in ("GET", "POST")),
    ]


def _rest_api(wanted: Wanted) -> list[str]:
    return [
        "apis:",
        "  api: # a REST API; its name is yours to choose",
        "    type: rest",
        f"    port: {next(wanted.ports)}",
        f"    stage: {STAGE} # the first segment of every path",
        "    routes: # METHOD /path: function. A path may hold {id}, and end in {proxy+}",
        "      # A REST API answers no preflight and adds no CORS headers: each function does both.",
        *(
            f"      {method} /{one.name}: {_quoted(one.name)}"
            for one in wanted.functions
            for method in ("GET", "POST", "OPTIONS")
        ),
    ]


def _function_urls(wanted: Wanted) -> list[str]:
    lines = ["apis:"]
    for one, port in zip(wanted.functions, wanted.ports, strict=False):
        lines += [
            f"  {_quoted(one.name)}:",
            "    type: function-url",
            f"    port: {port}",
            f"    function: {_quoted(one.name)}",
            "    cors: # the URL answers preflights and adds these headers: the function must not add them too",
            *_cors(wanted),
        ]
    return lines


def _cors(wanted: Wanted) -> list[str]:
    return [
        f"      allowOrigins: [{_quoted(wanted.allowed)}]",
        "      allowMethods: [GET, POST]",
        "      allowHeaders: [authorization, content-type]",
        "      # allowCredentials: true # for cookies; then `credentials: include` below",
        "      maxAge: 600 # seconds that a browser may keep a preflight's answer",
    ]


def _functions(wanted: Wanted) -> list[str]:
    lines = ["functions:"]
    for one in wanted.functions:
        lines += [
            f"  {_quoted(one.name)}:",
            f"    codeUri: {_quoted(one.code_uri)}{'' if lines[1:] else _DEPLOYED}",
            f"    handler: {_quoted(one.handler)}",
            f"    runtime: {one.runtime}",
        ]
        if wanted.api == "rest" and one in FIRST_HANDLERS:
            lines.append(f"    environment: {{ALLOWED_ORIGIN: {_quoted(wanted.allowed)}}}")
    lines.append("    # environment: {TABLE: items}   timeout: 3   memorySize: 128   layers: [layers/shared]")
    return lines


def _frontends(wanted: Wanted) -> list[str]:
    lines = ["frontends: # the pages that call the APIs: `emulate check` tries their calls"]
    if wanted.page != wanted.allowed:
        return [
            *lines,
            f"  - origin: {_quoted(wanted.allowed)} # what production sees, and what is allowed above",
            f"    dev: {wanted.page} # stands in for it on this machine",
            _CREDENTIALS,
        ]
    lines += [f"  - origin: {_quoted(wanted.allowed)}", _CREDENTIALS]
    if wanted.origin is None:
        lines += [
            "  # Where production's page is elsewhere, allow that one above and let this one stand in for it here:",
            "  # - origin: https://shop.example.com",
            f"  #   dev: {VITE}",
        ]
    return lines


def _quoted(text: str) -> str:
    """Write a text as YAML has it: in quotes where it might be taken for something else."""
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else json.dumps(text)
