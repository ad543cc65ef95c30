"""One sentence a mistake, in our words and never in pydantic's."""

from textwrap import dedent

import pytest

from configured import shape_problems
from emulator.config.complaint import listed
from emulator.config.emulator_yaml.keys import keys
from emulator.config.emulator_yaml.schema.function import Function
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
def test_the_file_and_its_apis(text, messages):
    assert shape_problems(text) == messages


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param(
            """
            functions: {items: items.handler}
            apis:
              shop:
                type: http
                routes: {GET /items: items}
            """,
            "emulator.yaml:1: functions.items: `items.handler`; expected a mapping with `handler`. Write it "
            "like `items: {handler: items.handler}`.",
            id="function-is-text",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
            functions:
              items: {timeout: 3}
              other: {command: [./bootstrap]}
              third: {Handler: a.b}
              fourth: {runtime: provided.al2023}
              fifth: {runtime: nodejs22.x}
            """,
            "emulator.yaml:6: functions.items: no `handler`; expected `module.function`. Add it: `handler: "
            "items.handler`.\n"
            "emulator.yaml:8: functions.third.Handler: the unknown key `Handler`; expected `handler`. Write "
            "`handler` instead.\n"
            "emulator.yaml:10: functions.fifth: no `handler`; expected `module.function`. Add it: `handler: "
            "items.handler`.",
            id="no-handler",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
            functions:
              items: {handler: a.b, timeout: 0, memorySize: 64, maxConcurrency: many}
              other: {handler: a.b, timeout: 901, memorySize: 20000}
            """,
            "emulator.yaml:6: functions.items.timeout: `0`; expected whole seconds from 1 to 900. Write it "
            "like `timeout: 3`.\n"
            "emulator.yaml:6: functions.items.memorySize: `64`; expected megabytes from 128 to 10240. Write it "
            "like `memorySize: 128`.\n"
            "emulator.yaml:6: functions.items.maxConcurrency: `many`; expected a whole number from 1 to 1000. "
            "Write it like `maxConcurrency: 10`.\n"
            "emulator.yaml:7: functions.other.timeout: `901`; expected whole seconds from 1 to 900. Write it "
            "like `timeout: 3`.\n"
            "emulator.yaml:7: functions.other.memorySize: `20000`; expected megabytes from 128 to 10240. Write "
            "it like `memorySize: 128`.",
            id="function-ranges",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
            functions:
              items: {handler: a.b, concurrencyWait: -1, layers: layers/tools, loggingConfig: JSON}
              other: {handler: a.b, concurrencyWait: inf, loggingConfig: {logFormat: json, level: INFO}}
              third: {handler: a.b, loggingConfig: {logFormat: JSON, applicationLogLevel: WARNING, logGroup: x}}
              fourth: {handler: a.b, logFormat: JSON}
            """,
            "emulator.yaml:6: functions.items.layers: `layers/tools`; expected a list of folders. Write a list: "
            "`layers: [layers/tools]`.\n"
            "emulator.yaml:6: functions.items.loggingConfig: `JSON`; expected a mapping with `logFormat`. Write it "
            "like `loggingConfig: {logFormat: JSON}`.\n"
            "emulator.yaml:6: functions.items.concurrencyWait: `-1`; expected seconds from 0 to 900. Write it like "
            "`concurrencyWait: 0`.\n"
            "emulator.yaml:7: functions.other.loggingConfig.level: the unknown key `level`; expected "
            "`applicationLogLevel`. Write `applicationLogLevel` instead.\n"
            "emulator.yaml:7: functions.other.loggingConfig.logFormat: `json`; expected Text or JSON. Write "
            "`logFormat: JSON`.\n"
            "emulator.yaml:7: functions.other.concurrencyWait: `inf`; expected seconds from 0 to 900. Write it like "
            "`concurrencyWait: 0`.\n"
            "emulator.yaml:8: functions.third.loggingConfig.logGroup: `logGroup`, which this version does not emulate "
            "yet; expected a configuration without it. Remove it: log lines go to the console.\n"
            "emulator.yaml:8: functions.third.loggingConfig.applicationLogLevel: `WARNING`; expected TRACE, DEBUG, "
            "INFO, WARN, ERROR or FATAL. Write `applicationLogLevel: WARN`.\n"
            "emulator.yaml:9: functions.fourth.logFormat: `logFormat`, which has no place here; expected "
            f"{listed(keys(Function))}. Put it under `loggingConfig`: `loggingConfig: {{logFormat: JSON}}`.",
            id="function-layers-logging-waiting",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
            functions:
              items:
                handler: a.b
                environment:
                  EMPTY:
                  LIST: [a]
                  NUMBER: 8080
                  FLAG: yes
              other:
                handler: a.b
                environment: {Variables: {A: b}}
              third:
                handler: a.b
                environment: [A=b]
            """,
            "emulator.yaml:9: functions.items.environment.EMPTY: nothing; expected text, a number or a "
            'boolean. Write it like `EMPTY: "some text"`, or remove the key.\n'
            "emulator.yaml:10: functions.items.environment.LIST: a list; expected text, a number or a boolean. "
            'Write it like `LIST: "some text"`.\n'
            "emulator.yaml:15: functions.other.environment.Variables: a mapping; expected text, a number or a "
            "boolean. Write the variables directly under `environment`, without `Variables`.\n"
            "emulator.yaml:18: functions.third.environment: a list; expected names and their text, numbers or "
            "booleans. Write it like `environment: {TABLE: local}`.",
            id="environment",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
            functions:
              items: {command: python -m awslambdaric items.handler}
              other: {command: []}
            """,
            "emulator.yaml:6: functions.items.command: `python -m awslambdaric items.handler`; expected a list "
            "of the program and its arguments. Write a list: `command: [python, -m, awslambdaric, "
            "items.handler]`.\n"
            "emulator.yaml:7: functions.other.command: an empty list; expected a list of the program and its "
            "arguments. Write it like `command: [python, -m, awslambdaric, items.handler]`.",
            id="command",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
            functions: [items]
            """,
            "emulator.yaml:5: functions: a list; expected functions and their handlers. Write it like "
            "`functions: {items: {handler: items.handler}}`.",
            id="functions-a-list",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
            functions:
              items: {handler: items.handler}
            frontends:
              - {origin: https://shop.example.com, credentials: includ}
              - {credentials: omit}
              - {url: https://shop.example.com}
              - https://shop.example.com
              - {origin: https://shop.example.com, credentials: never}
            """,
            "emulator.yaml:8: frontends[0].credentials: `includ`; expected omit, same-origin or include, or a mapping "
            "to them by API name. Write `credentials: include`.\n"
            "emulator.yaml:9: frontends[1]: no `origin`; expected an origin. Add it: `origin: "
            "https://shop.example.com`.\n"
            "emulator.yaml:10: frontends[2].url: the unknown key `url`; expected `origin`. Write `origin` "
            "instead.\n"
            "emulator.yaml:11: frontends[3]: `https://shop.example.com`; expected a mapping with `origin`. "
            "Write it like `- origin: https://shop.example.com`.\n"
            "emulator.yaml:12: frontends[4].credentials: `never`; expected omit, same-origin or include, or a mapping "
            "to them by API name. Write it like `credentials: include`.",
            id="frontends",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                routes: {GET /items: items}
            functions:
              items: {handler: items.handler}
            frontends:
              - {origin: https://shop.example.com, credentials: {shop: inclde}}
              - {origin: https://shop.example.com, credentials: {}}
              - {origin: https://shop.example.com, credentials: [include]}
              - {origin: https://shop.example.com, credentials: {shop: }}
              - {origin: https://shop.example.com, credentials: }
              - {origin: https://shop.example.com, credentials: {shop: {omit: true}}}
            """,
            "emulator.yaml:8: frontends[0].credentials.shop: `inclde`; expected omit, same-origin or include. Write "
            "`shop: include`.\n"
            "emulator.yaml:9: frontends[1].credentials: an empty mapping; expected omit, same-origin or include, or a "
            "mapping to them by API name. Write it like `credentials: include`.\n"
            "emulator.yaml:10: frontends[2].credentials: a list; expected omit, same-origin or include, or a mapping "
            "to them by API name. Write it like `credentials: include`.\n"
            "emulator.yaml:11: frontends[3].credentials.shop: nothing; expected omit, same-origin or include. Write "
            "it like `shop: include`, or remove the key.\n"
            "emulator.yaml:12: frontends[4].credentials: nothing; expected omit, same-origin or include, or a mapping "
            "to them by API name. Write it like `credentials: include`, or remove the key.\n"
            "emulator.yaml:13: frontends[5].credentials.shop: a mapping; expected omit, same-origin or include. Write "
            "it like `shop: include`.",
            id="credentials-by-api",
        ),
    ],
)
def test_functions_and_frontends(text, messages):
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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "apis: {up: {type: function-url, function: f, cors: }}\nfunctions: {f: {handler: a.c}}",
            "emulator.yaml:1: apis.up.cors: nothing; expected a mapping such as "
            "`{allowOrigins: [...], allowMethods: [...]}`. "
            "Write it like `cors: {allowOrigins: [https://shop.example.com], allowMethods: [GET, POST]}`, "
            "or remove the key.",
            id="nothing-beside-it",
        ),
        pytest.param(
            "shop: {type: http, routes: {GET /: f}}\nfunctions: {f: {handler: a.c}}",
            "emulator.yaml:1: shop: the API `shop` at the top level; expected APIs below `apis`. "
            "Write `apis:` above it, and indent it below that.",
            id="api-at-the-top",
        ),
        pytest.param(
            "apis: [{up: {type: function-url, function: f}}]",
            "emulator.yaml:1: apis: a list; expected at least one API. "
            "Take the dashes off: its entries are keys, as in "
            "`apis: {shop: {type: http, routes: {GET /items: items}}}`.",
            id="list-of-apis",
        ),
        pytest.param(
            "apis: {up: {type: function-url, function: f}}\nfrontends: {origin: http://localhost:5173/}",
            "emulator.yaml:2: frontends: a mapping; expected a list of frontends. "
            "Write `frontends: [{origin: http://localhost:5173}]`.",
            id="one-frontend",
        ),
        pytest.param(
            "apis: {up: {type: function-url, function: f}}\nfrontends: localhost:5173",
            "emulator.yaml:2: frontends: `localhost:5173`; expected a list of frontends. "
            "Write `frontends: [{origin: http://localhost:5173}]`.",
            id="frontend-as-text",
        ),
        pytest.param(
            "apis: {up: {type: function-url, function: f, cors: {allowOrigins: 'localhost:5173, https://a.example'}}}",
            "emulator.yaml:1: apis.up.cors.allowOrigins: `localhost:5173, https://a.example`; "
            "expected a list of origins. "
            "Write a list: `allowOrigins: [http://localhost:5173, https://a.example]`.",
            id="origins-as-text",
        ),
        pytest.param(
            """
            apis:
              up:
                type: function-url
                function: f
                cors:
                  allowMethods:
                    -GET
                    -POST
            """,
            "emulator.yaml:6: apis.up.cors.allowMethods: `-GET -POST`; expected a list of HTTP methods. "
            "Put a space behind each dash, or write `allowMethods: [GET, POST]`.",
            id="dashes-without-spaces",
        ),
    ],
)
def test_shapes_that_are_not_quite_it(text, message):
    assert shape_problems(text) == message
