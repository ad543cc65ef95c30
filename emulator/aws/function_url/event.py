"""The event of a function URL: format 2.0 with what function URLs do otherwise."""

from typing import Any

from emulator.aws.lambda_proxy import payload_v2
from emulator.aws.lambda_proxy.request_context import Stage, context_v2
from emulator.aws.lambda_proxy.request_headers import forwarded_headers, joined_headers
from emulator.aws.lambda_proxy.request_target import decoded_path
from emulator.aws.product import Route, Stamp
from emulator.messages import Request

TLS_HEADERS = {"x-amzn-tls-cipher-suite": "TLS_AES_128_GCM_SHA256", "x-amzn-tls-version": "TLSv1.3"}
"""The headers that are always there on AWS, where every function URL is https (hotsock/voker,
functionurl-request.json)."""


def url_event(request: Request, route: Route, stamp: Stamp, stage: Stage) -> dict[str, Any]:
    """Build the event. The Cookie header stays beside `cookies`, `rawPath` stays percent-encoded (recorded from AWS:
    hotsock/voker, functionurl-request.json)."""
    headers = joined_headers(request)
    headers.update(TLS_HEADERS, **forwarded_headers(request, headers, route.trace))
    if request.body:
        headers["content-length"] = str(len(request.body))
    context = context_v2(
        request,
        stamp,
        stage,
        account_id="anonymous",
        host=headers.get("host", ""),
        path=decoded_path(request.raw_path),
        request_id=stamp.request_id,
        route_key=route.key,
        user_agent=headers.get("user-agent"),
    )
    return payload_v2.event(
        request,
        route_key=route.key,
        raw_path=route.path,
        headers=headers,
        cookies=payload_v2.request_cookies(headers.get("cookie")),
        context=context,
    )
