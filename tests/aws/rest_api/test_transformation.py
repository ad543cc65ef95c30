"""What a non-proxy integration makes of a request and of what comes back, template by template. What templates can say
is tested in test_mapping_template.py."""

import pytest

from emulator.aws.integrations import ContentHandling, IntegrationResponse, LambdaProxy, Mappings, PassthroughBehavior
from emulator.aws.lambda_proxy.request_context import Stage
from emulator.aws.product import Route
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.rest_api import transformation
from emulator.aws.rest_api.mapping_template import Overrides, TemplateError
from emulator.aws.rest_api.request_values import request_values
from emulator.aws.rest_api.transformation import (
    Given,
    Payload,
    Returned,
    chosen_response,
    chosen_template,
    method_response,
    pattern_problem,
    request_payload,
)
from emulator.messages import Headers, Request, Response
from products import STAMP

STAGE = Stage("abc123", "dev", (("table", "orders"),))
ROUTE = Route("POST /p", "/p", (), "/p", "", LambdaProxy("f", "1.0"))
JSON, XML = "application/json", "application/xml"
DEFAULT = IntegrationResponse(200)
OK = Returned("200", 200)
MATCH, TEMPLATES, NEVER = PassthroughBehavior
TEXT = ContentHandling.CONVERT_TO_TEXT


def given(content_type: str | None = None, accept: str | None = None, binary: tuple[str, ...] = ()) -> Given:
    named = (("Content-Type", content_type), ("Accept", accept))
    headers: Headers = tuple((name, value) for name, value in named if value is not None)
    request = Request("POST", "/dev/p", headers=headers, body=b"as is")
    return Given(request, request_values(request, ROUTE, STAGE, STAMP), binary)


def of_templates(*media_types: str, behavior: PassthroughBehavior = MATCH) -> Mappings:
    return Mappings(request_templates=tuple((one, f"for {one}") for one in media_types), passthrough_behavior=behavior)


@pytest.mark.parametrize(
    ("template", "content_type", "by_behavior"),
    [
        (JSON, None, ("template",) * 3),
        (JSON, JSON, ("template",) * 3),
        (JSON, "application/json; charset=UTF-8", ("template",) * 3),
        (JSON, XML, ("as is", "415", "415")),
        (XML, None, ("as is", "415", "415")),
        (XML, JSON, ("as is", "415", "415")),
        (XML, XML, ("template",) * 3),
        ("$default", XML, ("template",) * 3),
        (None, XML, ("as is", "as is", "415")),
    ],
)
@pytest.mark.parametrize("behavior", PassthroughBehavior)
def test_passthrough(
    template: str | None, content_type: str | None, by_behavior: tuple[str, str, str], behavior: PassthroughBehavior
) -> None:
    """AWS: Method request behavior for payloads without mapping templates for REST APIs, the tables of its examples."""
    mappings = of_templates(*([template] if template else []), behavior=behavior)
    expected = by_behavior[list(PassthroughBehavior).index(behavior)]
    made = request_payload(mappings, given(content_type))
    if expected == "415":
        assert isinstance(made, Refusal)
        assert made.kind is RefusalKind.UNSUPPORTED_MEDIA_TYPE
        assert f"passthroughBehavior is {behavior.value}" in made.reason
    else:
        assert made == Payload(f"for {template}".encode() if expected == "template" else b"as is")


@pytest.mark.parametrize(
    ("binary", "content_type", "handling", "fails"),
    [
        (("*/*",), None, None, True),
        (("*/*",), None, ContentHandling.CONVERT_TO_BINARY, True),
        (("*/*",), None, TEXT, False),
        (("image/png",), None, None, False),
        (("application/json",), JSON, None, True),
    ],
)
def test_a_template_reads_no_binary_body(
    binary: tuple[str, ...], content_type: str | None, handling: ContentHandling | None, fails: bool
) -> None:
    """As users of AWS have met it: aws/chalice#1310, clebert/aws-simple#167."""
    mappings = Mappings(request_templates=((JSON, "{}"), ("$default", "{}")), content_handling=handling)
    made = request_payload(mappings, given(content_type, binary=binary))
    assert (isinstance(made, Refusal) and made.kind is RefusalKind.TRANSFORMATION_FAILED) == fails


LAMBDA = (DEFAULT, IntegrationResponse(405, ".*four hundred.*"), IntegrationResponse(502, ".+"))
STATUSES = (DEFAULT, IntegrationResponse(400, r"4\d{2}"), IntegrationResponse(404, r"4\d{2}"))


@pytest.mark.parametrize(
    ("responses", "returned", "status"),
    [
        pytest.param((*LAMBDA, IntegrationResponse(504, "200")), Returned("", None), 200, id="success-is-default"),
        pytest.param(LAMBDA, Returned("Error: four hundred here", None), 405, id="first-that-matches"),
        pytest.param(LAMBDA, Returned("Error: five hundred here", None), 502, id="any-error"),
        pytest.param((DEFAULT, IntegrationResponse(400, ".*")), Returned("", None), 400, id="matches-no-message-too"),
        pytest.param((DEFAULT, IntegrationResponse(500, ".+")), Returned("a\nb", None), 200, id="not-across-lines"),
        pytest.param((DEFAULT, IntegrationResponse(500, r"(\n|.)+")), Returned("a\nb", None), 500, id="across-lines"),
        pytest.param(STATUSES, Returned("201", 201), 200, id="no-pattern-for-it"),
        pytest.param(STATUSES, Returned("404", 404), 404, id="own-status"),
        pytest.param(STATUSES, Returned("422", 422), 400, id="first-of-two"),
        pytest.param((IntegrationResponse(400, "Malformed.*"),), Returned("", None), None, id="none"),
        pytest.param((IntegrationResponse(400, "("),), Returned("(", None), None, id="not-a-pattern"),
    ],
)
def test_selection(responses: tuple[IntegrationResponse, ...], returned: Returned, status: int | None) -> None:
    """localstack/localstack, test_lambda_selection_patterns and test_http_integration_status_code_selection, validated
    on AWS; rpgreen/apigateway-mapping-examples; several that match: ministackorg/ministack#1756."""
    chosen = chosen_response(responses, returned)
    assert (None if chosen is None else chosen.status_code) == status


def answer(response: IntegrationResponse, returned: Returned = OK, earlier: Overrides | None = None) -> Response:
    made = method_response((response,), given(), returned, earlier or Overrides())
    assert isinstance(made, Response)
    return made


def test_without_a_response_nothing_can_be_answered() -> None:
    made = method_response((), given(), OK, Overrides())
    assert isinstance(made, Refusal)
    assert (made.kind, made.reason) == (
        RefusalKind.API_CONFIGURATION_ERROR,
        "no integration response takes `200`, and none is the default",
    )


def test_what_came_back_is_passed_on_without_a_template() -> None:
    response = answer(IntegrationResponse(204), Returned("200", 200, (("ETag", "1"),), b"raw"))
    assert response == Response(204, (("Content-Type", JSON),), b"raw")


HEADERS = (("ETag", "7"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("'*'", "*"),
        ("integration.response.header.ETag", "7"),
        ("integration.response.header.etag", None),
        ("integration.response.multivalueheader.Set-Cookie", "a=1,b=2"),
        ("integration.response.multivalueheader.none", None),
        ("context.stage", "dev"),
        ("stageVariables.table", "orders"),
        ("method.request.header.Content-Type", None),
    ],
)
def test_mapped_headers(source: str, value: str | None) -> None:
    response = IntegrationResponse(200, "", (("method.response.header.X-A", source),))
    assert answer(response, Returned("200", 200, HEADERS)).header("x-a") == value


def test_a_mapped_content_type_is_the_only_one() -> None:
    response = IntegrationResponse(200, "", (("method.response.header.content-type", "'text/html'"),))
    assert answer(response).headers == (("content-type", "text/html"),)


def test_reserved_names_are_remapped() -> None:
    response = IntegrationResponse(200, "", (("method.response.header.Server", "'x'"),))
    assert answer(response).header("x-amzn-remapped-server") == "x"


@pytest.mark.parametrize(("status", "sent"), [(444, 444), (99, 200), (600, 200), (None, 200)])
def test_overrides(status: int | None, sent: int) -> None:
    response = IntegrationResponse(200, "", (("method.response.header.Foo", "'mapped'"),))
    made = answer(response, earlier=Overrides(status=status, response_headers=(("foo", "bar"),)))
    assert (made.status, made.headers) == (sent, (("Content-Type", JSON), ("foo", "bar")))


@pytest.mark.parametrize(
    ("templates", "accept", "chosen"),
    [
        ((XML,), XML, XML),
        ((XML,), None, XML),
        ((XML,), "text/plain", XML),
        ((XML, JSON), None, JSON),
        ((XML, JSON), "application/xml;q=0.9", XML),
        ((XML, JSON), f"{JSON}, {XML}", XML),
    ],
)
def test_the_response_template(templates: tuple[str, ...], accept: str | None, chosen: str) -> None:
    """AWS: Mapping template transformations for REST APIs, how a template is selected."""
    assert chosen_template(tuple((one, f"<{one}>") for one in templates), accept) == (chosen, f"<{chosen}>")


def test_a_template_makes_the_body() -> None:
    made = answer(IntegrationResponse(200, response_templates=((XML, "<x/>"),)), Returned("200", 200, (), b"raw"))
    assert made == Response(200, (("Content-Type", XML),), b"<x/>")


def test_a_template_that_fails_is_refused_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transformation, "render", lambda *_: TemplateError(3, "no #end"))
    templates = ((JSON, "#if"),)
    request = request_payload(Mappings(request_templates=templates), given())
    response = method_response((IntegrationResponse(200, response_templates=templates),), given(), OK, Overrides())
    for which, refusal in (("request", request), ("response", response)):
        reason = f"the {which} template fails, line 3: no #end"
        assert refusal == Refusal(RefusalKind.TRANSFORMATION_FAILED, reason)


@pytest.mark.parametrize(("pattern", "problem"), [(r"4\d{2}", None), ("(", "missing ), unterminated subpattern at")])
def test_patterns(pattern: str, problem: str | None) -> None:
    said = pattern_problem(pattern)
    assert said is None if problem is None else said is not None and said.startswith(problem)
