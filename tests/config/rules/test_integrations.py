"""Integrations that API Gateway would refuse, or that can only fail, with what to write instead."""

import pytest

from configured import rule_problems

QUOTES = "with both kinds of quotes: AWS takes a text in single quotes only."
SOURCE = "expected a text in single quotes, or a value such as integration.response.header.ETag or context.stage."
REQUEST = "requestTemplates: {application/json: '{}'}"


def mock(*lines: str) -> str:
    own = "".join(f"          {line}\n" for line in ("type: mock", *lines))
    head = "apis:\n  orders:\n    type: rest\n    routes:\n      OPTIONS /x:\n        integration:\n"
    return f"{head}{own}functions: {{}}\n"


def header(source: str, name: str = "method.response.header.x-a") -> str:
    return mock(REQUEST, f"responses: {{default: {{statusCode: 200, responseParameters: {{{name}: {source}}}}}}}")


@pytest.mark.parametrize(
    "text",
    [
        "apis: {a: {type: rest, routes: {GET /x: f}}}\nfunctions: {f: {handler: f.handler}}\n",
        header("\"'*'\""),
        header("integration.response.header.ETag"),
        header("integration.response.body.a"),
        header("integration.response.multivalueheader.a"),
        header("context.requestId"),
        header("stageVariables.origin"),
        mock(REQUEST, "responses: {'4\\d{2}': {statusCode: 404, responseTemplates: {application/xml: <x/>}}}"),
        mock("requestTemplates: {$default: '{}'}", "responses: {default: {statusCode: 200}}"),
    ],
)
def test_sound(text: str) -> None:
    assert rule_problems(text) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            mock("responses: {default: {statusCode: 200}}"),
            "a MOCK integration without a request template, whose every answer is 500; expected a request template "
            """that makes a statusCode. Add `requestTemplates: {application/json: '{"statusCode": 200}'}`.""",
            id="no-template",
        ),
        pytest.param(
            mock(REQUEST),
            "a MOCK integration without responses, whose every answer is 500; expected a response for what the request "
            "template makes. Add `responses: {default: {statusCode: 200}}`.",
            id="no-response",
        ),
        pytest.param(
            mock(REQUEST, "responses: {'4(': {statusCode: 404}}"),
            "the pattern `4(` (missing ), unterminated subpattern at position 1); expected `default` or a regular "
            "expression. Write it as Java has it, such as `4\\d{2}`.",
            id="pattern",
        ),
        pytest.param(
            mock("requestTemplates: {json: '{}'}", "responses: {default: {statusCode: 200}}"),
            "`json`; expected a media type, without parameters. Write `application/json`.",
            id="media-type",
        ),
        pytest.param(
            mock('requestTemplates: {application/json: "{}\\n#if(true)"}', "responses: {default: {statusCode: 200}}"),
            "a template that cannot be read (line 2 of it: expected #else, #elseif or #end in if directive); expected "
            "a mapping template in VTL. Mend it: AWS would answer 500.",
            id="template",
        ),
        pytest.param(
            mock("requestTemplates: {application/json: '#set($a = \"#end\")'}", "responses: {}"),
            "a template that cannot be read (expected text in block, got: #end); expected a mapping template in VTL.",
            id="template-without-a-line",
        ),
        pytest.param(header("https://a.example"), f"{SOURCE} Write \"'https://a.example'\", {QUOTES}", id="unquoted"),
        pytest.param(
            header("ä"), f"{SOURCE} Write plain ASCII in single quotes: a header can hold nothing else.", id="not-ascii"
        ),
        pytest.param(
            header("\"'*'\"", "Access-Control-Allow-Origin"),
            "`Access-Control-Allow-Origin`; expected `method.response.header.` and the name of a header. Write "
            "`method.response.header.Access-Control-Allow-Origin`.",
            id="name-alone",
        ),
        pytest.param(
            header("\"'*'\"", "'a b'"), "Write `method.response.header.Access-Control-Allow-Origin`.", id="no-name"
        ),
        pytest.param(
            header("\"'1'\"", "method.response.header.Content-Length"),
            "the header `Content-Length`; expected a header that does not frame the answer. Remove it: whoever sends "
            "the answer writes this header.",
            id="of-the-server",
        ),
    ],
)
def test_problems(text: str, said: str) -> None:
    problems = rule_problems(text)
    assert 'apis.orders.routes["OPTIONS /x"].integration' in problems
    assert said in problems
