"""Functions that Lambda would refuse or this version cannot run."""

import pytest

from configured import rule_problems


def functions(*declarations):
    lines = "".join(f"  {declaration}\n" for declaration in declarations)
    return f"apis: {{up: {{type: function-url, function: a}}}}\nfunctions:\n{lines}"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param(
            """
            apis:
              up: {type: function-url, function: items}
            functions:
              items: {handler: src/items.app.handler, runtime: python3.8}
              b: {handler: b.c, runtime: python3.14}
              c: {command: [x], runtime: provided.al2023}
              d: {command: [x], handler: whatever}
              e: {handler: e.f, environment: {TABLE: x, a1: y, PYTHONPATH: lib, AWS_LAMBDA_LOG_LEVEL: DEBUG}}
              f: {handler: f.g, layers: [a, b, c, d, e]}
              g: {handler: g.h, loggingConfig: {logFormat: JSON, applicationLogLevel: TRACE, systemLogLevel: DEBUG}}
              h: {handler: h.i, loggingConfig: {logFormat: Text}, concurrencyWait: 0.5}
            """,
            "",
            id="sound",
        ),
        pytest.param(
            functions(
                "a: {handler: a.b}",
                "my function: {handler: a.b}",
                '"": {handler: a.b}',
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: {handler: a.b}",
                "shop/items: {handler: a.b}",
            ),
            'emulator.yaml:4: functions["my function"]: the name `my function`; expected 1 to 64 letters, '
            "digits, `-` and `_`, as on Lambda. Rename it, here and where it is used: `my-function`.\n"
            'emulator.yaml:5: functions[""]: an empty name; expected 1 to 64 letters, digits, `-` and `_`, as '
            "on Lambda. Rename it, here and where it is used: `items`.\n"
            "emulator.yaml:6: functions.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...: the "
            "name `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...`; expected 1 to 64 letters, "
            "digits, `-` and `_`, as on Lambda. Rename it, here and where it is used: "
            "`xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`.\n"
            'emulator.yaml:7: functions["shop/items"]: the name `shop/items`; expected 1 to 64 letters, '
            "digits, `-` and `_`, as on Lambda. Rename it, here and where it is used: `shop-items`.",
            id="names",
        ),
        pytest.param(
            functions(
                "a: {handler: a.b, environment: "
                "{AWS_REGION: v, AWS_SESSION_TOKEN: v, _HANDLER: v, MY-NAME: v, X: v, 1A: v}}"
            ),
            "emulator.yaml:3: functions.a.environment.AWS_REGION: `AWS_REGION`, which Lambda reserves; "
            "expected another name. Remove it: Lambda sets it, and refuses functions that set it too. Your own goes "
            "into a file that `--env-file` names.\n"
            "emulator.yaml:3: functions.a.environment.AWS_SESSION_TOKEN: `AWS_SESSION_TOKEN`, which Lambda "
            "reserves; expected another name. Remove it: Lambda sets it, and refuses functions that set it too. Your "
            "own goes into a file that `--env-file` names.\n"
            "emulator.yaml:3: functions.a.environment._HANDLER: `_HANDLER`, which Lambda reserves; expected another "
            "name. Remove it: Lambda sets it, and refuses functions that set it too.\n"
            "emulator.yaml:3: functions.a.environment.MY-NAME: the name `MY-NAME`; expected a letter, then at "
            "least one letter, digit or `_`, as on Lambda. Rename it.\n"
            "emulator.yaml:3: functions.a.environment.X: the name `X`; expected a letter, then at least one "
            "letter, digit or `_`, as on Lambda. Rename it.\n"
            'emulator.yaml:3: functions.a.environment["1A"]: the name `1A`; expected a letter, then at least '
            "one letter, digit or `_`, as on Lambda. Rename it.",
            id="environment",
        ),
        pytest.param(
            functions("a: {command: [x], environment: {AWS_LAMBDA_EXEC_WRAPPER: /opt/bootstrap}}"),
            "emulator.yaml:3: functions.a.environment.AWS_LAMBDA_EXEC_WRAPPER: `AWS_LAMBDA_EXEC_WRAPPER`, which this "
            "version does not emulate; expected an environment without wrapper scripts. Remove it, or give the "
            "`command` that the wrapper would start.",
            id="wrapper-script",
        ),
        pytest.param(
            functions("a: {handler: a.b, layers: [a, b, c, d, e, f]}"),
            "emulator.yaml:3: functions.a.layers: 6 layers; expected at most 5, as on Lambda. Merge some of them into "
            "one folder.",
            id="layers",
        ),
        pytest.param(
            functions(
                "a: {handler: a.b, loggingConfig: {applicationLogLevel: DEBUG}}",
                "b: {handler: a.b, loggingConfig: {logFormat: Text, systemLogLevel: WARN}}",
            ),
            "emulator.yaml:3: functions.a.loggingConfig.applicationLogLevel: `DEBUG` with `logFormat: Text`; expected "
            "`logFormat: JSON`. Write `logFormat: JSON` beside it, or remove it: Lambda refuses a level with the "
            "format Text.\n"
            "emulator.yaml:4: functions.b.loggingConfig.systemLogLevel: `WARN` with `logFormat: Text`; expected "
            "`logFormat: JSON`. Write `logFormat: JSON` beside it, or remove it: Lambda refuses a level with the "
            "format Text.",
            id="log-levels",
        ),
    ],
)
def test_functions(text, messages):
    assert rule_problems(text) == messages
