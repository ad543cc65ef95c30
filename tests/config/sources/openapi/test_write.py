"""Import of an export is what was exported, for every API that a document can hold."""

import json
from dataclasses import replace
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from config.sources.openapi.documents import read
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import ConfiguredRoute, HttpApi
from emulator.aws.integrations import (
    ContentHandling,
    HttpCustom,
    HttpProxy,
    IntegrationResponse,
    LambdaCustom,
    LambdaProxy,
    Mappings,
    Mock,
    NotEmulated,
    PassthroughBehavior,
)
from emulator.aws.methods import ROUTE_METHODS
from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.aws.rest_api.method_request import MethodRequest
from emulator.aws.rest_api.rest_api import Method, RestApi
from emulator.config.sources.openapi.write import INTEGRATION, not_written, write_openapi
from products import a_route
from tokens import users

TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f\x85\xa0"), max_size=20)
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,9}", fullmatch=True)
TOKENS = st.from_regex(r"[A-Za-z][A-Za-z-]{0,9}", fullmatch=True)
MEDIA_TYPES = st.sampled_from(["application/json", "text/plain", "image/png", "*/*"])
PATHS = st.sampled_from(["/", "/a", "/a/b", "/items", "/items/{id}", "/items/{id}/all", "/files/{proxy+}"])
METHODS = st.sampled_from(list(ROUTE_METHODS))
CONVERSIONS = st.sampled_from([None, *ContentHandling])


def pairs(keys: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    return st.dictionaries(keys, TEXT, max_size=2).map(lambda found: tuple(found.items()))


HEADERS = TOKENS.map(lambda name: f"method.response.header.{name}")
RESPONSES = st.builds(
    IntegrationResponse,
    st.integers(100, 599),
    st.sampled_from(["", "2\\d{2}", ".*Exception.*", "404"]),
    pairs(HEADERS),
    pairs(MEDIA_TYPES),
    CONVERSIONS,
)
MAPPINGS = st.builds(
    Mappings,
    pairs(TOKENS.map(lambda name: f"integration.request.header.{name}")),
    pairs(MEDIA_TYPES),
    st.sampled_from(PassthroughBehavior),
    CONVERSIONS,
    st.lists(RESPONSES, max_size=3, unique_by=lambda one: one.selection_pattern).map(tuple),
)
TIMEOUTS = st.integers(50, 29000).map(lambda ms: ms / 1000)
REST_INTEGRATIONS = st.builds(LambdaProxy, NAMES, st.just("1.0"), TIMEOUTS) | st.builds(Mock, MAPPINGS)
HTTP_INTEGRATIONS = st.builds(LambdaProxy, NAMES, st.sampled_from(["1.0", "2.0"]), TIMEOUTS)
GATEWAY_RESPONSES = st.builds(
    GatewayResponse,
    st.sampled_from(["DEFAULT_4XX", "UNAUTHORIZED", "THROTTLED"]),
    st.none() | st.integers(200, 599),
    pairs(TOKENS.map(lambda name: f"gatewayresponse.header.{name}")),
    pairs(MEDIA_TYPES),
)
REST_APIS = st.builds(
    RestApi,
    st.just("shop"),
    st.just("abcdef1234"),
    st.dictionaries(st.tuples(METHODS, PATHS), REST_INTEGRATIONS, min_size=1, max_size=5).map(
        lambda found: tuple(Method(*key, integration) for key, integration in found.items())
    ),
    st.just("dev"),
    binary_media_types=st.lists(MEDIA_TYPES, max_size=2, unique=True).map(tuple),
    gateway_responses=st.lists(GATEWAY_RESPONSES, max_size=2, unique_by=lambda one: one.response_type).map(tuple),
)
KEYS = st.just("$default") | st.tuples(METHODS, PATHS).map(" ".join)
LISTS = st.lists(TOKENS, max_size=2).map(tuple)
CORS = st.builds(CorsConfiguration, LISTS, LISTS, LISTS, LISTS, st.booleans(), st.none() | st.integers(-1, 86400))
HTTP_APIS = st.builds(
    HttpApi,
    st.just("shop"),
    st.just("abcdef1234"),
    st.dictionaries(KEYS, HTTP_INTEGRATIONS, min_size=1, max_size=5).map(
        lambda found: tuple(ConfiguredRoute(*entry) for entry in found.items())
    ),
    cors=st.none() | CORS,
)


def in_one_order(api: Any) -> Any:
    """The order of routes is no one's business: which is taken goes by what is most specific."""
    if isinstance(api, RestApi):
        return replace(api, methods=tuple(sorted(api.methods, key=lambda one: one.key)))
    return replace(api, routes=tuple(sorted(api.routes, key=lambda one: one.route_key)))


def imported(api: RestApi | HttpApi, *, as_json: bool) -> Any:
    document = write_openapi(api)
    text = json.dumps(document) if as_json else yaml.safe_dump(document, sort_keys=False, width=120)
    found = read(text, "rest" if isinstance(api, RestApi) else "http", functions=None)
    assert found.problems == ()
    return in_one_order(found.api)


@settings(max_examples=60)
@given(REST_APIS | HTTP_APIS, st.booleans())
def test_the_import_of_an_export_is_the_same(api: RestApi | HttpApi, as_json: bool) -> None:
    assert imported(api, as_json=as_json) == in_one_order(api)


def written(integration: Any) -> Any:
    api = RestApi("shop", "abcdef1234", (Method("GET", "/x", integration),), "dev")
    return write_openapi(api)["paths"]["/x"]["get"][INTEGRATION]


def test_integrations_that_are_not_served_yet() -> None:
    behaviour = {"passthroughBehavior": "when_no_match"}
    assert written(LambdaCustom("f")).items() >= {"type": "aws", "httpMethod": "POST", **behaviour}.items()
    http = {"httpMethod": "PUT", "uri": "https://a.test", "timeoutInMillis": 29000}
    assert written(HttpProxy("PUT", "https://a.test")) == {"type": "http_proxy", **http}
    assert written(HttpProxy("PUT", "https://a.test", (("a", "b"),)))["requestParameters"] == {"a": "b"}
    assert written(HttpCustom("PUT", "https://a.test")) == {"type": "http", **http, **behaviour}


def test_what_is_not_written_is_named() -> None:
    asking = Method("GET", "/x", Mock(), MethodRequest(api_key_required=True))
    api = RestApi("shop", "abcdef1234", (asking, Method("GET", "/y", NotEmulated("a queue"))), "dev")
    api = replace(api, not_emulated=(("GET /y", "a queue"),))
    assert not_written(api) == ("a queue", "what `GET /x` asks of a request")
    assert not_written(HttpApi("shop", "abcdef1234", ())) == ()
    assert written(NotEmulated("a queue")) == {}


def test_an_authorizer_is_not_left_out_without_a_word() -> None:
    guarded = replace(a_route("GET /x"), authorizer=users())
    assert not_written(HttpApi("shop", "id", (guarded, a_route("GET /y")))) == ("the authorizer of `GET /x`",)
