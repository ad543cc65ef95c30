import pytest

from emulator.browser.exchanged import Exchanged, Send
from emulator.browser.explain import explain, fix_for
from emulator.browser.verdict import Blocked, ConsoleTexts, CorsErrorName
from emulator.messages import Headers, Response

TEXTS = ConsoleTexts("Access to fetch ...", "", "")
ORIGIN = "https://app.example"
ACAO = "Access-Control-Allow-Origin"


def sent(response: Response, origin: str = ORIGIN, *, asks: Headers = ()) -> tuple[Exchanged, ...]:
    method = "OPTIONS" if asks else "GET"
    request = Send(method, "https://api.example/", (("Origin", origin), *asks), is_preflight=bool(asks))
    return (Exchanged(request, response),)


def test_a_blocked_preflight() -> None:
    response = Response(204, ((ACAO, ORIGIN), ("Access-Control-Allow-Headers", "content-type")))
    error = CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE
    blocked = Blocked(error, TEXTS, "Access-Control-Allow-Headers", "content-type", ("authorization", "x-a"),
                      response=response)  # fmt: skip
    asks = (("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "authorization,x-a"))
    assert explain(blocked, sent(response, asks=asks)).splitlines() == [
        "Access to fetch ...",
        "The preflight OPTIONS https://api.example/ was answered with status 204.",
        "Access-Control-Allow-Headers held 'content-type'.",
        (
            "Answer OPTIONS with `Access-Control-Allow-Methods: PUT`, "
            "`Access-Control-Allow-Headers: content-type, authorization, x-a`."
        ),
    ]


FIXES = [
    pytest.param(CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER, Response(200), (),
                 "Send `Access-Control-Allow-Origin: https://app.example` with this response, errors too.",
                 id="missing"),
    pytest.param(CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED, Response(200, ((ACAO, "*"),)), (),
                 "Send `Access-Control-Allow-Origin: https://app.example`, `Access-Control-Allow-Credentials: true` "
                 'with this response, errors too. Or call without `credentials: "include"`. `*` does not serve calls '
                 "with credentials: name the origin"
                 ", from an allowlist, and send `Vary: Origin` too.", id="wildcard"),
    pytest.param(CorsErrorName.PREFLIGHT_INVALID_STATUS, Response(403, ((ACAO, "*"),)),
                 (("Access-Control-Request-Method", "GET"),),
                 "Answer OPTIONS with a status from 200 to 299, without authorization. A preflight passes with a "
                 "status from 200 to 299 only.", id="status"),
    pytest.param(CorsErrorName.PREFLIGHT_DISALLOWED_REDIRECT, Response(302, ((ACAO, "*"), ("Location", "/x"))),
                 (("Access-Control-Request-Method", "GET"),),
                 "Answer OPTIONS with a status from 200 to 299, without authorization. A browser never follows a "
                 "redirect of a preflight.", id="redirect"),
]  # fmt: skip


@pytest.mark.parametrize(("error", "response", "asks", "fix"), FIXES)
def test_what_to_send(error: CorsErrorName, response: Response, asks: Headers, fix: str) -> None:
    assert fix_for(Blocked(error, TEXTS, response=response), sent(response, asks=asks)) == fix


def test_a_call_that_sent_nothing() -> None:
    blocked = Blocked(CorsErrorName.DISALLOWED_BY_MODE, TEXTS)
    assert explain(blocked, ()).splitlines() == [
        "Access to fetch ...",
        'Call with `mode: "cors"`, or from a page of the same origin.',
    ]


@pytest.mark.parametrize("error", list(CorsErrorName))
def test_every_error_has_a_fix(error: CorsErrorName) -> None:
    assert fix_for(Blocked(error, TEXTS), ()).endswith(".")
    response = Response(200)
    assert fix_for(Blocked(error, TEXTS, response=response), sent(response)).endswith(".")


@pytest.mark.parametrize("error", [error for error in CorsErrorName if error.is_of_cors_check])
def test_null_is_never_to_be_allowed_by_name(error: CorsErrorName) -> None:
    response = Response(200)
    fix = fix_for(Blocked(error, TEXTS, response=response), sent(response, "null"))
    assert "Access-Control-Allow-Origin: null" not in fix
    assert "`Access-Control-Allow-Origin: *`" in fix
