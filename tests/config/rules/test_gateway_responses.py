"""Gateway responses that API Gateway would refuse, with what to write instead (AWS: REST API reference,
GatewayResponse)."""

import pytest

from configured import rule_problems, shape_problems

TYPE = "expected one of AWS's response types, such as DEFAULT_4XX or UNAUTHORIZED."
SOURCE = "expected a text in single quotes, or a value such as method.request.header.origin or context.stage."
NAME = "expected `gatewayresponse.header.` and the name of a header."
QUOTES = "with both kinds of quotes: AWS takes a text in single quotes only."


def api(*lines: str) -> str:
    own = "".join(f"      {line}\n" for line in lines)
    head = "apis:\n  orders:\n    type: rest\n    routes: {GET /x: f}\n    gatewayResponses:\n"
    return f"{head}{own}functions:\n  f: {{handler: f.handler}}\n"


def header(source: str, name: str = "gatewayresponse.header.x-a") -> str:
    return api(f"DEFAULT_4XX: {{responseParameters: {{{name}: {source}}}}}")


@pytest.mark.parametrize(
    "text",
    [
        api("WAF_FILTERED: {}", "UNAUTHORIZED: {statusCode: 401}", "DEFAULT_5XX: {statusCode: '599'}"),
        header("\"'*'\""),
        header("\"''\""),
        header("\"'it's'\""),
        header("method.request.header.origin"),
        header("method.request.querystring.q"),
        header("method.request.path.id"),
        header("context.error.messageString"),
        header("context.authorizer.claims.cognito-sub"),
        header("stageVariables.origin"),
        api("DEFAULT_4XX: {responseTemplates: {application/json: '{\"a\": $context.error.messageString}'}}"),
    ],
)
def test_sound(text: str) -> None:
    assert rule_problems(text) == ""


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("4xx", "Write `DEFAULT_4XX`."),
        ("DEFAULT_4xx", "Write `DEFAULT_4XX`."),
        ("UNAUTHORISED", "Write `UNAUTHORIZED`."),
        ("missing-authentication-token", "Write `MISSING_AUTHENTICATION_TOKEN`."),
        ("zzz", "Write one of ACCESS_DENIED, API_CONFIGURATION_ERROR, "),
    ],
)
def test_response_types(name: str, fix: str) -> None:
    said = rule_problems(api(f"{name}: {{}}"))
    assert said.startswith("emulator.yaml:6: apis.orders.gatewayResponses")
    assert f": the response type `{name}`; {TYPE} {fix}" in said


@pytest.mark.parametrize(
    ("source", "shown", "fix"),
    [
        ('"*"', "`*`", f"Write \"'*'\", {QUOTES}"),
        ("https://a.test", "`https://a.test`", f"Write \"'https://a.test'\", {QUOTES}"),
        ("method.response.header.x", "`method.response.header.x`", "Write `method.request.header.x`."),
        ("method.request.headers.x", "`method.request.headers.x`", "Write `method.request.header.x`."),
        ("$context.stage", "`$context.stage`", "Write `context.stage`."),
        ("'${stageVariables.a}'", "`${stageVariables.a}`", "Write `stageVariables.a`."),
        ("stageVariable.a", "`stageVariable.a`", "Write `stageVariables.a`."),
        (
            "integration.response.header.x",
            "`integration.response.header.x`",
            "Write \"'integration.response.header.x'",
        ),
        ("\"'\\u20ac'\"", "`'\u20ac'`", "Write plain ASCII in single quotes: a header can hold nothing else."),
    ],
)
def test_sources(source: str, shown: str, fix: str) -> None:
    place = 'apis.orders.gatewayResponses.DEFAULT_4XX.responseParameters["gatewayresponse.header.x-a"]'
    assert rule_problems(header(source)).startswith(f"emulator.yaml:6: {place}: {shown}; {SOURCE} {fix}")


def test_a_header_by_a_name_that_no_browser_sends_to_aws() -> None:
    assert rule_problems(header("method.request.header.Origin")).endswith(
        ": `method.request.header.Origin`, which no browser sends to AWS by this name; expected the name in "
        "lower case, as HTTP/2 has it. Write `method.request.header.origin`."
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "Access-Control-Allow-Origin",
            f"`Access-Control-Allow-Origin`; {NAME} Write `gatewayresponse.header.Access-Control-Allow-Origin`.",
        ),
        ("method.response.header.x-a", f"`method.response.header.x-a`; {NAME} Write `gatewayresponse.header.x-a`."),
        (
            "gatewayresponse.header.",
            f"`gatewayresponse.header.`; {NAME} Write `gatewayresponse.header.Access-Control-Allow-Origin`.",
        ),
        (
            "gatewayresponse.header.Content-Length",
            (
                "the header `Content-Length`; expected a header that does not frame the answer. Remove it: whoever "
                "sends the answer writes this header."
            ),
        ),
    ],
)
def test_names(name: str, message: str) -> None:
    assert rule_problems(header("context.stage", name)).endswith(f": {message}")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("json: a", "`json`; expected a media type, without parameters. Write `application/json`."),
        (
            "application/json: '#set($x = 1)$x'",
            (
                "`#set`, which is sent as it stands; expected a template that is no VTL. Write it without: only "
                "`$context`, `$stageVariables` and `$method.request` are filled in."
            ),
        ),
        (
            "application/json: $util.escape()",
            "`$util`, which is sent as it stands; expected a template that is no VTL. ",
        ),
    ],
)
def test_templates(template: str, message: str) -> None:
    """VTL is a warning: AWS takes it, and sends it as text."""
    said = rule_problems(api(f"DEFAULT_4XX: {{responseTemplates: {{{template}}}}}"))
    assert message in said
    assert ("warning: " in said) == ("VTL" in message)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("statusCode: 199", "`199`; expected a status from 200 to 599. Write it like `statusCode: 404`."),
        ("statusCode: none", "`none`; expected a status from 200 to 599. Write it like `statusCode: 404`."),
        ("StatusCode: 404", "the unknown key `StatusCode`; expected `statusCode`. Write `statusCode` instead."),
        (
            "headers: {}",
            "the unknown key `headers`; expected `responseParameters`. Write `responseParameters` instead.",
        ),
        (
            "responseParameters: {Headers: {x-a: \"'*'\"}}",
            "a mapping; expected a text in single quotes, or the name of a value. Write it like `Headers: \"'*'\"`.",
        ),
    ],
)
def test_shapes(line: str, message: str) -> None:
    said = shape_problems(api("DEFAULT_4XX:", f"  {line}"))
    assert said.startswith("emulator.yaml:7: apis.orders.gatewayResponses.DEFAULT_4XX.")
    assert said.endswith(f": {message}")


def test_an_entry_of_nothing() -> None:
    assert ": nothing; expected a mapping with `statusCode`" in shape_problems(api("DEFAULT_4XX:"))
