"""The change that mends each CORS error, in the words of the file the user has to edit. Pure text."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from emulator.aws.cors_configuration import FUNCTION_URL_METHODS, HTTP_API_METHODS, CorsConfiguration, entries
from emulator.aws.cors_origin import difference, meant_origin
from emulator.aws.function_url.cors import has_comma
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.verdict import Blocked, CorsErrorName
from emulator.exchange import Exchange
from emulator.findings.resources import called_method
from emulator.findings.route_fixes import and_route, page_method_fix
from emulator.findings.unlistable_origin import (
    OPAQUE,
    allowable,
    credentials_of_unlistable_fix,
    is_listable,
    opaque_origin_fix,
    unlistable_origin_fix,
)
from emulator.functions.invocation import FunctionError
from emulator.messages import TOKEN

RESPONSE_TOO_LARGE = "Function.ResponseSizeTooLarge"
"""Lambda's error type for a response above 6 MB."""

FUNCTION_FIXES = {
    CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER: (
        "missing-cors-headers",
        "Let function '{function}' return the header Access-Control-Allow-Origin: {origin}.",
    ),
    CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED: (
        "wildcard-with-credentials",
        (
            "Let function '{function}' return Access-Control-Allow-Origin: {origin} (from an allowlist, with Vary: "
            "Origin) instead of '*', or let the page call without credentials."
        ),
    ),
    CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES: (
        "multiple-allow-origin-values",
        (
            "Let function '{function}' return one origin, the one that asked, if it is in the allowlist: "
            "Access-Control-Allow-Origin: {origin}."
        ),
    ),
    CorsErrorName.INVALID_ALLOW_ORIGIN_VALUE: (
        "invalid-allow-origin",
        (
            "Access-Control-Allow-Origin takes '*' or one origin (scheme://host:port, no path, no pattern): let "
            "function '{function}' return {origin}."
        ),
    ),
    CorsErrorName.ALLOW_ORIGIN_MISMATCH: (
        "origin-not-allowed",
        "Add {origin} to the allowlist of function '{function}' and return it when it asks; now it returns '{value}'.",
    ),
    CorsErrorName.INVALID_ALLOW_CREDENTIALS: (
        "credentials-not-allowed",
        (
            "Let function '{function}' return Access-Control-Allow-Credentials: true (exactly, lower case), or let the "
            "call without credentials."
        ),
    ),
    CorsErrorName.PREFLIGHT_MISSING_ALLOW_ORIGIN_HEADER: (
        "preflight-without-cors",
        (
            "Let function '{function}' answer OPTIONS with 204 and Access-Control-Allow-Origin: {origin}, "
            "Access-Control-Allow-Methods: {method}{and_headers}."
        ),
    ),
    CorsErrorName.PREFLIGHT_INVALID_STATUS: (
        "preflight-status",
        "Let function '{function}' answer OPTIONS with a status from 200 to 299; it answered {status}.",
    ),
    CorsErrorName.PREFLIGHT_DISALLOWED_REDIRECT: (
        "preflight-redirected",
        (
            "A browser never follows a redirect of a preflight: let the page call the final URL, or let function "
            "'{function}' answer OPTIONS itself."
        ),
    ),
    CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE: (
        "method-not-allowed",
        (
            "Add {method} to the Access-Control-Allow-Methods that function '{function}' returns to OPTIONS "
            "(now '{value}'; the names are case-sensitive)."
        ),
    ),
    CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE: (
        "header-not-allowed",
        (
            "Add {disallowed} to the Access-Control-Allow-Headers that function '{function}' returns to OPTIONS "
            "(now '{value}')."
        ),
    ),
    CorsErrorName.INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE: (
        "invalid-allow-methods",
        (
            "Access-Control-Allow-Methods is a comma-separated list of method names; "
            "function '{function}' returned '{value}'."
        ),
    ),
    CorsErrorName.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE: (
        "invalid-allow-headers",
        (
            "Access-Control-Allow-Headers is a comma-separated list of header names; "
            "function '{function}' returned '{value}'."
        ),
    ),
}
"""Finding name and fix where the function's own headers decide. A preflight's variant falls back to the plain name."""


def function_fix(exchange: Exchange, blocked: Blocked) -> tuple[str, str]:
    """Finding name and fix, where the function's headers decide."""
    name, template = FUNCTION_FIXES.get(blocked.error) or FUNCTION_FIXES[plain_name(blocked.error)]
    facts = _facts(exchange, blocked)
    if exchange.request.origin == OPAQUE and blocked.error.is_of_cors_check:
        opaque = opaque_origin_fix(f"function '{facts['function']}'", blocked.error, exchange.request)
        return name, f"{opaque}{and_route(exchange)}"
    if name == "method-not-allowed" and (page := page_method_fix(exchange)) is not None:
        return name, page
    return name, f"{template.format_map(facts)}{and_route(exchange)}"


def plain_name(error: CorsErrorName) -> CorsErrorName:
    """The name the same failure has on an actual response, where there is one."""
    plain = error.removeprefix("Preflight")
    return CorsErrorName(plain) if plain in list(CorsErrorName) else error


def _facts(exchange: Exchange, blocked: Blocked) -> dict[str, object]:
    request = exchange.request
    requested = request.header("access-control-request-headers")
    return {
        "function": function_name(exchange),
        "origin": request.origin,
        "value": blocked.value or "",
        "status": exchange.response.status,
        "method": request.header("access-control-request-method") or request.method,
        "and_headers": f", Access-Control-Allow-Headers: {requested}" if requested else "",
        "disallowed": ", ".join(blocked.disallowed),
    }


def gateway_fix(exchange: Exchange, blocked: Blocked, cors: CorsConfiguration) -> tuple[str, str]:
    """Finding name and fix, where the gateway's `cors` decides."""
    api = f"'{exchange.api.name}'"
    origin = exchange.request.origin or ""
    match plain_name(blocked.error):
        case CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER if not is_listable(origin):
            return "origin-not-allowed", unlistable_origin_fix(exchange.api.name, origin)
        case CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED if not is_listable(origin):
            return "wildcard-with-credentials", credentials_of_unlistable_fix(origin)
        case CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER:
            if (
                exchange.request.is_preflight
                and isinstance(exchange.api, FunctionUrl)
                and has_comma(cors.allow_headers)
            ):
                return "header-list-as-one-string", _split_fix(api, cors.allow_headers)
            return "origin-not-allowed", _origin_fix(origin, cors.allow_origins, api)
        case CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED:
            return "wildcard-with-credentials", (
                f"Name {origin} in `cors.allowOrigins` of {api} instead of '*', with `allowCredentials: true`; "
                f"or let the page call without credentials."
            )
        case CorsErrorName.INVALID_ALLOW_CREDENTIALS:
            return "credentials-not-allowed", _credentials_fix(api, origin, cors)
        case CorsErrorName.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE:
            return "method-not-allowed", _method_fix(exchange, cors)
        case CorsErrorName.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE:
            return "header-not-allowed", (
                f"Add {', '.join(blocked.disallowed)} to `cors.allowHeaders` of {api} "
                f"(now {_listed(cors.allow_headers)})."
            )
        case _:
            return _other_fix(exchange, blocked, cors)


def _credentials_fix(api: str, origin: str, cors: CorsConfiguration) -> str:
    """Never credentials for every origin: where "*" is echoed, that would let any site in with the user's cookies."""
    if "*" in cors.allow_origins:
        return (
            f"Name {origin} in `cors.allowOrigins` of {api} instead of '*', and set `cors.allowCredentials: true`; "
            f"or let the page call without credentials."
        )
    return f"Set `cors.allowCredentials: true` on {api}, or let the page call without credentials."


def _method_fix(exchange: Exchange, cors: CorsConfiguration) -> str:
    """What AWS takes in `allowMethods`, and a route for the call that then follows."""
    api, method = f"'{exchange.api.name}'", called_method(exchange.request)
    takes = FUNCTION_URL_METHODS if isinstance(exchange.api, FunctionUrl) else HTTP_API_METHODS
    if (page := page_method_fix(exchange)) is not None:
        return page
    now = f"`cors.allowMethods` of {api} (now {_listed(cors.allow_methods)})"
    if method not in takes:
        return f'Add "*" to {now}, which cannot name {method}, and call without credentials.{and_route(exchange)}'
    return f"Add {method} to {now}.{and_route(exchange)}"


def _other_fix(exchange: Exchange, blocked: Blocked, cors: CorsConfiguration) -> tuple[str, str]:
    """Where `cors` stands beside headers of the function, or has a name that none can have."""
    api = f"'{exchange.api.name}'"
    if blocked.error.is_of_cors_check and exchange.function_response is not None:
        origin = exchange.request.origin or ""
        remove = f"Remove the Access-Control-* headers from function '{function_name(exchange)}'"
        return "origin-not-allowed", f"{_origin_fix(origin, cors.allow_origins, api)} {remove}: `cors` then adds them."
    unnamed = [name for name in cors.allow_headers if TOKEN.fullmatch(name) is None]
    if blocked.error is CorsErrorName.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE and unnamed:
        single = [part for name in cors.allow_headers for part in TOKEN.findall(name)]
        return "invalid-allow-headers", f"Write `cors.allowHeaders` of {api} as {_listed(single)}, one name an entry."
    return "cors-blocked", f"Check `cors` of {api}: its {blocked.header or 'answer'} is '{blocked.value}'."


def _split_fix(api: str, names: tuple[str, ...]) -> str:
    """Several header names in one entry of `allowHeaders`."""
    entry = next(name for name in names if "," in name)
    single = tuple(part.strip() for name in names for part in name.split(",") if part.strip())
    return (
        f"Split the entry '{entry}' of `cors.allowHeaders` of {api}, one header an entry: {_listed(single)}. AWS takes "
        f"the list as one name, and the function URL then answers every preflight without CORS headers."
    )


def _listed(values: Sequence[str]) -> str:
    return f"[{', '.join(values)}]"


def _origin_fix(origin: str, allowed: tuple[str, ...], api: str) -> str:
    """An entry that stands for the origin and can never match it is corrected, else the origin is added."""
    for candidate in allowed:
        several = entries(candidate)
        if candidate != origin and origin in map(meant_origin, several):
            meant, why = (
                (origin, difference(candidate)) if len(several) == 1 else (_listed(several), "one origin an entry")
            )
            return f"Write {meant} instead of '{candidate}' in `cors.allowOrigins` of {api}: {why}."
    now = f"(now {_listed(allowed)})"
    return f"Add {origin} to `cors.allowOrigins` of {api} {now}.{_near_miss(origin, allowed)}"


def _near_miss(origin: str, allowed: tuple[str, ...]) -> str:
    """The allowed origin that was probably meant, and how it differs: origins compare byte for byte."""
    differences = [(_difference(candidate, origin), candidate) for candidate in allowed]
    (_, words), candidate = min(differences, default=(UNRELATED, ""))
    return f" '{candidate}' {words}" if words else ""


UNRELATED = (9, "")


def _difference(candidate: str, origin: str) -> tuple[int, str]:
    """How far (0 is closest) and in which words an allowed origin differs from the asking one."""
    try:
        entry, asked = urlsplit(meant_origin(candidate) or candidate), urlsplit(origin)
    except ValueError:  # a client may send any Origin, "http://[" too
        return UNRELATED
    if entry.hostname == asked.hostname and entry.scheme != asked.scheme:
        return 1, "is another origin: the scheme differs."
    if entry.hostname == asked.hostname:
        return 2, "is another origin: the port differs."
    if {entry.hostname, asked.hostname} == {"localhost", "127.0.0.1"}:
        return 3, "is another origin: localhost and 127.0.0.1 are two hosts to a browser."
    return UNRELATED


def function_name(exchange: Exchange) -> str:
    """The function a route selected, for messages."""
    return exchange.function or "of the route"


def too_large_fix(exchange: Exchange, reason: str) -> str:
    """AWS: Quotas for REST APIs; Quotas for HTTP APIs; Lambda quotas. None of these can be raised."""
    how = (
        "shorten the URL, the token or the cookies"
        if exchange.response.status == 431
        else "upload to S3 by a presigned URL, or send it in parts"
    )
    return (
        f"Send less: {how} ({reason}). The browser calls it a CORS error only because the {exchange.response.status} "
        f"has no CORS headers."
    )


def bad_request_fix(exchange: Exchange, reason: str) -> str:
    """The gateway could not read the URL, whatever routes there are."""
    return (
        f"Mend the page's URL: {reason}. The browser calls it a CORS error only because the "
        f"{exchange.response.status} has no CORS headers."
    )


def failed_integration_fix(exchange: Exchange) -> str:
    """The function failed, and the gateway's error answer has no CORS headers."""
    result = exchange.result
    mend = f"Mend function '{function_name(exchange)}'"
    if isinstance(result, FunctionError) and result.error_type == RESPONSE_TOO_LARGE:
        mend = (
            f"Let function '{function_name(exchange)}' answer with less: in pages, or with the presigned URL of an S3 "
            f"object"
        )
    if exchange.request.is_preflight:
        allowed = "*" if exchange.request.origin == OPAQUE else exchange.request.origin
        return (
            f"{mend}: a preflight passes only with a status from 200 to 299 and CORS headers, so it has to answer "
            f"OPTIONS with 204 and Access-Control-Allow-Origin: {allowed}."
        )
    if isinstance(exchange.api, RestApi):
        return (
            f"{mend}; the page can read such errors only if the API's gateway responses DEFAULT_4XX and DEFAULT_5XX "
            f"add Access-Control-Allow-Origin, or the function catches the error and returns it with CORS headers."
        )
    if isinstance(exchange.api, FunctionUrl):
        return f"{mend}; the page can read the error if the function catches it and returns it with CORS headers."
    origin = allowable(exchange.request.origin)
    return f"{mend}; with {origin} allowed in `cors` of '{exchange.api.name}' the page could read the error."
