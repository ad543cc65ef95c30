"""Finds what an OpenAPI document declares and nothing here does: who may call, what is checked, and AWS's extensions
for what is not emulated. A route is never open in silence: each is noted for the routes it concerns."""

from collections.abc import Iterator

from emulator.config.complaint import Path, quoted
from emulator.config.sources.openapi.method_request import VALIDATOR, VALIDATORS
from emulator.config.sources.openapi.node import Node, Notes
from emulator.spelling import near

PREFIX = "x-amazon-apigateway-"
AUTHORIZER, AUTHTYPE = "x-amazon-apigateway-authorizer", "x-amazon-apigateway-authtype"
ENDPOINT = "x-amazon-apigateway-endpoint-configuration"

READ = frozenset(
    f"{PREFIX}{name}"
    for name in (
        "any-method", "binary-media-types", "cors", "gateway-responses", "integration", "integrations",
    )
)  # fmt: skip
"""The extensions that are read elsewhere."""

WITHOUT_EFFECT = frozenset(
    f"{PREFIX}{name}"
    for name in (
        "documentation", "endpoint-access-mode", "export-version", "importexport-version", "security-policy",
        "tag-value",
    )
)  # fmt: skip
"""The extensions that change no answer."""

LOOKED_AT = frozenset(
    {AUTHORIZER, AUTHTYPE, VALIDATOR, VALIDATORS, ENDPOINT, f"{PREFIX}api-key-source", f"{PREFIX}auth"}
)
NOT_EMULATED = {
    f"{PREFIX}policy": "the resource policy",
    f"{PREFIX}minimum-compression-size": "compression of answers",
    f"{PREFIX}request-parameters": "`x-amazon-apigateway-request-parameters`",
}
NONE = "NONE"
"""What AWS SAM writes as the security of a method that is to have none; AWS makes nothing of a scheme of this name."""

KNOWN = READ | WITHOUT_EFFECT | LOOKED_AT | NOT_EMULATED.keys()


def note_api(root: Node, notes: Notes) -> None:
    """Note what concerns every route: the extensions at the top of the document."""
    note_extensions(root, "", notes)
    endpoint = root.get(ENDPOINT)
    if endpoint is not None:
        if notes.text(endpoint, "disableExecuteApiEndpoint", "true") == "true":
            notes.skip((*endpoint.path, "disableExecuteApiEndpoint"), "an endpoint that is disabled")
        if "PRIVATE" in notes.texts(endpoint, "types") or endpoint.get("vpcEndpointIds") is not None:
            notes.skip(endpoint.path, "a private endpoint")
    if notes.choice(root, f"{PREFIX}api-key-source", ("HEADER", "AUTHORIZER")) == "AUTHORIZER":
        notes.skip((f"{PREFIX}api-key-source",), "API keys that an authorizer gives")


def note_extensions(node: Node, route: str, notes: Notes) -> None:
    """Note AWS's extensions that are not emulated; complain of those that AWS does not have."""
    for key, value in node.entries():
        if not key.startswith(PREFIX):
            continue
        if key in NOT_EMULATED:
            notes.skip((*node.path, key), NOT_EMULATED[key], route)
        elif key not in KNOWN:
            meant = near(key, KNOWN, closeness=0.8)
            fix = f"Write `{meant}`." if meant else "Remove it."
            notes.complain((*node.path, key), f"the extension `{key}`", "an extension of API Gateway", fix)
        elif key == f"{PREFIX}auth" and (kind := notes.text(value, "type", "NONE")) not in (None, "NONE"):
            notes.skip((*node.path, key), f"authorization by {kind}", route)


def note_operation(root: Node, operation: Node, route: str, notes: Notes) -> None:
    """Note what guards one route: its security requirements, or those of the whole document where it has none of its
    own. That the document's own count is uncertain for REST APIs: it is the stricter
    reading."""
    note_extensions(operation, route, notes)
    security = operation.get("security") or root.get("security")
    schemes = _schemes(root)
    for requirement in () if security is None else security.items():
        for name in [name for name, _ in requirement.entries() if name != NONE or name in schemes]:
            _note_scheme(name, schemes.get(name), (*requirement.path, name), route, notes)


def _schemes(root: Node) -> dict[str, Node]:
    """Return the security schemes of OpenAPI 3, or those of Swagger 2.0."""
    components = root.get("components")
    found = root.get("securityDefinitions") if components is None else components.get("securitySchemes")
    return {} if found is None else dict(found.entries())


def _note_scheme(name: str, scheme: Node | None, path: Path, route: str, notes: Notes) -> None:
    if scheme is None:
        notes.complain(
            path, f"the security scheme {quoted(name)}", "a scheme that the document declares", "Declare it."
        )
    elif scheme.get(AUTHORIZER) is not None:
        notes.skip(scheme.path, f"the authorizer `{name}`", route)
    elif (kind := scheme.get(AUTHTYPE)) is not None:
        notes.skip(scheme.path, f"the authorizer `{name}` ({quoted(kind.value)})", route)
    elif _value(scheme, "type") == "apiKey" and _value(scheme, "name").lower() == "x-api-key":
        notes.skip(scheme.path, f"the API key `{name}`", route)
    else:
        found = f"the security scheme {quoted(name)}, for which API Gateway makes no authorizer"
        fix = f"Add `{AUTHORIZER}` to it, if it is to guard the route."
        notes.warn(scheme.path, found, "a scheme that guards the route on AWS", fix)


def _value(node: Node, key: str) -> str:
    found = node.get(key)
    return "" if found is None else str(found.value)


def unknown_methods(item: Node, methods: frozenset[str]) -> Iterator[tuple[str, Node]]:
    """Yield what stands at a path and is neither a method nor anything else that OpenAPI has there."""
    beside = {"parameters", "summary", "description", "servers", "$ref"}
    for key, value in item.entries():
        if key not in methods and key not in beside and not key.startswith("x-"):
            yield key, value
