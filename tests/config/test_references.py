"""What a reference in `environment` becomes, and that none is passed on as it is written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.config.references import resolved, with_references
from emulator.deployment import Deployment
from emulator.functions.invocation import Function

VARIABLES = {"TABLE": "items", "EMPTY": "", "_X1": "x"}

RESOLVED = [
    pytest.param("plain", "plain", id="none"),
    pytest.param("${TABLE}", "items", id="whole"),
    pytest.param("a-${TABLE}-${_X1}.b", "a-items-x.b", id="within"),
    pytest.param("${EMPTY}", "", id="empty-is-set"),
    pytest.param("${NONE:-local}", "local", id="default"),
    pytest.param("${NONE-local}", "local", id="default-if-unset"),
    pytest.param("${NONE:-}", "", id="empty-default"),
    pytest.param("${EMPTY:-local}", "local", id="default-if-empty"),
    pytest.param("${EMPTY-local}", "", id="empty-is-set-for-a-dash"),
    pytest.param("${TABLE:-local}", "items", id="default-not-needed"),
    pytest.param("${NONE:-http://localhost:8000/a b}", "http://localhost:8000/a b", id="default-is-any-text"),
    pytest.param("${NONE:-$5}", "$5", id="default-with-a-dollar"),
    pytest.param("$${TABLE}", "${TABLE}", id="escaped"),
    pytest.param("$${A}${TABLE}", "${A}items", id="escaped-before-another"),
    pytest.param("$TABLE $$ $5 {TABLE} }", "$TABLE $$ $5 {TABLE} }", id="no-braces"),
    pytest.param("$", "$", id="dollar"),
]


@pytest.mark.parametrize(("text", "value"), RESOLVED)
def test_what_it_becomes(text: str, value: str) -> None:
    assert resolved(text, VARIABLES) == value


REFUSED = [
    pytest.param(
        "${NONE}",
        "`${NONE}`, and there is no variable NONE",
        "Set it here or in a file that `envFile` names, or give a default: `${NONE:-local}`.",
        id="unset",
    ),
    pytest.param(
        "${TABLE",
        "`${TABLE`, which is not closed",
        "Close it, or write `$${` where the characters themselves are meant.",
        id="open",
    ),
    pytest.param(
        "${env:TABLE}",
        "`${env:TABLE}`",
        "Write `${TABLE}`, or `$${` where the characters themselves are meant.",
        id="serverless",
    ),
    pytest.param(
        "${env:TABLE, 'x'}",
        "`${env:TABLE, 'x'}`",
        "Write `${TABLE:-x}`, or `$${` where the characters themselves are meant.",
        id="serverless-with-a-default",
    ),
    *(
        pytest.param(
            text,
            f"`{text}`",
            "Write the value itself, or `$${` where the characters themselves are meant.",
            id=name,
        )
        for name, text in {
            "cloudformation": "${AWS::Region}",
            "self": "${self:custom.table}",
            "empty": "${}",
            "error": "${TABLE:?no}",
            "number": "${1}",
        }.items()
    ),
    pytest.param(
        "${A:-${B}}",
        "`${A:-${B}`",
        "Write the value itself, or `$${` where the characters themselves are meant.",
        id="within-another",
    ),
]


@pytest.mark.parametrize(("text", "found", "fix"), REFUSED)
def test_what_is_refused(text: str, found: str, fix: str) -> None:
    said = resolved(text, VARIABLES)
    assert isinstance(said, tuple)
    assert (said[0], said[2]) == (found, fix)


@given(st.text(alphabet="${}:-Ax ", max_size=12))
def test_no_reference_is_passed_on(text: str) -> None:
    value = resolved(text, {"A": "a", "x": "b"})
    if isinstance(value, str) and "$${" not in text:
        assert "${" not in value


def test_every_function_is_resolved_and_every_mistake_is_said() -> None:
    functions = {
        name: Function(name, "a.b", Path("/code"), environment=environment)
        for name, environment in {
            "one": (("A", "${TABLE}"), ("B", "${NONE}"), ("C", "c")),
            "two": (("D", "${TABLE}"), ("E", "${")),
            "three": (),
        }.items()
    }
    deployment, complaints = with_references(Deployment((), functions), VARIABLES)
    assert {name: dict(one.environment) for name, one in deployment.functions.items()} == {
        "one": {"A": "items", "C": "c"},
        "two": {"D": "items"},
        "three": {},
    }
    assert [one.path for one in complaints] == [
        ("function", "one", "environment", "B"),
        ("function", "two", "environment", "E"),
    ]
