"""What a REST API says itself: the error that a refusal is, as the API's gateway responses customise it (AWS: Gateway
responses for REST APIs in API Gateway).

    effective_response      which entry applies: the type's own, else its family's, never both
    worded                  its status, its template filled in, its header mappings on top
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from emulator.aws import limits
from emulator.aws.lambda_proxy.event_encoding import media_type
from emulator.aws.lambda_proxy.request_context import Stage
from emulator.aws.product import Route, Stamp
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.reserved_paths import HEALTHY
from emulator.aws.rest_api.request_values import RequestValues, literal, request_values, sendable
from emulator.aws.rest_api.response_types import HEADER, GatewayError, error_of
from emulator.messages import Headers, Request, Response

JSON = "application/json"
DEFAULT_TEMPLATES = ((JSON, '{"message":$context.error.messageString}'),)
"""What an entry without templates has (localstack/localstack, test_gateway_response_put, recorded from AWS)."""

_REFERENCE = r"(?:context|stageVariables|method\.request\.(?:header|querystring|path))\."
_VARIABLE = re.compile(rf"\$(?:\{{({_REFERENCE}[^{{}}\s]+)\}}|({_REFERENCE}[\w-]+(?:\.[\w-]+)*))")
"""A variable in a template. Nothing else in it is looked at: it is not VTL (AWS: x-amazon-apigateway-gateway-responses
.responseTemplates)."""

_BEFORE_THE_API = {
    RefusalKind.HEAD_TOO_LARGE: (
        431,
        "Request Header Fields Too Large",
        "RequestHeaderFieldsTooLargeException",
    ),
    RefusalKind.OUTSIDE_STAGE: (403, "Forbidden", "ForbiddenException"),
}
"""The status, message and x-amzn-ErrorType of what is refused before the API's own configuration counts. The first is
uncertain, the second recorded."""


@dataclass(frozen=True, slots=True)
class GatewayResponse:
    """One entry, as AWS's GatewayResponse and OpenAPI's x-amazon-apigateway-gateway-responses have it.

    `status_code` None leaves each error its own. `response_parameters` map `gatewayresponse.header.NAME` to a literal
    in single quotes or to the name of a value; `response_templates` map media types to templates.
    """

    response_type: str
    status_code: int | None = None
    response_parameters: tuple[tuple[str, str], ...] = ()
    response_templates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that is refused, with all that a gateway response can name of it. `route` is None when none was
    selected."""

    refusal: Refusal
    request: Request
    route: Route | None
    stage: Stage
    stamp: Stamp


def gateway_response(refused: Refused, configured: Mapping[str, GatewayResponse]) -> Response:
    """Word a refusal as the gateway answers it, before the ids are added; `configured` has the API's entries by their
    type."""
    error = error_of(refused.refusal, refused.request)
    return _before_the_api(refused.refusal) if error is None else worded(error, refused, configured)


def worded(error: GatewayError, refused: Refused, configured: Mapping[str, GatewayResponse]) -> Response:
    """Word an error as the entry that applies to it says. x-amzn-ErrorType is there whatever is customised (recorded
    from AWS); a mapping of that name, or of Content-Type, takes its place (uncertain)."""
    entry = effective_response(error, configured)
    if entry is None:
        return _of_the_gateway(error.status, error.body, error.error_type)
    values = _values(error, refused)
    content_type, template = _chosen_template(entry, refused.request)
    body = _VARIABLE.sub(lambda found: values(found[1] or found[2]) or "", template)
    own = (("Content-Type", content_type), ("x-amzn-ErrorType", error.error_type))
    mapped = tuple(_mapped(entry, values))
    names = {name.lower() for name, _ in mapped}
    headers = (*(pair for pair in own if pair[0].lower() not in names), *mapped)
    return Response(entry.status_code or error.status, headers, body.encode())


def effective_response(error: GatewayError, configured: Mapping[str, GatewayResponse]) -> GatewayResponse | None:
    """Find the entry that applies to an error. One of its own takes nothing from its family's, neither status nor
    template nor header (localstack/localstack, test_gateway_response_put, recorded from AWS)."""
    return configured.get(error.response_type) or configured.get(error.family)


def _of_the_gateway(status: int, body: str, error_type: str) -> Response:
    return Response(status, (("Content-Type", JSON), ("x-amzn-ErrorType", error_type)), body.encode())


def _before_the_api(refusal: Refusal) -> Response:
    if refusal.kind is RefusalKind.BODY_TOO_LARGE:
        body = f"HTTP content length exceeded {limits.REQUEST_BODY_BYTES} bytes.".encode()
        return Response(413, (("Content-Type", "text; charset=utf-8"),), body)
    if refusal.kind is RefusalKind.RESERVED_PATH:
        return HEALTHY
    status, message, error_type = _BEFORE_THE_API[refusal.kind]
    return _of_the_gateway(status, f'{{"message":"{message}"}}', error_type)


def _chosen_template(entry: GatewayResponse, request: Request) -> tuple[str, str]:
    """Choose by the first media type that Accept names, then JSON, then the first. Which of several AWS takes is
    uncertain."""
    templates = dict(entry.response_templates or DEFAULT_TEMPLATES)
    wanted = media_type(request.header("accept"))
    chosen = next((one for one in (wanted, JSON) if one in templates), next(iter(templates)))
    return chosen, templates[chosen]


def _mapped(entry: GatewayResponse, values: RequestValues) -> Headers:
    """Make the mapped headers. One whose source has no value is left out (uncertain)."""
    made = (
        (name.removeprefix(HEADER), values(source) if (said := literal(source)) is None else said)
        for name, source in entry.response_parameters
    )
    return sendable(tuple((name, value) for name, value in made if value is not None))


def _values(error: GatewayError, refused: Refused) -> RequestValues:
    """Gather the values; the variables of `$context.error` beside those of the request (AWS: API Gateway mapping
    template and access logging variable reference)."""
    said = {
        "message": error.message,
        "messageString": error.message_string,
        "responseType": error.response_type,
        "validationErrorString": _escaped(refused.refusal.validation_error),
    }
    values = request_values(refused.request, refused.route, refused.stage, refused.stamp)
    return replace(values, context={**values.context, "error": said})


def _escaped(text: str | None) -> str | None:
    """Escape a text for a JSON string, without the quotes around it, as AWS fills it in (recorded)."""
    return None if text is None else json.dumps(text, ensure_ascii=False)[1:-1]
