"""Judges a validated Configuration by what AWS refuses (rules/), resource by resource."""

from collections.abc import Iterator, Mapping

from emulator.aws.authorizers.jwt import JwtAuthorizer
from emulator.aws.stage_variables import with_stage_variables
from emulator.config.complaint import Complaint
from emulator.config.emulator_yaml.schema.configuration import Api, Configuration
from emulator.config.emulator_yaml.schema.function_url import FunctionUrl
from emulator.config.emulator_yaml.schema.http_api import HttpApi
from emulator.config.emulator_yaml.schema.rest_api import RestApi
from emulator.config.rules.apis import unknown_function_complaints
from emulator.config.rules.authorizers import authorizer_complaints, guarded_complaints
from emulator.config.rules.deployments import deployment_complaints
from emulator.config.rules.method_requests import validator_complaints
from emulator.config.rules.routes import answered_complaints, http_route_complaints, rest_method_complaints
from emulator.config.yaml.document import Data, value_at
from emulator.deployment import Deployment, Resource
from emulator.spelling import near


def judge(configuration: Configuration, deployment: Deployment, data: dict[str, Data]) -> Iterator[Complaint]:
    """Complain of everything AWS refuses. `deployment` is what build.py makes of the configuration, `data` is the whole
    file: what is declared in it counts, sound or not."""
    apis = data.get("apis")
    yield from deployment_complaints(deployment, tuple(apis) if isinstance(apis, dict) else ())
    for name, api in configuration.apis.items():
        if not isinstance(api, FunctionUrl):
            complaints = http_route_complaints if isinstance(api, HttpApi) else rest_method_complaints
            yield from complaints(api.routes, ("api", name, "route"))
        if isinstance(api, HttpApi):
            yield from _authorizers(name, api, data)
        if isinstance(api, RestApi):
            answered = [(key, one.function is not None, one.integration is not None) for key, one in api.routes.items()]
            yield from answered_complaints(answered, ("api", name, "route"))
            named = [(key, one.request_validator) for key, one in api.routes.items()]
            validators = [(key, one.name) for key, one in named if one is not None and one.name is not None]
            yield from validator_complaints(validators, api.request_validators, ("api", name, "route"))
        if isinstance(api, HttpApi | RestApi) and api.openapi is not None:
            yield from _declared_twice(name, apis)
    declared = declared_functions(data)
    if declared is not None:
        yield from unknown_function_complaints(_named_functions(configuration.apis), declared)


OF_THE_DOCUMENT = {
    "routes": "paths",
    "cors": "x-amazon-apigateway-cors",
    "gatewayResponses": "x-amazon-apigateway-gateway-responses",
    "binaryMediaTypes": "x-amazon-apigateway-binary-media-types",
    "authorizers": "securitySchemes",
    "payloadFormatVersion": "payloadFormatVersion",
}
"""Maps what an OpenAPI document declares to how it does."""


def _declared_twice(name: str, apis: Data) -> Iterator[Complaint]:
    """Complain of what an API declares beside its OpenAPI document, which declares it alone."""
    api = apis.get(name) if isinstance(apis, dict) else None
    for key in OF_THE_DOCUMENT.keys() & (api.keys() if isinstance(api, dict) else ()):
        fix = f"Move it into the document, as `{OF_THE_DOCUMENT[key]}`, or remove `openapi`."
        place: Resource = ("api", name, key)
        yield Complaint(place, f"`{key}` beside `openapi`", "an API that one of the two declares", fix)


def _authorizers(name: str, api: HttpApi, data: dict[str, Data]) -> Iterator[Complaint]:
    """Complain of an API's authorizers; what is declared in the file counts, sound or not."""
    place: Resource = ("api", name)
    yield from authorizer_complaints(
        (
            JwtAuthorizer(key, one.jwt_configuration.issuer, one.jwt_configuration.audience, "", one.identity_source)
            for key, one in api.authorizers.items()
        ),
        (*place, "authorizers"),
    )
    declared = value_at(("apis", name, "authorizers"), data)
    routes = ((key, route.authorizer, route.authorization_scopes) for key, route in api.routes.items())
    names = tuple(map(str, declared)) if isinstance(declared, dict) else ()
    yield from guarded_complaints(routes, names, (*place, "route"))


def declared_functions(data: dict[str, Data]) -> frozenset[str] | None:
    """Return the names under `functions`, sound or not; None when that section is no mapping or its key is misspelt."""
    if "functions" not in data:
        return None if any(near(key, ["functions"]) for key in data) else frozenset()
    functions = data["functions"]
    return frozenset(functions) if isinstance(functions, dict) else None


def _named_functions(apis: Mapping[str, Api]) -> Iterator[tuple[Resource, str]]:
    for name, api in apis.items():
        if isinstance(api, FunctionUrl):
            yield ("api", name, "function"), api.function
        else:
            for key, route in api.routes.items():
                if route.function is not None:
                    function = with_stage_variables(route.function, api.stage_variables)
                    yield ("api", name, "route", key, "function"), function
