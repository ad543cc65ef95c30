"""Which function a URI means (AWS: x-amazon-apigateway-integration object, `uri`; CloudFormation's functions)."""

import pytest

from emulator.config.sources.openapi.function_names import Elsewhere, Named, substituted, target_of

PATH = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{}/invocations"
LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:"

MEANT = [
    ("whole-arn", PATH.format(f"{LAMBDA}items"), "items"),
    ("alias", PATH.format(f"{LAMBDA}items:live"), "items"),
    ("stage-variable", PATH.format(f"{LAMBDA}${{stageVariables.fn}}"), "orders"),
    ("stage-variable-in-a-name", PATH.format(f"{LAMBDA}shop-${{stageVariables.fn}}:x"), "shop-orders"),
    ("stage-variable-that-is-not-set", PATH.format(f"{LAMBDA}${{stageVariables.no}}"), "${stageVariables.no}"),
    ("name", PATH.format("items"), "items"),
    ("name-and-alias", PATH.format("items:live"), "items"),
    ("sub", {"Fn::Sub": PATH.format("${Items.Arn}").replace("us-east-1", "${AWS::Region}")}, "Items"),
    ("sub-in-a-text", PATH.format("${Items.Arn}").replace("us-east-1", "${AWS::Region}"), "Items"),
    ("sub-alias", {"Fn::Sub": PATH.format("${Items.Alias}")}, "Items"),
    ("sub-list", {"Fn::Sub": [PATH.format("${fn}"), {"fn": {"Fn::GetAtt": ["Items", "Arn"]}}]}, "Items"),
    ("tag-with-a-list", [PATH.format("${fn}"), {"fn": "items"}], "items"),
    ("sub-in-an-arn", {"Fn::Sub": PATH.format(f"{LAMBDA}${{Items}}")}, "Items"),
    ("account", {"Fn::Sub": "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:items"}, "items"),
    ("get-att", {"Fn::GetAtt": ["Items", "Arn"]}, "Items"),
    ("get-att-text", {"Fn::GetAtt": "Items.Arn"}, "Items"),
    ("tag-get-att", "Items.Arn", "Items"),
    ("ref", {"Ref": "Items"}, "Items"),
    ("terraform", "${aws_lambda_function.items.invoke_arn}", "items"),
    (
        "join",
        {"Fn::Join": ["", ["arn:aws:apigateway:", {"Ref": "AWS::Region"}, ":lambda:path/2015-03-31/functions/",
                           {"Fn::GetAtt": ["Items", "Arn"]}, "/invocations"]]},
        "Items",
    ),
    ("join-by-nothing", {"Fn::Join": [None, ["${Items", ".Arn}"]]}, "Items"),
]  # fmt: skip


@pytest.mark.parametrize(("uri", "name"), [pytest.param(uri, name, id=key) for key, uri, name in MEANT])
def test_the_function_that_is_meant(uri: object, name: str) -> None:
    assert target_of(uri, {"fn": "orders"}) == Named(name)  # type: ignore[arg-type]


@pytest.mark.parametrize("uri", ["https://example.com", "items", "", ["a"], {"Fn::ImportValue": "x"}])
def test_no_function_is_meant(uri: object) -> None:
    assert target_of(uri, {}) is None  # type: ignore[arg-type]


ELSEWHERE = [
    ("arn:aws:apigateway:us-east-1:dynamodb:action/PutItem", "the AWS service `dynamodb`"),
    ("arn:aws:apigateway:us-east-1:sqs:path/1/queue", "the AWS service `sqs`"),
    (PATH.format("items").replace("/invocations", "/response-streaming-invocations"), "response streaming"),
]


@pytest.mark.parametrize(("uri", "what"), ELSEWHERE)
def test_something_else_is_meant(uri: str, what: str) -> None:
    assert target_of(uri, {}) == Elsewhere(what)


def test_what_a_document_cannot_tell_stays() -> None:
    assert substituted({"Fn::Sub": "${AWS::StackName}-items"}) == "${AWS::StackName}-items"
