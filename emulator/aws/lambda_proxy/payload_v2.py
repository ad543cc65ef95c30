"""Payload format 2.0 as a format: its event and its response rules. HTTP APIs and function URLs fill it in."""

from typing import Any

from emulator.aws.lambda_proxy.event_encoding import event_body, is_text
from emulator.aws.lambda_proxy.function_response import (
    FieldRules,
    Malformed,
    compact,
    kind_of,
    parse_payload,
    read_body,
    read_header,
    read_headers,
    read_status,
    with_content_type,
)
from emulator.aws.lambda_proxy.request_target import query_pairs
from emulator.messages import Headers, Request, Response


def event(
    request: Request,
    *,
    route_key: str,
    raw_path: str,
    headers: dict[str, str],
    cookies: list[str],
    context: dict[str, Any],
    path_parameters: tuple[tuple[str, str], ...] = (),
    stage_variables: tuple[tuple[str, str], ...] = (),
) -> dict[str, Any]:
    """Make the event, in AWS's order of keys. What is empty is left out, never null (recorded from AWS; its
    documentation shows every key)."""
    body, is_base64 = event_body(request.body, as_text=is_text(headers.get("content-type")))
    query = joined_query(request.raw_query)
    built: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": raw_path,
        "rawQueryString": request.raw_query,
    }
    if cookies:
        built["cookies"] = cookies
    built["headers"] = headers
    if query:
        built["queryStringParameters"] = query
    built["requestContext"] = context
    if path_parameters:
        built["pathParameters"] = dict(path_parameters)
    if body is not None:
        built["body"] = body
    built["isBase64Encoded"] = is_base64
    if stage_variables:
        built["stageVariables"] = dict(stage_variables)
    return built


def request_cookies(cookie_header: str | None) -> list[str]:
    """Split a Cookie header into its `name=value` pairs, each as sent."""
    return [cookie.strip() for cookie in cookie_header.split(";") if cookie.strip()] if cookie_header else []


def joined_query(raw_query: str) -> dict[str, str]:
    """Decode the query; a repeated name's values are joined by a comma."""
    joined: dict[str, str] = {}
    for name, value in query_pairs(raw_query):
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


def read_response(payload: bytes, rules: FieldRules) -> Response | Malformed:
    """Read the response a payload stands for.

    An object with `statusCode` is a response. Any other JSON is a 200 of application/json with that JSON as its body,
    but a string goes without its quotes.

    Function URLs: recorded, and compacted (localstack/localstack, test_lambda_url_invocation[dict], [list-mixed],
    [string], [integer], [float], [boolean], validated on AWS 2025-11-24). That numbers and escapes keep the form the
    function gave them is uncertain.

    HTTP APIs: AWS documents the 200 and the content type (Working with AWS Lambda proxy integrations for HTTP APIs,
    format 2.0); no recording shows the body. That it goes byte for byte, and a string without its quotes, is uncertain.

    What is no JSON, and null, are uncertain for both: sent as they are.
    """
    value = parse_payload(payload)
    if isinstance(value, dict) and "statusCode" in value:
        return _read_object(value, rules)
    body = payload
    if isinstance(value, str):
        body = value.encode("utf-8", "replace")
    elif rules.compacts_json and not isinstance(value, Malformed):
        body = compact(payload)
    return Response(200, (("content-type", "application/json"),), body)


def _read_object(value: dict[str, Any], rules: FieldRules) -> Response | Malformed:
    status = read_status(value["statusCode"], rules)
    if isinstance(status, Malformed):
        return status
    cookies = _read_cookies(value.get("cookies"), rules)
    if isinstance(cookies, Malformed):
        return cookies
    headers = read_headers(value.get("headers"), rules)
    if isinstance(headers, Malformed):
        return headers
    body = read_body(value.get("body"), value.get("isBase64Encoded"), decodes=True)
    if isinstance(body, Malformed):
        return body
    return Response(status, with_content_type((*cookies, *headers), rules), body)


def _read_cookies(cookies: Any, rules: FieldRules) -> Headers | Malformed:
    """Make one set-cookie of each entry, before any that the headers set (ministackorg/ministack,
    tests/test_apigatewayv2.py)."""
    if cookies is None:
        return ()
    if not isinstance(cookies, list):
        return Malformed(f"the function returned cookies as {kind_of(cookies)}: it must be an array of strings")
    pairs: list[tuple[str, str]] = []
    for cookie in cookies:
        pair = read_header("set-cookie", cookie, rules)
        if isinstance(pair, Malformed):
            return pair
        pairs.append(pair)
    return tuple(pairs)
