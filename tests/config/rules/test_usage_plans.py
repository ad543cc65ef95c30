"""What API Gateway refuses of API keys and usage plans, with what to write instead."""

import pytest

from configured import rule_problems

API = "apis: {orders: {type: rest, routes: {GET /x: f}}}\nfunctions: {f: {handler: f.handler}}\n"
KEY = "apiKeys: {partner: local-key-of-the-partner}\n"


def plan(text: str, keys: str = KEY) -> str:
    return f"{API}{keys}usagePlans:\n  basic: {text}\n"


@pytest.mark.parametrize(
    "text",
    [
        API + KEY,
        plan("{apiStages: [orders], apiKeys: [partner], quota: {limit: 1, period: WEEK, offset: 6}}"),
        plan("{apiStages: [{api: orders, stage: dev}], throttle: {rateLimit: 0.5, burstLimit: 1}}"),
        API.replace("rest", "http") + "apiKeys: {partner: short}\n",
    ],
)
def test_sound(text: str) -> None:
    assert rule_problems(text) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(
            f"{API}apiKeys: {{partner: secret-value}}\n",
            ("emulator.yaml:3", "a value of 12 characters; expected 20 to 128 characters"),
            id="terraform-provider-aws-30894-short",
        ),
        pytest.param(f"{API}apiKeys: {{partner: {'secret-value' * 11}}}\n", ("a value of 132 characters",), id="long"),
        pytest.param(
            f"{API}apiKeys:\n  a: secret-value-of-20-characters\n  b: secret-value-of-20-characters\n",
            ("emulator.yaml:5", "the value that `a` has already", "Write another."),
            id="same-value",
        ),
        pytest.param(
            plan("{apiStages: [order], apiKeys: [partner]}"),
            ("emulator.yaml:5", "the REST API `order`, which is not declared", "Write `orders`."),
            id="api-near-miss",
        ),
        pytest.param(plan("{apiStages: [nothing]}"), ("Name one of them: `orders`.",), id="api"),
        pytest.param(
            plan("{apiStages: [{api: orders, stage: prod}]}"),
            ("the stage `prod`, which `orders` does not have here", "Write `dev`, or leave `stage` out."),
            id="stage",
        ),
        pytest.param(plan("{apiKeys: [partnr]}"), ("`partnr`; expected the name", "Write `partner`."), id="key"),
        pytest.param(plan("{apiKeys: [x1]}"), ("Declare it: `apiKeys: {x1: VALUE}`",), id="unknown"),
        pytest.param(
            plan("{quota: {limit: 1, period: DAY, offset: 1}}"),
            ("an offset of 1 in a DAY; expected at most 0", "Take it out."),
            id="offset-of-a-day",
        ),
        pytest.param(
            plan("{quota: {limit: 1, period: MONTH, offset: 28}}"), ("Write `offset: 27`, or less.",), id="offset"
        ),
        pytest.param(
            plan("{apiStages: [orders], apiKeys: [partner]}\n  more: {apiStages: [orders], apiKeys: [partner]}"),
            ("emulator.yaml:6", "the API key `partner` in `basic` and `more`, both for orders"),
            id="two-plans-for-one-stage",
        ),
    ],
)
def test_problems(text: str, words: tuple[str, ...]) -> None:
    problems = rule_problems(text)
    assert len(problems.splitlines()) == 1, problems
    for one in words:
        assert one in problems
    assert "secret-value" not in problems


def test_a_value_in_the_place_of_a_name_is_not_shown() -> None:
    problems = rule_problems(plan("{apiKeys: [another-secret-value-of-more]}"))
    assert "an API key that is not declared" in problems
    assert "another-secret" not in problems
