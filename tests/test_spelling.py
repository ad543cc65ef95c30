"""Words that are nearly right."""

import pytest

from emulator.spelling import near, normalized


@pytest.mark.parametrize(
    ("word", "choice"),
    [
        pytest.param("allow_origins", "allowOrigins", id="snake-case"),
        pytest.param("AllowOrigins", "allowOrigins", id="pascal-case"),
        pytest.param("allow-origins", "allowOrigins", id="kebab-case"),
        pytest.param("alowOrigins", "allowOrigins", id="letter-missing"),
        pytest.param("maxAeg", "maxAge", id="letters-swapped"),
        pytest.param("colour", None, id="nothing-like-it"),
    ],
)
def test_near(word, choice):
    assert near(word, ["allowOrigins", "allowMethods", "maxAge"]) == choice


@pytest.mark.parametrize(("closeness", "choice"), [(0.66, "x-request-id"), (0.8, None)])
def test_how_close(closeness, choice):
    assert near("x-requested-with", ["x-request-id"], closeness) == choice


def test_normalized():
    assert normalized("Allow-Origins") == normalized("allow_origins") == "alloworigins"
