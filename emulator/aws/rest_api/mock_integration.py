"""A MOCK integration: the gateway answers by itself (AWS: Mock integrations for REST APIs)."""

from functools import lru_cache
from typing import Any

import orjson

from emulator.aws.integrations import Mock, Mocked
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.rest_api.transformation import Given, Returned, chosen_response, method_response, request_payload


def mocked(mock: Mock, given: Given) -> Mocked | Refusal:
    """Answer as the request template's `statusCode` selects; nothing but a response template makes a body."""
    made = request_payload(mock.mappings, given)
    if isinstance(made, Refusal):
        return made
    status = status_code(made.body)
    if status is None:
        return Refusal(RefusalKind.TRANSFORMATION_FAILED, _no_status(mock, made.body))
    returned = Returned(str(status), status)
    answer = method_response(mock.mappings.responses, given, returned, made.overrides)
    if isinstance(answer, Refusal):
        return answer
    chosen = chosen_response(mock.mappings.responses, returned)
    return Mocked(answer, "" if chosen is None else chosen.selection_pattern)


@lru_cache(maxsize=256)
def status_code(rendered: bytes) -> int | None:
    """Read the `statusCode` of what the request template made: any integer, but no string (localstack/localstack,
    test_mock_integration; said there to be checked on AWS). AWS's parser is lenient: names without quotes, single
    quotes and a comma too many are no errors (test_integration_mock_with_path_param, validated on AWS)."""
    made = _lenient(rendered)
    status = made.get("statusCode") if isinstance(made, dict) else None
    return status if type(status) is int else None


def _lenient(rendered: bytes) -> Any:
    try:
        return orjson.loads(rendered)
    except orjson.JSONDecodeError:
        import json5
    try:
        return json5.loads(rendered.decode("utf-8", "replace"))
    except ValueError:
        return None


def _no_status(mock: Mock, rendered: bytes) -> str:
    """Say what a MOCK lacks. Without a template AWS's own pages promise the default response, and users see 500; the
    stricter one is taken (uncertain)."""
    if not mock.mappings.request_templates:
        return 'the MOCK integration has no request template: write `{"statusCode": 200}` for application/json'
    said = rendered.decode("utf-8", "replace").strip()
    shown = said if len(said) <= 60 else f"{said[:57]}..."
    return f"the request template made `{shown}`, which has no integer `statusCode`"
