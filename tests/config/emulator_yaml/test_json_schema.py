"""The JSON Schema for editors says what the schema says: every key with its description, and no key more."""

import json
import re

import pytest

from emulator.config.emulator_yaml.json_schema import json_schema
from emulator.config.emulator_yaml.keys import keys, sections
from emulator.config.emulator_yaml.schema.configuration import Configuration


def definition(name):
    schema = json_schema()
    return schema if name == "Configuration" else schema["$defs"][name]


def test_it_is_json_schema_2020_12():
    schema = json.loads(json.dumps(json_schema()))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == "emulator.yaml"
    assert schema["required"] == ["apis"]
    assert set(schema["$defs"]) == {section.__name__ for section in sections() if section is not Configuration}


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.__name__)
def test_every_key_is_described_and_no_other_is_allowed(section):
    schema = definition(section.__name__)
    assert schema["additionalProperties"] is False
    assert list(schema["properties"]) == list(keys(section))
    for name, key in keys(section).items():
        assert schema["properties"][name]["description"].startswith(key.meaning)
        assert schema["properties"][name]["description"].endswith(f"`{key.example}`")


def test_every_reference_leads_somewhere_and_nothing_of_pydantic_is_left():
    text = json.dumps(json_schema())
    assert set(re.findall(r'"#/\$defs/(\w+)"', text)) == set(json_schema()["$defs"])
    for leftover in ('"null"', "discriminator", '"title": "T', "None"):
        assert leftover not in text


@pytest.mark.parametrize(
    ("api", "key", "is_allowed"),
    [
        pytest.param("HttpApi", "GET /items/{id}", True, id="http-method-and-path"),
        pytest.param("HttpApi", "ANY /{proxy+}", True, id="http-any"),
        pytest.param("HttpApi", "$default", True, id="http-default"),
        pytest.param("HttpApi", "get /items", False, id="http-lower-case"),
        pytest.param("HttpApi", "/items", False, id="http-no-method"),
        pytest.param("HttpApi", "x$default", False, id="http-not-quite-default"),
        pytest.param("RestApi", "GET /", True, id="rest-root"),
        pytest.param("RestApi", "$default", False, id="rest-default"),
    ],
)
def test_route_keys_by_pattern(api, key, is_allowed):
    routes = definition(api)["properties"]["routes"]
    assert routes["additionalProperties"] is False
    (pattern,) = routes["patternProperties"]
    assert bool(re.search(pattern, key)) is is_allowed


def test_a_route_is_a_name_or_a_mapping():
    routes = definition("HttpApi")["properties"]["routes"]["patternProperties"].values()
    assert list(routes) == [{"anyOf": [{"type": "string"}, {"$ref": "#/$defs/HttpRoute"}]}]


@pytest.mark.parametrize(("section", "key"), [("Function", "environment"), ("HttpApi", "stageVariables")])
def test_variables_need_no_quotes(section, key):
    variables = definition(section)["properties"][key]
    assert variables["additionalProperties"] == {"type": ["string", "number", "boolean"]}


def test_the_payload_format_version_needs_no_quotes():
    assert definition("HttpRoute")["properties"]["payloadFormatVersion"]["enum"] == ["1.0", "2.0", 1.0, 2.0]


def test_a_function_needs_a_handler_or_a_command():
    provided = {"properties": {"runtime": {"pattern": "^provided"}}, "required": ["runtime"]}
    assert definition("Function")["anyOf"] == [{"required": ["handler"]}, {"required": ["command"]}, provided]


def test_optional_keys_are_not_nullable_and_keep_their_ranges():
    port = definition("HttpApi")["properties"]["port"]
    assert (port["type"], port["minimum"], port["maximum"]) == ("integer", 0, 65535)
    assert "default" not in port
    assert "default" not in definition("Function")["properties"]["handler"]
