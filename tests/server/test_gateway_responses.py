"""Every refusal that a REST API makes today, over a real socket: as it is by default, and by a gateway response."""

import json
from dataclasses import replace
from typing import Any

import pytest

from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.aws.rest_api.rest_api import RestApi
from emulator.functions.invocation import FunctionError, FunctionErrorKind, IntegrationTimeout, Throttled
from products import a_method
from serving.rim import Answer, listening, run

PLAIN = RestApi("orders", "abcdef1234", (a_method("POST", "/x"),), "dev")
ALLOWED = ("gatewayresponse.header.Access-Control-Allow-Origin", "method.request.header.origin")
TYPE = ("application/json", '{"type": "$context.error.responseType", "message": $context.error.messageString}')
CUSTOMISED = replace(
    PLAIN,
    gateway_responses=tuple(
        GatewayResponse(name, status, (ALLOWED,), (TYPE,))
        for name, status in (
            ("DEFAULT_4XX", 444),
            ("DEFAULT_5XX", 555),
            ("INTEGRATION_TIMEOUT", 598),
            ("REQUEST_TOO_LARGE", None),
        )
    ),
)
RAISED = FunctionError(FunctionErrorKind.HANDLER, "KeyError", "'user'")
MALFORMED = {"statusCode": "no"}
UNDECODABLE = {"statusCode": 200, "body": "%", "isBase64Encoded": True}

OCCURRING = [
    pytest.param("/dev/y", b"", None, 403, 444, "MISSING_AUTHENTICATION_TOKEN", id="unknown-route"),
    pytest.param("/dev/y", b"", "Bearer a", 403, 444, "DEFAULT_4XX", id="incomplete-signature"),
    pytest.param("/dev/x", b"x" * 6_300_000, None, 413, 413, "REQUEST_TOO_LARGE", id="request-too-large"),
    pytest.param("/dev/x", b"", RAISED, 502, 555, "DEFAULT_5XX", id="function-error"),
    pytest.param("/dev/x", b"", MALFORMED, 502, 555, "DEFAULT_5XX", id="malformed"),
    pytest.param("/dev/x", b"", UNDECODABLE, 500, 555, "DEFAULT_5XX", id="undecodable"),
    pytest.param("/dev/x", b"", Throttled(10), 500, 555, "DEFAULT_5XX", id="function-throttled"),
    pytest.param("/dev/x", b"", IntegrationTimeout(29.0), 504, 598, "INTEGRATION_TIMEOUT", id="timeout"),
]


def answers(path: str, body: bytes, returned: Any) -> tuple[Answer, Answer]:
    """What is answered by default, and customised; a text in the place of what the function returns is a token, with
    which no function is reached."""
    token = f"Authorization: {returned}\r\n" if isinstance(returned, str) else ""
    head = f"POST {path} HTTP/1.1\r\nHost: h\r\nOrigin: https://a.test\r\nSec-Fetch-Site: cross-site\r\n{token}"
    if returned is UNDECODABLE:
        head += "Accept: image/png\r\n"
    data = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    async def ask(api: RestApi) -> Answer:
        async with listening(api, lambda event: returned) as rim:
            return await rim.ask(data)

    binary = replace(PLAIN, binary_media_types=("image/png",)), replace(CUSTOMISED, binary_media_types=("image/png",))
    plain, customised = (run(ask(api)) for api in binary)
    return plain, customised


@pytest.mark.parametrize(("path", "body", "returned", "status", "other", "response_type"), OCCURRING)
def test_every_refusal(path: str, body: bytes, returned: Any, status: int, other: int, response_type: str) -> None:
    """AWS: Gateway response types for API Gateway; that x-amzn-ErrorType remains is recorded."""
    plain, customised = answers(path, body, returned)
    assert (plain.status, plain.values("access-control-allow-origin")) == (status, [])
    said = json.loads(plain.body)["message"]
    assert customised.status == other
    assert customised.values("access-control-allow-origin") == ["https://a.test"]
    assert customised.values("content-type") == ["application/json"]
    assert customised.values("x-amzn-errortype") == plain.values("x-amzn-errortype") != []
    assert json.loads(customised.body) == {"type": response_type, "message": said}


def test_a_status_without_a_body() -> None:
    """A gateway response may have 204 as well; its body never ends up in the next answer."""
    api = replace(PLAIN, gateway_responses=(GatewayResponse("DEFAULT_4XX", 204),))

    async def twice() -> tuple[Answer, Answer]:
        async with listening(api, lambda event: None) as rim, rim.connect() as conversation:
            await conversation.say(b"GET /dev/y HTTP/1.1\r\nHost: h\r\n\r\n")
            first = await conversation.answer()
            await conversation.say(b"GET /dev/y HTTP/1.1\r\nHost: h\r\n\r\n")
            return first, await conversation.answer()

    assert [one.status for one in run(twice())] == [204, 204]
