"""The gateway response that lets a page read a REST API's own error."""

from dataclasses import replace

import pytest

from emulator.aws.api import Api
from emulator.aws.rest_api.gateway_responses import GatewayResponse
from emulator.browser.modes import Credentials
from emulator.findings.changes import CallWithoutCredentials, Change, SetGatewayResponse
from emulator.findings.finding import Case
from emulator.findings.gateway_errors import hidden, letting_it_be_read
from emulator.functions.invocation import IntegrationTimeout, Result, Throttled
from emulator.messages import Request
from findings.examples import PAGE, PLAIN, REST, URL, answers, call, preflight
from serving.exchanges import exchanged

ACAO = ("Access-Control-Allow-Origin", PAGE)
ACAC = ("Access-Control-Allow-Credentials", "true")
SLOW = IntegrationTimeout(29.0)


def with_entries(*entries: tuple[str, str, str]) -> Api:
    return replace(
        REST,
        gateway_responses=tuple(
            GatewayResponse(name, None, ((f"gatewayresponse.header.{header}", f"'{value}'"),))
            for name, header, value in entries
        ),
    )


def case(api: Api, request: Request, result: Result = SLOW, mode: Credentials = Credentials.SAME_ORIGIN) -> Case:
    return Case(exchanged(api, request, result), credentials=mode)


@pytest.mark.parametrize(
    ("api", "request_", "result", "response_type", "headers"),
    [
        pytest.param(REST, call(path="/dev/x"), SLOW, "DEFAULT_5XX", (ACAO,), id="no-entry-is-the-family"),
        pytest.param(REST, call(path="/dev/nowhere"), SLOW, "DEFAULT_4XX", (ACAO,), id="unknown-route"),
        pytest.param(REST, call(path="/dev/nowhere", Authorization="Bearer a"), SLOW, "DEFAULT_4XX", (ACAO,),
                     id="incomplete-signature"),
        pytest.param(with_entries(("INTEGRATION_TIMEOUT", "x-a", "b")), call(path="/dev/x"), SLOW,
                     "INTEGRATION_TIMEOUT", (ACAO,), id="its-own-entry"),
        pytest.param(with_entries(("INTEGRATION_TIMEOUT", "x-a", "b")), call(path="/dev/x"), Throttled(1),
                     "DEFAULT_5XX", (ACAO,), id="another-types-entry"),
        pytest.param(with_entries(("DEFAULT_5XX", ACAO[0].lower(), "https://b.test")), call(path="/dev/x"), SLOW,
                     "DEFAULT_5XX", ((ACAO[0].lower(), PAGE),), id="the-name-as-it-is-written"),
    ],
)  # fmt: skip
def test_it_is_written_where_it_counts(
    api: Api, request_: Request, result: Result, response_type: str, headers: tuple[tuple[str, str], ...]
) -> None:
    assert letting_it_be_read(case(api, request_, result)) == (SetGatewayResponse("orders", response_type, headers),)


@pytest.mark.parametrize(
    ("api", "origin", "mode", "changes"),
    [
        pytest.param(REST, PAGE, Credentials.INCLUDE, (SetGatewayResponse("orders", "DEFAULT_5XX", (ACAO, ACAC)),),
                     id="with-credentials"),
        pytest.param(with_entries(("DEFAULT_5XX", "Access-Control-Allow-Origin", PAGE)), PAGE, Credentials.INCLUDE,
                     (SetGatewayResponse("orders", "DEFAULT_5XX", (ACAC,)),), id="what-is-lacking-alone"),
        pytest.param(REST, "null", Credentials.SAME_ORIGIN,
                     (SetGatewayResponse("orders", "DEFAULT_5XX", ((ACAO[0], "*"),)),), id="never-null"),
        pytest.param(REST, "null", Credentials.INCLUDE,
                     (SetGatewayResponse("orders", "DEFAULT_5XX", ((ACAO[0], "*"),)), CallWithoutCredentials()),
                     id="never-null-with-credentials"),
        pytest.param(REST, "capacitor://localhost", Credentials.OMIT,
                     (SetGatewayResponse("orders", "DEFAULT_5XX", ((ACAO[0], "capacitor://localhost"),)),),
                     id="a-literal-takes-any-origin"),
    ],
)  # fmt: skip
def test_what_the_page_needs(api: Api, origin: str, mode: Credentials, changes: tuple[Change, ...]) -> None:
    assert letting_it_be_read(case(api, call(path="/dev/x", origin=origin), SLOW, mode)) == changes


def test_an_opaque_origin_that_only_credentials_keep_out() -> None:
    """A mapping of the request's own Origin lets null in by name; nothing is written then."""
    entry = GatewayResponse("DEFAULT_5XX", None, (("gatewayresponse.header.Access-Control-Allow-Origin", "'null'"),))
    asked = case(
        replace(REST, gateway_responses=(entry,)), call(path="/dev/x", origin="null"), SLOW, Credentials.INCLUDE
    )
    assert letting_it_be_read(asked) == (CallWithoutCredentials(),)


@pytest.mark.parametrize(
    ("api", "request_", "result"),
    [
        pytest.param(REST, call(path="/dev/x"), answers(400), id="the-functions-own"),
        pytest.param(PLAIN, call(), SLOW, id="http-api"),
        pytest.param(URL, call(path="/"), Throttled(1), id="function-url"),
        pytest.param(REST, call(path="/elsewhere"), answers(), id="outside-the-stage"),
        pytest.param(REST, call("POST", "/dev/x", body=b"x" * 10_500_000), answers(), id="above-10-MB"),
        pytest.param(REST, preflight("GET", "/dev/x"), answers(), id="a-preflight-needs-another-status-too"),
    ],
)
def test_no_gateway_response_applies(api: Api, request_: Request, result: Result) -> None:
    assert letting_it_be_read(case(api, request_, result)) == ()


def test_why_it_is_hidden() -> None:
    assert hidden(case(REST, call(path="/dev/x"))).endswith("because the 504 has no CORS headers.")
    other = with_entries(("DEFAULT_5XX", "Access-Control-Allow-Origin", "https://b.test"))
    assert hidden(case(other, call(path="/dev/x"))).endswith("has CORS headers that do not let this page in.")
