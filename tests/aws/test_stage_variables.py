"""AWS: API Gateway stage variables reference; localstack/localstack, test_apigw_stage_variables, validated on AWS."""

import pytest

from emulator.aws.stage_variables import with_stage_variables

VARIABLES = {"fn": "items", "env": "beta"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("items", "items"),
        ("${stageVariables.fn}", "items"),
        ("${stageVariables.fn}-${stageVariables.env}", "items-beta"),
        ("http://${stageVariables.env}.example.com/x", "http://beta.example.com/x"),
        ("${stageVariables.other}", "${stageVariables.other}"),
        ("$stageVariables.fn", "$stageVariables.fn"),
    ],
)
def test_references(text: str, result: str) -> None:
    assert with_stage_variables(text, VARIABLES) == result
