"""Cross-Origin-Resource-Policy (Fetch Standard 3.7): the one header that can block a no-cors response."""

from emulator.browser.departures import Profile
from emulator.browser.header_list import get
from emulator.browser.origin import is_same_origin, is_schemelessly_same_site, registrable_domain
from emulator.browser.url import Url, is_ip_address, parse_url
from emulator.messages import Response


def is_blocked_by_resource_policy(origin: str, url: Url, response: Response, profile: Profile) -> bool:
    """Tell whether a response may not be shown to a page of `origin`, which has no embedder policy ("cross-origin
    resource policy check")."""
    match get(response.headers, "cross-origin-resource-policy"):
        case "same-origin":
            return not is_same_origin(origin, url)
        case "same-site":
            return not _is_allowed_same_site(origin, url, profile)
        case _:
            return False


def _is_allowed_same_site(origin: str, url: Url, profile: Profile) -> bool:
    page = parse_url(origin)
    host = "" if page is None else page.host
    is_secure_enough = url.scheme != "https" or (page is not None and page.scheme == "https")
    if not profile.resource_policy_compares_domains:
        return host != "" and is_secure_enough and is_schemelessly_same_site(host, url.host)
    if is_same_origin(origin, url):
        return True
    if is_ip_address(url.host) or is_ip_address(host):
        return False
    return is_secure_enough and registrable_domain(host) == registrable_domain(url.host)
