"""Every departure from the Standard is documented, and used by a browser."""

import ast
import inspect
from dataclasses import fields
from itertools import pairwise

from emulator.browser import departures as module
from emulator.browser.departures import Profile
from emulator.browser.profiles import CHROMIUM, FIREFOX, PROFILES, WEBKIT


def documented() -> dict[str, str]:
    """The string below each field of the class."""
    (body,) = (
        node.body
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ClassDef) and node.name == "Profile"
    )
    return {
        field.target.id: text.value.value
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
    }


def test_every_departure_names_its_evidence() -> None:
    texts = documented()
    assert set(texts) == {field.name for field in fields(Profile)} - {"name"}
    for name in set(texts) - {"user_agent"}:
        assert any(word in texts[name] for word in ("bserved", "source", "RFC", "announcement")), name


def test_no_departure_is_idle() -> None:
    standard = Profile("spec")
    for field in fields(Profile):
        values = [getattr(browser, field.name) for browser in (CHROMIUM, FIREFOX, WEBKIT)]
        assert any(value != getattr(standard, field.name) for value in values), field.name


def test_the_names() -> None:
    assert list(PROFILES) == ["spec", "chromium", "firefox", "webkit"]
    assert all(name == profile.name for name, profile in PROFILES.items())
