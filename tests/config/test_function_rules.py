"""Functions that Lambda would refuse or this version cannot run."""

from textwrap import dedent

import pytest

from emulator.config.document import read_document
from emulator.config.function_rules import is_handler
from emulator.config.rules import complaints
from emulator.config.validate import declared_functions, validate


def functions(*declarations):
    lines = "".join(f"  {declaration}\n" for declaration in declarations)
    return f"apis: {{up: {{type: function-url, function: a}}}}\nfunctions:\n{lines}"


def printed(text):
    document = read_document(dedent(text).strip("\n"), "emulator.yaml")
    validated = validate(document.data)
    assert validated.complaints == ()
    found = complaints(validated.configuration, declared_functions(document.data))
    return "\n".join(str(problem) for problem in document.problems(found))


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
              e: {handler: e.f, environment: {TABLE: x, a1: y}}
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
                "a: {handler: a.b, runtime: python3.7}",
                "b: {handler: a.b, runtime: Python3.12}",
                "c: {handler: a.b, runtime: nodejs22.x}",
                'd: {handler: a.b, runtime: "3.12"}',
                "e: {handler: a.b, runtime: provided.al2023}",
                "f: {handler: a.b, runtime: py312}",
            ),
            "emulator.yaml:3: functions.a.runtime: `python3.7`; expected python3.8 or newer, the runtimes this "
            "version has itself. Write `runtime: python3.12`.\n"
            "emulator.yaml:4: functions.b.runtime: `Python3.12`; expected python3.8 or newer, the runtimes "
            "this version has itself. Write `runtime: python3.12`.\n"
            "emulator.yaml:5: functions.c.runtime: `nodejs22.x`; expected python3.8 or newer, the runtimes "
            "this version has itself. Give the `command` that starts the function's Lambda runtime client.\n"
            "emulator.yaml:6: functions.d.runtime: `3.12`; expected python3.8 or newer, the runtimes this "
            "version has itself. Write `runtime: python3.12`.\n"
            "emulator.yaml:7: functions.e.runtime: `provided.al2023`; expected python3.8 or newer, the "
            "runtimes this version has itself. Give the `command` that starts the function's Lambda runtime "
            "client.\n"
            "emulator.yaml:8: functions.f.runtime: `py312`; expected python3.8 or newer, the runtimes this "
            "version has itself. Write `runtime: python3.12`.",
            id="runtimes",
        ),
        pytest.param(
            functions(
                "a: {handler: items}",
                "b: {handler: items.py}",
                "c: {handler: ./src/items.py}",
                "d: {handler: 'items:handler'}",
                "e: {handler: ./items.handler}",
                "f: {handler: items.handler()}",
                "g: {handler: ''}",
                "h: {handler: .handler}",
                "i: {handler: my items.handler}",
            ),
            "emulator.yaml:3: functions.a.handler: `items`; expected `module.function`. Write it like "
            "`handler: items.handler`.\n"
            "emulator.yaml:4: functions.b.handler: `items.py`; expected `module.function`. Write it like "
            "`handler: items.handler`.\n"
            "emulator.yaml:5: functions.c.handler: `./src/items.py`; expected `module.function`. Write it like "
            "`handler: src/items.handler`.\n"
            "emulator.yaml:6: functions.d.handler: `items:handler`; expected `module.function`. Write it like "
            "`handler: items.handler`.\n"
            "emulator.yaml:7: functions.e.handler: `./items.handler`; expected `module.function`. Write it "
            "like `handler: items.handler`.\n"
            "emulator.yaml:8: functions.f.handler: `items.handler()`; expected `module.function`. Write it "
            "like `handler: items.handler`.\n"
            "emulator.yaml:9: functions.g.handler: an empty text; expected `module.function`. Write it like "
            "`handler: items.handler`.\n"
            "emulator.yaml:10: functions.h.handler: `.handler`; expected `module.function`. Write it like "
            "`handler: items.handler`.\n"
            "emulator.yaml:11: functions.i.handler: `my items.handler`; expected `module.function`. Write it "
            "like `handler: items.handler`.",
            id="handlers",
        ),
        pytest.param(
            functions("a: {handler: a.b, environment: {AWS_REGION: x, AWS_SESSION_TOKEN: x, MY-NAME: x, X: y, 1A: b}}"),
            "emulator.yaml:3: functions.a.environment.AWS_REGION: `AWS_REGION`, which Lambda reserves; "
            "expected another name. Remove it: Lambda sets it, and refuses functions that set it too.\n"
            "emulator.yaml:3: functions.a.environment.AWS_SESSION_TOKEN: `AWS_SESSION_TOKEN`, which Lambda "
            "reserves; expected another name. Remove it: Lambda sets it, and refuses functions that set it too.\n"
            "emulator.yaml:3: functions.a.environment.MY-NAME: the name `MY-NAME`; expected a letter, then at "
            "least one letter, digit or `_`, as on Lambda. Rename it.\n"
            "emulator.yaml:3: functions.a.environment.X: the name `X`; expected a letter, then at least one "
            "letter, digit or `_`, as on Lambda. Rename it.\n"
            'emulator.yaml:3: functions.a.environment["1A"]: the name `1A`; expected a letter, then at least '
            "one letter, digit or `_`, as on Lambda. Rename it.",
            id="environment",
        ),
    ],
)
def test_functions(text, messages):
    assert printed(text) == messages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("items.handler", True, id="module-and-function"),
        pytest.param("src/shop/items.handler", True, id="folders-as-the-runtime-client-takes-them"),
        pytest.param("shop.items.handler", True, id="package"),
        pytest.param("my-items.handler", True, id="hyphen-in-a-module"),
        pytest.param("items", False, id="no-function"),
        pytest.param("items.", False, id="empty-function"),
        pytest.param("items.py", False, id="file"),
        pytest.param("items.2", False, id="no-identifier"),
        pytest.param("./items.handler", False, id="relative"),
        pytest.param("items:handler", False, id="colon"),
        pytest.param("it ems.handler", False, id="space"),
        pytest.param("", False, id="empty"),
    ],
)
def test_is_handler(text, expected):
    assert is_handler(text) is expected
