"""The gateway response that lets a page read what a REST API says itself: no function is heard in its stead."""

from emulator.aws.rest_api.response_types import HEADER
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.cors_check import ALLOW_ORIGIN
from emulator.browser.modes import Credentials
from emulator.browser.remedy import needed_by_check
from emulator.findings.changes import CallWithoutCredentials, Change, SetGatewayResponse
from emulator.findings.facts import OPAQUE
from emulator.findings.finding import Case


def letting_it_be_read(case: Case) -> tuple[Change, ...]:
    """Let the gateway response that applies to the case's own error say what the page needs; nothing where the error is
    none of a REST API's, or made before any gateway response applies. AWS: Gateway response types for API Gateway; an
    entry of a type's own takes nothing from its family's, so that is the one to write into."""
    api, refusal = case.api, case.exchange.refusal
    if not isinstance(api, RestApi) or refusal is None or case.request.is_preflight:
        return ()
    response_type = api.response_type_of(refusal, case.request)
    if response_type is None:
        return ()
    needed = needed_by_check(case.origin, case.credentials, case.exchange.response.headers)
    headers = tuple((_as_written(api, response_type, one.name), one.value) for one in needed)
    if case.origin != OPAQUE:
        return (SetGatewayResponse(api.name, response_type, headers),)
    # Never null by name: every file, and every sandboxed frame of any site, has that origin.
    for_any = tuple((name, "*") for name, value in headers if value == OPAQUE)
    page = (CallWithoutCredentials(),) if case.credentials is Credentials.INCLUDE else ()
    return (*((SetGatewayResponse(api.name, response_type, for_any),) if for_any else ()), *page)


def _as_written(api: RestApi, response_type: str, header: str) -> str:
    """Return the name as the entry has it: in another case beside it, the header would be sent twice."""
    written = (
        name.removeprefix(HEADER)
        for entry in api.gateway_responses
        if entry.response_type == response_type
        for name, _ in entry.response_parameters
    )
    return next((name for name in written if name.lower() == header.lower()), header)


def hidden(case: Case) -> str:
    """Say why the browser reports an error of the gateway's own as one of CORS."""
    lacking = "has no CORS headers"
    if case.exchange.response.header(ALLOW_ORIGIN) is not None:
        lacking = "has CORS headers that do not let this page in"
    return f"The browser calls it a CORS error only because the {case.status} {lacking}."
