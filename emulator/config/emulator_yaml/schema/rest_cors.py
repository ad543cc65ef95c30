"""Describes the section `cors` of a REST API: what a deployment tool makes OPTIONS methods of."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from emulator.config.emulator_yaml.schema.frontend import as_list
from emulator.config.emulator_yaml.schema.section import Entry, Key, Section, Text

Texts = Annotated[tuple[Text, ...], BeforeValidator(as_list, json_schema_input_type=str | tuple[str, ...])]


class RestCors(Section):
    """The OPTIONS methods that a tool writes for every resource without one. The gateway of a REST API adds no CORS
    header to what a function answers: that is the function's own."""

    other_names: ClassVar = {
        "origins": "allowOrigins",
        "origin": "allowOrigin",
        "methods": "allowMethods",
        "headers": "allowHeaders",
        "credentials": "allowCredentials",
    }

    generator: Annotated[
        Literal["console", "sam", "cdk", "serverless"],
        Key(
            "Whose OPTIONS methods they are: of API Gateway's console, AWS SAM, CDK, or the Serverless Framework.",
            "console, sam, cdk or serverless",
            "generator: sam",
        ),
    ] = "console"
    allow_origin: Annotated[
        Text | None,
        Key(
            "The origin whose pages may call; default any.",
            "an origin; of sam in single quotes",
            "allowOrigin: \"'*'\"",
        ),
    ] = None
    allow_origins: Annotated[
        Texts,
        Key(
            "The same as a list, of which cdk and serverless take several.",
            "a list of origins",
            "allowOrigins: [https://shop.example.com]",
            Entry("an origin", "https://shop.example.com"),
        ),
    ] = Field(default=())
    allow_methods: Annotated[
        Texts,
        Key(
            "Methods that pages may use; default the resource's own.",
            "a list of methods; of sam one text in single quotes",
            "allowMethods: [GET, PUT]",
        ),
    ] = Field(default=())
    allow_headers: Annotated[
        Texts,
        Key(
            "Request headers that pages may set; default each tool's own, of sam none.",
            "a list of header names; of sam one text in single quotes",
            "allowHeaders: [Content-Type]",
        ),
    ] = Field(default=())
    expose_headers: Annotated[
        Texts,
        Key("Response headers that pages may read, of cdk.", "a list of header names", "exposeHeaders: [x-total]"),
    ] = Field(default=())
    allow_credentials: Annotated[
        bool, Key("Whether pages may send cookies; default false.", "true or false", "allowCredentials: true")
    ] = False
    max_age: Annotated[
        Text | None,
        Key(
            "How long a browser may keep a preflight's answer, but of console.",
            "seconds; of sam in single quotes",
            "maxAge: 600",
        ),
    ] = None
    status_code: Annotated[
        Annotated[int, Field(ge=100, le=599)] | None,
        Key("The status of the answer, of cdk; default 204.", "a status", "statusCode: 200"),
    ] = None
    disable_cache: Annotated[
        bool, Key("Whether browsers keep no answer, of cdk.", "true or false", "disableCache: true")
    ] = False
    cache_control: Annotated[
        Text | None,
        Key("The Cache-Control of the answer, of serverless.", "a header's value", "cacheControl: max-age=60"),
    ] = None


RestCorsSection = Annotated[
    RestCors | None,
    Key(
        "The OPTIONS methods that a deployment tool writes; `{}` for those of API Gateway's console.",
        "a mapping such as `{generator: sam, allowOrigin: \"'*'\"}`",
        "cors: {generator: cdk, allowOrigins: [https://shop.example.com]}",
    ),
]
