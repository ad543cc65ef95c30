from emulator.aws.rest_api.method_request import ASKS_NOTHING, ApiKeySource, MethodRequest, RequestValidator


def test_most_methods_ask_nothing() -> None:
    assert MethodRequest() == ASKS_NOTHING
    assert not ASKS_NOTHING.api_key_required
    validator = RequestValidator("all")
    assert (validator.validate_request_body, validator.validate_request_parameters) == (False, False)
    assert list(ApiKeySource) == ["HEADER", "AUTHORIZER"]
