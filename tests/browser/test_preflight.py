import pytest

from emulator.browser.departures import Profile
from emulator.browser.modes import Credentials
from emulator.browser.preflight import PreflightQuestion, preflight_check, preflight_warnings
from emulator.browser.profiles import CHROMIUM, FIREFOX, PROFILES, SPEC, WEBKIT
from emulator.browser.verdict import CorsErrorName, WarningName
from emulator.messages import Headers, Response

ORIGIN = "https://app.example"
OMIT, SAME, INCLUDE = Credentials.OMIT, Credentials.SAME_ORIGIN, Credentials.INCLUDE
OPEN: Headers = (("Access-Control-Allow-Origin", ORIGIN), ("Access-Control-Allow-Credentials", "true"))
EVERY_PROFILE = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)


def question(method: str = "GET", *names: str, credentials: Credentials = SAME) -> PreflightQuestion:
    return PreflightQuestion(ORIGIN, credentials, method, names)


def permitting(methods: str | None = None, names: str | None = None, status: int = 204) -> Response:
    headers = OPEN
    if methods is not None:
        headers += (("access-control-allow-methods", methods),)
    if names is not None:
        headers += (("access-control-allow-headers", names),)
    return Response(status, headers)


# fetch/api/cors/cors-preflight-star.any.js
@EVERY_PROFILE
@pytest.mark.parametrize(
    ("succeeds", "credentials", "methods", "names", "method", "asked"),
    [
        (True, SAME, "get", "x-test", "GET", ("x-test",)),
        (True, SAME, "*", "x-test", "SUPER", ("x-test",)),
        (True, SAME, "*", "*", "OK", ("x-test",)),
        (False, INCLUDE, "*", "*", "OK", ("x-test",)),
        (False, INCLUDE, "*", "", "PUT", ()),
        (True, INCLUDE, "PUT", "*", "PUT", ()),
        (False, INCLUDE, "get", "*", "GET", ("x-test",)),
        (False, INCLUDE, "*", "*", "GET", ("x-test",)),
        (True, INCLUDE, "*", "*", "*", ("*",)),
        (False, INCLUDE, "put", "*", "PUT", ()),
    ],
)
def test_wildcards(
    succeeds: bool,
    credentials: Credentials,
    methods: str,
    names: str,
    method: str,
    asked: tuple[str, ...],
    profile: Profile,
) -> None:
    failure = preflight_check(question(method, *asked, credentials=credentials), permitting(methods, names), profile)
    assert (failure is None) is succeeds


# fetch/api/cors/cors-preflight-status.any.js
@EVERY_PROFILE
@pytest.mark.parametrize(
    "status",
    [200, 201, 202, 203, 204, 205, 206, 226, 299, 300, 301, 302, 303, 304, 305, 306, 307, 308, 400, 401, 402, 403, 404,
     405, 500, 501, 502, 503, 504, 505],
)  # fmt: skip
def test_only_ok_statuses_pass(status: int, profile: Profile) -> None:
    failure = preflight_check(question("GET", "x-force"), permitting(names="x-force", status=status), profile)
    assert (failure is None) is (200 <= status <= 299)
    assert failure is None or failure.error is CorsErrorName.PREFLIGHT_INVALID_STATUS


# fetch/api/cors/cors-preflight-redirect.any.js
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_before_anything_else_in_chromium(status: int) -> None:
    failure = preflight_check(question("PUT"), Response(status, (("Location", "/x"),)))
    assert failure is not None
    assert (failure.error, failure.header) == (CorsErrorName.PREFLIGHT_DISALLOWED_REDIRECT, "Location")


# fetch/api/cors/cors-preflight-response-validation.any.js
@EVERY_PROFILE
@pytest.mark.parametrize("bad", ["Bad value", "Bad,value;", 'x, "y"', "é", "a/b"])
def test_lists_must_parse(bad: str, profile: Profile) -> None:
    methods = preflight_check(question("GET", "x"), permitting(bad, "x"), profile)
    names = preflight_check(question("GET", "x"), permitting("GET", f"x,{bad}"), profile)
    assert methods is not None
    assert methods.error is CorsErrorName.INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE
    assert methods.header == "Access-Control-Allow-Methods"
    assert names is not None
    assert names.error is CorsErrorName.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE
    assert names.value == f"x,{bad}"


@EVERY_PROFILE
def test_methods_compare_by_case_and_names_do_not(profile: Profile) -> None:
    assert preflight_check(question("patch"), permitting("PATCH"), profile) is not None
    assert preflight_check(question("patch"), permitting("PATCH, patch"), profile) is None
    assert preflight_check(question("GET", "x-test"), permitting(names="X-TEST"), profile) is None


@EVERY_PROFILE
@pytest.mark.parametrize("methods", [",x, PUT,,", "PUT", " PUT\t"])
def test_empty_elements_are_legal(methods: str, profile: Profile) -> None:
    # xhr/allow-lists-starting-with-comma
    assert preflight_check(question("PUT"), permitting(methods), profile) is None


def test_lists_run_over_several_lines() -> None:
    headers = (*OPEN, ("Access-Control-Allow-Headers", "x-a"), ("access-control-allow-headers", "x-b"))
    assert preflight_check(question("GET", "x-a", "x-b"), Response(200, headers)) is None


def test_every_refused_header_is_listed() -> None:
    failure = preflight_check(question("PUT", "x-a", "x-b", "x-c"), permitting("PUT", "x-b"))
    assert failure is not None
    assert failure.error is CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE
    assert (failure.header, failure.value) == ("Access-Control-Allow-Headers", "x-b")
    assert failure.disallowed == ("x-a", "x-c")


def test_the_refused_method_is_named() -> None:
    failure = preflight_check(question("PUT"), permitting())
    assert failure is not None
    assert failure.error is CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE
    assert (failure.header, failure.value, failure.disallowed) == ("Access-Control-Allow-Methods", None, ("PUT",))


@pytest.mark.parametrize(
    ("profile", "allowed"), [(SPEC, False), (CHROMIUM, True), (FIREFOX, True), (WEBKIT, True)], ids=PROFILES
)
def test_authorization_under_the_wildcard(profile: Profile, allowed: bool) -> None:
    asked = question("GET", "authorization", "x-a")
    failure = preflight_check(asked, permitting(names="*"), profile)
    assert (failure is None) is allowed
    assert failure is None or failure.disallowed == ("authorization",)
    assert preflight_check(asked, permitting(names="*, Authorization"), profile) is None


@pytest.mark.parametrize(
    ("names", "credentials", "asked", "warns"),
    [
        ("*", SAME, ("authorization",), True),
        ("*, Authorization", SAME, ("authorization",), False),
        ("*", SAME, ("x-a",), False),
        ("*", INCLUDE, ("authorization",), False),
    ],
)
def test_the_warning_about_authorization(
    names: str, credentials: Credentials, asked: tuple[str, ...], warns: bool
) -> None:
    warnings = preflight_warnings(question("GET", *asked, credentials=credentials), permitting(names=names))
    assert warnings == ((WarningName.AUTHORIZATION_COVERED_BY_WILDCARD,) if warns else ())


@EVERY_PROFILE
def test_the_cors_check_uses_the_real_credentials_mode(profile: Profile) -> None:
    wildcard = Response(204, (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "PUT")))
    assert preflight_check(question("PUT", credentials=OMIT), wildcard, profile) is None
    failure = preflight_check(question("PUT", credentials=INCLUDE), wildcard, profile)
    assert failure is not None
    assert failure.error is CorsErrorName.PREFLIGHT_WILDCARD_ORIGIN_NOT_ALLOWED


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        pytest.param(
            Response(302, (("Location", "/x"),)),
            {
                "spec": "PreflightMissingAllowOriginHeader",
                "chromium": "PreflightDisallowedRedirect",
                "firefox": "PreflightMissingAllowOriginHeader",
                "webkit": "PreflightInvalidStatus",
            },
            id="redirect-without-cors",
        ),
        pytest.param(
            Response(302, (*OPEN, ("Location", "/x"))),
            {
                "spec": "PreflightInvalidStatus",
                "chromium": "PreflightDisallowedRedirect",
                "firefox": "PreflightDisallowedRedirect",
                "webkit": "PreflightInvalidStatus",
            },
            id="redirect-with-cors",
        ),
        pytest.param(
            Response(404),
            {
                "spec": "PreflightMissingAllowOriginHeader",
                "chromium": "PreflightMissingAllowOriginHeader",
                "firefox": "PreflightMissingAllowOriginHeader",
                "webkit": "PreflightInvalidStatus",
            },
            id="not-found-without-cors",
        ),
        pytest.param(
            permitting("POST", "a b"),
            {
                "spec": "InvalidAllowHeadersPreflightResponse",
                "chromium": "InvalidAllowHeadersPreflightResponse",
                "firefox": "MethodDisallowedByPreflightResponse",
                "webkit": "InvalidAllowHeadersPreflightResponse",
            },
            id="method-and-header-list",
        ),
    ],
)
def test_each_browser_finds_another_failure_first(response: Response, expected: dict[str, str]) -> None:
    found = {name: preflight_check(question("PUT"), response, profile) for name, profile in PROFILES.items()}
    assert {name: failure and failure.error.value for name, failure in found.items()} == expected


def test_firefox_asks_its_own_origin_without_a_cors_check() -> None:
    asked = PreflightQuestion(ORIGIN, SAME, "PUT", is_own_origin=True)
    assert preflight_check(asked, Response(200, (("access-control-allow-methods", "PUT"),)), FIREFOX) is None
