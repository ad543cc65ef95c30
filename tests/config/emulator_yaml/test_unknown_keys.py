"""Keys that are misspelt, misplaced or not emulated yet: each is refused with what to do about it."""

import pytest

from configured import shape_problems
from emulator.config.complaint import listed
from emulator.config.emulator_yaml.keys import keys, sections
from emulator.config.emulator_yaml.schema.configuration import Configuration
from emulator.config.emulator_yaml.schema.cors import Cors
from emulator.config.emulator_yaml.schema.function import Function
from emulator.config.emulator_yaml.schema.function_url import FunctionUrl
from emulator.config.emulator_yaml.schema.rest_api import RestApi, RestMethod
from emulator.config.emulator_yaml.unknown_keys import is_misplaced, unknown_key
from emulator.spelling import normalized


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
                cors: {allow_origins: [a], AllowMethods: [b], Allow-Headers: [c], exposedHeaders: [d], maxAgee: 1}
            """,
            "emulator.yaml:5: apis.shop.cors.allow_origins: the unknown key `allow_origins`; expected "
            "`allowOrigins`. Write `allowOrigins` instead.\n"
            "emulator.yaml:5: apis.shop.cors.AllowMethods: the unknown key `AllowMethods`; expected "
            "`allowMethods`. Write `allowMethods` instead.\n"
            "emulator.yaml:5: apis.shop.cors.Allow-Headers: the unknown key `Allow-Headers`; expected "
            "`allowHeaders`. Write `allowHeaders` instead.\n"
            "emulator.yaml:5: apis.shop.cors.exposedHeaders: the unknown key `exposedHeaders`; expected "
            "`exposeHeaders`. Write `exposeHeaders` instead.\n"
            "emulator.yaml:5: apis.shop.cors.maxAgee: the unknown key `maxAgee`; expected `maxAge`. Write "
            "`maxAge` instead.",
            id="cors-other-spellings",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
                cors: {foo: 1}
            """,
            "emulator.yaml:5: apis.shop.cors.foo: the unknown key `foo`; expected "
            f"{listed(keys(Cors))}. Remove it, or use one of these.",
            id="no-key-like-it",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
                cors: {allow_origins: [a], allowOrigins: [b]}
            """,
            "emulator.yaml:5: apis.shop.cors.allow_origins: the unknown key `allow_origins`; expected "
            "`allowOrigins`. Move what it holds into `allowOrigins`.",
            id="key-beside-the-one-meant",
        ),
        pytest.param(
            """
            apis:
              admin:
                type: rest
                payloadFormatVersion: "1.0"
                routes: {GET /a: {function: items, payloadFormatVersion: "1.0"}}
            """,
            "emulator.yaml:4: apis.admin.payloadFormatVersion: `payloadFormatVersion`, which has no place here; "
            f"expected {listed(keys(RestApi))}. Remove it: a REST API always sends format 1.0.\n"
            'emulator.yaml:5: apis.admin.routes["GET /a"].payloadFormatVersion: `payloadFormatVersion`, which has no '
            f"place here; expected {listed(keys(RestMethod))}. Remove it: a REST API always sends format 1.0.",
            id="payload-format-version-elsewhere",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes:
                  GET /a: {function: items, authorizerId: session, scopes: [read]}
              admin:
                type: rest
                authorizers:
                routes:
                  GET /a: {function: items, authorizer: gate}
            """,
            'emulator.yaml:5: apis.shop.routes["GET /a"].authorizerId: `authorizerId`, which this version does not '
            "emulate yet; expected a configuration without it. Take it out only if the route may answer "
            "everyone on this machine: nothing stands in for it.\n"
            'emulator.yaml:5: apis.shop.routes["GET /a"].scopes: `scopes`, which this version does not emulate '
            "yet; expected a configuration without it. Take it out only if the route may answer everyone on "
            "this machine: nothing stands in for it.\n"
            "emulator.yaml:8: apis.admin.authorizers: `authorizers`, which this version does not emulate yet; "
            "expected a configuration without it. Take it out only if the route may answer everyone on this "
            "machine: nothing stands in for it.\n"
            'emulator.yaml:10: apis.admin.routes["GET /a"].authorizer: `authorizer`, which this version does '
            "not emulate yet; expected a configuration without it. Take it out only if the route may answer "
            "everyone on this machine: nothing stands in for it.",
            id="authorizers-are-not-silently-open",
        ),
        pytest.param(
            """
            apis:
              shop: {type: http, routes: {GET /items: items}}
            frontends:
              - {origin: https://shop.example.com, local: http://localhost:5173}
              - {production: https://shop.example.com, devOrigin: http://localhost:5173}
            """,
            "emulator.yaml:4: frontends[0].local: the unknown key `local`; expected `dev`. Write `dev` instead.\n"
            "emulator.yaml:5: frontends[1].production: the unknown key `production`; expected `origin`. Write `origin` "
            "instead.\n"
            "emulator.yaml:5: frontends[1].devOrigin: the unknown key `devOrigin`; expected `dev`. Write `dev` "
            "instead.",
            id="dev-origins-by-other-names",
        ),
        pytest.param(
            """
            apis:
              admin:
                type: rest
                cors: {generator: sam, allowOrigin: "'*'"}
                routes:
                  OPTIONS /orders: {mock: {}}
            """,
            'emulator.yaml:6: apis.admin.routes["OPTIONS /orders"].mock: `mock`, which has no place here; expected '
            "`function`, `integration`, `timeoutInMillis`, `requestParameters`, `requestModels`, `requestValidator` or "
            "`apiKeyRequired`. Write it as `integration: {type: mock, ...}`, or let a "
            "function answer: `OPTIONS /orders: orders`.",
            id="mock",
        ),
        pytest.param(
            """
            apis:
              up: {type: function-url, routes: {GET /: items}, stage: dev}
            """,
            "emulator.yaml:2: apis.up.routes: `routes`, which has no place here; expected "
            f"{listed(keys(FunctionUrl))}. Name one `function`: a function URL passes every path to it.\n"
            "emulator.yaml:2: apis.up.stage: `stage`, which has no place here; expected "
            f"{listed(keys(FunctionUrl))}. Remove it: a function URL has no stages.",
            id="function-url-has-no-routes",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
            functions:
              items: {handler: a.b, CodeUri: src, memory_size: 1, env: {A: b}, vpcConfig: {}, envFile: .env, events: {}}
            """,
            "emulator.yaml:6: functions.items.CodeUri: the unknown key `CodeUri`; expected `codeUri`. Write "
            "`codeUri` instead.\n"
            "emulator.yaml:6: functions.items.memory_size: the unknown key `memory_size`; expected "
            "`memorySize`. Write `memorySize` instead.\n"
            "emulator.yaml:6: functions.items.env: the unknown key `env`; expected `environment`. Write "
            "`environment` instead.\n"
            "emulator.yaml:6: functions.items.vpcConfig: `vpcConfig`, which this version does not emulate yet; "
            "expected a configuration without it. Remove it: the network is this machine's own.\n"
            "emulator.yaml:6: functions.items.envFile: `envFile`, which has no place here; expected "
            f"{listed(keys(Function))}. Put it beside `apis`, for all functions: `envFile: .env`.\n"
            "emulator.yaml:6: functions.items.events: `events`, which has no place here; expected "
            f"{listed(keys(Function))}. "
            "Put routes under an API: `apis: {shop: {type: http, "
            "routes: {GET /items: items}}}`.",
            id="function-spellings",
        ),
        pytest.param(
            """
            api:
              shop: {type: http}
            function: {}
            port: 3000
            handler: x
            foo: bar
            """,
            "emulator.yaml:1: api: the unknown key `api`; expected `apis`. Write `apis` instead.\n"
            "emulator.yaml:3: function: the unknown key `function`; expected `functions`. Write `functions` "
            "instead.\n"
            "emulator.yaml:4: port: `port`, which has no place here; expected "
            f"{listed(keys(Configuration))}. Put it under an API: `apis: {{shop: {{type: http, ...}}}}`.\n"
            "emulator.yaml:5: handler: `handler`, which has no place here; expected "
            f"{listed(keys(Configuration))}. Put it under a function: `functions: {{items: "
            "{handler: items.handler, ...}}`.\n"
            f"emulator.yaml:6: foo: the unknown key `foo`; expected {listed(keys(Configuration))}. "
            "Remove it, or use one of these.",
            id="top-level-keys",
        ),
    ],
)
def test_messages(text, messages):
    assert shape_problems(text) == messages


SECTIONS = [pytest.param(section, id=section.__name__) for section in sections()]


@pytest.mark.parametrize("section", SECTIONS)
def test_tables_hold_normalized_names_of_no_key_there_is(section):
    own = {normalized(key) for key in keys(section)}
    for table in (section.not_yet, section.elsewhere, section.other_names):
        assert not own & table.keys()
        assert all(name == normalized(name) for name in table)
    assert not section.not_yet.keys() & section.elsewhere.keys()


@pytest.mark.parametrize("section", SECTIONS)
def test_other_names_lead_to_keys_of_their_section(section):
    assert set(section.other_names.values()) <= set(keys(section))


@pytest.mark.parametrize("section", SECTIONS)
def test_a_key_that_means_something_elsewhere_says_what_to_do(section):
    for key in (*section.not_yet, *section.elsewhere):
        said = unknown_key(("a", key), section)
        assert is_misplaced(key, section)
        assert said.path == ("a", key)
        assert said.fix.endswith(".")
