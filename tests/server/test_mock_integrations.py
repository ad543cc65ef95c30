"""MOCK integrations over real sockets, as AWS has been recorded to answer them, or says it does."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from serving.emulate import Served, serve

PLAIN = {"statusCode": 200}
STATUS_200 = '{"statusCode": 200}'


@dataclass(frozen=True)
class Fact:
    """A MOCK by what its integration says, a request to it, and its answer. `source` is where AWS was seen or says so;
    `absent` are headers that are not there."""

    source: str
    responses: dict[str, Any]
    status: int
    body: Any = None
    path: str = "/{id}"
    asked: str = "/42"
    template: str = STATUS_200
    more: dict[str, Any] = field(default_factory=dict)
    method: str = "GET"
    sent: dict[str, str] = field(default_factory=dict)
    content: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    absent: tuple[str, ...] = ()


def templated(template: str, media_type: str = "application/json", status: int = 200) -> dict[str, Any]:
    return {"statusCode": status, "responseTemplates": {media_type: template}}


LS = "localstack/localstack, tests/aws/services/apigateway"
GUIDE = "API Gateway developer guide"
HANDED_OVER = """
#set($body = $util.base64Decode($input.params('id')))
#set($context.requestOverride.path.body = $body)
{"statusCode": 200}
"""
TAKEN_OVER = """
#set($body = $util.parseJson($context.requestOverride.path.body))
#set($said = $body.message)
#if($said == "one"){"is": "the first"}#elseif($said == "two"){"is": "the second"}#else{"is": "another"}#end
"""
OVERRIDING = """
#set($context.responseOverride.status = 444)
#set($context.responseOverride.header.foo = "bar")
#set($context.responseOverride.custom = "for later")
{"statusCode": 200}
"""
ALLOWED = {
    "statusCode": 200,
    "responseTemplates": {"application/json": "{}\n"},
    "responseParameters": {
        "method.response.header.Access-Control-Allow-Origin": "'http://localhost:8080'",
        "method.response.header.Access-Control-Allow-Methods": "'OPTIONS,POST,GET'",
        "method.response.header.Access-Control-Allow-Headers": "'Content-Type'",
    },
}
ACAO = {"access-control-allow-origin": "http://localhost:8080"}
LISTS = {"access-control-allow-methods": "OPTIONS,POST,GET", "access-control-allow-headers": "Content-Type"}
PETS = {"default": templated('{"pet": $input.params().path.id}')}


def passthrough(behavior: str) -> Fact:
    return Fact(
        f"{LS}, test_mock_integration_response (recorded)",
        PETS,
        200,
        {"pet": 42},
        more={"passthroughBehavior": behavior},
        method="POST",
        sent={"Content-Type": "application/json"},
    )


def preflight(origin: str, method: str) -> Fact:
    return Fact(
        f"{GUIDE}, how-to-cors: the headers are as written, whoever asks",
        {"default": ALLOWED},
        200,
        {},
        method="OPTIONS",
        sent={"Origin": origin, "Access-Control-Request-Method": method},
        headers={**ACAO, **LISTS},
        absent=("vary", "x-amzn-trace-id"),
    )


FACTS = {
    "passthrough-when-no-match": passthrough("WHEN_NO_MATCH"),
    "passthrough-when-no-templates": passthrough("WHEN_NO_TEMPLATES"),
    "every-method": Fact(
        f"{LS}, test_api_gateway_mock_integration (recorded)",
        {"default": templated('{"echo": "$input.params(\'id\')", "by": "mock"}')},
        200,
        {"echo": "foobar", "by": "mock"},
        asked="/foobar",
        method="DELETE",
    ),
    "handed-over": Fact(
        f"{LS}, test_integration_mock_with_request_overrides_in_response_template (recorded)",
        {"2\\d{2}": templated(TAKEN_OVER)},
        200,
        {"is": "the first"},
        asked="/eyJtZXNzYWdlIjogIm9uZSJ9",
        template=HANDED_OVER,
    ),
    "handed-over-otherwise": Fact(
        f"{LS}, test_integration_mock_with_request_overrides_in_response_template (recorded)",
        {"2\\d{2}": templated(TAKEN_OVER)},
        200,
        {"is": "another"},
        asked="/eyJtZXNzYWdlIjogInRocmVlIn0=",
        template=HANDED_OVER,
    ),
    "overridden-without-a-response-template": Fact(
        f"{LS}, test_integration_mock_with_response_override_in_request_template (recorded)",
        {"2\\d{2}": {"statusCode": 200}},
        444,
        template=OVERRIDING,
        headers={"foo": "bar"},
    ),
    "overridden-and-told": Fact(
        f"{LS}, test_integration_mock_with_response_override_in_request_template (recorded)",
        {"2\\d{2}": templated('{"custom": "$context.responseOverride.custom"}')},
        444,
        {"custom": "for later"},
        template=OVERRIDING,
        headers={"foo": "bar"},
    ),
    "no-trace-id": Fact(
        f"{LS}, test_invocation_trace_id (recorded)",
        {"default": {"statusCode": 200}},
        200,
        sent={"X-Amzn-Trace-Id": "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1"},
        absent=("x-amzn-trace-id",),
    ),
    "preflight": preflight("https://evil.example", "DELETE"),
    "preflight-of-another": preflight("https://b.example", "GET"),
    "path-parameter": Fact(
        "public notes of a course, of 2021",
        {"default": templated('{"user": "$input.params(\'id\')", "first": "Art"}')},
        200,
        {"user": "123", "first": "Art"},
        asked="/123",
    ),
    "content-type": Fact(
        f"{LS}, test_invoke_test_method (recorded)",
        {"default": templated('{"pet": "$input.params(\'id\')"}')},
        200,
        {"pet": "123"},
        asked="/123?foo=bar",
        method="POST",
        sent={"Content-Type": "application/json"},
        content='{"foo": "bar"}',
        headers={"content-type": "application/json"},
    ),
    "status-selects": Fact(
        f"{GUIDE}, how-to-mock-integration",
        {"default": {"statusCode": 200}, "404": templated('{"message": "nope"}', status=404)},
        404,
        {"message": "nope"},
        template='{"statusCode": 404}',
    ),
    "lenient": Fact(
        f"{LS}, test_integration_mock_with_path_param (recorded)", PETS, 200, {"pet": 42}, template="{statusCode: 200}"
    ),
    "no-status": Fact(
        f"{LS}, test_mock_integration (checked on AWS, as it says)",
        PETS,
        500,
        {"message": "Internal server error"},
        template='{"statusCode": "200"}',
        headers={"x-amzn-errortype": "InternalServerErrorException"},
    ),
    "accepted-template": Fact(
        f"{GUIDE}, request-response-data-mappings",
        {"default": templated("<x/>", "application/xml")},
        200,
        "<x/>",
        sent={"Accept": "application/xml"},
    ),
    "first-template": Fact(
        f"{GUIDE}, request-response-data-mappings",
        {"default": templated("<x/>", "application/xml")},
        200,
        "<x/>",
        sent={"Accept": "text/plain"},
    ),
    "json-before-the-first": Fact(
        f"{GUIDE}, request-response-data-mappings",
        {
            "default": {
                "statusCode": 200,
                "responseTemplates": {"application/xml": "<x/>", "application/json": '{"j": 1}'},
            }
        },
        200,
        {"j": 1},
    ),
    "unset-stage-variable": Fact(
        f"{LS}, test_canary.py (recorded, of a stage without the variable)",
        {"default": templated('{"is": "$stageVariables.none"}')},
        200,
        {"is": ""},
    ),
}


def configuration() -> dict[str, Any]:
    routes = {}
    for name, fact in FACTS.items():
        integration = {
            "type": "mock",
            "requestTemplates": {"application/json": fact.template},
            "responses": fact.responses,
            **fact.more,
        }
        routes[f"ANY /{name}{fact.path}"] = {"integration": integration}
    return {"apis": {"facts": {"type": "rest", "port": 0, "enforce": False, "routes": routes}}}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("mocks")
    (folder / "emulator.yaml").write_text(json.dumps(configuration()))
    with serve(folder) as started:
        yield started


@pytest.mark.parametrize("name", FACTS)
def test_facts(served: Served, name: str) -> None:
    fact = FACTS[name]
    with httpx.Client(trust_env=False) as client:
        url = f"{served.urls['facts']}/{name}{fact.asked}"
        headers = {"Accept": "*/*", **fact.sent}
        answer = client.request(fact.method, url, headers=headers, content=fact.content)
    assert (answer.status_code, said(answer, fact.body)) == (fact.status, fact.body), fact.source
    assert fact.headers.items() <= dict(answer.headers).items()
    assert all(header not in answer.headers for header in (*fact.absent, "x-amzn-trace-id"))
    assert "x-amzn-requestid" in answer.headers
    assert "x-amz-apigw-id" in answer.headers


def said(answer: httpx.Response, expected: object) -> object:
    if expected is None:
        return answer.text or None
    return answer.text if isinstance(expected, str) else answer.json()
