from typing import Any

from findings.one_rule import generate


def pytest_generate_tests(metafunc: Any) -> None:
    generate(metafunc)
