"""Which resources are judged, and what counts as declared; what is said of each is tested with its rule (rules/)."""

import pytest

from configured import rule_problems
from emulator.config.emulator_yaml.judge import declared_functions, judge
from emulator.config.emulator_yaml.schema.configuration import Configuration
from emulator.config.yaml.document import read_document
from emulator.deployment import Deployment


def test_every_resource_is_judged_at_its_place():
    said = rule_problems(
        """
        apis:
          shop: {type: http, stage: "?", routes: {GET /items: {function: gone}}}
          admin: {type: rest, stage: "?", routes: {GET /items: gone}}
          up: {type: function-url, function: items, cors: {maxAge: -1}}
        functions:
          items: {handler: items}
        frontends:
          - {origin: https://shop.example.com/}
        allowedHosts: [http://api]
        """
    )
    starts = [
        "emulator.yaml:2: apis.shop.stage: `?`",
        'emulator.yaml:2: apis.shop.routes["GET /items"].function: the function `gone`',
        "emulator.yaml:3: apis.admin.stage: `?`",
        "emulator.yaml:4: apis.up.cors.maxAge: -1",
        "emulator.yaml:6: functions.items.handler: `items`",
        "emulator.yaml:8: frontends[0].origin: `https://shop.example.com/`",
        "emulator.yaml:9: allowedHosts[0]: `http://api`",
    ]
    assert [line.partition("; ")[0].partition(", ")[0] for line in said.splitlines()] == starts


def test_unknown_functions_cannot_be_told_when_the_declared_ones_cannot():
    text = "apis: {up: {type: function-url, function: upload}}\n"
    assert "`upload`, which is not declared" in rule_problems(text)
    assert rule_problems(text + "functions: [upload]", is_sound=False) == ""


def test_an_api_that_is_not_sound_is_declared_all_the_same():
    text = """
        apis:
          up: {type: http}
          shop: {type: function-url, function: items}
        functions: {items: {handler: items.handler}}
        frontends: [{origin: https://a.example, credentials: {up: include}}]
    """
    assert rule_problems(text, is_sound=False) == ""


def test_a_handler_that_is_missing_is_not_judged():
    text = "apis: {up: {type: function-url, function: f}}\nfunctions: {f: {timeout: 3}}"
    assert rule_problems(text, is_sound=False) == ""
    assert "an empty text" in rule_problems(text.replace("timeout: 3", "handler: ''"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("functions: {a: {handler: x.y}, b: nonsense}", {"a", "b"}, id="sound-or-not"),
        pytest.param("apis: {}", set(), id="none"),
        pytest.param("functions: [a]", None, id="not-a-mapping"),
        pytest.param("function: {a: {handler: x.y}}", None, id="misspelt"),
        pytest.param("Functions: {a: {handler: x.y}}", None, id="wrong-case"),
    ],
)
def test_declared_functions(text, names):
    assert declared_functions(read_document(text, "emulator.yaml").data) == names


def test_a_route_without_a_function_names_none():
    mock = "{type: mock, requestTemplates: {application/json: '{}'}, responses: {default: {statusCode: 200}}}"
    assert rule_problems(f"apis: {{a: {{type: rest, routes: {{OPTIONS /x: {{integration: {mock}}}}}}}}}\n") == ""


def test_what_stands_beside_an_openapi_document():
    configuration = Configuration.model_validate(
        {
            "apis": {
                "shop": {"type": "http", "openapi": "api.yaml", "cors": {}},
                "admin": {"type": "rest", "openapi": "b"},
            }
        }
    )
    deployment = Deployment((), {})
    beside = {"shop": {"openapi": "a", "cors": {}}, "admin": {"openapi": "b"}}
    assert [one.path for one in judge(configuration, deployment, {"apis": beside})] == [("api", "shop", "cors")]
    assert list(judge(configuration, deployment, {"apis": ["shop"]})) == []
