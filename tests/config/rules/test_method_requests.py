"""What API Gateway refuses of what methods ask, with what to write instead."""

import pytest

from configured import rule_problems


def configured(method: str, api: str = "", more: str = "") -> str:
    return (
        f"apis:\n  orders:\n    type: rest\n{api}    routes:\n      GET /{{id}}:\n        function: f\n{method}"
        f"functions: {{f: {{handler: f.handler}}}}\n{more}"
    )


def of_method(line: str, api: str = "", more: str = "") -> str:
    return configured(f"        {line}\n", f"    {api}\n" if api else "", more)


MODELS = "models: {Order: {type: object, required: [id]}}"
VALIDATORS = "requestValidators: {all: {validateRequestBody: true}}"
PLANS = "apiKeys: {partner: local-key-of-the-partner}\nusagePlans: {basic: {apiStages: [orders], apiKeys: [partner]}}\n"


@pytest.mark.parametrize(
    "text",
    [
        of_method("requestParameters: {method.request.header.x: true, method.request.path.id: true}"),
        of_method("requestModels: {application/json: Order}", MODELS),
        of_method("requestModels: {application/json: Empty, text/plain: Error}"),
        of_method("requestValidator: all", VALIDATORS),
        of_method("requestValidator: {validateRequestBody: true}"),
        of_method("apiKeyRequired: true", more=PLANS),
    ],
)
def test_sound(text: str) -> None:
    assert rule_problems(text) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            of_method("requestParameters: {header.x: true}"),
            ("emulator.yaml:7", "`header.x`; expected `method.request.`", "Write `method.request.querystring.x`"),
            id="parameter",
        ),
        pytest.param(
            of_method("requestParameters: {method.request.header.x: true, method.request.querystring.x: true}"),
            ("emulator.yaml:7", "in the querystring and in the header", "unique across querystring, header and path"),
            id="test_method_request_parameters-of-localstack-validated-on-aws",
        ),
        pytest.param(
            of_method("requestParameters: {method.request.path.other: true}"),
            ("emulator.yaml:7", "the path parameter `other`, which `/{id}` does not have", "every request gets 400"),
            id="path-parameter",
        ),
        pytest.param(
            of_method("requestModels: {application/json: Ordr}", MODELS),
            ("emulator.yaml:8", "the model `Ordr`, which is not declared", "Write `Order`."),
            id="model-near-miss",
        ),
        pytest.param(
            of_method("requestModels: {application/json: Cat}"),
            ("emulator.yaml:7", "Declare it: `models: {Cat: {type: object}}`."),
            id="model-unknown",
        ),
        pytest.param(
            of_method("requestValidator: al", VALIDATORS),
            ("emulator.yaml:8", "the request validator `al`, which is not declared", "Write `all`."),
            id="validator-near-miss",
        ),
        pytest.param(
            of_method("requestValidator: body"),
            ("emulator.yaml:7", "Declare it: `requestValidators: {body: {validateRequestBody: true}}`"),
            id="validator-unknown",
        ),
        pytest.param(
            of_method("apiKeyRequired: true"),
            (
                "emulator.yaml:7",
                "every request gets 403",
                "`usagePlans: {basic: {apiStages: [orders], ",
            ),
            id="key-without-plan",
        ),
        pytest.param(
            of_method("apiKeyRequired: true", "apiKeySource: AUTHORIZER", PLANS),
            ("emulator.yaml:8", "an API key of an authorizer, which is not emulated yet", "`apiKeySource: HEADER`"),
            id="key-of-an-authorizer",
        ),
        pytest.param(
            configured("", "    models: {a-b: {type: object}}\n"),
            ("emulator.yaml:4", "the model `a-b`; expected letters and digits", "Write `ab`."),
            id="model-name",
        ),
        pytest.param(
            configured("", "    models: {Order: {type: objekt}}\n"),
            ("emulator.yaml:4", "a model that is no JSON schema (type: ", "a JSON schema of draft 4"),
            id="model-schema",
        ),
        pytest.param(
            configured("", "    models: {Order: {required: []}}\n"),
            ("emulator.yaml:4", "a model that is no JSON schema (required: "),
            id="aws-cdk-27433",
        ),
        pytest.param(
            configured("", "    models: {Order: object}\n"),
            ("emulator.yaml:4", "a model that is no mapping", "Write it like `{type: object}`."),
            id="model-no-mapping",
        ),
    ],
)
def test_problems(text: str, words: tuple[str, ...]) -> None:
    problems = rule_problems(text)
    assert len(problems.splitlines()) == 1, problems
    for one in words:
        assert one in problems
