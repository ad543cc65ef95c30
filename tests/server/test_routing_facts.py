"""What AWS does with the method, the stage and the reserved paths of a request, over a real socket; each with its
source."""

from typing import Any

import pytest

from emulator.aws.api import Api
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from products import a_method, a_route
from serving.rim import Answer, listening, run

REST = RestApi(
    "orders", "abcdef1234", (a_method("PATCH", "/x"), a_method("GET", "/ping")), "dev", (("version", "1.0"),)
)
HTTP = HttpApi("shop", "abcdef1234", (a_route("GET /ping"), a_route("PATCH /x")))
STAGED = HttpApi("shop", "abcdef1234", (a_route("GET /ping"),), "dev")
OVERRIDE = "X-HTTP-Method-Override: PATCH"
NOTES = "AWS: Amazon API Gateway important notes"


def asked(api: Api, line: str, *headers: str) -> tuple[Answer, list[Any]]:
    """The answer to a request, and the events that the function got."""
    events: list[Any] = []

    def function(event: Any) -> dict[str, Any]:
        events.append(event)
        return {"statusCode": 200, "body": "function"}

    async def ask() -> Answer:
        async with listening(api, function) as rim:
            head = "\r\n".join((f"{line} HTTP/1.1", "Host: h", *headers, "Content-Length: 0", "", ""))
            return await rim.ask(head.encode())

    return run(ask()), events


@pytest.mark.parametrize(
    ("api", "line", "headers", "status", "body"),
    [
        pytest.param(REST, "POST /dev/x", (OVERRIDE,), 200, "function", id=f"override: {NOTES}"),
        pytest.param(
            REST, "PATCH /dev/x", ("X-HTTP-Method-Override: PUT",), 403, '{"message":"Missing Authentication Token"}',
            id=f"override-of-a-method-there-is: {NOTES}",
        ),
        pytest.param(
            HTTP, "POST /x", (OVERRIDE,), 404, '{"message":"Not Found"}', id="http-api-has-no-override: nothing says so"
        ),
        pytest.param(
            REST, "PATCH /x", (), 403, '{"message":"Forbidden"}', id="stage-left-out: serverless-domain-manager#241"
        ),
        pytest.param(REST, "GET /prod/ping", (), 403, '{"message":"Forbidden"}', id="stage-there-is-not"),
        pytest.param(REST, "GET /ping", (), 200, "Healthy Connection", id="rest-ping: apex/up#556"),
        pytest.param(REST, "GET /dev/ping", (), 200, "function", id=f"rest-ping-below-the-stage: {NOTES}"),
        pytest.param(HTTP, "GET /ping", (), 200, "Healthy Connection", id="http-ping: serverless/examples#667"),
        pytest.param(HTTP, "GET /sping", (), 200, "Healthy Connection", id=f"http-sping: {NOTES}"),
        pytest.param(STAGED, "GET /dev/ping", (), 200, "function", id="http-ping-below-the-stage"),
    ],
)  # fmt: skip
def test_routing(api: Api, line: str, headers: tuple[str, ...], status: int, body: str) -> None:
    answer, events = asked(api, line, *headers, "Origin: https://a.test", "Sec-Fetch-Site: cross-site")
    assert (answer.status, answer.body.decode()) == (status, body)
    assert bool(events) is (body == "function")
    assert answer.values("access-control-allow-origin") == []


def test_the_function_sees_the_method_that_overrides_and_not_its_header() -> None:
    """AWS: Amazon API Gateway important notes."""
    _, (event,) = asked(REST, "POST /dev/x", OVERRIDE)
    assert (event["httpMethod"], event["requestContext"]["httpMethod"]) == ("PATCH", "PATCH")
    assert "x-http-method-override" not in {name.lower() for name in event["headers"]}


def test_the_function_sees_the_stages_variables() -> None:
    """localstack/localstack, test_apigw_stage_variables, validated on AWS."""
    _, (event,) = asked(REST, "PATCH /dev/x")
    assert (event["stageVariables"], event["requestContext"]["stage"]) == ({"version": "1.0"}, "dev")
