"""A function URL's `cors`: the headers it adds to preflights and to answers (AWS: Invoking Lambda function URLs)."""

from collections.abc import Iterable, Sequence

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.messages import Headers


def allow_origin(cors: CorsConfiguration | None, origin: str | None) -> str | None:
    """Return the caller's own origin when it is listed, or when "*" is: it is echoed, with credentials too
    (LeanerCloud/CUDly#390, probed live; aws-powertools/powertools-lambda-python#4163. AWS's documentation prints `*` in
    one message)."""
    if cors is None or origin is None:
        return None
    return origin if origin in cors.allow_origins or "*" in cors.allow_origins else None


def preflight_headers(cors: CorsConfiguration) -> Headers | None:
    """Make the headers of a preflight's answer: the whole lists whatever was asked for, header names in lower case
    (rimutaka/posts, lambda-url-with-cloudfront; go-to-k/cdk-real-drift#874). That their order is the configuration's is
    uncertain.

    None where an entry of allowHeaders is a list itself, "Content-Type,Authorization": AWS takes it, and answers
    preflights without any CORS header (rimutaka/posts; CodeGenieApp/serverless-express#508).
    """
    if has_comma(cors.allow_headers):
        return None
    max_age = () if cors.max_age is None else (("Access-Control-Max-Age", str(cors.max_age)),)
    return (
        *_list_header("Access-Control-Allow-Headers", [name.lower() for name in cors.allow_headers]),
        *_list_header("Access-Control-Allow-Methods", cors.allow_methods),
        *_credentials(cors),
        *max_age,
        *_vary(cors),
    )


def actual_headers(cors: CorsConfiguration) -> Headers:
    """Make the headers that an answer to a listed origin carries beside its Access-Control-Allow-Origin."""
    exposed = [name.lower() for name in cors.expose_headers]
    return (*_credentials(cors), *_list_header("Access-Control-Expose-Headers", exposed), *_vary(cors))


def has_comma(names: Iterable[str]) -> bool:
    """Tell whether an entry of a list holds several names."""
    return any("," in name for name in names)


def _credentials(cors: CorsConfiguration) -> Headers:
    return (("Access-Control-Allow-Credentials", "true"),) if cors.allow_credentials else ()


def _vary(cors: CorsConfiguration) -> Headers:
    """Make the Vary header, which is recorded for a listed origin on preflights and answers (rimutaka/posts,
    lambda-url-with-cloudfront). That the origins of "*" get none is uncertain: the stricter reading, since a cache may
    then mix them up."""
    return () if "*" in cors.allow_origins else (("Vary", "Origin"),)


def _list_header(name: str, values: Sequence[str]) -> Headers:
    return ((name, ",".join(values)),) if values else ()
