"""Keys one level too far left: one message for each parent that stands empty, and none about what follows from it."""

from textwrap import dedent

import pytest

from emulator.config.emulator_yaml.validate import validate
from emulator.config.yaml.document import read_document


def printed(text: str) -> str:
    document = read_document(dedent(text).strip("\n"), "e")
    return "\n".join(map(str, document.problems(validate(document.data).complaints)))


def slipped(line: int, path: str, first: str, parent: str, others: str) -> str:
    return (
        f"e:{line}: {path}: `{first}` beside `{parent}`, which has nothing below it; "
        f"expected what belongs to `{parent}` indented below it. Indent {others} one level more."
    )


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param(
            """
            apis:
              shop:
              type: http
              routes:
                GET /items: items
            functions:
              items:
              handler: shop.items
              codeUri: src
              orders: {handler: shop.orders}
            """,
            [
                slipped(3, "apis.type", "type", "shop", "`type` and `routes`"),
                slipped(8, "functions.handler", "handler", "items", "`handler` and `codeUri`"),
            ],
            id="of-names",
        ),
        pytest.param(
            """
            apis:
              shop:
                type: http
                cors:
                allowOrigins: [http://localhost:5173]
                allowMethods: [GET]
                routes:
                GET /items: items
                $default: items
              up:
                type: function-url
                function: items
                cors:
                maxAge: 5
            """,
            [
                slipped(5, "apis.shop.allowOrigins", "allowOrigins", "cors", "`allowOrigins` and `allowMethods`"),
                slipped(8, 'apis.shop["GET /items"]', "GET /items", "routes", "`GET /items` and `$default`"),
                slipped(14, "apis.up.maxAge", "maxAge", "cors", "`maxAge`"),
            ],
            id="of-an-api",
        ),
        pytest.param(
            """
            functions:
              a:
              handler: x.a
              b:
              timeout: 5
            apis:
              up: {type: function-url, function: a}
            """,
            [
                slipped(3, "functions.handler", "handler", "a", "`handler`"),
                slipped(5, "functions.timeout", "timeout", "b", "`timeout`"),
            ],
            id="of-several",
        ),
    ],
)
def test_keys_beside_the_one_they_belong_to(text: str, messages: list[str]) -> None:
    assert printed(text) == "\n".join(messages)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "apis: {up: {type: function-url, function: f}}\nfunctions: {handler: {handler: a.b}, f: {handler: a.c}}",
            "",
            id="function-with-the-name-of-a-key",
        ),
        pytest.param(
            "apis: {up: {type: function-url, function: f, cors: }}\nfunctions: {f: {handler: a.c}}",
            "e:1: apis.up.cors: nothing; expected a mapping such as `{allowOrigins: [...], allowMethods: [...]}`. "
            "Write it like `cors: {allowOrigins: [https://shop.example.com], allowMethods: [GET, POST]}`, "
            "or remove the key.",
            id="nothing-beside-it",
        ),
        pytest.param(
            "shop: {type: http, routes: {GET /: f}}\nfunctions: {f: {handler: a.c}}",
            "e:1: shop: the API `shop` at the top level; expected APIs below `apis`. "
            "Write `apis:` above it, and indent it below that.",
            id="api-at-the-top",
        ),
        pytest.param(
            "apis: [{up: {type: function-url, function: f}}]",
            "e:1: apis: a list; expected at least one API. Take the dashes off: its entries are keys, as in "
            "`apis: {shop: {type: http, routes: {GET /items: items}}}`.",
            id="list-of-apis",
        ),
        pytest.param(
            "apis: {up: {type: function-url, function: f}}\nfrontends: {origin: http://localhost:5173/}",
            "e:2: frontends: a mapping; expected a list of frontends. "
            "Write `frontends: [{origin: http://localhost:5173}]`.",
            id="one-frontend",
        ),
        pytest.param(
            "apis: {up: {type: function-url, function: f}}\nfrontends: localhost:5173",
            "e:2: frontends: `localhost:5173`; expected a list of frontends. "
            "Write `frontends: [{origin: http://localhost:5173}]`.",
            id="frontend-as-text",
        ),
        pytest.param(
            "apis: {up: {type: function-url, function: f, cors: {allowOrigins: 'localhost:5173, https://a.example'}}}",
            "e:1: apis.up.cors.allowOrigins: `localhost:5173, https://a.example`; expected a list of origins. "
            "Write a list: `allowOrigins: [http://localhost:5173, https://a.example]`.",
            id="origins-as-text",
        ),
    ],
)
def test_other_shapes_that_are_not_quite_it(text: str, message: str) -> None:
    assert printed(text) == message
