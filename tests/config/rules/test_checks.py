"""Recorded checks: calls that can be made, by pages that can be, and outcomes that browsers have."""

import pytest

from emulator.config.rules.checks import check_complaints
from emulator.deployment import RecordedCheck

SOUND = RecordedCheck("GET /items?page=2", "https://shop.example.com", "allowed")


@pytest.mark.parametrize(
    "check",
    [
        SOUND,
        RecordedCheck("patch /", "null", "blocked"),
        RecordedCheck("PUT /", "capacitor://localhost", "MethodDisallowedByPreflightResponse", "shop"),
    ],
)
def test_sound(check: RecordedCheck) -> None:
    assert not list(check_complaints([check], ["shop"]))


@pytest.mark.parametrize(
    ("check", "key", "found", "fix"),
    [
        pytest.param(
            RecordedCheck("/items", SOUND.origin, "allowed"), "request", "`/items`",
            "Write it like `request: POST /items`.", id="no-method",
        ),
        pytest.param(
            RecordedCheck("GET http://a.example/", SOUND.origin, "allowed"), "request", "`GET http://a.example/`",
            "Write it like `request: POST /items`.", id="url",
        ),
        pytest.param(
            RecordedCheck("G@T /items", SOUND.origin, "allowed"), "request", "`G@T /items`",
            "Write it like `request: POST /items`.", id="no-token",
        ),
        pytest.param(
            RecordedCheck("GET /", "https://shop.example.com/", "allowed"), "as", "`https://shop.example.com/`",
            "Write `as: https://shop.example.com`.", id="slash",
        ),
        pytest.param(
            RecordedCheck("GET /", "shop", "allowed"), "as", "`shop`",
            "Write it like `as: https://shop.example.com`.", id="no-origin",
        ),
        pytest.param(
            RecordedCheck("GET /", SOUND.origin, "Allowed"), "expect", "`Allowed`", "Write `expect: allowed`.",
            id="near",
        ),
        pytest.param(
            RecordedCheck("GET /", SOUND.origin, "200"), "expect", "`200`", "Write `expect: blocked`.", id="status",
        ),
        pytest.param(
            RecordedCheck("GET /", SOUND.origin, "allowed", "shopp"), "api", "`shopp`", "Write `api: shop`.",
            id="near-api",
        ),
        pytest.param(
            RecordedCheck("GET /", SOUND.origin, "allowed", "x"), "api", "`x`", "Name one that is declared.",
            id="no-api",
        ),
    ],
)  # fmt: skip
def test_complaints(check: RecordedCheck, key: str, found: str, fix: str) -> None:
    (complaint,) = check_complaints([SOUND, check], ["shop"])
    assert (complaint.path, complaint.found, complaint.fix) == (("check", 1, key), found, fix)


def test_there_may_be_no_api_to_name() -> None:
    (complaint,) = check_complaints([RecordedCheck("GET /", SOUND.origin, "allowed", "x")], [])
    assert complaint.expected == "an API"
