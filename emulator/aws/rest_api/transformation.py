"""What a non-proxy integration of a REST API makes of a request, and of what comes back (AWS: Data mapping for REST
APIs in API Gateway).

    request_payload     the request template that the Content-Type selects, or the body as it is
    chosen_response     the integration response whose pattern takes what came back
    method_response     its status, its mapped headers, its template; overrides on top
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from emulator.aws.integrations import ContentHandling, IntegrationResponse, Mappings, PassthroughBehavior
from emulator.aws.lambda_proxy.event_encoding import matches_binary_media_types, media_type
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.rest_api.mapping_template import Overrides, Rendered, TemplateInput, render
from emulator.aws.rest_api.request_values import RequestValues, literal, sendable
from emulator.aws.rest_api.response_headers import METHOD_HEADER, remapped
from emulator.messages import Headers, Request, Response

JSON = "application/json"
INTEGRATION_HEADER = "integration.response.header."
INTEGRATION_VALUES = "integration.response.multivalueheader."
STATUSES = range(100, 600)
"""What an overriding status may be; any other is ignored (uncertain)."""


@dataclass(frozen=True, slots=True)
class Given:
    """A request with all that its integration's mappings can name. `binary` are the API's binary media types, in lower
    case."""

    request: Request
    values: RequestValues
    binary: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The request's media type; JSON where it has none (AWS: Method request behavior for payloads without mapping
        templates)."""
        return media_type(self.request.header("content-type")) or JSON

    @property
    def is_binary(self) -> bool:
        """Whether the request's body is binary to this API, a body that is not there too: with `*/*` among the binary
        media types a preflight is (aws/chalice#1310)."""
        return matches_binary_media_types(self.content_type, self.binary)


@dataclass(frozen=True, slots=True)
class Payload:
    """What the integration is given, and what the request template has set for later."""

    body: bytes
    overrides: Overrides = field(default_factory=Overrides)


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back from behind the gateway. `subject` is what patterns are matched with: the status, or a function's
    `errorMessage`; `status` is None of what has none."""

    subject: str
    status: int | None
    headers: Headers = ()
    body: bytes = b""


def request_payload(mappings: Mappings, given: Given) -> Payload | Refusal:
    """Make the payload by the template for the request's Content-Type, or pass the body on where the passthrough
    behavior lets it; else refuse with 415."""
    templates = dict(mappings.request_templates)
    template = templates.get(given.content_type, templates.get("$default"))
    if template is None:
        behavior = mappings.passthrough_behavior
        if behavior is PassthroughBehavior.NEVER or (
            behavior is PassthroughBehavior.WHEN_NO_TEMPLATES and mappings.request_templates
        ):
            reason = f"no request template is for {given.content_type}, and passthroughBehavior is {behavior}"
            return Refusal(RefusalKind.UNSUPPORTED_MEDIA_TYPE, reason)
        return Payload(given.request.body)
    if given.is_binary and mappings.content_handling is not ContentHandling.CONVERT_TO_TEXT:
        return Refusal(
            RefusalKind.TRANSFORMATION_FAILED,
            f"the request template cannot read a binary body, and {given.content_type} is among binaryMediaTypes: "
            "set `contentHandling: CONVERT_TO_TEXT`",
        )
    made = render(template, template_input(given, given.request.body))
    if isinstance(made, Rendered):
        return Payload(made.text.encode(), made.overrides)
    return _template_failed("request", made.line, made.reason)


def template_input(given: Given, body: bytes) -> TemplateInput:
    """Make what a template can name; `body` is the request's, or what came back."""
    values = given.values
    return TemplateInput(
        body=body.decode("utf-8", "replace"),
        path=values.path,
        querystring=dict(values.query),
        header={name: several[-1] for name, several in values.headers.items()},
        context=values.context,
        stage_variables=values.stage_variables,
    )


def chosen_response(responses: Iterable[IntegrationResponse], returned: Returned) -> IntegrationResponse | None:
    """Choose by pattern, which has to match all of the subject (rpgreen/apigateway-mapping-examples: `.+` does not take
    an error message of several lines). Of several that do, the one of the backend's own status, then the first
    (ministackorg/ministack#1756, measured on AWS); of none, the default."""
    listed = tuple(responses)
    fitting = [one for one in listed if one.selection_pattern and _takes(one.selection_pattern, returned.subject)]
    own = (one for one in fitting if one.status_code == returned.status)
    default = (one for one in listed if not one.selection_pattern)
    return next(own, None) or next(iter(fitting), None) or next(default, None)


def method_response(
    responses: Iterable[IntegrationResponse], given: Given, returned: Returned, earlier: Overrides
) -> Response | Refusal:
    """Make the response of what came back. `earlier` is what the request template has set: an override of status or of
    a header counts from either template (localstack/localstack,
    test_integration_mock_with_response_override_in_request_template, validated on AWS)."""
    chosen = chosen_response(responses, returned)
    if chosen is None:
        reason = f"no integration response takes `{returned.subject}`, and none is the default"
        return Refusal(RefusalKind.API_CONFIGURATION_ERROR, reason)
    body, overrides, content_type = returned.body, earlier, JSON
    if chosen.response_templates:
        content_type, template = chosen_template(chosen.response_templates, given.request.header("accept"))
        made = render(template, template_input(given, returned.body), earlier)
        if not isinstance(made, Rendered):
            return _template_failed("response", made.line, made.reason)
        body, overrides = made.text.encode(), made.overrides
    status = overrides.status if overrides.status in STATUSES else None
    mapped = mapped_headers(chosen.response_parameters, given.values, returned)
    headers = with_content_type(overridden(remapped(mapped), overrides.response_headers), content_type)
    return Response(status or chosen.status_code, sendable(headers), body)


def chosen_template(templates: tuple[tuple[str, str], ...], accept: str | None) -> tuple[str, str]:
    """Choose the response template by the media types of Accept, then JSON, then the first (AWS: Mapping template
    transformations for REST APIs). Which of several accepted ones AWS takes is uncertain: the last, here."""
    by_type = dict(templates)
    accepted = [media_type(part) for part in (accept or "").split(",")]
    found = [one for one in accepted if one in by_type]
    content_type = found[-1] if found else JSON if JSON in by_type else templates[0][0]
    return content_type, by_type[content_type]


def mapped_headers(parameters: tuple[tuple[str, str], ...], values: RequestValues, returned: Returned) -> Headers:
    """Make the headers that the integration response maps. A source that names nothing maps no header (uncertain)."""
    made = ((name.removeprefix(METHOD_HEADER), _source(source, values, returned)) for name, source in parameters)
    return tuple((name, value) for name, value in made if value is not None)


def overridden(headers: Headers, overrides: Headers) -> Headers:
    """Lay the overrides over mapped headers, by name whatever its case."""
    names = {name.lower() for name, _ in overrides}
    return (*(pair for pair in headers if pair[0].lower() not in names), *overrides)


def with_content_type(headers: Headers, content_type: str) -> Headers:
    """Add the Content-Type that the answer has where no mapping sets it: that of the template, else JSON, for an empty
    body too (AWS: Amazon API Gateway important notes; that of a template which is not JSON is uncertain)."""
    if any(name.lower() == "content-type" for name, _ in headers):
        return headers
    return (("Content-Type", content_type), *headers)


def pattern_problem(pattern: str) -> str | None:
    """Say what is wrong with a selection pattern; None when it can be matched. AWS takes Java's expressions; what only
    those know is a problem here."""
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return None


def _source(source: str, values: RequestValues, returned: Returned) -> str | None:
    said = literal(source)
    if said is not None:
        return said
    by_name: Mapping[str, str] = dict(returned.headers)
    if source.startswith(INTEGRATION_HEADER):
        return by_name.get(source.removeprefix(INTEGRATION_HEADER))
    if source.startswith(INTEGRATION_VALUES):
        name = source.removeprefix(INTEGRATION_VALUES)
        found = [value for one, value in returned.headers if one == name]
        return ",".join(found) if found else None
    return values(source) if source.startswith(("context.", "stageVariables.")) else None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    return None if pattern_problem(pattern) else re.compile(pattern)


def _takes(pattern: str, subject: str) -> bool:
    compiled = _compiled(pattern)
    return compiled is not None and compiled.fullmatch(subject) is not None


def _template_failed(which: str, line: int | None, reason: str) -> Refusal:
    place = "" if line is None else f", line {line}"
    return Refusal(RefusalKind.TRANSFORMATION_FAILED, f"the {which} template fails{place}: {reason}")
