"""Fixes of many calls as one."""

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.checks.merging import for_pages, merged, subject
from emulator.findings.changes import (
    AddCors,
    AddRoute,
    AddToCors,
    AddToHeader,
    Answer,
    CallMethod,
    CallUrl,
    CallWithCredentials,
    CallWithoutCredentials,
    Change,
    CompareOrigin,
    CorsField,
    DeclareFrontend,
    DoByHand,
    IntegrationField,
    LoadWithoutCors,
    MendHandler,
    RaiseConcurrency,
    RaiseTimeout,
    RemoveCors,
    RemoveHeaders,
    RemoveRoute,
    ReplaceInCors,
    ReplaceRoute,
    ReturnHeaders,
    ServePage,
    SetBase64Flag,
    SetBinaryMediaTypes,
    SetConcurrencyWait,
    SetCorsCredentials,
    SetCorsMaxAge,
    SetGatewayResponse,
    SetIntegration,
)
from emulator.findings.fix import Fix
from emulator.findings.mapping_changes import MapHeaders, MapOrigin, SetContentHandling, SetGeneratedCors, UnmapHeaders

METHODS, HEADERS = CorsField.ALLOW_METHODS, CorsField.ALLOW_HEADERS
A, B = "https://a.example", "https://b.example"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (AddToCors("shop", METHODS, ("PUT",), ()), "shop cors.allowMethods"),
        (ReplaceInCors("shop", METHODS, "put", ("PUT",)), "shop cors.allowMethods"),
        (SetCorsCredentials("shop", allowed=True), "shop cors.allowCredentials"),
        (AddCors("shop", CorsConfiguration()), "shop cors"),
        (RemoveCors("shop"), "shop cors"),
        (SetCorsMaxAge("shop", 600), "shop cors.maxAge"),
        (AddRoute("shop", "OPTIONS /a"), "shop OPTIONS /a"),
        (RemoveRoute("shop", "ANY /a"), "shop ANY /a"),
        (ReplaceRoute("shop", "ANY /a", ("GET /a",)), "shop ANY /a"),
        (SetBinaryMediaTypes("shop", ("*/*",)), "shop binaryMediaTypes"),
        (SetGatewayResponse("shop", "DEFAULT_4XX", ()), "shop gatewayResponses.DEFAULT_4XX"),
        (MapHeaders("shop", "OPTIONS /x", "default", ()), "shop OPTIONS /x default"),
        (UnmapHeaders("shop", "OPTIONS /x", "4..", "Vary"), "shop OPTIONS /x 4.."),
        (SetGeneratedCors("shop", "allowOrigins", ()), "shop cors.allowOrigins"),
        (SetContentHandling("shop", "OPTIONS /x", "CONVERT_TO_TEXT"), "shop OPTIONS /x integration"),
        (
            SetIntegration("shop", "ANY /x", IntegrationField.TIMEOUT_IN_MILLIS, "29000", "1000"),
            "shop ANY /x timeoutInMillis",
        ),
        (DeclareFrontend(A), f"frontend {A}"),
        (CallUrl("http://x/"), "page http://x/"),
        (CallMethod(("GET",)), "page"),
        (CallWithoutCredentials(), "page"),
        (CallWithCredentials(), "page"),
        (LoadWithoutCors("<img>"), "page"),
        (ServePage(), "page"),
        (DoByHand("check the path"), "check the path"),
        *[
            (change, "function f")
            for change in (
                ReturnHeaders("f", ()),
                AddToHeader("f", "Access-Control-Allow-Methods", (), ""),
                RemoveHeaders("f", "Access-Control-"),
                CompareOrigin("f"),
                SetBase64Flag("f"),
                MendHandler("f"),
                RaiseConcurrency("f"),
                SetConcurrencyWait("f"),
                RaiseTimeout("f"),
            )
        ],
    ],
)
def test_subjects(change: Change, named: str) -> None:
    assert subject(change) == named


def add(field: CorsField, *entries: str) -> AddToCors:
    return AddToCors("shop", field, entries, ("GET",))


def returning(*headers: tuple[str, str], on: Answer = Answer.ANY) -> ReturnHeaders:
    return ReturnHeaders("f", headers, on)


def listing(header: str, *entries: str) -> AddToHeader:
    return AddToHeader("f", header, entries, "GET")


ACAM, ACAO = "Access-Control-Allow-Methods", "Access-Control-Allow-Origin"
TRUE = ("Access-Control-Allow-Credentials", "true")


def answering(*headers: tuple[str, str], response_type: str = "DEFAULT_4XX") -> SetGatewayResponse:
    return SetGatewayResponse("shop", response_type, headers)


def naming(*origins: str) -> MapOrigin:
    return MapOrigin("shop", "OPTIONS /x", "default", origins)


def mapping(*headers: tuple[str, str]) -> MapHeaders:
    return MapHeaders("shop", "OPTIONS /x", "default", headers)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        pytest.param([add(METHODS, "PUT")], [add(METHODS, "PUT")], [add(METHODS, "PUT")], id="equal"),
        pytest.param([answering((ACAO, A))], [answering((ACAO, A))], [answering((ACAO, A))], id="one-literal"),
        pytest.param([answering((ACAO, A))], [answering((ACAO, B))], [answering((ACAO, "*"))], id="two-literals"),
        pytest.param(
            [answering((ACAO, A), TRUE)], [answering((ACAO, B))], [answering((ACAO, A), TRUE)], id="with-credentials"
        ),
        pytest.param(
            [answering((ACAO, A))],
            [answering((ACAO, A), response_type="DEFAULT_5XX")],
            [answering((ACAO, A)), answering((ACAO, A), response_type="DEFAULT_5XX")],
            id="two-types",
        ),
        pytest.param([mapping((ACAO, A))], [mapping((ACAO, B))], [mapping((ACAO, "*"))], id="two-mapped-literals"),
        pytest.param(
            [SetGeneratedCors("shop", "allowHeaders", ("a",), is_list=True)],
            [SetGeneratedCors("shop", "allowHeaders", ("b",), is_list=True)],
            [SetGeneratedCors("shop", "allowHeaders", ("a", "b"), is_list=True)],
            id="generated",
        ),
        pytest.param([naming(A, B)], [naming(A, "https://c.test")], [naming(A, B, "https://c.test")], id="origins"),
        pytest.param([add(METHODS, "PUT")], [add(METHODS, "PATCH")], [add(METHODS, "PUT", "PATCH")], id="entries"),
        pytest.param(
            [add(METHODS, "PUT")],
            [add(METHODS, "PUT"), add(HEADERS, "x-a")],
            [add(METHODS, "PUT"), add(HEADERS, "x-a")],
            id="one-is-part-of-the-other",
        ),
        pytest.param(
            [add(METHODS, "PUT"), CallUrl("http://x/")],
            [add(HEADERS, "x-a")],
            [add(METHODS, "PUT"), CallUrl("http://x/"), add(HEADERS, "x-a")],
            id="different",
        ),
        pytest.param(
            [AddCors("shop", CorsConfiguration((A,), ("PUT",)))],
            [AddCors("shop", CorsConfiguration((B,), ("GET",), ("x-a",), allow_credentials=True))],
            [AddCors("shop", CorsConfiguration((A, B), ("PUT", "GET"), ("x-a",), allow_credentials=True))],
            id="cors",
        ),
        pytest.param(
            [AddRoute("shop", "OPTIONS /a", ((ACAO, A), (ACAM, "PUT")))],
            [AddRoute("shop", "OPTIONS /a", ((ACAO, A), (ACAM, "PUT, PATCH"), ("Vary", "Origin")))],
            [AddRoute("shop", "OPTIONS /a", ((ACAO, A), (ACAM, "PUT, PATCH"), ("Vary", "Origin")))],
            id="route",
        ),
        pytest.param(
            [returning((ACAO, A))], [returning((ACAO, B))], [returning((ACAO, f"{A} or {B}"))], id="two-origins"
        ),
        pytest.param(
            [returning((ACAO, A))],
            [returning((ACAO, A), on=Answer.ERROR)],
            [returning((ACAO, A)), returning((ACAO, A), on=Answer.ERROR)],
            id="on-other-answers",
        ),
        pytest.param([listing(ACAM, "PUT")], [listing(ACAM, "PATCH")], [listing(ACAM, "PUT", "PATCH")], id="header"),
        pytest.param(
            [listing(ACAM, "PUT")], [listing("Vary", "Origin")], [listing(ACAM, "PUT"), listing("Vary", "Origin")],
            id="other-header",
        ),
        pytest.param([CompareOrigin("f")], [CompareOrigin("f")], [CompareOrigin("f")], id="nothing-to-add"),
        pytest.param(
            [CallUrl("http://x/")], [CallUrl("http://y/")], [CallUrl("http://x/"), CallUrl("http://y/")], id="two-urls"
        ),
    ],
)  # fmt: skip
def test_merged(one: list[Change], other: list[Change], together: list[Change]) -> None:
    assert list(merged([Fix(tuple(one)), Fix(tuple(other))]).changes) == together


def test_the_longest_fix_says_why() -> None:
    short = Fix((CompareOrigin("f"),), because="short")
    long = Fix((CompareOrigin("f"), MendHandler("f")), because="long")
    assert merged([short, long]).because == "long"


def test_equal_changes_of_no_list_are_one() -> None:
    assert merged([Fix((DoByHand("x"), ServePage())), Fix((DoByHand("x"),))]).changes == (DoByHand("x"), ServePage())


def test_a_function_lets_in_each_declared_page_and_not_the_last_alone() -> None:
    fix = Fix((ReturnHeaders("f", (("Access-Control-Allow-Origin", B), ("Vary", "Origin"))), RemoveCors("shop")))
    assert for_pages(fix, (A, B)).changes == (
        ReturnHeaders("f", (("Access-Control-Allow-Origin", f"{B} or {A}"), ("Vary", "Origin"))),
        RemoveCors("shop"),
    )
    added = Fix((AddRoute("shop", "OPTIONS /a", (("Access-Control-Allow-Origin", A),)),))
    assert for_pages(added, (A, B)).changes == (
        AddRoute("shop", "OPTIONS /a", (("Access-Control-Allow-Origin", f"{A} or {B}"),)),
    )


def test_what_is_no_declared_page_is_let_in_as_it_was_told() -> None:
    fix = Fix((ReturnHeaders("f", (("Access-Control-Allow-Origin", "*"),)),))
    assert for_pages(fix, (A, B)) == fix
