"""The events of an HTTP API in both formats (AWS: Create AWS Lambda proxy integrations for HTTP APIs)."""

from collections.abc import Mapping
from typing import Any

from emulator.aws.account import ACCOUNT_ID
from emulator.aws.lambda_proxy import payload_v1, payload_v2
from emulator.aws.lambda_proxy.event_encoding import event_body, is_text
from emulator.aws.lambda_proxy.request_context import Stage, context_v1, context_v2
from emulator.aws.lambda_proxy.request_headers import HOP_BY_HOP, forwarded_headers, joined_headers, listed_headers
from emulator.aws.lambda_proxy.request_target import query_pairs
from emulator.aws.product import Route, Stamp
from emulator.messages import Request

CANONICAL_NAMES = {
    "content-length": "Content-Length",
    "content-type": "Content-Type",
    "cookie": "Cookie",
    "host": "Host",
    "user-agent": "User-Agent",
    "x-amzn-trace-id": "X-Amzn-Trace-Id",
    "x-forwarded-for": "X-Forwarded-For",
    "x-forwarded-port": "X-Forwarded-Port",
    "x-forwarded-proto": "X-Forwarded-Proto",
}
"""The header names that format 1.0 rewrites; all others arrive as sent (recorded from AWS:
glassechidna/serverlessish#4)."""


def event_v2(request: Request, route: Route, stamp: Stamp, stage: Stage) -> dict[str, Any]:
    """Build the event of format 2.0: header names sorted, cookies apart."""
    headers = joined_headers(request)
    cookies = payload_v2.request_cookies(headers.pop("cookie", None))
    headers.update(_own_headers(request, headers, route.trace))
    context = context_v2(
        request,
        stamp,
        stage,
        account_id=ACCOUNT_ID,
        host=headers.get("host", ""),
        path=route.path,
        request_id=stamp.extended_request_id,
        route_key=route.key,
        user_agent=headers.get("user-agent", ""),
    )
    context = with_authorizer(context, route.caller.authorizer)
    return payload_v2.event(
        request,
        route_key=route.key,
        raw_path=route.path,
        headers=dict(sorted(headers.items())),
        cookies=cookies,
        context=context,
        path_parameters=route.parameters,
        stage_variables=stage.variables,
    )


def event_v1(request: Request, route: Route, stamp: Stamp, stage: Stage) -> dict[str, Any]:
    """Build the event of format 1.0. `path` is percent-encoded and the context's decoded (aws/aws-lambda-dotnet,
    V1_SpecialCharactersInPathHttpV1; middleapi/standard-server#93 says otherwise of the first)."""
    headers = joined_headers(request)
    context = context_v1(
        request,
        stamp,
        stage,
        host=headers.get("host", ""),
        method=request.method,
        path=_whole_path(request, route, stage),
        request_id=stamp.extended_request_id,
        resource_id=route.key,
        resource_path=route.resource,
        user_agent=headers.get("user-agent", ""),
    )
    context = with_authorizer(context, flat(route.caller.authorizer))
    event = payload_v1.event(
        resource=route.resource,
        path=request.raw_path,
        method=request.method,
        headers=listed_headers(request, _own_headers(request, headers, route.trace), HOP_BY_HOP, CANONICAL_NAMES),
        query=payload_v1.listed_query(query_pairs(request.raw_query)),
        context=context,
        path_parameters=route.parameters,
        stage_variables=stage.variables,
        body=event_body(request.body, as_text=is_text(headers.get("content-type"))),
    )
    return {"version": "1.0", **event}


def _whole_path(request: Request, route: Route, stage: Stage) -> str:
    """Put the base path of a custom domain name before the path, as the client did."""
    if stage.mapping is None:
        return route.path
    is_base = request.raw_path == stage.mapping.base_path
    return stage.mapping.base_path + ("" if is_base else route.path)


def with_authorizer(context: dict[str, Any], authorizer: Mapping[str, Any] | None) -> dict[str, Any]:
    """Put what an authorizer says of the caller where AWS has it, before `domainName`; the key is absent where no
    authorizer was asked."""
    if authorizer is None:
        return context
    first = {name: context[name] for name in ("accountId", "apiId")}
    return {**first, "authorizer": authorizer, **context}


def flat(authorizer: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return it as format 1.0 has it: without the level that names its kind (AWS: Create AWS Lambda proxy integrations
    for HTTP APIs, the sample of format 1.0)."""
    return None if authorizer is None else authorizer.get("jwt")


def _own_headers(request: Request, headers: Mapping[str, str], trace: str) -> dict[str, str]:
    return {"content-length": str(len(request.body)), **forwarded_headers(request, headers, trace)}
