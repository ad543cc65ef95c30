"""What methods ask, the models, and API keys with their plans, as emulator.yaml says them."""

import json
from typing import Any

import pytest

from emulator.aws import usage_plans as aws
from emulator.aws.rest_api.method_request import MethodRequest, RequestValidator
from emulator.config.emulator_yaml.method_requests import (
    api_keys_of,
    method_request_of,
    models_of,
    schema_of,
    usage_plans_of,
)
from emulator.config.emulator_yaml.schema.configuration import Configuration
from emulator.config.emulator_yaml.schema.rest_api import RestApi, RestMethod

API = RestApi.model_validate(
    {
        "type": "rest",
        "routes": {"GET /x": "f"},
        "requestValidators": {"all": {"validateRequestBody": "true", "validateRequestParameters": "true"}},
        "models": {"Order": {"type": "object", "maxProperties": "3"}},
    }
)


@pytest.mark.parametrize(
    ("method", "asked"),
    [
        pytest.param({}, MethodRequest(), id="nothing"),
        pytest.param({"apiKeyRequired": "true"}, MethodRequest(api_key_required=True), id="api-key"),
        pytest.param(
            {
                "requestParameters": {"method.request.header.x": "true"},
                "requestModels": {"application/json": "Order"},
                "requestValidator": "all",
            },
            MethodRequest(
                (("method.request.header.x", True),),
                (("application/json", "Order"),),
                RequestValidator("all", validate_request_body=True, validate_request_parameters=True),
            ),
            id="validator-of-the-api",
        ),
        pytest.param(
            {"requestValidator": {"validateRequestBody": "true"}},
            MethodRequest(validator=RequestValidator("", validate_request_body=True)),
            id="validator-of-its-own",
        ),
        pytest.param({"requestValidator": "nothing"}, MethodRequest(), id="validator-that-is-not-there"),
    ],
)
def test_method(method: dict[str, Any], asked: MethodRequest) -> None:
    assert method_request_of(RestMethod.model_validate(method), API) == asked


def test_models_are_json() -> None:
    assert [(name, json.loads(schema)) for name, schema in models_of(API)] == [
        ("Order", {"type": "object", "maxProperties": 3})
    ]


@pytest.mark.parametrize(
    ("written", "schema"),
    [
        pytest.param({"minimum": "2.5", "maximum": "x"}, {"minimum": 2.5, "maximum": "x"}, id="numbers"),
        pytest.param({"uniqueItems": "true"}, {"uniqueItems": True}, id="booleans"),
        pytest.param({"additionalProperties": {"minLength": "1"}}, {"additionalProperties": {"minLength": 1}}, id="in"),
        pytest.param({"enum": ["1", "a", None, {"b": "1"}]}, {"enum": [1, "a", None, {"b": "1"}]}, id="enum"),
        pytest.param({"type": "string", "enum": ["1"]}, {"type": "string", "enum": ["1"]}, id="enum-of-text"),
        pytest.param({"enum": "x"}, {"enum": "x"}, id="no-enum"),
        pytest.param(
            {"properties": {"minimum": {"minLength": "1"}}}, {"properties": {"minimum": {"minLength": 1}}}, id="name"
        ),
        pytest.param({"allOf": [{"maxLength": "1"}]}, {"allOf": [{"maxLength": 1}]}, id="list"),
    ],
)
def test_schemas_get_their_types(written: Any, schema: Any) -> None:
    assert schema_of(written) == schema


def test_keys_and_plans() -> None:
    configuration = Configuration.model_validate(
        {
            "apis": {"orders": {"type": "rest", "stage": "live", "routes": {"GET /x": "f"}}},
            "functions": {},
            "apiKeys": {"partner": "value", "old": {"value": "other", "enabled": "false"}},
            "usagePlans": {
                "basic": {
                    "apiStages": ["orders", {"api": "orders", "stage": "dev"}, "nothing"],
                    "apiKeys": ["partner"],
                    "throttle": {"rateLimit": "0.5", "burstLimit": "2"},
                    "quota": {"limit": "10", "period": "WEEK", "offset": "1"},
                },
                "free": {},
            },
        }
    )
    assert api_keys_of(configuration, {"partner": "id1", "old": "id2"}) == (
        aws.ApiKey("partner", "id1", "value"),
        aws.ApiKey("old", "id2", "other", enabled=False),
    )
    assert usage_plans_of(configuration) == (
        aws.UsagePlan(
            "basic",
            (("orders", "live"), ("orders", "dev"), ("nothing", "")),
            ("partner",),
            aws.Throttle(0.5, 2),
            aws.Quota(10, aws.QuotaPeriod.WEEK, 1),
        ),
        aws.UsagePlan("free"),
    )
