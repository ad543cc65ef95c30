"""Response filtering (Fetch Standard 2.2.6): which headers JavaScript can read."""

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
FORBIDDEN_RESPONSE_HEADERS = frozenset({"set-cookie", "set-cookie2"})


def exposed_names(headers: Headers, credentials: Credentials, profile: Profile) -> frozenset[str]:
    """The CORS-exposed header-name list, lower-case: empty when Access-Control-Expose-Headers does not parse."""
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
    """What a CORS filtered response shows."""
    return readable(headers, SAFELISTED_RESPONSE_HEADERS | exposed_names(headers, credentials, profile))


def basic_filtered(headers: Headers) -> Headers:
    """What a basic filtered response shows: everything but cookies."""
    return readable(headers, frozenset(key.lower() for key, _ in headers))


def readable(headers: Headers, names: frozenset[str]) -> Headers:
    """The headers of these names as a `Headers` object iterates them."""
    shown = names - FORBIDDEN_RESPONSE_HEADERS
    return sort_and_combine(tuple([pair for pair in headers if pair[0].lower() in shown]))
