"""One sentence a mistake, in our words and never in pydantic's: the file and its APIs."""

from textwrap import dedent

import pytest

from configured import shape_problems
from emulator.config.emulator_yaml.validate import validate
from emulator.config.yaml.document import read_document


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param(
            "functions: {items: {handler: items.handler}}",
            "emulator.yaml:1: no `apis`; expected at least one API. Add it: `apis: {shop: {type: http, routes: "
            "{GET /items: items}}}`.",
            id="no-apis",
        ),
        pytest.param(
            """
            apis: {}
            functions:
              items: {handler: items.handler}
            """,
            "emulator.yaml:1: apis: an empty mapping; expected at least one API. Write it like `apis: {shop: "
            "{type: http, routes: {GET /items: items}}}`.",
            id="apis-empty",
        ),
        pytest.param(
            "apis: []",
            "emulator.yaml:1: apis: an empty list; expected at least one API. Write it like `apis: {shop: "
            "{type: http, routes: {GET /items: items}}}`.",
            id="apis-a-list",
        ),
        pytest.param(
            """
            apis:
            functions:
              items: {handler: items.handler}
            """,
            "emulator.yaml:1: apis: nothing; expected at least one API. Write it like `apis: {shop: {type: "
            "http, routes: {GET /items: items}}}`, or remove the key.",
            id="apis-nothing",
        ),
        pytest.param(
            "apis: {shop: http}",
            "emulator.yaml:1: apis.shop: `http`; expected a mapping with `type`. Write it like `shop: {type: "
            "http, routes: {GET /items: items}}`.",
            id="api-is-text",
        ),
        pytest.param(
            """
            apis:
              shop: {routes: {GET /items: items}}
            """,
            "emulator.yaml:2: apis.shop: no `type`; expected `http`, `rest` or `function-url`. Add it: `type: http`.",
            id="no-type",
        ),
        pytest.param(
            """
            apis:
              shop: {function: items}
            """,
            "emulator.yaml:2: apis.shop: no `type`; expected `http`, `rest` or `function-url`. Add it: `type: "
            "function-url`.",
            id="no-type-with-function",
        ),
        pytest.param(
            """
            apis:
              shop: {binaryMediaTypes: [image/png]}
            """,
            "emulator.yaml:2: apis.shop: no `type`; expected `http`, `rest` or `function-url`. Add it: `type: rest`.",
            id="no-type-with-binary-media-types",
        ),
        pytest.param(
            """
            apis:
              shop: {Type: http}
            """,
            "emulator.yaml:2: apis.shop.Type: the unknown key `Type`; expected `type`. Write `type` instead.",
            id="type-misspelt-key",
        ),
        pytest.param(
            """
            apis:
              shop: {type: , routes: {GET /items: items}}
            """,
            "emulator.yaml:2: apis.shop.type: nothing; expected `http`, `rest` or `function-url`. Write `type: http`.",
            id="type-nothing",
        ),
        pytest.param(
            """
            apis:
              shop: {type: AWS::Serverless::HttpApi}
              admin: {type: RestApi}
              up: {type: function_url}
              x: {type: htpp}
              y: {type: grpc}
              z: {type: [http]}
            """,
            "emulator.yaml:2: apis.shop.type: `AWS::Serverless::HttpApi`; expected `http`, `rest` or "
            "`function-url`. Write `type: http`.\n"
            "emulator.yaml:3: apis.admin.type: `RestApi`; expected `http`, `rest` or `function-url`. Write "
            "`type: rest`.\n"
            "emulator.yaml:4: apis.up.type: `function_url`; expected `http`, `rest` or `function-url`. Write "
            "`type: function-url`.\n"
            "emulator.yaml:5: apis.x.type: `htpp`; expected `http`, `rest` or `function-url`. Write `type: "
            "http`.\n"
            "emulator.yaml:6: apis.y.type: `grpc`; expected `http`, `rest` or `function-url`. Write `type: "
            "http`.\n"
            "emulator.yaml:7: apis.z.type: a list; expected `http`, `rest` or `function-url`. Write `type: "
            "http`.",
            id="type-http-api",
        ),
        pytest.param(
            """
            apis:
              shop: {type: websocket}
            """,
            "emulator.yaml:2: apis.shop.type: `websocket`; expected `http`, `rest` or `function-url`. Remove "
            "this API: WebSocket APIs are not emulated.",
            id="websocket",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
            """,
            "emulator.yaml:2: apis.shop: no `routes`; expected routes and their functions. Add it: `routes: "
            "{GET /items: items}`.",
            id="no-routes",
        ),
        pytest.param(
            """
            apis:
              shop: {type: rest, routes: {}}
            """,
            "emulator.yaml:2: apis.shop.routes: an empty mapping; expected routes and their functions. Write "
            "it like `routes: {GET /orders: orders}`.",
            id="routes-empty",
        ),
        pytest.param(
            """
            apis:
              up: {type: function-url}
            """,
            "emulator.yaml:2: apis.up: no `function`; expected the name of a function under `functions`. Add "
            "it: `function: items`.",
            id="function-url-without-function",
        ),
        pytest.param(
            """
            apis:
              shop: {type: http, port: abc, routes: {GET /items: items}}
            """,
            "emulator.yaml:2: apis.shop.port: `abc`; expected a port from 1 to 65535, or 0 for any free one. "
            "Write it like `port: 3000`.",
            id="port-is-text",
        ),
        pytest.param(
            """
            apis:
              shop: {type: http, port: 65536, routes: {GET /items: items}}
            """,
            "emulator.yaml:2: apis.shop.port: `65536`; expected a port from 1 to 65535, or 0 for any free one. "
            "Write it like `port: 3000`.",
            id="port-too-high",
        ),
        pytest.param(
            """
            apis:
              shop: {type: http, port: , routes: {GET /items: items}}
            """,
            "emulator.yaml:2: apis.shop.port: nothing; expected a port from 1 to 65535, or 0 for any free one. "
            "Write it like `port: 3000`, or remove the key.",
            id="port-nothing",
        ),
        pytest.param(
            """
            apis:
              shop: {type: http, cors: true, routes: {GET /items: items}}
            """,
            "emulator.yaml:2: apis.shop.cors: `true`; expected a mapping such as `{allowOrigins: [...], "
            "allowMethods: [...]}`. Write it like `cors: {allowOrigins: [https://shop.example.com], "
            "allowMethods: [GET, POST]}`.",
            id="cors-true",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
                cors:
                  allowOrigins: "*"
                  allowMethods: GET, POST
                  allowCredentials: maybe
                  maxAge: 10 minutes
                  allowHeaders: [{content-type: x}]
            """,
            "emulator.yaml:6: apis.shop.cors.allowOrigins: `*`; expected a list of origins. Write a list: "
            '`allowOrigins: ["*"]`.\n'
            "emulator.yaml:7: apis.shop.cors.allowMethods: `GET, POST`; expected a list of HTTP methods. Write "
            "a list: `allowMethods: [GET, POST]`.\n"
            "emulator.yaml:8: apis.shop.cors.allowCredentials: `maybe`; expected true or false. Write it like "
            "`allowCredentials: true`.\n"
            "emulator.yaml:9: apis.shop.cors.maxAge: `10 minutes`; expected a whole number of seconds. Write "
            "it like `maxAge: 600`.\n"
            "emulator.yaml:10: apis.shop.cors.allowHeaders[0]: a mapping; expected a list of header names. "
            "Write it like `allowHeaders: [content-type]`.",
            id="cors-text-for-list",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes:
                  GET /a: {timeoutInMillis: 100}
                  GET /b: {Function: items}
                  GET /c:
                  GET /d: [items]
                  GET /e: {function: {handler: items.handler}}
            """,
            'emulator.yaml:5: apis.shop.routes["GET /a"]: no `function`; expected the name of a function under '
            "`functions`. Add it: `function: items`.\n"
            'emulator.yaml:6: apis.shop.routes["GET /b"].Function: the unknown key `Function`; expected '
            "`function`. Write `function` instead.\n"
            'emulator.yaml:7: apis.shop.routes["GET /c"]: nothing; expected the name of a function, or a '
            "mapping with `function`. Write it like `GET /c: items`, or remove the key.\n"
            'emulator.yaml:8: apis.shop.routes["GET /d"]: a list; expected the name of a function, or a '
            "mapping with `function`. Write it like `GET /d: items`.\n"
            'emulator.yaml:9: apis.shop.routes["GET /e"].function: a mapping; expected the name of a function '
            "under `functions`. Write it like `function: items`.",
            id="route-without-function",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes:
                  GET /a: {function: items, timeoutInMillis: 30001}
                  GET /b: {function: items, timeoutInMillis: 30}
                  GET /c: {function: items, timeout: 3}
              admin:
                type: rest
                timeoutInMillis: 30000
                routes: {GET /a: items}
            """,
            'emulator.yaml:5: apis.shop.routes["GET /a"].timeoutInMillis: `30001`; expected milliseconds from '
            "50 to 30000. Write it like `timeoutInMillis: 30000`.\n"
            'emulator.yaml:6: apis.shop.routes["GET /b"].timeoutInMillis: `30`; expected milliseconds from 50 '
            "to 30000. Write it like `timeoutInMillis: 30000`.\n"
            'emulator.yaml:7: apis.shop.routes["GET /c"].timeout: the unknown key `timeout`; expected '
            "`timeoutInMillis`. Write `timeoutInMillis` instead.\n"
            "emulator.yaml:10: apis.admin.timeoutInMillis: `30000`; expected milliseconds from 50 to 29000, "
            "AWS's default quota. Write it like `timeoutInMillis: 29000`.",
            id="route-timeouts",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes:
                  GET /a: {function: items, payloadFormatVersion: 1}
                  GET /b: {function: items, payloadFormatVersion: "20"}
                  GET /c: {function: items, payloadFormatVersion: three}
            """,
            'emulator.yaml:5: apis.shop.routes["GET /a"].payloadFormatVersion: `1`; expected "1.0" or "2.0". '
            "Write `payloadFormatVersion: 1.0`.\n"
            'emulator.yaml:6: apis.shop.routes["GET /b"].payloadFormatVersion: `20`; expected "1.0" or "2.0". '
            "Write `payloadFormatVersion: 2.0`.\n"
            'emulator.yaml:7: apis.shop.routes["GET /c"].payloadFormatVersion: `three`; expected "1.0" or '
            '"2.0". Write it like `payloadFormatVersion: "2.0"`.',
            id="payload-format-version",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                stageVariables: {table: }
                routes: {GET /items: items}
            """,
            "emulator.yaml:4: apis.shop.stageVariables.table: nothing; expected text, a number or a boolean. "
            'Write it like `table: "some text"`, or remove the key.',
            id="stage-variables",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
                cors: {allowOrigins: [~]}
            """,
            "emulator.yaml:5: apis.shop.cors.allowOrigins[0]: nothing; expected a list of origins. Write it "
            "like `allowOrigins: [https://shop.example.com]`, or remove the entry.",
            id="null-in-a-list",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
                cors: &cors {maxAge: never}
              other:
                type: http
                routes: {GET /items: items}
                cors: *cors
            """,
            "emulator.yaml:5: apis.shop.cors.maxAge: `never`; expected a whole number of seconds. Write it "
            "like `maxAge: 600`.",
            id="anchor-complained-of-once",
        ),
    ],
)
def test_messages(text, messages):
    assert shape_problems(text) == messages


def test_what_is_sound_is_validated_beside_what_is_not():
    data = read_document(
        dedent("""
            apis:
              shop: {type: http, port: x, routes: {GET /a: items, GET /b: [], GET /c: {function: items, scopes: []}}}
              gone: {type: http}
            functions:
              items: {handler: items.handler, timeout: never}
              other: text
            frontends: [{origin: https://shop.example.com, credentials: never}]
        """),
        "emulator.yaml",
    ).data
    configuration = validate(data).configuration
    assert list(configuration.apis) == ["shop"]
    assert configuration.apis["shop"].port is None
    assert list(configuration.apis["shop"].routes) == ["GET /a", "GET /c"]
    assert list(configuration.functions) == ["items"]
    assert configuration.functions["items"].timeout == 3
    assert configuration.frontends[0].credentials is None


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({}, id="empty"),
        pytest.param({"apis": {"shop": {"type": "http"}}}, id="nothing-sound-left"),
    ],
)
def test_nothing_is_left_of_a_file_without_a_sound_api(data):
    validated = validate(data)
    assert validated.configuration is None
    assert validated.complaints
