"""What AWS refuses when a `cors` is created."""

from dataclasses import replace

import pytest

from emulator.aws.cors_configuration import (
    CorsConfiguration,
    CorsProblem,
    function_url_cors_problems,
    http_api_cors_problems,
)

FINE = CorsConfiguration(
    allow_origins=("https://shop.example.com", "http://localhost:5173"),
    allow_methods=("GET", "POST"),
    allow_headers=("Content-Type", "*"),
    expose_headers=("X-Total",),
    allow_credentials=True,
    max_age=600,
)


def only(problems: tuple[CorsProblem, ...]) -> CorsProblem:
    assert len(problems) == 1, problems
    assert all((problems[0].found, problems[0].expected, problems[0].fix))
    return problems[0]


def test_a_fine_configuration_has_no_problems() -> None:
    for cors in (FINE, CorsConfiguration()):
        assert http_api_cors_problems(cors) == ()
        assert function_url_cors_problems(cors) == ()


@pytest.mark.parametrize(
    "origin",
    ["https://*", "http://*", "https://a.example:8443", "HTTPS://A.example", "http://[::1]:3000", "https://a.example."],
)
def test_http_api_origins(origin: str) -> None:
    """AWS: Configuring CORS for HTTP APIs in API Gateway (the table of allowOrigins)."""
    assert http_api_cors_problems(replace(FINE, allow_origins=(origin,))) == ()


@pytest.mark.parametrize(
    "origin",
    [
        pytest.param("capacitor://localhost", id="recorded-capacitor"),
        pytest.param("chrome-extension://abc", id="recorded-chrome-extension"),
        pytest.param("https://*.example.com", id="sub-domain-wildcard-uncertain"),
        pytest.param("localhost:5173", id="no-scheme"),
        pytest.param("https://", id="no-host"),
        pytest.param("https://a b", id="space"),
        pytest.param("https://a\r\nset-cookie:x", id="line-break"),
        pytest.param("null", id="null"),
        pytest.param("", id="empty"),
    ],
)
def test_http_api_origins_refused(origin: str) -> None:
    problem = only(http_api_cors_problems(replace(FINE, allow_origins=("https://a.example", origin))))
    assert (problem.field, problem.index) == ("allowOrigins", 1)
    assert problem.found == f"Invalid format for origin {origin}"


def test_http_api_refuses_credentials_for_any_origin() -> None:
    """aws/aws-cdk#9076."""
    problem = only(http_api_cors_problems(replace(FINE, allow_origins=("*",))))
    assert (problem.field, problem.index) == ("allowCredentials", None)
    assert problem.found == "allow-credentials is not supported if 'allow-origin' is *"
    assert http_api_cors_problems(replace(FINE, allow_origins=("https://*",))) == ()
    assert http_api_cors_problems(replace(FINE, allow_origins=("*",), allow_credentials=False)) == ()


@pytest.mark.parametrize("method", ["get", "HEAD", "OPTIONS", "PATCH", "PUT", "DELETE", "*"])
def test_http_api_methods(method: str) -> None:
    assert http_api_cors_problems(replace(FINE, allow_methods=(method,))) == ()


@pytest.mark.parametrize(
    ("method", "fix"), [("ANY", 'write "*"'), ("any", 'write "*"'), ("FETCH", "HTTP method's name")]
)
def test_http_api_methods_refused(method: str, fix: str) -> None:
    """aws/aws-cdk#10230."""
    problem = only(http_api_cors_problems(replace(FINE, allow_methods=("GET", method))))
    assert (problem.field, problem.index, problem.found) == ("allowMethods", 1, f"Method {method} is not supported")
    assert fix in problem.fix


@pytest.mark.parametrize(("max_age", "http_api", "function_url"), [
    (-2, False, False), (-1, True, False), (0, True, True), (86400, True, True), (86401, False, False),
])  # fmt: skip
def test_max_age(max_age: int, http_api: bool, function_url: bool) -> None:
    """AWS: API Gateway V2 API reference, Cors (-1 to 86400); Lambda API reference, Cors (0 to 86400)."""
    cors = replace(FINE, max_age=max_age)
    assert (http_api_cors_problems(cors) == ()) is http_api
    assert (function_url_cors_problems(cors) == ()) is function_url
    if not function_url:
        assert only(function_url_cors_problems(cors)).found == str(max_age)


@pytest.mark.parametrize("field", ["allow_headers", "expose_headers"])
def test_header_names_a_response_can_carry(field: str) -> None:
    assert http_api_cors_problems(replace(FINE, **{field: ("Content-Type", "x-total", "*")})) == ()
    for name in ("", "a\r\nb", "é"):
        for judge in (http_api_cors_problems, function_url_cors_problems):
            problem = only(judge(replace(FINE, **{field: ("ok", name)})))
            assert (problem.field, problem.index) == ({"allow": "allowHeaders", "expose": "exposeHeaders"}[
                field.partition("_")[0]
            ], 1)  # fmt: skip


@pytest.mark.parametrize(
    ("method", "found", "fix"),
    [
        ("OPTIONS", "at most 6 characters", "answers OPTIONS preflights itself"),
        ("options", "at most 6 characters", "answers OPTIONS preflights itself"),
        ("get", "the method get", "upper-case name"),
        ("ANY", "the method ANY", '"*"'),
        ("PROPFIND", "at most 6 characters", '"*"'),
    ],
)
def test_function_url_methods_refused(method: str, found: str, fix: str) -> None:
    """AWS: Lambda API reference, Cors (at most 6 characters); CloudFormation, AWS::Lambda::Url Cors (the list)."""
    problem = only(function_url_cors_problems(replace(FINE, allow_methods=("GET", method))))
    assert (problem.field, problem.index) == ("allowMethods", 1)
    assert found in problem.found
    assert fix in problem.fix


@pytest.mark.parametrize("origin", ["", "x" * 254, "https://a b", "https://é"])
def test_function_url_origins_refused(origin: str) -> None:
    problem = only(function_url_cors_problems(replace(FINE, allow_origins=(origin,))))
    assert (problem.field, problem.index) == ("allowOrigins", 0)


def test_a_function_url_takes_any_origin_with_credentials_and_is_warned_of() -> None:
    """LeanerCloud/CUDly#390: deployed so, and every origin is echoed. The finding is `any-origin-with-credentials`."""
    problem = only(function_url_cors_problems(replace(FINE, allow_origins=("*",))))
    assert (problem.field, problem.index, problem.is_warning) == ("allowCredentials", None, True)
    assert "any site can read answers with the user's cookies" in problem.fix
    assert function_url_cors_problems(replace(FINE, allow_origins=("*",), allow_credentials=False)) == ()


@pytest.mark.parametrize(
    ("field", "name", "values"),
    [
        ("allow_origins", "allowOrigins", tuple(f"https://{number}.example" for number in range(101))),
        ("allow_methods", "allowMethods", ("GET", "PUT", "HEAD", "POST", "PATCH", "DELETE", "*")),
        ("allow_headers", "allowHeaders", tuple(f"x-{number}" for number in range(101))),
        ("expose_headers", "exposeHeaders", tuple(f"x-{number}" for number in range(101))),
    ],
)
def test_function_url_list_lengths(field: str, name: str, values: tuple[str, ...]) -> None:
    """AWS: Lambda API reference, Cors."""
    problem = only(function_url_cors_problems(replace(FINE, **{field: values})))
    assert (problem.field, problem.index, problem.found) == (name, None, f"{len(values)} entries")
    assert function_url_cors_problems(replace(FINE, **{field: values[:-1]})) == ()


def test_all_problems_at_once() -> None:
    cors = CorsConfiguration(("*", "ftp://x"), ("ANY",), ("",), (), allow_credentials=True, max_age=999999)
    fields = [problem.field for problem in http_api_cors_problems(cors)]
    assert fields == ["allowOrigins", "allowMethods", "allowHeaders", "allowCredentials", "maxAge"]


def shape(problem: CorsProblem) -> tuple[bool, str]:
    return problem.is_warning, problem.fix


BOTH = (http_api_cors_problems, function_url_cors_problems)


@pytest.mark.parametrize(
    ("origin", "fix"),
    [
        pytest.param("http://localhost:5173/", "write http://localhost:5173: an origin has no slash at its end",
                     id="slash"),
        pytest.param("https://a.example/app", "write https://a.example: an origin has no path", id="path"),
        pytest.param("https://A.example/app", "write https://a.example: an origin has no path and is in lower case",
                     id="path-and-case"),
        pytest.param("https://a.example/app?b#c", "write https://a.example: an origin has no path, query or fragment",
                     id="query-and-fragment"),
        pytest.param("https://a.example:443", "write https://a.example: an origin leaves out port 443, its scheme's "
                     "default", id="https-port"),
        pytest.param("http://a.example:80/", "write http://a.example: an origin has no slash at its end and leaves out "
                     "port 80, its scheme's default", id="http-port"),
        pytest.param("https://a.example,https://b.example",
                     "write one origin an entry: [https://a.example, https://b.example]", id="two"),
        pytest.param("https://a.example:99999", "write it like https://shop.example.com: an origin is scheme://host, "
                     "with :port when it has one", id="no-port-at-all"),
    ],
)  # fmt: skip
def test_origins_that_no_browser_sends_are_warned_of(origin: str, fix: str) -> None:
    """AWS's documentation compares allowOrigins with Origin as text; what it refuses of these is not documented."""
    for judge in BOTH:
        problem = only(judge(replace(FINE, allow_origins=("https://ok.example", origin))))
        assert (problem.field, problem.index, problem.found) == (
            "allowOrigins",
            1,
            f"`{origin}`, which no browser sends",
        )
        assert shape(problem) == (True, fix)


@pytest.mark.parametrize(
    ("origin", "fix"),
    [
        pytest.param("shop.example.com", "write https://shop.example.com: an origin begins with its scheme", id="bare"),
        pytest.param("localhost:5173", "write http://localhost:5173: an origin begins with its scheme", id="localhost"),
        pytest.param("5173", "write http://localhost:5173: an origin begins with its scheme", id="port-alone"),
        pytest.param("https://me:pw@a.example", "write https://a.example: an origin has no user name", id="user"),
        pytest.param("https://a.example?b", "write https://a.example: an origin has no query", id="query"),
    ],
)
def test_origins_that_an_http_api_refuses_and_a_function_url_takes(origin: str, fix: str) -> None:
    refused, warned = (only(judge(replace(FINE, allow_origins=(origin,)))) for judge in BOTH)
    assert (refused.found, *shape(refused)) == (f"Invalid format for origin {origin}", False, fix)
    assert (warned.found, *shape(warned)) == (f"`{origin}`, which no browser sends", True, fix)


@pytest.mark.parametrize(
    ("origin", "fix"),
    [
        (" https://a.example", "write https://a.example: an origin has no spaces around it"),
        ("https://a.example, https://b.example", "write one origin an entry: [https://a.example, https://b.example]"),
    ],
)
def test_origins_that_both_refuse(origin: str, fix: str) -> None:
    assert [shape(only(judge(replace(FINE, allow_origins=(origin,))))) for judge in BOTH] == [(False, fix)] * 2


def test_a_function_url_keeps_the_case_of_origins() -> None:
    """Uncertain; an HTTP API keeps them without regard to case (hashicorp/terraform-provider-aws, apigatewayv2)."""
    cors = replace(FINE, allow_origins=("HTTPS://A.example",))
    fix = "write https://a.example: an origin is in lower case"
    assert (http_api_cors_problems(cors), shape(only(function_url_cors_problems(cors)))) == ((), (True, fix))


@pytest.mark.parametrize("origin", ["null", "capacitor://localhost", "https://*.example.com", "https://a.example."])
def test_origins_of_a_function_url_of_which_nothing_is_said(origin: str) -> None:
    assert function_url_cors_problems(replace(FINE, allow_origins=(origin,))) == ()


def test_a_host_outside_ascii() -> None:
    problem = only(http_api_cors_problems(replace(FINE, allow_origins=("https://b\u00fccher.example",))))
    fix = "write it like https://shop.example.com: an origin has its host in ASCII (xn--...)"
    assert shape(problem) == (True, fix)


@pytest.mark.parametrize(
    ("method", "http_api", "function_url"),
    [
        ("GET,POST", "[GET, POST]", "[GET, POST]"),
        ("GET, POST", "[GET, POST]", "[GET, POST]"),
        ("get post", "[GET, POST]", "[GET, POST]"),
        ("GET|POST", "[GET, POST]", "[GET, POST]"),
        ("[GET, POST]", "[GET, POST]", "[GET, POST]"),
        ("GET,OPTIONS", "[GET, OPTIONS]", "[GET]"),
    ],
)
def test_several_methods_in_one_entry(method: str, http_api: str, function_url: str) -> None:
    fixes = [only(judge(replace(FINE, allow_methods=(method,)))).fix for judge in BOTH]
    assert fixes == [f"write one method an entry: {methods}" for methods in (http_api, function_url)]


@pytest.mark.parametrize("field", ["allowHeaders", "exposeHeaders"])
@pytest.mark.parametrize(
    ("value", "found", "fix"),
    [
        ("content-type,authorization", "2 header names in one entry",
         "write one header name an entry: [content-type, authorization]"),
        ("a, b c", "3 header names in one entry", "write one header name an entry: [a, b, c]"),
        ("Content-Type: text/plain", "which is no name of a header", "write the name alone: Content-Type"),
        ('"x-total"', "which is no name of a header", "write the name alone: x-total"),
        ("'x-total'", "which is no name of a header", "write the name alone: x-total"),
        ("x/y", "which is no name of a header", "write the name of one header"),
    ],
)  # fmt: skip
def test_header_names_that_are_none_are_warned_of(field: str, value: str, found: str, fix: str) -> None:
    """AWS takes a comma-separated list as one entry (CodeGenieApp/serverless-express#508)."""
    name = {"allowHeaders": "allow_headers", "exposeHeaders": "expose_headers"}[field]
    reasons = (
        "; what an HTTP API makes of such an entry is not documented",
        "; with such an entry a function URL answers preflights without any CORS header",
    )
    for judge, reason in zip(BOTH, reasons, strict=True):
        problem = only(judge(replace(FINE, **{name: ("ok", value)})))
        assert (problem.field, problem.index, problem.found) == (field, 1, f"`{value}`, {found}")
        assert shape(problem) == (True, fix + reason * (field == "allowHeaders" and "," in value))
