"""AWS: Use API mappings to connect API stages to a custom domain name for REST APIs."""

import pytest

from emulator.aws.api_mapping import KEY_LENGTH, ApiMapping, key_problem


@pytest.mark.parametrize(
    ("key", "raw_path", "below"),
    [
        ("", "/customers", "/customers"),
        ("", "/", "/"),
        ("orders", "/orders", "/"),
        ("orders", "/orders/", "/"),
        ("orders", "/orders/1", "/1"),
        ("orders", "/ordersx", None),
        ("orders", "/", None),
        ("orders", "/Orders/1", None),
        ("orders", "//orders/1", None),
        ("orders/v1/items", "/orders/v1/items/123", "/123"),
        ("orders/v1/items", "/orders/v1", None),
        ("orders", "/orders//1", "//1"),
    ],
)
def test_below(key: str, raw_path: str, below: str | None) -> None:
    assert ApiMapping("api.example.com", key).below(raw_path) == below


def test_base_path() -> None:
    assert [ApiMapping("api.example.com", key).base_path for key in ("", "orders/v1")] == ["", "/orders/v1"]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("", None),
        ("orders/v1", None),
        ("$-_.+!*'()", None),
        ("x" * KEY_LENGTH, None),
        ("x" * (KEY_LENGTH + 1), "AWS takes 300 at most"),
        ("/orders", 'write "orders"'),
        ("orders/", 'write "orders"'),
        ("or ders", "letters, digits"),
        ("a//b", "letters, digits"),
        ("{proxy+}", "letters, digits"),
    ],
)
def test_key_problem(key: str, words: str | None) -> None:
    """AWS: Use API mappings, Restrictions; aws/aws-cdk#8983, of "/"."""
    problem = key_problem(key)
    assert (problem is None) if words is None else (problem is not None and words in problem)
