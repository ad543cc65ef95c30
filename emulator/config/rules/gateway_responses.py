"""Says what API Gateway refuses among the gateway responses of a REST API, and how to write it instead (AWS: REST API
reference, GatewayResponse)."""

import re
from collections.abc import Iterable, Iterator

from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.aws.rest_api.response_types import HEADER, RESPONSE_TYPES
from emulator.config.complaint import Complaint, quoted
from emulator.deployment import Resource
from emulator.messages import TOKEN
from emulator.spelling import near

LITERAL = re.compile(r"'[\t\x20-\x7e]*'")
"""A text in single quotes, of what a header can hold."""

SOURCE = re.compile(
    r"method\.request\.(?:header|querystring|path)\.[!#$%&'*+.^_`|~0-9A-Za-z-]+"
    r"|context\.[A-Za-z]\w*(?:\.[\w-]+)*|stageVariables\.\w+"
)
"""The name of a value (AWS: x-amazon-apigateway-gateway-responses.responseParameters)."""

PLACES = ("method.request.header", "method.request.querystring", "method.request.path", "context", "stageVariables")
EXPECTED_SOURCE = "a text in single quotes, or a value such as method.request.header.origin or context.stage"
MEDIA_TYPE = re.compile(r"[^\s/,;]+/[^\s/,;]+")
VTL = re.compile(r"#(?:set|if|elseif|else|end|foreach)\b|\$!?\{?(?:util|input)\b")

OF_THE_SERVER = frozenset(
    {"connection", "content-length", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
)
"""The headers that frame an answer, which whoever sends it writes."""


def gateway_response_complaints(entries: Iterable[GatewayResponse], place: Resource) -> Iterator[Complaint]:
    """Complain of unknown response types, of header mappings that AWS takes for nothing, and of templates of no media
    type. `place` is that of the entries: one's own is `(*place, response type)`."""
    for entry in entries:
        own = (*place, entry.response_type)
        yield from _response_type(entry.response_type, own)
        for name, source in entry.response_parameters:
            yield from _parameter(name, source, (*own, "responseParameters", name))
        for media_type, template in entry.response_templates:
            yield from _template(media_type, template, (*own, "responseTemplates", media_type))


def _response_type(name: str, place: Resource) -> Iterator[Complaint]:
    if name in RESPONSE_TYPES:
        return
    family = next((one for one in RESPONSE_TYPES if one.startswith("DEFAULT_") and one[8:] == name.upper()), None)
    meant = family or near(name, RESPONSE_TYPES)
    fix = f"Write `{meant}`." if meant else f"Write one of {', '.join(RESPONSE_TYPES)}."
    expected = "one of AWS's response types, such as DEFAULT_4XX or UNAUTHORIZED"
    yield Complaint(place, f"the response type {quoted(name)}", expected, fix)


def _parameter(name: str, source: str, place: Resource) -> Iterator[Complaint]:
    header = name.removeprefix(HEADER)
    expected = f"`{HEADER}` and the name of a header"
    if not name.startswith(HEADER) or TOKEN.fullmatch(header) is None:
        meant = name.rpartition(".")[2]
        fix = f"Write `{HEADER}{meant if TOKEN.fullmatch(meant) else 'Access-Control-Allow-Origin'}`."
        yield Complaint(place, quoted(name), expected, fix)
    elif header.lower() in OF_THE_SERVER:
        fix = "Remove it: whoever sends the answer writes this header."
        yield Complaint(place, f"the header {quoted(header)}", "a header that does not frame the answer", fix)
    if source == "method.request.header.Origin":
        # Header names count with their case (ministackorg/ministack, measured on AWS), and browsers speak HTTP/2 there.
        fix = "Write `method.request.header.origin`."
        found = f"{quoted(source)}, which no browser sends to AWS by this name"
        yield Complaint(place, found, "the name in lower case, as HTTP/2 has it", fix, is_warning=True)
    if LITERAL.fullmatch(source) is None and SOURCE.fullmatch(source) is None:
        yield Complaint(place, quoted(source), EXPECTED_SOURCE, _source_fix(source))


def _source_fix(source: str) -> str:
    """Tell a misspelt name of a value from a text without its quotes."""
    plain = re.sub(r"^\$\{?(.*?)\}?$", r"\1", source.strip())
    if SOURCE.fullmatch(plain):
        return f"Write `{plain}`."
    start, _, name = plain.rpartition(".")
    meant = near(start, PLACES, closeness=0.75) if name else None
    if meant is not None and SOURCE.fullmatch(f"{meant}.{name}"):
        return f"Write `{meant}.{name}`."
    text = source.strip("'")
    if LITERAL.fullmatch(f"'{text}'") is None:
        return "Write plain ASCII in single quotes: a header can hold nothing else."
    return f"""Write "'{text}'", with both kinds of quotes: AWS takes a text in single quotes only."""


def _template(media_type: str, template: str, place: Resource) -> Iterator[Complaint]:
    if MEDIA_TYPE.fullmatch(media_type) is None:
        yield Complaint(place, quoted(media_type), "a media type, without parameters", "Write `application/json`.")
    directive = VTL.search(template)
    if directive is not None:
        fix = "Write it without: only `$context`, `$stageVariables` and `$method.request` are filled in."
        found = f"`{directive[0]}`, which is sent as it stands"
        yield Complaint(place, found, "a template that is no VTL", fix, is_warning=True)
