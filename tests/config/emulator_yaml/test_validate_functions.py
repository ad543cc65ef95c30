"""One sentence a mistake, in our words and never in pydantic's: functions and frontends."""

import pytest

from configured import shape_problems


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
            "emulator.yaml:9: functions.fourth.logFormat: `logFormat`, which has no place here; expected `handler`, "
            "`codeUri`, `runtime`, `timeout`, `memorySize`, `environment`, `layers`, `loggingConfig`, `python`, "
            "`command`, `maxConcurrency` or `concurrencyWait`. Put it under `loggingConfig`: "
            "`loggingConfig: {logFormat: JSON}`.",
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
def test_messages(text, messages):
    assert shape_problems(text) == messages
