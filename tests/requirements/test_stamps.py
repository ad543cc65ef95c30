"""What `make` installs and when: serving its part, developing the rest, each again only when its lock changed."""

from typing import Any

import pytest

VENV = "-m venv --clear .venv"
SERVE = "--no-deps --no-compile --require-hashes --requirement requirements/serve.txt"
DEV = "--no-deps --no-compile --require-hashes --requirement requirements/dev.txt"
ITSELF = "--no-deps --no-build-isolation --editable ."
RUN = "emulate serve"


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([("serve", [VENV, SERVE, ITSELF, RUN]), ("serve", [RUN])], id="serving-installs-its-part-once"),
        pytest.param([("install", [VENV, DEV, ITSELF]), ("install", [])], id="developing-installs-all-once"),
        pytest.param(
            [("serve", [VENV, SERVE, ITSELF, RUN]), ("install", [DEV, ITSELF]), ("serve", [RUN]), ("install", [])],
            id="developing-adds-to-serving",
        ),
        pytest.param([("install", [VENV, DEV, ITSELF]), ("serve", [RUN])], id="serving-is-a-part-of-developing"),
        pytest.param(
            [
                ("install", [VENV, DEV, ITSELF]),
                ("change requirements/dev.txt", []),
                ("serve", [RUN]),
                ("install", [DEV, ITSELF]),
                ("install", []),
            ],
            id="changed-lock-of-developing",
        ),
        pytest.param(
            [
                ("install", [VENV, DEV, ITSELF]),
                ("change requirements/serve.txt", []),
                ("serve", [SERVE, ITSELF, RUN]),
                ("serve", [RUN]),
                ("install", []),
            ],
            id="changed-lock-of-serving",
        ),
        pytest.param(
            [
                ("install", [VENV, DEV, ITSELF]),
                ("change pyproject.toml", []),
                ("serve", [SERVE, ITSELF, RUN]),
                ("install", [DEV, ITSELF]),
                ("serve", [RUN]),
            ],
            id="changed-project",
        ),
    ],
)
def test_what_each_target_installs(checkout: Any, steps: list[tuple[str, list[str]]]) -> None:
    checkout.add_python("python3", 3, 12, 1)
    for step, asked in steps:
        if step.startswith("change "):
            checkout.change(step.removeprefix("change "))
            continue
        result = checkout.make(step)
        assert (result.returncode, result.stderr, checkout.asked()) == (0, "", asked)


def test_what_failed_is_tried_again(checkout: Any) -> None:
    checkout.add_python("python3", 3, 12, 1)
    checkout.make("install")
    checkout.change("requirements/dev.txt")
    checkout.asked()
    assert checkout.make("install", fail="yes").returncode != 0
    assert checkout.asked() == [DEV]
    assert checkout.make("install").returncode == 0
    assert checkout.asked() == [DEV, ITSELF]
