"""Origins that no list of allowed origins should or can name: `null`, and the schemes of web views. Pure text.

An HTTP API refuses both ("Invalid format for origin capacitor://localhost", recorded from AWS:
ionic-team/ionic-docs#4546). `null` is the origin of every page without one of its own (HTML Standard, opaque origins):
a file, a data: URL, a sandboxed frame that any site can make; so it must not be allowed by name anywhere.
"""

from emulator.browser.origin import is_serialized_origin
from emulator.browser.verdict import CorsErrorName
from emulator.messages import Request

OPAQUE = "null"
_CREDENTIALS = frozenset({CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED, CorsErrorName.INVALID_ALLOW_CREDENTIALS})
_SERVE = "Serve the page over http or https, from a development server"
_NEVER = "Never allow null by name: every file, and every sandboxed frame of any site, has that origin."


def is_listable(origin: str) -> bool:
    """Whether AWS takes it in allowOrigins of an HTTP API."""
    return origin.startswith(("http://", "https://")) and is_serialized_origin(origin)


def allowable(origin: str | None) -> str:
    """What allowOrigins can name for a page of this origin."""
    return origin if origin is not None and is_listable(origin) else '"*"'


def unlistable_origin_fix(api: str, origin: str) -> str:
    """The gateway's `cors` does not let the page in."""
    wildcard = f"`cors.allowOrigins: [\"*\"]` of '{api}', without allowCredentials, for calls without credentials"
    if origin == OPAQUE:
        return f"{_SERVE}, and allow its origin; or set {wildcard}. {_NEVER}"
    if not is_serialized_origin(origin):
        return f"Send an Origin as browsers do, such as https://shop.example.com: none ever sends {origin}."
    return (
        f"Set {wildcard}; or let the app call natively, where no CORS applies (Capacitor: CapacitorHttp). On Android, "
        f"Capacitor's `androidScheme: https` gives the page an origin that can be listed; AWS refuses {origin}."
    )


def credentials_of_unlistable_fix(origin: str) -> str:
    """`*` lets it in, but not with credentials."""
    if origin == OPAQUE:
        return (
            f"Let the page call without credentials; or {_SERVE[0].lower()}{_SERVE[1:]}, and allow its origin. {_NEVER}"
        )
    return (
        f"Let the page call without credentials, or natively, where no CORS applies (Capacitor: the CapacitorHttp "
        f"plugin): AWS refuses {origin} in allowOrigins."
    )


def opaque_origin_fix(function: str, error: CorsErrorName, request: Request) -> str:
    """The function's own headers decide."""
    if CorsErrorName(error.removeprefix("Preflight")) in _CREDENTIALS:
        return f"{_SERVE}, and let {function} allow its origin; or call without credentials. {_NEVER}"
    answer = f"let {function} return Access-Control-Allow-Origin: *, for calls without credentials"
    if error is CorsErrorName.PREFLIGHT_MISSING_ALLOW_ORIGIN_HEADER:
        method = request.header("access-control-request-method")
        names = request.header("access-control-request-headers")
        and_headers = f", Access-Control-Allow-Headers: {names}" if names else ""
        answer = (
            f"let {function} answer OPTIONS with 204 and Access-Control-Allow-Origin: *, Access-Control-Allow-Methods: "
            f"{method}{and_headers}, for calls without credentials"
        )
    return f"{_SERVE}, and let {function} allow its origin; or {answer}. {_NEVER}"
