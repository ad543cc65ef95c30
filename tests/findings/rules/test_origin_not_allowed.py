from dataclasses import replace

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Layer
from emulator.aws.rest_api.generated_cors import GeneratedCors, Generator
from emulator.deployment import Frontend
from emulator.findings.changes import (
    AddRoute,
    AddToCors,
    Answer,
    CorsField,
    DeclareFrontend,
    DoByHand,
    RemoveHeaders,
    ReplaceInCors,
    ReturnHeaders,
    SetCorsCredentials,
    SetGatewayResponse,
)
from emulator.findings.mapping_changes import MapHeaders, MapOrigin, SetGeneratedCors
from emulator.findings.rules.origin_not_allowed import RULE
from emulator.frontends import as_from_production
from findings.examples import (
    LISTED,
    PAGE,
    RAISED,
    REST,
    SHOP,
    TOO_MUCH,
    URL_CORS,
    URL_LIST,
    Example,
    allowing,
    answers,
    call,
    preflight,
    with_gateway_response,
    with_generated,
    with_mock,
)
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "mock-that-lets-in-another-page",
        with_mock(acao="https://other.example"),
        preflight(path="/dev/m"),
        answers(acao=PAGE),
        (
            MapOrigin("orders", "OPTIONS /m", "default", ("https://other.example", PAGE)),
            MapHeaders("orders", "OPTIONS /m", "default", (("Access-Control-Allow-Methods", "PUT"),)),
        ),
        Layer.GATEWAY,
        frontends=(Frontend("https://other.example"), Frontend(PAGE)),
    ),
    *[
        Example(
            f"generated-by-{generator.value}",
            with_generated(GeneratedCors(generator, (other,))),
            preflight(path="/dev/m"),
            answers(acao=PAGE),
            (SetGeneratedCors("orders", key, values, is_list=is_list),),
            Layer.GATEWAY,
        )
        for generator, other, key, values, is_list in (
            (Generator.CONSOLE, "https://other.example", "allowOrigin", (PAGE,), False),
            (Generator.SAM, "'https://other.example'", "allowOrigin", (f"'{PAGE}'",), False),
            (Generator.CDK, "https://other.example", "allowOrigins", ("https://other.example", PAGE), True),
            (Generator.SERVERLESS, "https://other.example", "allowOrigins", ("https://other.example", PAGE), True),
        )
    ],
    Example(
        "mock",
        with_mock(acao="https://other.example", acam="PUT"),
        preflight(path="/dev/m"),
        answers(acao=PAGE),
        (MapHeaders("orders", "OPTIONS /m", "default", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.GATEWAY,
        "the MOCK integration of 'OPTIONS /m' answered 200",
    ),
    Example(
        "gateway-response",
        with_gateway_response(acao="https://other.test"),
        call(path="/dev/x"),
        TOO_MUCH,
        (SetGatewayResponse("orders", "DEFAULT_5XX", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.GATEWAY,
    ),
    Example(
        "options-function-other-origin",
        REST,
        preflight("GET", "/dev/y"),
        answers(204, acao="http://a.test"),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),), Answer.PREFLIGHT), AddRoute("orders", "GET /y")),
        Layer.FUNCTION,
    ),
    Example(
        "gateway-origin",
        SHOP,
        call(),
        answers(acao=PAGE),
        (AddToCors("shop", CorsField.ALLOW_ORIGINS, (PAGE,), ("http://localhost:5174", "http://127.0.0.1:5173/")),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-preflight-origin-port",
        SHOP,
        preflight(),
        answers(),
        (
            AddToCors("shop", CorsField.ALLOW_ORIGINS, (PAGE,), ("http://localhost:5174", "http://127.0.0.1:5173/")),
            AddToCors("shop", CorsField.ALLOW_METHODS, ("PUT",), ("GET",)),
            AddRoute("shop", "PUT /x"),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-origin-scheme",
        SHOP,
        call(origin="https://localhost:5174"),
        answers(),
        (
            AddToCors(
                "shop",
                CorsField.ALLOW_ORIGINS,
                ("https://localhost:5174",),
                ("http://localhost:5174", "http://127.0.0.1:5173/"),
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-origin-slash",
        SHOP,
        call(origin="http://127.0.0.1:5173"),
        answers(),
        (ReplaceInCors("shop", CorsField.ALLOW_ORIGINS, "http://127.0.0.1:5173/", ("http://127.0.0.1:5173",)),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-origin-user",
        allowing("https://user@shop.test"),
        call(origin="https://shop.test"),
        answers(),
        (ReplaceInCors("h", CorsField.ALLOW_ORIGINS, "https://user@shop.test", ("https://shop.test",)),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-origin-port",
        allowing("https://shop.test:443"),
        call(origin="https://shop.test"),
        answers(),
        (ReplaceInCors("h", CorsField.ALLOW_ORIGINS, "https://shop.test:443", ("https://shop.test",)),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-two-origins",
        allowing("http://a.test,http://localhost:5173"),
        call(),
        answers(),
        (ReplaceInCors("h", CorsField.ALLOW_ORIGINS, "http://a.test,http://localhost:5173", ("http://a.test", PAGE)),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-other-port-and-path",
        allowing("http://localhost:5174/app"),
        call(),
        answers(),
        (AddToCors("h", CorsField.ALLOW_ORIGINS, (PAGE,), ("http://localhost:5174/app",)),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-localhost",
        allowing("http://127.0.0.1:5173"),
        call(),
        answers(),
        (AddToCors("h", CorsField.ALLOW_ORIGINS, (PAGE,), ("http://127.0.0.1:5173",)),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-no-near-miss",
        allowing("http://a.test"),
        call(),
        answers(),
        (AddToCors("h", CorsField.ALLOW_ORIGINS, (PAGE,), ("http://a.test",)),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-origin-that-is-no-url",
        LISTED,
        call(origin="http://["),
        answers(),
        (DoByHand("send an Origin as browsers do, such as https://shop.example.com: none ever sends http://["),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-origin-with-no-such-port",
        LISTED,
        call(origin="http://a:99999999"),
        answers(),
        (
            DoByHand(
                "send an Origin as browsers do, such as https://shop.example.com: none ever sends http://a:99999999"
            ),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "function-url-list-in-one-entry-is-no-matter-of-answers",
        URL_LIST,
        call(path="/", origin="http://a.test"),
        answers(),
        (AddToCors("url", CorsField.ALLOW_ORIGINS, ("http://a.test",), (PAGE,)),),
        Layer.GATEWAY,
    ),
    Example(
        "url-function-answers-instead",
        replace(URL_CORS, cors=CorsConfiguration((PAGE,))),
        call(origin="https://a.test"),
        answers(acao="https://b.test"),
        (
            AddToCors("url", CorsField.ALLOW_ORIGINS, ("https://a.test",), (PAGE,)),
            RemoveHeaders("f", "Access-Control-"),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-slash-of-the-page",
        SHOP,
        call(origin="http://127.0.0.1:5173"),
        answers(acao="http://a.test"),
        (ReplaceInCors("shop", CorsField.ALLOW_ORIGINS, "http://127.0.0.1:5173/", ("http://127.0.0.1:5173",)),),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-path",
        allowing(f"{PAGE}/app"),
        call(),
        answers(),
        (ReplaceInCors("h", CorsField.ALLOW_ORIGINS, "http://localhost:5173/app", (PAGE,)),),
        Layer.GATEWAY,
        says="An origin has no path.",
    ),
    Example(
        "gateway-query",
        allowing(f"{PAGE}/?a=b"),
        call(),
        answers(),
        (ReplaceInCors("h", CorsField.ALLOW_ORIGINS, "http://localhost:5173/?a=b", (PAGE,)),),
        Layer.GATEWAY,
        says="An origin has no path or query.",
    ),
    Example(
        "gateway-fragment",
        allowing(f"{PAGE}/app#top"),
        call(),
        answers(),
        (ReplaceInCors("h", CorsField.ALLOW_ORIGINS, "http://localhost:5173/app#top", (PAGE,)),),
        Layer.GATEWAY,
        says="An origin has no path or fragment.",
    ),
    Example(
        "gateway-with-credentials",
        SHOP,
        call(Cookie="a=b"),
        answers(),
        (
            AddToCors("shop", CorsField.ALLOW_ORIGINS, (PAGE,), ("http://localhost:5174", "http://127.0.0.1:5173/")),
            SetCorsCredentials("shop", allowed=True),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "gateway-everything-of-a-preflight",
        SHOP,
        preflight("PUT", "/new", headers="x-a,x-b,x-c"),
        answers(),
        (
            AddToCors("shop", CorsField.ALLOW_ORIGINS, (PAGE,), ("http://localhost:5174", "http://127.0.0.1:5173/")),
            AddToCors("shop", CorsField.ALLOW_METHODS, ("PUT",), ("GET",)),
            AddToCors("shop", CorsField.ALLOW_HEADERS, ("x-b", "x-c"), ("x-a",)),
            AddRoute("shop", "PUT /new"),
        ),
        Layer.GATEWAY,
    ),
    Example(
        "function-near-miss",
        REST,
        call(path="/dev/x"),
        answers(acao="http://localhost:5174"),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),),
        Layer.FUNCTION,
        says="'http://localhost:5174' is another origin: the port differs.",
    ),
    Example(
        "function-returns-no-url",
        REST,
        call(path="/dev/x", origin="http://["),
        answers(acao="http://a.test"),
        (ReturnHeaders("f", (("Access-Control-Allow-Origin", "http://["),)),),
        Layer.FUNCTION,
    ),
    Example(
        "gateway-no-near-miss-of-none",
        allowing("https://*"),
        call(),
        answers(),
        (AddToCors("h", CorsField.ALLOW_ORIGINS, (PAGE,), ("https://*",)),),
        Layer.GATEWAY,
    ),
    Example(
        "function-url-raises",
        URL_LIST,
        call(path="/", origin="http://a.test"),
        RAISED,
        (AddToCors("url", CorsField.ALLOW_ORIGINS, ("http://a.test",), (PAGE,)),),
        Layer.GATEWAY,
    ),
]

PRODUCTION = "https://shop.example.com"
ADMIN = "https://admin.example.com"
DECLARED = (Frontend(ADMIN), Frontend(PRODUCTION))
POLICY = replace(LISTED, cors=CorsConfiguration((PRODUCTION,), ("GET",), ("x-a",)))
DEV = DeclareFrontend(PRODUCTION, dev=PAGE)

FOUND += [
    Example(
        "dev-for-the-origin-that-is-let-in",
        POLICY,
        call(),
        answers(),
        (DEV,),
        Layer.GATEWAY,
        "held to the policy of production",
        DECLARED,
    ),
    Example(
        "dev-and-what-production-lacks-too",
        POLICY,
        preflight("PUT", "/new", headers="x-b"),
        answers(),
        (
            DEV,
            AddToCors("listed", CorsField.ALLOW_METHODS, ("PUT",), ("GET",)),
            AddToCors("listed", CorsField.ALLOW_HEADERS, ("x-b",), ("x-a",)),
            AddRoute("listed", "PUT /new"),
        ),
        Layer.GATEWAY,
        frontends=DECLARED,
    ),
    Example(
        "dev-for-an-origin-that-is-not-let-in-either",
        SHOP,
        call(Cookie="a=b"),
        answers(),
        (
            DeclareFrontend(ADMIN, dev=PAGE),
            AddToCors("shop", CorsField.ALLOW_ORIGINS, (ADMIN,), ("http://localhost:5174", "http://127.0.0.1:5173/")),
            SetCorsCredentials("shop", allowed=True),
        ),
        Layer.GATEWAY,
        frontends=DECLARED,
    ),
    Example(
        "dev-for-the-origin-that-the-function-returns",
        REST,
        call(path="/dev/x"),
        answers(acao=PRODUCTION),
        (DEV,),
        frontends=DECLARED,
    ),
    Example(
        "dev-for-an-origin-that-the-function-is-to-return",
        REST,
        preflight("GET", "/dev/y"),
        answers(204, acao="https://else.example.com"),
        (
            DeclareFrontend(ADMIN, dev=PAGE),
            ReturnHeaders("f", (("Access-Control-Allow-Origin", ADMIN),), Answer.PREFLIGHT),
            AddRoute("orders", "GET /y"),
        ),
        frontends=DECLARED,
    ),
    Example(
        "dev-for-a-function-url-whose-function-answers-instead",
        replace(URL_CORS, cors=CorsConfiguration((PRODUCTION,))),
        call(),
        answers(acao="https://b.test"),
        (DEV, RemoveHeaders("f", "Access-Control-")),
        Layer.GATEWAY,
        frontends=DECLARED,
    ),
    Example(
        "no-dev-for-a-page-of-the-web",
        POLICY,
        call(origin="https://else.test"),
        answers(),
        (AddToCors("listed", CorsField.ALLOW_ORIGINS, ("https://else.test",), (PRODUCTION,)),),
        Layer.GATEWAY,
        frontends=DECLARED,
    ),
    Example(
        "no-dev-for-a-page-that-is-declared-itself",
        POLICY,
        call(),
        answers(),
        (AddToCors("listed", CorsField.ALLOW_ORIGINS, (PAGE,), (PRODUCTION,)),),
        Layer.GATEWAY,
        frontends=(*DECLARED, Frontend(PAGE)),
    ),
    Example(
        "no-dev-where-no-production-origin-is-declared",
        POLICY,
        call(),
        answers(),
        (AddToCors("listed", CorsField.ALLOW_ORIGINS, (PAGE,), (PRODUCTION,)),),
        Layer.GATEWAY,
        frontends=(Frontend("http://localhost:3001"), Frontend("capacitor://localhost"), Frontend("null")),
    ),
    Example(
        "production-is-named-where-a-dev-origin-stands-in",
        SHOP,
        as_from_production(call(), {PAGE: PRODUCTION}),
        answers(),
        (
            AddToCors(
                "shop", CorsField.ALLOW_ORIGINS, (PRODUCTION,), ("http://localhost:5174", "http://127.0.0.1:5173/")
            ),
        ),
        Layer.GATEWAY,
        f"the page is at {PAGE}, which stands in for {PRODUCTION}",
        (Frontend(PRODUCTION, dev=(PAGE,)),),
    ),
]

NOT_FOUND = [
    Example("listed", LISTED, call(), answers()),
    Example("no-list", REST, call(path="/dev/x"), answers()),
    Example("another-failure", LISTED, preflight("PUT"), answers()),
    Example("credentials", LISTED, call(Cookie="a=b"), answers()),
]
