"""Response filtering (Fetch Standard 2.2.6): which headers of a response JavaScript can read."""

from emulator.browser.departures import Profile
from emulator.browser.header_list import first_bad_token, get_all, sort_and_combine, split_list
from emulator.browser.modes import Credentials
from emulator.browser.profiles import CHROMIUM
from emulator.messages import Headers

SAFELISTED_RESPONSE_HEADERS = frozenset(
    {
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    }
)
"""The CORS-safelisted response-header names (Fetch Standard 2.2.2), which a page may always read."""
FORBIDDEN_RESPONSE_HEADERS = frozenset({"set-cookie", "set-cookie2"})
"""The forbidden response-header names (Fetch Standard 2.2.2), which no page may ever read."""


def exposed_names(headers: Headers, credentials: Credentials, profile: Profile) -> frozenset[str]:
    """List the CORS-exposed header names, in lower case: none when Access-Control-Expose-Headers does not parse."""
    values = get_all(headers, "access-control-expose-headers")
    if not values:
        return frozenset()
    names = split_list(values)
    bad = first_bad_token(names)
    if bad is not None:
        names = names[: names.index(bad)] if profile.wildcard_exposes_despite_bad_token else ()
    if "*" in names and credentials is not Credentials.INCLUDE:
        return frozenset(key.lower() for key, _ in headers)
    return frozenset(name.lower() for name in names) if bad is None else frozenset()


def cors_filtered(headers: Headers, credentials: Credentials, profile: Profile = CHROMIUM) -> Headers:
    """Select the headers that a CORS filtered response shows: the safelisted, and those the response exposes."""
    return readable(headers, SAFELISTED_RESPONSE_HEADERS | exposed_names(headers, credentials, profile))


def basic_filtered(headers: Headers) -> Headers:
    """Select the headers that a basic filtered response shows: everything but cookies."""
    return readable(headers, frozenset(key.lower() for key, _ in headers))


def readable(headers: Headers, names: frozenset[str]) -> Headers:
    """Select the headers of these lower-case `names`, as a `Headers` object iterates them."""
    shown = names - FORBIDDEN_RESPONSE_HEADERS
    return sort_and_combine(tuple([pair for pair in headers if pair[0].lower() in shown]))
