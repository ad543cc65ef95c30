"""What a function would be told to return, written in the integration response that answered."""

from dataclasses import replace

import pytest

from emulator.aws.integrations import IntegrationResponse, Mappings, Mock
from emulator.aws.rest_api.rest_api import Method
from emulator.aws.rest_api.transformation import JSON
from emulator.exchange import Exchange
from emulator.findings.changes import AddToHeader, Change, MendHandler, RemoveHeaders, ReturnHeaders
from emulator.findings.fix import Fix
from emulator.findings.mapping_changes import (
    MapHeaders,
    MapOrigin,
    SetContentHandling,
    SetRequestTemplate,
    UnmapHeaders,
)
from emulator.findings.mappings import in_mappings, mending
from findings.examples import RAISED, REST, answers, call, with_mock
from serving.exchanges import exchanged

ACAO = ("Access-Control-Allow-Origin", "*")


def options(template: str = '{"statusCode": 200}') -> Exchange:
    return exchanged(with_mock(template, acao="https://a.example"), call("OPTIONS", "/dev/m"), answers())


@pytest.mark.parametrize(
    ("change", "written"),
    [
        (ReturnHeaders("", (ACAO,), status=204), MapHeaders("orders", "OPTIONS /m", "default", (ACAO,), 204)),
        (
            ReturnHeaders("", (("access-control-allow-origin", "*"),)),
            MapHeaders("orders", "OPTIONS /m", "default", (ACAO,)),
        ),
        (AddToHeader("", "Vary", ("A", "B"), ""), MapHeaders("orders", "OPTIONS /m", "default", (("Vary", "A, B"),))),
        (AddToHeader("", "Vary", ("A",), "B"), MapHeaders("orders", "OPTIONS /m", "default", (("Vary", "B, A"),))),
        (RemoveHeaders("", "Vary"), UnmapHeaders("orders", "OPTIONS /m", "default", "Vary")),
        (MendHandler(""), MendHandler("")),
    ],
)
def test_code_becomes_mappings(change: Change, written: Change) -> None:
    fix = Fix((change,), ((change,),), "It is so.")
    assert in_mappings(fix, options()) == Fix((written,), ((written,),), "It is so.")


def test_a_page_is_let_in_beside_another() -> None:
    pages = ("https://a.example", "https://b.example")
    both = MapOrigin("orders", "OPTIONS /m", "default", pages)
    fix = Fix((ReturnHeaders("", (("Access-Control-Allow-Origin", pages[1]), ("Vary", "a"))),))
    more = MapHeaders("orders", "OPTIONS /m", "default", (("Vary", "a"),))
    assert in_mappings(fix, options(), pages).changes == (both, more)
    alone = Fix((ReturnHeaders("", (("Access-Control-Allow-Origin", pages[1]),)),))
    assert in_mappings(alone, options(), pages).changes == (both,)
    every = Fix((ReturnHeaders("", (ACAO,)),))
    assert in_mappings(every, options(), pages).changes == (MapHeaders("orders", "OPTIONS /m", "default", (ACAO,)),)


def test_a_response_by_its_pattern() -> None:
    responses = (IntegrationResponse(200), IntegrationResponse(404, "4..", (("method.response.header.VARY", "'a'"),)))
    mock = Mock(Mappings(request_templates=((JSON, '{"statusCode": 404}'),), responses=responses))
    api = replace(REST, methods=(Method("GET", "/m", mock),))
    fix = in_mappings(Fix((ReturnHeaders("", (("Vary", "b"),)),)), exchanged(api, call(path="/dev/m"), answers()))
    assert fix.changes == (MapHeaders("orders", "GET /m", "4..", (("VARY", "b"),)),)


def test_a_functions_answer_stays_its_own() -> None:
    fix = Fix((ReturnHeaders("f", (ACAO,)),))
    assert in_mappings(fix, exchanged(REST, call(path="/dev/x"), answers())) is fix


def test_what_mends_nothing() -> None:
    sound, raised = options(), exchanged(REST, call(path="/dev/x"), RAISED)
    unrouted = exchanged(REST, call(path="/dev/none"), answers())
    assert [mending(one) for one in (sound, raised, unrouted)] == [(), (), ()]


def test_what_mends_a_binary_body_and_a_missing_response() -> None:
    binary = replace(with_mock(acao="https://a.example"), binary_media_types=("*/*",))
    assert mending(exchanged(binary, call("OPTIONS", "/dev/m"), answers())) == (
        SetContentHandling("orders", "OPTIONS /m", "CONVERT_TO_TEXT"),
    )
    none = Mock(Mappings(request_templates=((JSON, '{"statusCode": 200}'),)))
    api = replace(REST, methods=(Method("GET", "/m", none),))
    assert mending(exchanged(api, call(path="/dev/m"), answers())) == (
        MapHeaders("orders", "GET /m", "default", (), 200),
    )


def test_a_response_template_is_mended_by_hand() -> None:
    exchange = options("{}")
    assert isinstance(mending(exchange)[0], SetRequestTemplate)
    assert exchange.refusal is not None
    refused = replace(exchange.refusal, reason="the response template fails: no #end")
    assert mending(replace(exchange, outcome=refused)) == ()
