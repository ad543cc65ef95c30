import pytest

from emulator.errors import ConfigError, Problem

WHOLE = Problem("emulator.yaml", 0, "", "an empty file", "at least one API", "Write one.")
PORT = Problem("emulator.yaml", 4, "apis.shop.port", "port 99999", "a port from 1 to 65535", "Choose another.")


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        pytest.param(WHOLE, "emulator.yaml: an empty file; expected at least one API. Write one.", id="whole-file"),
        pytest.param(
            PORT,
            "emulator.yaml:4: apis.shop.port: port 99999; expected a port from 1 to 65535. Choose another.",
            id="key",
        ),
        pytest.param(
            Problem("a.yaml", 2, "", "a tab", "spaces", "Write spaces.", column=5),
            "a.yaml:2:5: a tab; expected spaces. Write spaces.",
            id="column",
        ),
        pytest.param(
            Problem("a.yaml", 2, "apis", "x", "y", "z.", is_warning=True),
            "a.yaml:2: warning: apis: x; expected y. z.",
            id="warning",
        ),
    ],
)
def test_a_problem_in_words(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_a_configuration_error_tells_every_problem() -> None:
    assert str(ConfigError((WHOLE, PORT))) == f"{WHOLE}\n{PORT}"
    assert ConfigError((WHOLE, PORT)).problems == (WHOLE, PORT)
