"""Describes what stands behind a method of a REST API that is no Lambda proxy, as OpenAPI's
`x-amazon-apigateway-integration` has it."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from emulator.config.emulator_yaml.schema.section import Entry, Key, Section, Text

PARAMETER_EXAMPLE = """method.response.header.Access-Control-Allow-Origin: "'https://shop.example.com'\""""
RESPONSE_EXAMPLE = f"{{statusCode: 200, responseParameters: {{{PARAMETER_EXAMPLE}}}}}"
TEMPLATE_EXAMPLE = """application/json: '{"statusCode": 200}'"""

Templates = Annotated[
    dict[str, Text],
    Key(
        "Mapping templates (VTL) by media type.",
        "a mapping from media types to templates",
        f"requestTemplates: {{{TEMPLATE_EXAMPLE}}}",
        Entry("a template", """'{"statusCode": 200}'"""),
    ),
]
Conversion = Annotated[
    Literal["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"] | None,
    Key(
        "How a payload is converted on its way.",
        "CONVERT_TO_BINARY or CONVERT_TO_TEXT",
        "contentHandling: CONVERT_TO_TEXT",
    ),
]


class IntegrationResponse(Section):
    """What one kind of answer becomes."""

    other_names: ClassVar = {
        "status": "statusCode",
        "parameters": "responseParameters",
        "headers": "responseParameters",
    }

    status_code: Annotated[
        Annotated[int, Field(ge=100, le=599)],
        Key("The status of the response.", "a status from 100 to 599", "statusCode: 200"),
    ]
    response_parameters: Annotated[
        dict[str, Text],
        Key(
            "Headers of the response: each a text in single quotes, or the name of a value "
            "(`integration.response.header.NAME`, `context.NAME`, `stageVariables.NAME`).",
            "a mapping from `method.response.header.NAME` to a text in single quotes or the name of a value",
            f"responseParameters: {{{PARAMETER_EXAMPLE}}}",
            Entry("a text in single quotes, or the name of a value", """"'*'\""""),
        ),
    ] = Field(default_factory=dict)
    response_templates: Templates = Field(default_factory=dict)
    content_handling: Conversion = None


class Integration(Section):
    """What stands behind a method that is no Lambda proxy. `mock`: the gateway answers by itself."""

    other_names: ClassVar = {"integrationresponses": "responses"}

    type: Annotated[Literal["mock"], Key("The kind of integration.", "mock", "type: mock")]
    request_templates: Templates = Field(default_factory=dict)
    passthrough_behavior: Annotated[
        Literal["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"],
        Key(
            "What becomes of a body that no request template is for.",
            "WHEN_NO_MATCH, WHEN_NO_TEMPLATES or NEVER",
            "passthroughBehavior: WHEN_NO_TEMPLATES",
        ),
    ] = "WHEN_NO_MATCH"
    content_handling: Conversion = None
    responses: Annotated[
        dict[str, IntegrationResponse],
        Key(
            "The responses, by the pattern that selects each, or `default`: of a mock the pattern is for the "
            "`statusCode` that the request template makes.",
            "a mapping from patterns, or `default`, to responses",
            f"responses: {{default: {RESPONSE_EXAMPLE}}}",
            Entry("a mapping with `statusCode`", RESPONSE_EXAMPLE),
        ),
    ] = Field(default_factory=dict)
