"""Whether a request has what its method requires of parameters and body (AWS: Request validation for REST APIs in API
Gateway). What a body that is not of its model is told: model.py."""

from collections.abc import Iterator

from emulator.aws.lambda_proxy.event_encoding import media_type
from emulator.aws.lambda_proxy.request_headers import joined_headers
from emulator.aws.lambda_proxy.request_target import query_pairs
from emulator.aws.product import Route
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.rest_api.method_request import MethodRequest
from emulator.aws.rest_api.model import in_java_order, model_errors
from emulator.messages import Request

PLACES = ("header", "path", "querystring")
"""Where parameters are, in the order in which those that are missing are told (localstack/localstack,
test_api_gateway_request_validator, validated on AWS)."""

ANY_TYPE = "$default"
"""The content type of the model for bodies of which no other is (AWS::ApiGateway::Method, RequestModels)."""


def invalid(
    request: Request, route: Route, asked: MethodRequest, models: tuple[tuple[str, str], ...]
) -> Refusal | None:
    """Refuse what the method's validator finds wrong, parameters before the body; `models` are those of the API. None
    where it finds nothing, and where there is none."""
    validator = asked.validator
    if validator is None:
        return None
    if validator.validate_request_parameters:
        missing = list(missing_parameters(request, route, asked))
        if missing:
            message = f"Missing required request parameters: [{', '.join(missing)}]"
            return Refusal(RefusalKind.BAD_REQUEST_PARAMETERS, message, message, message)
    return _invalid_body(request, asked, models) if validator.validate_request_body else None


def missing_parameters(request: Request, route: Route, asked: MethodRequest) -> Iterator[str]:
    """Name the required parameters that are not there, or blank. Within one place they come in the order of a Java
    HashSet, which agrees with every recorded answer and is uncertain.

    Header names count without their case (uncertain): browsers speak HTTP/2 to AWS, which sends them in lower case.
    """
    given = {
        "header": joined_headers(request),
        "path": dict(route.parameters),
        "querystring": dict(query_pairs(request.raw_query.replace(";", "&"))),
    }
    required = [name.removeprefix("method.request.") for name, is_required in asked.request_parameters if is_required]
    for place in PLACES:
        names = [one.removeprefix(f"{place}.") for one in required if one.startswith(f"{place}.")]
        for name in in_java_order(names):
            key = name.lower() if place == "header" else name
            if not given[place].get(key, "").strip():
                yield name


def _invalid_body(request: Request, asked: MethodRequest, models: tuple[tuple[str, str], ...]) -> Refusal | None:
    """Hold a body against the model for its content type; where there is none it passes (AWS: Request validation for
    REST APIs in API Gateway). Without a Content-Type it is taken for JSON (localstack/localstack,
    test_api_gateway_request_validator_with_ref_one_ofmodels, validated on AWS)."""
    by_type = {content_type.lower(): model for content_type, model in asked.request_models}
    content_type = media_type(request.header("content-type")) or "application/json"
    name = by_type.get(content_type) or by_type.get(ANY_TYPE)
    errors = () if name is None else model_errors(request.body, name, models)
    if not errors:
        return None
    found = f"[{', '.join(errors)}]"
    reason = f"the body is not of the model {name}: {found}"
    return Refusal(RefusalKind.BAD_REQUEST_BODY, reason, validation_error=found)
