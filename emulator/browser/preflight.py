"""The CORS-preflight fetch (Fetch Standard 4.8): what a preflight asks, and whether its response permits it."""

from dataclasses import dataclass, replace

from emulator.browser.cors_check import cors_check
from emulator.browser.departures import PreflightStep, Profile
from emulator.browser.header_list import first_bad_token, get_all, split_list
from emulator.browser.modes import Credentials
from emulator.browser.profiles import CHROMIUM
from emulator.browser.redirect import REDIRECT_STATUSES
from emulator.browser.safelist import SAFELISTED_METHODS
from emulator.browser.verdict import OF_PREFLIGHT, CorsErrorName, Failure, WarningName
from emulator.messages import Response

ALLOW_METHODS = "Access-Control-Allow-Methods"
ALLOW_HEADERS = "Access-Control-Allow-Headers"


@dataclass(frozen=True, slots=True)
class PreflightQuestion:
    """What a preflight asks leave for. `header_names` are the CORS-unsafe request-header names of the actual request,
    lower-case and sorted. `credentials` is the actual request's mode: the preflight itself never carries any.
    `is_own_origin`: the URL is of the origin that asks, as Firefox comes to ask after a redirect back home."""

    origin: str
    credentials: Credentials
    method: str
    header_names: tuple[str, ...] = ()
    is_own_origin: bool = False


def preflight_check(question: PreflightQuestion, response: Response, profile: Profile = CHROMIUM) -> Failure | None:
    """Tell why a response does not permit what was asked: the first failure in the profile's order of checks; None when
    it permits it."""
    for step in profile.preflight_order:
        failure = _CHECKS[step](question, response, profile)
        if failure is not None:
            return failure
    return None


def preflight_warnings(question: PreflightQuestion, response: Response) -> tuple[WarningName, ...]:
    """Name what browsers let pass for now: an Authorization header that nothing but `*` covers."""
    if "authorization" in question.header_names and question.credentials is not Credentials.INCLUDE:
        names = _lowered(get_all(response.headers, "access-control-allow-headers"))
        if "*" in names and "authorization" not in names:
            return (WarningName.AUTHORIZATION_COVERED_BY_WILDCARD,)
    return ()


def _check_origin(question: PreflightQuestion, response: Response, profile: Profile) -> Failure | None:
    if question.is_own_origin:
        return None
    failure = cors_check(question.origin, question.credentials, response.headers)
    if failure is None:
        return None
    return replace(failure, error=OF_PREFLIGHT[failure.error])


def _check_redirect(question: PreflightQuestion, response: Response, profile: Profile) -> Failure | None:
    location = get_all(response.headers, "location")
    if response.status in REDIRECT_STATUSES and location:
        return Failure(CorsErrorName.PREFLIGHT_DISALLOWED_REDIRECT, "Location", location)
    return None


def _check_status(question: PreflightQuestion, response: Response, profile: Profile) -> Failure | None:
    if 200 <= response.status <= 299:
        return None
    return Failure(CorsErrorName.PREFLIGHT_INVALID_STATUS)


def _parse_methods(question: PreflightQuestion, response: Response, profile: Profile) -> Failure | None:
    return _parse(response, ALLOW_METHODS, CorsErrorName.INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE)


def _parse_headers(question: PreflightQuestion, response: Response, profile: Profile) -> Failure | None:
    return _parse(response, ALLOW_HEADERS, CorsErrorName.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE)


def _parse(response: Response, header: str, error: CorsErrorName) -> Failure | None:
    """Check that a header parses (steps 7.1 to 7.3): "extract header list values" fails on anything that is not a
    token."""
    values = get_all(response.headers, header.lower())
    bad = first_bad_token(split_list(values))
    return None if bad is None else Failure(error, header, values, parameter=bad)


def _check_method(question: PreflightQuestion, response: Response, profile: Profile) -> Failure | None:
    """Check that the method is allowed (step 7.5). The list is case-sensitive."""
    if question.method in SAFELISTED_METHODS:
        return None
    values = get_all(response.headers, "access-control-allow-methods")
    methods = split_list(values)
    if question.method in methods or (question.credentials is not Credentials.INCLUDE and "*" in methods):
        return None
    error = CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE
    return Failure(error, ALLOW_METHODS, values, question.method, disallowed=(question.method,))


def _check_headers(question: PreflightQuestion, response: Response, profile: Profile) -> Failure | None:
    """Check that every header name asked for is allowed (steps 7.6 and 7.7). Names compare case-insensitively."""
    values = get_all(response.headers, "access-control-allow-headers")
    names = _lowered(values)
    asked = question.header_names
    if question.credentials is not Credentials.INCLUDE and "*" in names:
        asked = () if profile.wildcard_covers_authorization else tuple(n for n in asked if n == "authorization")
    disallowed = tuple(name for name in asked if name not in names)
    if not disallowed:
        return None
    error = CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE
    return Failure(error, ALLOW_HEADERS, values, disallowed[0], disallowed)


def _lowered(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in split_list(values))


_CHECKS = {
    PreflightStep.CORS_CHECK: _check_origin,
    PreflightStep.REDIRECT: _check_redirect,
    PreflightStep.STATUS: _check_status,
    PreflightStep.PARSE_METHODS: _parse_methods,
    PreflightStep.PARSE_HEADERS: _parse_headers,
    PreflightStep.METHOD: _check_method,
    PreflightStep.HEADERS: _check_headers,
}
