"""Says what API Gateway refuses among the integrations of a REST API that are no Lambda proxies, and how to write it
instead (AWS: REST API reference, Integration and IntegrationResponse)."""

import re
from collections.abc import Iterable, Iterator

from emulator.aws.integrations import IntegrationResponse, Mock
from emulator.aws.rest_api.mapping_template import problem
from emulator.aws.rest_api.response_headers import METHOD_HEADER
from emulator.aws.rest_api.rest_api import Method
from emulator.aws.rest_api.transformation import pattern_problem
from emulator.config.complaint import Complaint, quoted
from emulator.config.rules.gateway_responses import LITERAL, MEDIA_TYPE, OF_THE_SERVER
from emulator.deployment import Resource
from emulator.messages import TOKEN

SOURCE = re.compile(
    r"integration\.response\.(?:header|multivalueheader)\.[!#$%&'*+.^_`|~0-9A-Za-z-]+"
    r"|integration\.response\.body(?:\.\S+)?"
    r"|context\.[A-Za-z]\w*(?:\.[\w-]+)*|stageVariables\.\w+"
)
"""The name of a value that a response can map (AWS: Amazon API Gateway API request and response data mapping
reference)."""

EXPECTED_SOURCE = "a text in single quotes, or a value such as integration.response.header.ETag or context.stage"


def integration_complaints(methods: Iterable[Method], place: Resource) -> Iterator[Complaint]:
    """Complain of patterns that cannot be matched, of header mappings that AWS takes for nothing, of templates of no
    media type, and of a MOCK that can only fail. `place` is that of the routes: one's own is `(*place, route key)`."""
    for method in methods:
        if isinstance(method.integration, Mock) and not method.is_generated:
            own = (*place, f"{method.http_method} {method.resource_path}", "integration")
            yield from _mock(method.integration, own)
            for response in method.integration.mappings.responses:
                yield from _response(response, (*own, "responses", response.selection_pattern or "default"))


def _mock(mock: Mock, place: Resource) -> Iterator[Complaint]:
    mappings = mock.mappings
    if not mappings.request_templates:
        fix = """Add `requestTemplates: {application/json: '{"statusCode": 200}'}`."""
        found = "a MOCK integration without a request template, whose every answer is 500"
        yield Complaint(place, found, "a request template that makes a statusCode", fix, is_warning=True)
    if not mappings.responses:
        fix = "Add `responses: {default: {statusCode: 200}}`."
        found = "a MOCK integration without responses, whose every answer is 500"
        yield Complaint(place, found, "a response for what the request template makes", fix, is_warning=True)
    yield from _media_types(mappings.request_templates, (*place, "requestTemplates"))


def _response(response: IntegrationResponse, place: Resource) -> Iterator[Complaint]:
    problem = pattern_problem(response.selection_pattern)
    if problem is not None:
        found = f"the pattern {quoted(response.selection_pattern)} ({problem})"
        yield Complaint(
            place, found, "`default` or a regular expression", "Write it as Java has it, such as `4\\d{2}`."
        )
    for name, source in response.response_parameters:
        yield from _parameter(name, source, (*place, "responseParameters", name))
    yield from _media_types(response.response_templates, (*place, "responseTemplates"))


def _parameter(name: str, source: str, place: Resource) -> Iterator[Complaint]:
    header = name.removeprefix(METHOD_HEADER)
    if not name.startswith(METHOD_HEADER) or TOKEN.fullmatch(header) is None:
        meant = name.rpartition(".")[2]
        fix = f"Write `{METHOD_HEADER}{meant if TOKEN.fullmatch(meant) else 'Access-Control-Allow-Origin'}`."
        yield Complaint(place, quoted(name), f"`{METHOD_HEADER}` and the name of a header", fix)
    elif header.lower() in OF_THE_SERVER:
        fix = "Remove it: whoever sends the answer writes this header."
        yield Complaint(place, f"the header {quoted(header)}", "a header that does not frame the answer", fix)
    if LITERAL.fullmatch(source) is None and SOURCE.fullmatch(source) is None:
        text = source.strip("'")
        fix = (
            f"""Write "'{text}'", with both kinds of quotes: AWS takes a text in single quotes only."""
            if LITERAL.fullmatch(f"'{text}'")
            else "Write plain ASCII in single quotes: a header can hold nothing else."
        )
        yield Complaint(place, quoted(source), EXPECTED_SOURCE, fix)


def _media_types(templates: Iterable[tuple[str, str]], place: Resource) -> Iterator[Complaint]:
    for media_type, template in templates:
        if MEDIA_TYPE.fullmatch(media_type) is None and media_type != "$default":
            expected = "a media type, without parameters"
            yield Complaint((*place, media_type), quoted(media_type), expected, "Write `application/json`.")
        failed = problem(template)
        if failed is not None:
            where = "" if failed.line is None else f"line {failed.line} of it: "
            found = f"a template that cannot be read ({where}{failed.reason})"
            yield Complaint((*place, media_type), found, "a mapping template in VTL", "Mend it: AWS would answer 500.")
