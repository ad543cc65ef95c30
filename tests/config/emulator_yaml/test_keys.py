"""Every key has words of its own, and the examples in them are right."""

import pytest

from emulator.config.emulator_yaml.keys import API_TYPES, expectation, keys, path_of, section_at, sections
from emulator.config.emulator_yaml.schema.check import Check
from emulator.config.emulator_yaml.schema.configuration import Configuration
from emulator.config.emulator_yaml.schema.cors import Cors
from emulator.config.emulator_yaml.schema.frontend import Frontend
from emulator.config.emulator_yaml.schema.function import Function
from emulator.config.emulator_yaml.schema.function_url import FunctionUrl
from emulator.config.emulator_yaml.schema.http_api import HttpApi, HttpRoute
from emulator.config.emulator_yaml.schema.rest_api import RestApi, RestMethod
from emulator.config.yaml.document import read_document

SOUND = {
    Configuration: {"apis": {"up": {"type": "function-url", "function": "items"}}},
    Check: {"request": "GET /", "as": "https://shop.example.com", "expect": "blocked"},
    Cors: {},
    Frontend: {"origin": "https://shop.example.com"},
    Function: {"handler": "items.handler"},
    FunctionUrl: {"type": "function-url", "function": "items"},
    HttpApi: {"type": "http", "routes": {"GET /items": "items"}},
    HttpRoute: {"function": "items"},
    RestApi: {"type": "rest", "routes": {"GET /orders": "orders"}},
    RestMethod: {"function": "orders"},
}
DATA = {
    "apis": {"shop": {"type": "http"}, "admin": {"type": "rest"}, "up": {"type": "function-url"}, "odd": "text"},
}


@pytest.mark.parametrize(
    ("section", "name"),
    [pytest.param(section, name, id=f"{section.__name__}-{name}") for section in SOUND for name in keys(section)],
)
def test_the_example_of_a_key_is_accepted_where_it_is_given(section, name):
    key = keys(section)[name]
    example = read_document(key.example, "example").data
    assert list(example) == [name]
    assert section.model_validate({**SOUND[section], **example})
    assert key.meaning.endswith(".")


@pytest.mark.parametrize(
    ("path", "section"),
    [
        pytest.param((), Configuration, id="top"),
        pytest.param(("apis", "shop"), HttpApi, id="http"),
        pytest.param(("apis", "admin"), RestApi, id="rest"),
        pytest.param(("apis", "up"), FunctionUrl, id="function-url"),
        pytest.param(("apis", "odd"), None, id="no-api"),
        pytest.param(("apis", "absent"), None, id="absent"),
        pytest.param(("apis", "up", "cors"), Cors, id="cors"),
        pytest.param(("apis", "shop", "routes", "GET /"), HttpRoute, id="http-route"),
        pytest.param(("apis", "admin", "routes", "GET /"), RestMethod, id="rest-method"),
        pytest.param(("apis", "shop", "routes"), None, id="routes"),
        pytest.param(("functions", "items"), Function, id="function"),
        pytest.param(("frontends", 0), Frontend, id="frontend"),
        pytest.param(("checks", 0), Check, id="check"),
        pytest.param(("elsewhere",), None, id="elsewhere"),
    ],
)
def test_section_at(path, section):
    assert section_at(path, DATA) is section


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(("apis",), "at least one API", id="key"),
        pytest.param(("apis", "shop"), "a mapping with `type`", id="api"),
        pytest.param(
            ("apis", "shop", "routes", "GET /"), "the name of a function, or a mapping with `function`", id="route"
        ),
        pytest.param(("apis", "up", "cors", "allowOrigins", 0), "a list of origins", id="item-as-its-list"),
        pytest.param(("apis", "shop", "stageVariables", "a"), "text, a number or a boolean", id="stage-variable"),
        pytest.param(("functions", "items", "environment", "A"), "text, a number or a boolean", id="environment"),
        pytest.param(("functions", "items"), "a mapping with `handler`", id="function"),
        pytest.param(("frontends", 1), "a mapping with `origin`", id="frontend"),
    ],
)
def test_expectation(path, expected):
    assert expectation(path, DATA).expected == expected


def test_every_type_of_api_has_its_section():
    assert {name: section.model_fields["type"].annotation.__args__ for name, section in API_TYPES.items()} == {
        name: (name,) for name in API_TYPES
    }


@pytest.mark.parametrize(
    ("location", "path"),
    [
        pytest.param(("functions", "items", "timeout"), ("functions", "items", "timeout"), id="no-union"),
        pytest.param(("apis", "shop"), ("apis", "shop"), id="the-union-itself"),
        pytest.param(("apis", "shop", "http", "port"), ("apis", "shop", "port"), id="api"),
        pytest.param(
            ("apis", "shop", "http", "routes", "GET /", "function"),
            ("apis", "shop", "routes", "GET /", "function"),
            id="within-an-api",
        ),
        pytest.param(
            ("frontends", 0, "credentials", "by-api", "by-api"),
            ("frontends", 0, "credentials", "by-api"),
            id="key-with-the-name-of-the-tag",
        ),
        pytest.param(("frontends", 0, "credentials", "mode"), ("frontends", 0, "credentials"), id="mode"),
    ],
)
def test_path_of(location, path):
    assert path_of(location, DATA) == path


def test_every_section_is_found_once():
    found = sections()
    assert found[0] is Configuration
    assert {*SOUND, *API_TYPES.values()} < set(found)
    assert len(set(found)) == len(found)
