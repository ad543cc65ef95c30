"""Describes the section of one gateway response of a REST API."""

from typing import Annotated, ClassVar

from pydantic import Field

from emulator.config.emulator_yaml.schema.section import Entry, Key, Section, Text

HEADER_EXAMPLE = """gatewayresponse.header.Access-Control-Allow-Origin: "'https://shop.example.com'\""""
ENTRY_EXAMPLE = f"{{responseParameters: {{{HEADER_EXAMPLE}}}}}"
TEMPLATE_EXAMPLE = """application/json: '{"message":$context.error.messageString}'"""


class GatewayResponse(Section):
    """What the gateway's own errors of one type are answered with, as OpenAPI's `x-amazon-apigateway-gateway-responses`
    has it. A type without an entry takes that of DEFAULT_4XX or DEFAULT_5XX; one with an entry takes nothing of
    these."""

    other_names: ClassVar = {
        "status": "statusCode",
        "parameters": "responseParameters",
        "headers": "responseParameters",
        "templates": "responseTemplates",
    }

    status_code: Annotated[
        Annotated[int, Field(ge=200, le=599)] | None,
        Key("The status, in place of each error's own.", "a status from 200 to 599", "statusCode: 404"),
    ] = None
    response_parameters: Annotated[
        dict[str, Text],
        Key(
            "Headers to add: each a text in single quotes, or the name of a value (`method.request.header.NAME`, "
            "`method.request.querystring.NAME`, `method.request.path.NAME`, `context.NAME`, `stageVariables.NAME`).",
            "a mapping from `gatewayresponse.header.NAME` to a text in single quotes or the name of a value",
            f"responseParameters: {{{HEADER_EXAMPLE}}}",
            Entry("a text in single quotes, or the name of a value", """"'*'\""""),
        ),
    ] = Field(default_factory=dict)
    response_templates: Annotated[
        dict[str, Text],
        Key(
            "The body by media type. `$context.NAME`, `$stageVariables.NAME` and `$method.request...` are filled in, "
            "and nothing else: it is no VTL.",
            "a mapping from media types to texts",
            f"responseTemplates: {{{TEMPLATE_EXAMPLE}}}",
            Entry("a text", """'{"message":$context.error.messageString}'"""),
        ),
    ] = Field(default_factory=dict)
