"""Payload format 1.0 as a format: its event and its response rules. REST APIs and HTTP APIs fill it in."""

from dataclasses import dataclass
from typing import Any

from emulator.aws.lambda_proxy.function_response import (
    FieldRules,
    Malformed,
    described,
    kind_of,
    parse_payload,
    read_body,
    read_header,
    read_headers,
    read_status,
    with_content_type,
)
from emulator.messages import Headers, Response


def event(
    *,
    resource: str,
    path: str,
    method: str,
    headers: dict[str, list[str]],
    query: dict[str, list[str]],
    context: dict[str, Any],
    path_parameters: tuple[tuple[str, str], ...],
    stage_variables: tuple[tuple[str, str], ...],
    body: tuple[str | None, bool],
) -> dict[str, Any]:
    """Make the event without `version`, which only HTTP APIs have. Every key is there, null when empty; of repeated
    headers and query names the single-value maps hold the last (recorded from AWS: hotsock/voker,
    apigwv1-request.json)."""
    text, is_base64 = body
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": {name: values[-1] for name, values in headers.items()},
        "multiValueHeaders": headers,
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "requestContext": context,
        "pathParameters": dict(path_parameters) or None,
        "stageVariables": dict(stage_variables) or None,
        "body": text,
        "isBase64Encoded": is_base64,
    }


def listed_query(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """List every value of each name, in order."""
    listed: dict[str, list[str]] = {}
    for name, value in pairs:
        listed.setdefault(name, []).append(value)
    return listed


@dataclass(frozen=True, slots=True)
class ResponseRules:
    """The rules in which products differ: `missing_status` is what a response without statusCode gets, None where it is
    an error; `known_keys` are the only ones allowed, None where others are ignored; `multi_values_first` is the order
    in which `multiValueHeaders` and `headers` are sent."""

    fields: FieldRules
    missing_status: int | None
    known_keys: frozenset[str] | None
    multi_values_first: bool


def read_response(payload: bytes, rules: ResponseRules, *, decodes_base64: bool) -> Response | Malformed:
    """Read the response that a payload stands for; Malformed when it breaks the rules."""
    value = parse_payload(payload)
    if isinstance(value, Malformed):
        return value
    if not isinstance(value, dict):
        return Malformed(f"the function returned {described(value)}: return an object with statusCode and body")
    unknown = sorted(value.keys() - rules.known_keys) if rules.known_keys is not None else []
    if unknown:
        return Malformed(
            f"the function returned the key {unknown[0]}, which a REST API refuses: "
            "keep to statusCode, headers, multiValueHeaders, body and isBase64Encoded"
        )
    status = _read_status(value, rules)
    if isinstance(status, Malformed):
        return status
    headers = _read_all_headers(value, rules)
    if isinstance(headers, Malformed):
        return headers
    body = read_body(value.get("body"), value.get("isBase64Encoded"), decodes=decodes_base64)
    if isinstance(body, Malformed):
        return body
    return Response(status, with_content_type(headers, rules.fields), body)


def _read_status(value: dict[str, Any], rules: ResponseRules) -> int | Malformed:
    if "statusCode" in value:
        return read_status(value["statusCode"], rules.fields)
    if rules.missing_status is not None:
        return rules.missing_status
    return Malformed("the function returned no statusCode, which payload format 1.0 requires: add it")


def _read_all_headers(value: dict[str, Any], rules: ResponseRules) -> Headers | Malformed:
    single = read_headers(value.get("headers"), rules.fields)
    if isinstance(single, Malformed):
        return single
    multi = _read_multi_value_headers(value.get("multiValueHeaders"), rules.fields)
    if isinstance(multi, Malformed):
        return multi
    return (*multi, *single) if rules.multi_values_first else (*single, *multi)


def _read_multi_value_headers(headers: Any, rules: FieldRules) -> Headers | Malformed:
    if headers is None:
        return ()
    if not isinstance(headers, dict):
        return Malformed(
            f"the function returned multiValueHeaders as {kind_of(headers)}: it must be an object of arrays"
        )
    pairs: list[tuple[str, str]] = []
    for name, values in headers.items():
        if not isinstance(values, list):
            return Malformed(f"the function returned multiValueHeaders.{name} as {kind_of(values)}: make it an array")
        for value in values:
            pair = read_header(name, value, rules)
            if isinstance(pair, Malformed):
                return pair
            pairs.append(pair)
    return tuple(pairs)
