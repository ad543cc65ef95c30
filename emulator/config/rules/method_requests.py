"""Says what API Gateway refuses of what methods of a REST API ask of a request, and how to write it instead (AWS: REST
API reference, Method and Model)."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from emulator.aws.rest_api.method_request import ApiKeySource
from emulator.aws.rest_api.rest_api import Method, RestApi
from emulator.config.complaint import Complaint, quoted
from emulator.deployment import Resource
from emulator.spelling import near

PARAMETER = re.compile(r"method\.request\.(?:header|querystring|path)\.[!#$%&'*+.^_`|~0-9A-Za-z-]+")
EXPECTED_PARAMETER = "`method.request.` with `header`, `querystring` or `path`, and a name"
MODEL_NAME = re.compile(r"[A-Za-z0-9]+")
"""What a model may be called (AWS: Model, name: alphanumeric)."""

EMPTY, ERROR = "Empty", "Error"
"""The models that every REST API has (AWS: Data models for REST APIs)."""


def method_request_complaints(api: RestApi, place: Resource) -> Iterator[Complaint]:
    """Complain of parameters that name no place or two, of models that are not there or no JSON schema, and of API keys
    that nobody can have. `place` is that of the API."""
    for method in api.methods:
        own = (*place, "route", method.key)
        yield from _parameters(method, own)
        yield from _models_named(method, [name for name, _ in api.models], own)
        if method.request.api_key_required:
            yield from _api_key(api, own)
    for name, schema in api.models:
        yield from _model(name, schema, (*place, "models", name))


def validator_complaints(
    named: Iterable[tuple[str, str]], declared: Collection[str], place: Resource
) -> Iterator[Complaint]:
    """Complain of request validators that the API does not have; `named` are route keys with the name each says.
    `place` is that of the routes."""
    for key, name in named:
        if name not in declared:
            meant = near(name, sorted(declared))
            fix = (
                f"Write `{meant}`."
                if meant
                else f"Declare it: `requestValidators: {{{name}: {{validateRequestBody: true}}}}` beside `routes`."
            )
            found = f"the request validator {quoted(name)}, which is not declared"
            yield Complaint((*place, key, "requestValidator"), found, "a name under `requestValidators`", fix)


def _parameters(method: Method, place: Resource) -> Iterator[Complaint]:
    places: dict[str, str] = {}
    for parameter, _ in method.request.request_parameters:
        own = (*place, "requestParameters", parameter)
        if PARAMETER.fullmatch(parameter) is None:
            name = parameter.rpartition(".")[2] or "x"
            fix = f"Write `method.request.querystring.{name}`, or `header` or `path` for `querystring`."
            yield Complaint(own, quoted(parameter), EXPECTED_PARAMETER, fix)
            continue
        where, _, name = parameter.removeprefix("method.request.").partition(".")
        first = places.setdefault(name, where)
        if first != where:
            found = f"the parameter {quoted(name)} in the {where} and in the {first}"
            expected = "names that are unique across querystring, header and path, as AWS demands"
            yield Complaint(own, found, expected, "Take one of them out.")
        if where == "path" and f"{{{name}}}" not in method.resource_path.replace("+}", "}"):
            found = f"the path parameter {quoted(name)}, which `{method.resource_path}` does not have"
            fix = "Take it out: where it is required, every request gets 400."
            yield Complaint(own, found, "a variable of the path", fix, is_warning=True)


def _models_named(method: Method, declared: list[str], place: Resource) -> Iterator[Complaint]:
    for content_type, name in method.request.request_models:
        if name not in (*declared, EMPTY, ERROR):
            meant = near(name, declared)
            fix = f"Write `{meant}`." if meant else f"Declare it: `models: {{{name}: {{type: object}}}}`."
            found = f"the model {quoted(name)}, which is not declared"
            yield Complaint((*place, "requestModels", content_type), found, "a name under `models`", fix)


def _api_key(api: RestApi, place: Resource) -> Iterator[Complaint]:
    own = (*place, "apiKeyRequired")
    if api.api_key_source is ApiKeySource.AUTHORIZER:
        found = "an API key of an authorizer, which is not emulated yet"
        fix = "Write `apiKeySource: HEADER`, and send the key in x-api-key here."
        yield Complaint(own, found, "an API key in the header x-api-key", fix)
    elif not any((api.name, api.stage) in plan.api_stages and plan.api_keys for plan in api.usage_plans):
        fix = f"Add one: `usagePlans: {{basic: {{apiStages: [{api.name}], apiKeys: [NAME]}}}}`."
        found = "a required API key, while no usage plan has one for this stage: every request gets 403"
        yield Complaint(own, found, "a usage plan with `apiStages` and `apiKeys`", fix, is_warning=True)


def _model(name: str, schema: str, place: Resource) -> Iterator[Complaint]:
    if MODEL_NAME.fullmatch(name) is None:
        plain = re.sub(r"[^A-Za-z0-9]", "", name) or "Model"
        yield Complaint(place, f"the model {quoted(name)}", "letters and digits", f"Write `{plain}`.")
    # It takes longer to import than everything else, and few APIs have models.
    from jsonschema import Draft4Validator, SchemaError  # type: ignore[import-untyped]

    value: Any = json.loads(schema)
    if not isinstance(value, Mapping):
        yield Complaint(place, "a model that is no mapping", "a JSON schema", "Write it like `{type: object}`.")
        return
    try:
        Draft4Validator.check_schema(value)
    except SchemaError as error:
        where = ".".join(str(part) for part in error.path)
        found = f"a model that is no JSON schema ({f'{where}: ' if where else ''}{error.message})"
        yield Complaint(place, found, "a JSON schema of draft 4", "Mend it: AWS takes no other.")
