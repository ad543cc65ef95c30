"""`make` with a Python that will not do: one line at once, instead of minutes in which pip looks for what fits."""

from typing import Any

import pytest

OLD = (3, 9, 18)
NEW = (3, 12, 1)
INSTALL = (
    "Install one (Debian, Ubuntu: apt install python3.11-venv; macOS: brew install python), and name it: "
    "make {} PYTHON=python3.11"
)


@pytest.mark.parametrize(
    ("arguments", "pythons", "line"),
    [
        pytest.param(
            [],
            {"python3": OLD},
            "python3 is Python 3.9.18; emulate needs 3.11 or newer. " + INSTALL.format("serve"),
            id="too-old",
        ),
        pytest.param(
            ["install"],
            {"python3": (2, 7, 18)},
            "python3 is Python 2.7.18; emulate needs 3.11 or newer. " + INSTALL.format("install"),
            id="far-too-old",
        ),
        pytest.param(
            ["serve"],
            {"python3": (3, 10, 13), "python3.12": NEW, "python3.11": (3, 11, 2)},
            "python3 is Python 3.10.13; emulate needs 3.11 or newer. Name another: make serve PYTHON=python3.12",
            id="another-is-there",
        ),
        pytest.param(
            ["test-latest", "PYTHON=python3.10"],
            {"python3.10": (3, 10, 13), "python3.13": (3, 13, 0)},
            "python3.10 is Python 3.10.13; emulate needs 3.11 or newer. "
            "Name another: make test-latest PYTHON=python3.13",
            id="the-one-named-is-too-old",
        ),
        pytest.param(
            ["serve", "PYTHON=/opt/python3.13"],
            {},
            "/opt/python3.13 is no Python that runs; emulate needs 3.11 or newer. " + INSTALL.format("serve"),
            id="not-there",
        ),
    ],
)
def test_a_python_that_will_not_do_is_named_at_once(
    checkout: Any, arguments: list[str], pythons: dict[str, Any], line: str
) -> None:
    for name, version in pythons.items():
        checkout.add_python(name, *version)
    result = checkout.make(*arguments)
    said, verdict = result.stderr.splitlines()
    assert said == line
    assert verdict.startswith("make: *** ")
    assert checkout.asked() == []
    assert not list(checkout.folder.glob(".venv*/bin"))


def test_the_python_that_is_named_makes_the_environment(checkout: Any) -> None:
    checkout.add_python("python3", *OLD)
    checkout.add_python("python3.12", *NEW)
    assert checkout.make("serve", "PYTHON=python3.12").stderr == ""
    assert checkout.asked()[0] == "-m venv --clear .venv"


def test_an_environment_of_an_old_python_is_made_anew(checkout: Any) -> None:
    checkout.add_python("python3", *NEW)
    (checkout.folder / ".venv" / "bin").mkdir(parents=True)
    checkout.add_python("python3.9", *OLD).rename(checkout.folder / ".venv" / "bin" / "python")
    assert checkout.make("serve").stderr == ""
    assert checkout.asked()[0] == "-m venv --clear .venv"


def test_one_of_use_is_left_whatever_python_is_named(checkout: Any) -> None:
    checkout.add_python("python3", *NEW)
    checkout.make("serve")
    checkout.asked()
    checkout.change("pyproject.toml")
    checkout.add_python("python3", *OLD)
    assert checkout.make("serve").stderr == ""
    assert "-m venv --clear .venv" not in checkout.asked()
