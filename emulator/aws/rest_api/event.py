"""The event of a REST API's Lambda proxy integration (AWS: Input format of a Lambda function for proxy integration)."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2s
from typing import Any

from emulator.aws.lambda_proxy import payload_v1
from emulator.aws.lambda_proxy.request_context import Stage, context_v1
from emulator.aws.lambda_proxy.request_headers import forwarded_headers, joined_headers, listed_headers
from emulator.aws.lambda_proxy.request_target import query_pairs
from emulator.aws.product import ANYONE, Caller, Route, Stamp
from emulator.messages import Request

METHOD_OVERRIDE = "x-http-method-override"
"""The header whose value counts as the method, for resources and in the event (AWS: Amazon API Gateway important
notes)."""

NOT_IN_EVENT = frozenset(
    {
        "connection",
        "content-length",
        "content-md5",
        "expect",
        "max-forwards",
        "proxy-authenticate",
        "server",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "www-authenticate",
        METHOD_OVERRIDE,
    }
)
"""The headers that do not reach the function, in lower case (localstack/localstack,
test_apigateway_header_remapping_aws[AWS_PROXY], validated on AWS; the override: AWS, Amazon API Gateway important
notes)."""

CANONICAL_NAMES = {
    "authorization": "Authorization",
    "host": "Host",
    "user-agent": "User-Agent",
    "x-amzn-trace-id": "X-Amzn-Trace-Id",
    "x-forwarded-for": "X-Forwarded-For",
    "x-forwarded-port": "X-Forwarded-Port",
    "x-forwarded-proto": "X-Forwarded-Proto",
}
"""The header names that a REST API rewrites; all others arrive as sent (localstack/localstack,
test_lambda_aws_proxy_integration, validated on AWS; hotsock/voker, apigwv1-request.json)."""


def proxy_event(
    request: Request, route: Route, stamp: Stamp, stage: Stage, body: tuple[str | None, bool]
) -> dict[str, Any]:
    """Build the event; `body` is its `body` and `isBase64Encoded`."""
    headers = joined_headers(request)
    context = request_context(request, route.resource, stamp, stage, route.caller)
    return payload_v1.event(
        resource=route.resource,
        path=route.path,
        method=context["httpMethod"],
        headers=event_headers(request, headers, route.trace),
        query=payload_v1.listed_query(query_pairs(request.raw_query.replace(";", "&"))),
        context=context,
        path_parameters=route.parameters,
        stage_variables=stage.variables,
        body=body,
    )


def request_context(
    request: Request, resource: str, stamp: Stamp, stage: Stage, caller: Caller = ANYONE
) -> dict[str, Any]:
    """Make the context, of the resource of this path ("" for none). Its `path` has the stage and, where the client sent
    several slashes inside it, all of them; its `identity` names an API key where the method requires one (AWS: API
    Gateway mapping template and access logging variable reference)."""
    headers = joined_headers(request)
    context = context_v1(
        request,
        stamp,
        stage,
        host=headers.get("host", ""),
        method=headers.get(METHOD_OVERRIDE) or request.method,
        path=f"/{request.raw_path.lstrip('/')}",
        request_id=stamp.request_id,
        resource_id=short_id(resource),
        resource_path=resource,
        user_agent=headers.get("user-agent"),
    )
    if caller.api_key is not None:
        context["identity"] |= {"apiKey": caller.api_key.value, "apiKeyId": caller.api_key.key_id}
    return {**context, "deploymentId": short_id(stage.api_id)}


def event_headers(request: Request, joined: Mapping[str, str], trace: str) -> dict[str, list[str]]:
    """List the headers of the event. A SigV4 Authorization header does not reach the function (AWS: Amazon API Gateway
    important notes)."""
    dropped = NOT_IN_EVENT | {"authorization"} if is_signature(joined.get("authorization")) else NOT_IN_EVENT
    replaced = forwarded_headers(request, joined, trace)
    return listed_headers(request, replaced, dropped, CANONICAL_NAMES)


def is_signature(authorization: str | None) -> bool:
    return authorization is not None and authorization.startswith("AWS4-HMAC-SHA256")


@lru_cache(maxsize=1024)
def short_id(text: str) -> str:
    """Make six characters that stand for AWS's generated id, the same on every run."""
    return blake2s(text.encode(), digest_size=3).hexdigest()
