"""Cross-Origin-Resource-Policy (Fetch Standard 3.7): the one header that can block a no-cors response."""

from emulator.browser.header_list import get
from emulator.browser.host import is_ip_address
from emulator.browser.origin import is_same_origin, is_schemelessly_same_site
from emulator.browser.profile import Profile
from emulator.browser.url import Url, parse_url
from emulator.messages import Response


def is_blocked_by_resource_policy(origin: str, url: Url, response: Response, profile: Profile) -> bool:
    """The cross-origin resource policy check, for a page without an embedder policy."""
    match get(response.headers, "cross-origin-resource-policy"):
        case "same-origin":
            return not is_same_origin(origin, url)
        case "same-site":
            return not _is_allowed_same_site(origin, url, profile)
        case _:
            return False


def _is_allowed_same_site(origin: str, url: Url, profile: Profile) -> bool:
    page = parse_url(origin)
    if page is None or not page.host:
        return False
    if profile.resource_policy_treats_ip_ports_as_sites and is_ip_address(url.host):
        return is_same_origin(origin, url)
    is_same_site = is_schemelessly_same_site(page.host, url.host)
    return is_same_site and (page.scheme == "https" or url.scheme != "https")
