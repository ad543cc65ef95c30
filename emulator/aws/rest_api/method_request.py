"""What a method of a REST API asks of a request before its integration is called: an API key, parameters, a body of a
model. Who looks whether it is there: api_keys.py and validation.py.

The fields are those of AWS's Method and RequestValidator (Amazon API Gateway REST API reference), with its names.
"""

from dataclasses import dataclass
from enum import StrEnum


class ApiKeySource(StrEnum):
    """Where an API key is read from: the header X-API-Key, or what a Lambda authorizer returns as
    `usageIdentifierKey`."""

    HEADER = "HEADER"
    AUTHORIZER = "AUTHORIZER"


@dataclass(frozen=True, slots=True)
class RequestValidator:
    """What of a request is validated at all; without one, requirements are documentation."""

    name: str
    validate_request_body: bool = False
    validate_request_parameters: bool = False


@dataclass(frozen=True, slots=True)
class MethodRequest:
    """What one method asks. `request_parameters` map `method.request.header|querystring|path.NAME` to whether it is
    required; `request_models` map content types, or `$default`, to names of the API's models."""

    request_parameters: tuple[tuple[str, bool], ...] = ()
    request_models: tuple[tuple[str, str], ...] = ()
    validator: RequestValidator | None = None
    api_key_required: bool = False


ASKS_NOTHING = MethodRequest()
"""What most methods ask."""
