import pytest

from emulator.functions.runtimes import Family, family_of


@pytest.mark.parametrize(
    ("runtime", "family"),
    [
        ("python3.8", Family.PYTHON),
        ("python3.14", Family.PYTHON),
        ("python3.7", Family.OTHER),
        ("python3.12.1", Family.OTHER),
        ("nodejs10.x", Family.NODEJS),
        ("nodejs24.x", Family.NODEJS),
        ("nodejs8.10", Family.OTHER),
        ("nodejs22", Family.OTHER),
        ("provided", Family.PROVIDED),
        ("provided.al2", Family.PROVIDED),
        ("provided.al2023", Family.PROVIDED),
        ("provided.al", Family.OTHER),
        ("java21", Family.OTHER),
        ("", Family.OTHER),
    ],
)
def test_family_of(runtime: str, family: Family) -> None:
    assert family_of(runtime) is family
