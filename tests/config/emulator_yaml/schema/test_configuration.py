"""Types, defaults and ranges, from text as it stands in the file."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

import emulator
from emulator.config.emulator_yaml.schema.configuration import Configuration
from emulator.config.emulator_yaml.schema.cors import Cors
from emulator.config.emulator_yaml.schema.function import Function
from emulator.config.emulator_yaml.schema.http_api import HttpApi, HttpRoute
from emulator.config.emulator_yaml.schema.rest_api import RestApi, RestMethod


def test_names_are_awss_camel_case_and_nothing_else():
    cors = Cors.model_validate({"allowOrigins": ["https://a"], "allowCredentials": "true", "maxAge": "-1"})
    assert (cors.allow_origins, cors.allow_credentials, cors.max_age) == (("https://a",), True, -1)
    with pytest.raises(ValidationError):
        Cors.model_validate({"allow_origins": ["https://a"]})


def test_defaults_are_lambdas_and_api_gateways():
    function = Function.model_validate({"handler": "a.b"})
    assert (function.code_uri, function.runtime, function.timeout, function.memory_size) == (".", "python3.12", 3, 128)
    assert (function.python, function.command, function.environment, function.max_concurrency) == (None, None, {}, 10)
    http = HttpApi.model_validate({"type": "http", "routes": {"GET /": "a"}})
    assert (http.stage, http.payload_format_version, http.timeout_in_millis, http.port) == (
        "$default",
        "2.0",
        30000,
        None,
    )
    rest = RestApi.model_validate({"type": "rest", "routes": {"GET /": "a"}})
    assert (rest.stage, rest.timeout_in_millis, rest.binary_media_types) == ("dev", 29000, ())


def test_the_short_form_of_a_route_is_its_function():
    http = HttpApi.model_validate({"type": "http", "routes": {"GET /a": "f", "GET /b": {"function": "f"}}})
    assert http.routes["GET /a"] == http.routes["GET /b"] == HttpRoute(function="f")
    rest = RestApi.model_validate({"type": "rest", "routes": {"GET /a": "f", "GET /b": {"function": "f"}}})
    assert rest.routes["GET /a"] == rest.routes["GET /b"] == RestMethod(function="f")


@pytest.mark.parametrize("text", ["true", "yes", "on"])
def test_booleans_by_any_of_yamls_names(text):
    assert Cors.model_validate({"allowCredentials": text}).allow_credentials is True


@pytest.mark.parametrize(
    ("section", "key", "lowest", "highest"),
    [
        pytest.param(Function, "timeout", 1, 900, id="function-timeout"),
        pytest.param(Function, "memorySize", 128, 10240, id="memory"),
        pytest.param(Function, "maxConcurrency", 1, 1000, id="concurrency"),
        pytest.param(HttpApi, "port", 0, 65535, id="port"),
        pytest.param(HttpApi, "timeoutInMillis", 50, 30000, id="http-timeout"),
        pytest.param(HttpRoute, "timeoutInMillis", 50, 30000, id="route-timeout"),
        pytest.param(RestApi, "timeoutInMillis", 50, 29000, id="rest-timeout"),
        pytest.param(RestMethod, "timeoutInMillis", 50, 29000, id="method-timeout"),
    ],
)
def test_ranges(section, key, lowest, highest):
    sound = {
        Function: {"handler": "a.b"},
        HttpApi: {"type": "http", "routes": {"GET /": "a"}},
        HttpRoute: {"function": "a"},
        RestApi: {"type": "rest", "routes": {"GET /": "a"}},
        RestMethod: {"function": "a"},
    }[section]
    for value in (lowest, highest):
        assert section.model_validate({**sound, key: str(value)})
    for value in (lowest - 1, highest + 1):
        with pytest.raises(ValidationError):
            section.model_validate({**sound, key: str(value)})


def test_an_api_needs_routes_and_a_file_an_api():
    for data in ({}, {"apis": {}}, {"apis": {"a": {"type": "http", "routes": {}}}}):
        with pytest.raises(ValidationError):
            Configuration.model_validate(data)


def test_pydantic_is_imported_by_config_alone():
    """It takes a tenth of a second: commands that read no configuration do not pay for it."""
    package = Path(emulator.__file__).parent
    importing = re.compile(r"^\s*(from|import) pydantic", re.MULTILINE)
    files = [path for path in package.rglob("*.py") if importing.search(path.read_text())]
    assert {path.relative_to(package).parts[0] for path in files} == {"config"}
