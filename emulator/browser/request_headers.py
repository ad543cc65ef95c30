"""The headers that a browser adds to a page's request: Origin (Fetch Standard 3.2), Sec-Fetch-* (Fetch Metadata),
Referer, Cookie."""

from emulator.browser.call import ReferrerPolicy
from emulator.browser.departures import Profile
from emulator.browser.header_list import combined
from emulator.browser.hop import Hop
from emulator.browser.modes import Mode, ResponseType
from emulator.browser.origin import OPAQUE, is_potentially_trustworthy, is_same_origin, is_same_site
from emulator.browser.preflight import PreflightQuestion
from emulator.browser.url import Url
from emulator.messages import Headers, without_headers

ACCEPT = ("Accept", "*/*")
ACCEPT_LANGUAGE = ("Accept-Language", "en-US,en;q=0.9")

_NO_ORIGIN_ON_DOWNGRADE = frozenset(
    {
        ReferrerPolicy.NO_REFERRER_WHEN_DOWNGRADE,
        ReferrerPolicy.STRICT_ORIGIN,
        ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
    }
)
"""Referrer policies under which plain http does not learn the origin of a page on https (Fetch Standard 3.2)."""


def sec_fetch_site(page_origin: str, urls: tuple[Url, ...], profile: Profile) -> str:
    """Name how far a request has strayed from its page's origin, over every URL of its redirect chain (Fetch Metadata
    2.3)."""
    is_chain = len(urls) > 1 and profile.redirect_chains_are_cross_site
    site = "same-origin"
    for url in urls:
        if is_same_origin(page_origin, url):
            continue
        if is_chain or not is_same_site(page_origin, url.origin):
            return "cross-site"
        site = "same-site"
    return site


def fetch_metadata(hop: Hop, mode: Mode, urls: tuple[Url, ...], profile: Profile) -> Headers:
    """Make the Sec-Fetch headers, none where the URL is not potentially trustworthy: plain http beyond loopback."""
    if not is_potentially_trustworthy(hop.url):
        return ()
    return (
        ("Sec-Fetch-Site", sec_fetch_site(hop.page.origin, urls, profile)),
        ("Sec-Fetch-Mode", mode.value),
        ("Sec-Fetch-Dest", "empty"),
    )


def origin_header(hop: Hop, profile: Profile) -> str:
    """Write the Origin header's value, "" for none (Fetch Standard 3.2, "append a request `Origin` header")."""
    if hop.tainting is ResponseType.CORS:
        return hop.origin
    if hop.request.method in {"GET", "HEAD"} and not _may_ask_for_storage_access(hop, profile):
        return ""
    if hop.origin_is_nulled:
        return OPAQUE
    if hop.request.mode is Mode.CORS or profile.origin_ignores_referrer_policy:
        return hop.origin
    is_downgrade = hop.origin.startswith("https:") and hop.url.scheme != "https"
    if hop.policy is ReferrerPolicy.NO_REFERRER or (hop.policy in _NO_ORIGIN_ON_DOWNGRADE and is_downgrade):
        return OPAQUE
    if hop.policy is ReferrerPolicy.SAME_ORIGIN and not is_same_origin(hop.origin, hop.url):
        return OPAQUE
    return hop.origin


def _may_ask_for_storage_access(hop: Hop, profile: Profile) -> bool:
    """Tell whether a frame of another site calls back to the top's site, and so names its origin for the server to ask
    for storage access (Fetch Standard 4.6, "append Storage Access headers"). No later hop begins to."""
    top = hop.page.top_level_origin
    return (
        profile.names_origin_for_storage_access
        and hop.has_credentials
        and top not in {"", hop.page.origin}
        and _keeps_origin_for_storage_access(hop, profile)
        and is_same_site(top, hop.urls[0].origin)
        and not is_same_site(top, hop.page.origin)
    )


def _keeps_origin_for_storage_access(hop: Hop, profile: Profile) -> bool:
    """Tell whether the redirects so far let the origin stay: Chromium loses it with the method, Firefox on the way to
    another origin, where Chromium makes it "null" (observed)."""
    if profile.nulls_origin_on_any_cross_origin_redirect:
        return not hop.is_rewritten
    return len({url.origin for url in hop.urls}) == 1


def actual_headers(hop: Hop, cookie: str, profile: Profile) -> Headers:
    """Make all headers of a request: the page's own, and what a browser puts where the page named nothing. `cookie` is
    the Cookie header's value, "" for none."""
    added = (
        ACCEPT,
        ACCEPT_LANGUAGE,
        ("User-Agent", profile.user_agent),
        ("Origin", origin_header(hop, profile)),
        *fetch_metadata(hop, hop.request.mode, hop.urls, profile),
        ("Referer", hop.referer),
        ("Cookie", cookie),
    )
    if not hop.request.headers:
        return tuple([pair for pair in added if pair[1]])
    headers = combined(_sent_by_page(hop, profile), profile.last_of_repeated_request_headers)
    names = {name.lower() for name, _ in headers}
    return headers + tuple([pair for pair in added if pair[1] and pair[0].lower() not in names])


def _sent_by_page(hop: Hop, profile: Profile) -> Headers:
    """Select the page's headers that are sent; of several Content-Types that is only the first where the type is taken
    from the body (Firefox)."""
    headers = hop.request.headers
    is_first = len(hop.urls) == 1
    if not is_first or hop.request.body is None or "content-type" not in profile.last_of_repeated_request_headers:
        return headers
    types = [pair for pair in headers if pair[0].lower() == "content-type"]
    return (*without_headers(headers, frozenset({"content-type"})), *types[:1])


def preflight_headers(hop: Hop, question: PreflightQuestion, profile: Profile) -> Headers:
    """Make all headers of a preflight (Fetch Standard 4.8, steps 1 to 6), which never has a cookie."""
    urls = hop.urls[-1:] if profile.preflight_forgets_redirects else hop.urls
    headers = (
        ACCEPT,
        ACCEPT_LANGUAGE,
        ("Access-Control-Request-Method", question.method),
        ("Access-Control-Request-Headers", ",".join(question.header_names)),
        ("User-Agent", profile.user_agent),
        ("Origin", question.origin),
        *fetch_metadata(hop, Mode.CORS, urls, profile),
        ("Referer", hop.referer),
    )
    return tuple(pair for pair in headers if pair[1])
