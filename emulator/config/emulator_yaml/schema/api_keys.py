"""Holds keys that APIs of several products have, and what is said of keys that several of them lack (section.py)."""

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from emulator.config.emulator_yaml.schema.section import Entry, Key, Text

Port = Annotated[
    Annotated[int, Field(ge=0, le=65535)] | None,
    Key(
        "The port this API listens on, an origin of its own; default 3000, 3001, ... in the order of the file.",
        "a port from 1 to 65535, or 0 for any free one",
        "port: 3000",
    ),
]
Enforce = Annotated[
    bool,
    Key(
        "Whether calls of clients that are no browser (curl, a test), with an Origin, are blocked as a browser would "
        "block them; default true.",
        "true or false",
        "enforce: false",
    ),
]
StageVariables = Annotated[
    dict[str, Text],
    Key(
        "Variables of the stage, in every event's `stageVariables`; a route's function may be named by one: "
        "`${stageVariables.NAME}`.",
        "a mapping of names to text",
        "stageVariables: {table: orders}",
        Entry("text, a number or a boolean", '"some text"'),
    ),
]
FunctionName = Annotated[
    str, Key("The function that answers.", "the name of a function under `functions`", "function: items")
]
PayloadFormatVersion = Annotated[Literal["1.0", "2.0"], WithJsonSchema({"enum": ["1.0", "2.0", 1.0, 2.0]})]

OpenApi = Annotated[
    str | None,
    Key(
        "The OpenAPI document that declares the API as API Gateway imports it: OpenAPI 3 or Swagger 2.0, YAML or JSON.",
        "the path of a file",
        "openapi: api.yaml",
    ),
]
Unsupported = Annotated[
    Literal["fail", "warn"],
    Key(
        "What of the document is not emulated: a mistake, or served without, with a finding on every exchange.",
        "fail or warn",
        "unsupported: warn",
    ),
]
BasePath = Annotated[
    Literal["ignore", "prepend", "split"],
    Key(
        "What becomes of the path in the document's `servers` or `basePath`, as AWS's import parameter has it.",
        "ignore, prepend or split",
        "basepath: prepend",
    ),
]

# What an OpenAPI document is called elsewhere (Section.other_names).
OPENAPI_NAMES = dict.fromkeys(
    ("definition", "definitionbody", "definitionuri", "swagger", "body", "document", "spec"), "openapi"
)

ROUTE = Entry("the name of a function, or a mapping with `function`", "items")
"""Says what may stand behind a route key, of an HTTP API or a REST API."""


def type_key(name: str) -> Key:
    """Describe the key `type` of the product of this name."""
    return Key("The product: http, rest or function-url.", "http, rest or function-url", f"type: {name}")


HTTP_AUTHORIZATION = ("authorizer", "authorizationscopes")
"""What a route of an HTTP API has, and a method of a REST API not yet, by normalized name."""

OPEN = "Take it out only if the route may answer everyone on this machine: nothing stands in for it."
"""Says how to do without what guards a route on AWS: to leave it out silently would open the route."""

ROUTE_NOT_YET = {
    **dict.fromkeys(("authorizer", "authorizationtype", "authorizerid", "scopes", "authorizationscopes"), OPEN),
    "responseparameters": "Remove it: the client gets the function's response unchanged.",
}
"""Maps what no route has yet to what to do (Section.not_yet)."""

# What has its place elsewhere (Section.elsewhere): in what names a function, and in what has routes.
DECLARED_ELSEWHERE = {"handler": "Declare the handler under `functions` and name that function here."}
ROUTED_ELSEWHERE = {
    "handler": "Declare the function under `functions` at the top and name it in `routes`.",
    "functions": "Move it to the top of the file, beside `apis`.",
}

# What other tools and habit call a key (Section.other_names).
FUNCTION_NAMES = dict.fromkeys(("lambda", "functionname", "target", "functions"), "function")
PAYLOAD_NAMES = dict.fromkeys(("payload", "version"), "payloadFormatVersion")
STAGE_NAMES = {"stagename": "stage", "variables": "stageVariables"}
TIMEOUT_NAMES = dict.fromkeys(("timeout", "timeoutms", "timeoutmillis"), "timeoutInMillis")
