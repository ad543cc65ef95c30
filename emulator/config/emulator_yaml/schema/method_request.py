"""Describes what a method of a REST API asks of a request, as AWS's Method and RequestValidator have it."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, WithJsonSchema

from emulator.config.emulator_yaml.schema.section import Entry, Key, Section, short_for

VALIDATOR_EXAMPLE = "{validateRequestBody: true, validateRequestParameters: true}"
MODEL_EXAMPLE = "{type: object, required: [id], properties: {id: {type: string}}}"


class RequestValidator(Section):
    """What of a request is validated."""

    other_names: ClassVar = {"body": "validateRequestBody", "parameters": "validateRequestParameters"}

    validate_request_body: Annotated[
        bool,
        Key("Whether the body must be of its model; default false.", "true or false", "validateRequestBody: true"),
    ] = False
    validate_request_parameters: Annotated[
        bool,
        Key(
            "Whether the required parameters must be there; default false.",
            "true or false",
            "validateRequestParameters: true",
        ),
    ] = False


class MethodValidator(RequestValidator):
    """What of a request to one route is validated: as a validator of the API says, or as is said here."""

    name: Annotated[
        str | None,
        Key("The validator that says so.", "a name under `requestValidators` of the API", "name: all"),
    ] = None


RequestParameters = Annotated[
    dict[str, bool],
    Key(
        "Headers, query string parameters and path parameters, and whether each is required. A validator looks at it.",
        "a mapping from `method.request.header|querystring|path.NAME` to true or false",
        "requestParameters: {method.request.querystring.page: true}",
        Entry("true or false", "true"),
    ),
]
RequestModels = Annotated[
    dict[str, str],
    Key(
        "The model for bodies of each content type; `$default` is for all others.",
        "a mapping from content types to names under `models`",
        "requestModels: {application/json: Order}",
        Entry("the name of a model", "Order"),
    ),
]
OfMethod = Annotated[
    Annotated[MethodValidator, BeforeValidator(short_for("name"), json_schema_input_type=str | MethodValidator)] | None,
    Key(
        "What is validated; without it, nothing is.",
        "a name under `requestValidators`, or a mapping",
        f"requestValidator: {VALIDATOR_EXAMPLE}",
    ),
]
ApiKeyRequired = Annotated[
    bool,
    Key(
        "Whether a request needs an API key (`apiKeys`) in the header x-api-key; default false.",
        "true or false",
        "apiKeyRequired: true",
    ),
]
Models = Annotated[
    dict[str, Annotated[Any, WithJsonSchema({"type": "object"})]],
    Key(
        "The models of request bodies, by name: JSON schemas of draft 4.",
        "a mapping from names to JSON schemas",
        f"models: {{Order: {MODEL_EXAMPLE}}}",
        Entry("a JSON schema", MODEL_EXAMPLE),
    ),
]
RequestValidators = Annotated[
    dict[str, RequestValidator],
    Key(
        "Validators that routes name.",
        "a mapping from names to what is validated",
        f"requestValidators: {{all: {VALIDATOR_EXAMPLE}}}",
        Entry("a mapping with `validateRequestBody` or `validateRequestParameters`", VALIDATOR_EXAMPLE),
    ),
]
