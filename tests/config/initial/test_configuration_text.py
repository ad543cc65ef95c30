"""The first emulator.yaml: it is sound whatever was wanted, and says who the page is."""

import pytest

from configured import document_of, rule_problems, shape_problems, yaml_problems
from emulator.config.initial.configuration_text import Wanted, configuration_text
from emulator.config.initial.first_handler import Language
from emulator.config.initial.handlers import Handler

FIRST_HANDLER = Language.PYTHON.handler
ORIGINS = [None, "http://localhost:5173", "http://localhost:3000", "https://shop.example.com", "http://app.localhost"]
ODD = (Handler("null", "my code", "null.handler", "python3.12"), Handler("2", "@x", "on/2.handler", "nodejs22.x"))


@pytest.mark.parametrize(
    "functions", [(FIRST_HANDLER,), (Language.TYPESCRIPT.handler,), ODD], ids=["first", "first-of-nodejs", "odd"]
)
@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("api", ["http", "rest", "function-url"])
def test_it_is_sound(api: str, origin: str | None, functions: tuple[Handler, ...]) -> None:
    text = configuration_text(Wanted(api, origin, functions))
    assert yaml_problems(text) == shape_problems(text) == rule_problems(text) == ""
    assert max(map(len, text.splitlines())) <= 110
    data = document_of(text).data
    assert isinstance(data, dict)
    assert {name: (one["codeUri"], one["handler"]) for name, one in data["functions"].items()} == {  # type: ignore[index, union-attr, call-overload]
        one.name: (one.code_uri, one.handler) for one in functions
    }


@pytest.mark.parametrize(
    ("origin", "allowed", "page", "port"),
    [
        (None, "http://localhost:5173", "http://localhost:5173", 3000),
        ("http://localhost:3000", "http://localhost:3000", "http://localhost:3000", 3001),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "http://127.0.0.1:8080", 3000),
        ("https://shop.example.com", "https://shop.example.com", "http://localhost:5173", 3000),
        ("http://localhost.example.com", "http://localhost.example.com", "http://localhost:5173", 3000),
    ],
)
def test_the_page(origin: str | None, allowed: str, page: str, port: int) -> None:
    wanted = Wanted("http", origin, (FIRST_HANDLER,))
    assert (wanted.allowed, wanted.page, next(wanted.ports)) == (allowed, page, port)


def test_production_and_its_stand_in() -> None:
    text = configuration_text(Wanted("http", "https://shop.example.com", (FIRST_HANDLER,)))
    assert "allowOrigins: [https://shop.example.com]" in text
    assert "  - origin: https://shop.example.com # " in text
    assert "    dev: http://localhost:5173 # " in text


@pytest.mark.parametrize(("api", "path"), [("http", "/hello"), ("rest", "/dev/hello"), ("function-url", "/")])
def test_the_first_path(api: str, path: str) -> None:
    assert Wanted(api, None, (FIRST_HANDLER,)).path == path
