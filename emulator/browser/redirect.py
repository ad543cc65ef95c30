"""HTTP-redirect fetch (Fetch Standard 4.4): where a response redirects to, and what is left of the request there."""

from dataclasses import replace

from emulator.browser.departures import Profile
from emulator.browser.header_list import get_all
from emulator.browser.origin import is_same_origin
from emulator.browser.request import PageRequest
from emulator.browser.url import Url, parse_url
from emulator.browser.verdict import NetworkErrorName
from emulator.messages import Response, without_headers

REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
"""The redirect statuses (Fetch Standard 2.2.3)."""
REQUEST_BODY_HEADERS = frozenset({"content-encoding", "content-language", "content-location", "content-type"})
"""The request-body-header names (Fetch Standard 2.2.2), which go when a redirect drops the body. In lower case."""


def location_url(response: Response, current: Url, profile: Profile) -> Url | NetworkErrorName | None:
    """Find where a response redirects to (Fetch Standard 2.2.6, "location URL"): None without a Location, an error
    where it is no URL or several lines differ. The request's fragment goes on where Location has none."""
    locations = get_all(response.headers, "location")
    if not locations or (profile.ignores_empty_location and not any(locations)):
        return None
    if len(set(locations)) > 1:
        return NetworkErrorName.DIFFERENT_LOCATIONS
    # Location bytes are UTF-8 for every browser, though headers are latin-1.
    text = locations[0].encode("latin-1", "replace").decode("utf-8", "replace")
    url = parse_url(text, current)
    if url is None:
        return NetworkErrorName.INVALID_REDIRECT
    return replace(url, fragment=current.fragment) if url.fragment is None and current.fragment is not None else url


def makes_get(status: int, method: str) -> bool:
    """Tell whether a redirect turns the method into GET and leaves the body behind (Fetch Standard 4.4, step 12)."""
    return (status in {301, 302} and method == "POST") or (status == 303 and method not in {"GET", "HEAD"})


def redirected(
    request: PageRequest, status: int, location: Url, page_origin: str, profile: Profile
) -> tuple[PageRequest, frozenset[str]]:
    """Make the request that goes to `location` (steps 12 and 13): its method and body are what the status leaves, and
    Authorization is dropped on the way to another origin. Return also the lower-case names of what was dropped."""
    dropped: frozenset[str] = frozenset()
    method, body = request.method, request.body
    if makes_get(status, method):
        method, body = "GET", None
        dropped = REQUEST_BODY_HEADERS
    if request.url.origin != location.origin:
        dropped |= {"authorization"}
    if not is_same_origin(page_origin, location):
        dropped |= profile.dropped_at_foreign_redirect
    headers = without_headers(request.headers, dropped) if dropped else request.headers
    return replace(request, url=location, method=method, headers=headers, body=body), dropped


def is_redirect_tainting(page_origin: str, current: Url, location: Url) -> bool:
    """Tell whether a redirect turns the origin opaque (Fetch Standard 2.2.5, "redirect-taint"): it does when it leads
    from a foreign origin to yet another."""
    return current.origin != location.origin and not is_same_origin(page_origin, current)
