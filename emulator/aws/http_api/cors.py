"""What an HTTP API does with its `cors`: its preflight answer, and the overlay on every other response.

Source: AWS, Configuring CORS for HTTP APIs in API Gateway, and recordings of live APIs where it is silent.
"""

from dataclasses import dataclass

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.messages import Headers, Request, Response


@dataclass(frozen=True, slots=True)
class HttpApiCors:
    """A CorsConfiguration made ready: which origins it allows and the header pairs it adds."""

    allows_any: bool
    allowed_origins: frozenset[str]
    allowed_schemes: tuple[str, ...]
    preflight_headers: Headers
    actual_headers: Headers

    def allow_origin(self, origin: str | None) -> str | None:
        """Return the Access-Control-Allow-Origin value: "*", the origin itself, or None when it is not allowed.

        AWS keeps configured origins without regard to case, so they were lowered; the request's origin is compared as
        sent, and browsers send it in lower case.
        """
        if origin is None:
            return None
        if self.allows_any:
            return "*"
        return origin if origin in self.allowed_origins or origin.startswith(self.allowed_schemes) else None

    def overlay(self, request: Request, response: Response) -> Response:
        """Put the gateway's CORS headers on a response, and take the function's off.

        "If you configure CORS for an API, API Gateway ignores CORS headers returned from your backend integration."
        That every access-control-* header is ignored, and on requests without Origin too, is uncertain.
        """
        headers = tuple([pair for pair in response.headers if not pair[0].lower().startswith("access-control-")])
        allowed = self.allow_origin(request.origin)
        if allowed is not None:
            headers += (("access-control-allow-origin", allowed), *self._further_headers(request, allowed))
        return Response(response.status, headers, response.body)

    def _further_headers(self, request: Request, allowed: str) -> Headers:
        """Choose the headers beside Access-Control-Allow-Origin. A preflight never gets expose-headers
        (aws/serverless-application-model#2478), nor `vary` in any recording. Whether AWS adds `vary` when a single
        origin is configured is uncertain."""
        if request.is_preflight:
            return self.preflight_headers
        return self.actual_headers if allowed == "*" else (*self.actual_headers, ("vary", "origin"))


def prepare(cors: CorsConfiguration) -> HttpApiCors:
    """Make a configuration ready, as recorded from AWS: methods in upper case, header names in lower case, each list
    sorted and joined by a comma without space, the whole list whatever was asked for. That "*" is printed literally is
    uncertain."""
    origins = [origin.lower() for origin in cors.allow_origins]
    credentials = (("access-control-allow-credentials", "true"),) if cors.allow_credentials else ()
    max_age = () if cors.max_age is None else (("access-control-max-age", str(cors.max_age)),)
    return HttpApiCors(
        allows_any="*" in origins,
        allowed_origins=frozenset(origins),
        allowed_schemes=tuple(origin[:-1] for origin in origins if origin in ("https://*", "http://*")),
        preflight_headers=(
            *_list_header("access-control-allow-methods", {method.upper() for method in cors.allow_methods}),
            *_list_header("access-control-allow-headers", {name.lower() for name in cors.allow_headers}),
            *credentials,
            *max_age,
        ),
        actual_headers=(
            *credentials,
            *_list_header("access-control-expose-headers", {name.lower() for name in cors.expose_headers}),
        ),
    )


def _list_header(name: str, values: set[str]) -> Headers:
    return ((name, ",".join(sorted(values))),) if values else ()
