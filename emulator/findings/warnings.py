"""Mismatches that this exchange survives: each rule is a pure function, Exchange -> findings."""

from collections.abc import Callable, Iterator

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.blocked import configured_cors
from emulator.findings.finding import Finding, Severity
from emulator.findings.fixes import function_name
from emulator.findings.unlistable_origin import OPAQUE
from emulator.messages import header_values

PREFIX = "access-control-"
Rule = Callable[[Exchange, tuple[Frontend, ...]], Iterator[Finding]]


def function_cors_ignored(exchange: Exchange, frontends: tuple[Frontend, ...]) -> Iterator[Finding]:
    """AWS: Configuring CORS for an HTTP API: "API Gateway ignores CORS headers returned from your backend"."""
    answer = exchange.function_response
    if answer is None or not isinstance(exchange.api, HttpApi) or exchange.api.cors is None:
        return
    differences = tuple(
        f"{name}: the function returned '{value}', the gateway sent {_quoted(exchange.response.header(name))}"
        for name, value in answer.headers
        if name.lower().startswith(PREFIX) and exchange.response.header(name) != value
    )
    if differences:
        yield Finding(
            "function-cors-ignored",
            Severity.WARNING,
            Layer.FUNCTION,
            f"Gateway and function disagree about CORS: an HTTP API with `cors` ignores the function's headers, so "
            f"what function '{function_name(exchange)}' says has no effect.",
            differences,
            f"Remove the Access-Control-* headers from function '{function_name(exchange)}', and keep the policy in "
            f"`cors` of '{exchange.api.name}' alone.",
        )


def _quoted(value: str | None) -> str:
    return "none" if value is None else f"'{value}'"


def origin_echoed(exchange: Exchange, frontends: tuple[Frontend, ...]) -> Iterator[Finding]:
    """An origin no frontend declares was let in by name: the function repeats whatever asks.

    Only said where `frontends` are declared: without them an allowlist cannot be told from an echo.
    """
    origin = exchange.request.origin
    answer = exchange.function_response
    if answer is None or configured_cors(exchange) is not None or not frontends:
        return
    declared = {frontend.origin for frontend in frontends}
    if origin is None or (origin in declared and origin != OPAQUE):
        return
    if origin not in header_values(answer.headers, "access-control-allow-origin"):
        return
    credentials = answer.header("access-control-allow-credentials") == "true"
    reach = "with the user's cookies" if credentials else "without credentials"
    function = function_name(exchange)
    who = f"{origin}, which no frontend declares: it echoes the Origin header without an allowlist, so any site"
    fix = (
        f"Compare Origin with an allowlist in function '{function}' before returning it (with Vary: Origin), or "
        f"declare {origin} under `frontends` if it is yours."
    )
    if origin == OPAQUE:
        who = "null, the origin of every file and of every sandboxed frame, which any site can make: any site"
        fix = f"Never return null from function '{function}': serve the page over http or https, and allow its origin."
    yield Finding(
        "origin-echoed",
        Severity.WARNING,
        Layer.FUNCTION,
        f"Function '{function}' let in {who} can read this answer {reach}.",
        (f"Origin: {origin}", f"Access-Control-Allow-Origin: {origin}"),
        fix,
    )


def wildcard_with_credentials(exchange: Exchange, frontends: tuple[Frontend, ...]) -> Iterator[Finding]:
    """Fetch: CORS check, step 3: "*" passes only when the credentials mode is not "include"."""
    answer = exchange.response
    if (
        answer.header("access-control-allow-origin") == "*"
        and answer.header("access-control-allow-credentials") is not None
    ):
        layer = Layer.GATEWAY if configured_cors(exchange) is not None else Layer.FUNCTION
        owner = (
            f"`cors` of '{exchange.api.name}'" if layer is Layer.GATEWAY else f"function '{function_name(exchange)}'"
        )
        yield Finding(
            "wildcard-with-credentials",
            Severity.WARNING,
            layer,
            "Access-Control-Allow-Origin: * together with Access-Control-Allow-Credentials: a browser refuses this as "
            "soon as the page calls with credentials: 'include'.",
            ("nothing shows credentials with this call: no cookie, and no frontend that declares them",),
            f"Let {owner} name the origin ({exchange.request.origin}) instead of '*', or drop Allow-Credentials."
            if exchange.request.origin != OPAQUE
            else f"Let {owner} drop Allow-Credentials: null must not be allowed by name.",
        )


def any_origin_with_credentials(exchange: Exchange, frontends: tuple[Frontend, ...]) -> Iterator[Finding]:
    """A function URL answers "*" with the caller's own origin, with credentials too (LeanerCloud/CUDly#390, probed
    live): what no browser refuses, and what an HTTP API's `cors` may not even say (aws/aws-cdk#9076)."""
    api, request, answer = exchange.api, exchange.request, exchange.response
    if not isinstance(api, FunctionUrl) or api.cors is None or request.is_preflight:
        return
    passes = (
        answer.header("access-control-allow-origin") == request.origin
        and answer.header("access-control-allow-credentials") == "true"
    )
    if passes and api.cors.allow_credentials and "*" in api.cors.allow_origins:
        yield Finding(
            "any-origin-with-credentials",
            Severity.WARNING,
            Layer.GATEWAY,
            f"Any site can read this answer with the user's cookies: `cors` of '{api.name}' has '*' and "
            f"credentials, and a function URL answers '*' with whatever origin asked.",
            (f"Access-Control-Allow-Origin: {request.origin}", "Access-Control-Allow-Credentials: true"),
            f"List your pages' origins in `cors.allowOrigins` of '{api.name}' instead of '*' ({request.origin} asked), "
            f"or drop `allowCredentials`.",
        )


RULES: tuple[Rule, ...] = (
    function_cors_ignored,
    origin_echoed,
    wildcard_with_credentials,
    any_origin_with_credentials,
)
