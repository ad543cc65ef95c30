"""The CORS check (Fetch Standard 4.9): may a page of `origin` read this response?"""

from emulator.browser.header_list import get_all
from emulator.browser.modes import Credentials
from emulator.browser.url import is_valid_url
from emulator.browser.verdict import CorsErrorName, Failure
from emulator.messages import Headers

ALLOW_ORIGIN = "Access-Control-Allow-Origin"
ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials"


def cors_check(origin: str, credentials: Credentials, response_headers: Headers) -> Failure | None:
    """Tell why a page of `origin` may not read a response; None when it passes. `origin` is the request's serialized
    origin, "null" for an opaque one.

    The failures are named as Chromium names them, and found in its order (services/network/public/cpp/cors/cors.cc).
    """
    # Step 1 and 2
    origins = get_all(response_headers, "access-control-allow-origin")
    if not origins:
        return Failure(CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER, ALLOW_ORIGIN)
    allowed = origins[0] if len(origins) == 1 else ", ".join(origins)
    # Step 3: the wildcard counts only without credentials
    if allowed == "*":
        if credentials is not Credentials.INCLUDE:
            return None
        return Failure(CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED, ALLOW_ORIGIN, origins)
    # Step 4: byte for byte, no normalisation of either side
    if allowed != origin:
        is_repeated = sum(key == ALLOW_ORIGIN for key, _ in response_headers) > 1
        return Failure(_origin_error(allowed), ALLOW_ORIGIN, origins, parameter=allowed, is_repeated=is_repeated)
    # Step 5
    if credentials is not Credentials.INCLUDE:
        return None
    # Steps 6 to 8: case-sensitive
    values = get_all(response_headers, "access-control-allow-credentials")
    if values == ("true",):
        return None
    return Failure(CorsErrorName.INVALID_ALLOW_CREDENTIALS, ALLOW_CREDENTIALS, values, parameter=", ".join(values))


def _origin_error(allowed: str) -> CorsErrorName:
    if " " in allowed or "," in allowed:
        return CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES
    if allowed == "null" or is_valid_url(allowed):
        return CorsErrorName.ALLOW_ORIGIN_MISMATCH
    return CorsErrorName.INVALID_ALLOW_ORIGIN_VALUE
