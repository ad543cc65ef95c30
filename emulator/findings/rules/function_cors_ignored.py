"""An HTTP API with `cors` drops the function's own CORS headers, and what they say is lost."""

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.browser.cors_check import ALLOW_CREDENTIALS, ALLOW_ORIGIN, cors_check
from emulator.browser.filtering import FORBIDDEN_RESPONSE_HEADERS, SAFELISTED_RESPONSE_HEADERS
from emulator.browser.header_list import get_all, is_token, split_list
from emulator.browser.initiator import is_loaded
from emulator.browser.modes import Credentials
from emulator.findings.allowing import EXPOSE_HEADERS
from emulator.findings.changes import AddToCors, Change, CorsField, RemoveHeaders, SetCorsCredentials
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix
from emulator.messages import Response


@dataclass(frozen=True, slots=True)
class Lost:
    """One header of the function that had no effect, what it would have done, and what `cors` has to say instead; None
    where it is better that it is lost."""

    header: str
    effect: str
    instead: Change | None = None


def find(case: Case) -> Found | None:
    """AWS: Configuring CORS for an HTTP API: "API Gateway ignores CORS headers returned from your backend". Nothing is
    said of headers that agree, of those that count on preflights only, or beside a block, which tells it itself."""
    answer, cors = case.exchange.function_response, case.cors
    if answer is None or cors is None or not isinstance(case.api, HttpApi):
        return None
    if case.request.is_preflight or case.blocked is not None:
        return None
    lost = (*_origin(case, answer), *_credentials(case, cors, answer), *_exposed(case, cors, answer))
    if not lost:
        return None
    changes = tuple(one.instead for one in lost if one.instead is not None)
    removed = (RemoveHeaders(case.function, "Access-Control-"),)
    because = f"The policy is `cors` of '{case.api.name}' alone."
    return Found(
        Layer.GATEWAY if changes else Layer.FUNCTION,
        f"Gateway and function disagree about CORS: an HTTP API with `cors` ignores the function's headers, so what "
        f"function '{case.function}' says has no effect.",
        tuple(_evidence(case, answer, one) for one in lost),
        Fix(changes, because=because) if changes else Fix(removed, because=because),
        Severity.WARNING if any(one.header == EXPOSE_HEADERS for one in lost) else Severity.NOTE,
    )


def _evidence(case: Case, answer: Response, lost: Lost) -> str:
    sent = case.exchange.response.header(lost.header)
    gateway = "none" if sent is None else f"'{sent}'"
    name = lost.header
    return f"{name}: the function returned '{answer.header(name)}', the gateway sent {gateway}; {lost.effect}"


def _origin(case: Case, answer: Response) -> Iterator[Lost]:
    """See an origin that would keep out the page which the gateway lets in."""
    failure = cors_check(case.origin, case.credentials, answer.headers)
    if failure is not None and failure.header == ALLOW_ORIGIN and failure.values:
        yield Lost(ALLOW_ORIGIN, "it would keep this page out")


def _credentials(case: Case, cors: CorsConfiguration, answer: Response) -> Iterator[Lost]:
    """See credentials that only the function allows, which AWS never takes for `*` (aws/aws-cdk#9076)."""
    if answer.header(ALLOW_CREDENTIALS) != "true" or cors.allow_credentials:
        return
    if "*" in cors.allow_origins:
        yield Lost(ALLOW_CREDENTIALS, "it would do nothing with `*`")
    else:
        allowed = SetCorsCredentials(case.api.name, allowed=True)
        yield Lost(ALLOW_CREDENTIALS, "it would be right for calls with credentials", allowed)


def _exposed(case: Case, cors: CorsConfiguration, answer: Response) -> Iterator[Lost]:
    """See names that only the function exposes; `*` is one of them without credentials alone."""
    any_name = "*" in cors.expose_headers and case.credentials is not Credentials.INCLUDE
    known = SAFELISTED_RESPONSE_HEADERS | FORBIDDEN_RESPONSE_HEADERS | {name.lower() for name in cors.expose_headers}
    if case.credentials is Credentials.INCLUDE:
        known |= {"*"}
    listed = split_list(get_all(answer.headers, EXPOSE_HEADERS.lower()))
    names = tuple(name for name in listed if is_token(name) and name.lower() not in known)
    if names and not any_name and not is_loaded(case.request):
        add = AddToCors(case.api.name, CorsField.EXPOSE_HEADERS, names, cors.expose_headers)
        yield Lost(EXPOSE_HEADERS, "it would let the page read them", add)


RULE = Rule("function-cors-ignored", Severity.WARNING, find)
