import pytest

from emulator.browser.exchanged import Exchanged, Send
from emulator.browser.explain import explain, fix_for
from emulator.browser.verdict import Blocked, ConsoleTexts, CorsErrorName
from emulator.messages import Response

TEXTS = ConsoleTexts("Access to fetch ...", "", "")
ORIGIN = "https://app.example"


def test_a_blocked_preflight() -> None:
    response = Response(204)
    blocked = Blocked(
        CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE,
        TEXTS,
        "Access-Control-Allow-Headers",
        "content-type",
        ("authorization", "x-a"),
        response=response,
    )
    preflight = Send("OPTIONS", "https://api.example/", (("Origin", ORIGIN),), is_preflight=True)
    assert explain(blocked, (Exchanged(preflight, response),)).splitlines() == [
        "Access to fetch ...",
        "The preflight OPTIONS https://api.example/ was answered with status 204.",
        "Access-Control-Allow-Headers held 'content-type'.",
        "Add to it: authorization, x-a.",
    ]


def test_a_call_that_sent_nothing() -> None:
    blocked = Blocked(CorsErrorName.DISALLOWED_BY_MODE, TEXTS)
    assert explain(blocked, ()).splitlines() == [
        "Access to fetch ...",
        'Call with `mode: "cors"`, or from a page of the same origin.',
    ]


@pytest.mark.parametrize("error", [error for error in CorsErrorName if error is not CorsErrorName.INVALID_RESPONSE])
def test_every_error_has_a_fix(error: CorsErrorName) -> None:
    assert fix_for(Blocked(error, TEXTS), ORIGIN).endswith(".")


@pytest.mark.parametrize("error", [error for error in CorsErrorName if error.is_of_cors_check])
def test_null_is_never_to_be_allowed_by_name(error: CorsErrorName) -> None:
    fix = fix_for(Blocked(error, TEXTS), "null")
    assert "Access-Control-Allow-Origin: null" not in fix
    assert "`Access-Control-Allow-Origin: *`" in fix


def test_a_preflight_s_origin_has_the_same_fix() -> None:
    missing = Blocked(CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER, TEXTS)
    of_preflight = Blocked(CorsErrorName.PREFLIGHT_MISSING_ALLOW_ORIGIN_HEADER, TEXTS)
    assert fix_for(missing, ORIGIN) == fix_for(of_preflight, ORIGIN)
    assert ORIGIN in fix_for(missing, ORIGIN)
