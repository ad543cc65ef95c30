from emulator.aws import integrations as aws
from emulator.aws.integrations import ContentHandling, LambdaProxy, Mappings, Mock, PassthroughBehavior
from emulator.config.emulator_yaml.integrations import integration_of
from emulator.config.emulator_yaml.schema.rest_api import RestMethod

MOCK = {
    "type": "mock",
    "requestTemplates": {"application/json": "{}"},
    "passthroughBehavior": "NEVER",
    "contentHandling": "CONVERT_TO_TEXT",
    "responses": {
        "default": {"statusCode": "200", "responseParameters": {"method.response.header.a": "'1'"}},
        "4\\d{2}": {"statusCode": 404, "responseTemplates": {"text/plain": "no"}},
    },
}


def test_a_mock_as_openapi_has_it() -> None:
    made = integration_of(RestMethod.model_validate({"integration": MOCK}), 29000)
    assert made == Mock(
        Mappings(
            request_templates=(("application/json", "{}"),),
            passthrough_behavior=PassthroughBehavior.NEVER,
            content_handling=ContentHandling.CONVERT_TO_TEXT,
            responses=(
                aws.IntegrationResponse(200, "", (("method.response.header.a", "'1'"),)),
                aws.IntegrationResponse(404, "4\\d{2}", (), (("text/plain", "no"),)),
            ),
        )
    )


def test_a_function_answers_by_proxy() -> None:
    own, of_api = (RestMethod.model_validate({"function": "f", **more}) for more in ({"timeoutInMillis": 50}, {}))
    assert integration_of(own, 29000) == LambdaProxy("f", "1.0", 0.05)
    assert integration_of(of_api, 29000) == LambdaProxy("f", "1.0", 29.0)


def test_a_method_that_nothing_answers_has_none() -> None:
    assert integration_of(RestMethod(), 29000) is None
