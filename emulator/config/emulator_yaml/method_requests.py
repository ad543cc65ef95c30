"""Makes what methods of a REST API ask of a request, and the API keys and usage plans, of what emulator.yaml says."""

import json
from collections.abc import Mapping
from typing import Any

from emulator.aws import usage_plans as aws
from emulator.aws.rest_api.method_request import MethodRequest, RequestValidator
from emulator.config.emulator_yaml.schema.configuration import Configuration
from emulator.config.emulator_yaml.schema.method_request import MethodValidator
from emulator.config.emulator_yaml.schema.rest_api import RestApi, RestMethod
from emulator.config.emulator_yaml.schema.usage_plan import UsagePlan

NUMBERS = frozenset(
    {
        "maximum", "minimum", "multipleOf", "maxLength", "minLength", "maxItems", "minItems", "maxProperties",
        "minProperties",
    }
)  # fmt: skip
BOOLEANS = frozenset({"exclusiveMaximum", "exclusiveMinimum", "uniqueItems", "additionalItems", "additionalProperties"})


def method_request_of(method: RestMethod, api: RestApi) -> MethodRequest:
    """Make what one method asks; a validator that the API does not have validates nothing."""
    return MethodRequest(
        tuple(method.request_parameters.items()),
        tuple(method.request_models.items()),
        _validator(method.request_validator, api),
        method.api_key_required,
    )


def _validator(validator: MethodValidator | None, api: RestApi) -> RequestValidator | None:
    if validator is None:
        return None
    said = validator if validator.name is None else api.request_validators.get(validator.name)
    if said is None:
        return None
    return RequestValidator(validator.name or "", said.validate_request_body, said.validate_request_parameters)


def models_of(api: RestApi) -> tuple[tuple[str, str], ...]:
    """Write the API's models as JSON."""
    return tuple((name, json.dumps(schema_of(schema))) for name, schema in api.models.items())


def schema_of(part: Any) -> Any:
    """Give the values of a JSON schema their types: every scalar of the file is text (yaml/document.py)."""
    if isinstance(part, list):
        return [schema_of(item) for item in part]
    if not isinstance(part, dict):
        return part
    is_text = part.get("type") == "string"
    return {key: _keyword(key, value, is_text=is_text) for key, value in part.items()}


def _keyword(key: str, value: Any, *, is_text: bool) -> Any:
    if key in NUMBERS | BOOLEANS and isinstance(value, str):
        return _as_json(value)
    if key == "enum" and isinstance(value, list) and not is_text:
        return [_as_json(item) for item in value]
    return schema_of(value)


def _as_json(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else schema_of(value)
    except ValueError:
        return value


def api_keys_of(configuration: Configuration, ids: Mapping[str, str]) -> tuple[aws.ApiKey, ...]:
    """Make the API keys; `ids` has that of each."""
    keys = configuration.api_keys.items()
    return tuple(aws.ApiKey(name, ids[name], key.value, key.enabled) for name, key in keys)


def usage_plans_of(configuration: Configuration) -> tuple[aws.UsagePlan, ...]:
    """Make the usage plans. A stage that is left out is that of the API."""
    return tuple(_usage_plan(name, plan, configuration) for name, plan in configuration.usage_plans.items())


def _usage_plan(name: str, plan: UsagePlan, configuration: Configuration) -> aws.UsagePlan:
    apis = configuration.apis
    stages = [(one.api, one.stage or str(getattr(apis.get(one.api), "stage", ""))) for one in plan.api_stages]
    throttle, quota = plan.throttle, plan.quota
    return aws.UsagePlan(
        name,
        tuple(stages),
        plan.api_keys,
        None if throttle is None else aws.Throttle(throttle.rate_limit, throttle.burst_limit),
        None if quota is None else aws.Quota(quota.limit, aws.QuotaPeriod(quota.period), quota.offset),
    )
