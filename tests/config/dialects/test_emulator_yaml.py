"""How each change is worded for emulator.yaml, and with which line."""

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.config.dialects.emulator_yaml import place_of, placed, worded
from emulator.deployment import DOCUMENT, Place
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
from emulator.findings.fix import NOTHING_TO_MEND, Fix
from emulator.findings.mapping_changes import SetContentHandling

ORIGINS, METHODS, HEADERS = CorsField.ALLOW_ORIGINS, CorsField.ALLOW_METHODS, CorsField.ALLOW_HEADERS
TIMEOUT, VERSION = IntegrationField.TIMEOUT_IN_MILLIS, IntegrationField.PAYLOAD_FORMAT_VERSION
PAGE = "http://localhost:5173"
ACAO = ("Access-Control-Allow-Origin", PAGE)
ACAM = ("Access-Control-Allow-Methods", "PUT")

WORDS: list[tuple[Change, str]] = [
    (AddToCors("shop", METHODS, ("PUT", "PATCH"), ("GET",)),
     "Add PUT, PATCH to `cors.allowMethods` of 'shop' (now [GET])."),
    (AddToCors("shop", ORIGINS, ("*",), ()), "Add \"*\" to `cors.allowOrigins` of 'shop' (now [])."),
    (ReplaceInCors("shop", ORIGINS, "*", (PAGE,)), f"Write {PAGE} instead of '*' in `cors.allowOrigins` of 'shop'."),
    (ReplaceInCors("shop", HEADERS, "a,b", ("a", "b")),
     "Write [a, b] instead of 'a,b' in `cors.allowHeaders` of 'shop'."),
    (ReplaceInCors("shop", ORIGINS, "null", ()), "Remove 'null' from `cors.allowOrigins` of 'shop'."),
    (SetCorsCredentials("shop", allowed=True), "Set `cors.allowCredentials: true` on 'shop'."),
    (SetCorsCredentials("shop", allowed=False), "Drop `allowCredentials` of 'shop'."),
    (AddCors("shop", CorsConfiguration((PAGE,), ("*",), ("x-a", "x-b"), allow_credentials=True)),
     (f"Give 'shop' a `cors` section (allowOrigins: [{PAGE}], allowMethods: [\"*\"], allowHeaders: [x-a, x-b], "
     "allowCredentials: true).")),
    (AddCors("shop", CorsConfiguration((PAGE,))), f"Give 'shop' a `cors` section (allowOrigins: [{PAGE}])."),
    (RemoveCors("shop"), "Remove `cors` from 'shop', and let its function answer preflights too."),
    (SetCorsMaxAge("shop", 600), "Write `cors.maxAge: 600` on 'shop'."),
    (AddRoute("shop", "PUT /x"), "Add `PUT /x: <function>` to `routes` of 'shop'."),
    (AddRoute("shop", "OPTIONS /x", (ACAO, ACAM)),
     (f"Add `OPTIONS /x: <function>` to `routes` of 'shop', with a function that answers Access-Control-Allow-Origin: "
     f"{PAGE}, Access-Control-Allow-Methods: PUT.")),
    (RemoveRoute("shop", "OPTIONS /x"), "Remove the route 'OPTIONS /x' of 'shop'."),
    (ReplaceRoute("shop", "ANY /x", ("PUT /x",)), "Write `PUT /x` instead of the route 'ANY /x' of 'shop'."),
    (ReplaceRoute("shop", "ANY /x", ("GET /x", "PUT /x", "POST /x")),
     "Write `GET /x`, `PUT /x` and `POST /x` instead of the route 'ANY /x' of 'shop', each with its function."),
    (SetBinaryMediaTypes("shop", ("*/*", "image/png")), 'Set `binaryMediaTypes: ["*/*", "image/png"]` on \'shop\'.'),
    (SetGatewayResponse("shop", "DEFAULT_4XX", (ACAO,)),
     (f"""Write `gatewayresponse.header.Access-Control-Allow-Origin: "'{PAGE}'"` under """
      "`gatewayResponses: DEFAULT_4XX: responseParameters` of 'shop'.")),
    (SetGatewayResponse("shop", "THROTTLED", (ACAO, ("Access-Control-Allow-Credentials", "true"))),
     (f"""Write `gatewayresponse.header.Access-Control-Allow-Origin: "'{PAGE}'"` and """
      """`gatewayresponse.header.Access-Control-Allow-Credentials: "'true'"` under `gatewayResponses: THROTTLED: """
      "responseParameters` of 'shop'.")),
    (SetContentHandling("shop", "ANY /x", "CONVERT_TO_TEXT"),
     "Set `contentHandling: CONVERT_TO_TEXT` in the integration of the route 'ANY /x' of 'shop'."),
    (SetIntegration("shop", "ANY /x", TIMEOUT, "29000", "1000"),
     "Set `timeoutInMillis: 29000` on the route 'ANY /x' of 'shop' (now 1000)."),
    (SetIntegration("shop", "ANY /x", VERSION, "1.0", "2.0"),
     "Set `payloadFormatVersion: \"1.0\"` on the route 'ANY /x' of 'shop' (now 2.0)."),
    (RaiseTimeout("f"), "Raise `timeout` of 'f'."),
    (RaiseConcurrency("f", 10), "Raise `maxConcurrency` of 'f' (now 10)."),
    (RaiseConcurrency("f"), "Raise `maxConcurrency` of 'f'."),
    (SetConcurrencyWait("f"), "Let requests wait longer with `concurrencyWait` of 'f'."),
    (SetConcurrencyWait("f", 0), "Write `concurrencyWait: 0` on 'f'."),
    (DeclareFrontend(PAGE), f"Declare {PAGE} under `frontends`, if it is yours."),
    (DeclareFrontend(PAGE, "omit"), f"Say `credentials: omit` of {PAGE} under `frontends`."),
    (
        DeclareFrontend("https://shop.example.com", dev=PAGE),
        f"Say `dev: {PAGE}` of https://shop.example.com under `frontends`.",
    ),
    (ReturnHeaders("f", (ACAO,)), f"Let function 'f' return Access-Control-Allow-Origin: {PAGE}."),
    (ReturnHeaders("", (ACAO,)), f"Let the function return Access-Control-Allow-Origin: {PAGE}."),
    (ReturnHeaders("f", (ACAO,), Answer.ERROR),
     f"Let function 'f' return Access-Control-Allow-Origin: {PAGE} on the error path too."),
    (ReturnHeaders("f", (ACAO, ACAM), Answer.PREFLIGHT, 204),
     (f"Let function 'f' answer OPTIONS with 204 and Access-Control-Allow-Origin: {PAGE}, "
      "Access-Control-Allow-Methods: PUT.")),
    (ReturnHeaders("f", (ACAM,), Answer.PREFLIGHT),
     "Let function 'f' answer OPTIONS with Access-Control-Allow-Methods: PUT."),
    (ReturnHeaders("f", (), Answer.PREFLIGHT, 204), "Let function 'f' answer OPTIONS with 204."),
    (AddToHeader("f", "Access-Control-Allow-Headers", ("x-a", "x-b"), "x-c", Answer.PREFLIGHT),
     "Add x-a, x-b to the Access-Control-Allow-Headers that function 'f' returns to OPTIONS (now 'x-c')."),
    (RemoveHeaders("f", "Access-Control-"), "Remove the Access-Control-* headers from function 'f'."),
    (RemoveHeaders("f", "Content-Encoding"), "Remove Content-Encoding from function 'f'."),
    (CompareOrigin("f"),
     "Compare Origin with an allowlist in function 'f' before returning it (with Vary: Origin)."),
    (SetBase64Flag("f"), "Let function 'f' return `isBase64Encoded: true`."),
    (SetBase64Flag("f", "gzip"),
     "Let function 'f' return its body compressed as gzip, in base64, with `isBase64Encoded: true`."),
    (MendHandler("f"), "Mend function 'f'."),
    (MendHandler("f", "answer sooner"), "Let function 'f' answer sooner."),
    (CallUrl("http://localhost:3000/dev/x"), "Let the page call http://localhost:3000/dev/x."),
    (CallMethod(("GET",)), "Let the page call with GET."),
    (CallMethod(("GET", "PUT", "HEAD")), "Let the page call with GET, PUT or HEAD."),
    (CallWithCredentials(), "Let the page call with credentials: 'include'."),
    (CallWithoutCredentials(), "Let the page call without credentials."),
    (LoadWithoutCors("<script>, unless it is a module"),
     "Drop `crossorigin` from the page's <script>, unless it is a module."),
    (ServePage(), "Serve the page over http or https, from a development server, and allow its origin."),
    (DoByHand("call the API by https"), "Call the API by https."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), WORDS)
def test_words(change: Change, words: str) -> None:
    assert worded(Fix((change,))) == words


def test_nothing_to_mend_has_no_words() -> None:
    assert worded(NOTHING_TO_MEND) == ""
    assert worded(Fix(because="AWS could.")) == "AWS could."


def test_a_fix_of_several_parts() -> None:
    fix = Fix(
        (SetCorsCredentials("shop", allowed=True), RemoveRoute("shop", "OPTIONS /x")),
        ((CallWithoutCredentials(),), (MendHandler("f"),)),
        because="It is so.",
        given="If it does",
        otherwise=(DeclareFrontend(PAGE, "same-origin"),),
    )
    assert worded(fix) == (
        "If it does: Set `cors.allowCredentials: true` on 'shop', and remove the route 'OPTIONS /x' of 'shop'; or let "
        "the page call without credentials; or mend function 'f'. It is so. If not: say `credentials: same-origin` of "
        f"{PAGE} under `frontends`."
    )


PLACES = {
    ("api", "shop"): Place("emulator.yaml", 3),
    ("api", "shop", "cors"): Place("emulator.yaml", 8),
    ("api", "shop", "cors", "allowMethods"): Place("emulator.yaml", 10),
    ("api", "shop", "cors", "allowMethods", "PUT PATCH"): Place("emulator.yaml", 12),
    ("api", "shop", "routes"): Place("emulator.yaml", 4),
    ("api", "shop", "payloadFormatVersion"): Place("emulator.yaml", 5),
    ("api", "shop", "route", "ANY /x"): Place("emulator.yaml", 6),
    ("api", "shop", "route", "ANY /x", "timeoutInMillis"): Place("emulator.yaml", 7),
    ("api", "shop", "gatewayResponses"): Place("emulator.yaml", 13),
    ("api", "shop", "gatewayResponses", "DEFAULT_4XX"): Place("emulator.yaml", 14),
    (
        "api",
        "shop",
        "gatewayResponses",
        "DEFAULT_4XX",
        "responseParameters",
        f"gatewayresponse.header.{ACAO[0]}",
    ): Place("emulator.yaml", 15),
    ("function", "f"): Place("emulator.yaml", 20),
    ("function", "f", "concurrencyWait"): Place("emulator.yaml", 22),
    ("frontend", PAGE): Place("emulator.yaml", 30),
}
LINES: list[tuple[Change, int | None]] = [
    (AddToCors("shop", METHODS, ("PUT",), ()), 10),
    (AddToCors("shop", HEADERS, ("x-a",), ()), 8),
    (ReplaceInCors("shop", METHODS, "a,b", ("a", "b")), 10),
    (ReplaceInCors("shop", METHODS, "PUT PATCH", ("PUT", "PATCH")), 12),
    (SetCorsCredentials("shop", allowed=True), 8),
    (AddCors("shop", CorsConfiguration()), 3),
    (AddRoute("shop", "PUT /x"), 4),
    (RemoveRoute("shop", "ANY /x"), 6),
    (RemoveCors("shop"), 8),
    (SetCorsMaxAge("shop", 600), 8),
    (ReplaceRoute("shop", "ANY /x", ("PUT /x",)), 6),
    (SetBinaryMediaTypes("shop", ()), 3),
    (SetGatewayResponse("shop", "DEFAULT_4XX", (ACAO,)), 15),
    (SetGatewayResponse("shop", "DEFAULT_4XX", (ACAM,)), 14),
    (SetGatewayResponse("shop", "THROTTLED", (ACAO,)), 13),
    (SetGatewayResponse("other", "THROTTLED", (ACAO,)), None),
    (SetContentHandling("shop", "ANY /x", "CONVERT_TO_TEXT"), 6),
    (SetIntegration("shop", "ANY /x", TIMEOUT, "29000", "1000"), 7),
    (SetIntegration("shop", "ANY /x", VERSION, "1.0", "2.0"), 5),
    (SetIntegration("shop", "GET /y", TIMEOUT, "29000", "1000"), 3),
    (RaiseTimeout("f"), 20),
    (RaiseConcurrency("f"), 20),
    (SetConcurrencyWait("f"), 22),
    (DeclareFrontend(PAGE), 30),
    (DeclareFrontend("http://a.test"), None),
    (AddRoute("other", "PUT /x"), None),
    (MendHandler("f"), None),
]


@pytest.mark.parametrize(("change", "line"), LINES)
def test_where_it_is_written(change: Change, line: int | None) -> None:
    place = place_of(change, PLACES)
    assert (None if place is None else place.line) == line


def test_a_place_is_told_once() -> None:
    fix = Fix((AddToCors("shop", METHODS, ("PUT",), ()), AddRoute("shop", "PUT /x"), AddRoute("shop", "GET /x")))
    assert worded(fix, PLACES) == (
        "Add PUT to `cors.allowMethods` of 'shop' (now []) (emulator.yaml:10), and add `PUT /x: <function>` to "
        "`routes` of 'shop' (emulator.yaml:4), and add `GET /x: <function>` to `routes` of 'shop'."
    )


def test_the_place_of_the_first_change_apart_from_its_words() -> None:
    cors, functions = Place("emulator.yaml", 4), Place("emulator.yaml", 9)
    places = {("api", "shop", "cors"): cors, ("function", "f"): functions}
    change, other = SetCorsCredentials("shop", allowed=True), RaiseConcurrency("f", None)
    assert placed(Fix((change, other), ((change,),)), places) == (
        "emulator.yaml:4",
        (
            "Set `cors.allowCredentials: true` on 'shop', and raise `maxConcurrency` of 'f' (emulator.yaml:9); or set "
            "`cors.allowCredentials: true` on 'shop'."
        ),
    )
    assert placed(Fix((ServePage(),)), places) == ("", worded(Fix((ServePage(),))))
    assert placed(NOTHING_TO_MEND, places) == ("", "")


def test_an_api_of_an_openapi_document_is_worded_for_that():
    places = {("api", "shop", DOCUMENT): Place("api.yaml", 1)}
    said = "Remove `paths: /x: get` (api.yaml:1)."
    assert worded(Fix((RemoveRoute("shop", "GET /x"),)), places) == said
