"""The names of CORS' headers, right and nearly right."""

import pytest

from emulator.findings.cors_header_names import meant_header, misspelt

ORIGIN, HEADERS = "Access-Control-Allow-Origin", "Access-Control-Allow-Headers"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        pytest.param("Acces-Control-Allow-Origin", ORIGIN, id="letter-missing"),
        pytest.param("Access-Control-Allow-Origins", ORIGIN, id="plural"),
        pytest.param("Access-Control-Origin", ORIGIN, id="word-missing"),
        pytest.param("Access_Control_Allow_Headers", HEADERS, id="underscores"),
        pytest.param("access-control-allow-origin", ORIGIN, id="itself"),
        pytest.param("Access-Control-Allow-Private-Network", None, id="another"),
        pytest.param("Content-Type", None, id="unlike"),
    ],
)
def test_the_header_that_was_meant(name: str, meant: str | None) -> None:
    assert meant_header(name) == meant


def test_those_that_are_misspelt() -> None:
    returned = (
        "Content-Type",
        "access-control-allow-headers",
        "Access-Control-Alow-Origin",
        "Access-Control-Alow-Origin",
    )
    assert misspelt(returned) == (("Access-Control-Alow-Origin", ORIGIN),)
