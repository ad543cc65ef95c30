"""The OPTIONS methods that deployment tools, and API Gateway's console, write for a REST API's `cors`.

They are MOCK integrations, and all there is: no tool touches what a Lambda proxy answers, so the functions have to
return CORS headers of their own (AWS: CORS for REST APIs in API Gateway). What each tool writes is read from its
source: aws/serverless-application-model, samtranslator/swagger/swagger.py, add_cors; aws/aws-cdk, aws-apigateway,
lib/resource.ts, addCorsPreflight; serverless/serverless 3, api-gateway/lib/cors.js and validate.js; AWS: Enable CORS on
a resource using the API Gateway console.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from emulator.aws.integrations import ContentHandling, IntegrationResponse, Mappings, Mock
from emulator.aws.methods import ANY, METHODS
from emulator.aws.rest_api.response_headers import METHOD_HEADER

JSON = "application/json"
OPTIONS = "OPTIONS"
ALLOW_ORIGIN, ALLOW_METHODS = "Access-Control-Allow-Origin", "Access-Control-Allow-Methods"
ALLOW_HEADERS, ALLOW_CREDENTIALS = "Access-Control-Allow-Headers", "Access-Control-Allow-Credentials"
MAX_AGE, EXPOSE_HEADERS = "Access-Control-Max-Age", "Access-Control-Expose-Headers"

CONSOLE_HEADERS = ("Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key", "X-Amz-Security-Token")
CDK_HEADERS = (*CONSOLE_HEADERS, "X-Amz-User-Agent")
SERVERLESS_HEADERS = (*CDK_HEADERS, "X-Amzn-Trace-Id")
CDK_METHODS = ("OPTIONS", "GET", "PUT", "POST", "DELETE", "PATCH", "HEAD")
SERVERLESS_ANY = "DELETE,GET,HEAD,PATCH,POST,PUT"

Pairs = tuple[tuple[str, str], ...]


class Generator(StrEnum):
    """Who writes the methods."""

    CONSOLE = "console"
    SAM = "sam"
    CDK = "cdk"
    SERVERLESS = "serverless"


@dataclass(frozen=True, slots=True)
class GeneratedCors:
    """What a `cors` says, by the fields of the tool that reads it; None and empty stand for what it does not say.

    SAM's texts are kept as they are written, `'*'` in single quotes; everything else is without. `max_age` is in
    seconds.
    """

    generator: Generator = Generator.CONSOLE
    allow_origins: tuple[str, ...] = ()
    allow_methods: tuple[str, ...] = ()
    allow_headers: tuple[str, ...] = ()
    expose_headers: tuple[str, ...] = ()
    allow_credentials: bool = False
    max_age: str | None = None
    status_code: int | None = None
    cache_control: str | None = None
    disable_cache: bool = False

    @property
    def is_list(self) -> bool:
        """Whether the tool takes several origins."""
        return self.generator in (Generator.CDK, Generator.SERVERLESS)


def options_methods(cors: GeneratedCors, methods: Iterable[tuple[str, str]]) -> tuple[tuple[str, Mock], ...]:
    """Make the OPTIONS method of each resource that has none of its own, by its path. `methods` are the API's methods,
    each with its resource's path. CDK's stand on every resource, those without methods too."""
    by_path: dict[str, list[str]] = {}
    for method, path in methods:
        if cors.generator is Generator.CDK:
            for parent in _parents(path):
                by_path.setdefault(parent, [])
        by_path.setdefault(path, []).append(method)
    return tuple((path, options_mock(cors, own)) for path, own in by_path.items() if OPTIONS not in own)


def options_mock(cors: GeneratedCors, methods: Iterable[str]) -> Mock:
    """Make the integration of one OPTIONS method, beside a resource's `methods`."""
    match cors.generator:
        case Generator.CONSOLE:
            return _console(cors, tuple(methods))
        case Generator.SAM:
            return _sam(cors, tuple(methods))
        case Generator.CDK:
            return _cdk(cors)
        case Generator.SERVERLESS:
            return _serverless(cors, tuple(methods))
        case _:
            assert_never(cors.generator)


def _console(cors: GeneratedCors, methods: tuple[str, ...]) -> Mock:
    """AWS: Enable CORS on a resource using the API Gateway console."""
    headers = {
        ALLOW_HEADERS: _quoted(cors.allow_headers or CONSOLE_HEADERS),
        ALLOW_METHODS: _quoted(cors.allow_methods or _every(methods)),
        ALLOW_ORIGIN: _quoted(cors.allow_origins or ("*",)),
    }
    if cors.allow_credentials:
        headers[ALLOW_CREDENTIALS] = "'true'"
    return _mock('{"statusCode": 200}', 200, headers)


def _sam(cors: GeneratedCors, methods: tuple[str, ...]) -> Mock:
    """Write what SAM writes: of what is not given the methods and the origin alone. A text goes out as it stands, one
    of several origins too (aws/serverless-application-model#3769)."""
    headers = {ALLOW_ORIGIN: next(iter(cors.allow_origins), "'*'")}
    if cors.allow_headers:
        headers[ALLOW_HEADERS] = cors.allow_headers[0]
    headers[ALLOW_METHODS] = cors.allow_methods[0] if cors.allow_methods else _quoted(_every(methods))
    if cors.max_age is not None:
        headers[MAX_AGE] = cors.max_age
    if cors.allow_credentials:
        headers[ALLOW_CREDENTIALS] = "'true'"
    return _mock('{\n  "statusCode" : 200\n}\n', 200, headers, "{}\n")


def _cdk(cors: GeneratedCors) -> Mock:
    first, *others = cors.allow_origins or ("*",)
    headers = {ALLOW_HEADERS: _quoted(cors.allow_headers or CDK_HEADERS), ALLOW_ORIGIN: _quoted((first,))}
    if first != "*":
        headers["Vary"] = "'Origin'"
    every = not cors.allow_methods or ANY in cors.allow_methods
    headers[ALLOW_METHODS] = _quoted(CDK_METHODS if every else cors.allow_methods)
    if cors.allow_credentials:
        headers[ALLOW_CREDENTIALS] = "'true'"
    max_age = "-1" if cors.disable_cache else cors.max_age
    if max_age not in (None, "0"):
        headers[MAX_AGE] = f"'{max_age}'"
    if cors.expose_headers:
        headers[EXPOSE_HEADERS] = _quoted(cors.expose_headers)
    status = 204 if cors.status_code is None else cors.status_code
    return _mock("{ statusCode: 200 }", status, headers, _cdk_template(others))


def _cdk_template(others: list[str]) -> str | None:
    if not others:
        return None
    named = " || ".join(f'$origin == "{origin}"' for origin in others)
    return (
        '#set($origin = $input.params().header.get("Origin"))\n#if($origin == "")\n'
        '  #set($origin = $input.params().header.get("origin"))\n#end\n'
        f"#if({named})\n  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n#end"
    )


def _serverless(cors: GeneratedCors, methods: tuple[str, ...]) -> Mock:
    """Write what the Serverless Framework writes, which merges a path's events one by one, each with its methods in
    front."""
    named = list(cors.allow_methods) or ["OPTIONS"]
    merged: list[str] = []
    for method in methods:
        own = [*named, *(one for one in ("OPTIONS", method) if one not in named)]
        merged = [*own, *(one for one in merged if one not in own)]
    headers = {
        ALLOW_ORIGIN: _quoted(cors.allow_origins[:1] or ("*",)),
        ALLOW_HEADERS: _quoted(cors.allow_headers or SERVERLESS_HEADERS),
        ALLOW_METHODS: _quoted(merged).replace("ANY", SERVERLESS_ANY),
    }
    if cors.allow_credentials:
        headers[ALLOW_CREDENTIALS] = "'true'"
    if cors.max_age not in (None, "0"):
        headers[MAX_AGE] = f"'{cors.max_age}'"
    if cors.cache_control:
        headers["Cache-Control"] = f"'{cors.cache_control}'"
    return _mock("{statusCode:200}", 200, headers, _serverless_template(cors.allow_origins), is_text=True)


def _serverless_template(origins: tuple[str, ...]) -> str:
    if not origins:
        return ""
    patterns = (origin.replace(".", "[.]").replace("*", ".+", 1) for origin in origins)
    named = " || ".join(f'$origin.matches("{pattern}")' for pattern in patterns)
    return (
        '#set($origin = $input.params("Origin"))\n#if($origin == "") #set($origin = $input.params("origin")) #end\n'
        f"#if({named}) #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end"
    )


def _mock(
    request: str, status: int, headers: dict[str, str], response: str | None = None, *, is_text: bool = False
) -> Mock:
    parameters = tuple((f"{METHOD_HEADER}{name}", value) for name, value in headers.items())
    templates: Pairs = () if response is None else ((JSON, response),)
    return Mock(
        Mappings(
            request_templates=((JSON, request),),
            content_handling=ContentHandling.CONVERT_TO_TEXT if is_text else None,
            responses=(IntegrationResponse(status, "", parameters, templates),),
        )
    )


def _every(methods: tuple[str, ...]) -> tuple[str, ...]:
    """List a resource's methods and OPTIONS by the alphabet; all there are where it has ANY."""
    return tuple(sorted(METHODS if ANY in methods else {*methods, OPTIONS}))


def _quoted(values: Iterable[str]) -> str:
    return f"'{','.join(values)}'"


def _parents(path: str) -> tuple[str, ...]:
    """List the resources above a path, the root first."""
    parts = path.strip("/").split("/")
    return ("/", *("/" + "/".join(parts[:count]) for count in range(1, len(parts))))
