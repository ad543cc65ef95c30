"""The `cors` of an HTTP API or a function URL, and what AWS refuses when it is created. What such a configuration does
at run time is in http_api/cors.py and function_url/cors.py."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from emulator.aws import limits
from emulator.aws.cors_origin import EXPECTED, difference, is_origin, meant_origin
from emulator.aws.methods import METHODS
from emulator.messages import TOKEN


@dataclass(frozen=True, slots=True)
class CorsConfiguration:
    """The fields of `cors` as AWS names them. `max_age` is in seconds, None when it is not configured."""

    allow_origins: tuple[str, ...] = ()
    allow_methods: tuple[str, ...] = ()
    allow_headers: tuple[str, ...] = ()
    expose_headers: tuple[str, ...] = ()
    allow_credentials: bool = False
    max_age: int | None = None


@dataclass(frozen=True, slots=True)
class CorsProblem:
    """Why AWS would refuse one value, or, with `is_warning`, why what it may accept never does what it was written for.
    `field` is AWS's name in camelCase; `index` counts from 0 in a list, None where the field is no list or the problem
    is the whole of it."""

    field: str
    index: int | None
    found: str
    expected: str
    fix: str
    is_warning: bool = False


HTTP_API_METHODS = frozenset({*METHODS, "*"})
"""What an HTTP API's `allowMethods` can hold (AWS: Configuring CORS for HTTP APIs)."""

FUNCTION_URL_METHODS = HTTP_API_METHODS - {"OPTIONS"}
"""What a function URL's `allowMethods` can hold (AWS: Lambda API reference, Cors)."""

ORIGIN_WILDCARDS = frozenset({"*", "https://*", "http://*"})
ORIGIN = re.compile(r"https?://[^\s/?#@*\x00-\x1f\x7f]+(/[^\s*\x00-\x1f\x7f]*)?", re.ASCII | re.IGNORECASE)
VISIBLE = re.compile(r"[\x21-\x7e]+")


def http_api_cors_problems(cors: CorsConfiguration) -> tuple[CorsProblem, ...]:
    """Tell what CreateApi refuses (AWS: API Gateway V2 API reference, Cors; Configuring CORS for HTTP APIs)."""
    return (
        *_each("allowOrigins", cors.allow_origins, _http_api_origin),
        *_each("allowMethods", cors.allow_methods, _http_api_method),
        *_header_names(cors),
        *_unmatched(cors, _http_api_origin, str.lower),
        *_header_lists(cors, "what an HTTP API makes of such an entry is not documented"),
        *_wildcard_with_credentials(cors),
        *_max_age(cors, lowest=limits.HTTP_API_LEAST_CORS_MAX_AGE_S),
    )


def function_url_cors_problems(cors: CorsConfiguration) -> tuple[CorsProblem, ...]:
    """Tell what CreateFunctionUrlConfig refuses (AWS: Lambda API reference, Cors; CloudFormation AWS::Lambda::Url
    Cors)."""
    return (
        *_each("allowOrigins", cors.allow_origins, _function_url_origin),
        *_each("allowMethods", cors.allow_methods, _function_url_method),
        *_header_names(cors),
        *_unmatched(cors, _function_url_origin, str),
        *_header_lists(cors, "with such an entry a function URL answers preflights without any CORS header"),
        *_longer_than("allowOrigins", cors.allow_origins, limits.FUNCTION_URL_CORS_LIST_COUNT),
        *_longer_than("allowMethods", cors.allow_methods, limits.FUNCTION_URL_CORS_METHODS_COUNT),
        *_longer_than("allowHeaders", cors.allow_headers, limits.FUNCTION_URL_CORS_LIST_COUNT),
        *_longer_than("exposeHeaders", cors.expose_headers, limits.FUNCTION_URL_CORS_LIST_COUNT),
        *_any_origin_with_credentials(cors),
        *_max_age(cors, lowest=limits.FUNCTION_URL_LEAST_CORS_MAX_AGE_S),
    )


Complaint = tuple[str, str, str]
"""The words of a CorsProblem: what was found, what was expected, and how to fix it."""


def _each(field: str, values: tuple[str, ...], judge: Callable[[str], Complaint | None]) -> Iterator[CorsProblem]:
    for index, value in enumerate(values):
        complaint = judge(value)
        if complaint is not None:
            yield CorsProblem(field, index, *complaint)


def _http_api_origin(origin: str) -> Complaint | None:
    """Complain of an origin that an HTTP API refuses. `Invalid format for origin capacitor://localhost` is recorded
    from AWS; that a wildcard inside a host name is refused is uncertain: AWS documents three wildcard forms only."""
    if origin in ORIGIN_WILDCARDS or ORIGIN.fullmatch(origin):
        return None
    meant = _origin_fix(origin)
    return (
        f"Invalid format for origin {origin}",
        'an http or https origin such as https://shop.example.com, or one of "*", "https://*", "http://*"',
        meant or "write each origin as scheme://host, with :port when it has one; list sub-domains one by one",
    )


def _origin_fix(origin: str) -> str | None:
    """Tell how to write what is not an origin, as one; None where that cannot be told."""
    several = entries(origin)
    if len(several) > 1:
        return f"write one origin an entry: [{', '.join(meant_origin(one) or one for one in several)}]"
    meant = None if is_origin(origin) else meant_origin(origin)
    return None if meant is None else f"write {meant}: {difference(origin)}"


def entries(text: str) -> list[str]:
    """Split a text that was meant to be several entries of a list: "GET,POST", "GET | POST"."""
    return [part.strip("\"'[]") for part in re.split(r"[\s,;|]+", text) if part.strip("\"'[]")]


def _unmatched(
    cors: CorsConfiguration, refusal: Callable[[str], Complaint | None], kept: Callable[[str], str]
) -> Iterator[CorsProblem]:
    """Warn of origins that are not refused and that no browser sends: they match nothing. `kept` makes of an origin
    what AWS keeps of it. Hosts that end with a dot are left out: such pages there are."""
    for index, origin in enumerate(cors.allow_origins):
        is_special = "*" in origin or origin == "null" or origin.endswith(".")
        if is_special or is_origin(kept(origin)) or refusal(origin) is not None:
            continue
        fix = _origin_fix(origin) or f"write it like https://shop.example.com: {difference(origin)}"
        yield CorsProblem("allowOrigins", index, f"`{origin}`, which no browser sends", EXPECTED, fix, is_warning=True)


def _http_api_method(method: str) -> Complaint | None:
    if method.upper() in HTTP_API_METHODS:
        return None
    fix = 'write "*" to allow every method' if method.upper() == "ANY" else "use an HTTP method's name"
    expected = "one of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS, *"
    return (f"Method {method} is not supported", expected, _methods_fix(method, HTTP_API_METHODS) or fix)


def _methods_fix(method: str, methods: frozenset[str]) -> str | None:
    """Tell how to write a text that holds several of `methods`, or one and more than that; None where it does not."""
    several = entries(method.upper())
    taken = [one for one in several if one in methods]
    return (
        f"write one method an entry: [{', '.join(taken)}]" if taken and HTTP_API_METHODS.issuperset(several) else None
    )


def _wildcard_with_credentials(cors: CorsConfiguration) -> Iterator[CorsProblem]:
    """Refuse "*" with credentials (recorded from AWS: aws/aws-cdk#9076). `https://*` with credentials is taken as
    accepted (uncertain)."""
    if cors.allow_credentials and "*" in cors.allow_origins:
        yield CorsProblem(
            "allowCredentials",
            None,
            "allow-credentials is not supported if 'allow-origin' is *",
            "allowCredentials: true only with listed origins",
            'list the origins that send cookies or Authorization instead of "*", or drop allowCredentials',
        )


def _any_origin_with_credentials(cors: CorsConfiguration) -> Iterator[CorsProblem]:
    """Warn of "*" with credentials: AWS takes it, and echoes every origin (LeanerCloud/CUDly#390, probed live)."""
    if cors.allow_credentials and "*" in cors.allow_origins:
        yield CorsProblem(
            "allowCredentials",
            None,
            "credentials for every origin: a function URL answers `*` with whatever origin asks",
            "allowCredentials: true only with listed origins",
            'list your pages\' origins instead of "*", or drop allowCredentials: now any site can read answers with '
            "the user's cookies",
            is_warning=True,
        )


def _function_url_origin(origin: str) -> Complaint | None:
    most = limits.FUNCTION_URL_CORS_ORIGIN_LENGTH
    if len(origin) <= most and VISIBLE.fullmatch(origin):
        return None
    fix = _origin_fix(origin) or "write an origin such as https://shop.example.com, or *"
    return (f"the origin {origin!r} has {len(origin)} characters", f"1 to {most} visible ASCII characters", fix)


def _function_url_method(method: str) -> Complaint | None:
    if method in FUNCTION_URL_METHODS:
        return None
    fix = _methods_fix(method, FUNCTION_URL_METHODS) or 'use a method\'s upper-case name, or "*"'
    if method.upper() == "OPTIONS":
        fix = "remove it: a function URL with cors answers OPTIONS preflights itself"
    elif method.upper() in FUNCTION_URL_METHODS:
        fix = f"write its upper-case name, {method.upper()}"
    most = limits.FUNCTION_URL_CORS_METHOD_LENGTH
    long = f" (a function URL's methods have at most {most} characters)" if len(method) > most else ""
    return (f"the method {method}{long}", "one of GET, PUT, HEAD, POST, PATCH, DELETE, *", fix)


def _header_names(cors: CorsConfiguration) -> Iterator[CorsProblem]:
    for field, values in (("allowHeaders", cors.allow_headers), ("exposeHeaders", cors.expose_headers)):
        yield from _each(field, values, _header_name)


def _header_name(name: str) -> Complaint | None:
    """Complain only of what no response header could carry: AWS takes even "Content-Type,Authorization" as one entry
    (CodeGenieApp/serverless-express#508), though no preflight of a function URL passes then (function_url/cors.py).
    What an HTTP API does with it is uncertain."""
    if VISIBLE.fullmatch(name.replace(" ", "")):
        return None
    return (f"the header name {name!r}", "a header name or *", "write one header name an entry")


def _header_lists(cors: CorsConfiguration, allowed: str) -> Iterator[CorsProblem]:
    """Warn of entries that are no name of a header: no token (RFC 9110, 5.1), or one in quotes, which are part of a
    token. `allowed` says what becomes of one with a comma in allowHeaders."""
    for field, values, reason in (
        ("allowHeaders", cors.allow_headers, f"; {allowed}"),
        ("exposeHeaders", cors.expose_headers, ""),
    ):
        for index, value in enumerate(values):
            is_name = TOKEN.fullmatch(value) is not None and value.strip("'") == value
            if not is_name and _header_name(value) is None:
                found, fix = _header_list(value)
                fix += reason if "," in value else ""
                yield CorsProblem(field, index, found, "a header name or *", fix, is_warning=True)


def _header_list(value: str) -> tuple[str, str]:
    """Tell what an entry that is no header name holds, and how to write it."""
    names = entries(value)
    if len(names) > 1 and all(map(TOKEN.fullmatch, names)):
        found = f"`{value}`, {len(names)} header names in one entry"
        return found, f"write one header name an entry: [{', '.join(names)}]"
    name = value.partition(":")[0].strip("\"' ")
    fix = f"write the name alone: {name}" if TOKEN.fullmatch(name) else "write the name of one header"
    return f"`{value}`, which is no name of a header", fix


def _longer_than(field: str, values: tuple[str, ...], most: int) -> Iterator[CorsProblem]:
    if len(values) > most:
        yield CorsProblem(field, None, f"{len(values)} entries", f"at most {most} entries", 'use "*" or remove some')


def _max_age(cors: CorsConfiguration, *, lowest: int) -> Iterator[CorsProblem]:
    if cors.max_age is not None and not lowest <= cors.max_age <= limits.CORS_MAX_AGE_S:
        yield CorsProblem(
            "maxAge",
            None,
            str(cors.max_age),
            f"{lowest} to {limits.CORS_MAX_AGE_S} seconds",
            f"write a number of seconds of at most one day, {limits.CORS_MAX_AGE_S}",
        )
