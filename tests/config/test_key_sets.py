"""The key sets that authorizers name, and what is no key set."""

from pathlib import Path

import pytest

from emulator.config.emulator_yaml.schema.configuration import Configuration
from emulator.config.key_sets import read_key_sets
from tokens import jwks

FILES = {"keys.json": jwks().encode(), "latin.json": b"\xff", "text.json": b"{", "empty.json": b'{"keys": []}'}


def read(path: Path) -> bytes:
    if path.name not in FILES:
        raise FileNotFoundError(2, "No such file or directory")
    return FILES[path.name]


def found(*names: str) -> tuple[dict[str, str], list[str]]:
    trusted = {"issuer": "https://id.example.com", "audience": ["shop"]}
    given = {"type": "jwt", "jwtConfiguration": trusted}
    declared = {f"a{index}": {**given, "jwks": one} for index, one in enumerate(names)}
    apis = {
        "shop": {"type": "http", "authorizers": declared, "routes": {"GET /a": "items"}},
        "orders": {"type": "rest", "routes": {"GET /a": "items"}},
    }
    texts, complaints = read_key_sets(Configuration.model_validate({"apis": apis}).apis, Path("project"), read)
    return texts, [f"{one.path[3]} {one.found}" for one in complaints]


def test_each_file_is_read_once() -> None:
    assert found("keys.json", "keys.json") == ({"keys.json": jwks()}, [])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none.json", "a0 `none.json`, which cannot be read (No such file or directory)"),
        ("latin.json", "a0 `latin.json`, which is no key set: it is no JSON in UTF-8"),
        ("text.json", "a0 `text.json`, which is no key set: it is no JSON in UTF-8"),
        ("empty.json", "a0 `empty.json`, which is no key set: it has no RSA key with a `kid`"),
    ],
)
def test_what_is_no_key_set(name: str, said: str) -> None:
    assert found(name) == ({}, [said])
