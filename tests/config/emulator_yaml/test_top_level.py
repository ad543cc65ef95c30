"""Files that are no emulator.yaml at all are one problem each."""

import pytest

from emulator.config.emulator_yaml.top_level import top_level
from emulator.config.yaml.document import read_document
from emulator.errors import ConfigError


def refused(text):
    with pytest.raises(ConfigError) as raised:
        top_level(read_document(text, "emulator.yaml"))
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "",
            "emulator.yaml: an empty file; expected `apis` and `functions`. "
            "Begin with an API, its routes and a function.",
            id="empty",
        ),
        pytest.param(
            "# a comment\n",
            "emulator.yaml: an empty file; expected `apis` and `functions`. "
            "Begin with an API, its routes and a function.",
            id="only-a-comment",
        ),
        pytest.param(
            "\n- a\n",
            "emulator.yaml:2: a list at the top level; expected a mapping with `apis` and `functions`. "
            "Begin with `apis:` and indent the APIs below it.",
            id="list",
        ),
        pytest.param(
            "apis:shop",
            "emulator.yaml:1: plain text at the top level; expected a mapping with `apis` and `functions`. "
            "Begin with `apis:` and indent the APIs below it.",
            id="no-space-after-the-colon",
        ),
    ],
)
def test_what_is_no_configuration_at_all(text, message):
    assert refused(text) == message


@pytest.mark.parametrize(
    ("text", "key", "tool"),
    [
        pytest.param(
            "{Resources: {}, AWSTemplateFormatVersion: x}",
            "AWSTemplateFormatVersion",
            "a CloudFormation or SAM template",
            id="template",
        ),
        pytest.param("{functions: {}, service: x}", "service", "a Serverless Framework configuration", id="serverless"),
        pytest.param("{openapi: 3.1.0, paths: {}}", "openapi", "an OpenAPI document", id="openapi"),
        pytest.param("services: {}", "services", "a Compose file", id="compose"),
    ],
)
def test_a_file_of_another_tool(text, key, tool):
    assert refused(text) == (
        f"emulator.yaml:1: {key}: {tool}; expected an emulator.yaml. Write an emulator.yaml beside it: `apis`, their "
        "`routes`, and `functions` with their `handler`."
    )


@pytest.mark.parametrize("text", ["functions: {}", "{apis: {}, Resources: {}}"])
def test_a_file_of_ours_with_something_missing_or_unknown(text):
    document = read_document(text, "emulator.yaml")
    assert top_level(document) == document.data
