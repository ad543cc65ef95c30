"""The OPTIONS methods that deployment tools write: of SAM held against its own translator, of the others against what
their sources write (read from aws-cdk-lib 2.276.0 and serverless 3.40.0)."""

import json
from typing import Any

import pytest
from samtranslator.swagger.swagger import SwaggerEditor

from emulator.aws.integrations import ContentHandling, Mock
from emulator.aws.rest_api.generated_cors import GeneratedCors, Generator, options_methods, options_mock

A, B = "https://a.example", "https://b.example"
CONSOLE, SAM, CDK, SERVERLESS = Generator
ACAO, ACAM, ACAH = "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers"
OF_AWS = "Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token"


def headers(mock: Mock) -> dict[str, str]:
    (response,) = mock.mappings.responses
    return {name.removeprefix("method.response.header."): value for name, value in response.response_parameters}


@pytest.mark.parametrize(
    ("cors", "methods"),
    [
        (GeneratedCors(SAM), ("GET", "PUT")),
        (GeneratedCors(SAM, (f"'{A}'",), ("'GET'",), ("'x-a,x-b'",)), ("GET",)),
        (GeneratedCors(SAM, (f"'{A}, {B}'",), max_age="'600'", allow_credentials=True), ("ANY",)),
    ],
)
def test_sams_own_translator_writes_the_same(cors: GeneratedCors, methods: tuple[str, ...]) -> None:
    names = {"ANY": SwaggerEditor._X_ANY_METHOD}  # noqa: SLF001  the translator's word for it
    path: dict[str, Any] = {names.get(method, method.lower()): {} for method in methods}
    editor = SwaggerEditor({"swagger": "2.0", "paths": {"/x": path}})
    editor.add_cors(
        "/x",
        next(iter(cors.allow_origins), "'*'"),
        next(iter(cors.allow_headers), None),
        next(iter(cors.allow_methods), None),
        cors.max_age,
        cors.allow_credentials,
    )
    written = json.loads(json.dumps(editor.paths["/x"]["options"]["x-amazon-apigateway-integration"]))
    mock = options_mock(cors, methods)
    (response,) = mock.mappings.responses
    assert written == {
        "type": "mock",
        "requestTemplates": dict(mock.mappings.request_templates),
        "responses": {
            "default": {
                "statusCode": str(response.status_code),
                "responseParameters": dict(response.response_parameters),
                "responseTemplates": dict(response.response_templates),
            }
        },
    }


@pytest.mark.parametrize(
    ("cors", "methods", "status", "sent"),
    [
        pytest.param(
            GeneratedCors(), ("PUT",), 200, {ACAH: f"'{OF_AWS}'", ACAM: "'OPTIONS,PUT'", ACAO: "'*'"}, id="console"
        ),
        pytest.param(
            GeneratedCors(CONSOLE, (A,), ("GET",), ("x-a",), allow_credentials=True),
            ("ANY",),
            200,
            {ACAH: "'x-a'", ACAM: "'GET'", ACAO: f"'{A}'", "Access-Control-Allow-Credentials": "'true'"},
            id="console-all",
        ),
        pytest.param(
            GeneratedCors(CONSOLE),
            ("ANY",),
            200,
            {ACAH: f"'{OF_AWS}'", ACAM: "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'", ACAO: "'*'"},
            id="console-any",
        ),
        pytest.param(
            GeneratedCors(CDK, ("*",)),
            ("PUT",),
            204,
            {ACAH: f"'{OF_AWS},X-Amz-User-Agent'", ACAO: "'*'", ACAM: "'OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD'"},
            id="cdk",
        ),
        pytest.param(
            GeneratedCors(CDK, (A,), ("GET", "PUT"), ("x-a",), ("x-b", "x-c"), True, "600", 200),
            (),
            200,
            {
                ACAH: "'x-a'",
                ACAO: f"'{A}'",
                "Vary": "'Origin'",
                ACAM: "'GET,PUT'",
                "Access-Control-Allow-Credentials": "'true'",
                "Access-Control-Max-Age": "'600'",
                "Access-Control-Expose-Headers": "'x-b,x-c'",
            },
            id="cdk-all",
        ),
        pytest.param(
            GeneratedCors(CDK, ("*",), ("ANY",), ("x-a",), disable_cache=True),
            (),
            204,
            {
                ACAH: "'x-a'",
                ACAO: "'*'",
                ACAM: "'OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD'",
                "Access-Control-Max-Age": "'-1'",
            },
            id="cdk-any-uncached",
        ),
        pytest.param(
            GeneratedCors(CDK, ("*",), ("GET",), ("x-a",), max_age="0"),
            (),
            204,
            {ACAH: "'x-a'", ACAO: "'*'", ACAM: "'GET'"},
            id="cdk-no-age",
        ),
        pytest.param(
            GeneratedCors(SERVERLESS),
            ("GET", "ANY"),
            200,
            {
                ACAO: "'*'",
                ACAH: f"'{OF_AWS},X-Amz-User-Agent,X-Amzn-Trace-Id'",
                ACAM: "'OPTIONS,DELETE,GET,HEAD,PATCH,POST,PUT,GET'",
            },
            id="serverless",
        ),
        pytest.param(
            GeneratedCors(
                SERVERLESS, (A, B), ("GET",), ("x-a",), allow_credentials=True, max_age="600", cache_control="no-store"
            ),
            ("GET", "PUT"),
            200,
            {
                ACAO: f"'{A}'",
                ACAH: "'x-a'",
                ACAM: "'GET,OPTIONS,PUT'",
                "Access-Control-Allow-Credentials": "'true'",
                "Access-Control-Max-Age": "'600'",
                "Cache-Control": "'no-store'",
            },
            id="serverless-all",
        ),
    ],
)
def test_headers(cors: GeneratedCors, methods: tuple[str, ...], status: int, sent: dict[str, str]) -> None:
    mock = options_mock(cors, methods)
    assert (mock.mappings.responses[0].status_code, headers(mock)) == (status, sent)


@pytest.mark.parametrize(
    ("cors", "request_template", "response_template", "handling"),
    [
        (GeneratedCors(), '{"statusCode": 200}', None, None),
        (GeneratedCors(CDK, (A,)), "{ statusCode: 200 }", None, None),
        (
            GeneratedCors(CDK, (A, B, "https://c.example")),
            "{ statusCode: 200 }",
            (
                '#set($origin = $input.params().header.get("Origin"))\n#if($origin == "")\n'
                '  #set($origin = $input.params().header.get("origin"))\n#end\n'
                f'#if($origin == "{B}" || $origin == "https://c.example")\n'
                "  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n#end"
            ),
            None,
        ),
        (GeneratedCors(SERVERLESS), "{statusCode:200}", "", ContentHandling.CONVERT_TO_TEXT),
        (
            GeneratedCors(SERVERLESS, ("https://*.a.example", B)),
            "{statusCode:200}",
            (
                '#set($origin = $input.params("Origin"))\n'
                '#if($origin == "") #set($origin = $input.params("origin")) #end\n'
                '#if($origin.matches("https://.+[.]a[.]example") || $origin.matches("https://b[.]example")) '
                "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end"
            ),
            ContentHandling.CONVERT_TO_TEXT,
        ),
    ],
)
def test_templates(
    cors: GeneratedCors, request_template: str, response_template: str | None, handling: ContentHandling | None
) -> None:
    mappings = options_mock(cors, ("GET",)).mappings
    assert dict(mappings.request_templates) == {"application/json": request_template}
    assert dict(mappings.responses[0].response_templates).get("application/json") == response_template
    assert mappings.content_handling is handling


METHODS = (("GET", "/a/{id}"), ("PUT", "/a/{id}"), ("OPTIONS", "/own"), ("GET", "/own"), ("GET", "/"))


@pytest.mark.parametrize(
    ("generator", "paths"),
    [
        (CONSOLE, {"/a/{id}", "/"}),
        (SAM, {"/a/{id}", "/"}),
        (CDK, {"/a/{id}", "/a", "/"}),
        (SERVERLESS, {"/a/{id}", "/"}),
    ],
)
def test_each_resource_without_options_gets_one(generator: Generator, paths: set[str]) -> None:
    made = options_methods(GeneratedCors(generator), METHODS)
    assert {path for path, _ in made} == paths
    assert len(made) == len(paths)


def test_who_takes_several_origins() -> None:
    assert [GeneratedCors(one).is_list for one in Generator] == [False, False, True, True]
