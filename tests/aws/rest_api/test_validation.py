"""What request validators refuse. The recorded answers are those of localstack/localstack (test_api_gateway_request_
validator and its kin, validated on AWS) and of AWS's own page api-gateway-request-validation-test."""

import json

import pytest

from emulator.aws.integrations import Mock
from emulator.aws.product import Route
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.rest_api.method_request import MethodRequest, RequestValidator
from emulator.aws.rest_api.validation import invalid
from emulator.messages import Headers, Request

MODELS = (("AB", json.dumps({"type": "object", "required": ["a", "b"]})), ("Any", "{}"))
PARAMETERS = (
    ("method.request.path.issuer", True),
    ("method.request.querystring.qs1", True),
    ("method.request.header.X-Header-Param", True),
    ("method.request.querystring.optional", False),
)
ALL = MethodRequest(PARAMETERS, (("application/json", "AB"),), RequestValidator("all", True, True))
BODY = MethodRequest((), (("application/json", "AB"),), RequestValidator("body", True))


def refused(
    asked: MethodRequest, query: str = "", headers: Headers = (), body: bytes = b"", path: str = "me"
) -> Refusal | None:
    route = Route("POST /{issuer}", "/{issuer}", (("issuer", path),) if path else (), "/", "", Mock())
    return invalid(Request("POST", "/x", query, headers=headers, body=body), route, asked, MODELS)


HEADER = (("x-header-param", "v"),)


@pytest.mark.parametrize(
    ("query", "headers", "path", "missing"),
    [
        pytest.param("", (), "", "X-Header-Param, issuer, qs1", id="header-path-querystring"),
        pytest.param("qs1=1", (), "me", "X-Header-Param", id="header"),
        pytest.param("qs1=", HEADER, "me", "qs1", id="blank"),
        pytest.param("QS1=1", HEADER, "me", "qs1", id="names-of-the-query-count-with-their-case"),
        pytest.param("qs1=%20", (("X-Header-Param", " "),), "me", "X-Header-Param, qs1", id="spaces-are-blank"),
    ],
)
def test_missing_parameters(query: str, headers: Headers, path: str, missing: str) -> None:
    message = f"Missing required request parameters: [{missing}]"
    found = refused(ALL, query, headers, b"no JSON", path)
    assert found == Refusal(RefusalKind.BAD_REQUEST_PARAMETERS, message, message, message)


def test_names_of_one_place_are_in_the_order_of_a_recorded_answer() -> None:
    asked = MethodRequest(
        (("method.request.querystring.dividend", True), ("method.request.querystring.divisor", True)),
        validator=RequestValidator("parameters", validate_request_parameters=True),
    )
    found = refused(asked)
    assert found is not None
    assert found.message == "Missing required request parameters: [divisor, dividend]"


@pytest.mark.parametrize(
    ("asked", "content_type", "body", "error"),
    [
        pytest.param(BODY, None, b"", "[Unknown error parsing request body]", id="empty-without-content-type"),
        pytest.param(BODY, "application/json; charset=utf-8", b"{", "[Unknown error parsing request body]", id="json"),
        pytest.param(
            BODY, "Application/JSON", b"{}", '[object has missing required properties (["a","b"])]', id="of-no-model"
        ),
        pytest.param(BODY, "application/json", b'{"a": 1, "b": 2}', None, id="of-the-model"),
        pytest.param(BODY, "text/plain", b"{", None, id="another-content-type-is-not-validated"),
        pytest.param(
            MethodRequest((), (("$default", "AB"),), RequestValidator("body", True)), "text/plain", b"{",
            "[Unknown error parsing request body]", id="default-model",
        ),
        pytest.param(MethodRequest(PARAMETERS, BODY.request_models), "application/json", b"{", None, id="no-validator"),
        pytest.param(
            MethodRequest((), BODY.request_models, RequestValidator("parameters", False, True)), "application/json",
            b"{", None, id="parameters-alone",
        ),
        pytest.param(MethodRequest((), (), RequestValidator("all", True, True)), None, b"{", None, id="no-model"),
    ],
)  # fmt: skip
def test_body(asked: MethodRequest, content_type: str | None, body: bytes, error: str | None) -> None:
    headers = () if content_type is None else (("Content-Type", content_type),)
    found = refused(asked, headers=headers, body=body)
    if error is None:
        assert found is None
    else:
        reason = f"the body is not of the model AB: {error}"
        assert found == Refusal(RefusalKind.BAD_REQUEST_BODY, reason, validation_error=error)
