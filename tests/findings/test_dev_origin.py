"""Which production origin a page on this machine may stand in for; the rules' own examples show what becomes of it."""

from dataclasses import replace

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.deployment import Frontend
from emulator.findings.changes import DeclareFrontend
from emulator.findings.dev_origin import standing_in
from emulator.findings.finding import Case
from findings.examples import LISTED, PAGE, REST, answers, call
from serving.exchanges import exchanged

SHOP, ADMIN, HERE = "https://shop.example.com", "https://admin.example.com", "http://localhost:3001"
POLICY = replace(LISTED, cors=CorsConfiguration((SHOP,), ("GET",)))


@pytest.mark.parametrize(
    ("api", "origin", "frontends", "chosen"),
    [
        pytest.param(POLICY, PAGE, (Frontend(SHOP),), SHOP, id="the-one"),
        pytest.param(POLICY, PAGE, (Frontend(ADMIN), Frontend(SHOP)), SHOP, id="the-one-the-gateway-lets-in"),
        pytest.param(REST, PAGE, (Frontend(ADMIN), Frontend(SHOP)), SHOP, id="the-one-the-function-lets-in"),
        pytest.param(POLICY, PAGE, (Frontend(HERE), Frontend(ADMIN)), ADMIN, id="the-first-where-none-is-let-in"),
        pytest.param(POLICY, "http://127.0.0.1:5173", (Frontend(SHOP),), SHOP, id="by-address"),
        pytest.param(POLICY, PAGE, (), None, id="nothing-declared"),
        pytest.param(POLICY, PAGE, (Frontend(HERE),), None, id="no-production"),
        pytest.param(POLICY, PAGE, (Frontend("null"), Frontend("capacitor://localhost")), None, id="no-web-page"),
        pytest.param(POLICY, PAGE, (Frontend(SHOP), Frontend(PAGE)), None, id="a-frontend-of-its-own"),
        pytest.param(POLICY, PAGE, (Frontend(SHOP, dev=(PAGE,)),), None, id="it-does-already"),
        pytest.param(POLICY, "https://else.test", (Frontend(SHOP),), None, id="page-of-the-web"),
        pytest.param(POLICY, "null", (Frontend(SHOP),), None, id="page-without-origin"),
    ],
)
def test_what_a_page_here_may_stand_in_for(
    api: Api, origin: str, frontends: tuple[Frontend, ...], chosen: str | None
) -> None:
    path = "/dev/x" if api is REST else "/x"
    exchange = exchanged(api, call(path=path, origin=origin), answers(acao=SHOP))
    verdict = judge(exchange.request, exchange.response, Credentials.SAME_ORIGIN)
    standing = standing_in(Case(exchange, verdict, frontends=frontends))
    if chosen is None:
        assert standing is None
    else:
        assert standing is not None
        declared, production = standing
        assert declared == DeclareFrontend(chosen, dev=origin)
        assert (production.origin, production.exchange.response) == (chosen, exchange.response)
