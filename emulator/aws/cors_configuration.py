"""The `cors` of an HTTP API or a function URL, and what AWS refuses when it is created. What it does: http_api_cors.py
and function_url.py."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CorsConfiguration:
    """AWS's fields; `max_age` in seconds, None when not configured."""

    allow_origins: tuple[str, ...] = ()
    allow_methods: tuple[str, ...] = ()
    allow_headers: tuple[str, ...] = ()
    expose_headers: tuple[str, ...] = ()
    allow_credentials: bool = False
    max_age: int | None = None


@dataclass(frozen=True, slots=True)
class CorsProblem:
    """Why AWS would refuse one value. `field` is AWS's name in camelCase; `index` counts from 0 in a list, None where
    the field is no list or the problem is the whole of it."""

    field: str
    index: int | None
    found: str
    expected: str
    fix: str


HTTP_API_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "*"})
FUNCTION_URL_METHODS = frozenset({"GET", "PUT", "HEAD", "POST", "PATCH", "DELETE", "*"})
ORIGIN_WILDCARDS = frozenset({"*", "https://*", "http://*"})
ORIGIN = re.compile(r"https?://[^\s/?#@*\x00-\x1f\x7f]+(/[^\s*\x00-\x1f\x7f]*)?", re.ASCII | re.IGNORECASE)
VISIBLE = re.compile(r"[\x21-\x7e]+")
LONGEST_CACHE = 86400


def http_api_cors_problems(cors: CorsConfiguration) -> tuple[CorsProblem, ...]:
    """What CreateApi refuses (AWS: API Gateway V2 API reference, Cors; Configuring CORS for HTTP APIs)."""
    return (
        *_each("allowOrigins", cors.allow_origins, _http_api_origin),
        *_each("allowMethods", cors.allow_methods, _http_api_method),
        *_header_names(cors),
        *_wildcard_with_credentials(cors),
        *_max_age(cors, lowest=-1),
    )


def function_url_cors_problems(cors: CorsConfiguration) -> tuple[CorsProblem, ...]:
    """What CreateFunctionUrlConfig refuses (AWS: Lambda API reference, Cors; CloudFormation AWS::Lambda::Url Cors)."""
    return (
        *_each("allowOrigins", cors.allow_origins, _function_url_origin),
        *_each("allowMethods", cors.allow_methods, _function_url_method),
        *_header_names(cors),
        *_longer_than("allowOrigins", cors.allow_origins, 100),
        *_longer_than("allowMethods", cors.allow_methods, 6),
        *_longer_than("allowHeaders", cors.allow_headers, 100),
        *_longer_than("exposeHeaders", cors.expose_headers, 100),
        *_max_age(cors, lowest=0),
    )


Complaint = tuple[str, str, str]
"""Found, expected, fix."""


def _each(field: str, values: tuple[str, ...], judge: Callable[[str], Complaint | None]) -> Iterator[CorsProblem]:
    for index, value in enumerate(values):
        complaint = judge(value)
        if complaint is not None:
            yield CorsProblem(field, index, *complaint)


def _http_api_origin(origin: str) -> Complaint | None:
    """`Invalid format for origin capacitor://localhost` is recorded from AWS; that a wildcard inside a host name is
    refused is uncertain: AWS documents three wildcard forms only."""
    if origin in ORIGIN_WILDCARDS or ORIGIN.fullmatch(origin):
        return None
    return (
        f"Invalid format for origin {origin}",
        'an http or https origin such as https://shop.example.com, or one of "*", "https://*", "http://*"',
        "write each origin as scheme://host, with :port when it has one; list sub-domains one by one",
    )


def _http_api_method(method: str) -> Complaint | None:
    if method.upper() in HTTP_API_METHODS:
        return None
    return (
        f"Method {method} is not supported",
        "one of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS, *",
        'write "*" to allow every method' if method.upper() == "ANY" else "use an HTTP method's name",
    )


def _wildcard_with_credentials(cors: CorsConfiguration) -> Iterator[CorsProblem]:
    """Recorded from AWS: aws/aws-cdk#9076. `https://*` with credentials is taken as accepted (uncertain)."""
    if cors.allow_credentials and "*" in cors.allow_origins:
        yield CorsProblem(
            "allowCredentials",
            None,
            "allow-credentials is not supported if 'allow-origin' is *",
            "allowCredentials: true only with listed origins",
            'list the origins that send cookies or Authorization instead of "*", or drop allowCredentials',
        )


def _function_url_origin(origin: str) -> Complaint | None:
    if len(origin) <= 253 and VISIBLE.fullmatch(origin):
        return None
    return (
        f"the origin {origin!r} has {len(origin)} characters",
        "1 to 253 visible ASCII characters",
        "write an origin such as https://shop.example.com, or *",
    )


def _function_url_method(method: str) -> Complaint | None:
    if method in FUNCTION_URL_METHODS:
        return None
    is_options = method.upper() == "OPTIONS"
    return (
        f"the method {method} (a function URL's methods have at most 6 characters)"
        if len(method) > 6
        else f"the method {method}",
        "one of GET, PUT, HEAD, POST, PATCH, DELETE, *",
        "remove it: a function URL with cors answers OPTIONS preflights itself"
        if is_options
        else 'use a method\'s upper-case name, or "*"',
    )


def _header_names(cors: CorsConfiguration) -> Iterator[CorsProblem]:
    for field, values in (("allowHeaders", cors.allow_headers), ("exposeHeaders", cors.expose_headers)):
        yield from _each(field, values, _header_name)


def _header_name(name: str) -> Complaint | None:
    """Only what no response header could carry: AWS takes even "Content-Type,Authorization" as one entry
    (CodeGenieApp/serverless-express#508), though no preflight of a function URL passes then: function_url.py. What an
    HTTP API does with it is uncertain."""
    if VISIBLE.fullmatch(name.replace(" ", "")):
        return None
    return (f"the header name {name!r}", "a header name or *", "write one header name an entry")


def _longer_than(field: str, values: tuple[str, ...], most: int) -> Iterator[CorsProblem]:
    if len(values) > most:
        yield CorsProblem(field, None, f"{len(values)} entries", f"at most {most} entries", 'use "*" or remove some')


def _max_age(cors: CorsConfiguration, *, lowest: int) -> Iterator[CorsProblem]:
    if cors.max_age is not None and not lowest <= cors.max_age <= LONGEST_CACHE:
        yield CorsProblem(
            "maxAge",
            None,
            str(cors.max_age),
            f"{lowest} to {LONGEST_CACHE} seconds",
            f"write a number of seconds of at most one day, {LONGEST_CACHE}",
        )
