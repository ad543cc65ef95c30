"""Reads `x-amazon-apigateway-integration` of an operation (AWS: x-amazon-apigateway-integration object)."""

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.aws import limits
from emulator.aws.integrations import (
    ContentHandling,
    HttpCustom,
    HttpProxy,
    Integration,
    IntegrationResponse,
    LambdaCustom,
    LambdaProxy,
    Mappings,
    Mock,
    NotEmulated,
    PassthroughBehavior,
)
from emulator.config.complaint import quoted
from emulator.config.sources.openapi.function_names import Elsewhere, Named, target_of
from emulator.config.sources.openapi.node import Node, Notes

INTEGRATION = "x-amazon-apigateway-integration"
KINDS = ("aws_proxy", "mock", "aws", "http", "http_proxy")
SERVED = (LambdaProxy, Mock, NotEmulated)
"""The integrations that something answers here."""

DEFAULT_RESPONSE = "default"
LEAST = limits.LEAST_INTEGRATION_TIMEOUT_MS
ADD = f"""Add it, such as `{INTEGRATION}: {{type: mock, requestTemplates: \
{{application/json: '{{"statusCode": 200}}'}}, responses: {{default: {{statusCode: 200}}}}}}`."""
URI = "Write `arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Items.Arn}/invocations`."


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the document: its value and its route key; `variables` are the stage's, `longest_ms` is the
    timeout of an integration that names none, and `most_ms` the longest there may be."""

    node: Node
    key: str
    variables: dict[str, str]
    longest_ms: int
    most_ms: int


def rest_integration(operation: Operation, notes: Notes) -> Integration | None:
    """Read the integration of a REST API's method; None where it has none, or one that AWS does not take."""
    node = _integration(operation, notes)
    kind = None if node is None else notes.choice(node, "type", KINDS)
    if node is None or kind is None:
        return None
    _differences(node, operation, notes)
    made = _rest(kind, node, operation, notes)
    if made is not None and not isinstance(made, SERVED):
        what = {LambdaCustom: "a Lambda integration that is no proxy", HttpProxy: "an HTTP proxy integration"}
        return _not_emulated(node, operation, notes, what.get(type(made), "an HTTP integration"))
    return made


def http_integration(operation: Operation, notes: Notes) -> LambdaProxy | NotEmulated | None:
    """Read the integration of an HTTP API's route, by the rules for rest_integration (AWS: Working with OpenAPI
    definitions for HTTP APIs)."""
    node = _integration(operation, notes)
    kind = None if node is None else notes.choice(node, "type", ("aws_proxy", "http_proxy"))
    if node is None or kind is None:
        return None
    _differences(node, operation, notes)
    if kind == "http_proxy":
        return _not_emulated(node, operation, notes, "an HTTP proxy integration")
    subtype = node.get("integrationSubtype")
    if subtype is not None:
        return _not_emulated(node, operation, notes, f"the AWS service integration {quoted(subtype.value)}")
    for mapped in ("requestParameters", "responseParameters"):
        if (found := node.get(mapped)) is not None and found.value:
            notes.skip(found.path, f"parameter mapping (`{mapped}`)", operation.key)
    version = notes.choice(node, "payloadFormatVersion", ("2.0", "1.0"))
    if version is None and node.get("payloadFormatVersion") is None:
        fix = 'Add it: `payloadFormatVersion: "2.0"`.'
        notes.complain(node.path, "no `payloadFormatVersion`", "the version, which an HTTP API demands", fix)
    function = _function(node, operation, notes)
    if isinstance(function, NotEmulated) or function is None:
        return function
    return LambdaProxy(function, version or "2.0", _timeout_s(node, operation, notes))


def _integration(operation: Operation, notes: Notes) -> Node | None:
    node = operation.node.get(INTEGRATION)
    if node is None:
        notes.complain(operation.node.path, f"no `{INTEGRATION}`", "what answers: AWS deploys no method without", ADD)
    elif not isinstance(node.value, dict) or "$ref" in node.value:
        found = quoted(node.value)
        if isinstance(node.value, dict):
            found = f"the reference {quoted(node.value['$ref'])}, which leads nowhere"
        notes.complain(node.path, found, "an integration, or a reference to one of this document", ADD)
        return None
    elif node.get("type") is None:
        notes.complain(node.path, "no `type`", "the kind of integration", "Add it, such as `type: aws_proxy`.")
    return node


def _differences(node: Node, operation: Operation, notes: Notes) -> None:
    """Note what an integration has that nothing here does."""
    connection = notes.choice(node, "connectionType", ("INTERNET", "VPC_LINK"))
    if connection == "VPC_LINK":
        notes.skip((*node.path, "connectionType"), "a VPC link", operation.key)
    if notes.choice(node, "responseTransferMode", ("BUFFERED", "STREAM")) == "STREAM":
        notes.skip((*node.path, "responseTransferMode"), "response streaming", operation.key)
    if (tls := node.get("tlsConfig")) is not None:
        notes.skip(tls.path, "`tlsConfig`", operation.key)
    for name, _ in notes.pairs(node, "requestParameters"):
        if name.lower() == "integration.request.header.x-amz-invocation-type":
            notes.skip((*node.path, "requestParameters", name), "an asynchronous invocation", operation.key)


def _not_emulated(node: Node, operation: Operation, notes: Notes, what: str) -> NotEmulated:
    notes.skip(node.path, what, operation.key)
    return NotEmulated(what)


def _rest(kind: str, node: Node, operation: Operation, notes: Notes) -> Integration | None:
    timeout_s = _timeout_s(node, operation, notes)
    if kind == "mock":
        return Mock(_mappings(node, notes))
    if kind in ("aws", "aws_proxy"):
        function = _function(node, operation, notes)
        if function is None or isinstance(function, NotEmulated):
            return function
        _invoked_by_post(node, notes)
        if kind == "aws_proxy":
            return LambdaProxy(function, "1.0", timeout_s)
        return LambdaCustom(function, _mappings(node, notes), timeout_s)
    uri, method = notes.text(node, "uri", "https://example.com/items"), notes.text(node, "httpMethod", "GET")
    for key, value in (("uri", uri), ("httpMethod", method)):
        if value is None and node.get(key) is None:
            notes.complain(node.path, f"no `{key}`", "where the request is sent", f"Add `{key}` to it.")
    if uri is None or method is None:
        return None
    if kind == "http":
        return HttpCustom(method.upper(), uri, _mappings(node, notes), timeout_s)
    return HttpProxy(method.upper(), uri, notes.pairs(node, "requestParameters"), timeout_s)


def _function(node: Node, operation: Operation, notes: Notes) -> str | NotEmulated | None:
    uri = node.get("uri")
    target = None if uri is None else target_of(uri.value, operation.variables)
    match target:
        case Named(name):
            return name
        case Elsewhere(what):
            return _not_emulated(node, operation, notes, what)
    if uri is None:
        notes.complain(node.path, "no `uri`", "the URI of a function", URI)
    else:
        notes.complain(uri.path, quoted(uri.value), "the URI of a function", URI)
    return None


def _invoked_by_post(node: Node, notes: Notes) -> None:
    """Warn of what makes every call of a function fail (AWS: Set up Lambda proxy integrations, "the integration request
    HTTP method must be POST")."""
    method = notes.text(node, "httpMethod", "POST")
    if method is None:
        found = "no `httpMethod`"
        notes.warn(node.path, found, "`httpMethod: POST`, by which functions are invoked", "Add `httpMethod: POST`.")
    elif method.upper() != "POST":
        found, expected = f"{quoted(method)}, with which AWS answers every call with an error", "POST"
        notes.warn((*node.path, "httpMethod"), found, f"{expected}, by which functions are invoked", "Write `POST`.")


def _timeout_s(node: Node, operation: Operation, notes: Notes) -> float:
    return (notes.number(node, "timeoutInMillis", LEAST, operation.most_ms) or operation.longest_ms) / 1000


def _mappings(node: Node, notes: Notes) -> Mappings:
    behavior = notes.choice(node, "passthroughBehavior", tuple(PassthroughBehavior))
    return Mappings(
        request_parameters=notes.pairs(node, "requestParameters"),
        request_templates=notes.pairs(node, "requestTemplates"),
        passthrough_behavior=PassthroughBehavior(behavior or PassthroughBehavior.WHEN_NO_MATCH),
        content_handling=_conversion(node, notes),
        responses=tuple(_responses(node, notes)),
    )


def _conversion(node: Node, notes: Notes) -> ContentHandling | None:
    word = notes.choice(node, "contentHandling", tuple(ContentHandling))
    return None if word is None else ContentHandling(word)


def _responses(node: Node, notes: Notes) -> Iterator[IntegrationResponse]:
    responses = node.get("responses")
    for pattern, response in () if responses is None else responses.entries():
        status = notes.number(response, "statusCode", 100, 599)
        if response.get("statusCode") is None:
            fix = "Add it: `statusCode: 200`."
            notes.complain(response.path, "no `statusCode`", "the status of the response", fix)
        if status is not None:
            yield IntegrationResponse(
                status,
                "" if pattern == DEFAULT_RESPONSE else pattern,
                notes.pairs(response, "responseParameters"),
                notes.pairs(response, "responseTemplates"),
                _conversion(response, notes),
            )
