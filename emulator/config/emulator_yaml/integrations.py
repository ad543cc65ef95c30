"""Makes what stands behind a method of a REST API of what emulator.yaml says."""

from emulator.aws import integrations as aws
from emulator.aws.integrations import ContentHandling, PassthroughBehavior
from emulator.config.emulator_yaml.schema.integration import Integration, IntegrationResponse
from emulator.config.emulator_yaml.schema.rest_api import RestMethod

DEFAULT = "default"
"""The key of the response that has no pattern, as in OpenAPI."""


def integration_of(method: RestMethod, timeout_ms: int) -> aws.Integration | None:
    """Make the integration, which waits `timeout_ms` where the method does not say; None where it has none."""
    if method.integration is not None:
        return aws.Mock(_mappings(method.integration))
    if method.function is not None:
        return aws.LambdaProxy(method.function, "1.0", (method.timeout_in_millis or timeout_ms) / 1000)
    return None


def _mappings(integration: Integration) -> aws.Mappings:
    return aws.Mappings(
        request_templates=tuple(integration.request_templates.items()),
        passthrough_behavior=PassthroughBehavior(integration.passthrough_behavior),
        content_handling=_conversion(integration.content_handling),
        responses=tuple(_response(*entry) for entry in integration.responses.items()),
    )


def _response(pattern: str, response: IntegrationResponse) -> aws.IntegrationResponse:
    return aws.IntegrationResponse(
        response.status_code,
        "" if pattern == DEFAULT else pattern,
        tuple(response.response_parameters.items()),
        tuple(response.response_templates.items()),
        _conversion(response.content_handling),
    )


def _conversion(name: str | None) -> ContentHandling | None:
    return None if name is None else ContentHandling(name)
