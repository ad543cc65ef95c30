"""Keys one level too far left: one message for each parent that stands empty, and none about what follows from it."""

import pytest

from configured import shape_problems


def slipped(line: int, path: str, first: str, parent: str, others: str) -> str:
    return (
        f"emulator.yaml:{line}: {path}: `{first}` beside `{parent}`, which has nothing below it; "
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
    assert shape_problems(text) == "\n".join(messages)


def test_functions_are_looked_at_without_apis() -> None:
    assert shape_problems("functions:\n  a:\n  handler: x.a").splitlines()[1:] == [
        slipped(3, "functions.handler", "handler", "a", "`handler`")
    ]


def test_a_function_may_have_the_name_of_a_key() -> None:
    text = "apis: {up: {type: function-url, function: f}}\nfunctions: {handler: {handler: a.b}, f: {handler: a.c}}"
    assert shape_problems(text) == ""
