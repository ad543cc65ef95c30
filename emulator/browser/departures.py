"""What browsers do differently from the Fetch Standard: each departure a named flag with its evidence.

"Observed" is Chromium 156 and Firefox 153 on Linux; "source" is what the engine's source says where it was not seen
running. Safari was never run: all of WebKit's flags are from source.
"""

from dataclasses import dataclass
from enum import Enum


class PreflightStep(Enum):
    """The steps in which a preflight's response is checked (Fetch Standard 4.8, step 7)."""

    REDIRECT = "a redirect is refused"
    STATUS = "the status is an ok status"
    CORS_CHECK = "the CORS check"
    PARSE_METHODS = "Access-Control-Allow-Methods parses"
    PARSE_HEADERS = "Access-Control-Allow-Headers parses"
    METHOD = "the method is allowed"
    HEADERS = "every CORS-unsafe request-header name is allowed"


class MaxAgeSyntax(Enum):
    """What counts as a number in Access-Control-Max-Age, and what becomes of anything else."""

    DIGITS = "digits; else the default"
    INT64 = "digits after an optional minus, up to 2^63 - 1; else the default"
    SIGNED = "digits after an optional sign; else the default"
    DIGITS_OR_NOTHING = "digits; else nothing is cached; the default only for an absent or empty header"


SPEC_ORDER = (
    PreflightStep.CORS_CHECK,
    PreflightStep.STATUS,
    PreflightStep.PARSE_METHODS,
    PreflightStep.PARSE_HEADERS,
    PreflightStep.METHOD,
    PreflightStep.HEADERS,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """One browser engine's behaviour; the defaults are the Standard's."""

    name: str

    user_agent: str = ""
    """The browser sends this User-Agent header, none when it is empty."""

    # Request headers

    combines_headers_before_safelisting: bool = False
    """A header given twice is joined into one before it is judged, as ("accept", "a"), ("accept", "b") is "a, b".

    The Standard judges each line. Chromium joins them (observed: two safe Content-Type lines are preflighted); WebKit
    keeps headers in a map (HTTPHeaderMap; source). Firefox judges each line (observed). A page's `Headers` object joins
    them itself, so only headers given as pairs show the difference.
    """

    repeats_unsafe_names: bool = False
    """Access-Control-Request-Headers names a header as often as it was given: "x-a,x-a". Firefox, observed."""

    safelists_client_hints: bool = False
    """The headers dpr, device-memory, width, viewport-width, rtt, downlink, ect, save-data and intervention need no
    preflight when their values are well formed. Chromium, observed; Firefox preflights them, as the Standard says."""

    ignored_in_preflights: frozenset[str] = frozenset()
    """Names that neither cause a preflight nor are named in one.

    Chromium leaves User-Agent out, which its DevTools may set (observed); Firefox preflights it, as the Standard says.
    """

    bounds_safelisted_total: bool = True
    """Safelisted request headers whose values have more than 1,024 bytes together are preflighted, all of them. Firefox
    knows no total: ten `Accept` headers of 128 bytes go without a preflight (observed). A page needs an array of pairs
    for that, since a `Headers` object joins equal names."""

    range_limit: int | None = None
    """A Range that names this number or a greater one is not safelisted. Chromium's numbers have 63 bits, and the
    greatest of them counts as none; Firefox's have 64 (observed)."""

    non_ascii_is_unsafe: bool = False
    """Bytes from 0x80 on are CORS-unsafe in Accept and Content-Type. Firefox, observed."""

    parses_content_type_strictly: bool = False
    """A Content-Type with a comma or an empty parameter is never safelisted: "text/plain;a, application/json",
    "text/plain;;". Firefox, observed (net_ParseRequestContentType)."""

    origin_ignores_referrer_policy: bool = False
    """A no-cors POST to plain http, from a page on https, still names its origin, where the Standard's referrer policy
    makes it "null". Chromium, source (CorsURLLoader::StartRequest)."""

    nulls_origin_on_any_cross_origin_redirect: bool = False
    """A no-cors request that carries Origin sends "null" from its first redirect to another origin on, not only when
    the redirecting origin was foreign already. Chromium, observed (net/url_request/redirect_util.cc)."""

    names_origin_for_storage_access: bool = False
    """A credentialed request from a frame of another site, or of an opaque origin, to the site of the top-level page
    carries Origin, GET and HEAD too, for the server to ask for storage access. Chromium and Firefox, observed."""

    last_of_repeated_request_headers: frozenset[str] = frozenset()
    """Request headers of which only the last is sent when the page gave several; of Content-Type the first where there
    is a body that no redirect brought along. Firefox, observed."""

    # Preflights

    preflight_order: tuple[PreflightStep, ...] = SPEC_ORDER
    """The order in which a preflight's response is checked, which decides the error that is named.

    Chromium refuses a redirect before anything else; Firefox looks up the method before it parses
    Access-Control-Allow-Headers; both observed. WebKit checks the status first (CrossOriginAccessControl.cpp; source).
    """

    wildcard_covers_authorization: bool = False
    """`Access-Control-Allow-Headers: *` lets an Authorization header through.

    The Standard calls `authorization` a CORS non-wildcard request-header name. Chromium and Firefox allow it and log a
    deprecation warning (observed); WebKit has no such rule (source).
    """

    preflight_forgets_redirects: bool = False
    """The Sec-Fetch-Site of a preflight after a redirect judges its own URL alone, not the chain that led there.
    Chromium and Firefox, observed."""

    redirect_chains_are_cross_site: bool = False
    """After a redirect, Sec-Fetch-Site is "cross-site" unless the whole chain is same-origin. Firefox, observed on IP
    addresses; whether it is so with domains is uncertain."""

    preflight_keeps_origin: bool = False
    """A preflight after a redirect that turned the Origin into "null" is still sent, and checked, with the page's own
    origin; the actual request says "null". One that leads back to the page's own origin is not CORS-checked at all.
    Firefox, observed."""

    preflight_outlasts_redirects: bool = False
    """Once a request needed a preflight, it is preflighted at each later hop, also where a redirect rewrote the method
    to GET or dropped Authorization; the names are those of the original request, but for those the redirect just
    dropped. Firefox, observed (nsCORSListenerProxy::CheckPreflightNeeded)."""

    # The preflight cache

    caches_one_result: bool = False
    """The cache holds one preflight's whole result for an origin and URL: the next replaces it, and a request it does
    not suffice for erases it. The Standard keeps an entry for each method and each header name.
    Chromium, observed; WebKit, source."""

    cache_cap: int = 7200
    """A result is kept no longer than this many seconds: 7200 in Chromium, 86400 in Firefox, 600 in WebKit, all source;
    the Standard leaves it open."""

    cache_size: int = 1024
    """This many entries are kept: 1024 in Chromium, 100 in Firefox, source; WebKit knows no bound."""

    cache_url_limit: int | None = None
    """URLs of this many characters or more are never cached: 1024 in Chromium, source (preflight_cache.cc)."""

    max_age_syntax: MaxAgeSyntax = MaxAgeSyntax.DIGITS
    """What Access-Control-Max-Age may hold differs as MaxAgeSyntax tells. Chromium and Firefox, observed; WebKit,
    source."""

    cache_keeps_credentials_apart: bool = False
    """What a preflight of a credentialed request permitted is not used for one without. Firefox, source."""

    cached_wildcard_matches: bool = True
    """A cached `*` permits any method or header name. In Firefox it never matches: each such request is preflighted
    again (observed)."""

    cached_wildcard_covers_authorization: bool = False
    """A cached `*` also permits Authorization. Only WebKit, source; Chromium does not use the cache there, though it
    takes the same answer from the wire (observed)."""

    unlisted_methods_from_cache: frozenset[str] = frozenset({"GET", "HEAD", "POST"})
    """Methods a cached result need not name. Firefox leaves HEAD out (observed)."""

    cache_key_ignores_redirect_taint: bool = False
    """A request whose Origin a redirect turned into "null" uses and fills the cache of the page's own origin. Firefox,
    observed (nsPreflightCache::GetEntry); Chromium preflights it at every hop (observed)."""

    cache_key_has_fragment: bool = False
    """A URL with another fragment has another entry. Chromium and Firefox, observed."""

    shares_cache_of_opaque_origin: bool = False
    """The calls of one document with an opaque origin share what their preflights learnt. Firefox, observed; in
    Chromium only the hops of one call do (observed)."""

    caches_insufficient_results: bool = False
    """A preflight that permits too little is cached nevertheless. WebKit, source (validatePreflightResponse)."""

    conditional_requests_bypass_cache: bool = False
    """A request with If-None-Match, If-Modified-Since or their like, which turns its cache mode into "no-store", is
    preflighted whatever the cache holds; what that preflight permits is kept. Chromium (RetrieveCacheFlags in
    services/network/cors/preflight_controller.cc) and Firefox, observed."""

    failed_check_clears_cache: bool = True
    """A failed CORS check clears the entries of its origin and URL. Firefox does as the Standard; Chromium and WebKit
    leave them, source."""

    any_failure_clears_cache: bool = False
    """A preflight that permits too little, or that gets no response at all, clears the entries of its origin and URL
    too. Firefox, observed (nsCORSListenerProxy::OnStartRequest)."""

    # Redirects and responses

    dropped_at_foreign_redirect: frozenset[str] = frozenset()
    """Headers a page set that are gone after a redirect to an origin other than the page's: Chromium takes client
    hints for its own and sends them to first parties only (observed)."""

    restores_headers_at_redirects: bool = False
    """What a redirect drops is dropped for that hop alone: the next starts from the page's own headers and method
    again to tell what to drop. Firefox, observed (FetchDriver::AsyncOnChannelRedirect)."""

    refuses_credentials_in_any_redirect: bool = False
    """A Location with user name or password is an error in every mode, same-origin too; the Standard refuses it only
    where CORS applies. Chromium, observed."""

    error_mode_needs_location: bool = False
    """With `redirect: "error"`, a redirect status without Location is an ordinary response. Chromium, observed."""

    ignores_empty_location: bool = False
    """An empty Location is none, where the Standard takes it for a relative URL. Chromium, observed."""

    checks_location_first: bool = False
    """A Location that is no URL, or several that differ, is a network error before any CORS check and in every
    redirect mode. Chromium, observed."""

    unsafe_redirect_schemes: frozenset[str] = frozenset()
    """Schemes whose redirects fail before the redirect mode is looked at, and not as a CORS error. Chromium
    (net::ERR_UNSAFE_REDIRECT) and Firefox, observed."""

    names_disabled_redirect_scheme: bool = False
    """A redirect to a scheme without CORS is the CORS error CorsDisabledScheme. Chromium and Firefox, observed."""

    resource_policy_compares_domains: bool = False
    """Cross-Origin-Resource-Policy: same-site blocks a response from another port of the same IP address, and lets
    one from localhost through to an opaque origin: registrable domains are compared, none equals none, and addresses
    are never the same site. Chromium, observed (ShouldAllowSameSite in
    services/network/public/cpp/cross_origin_resource_policy.cc); Firefox does as the Standard says."""

    joins_response_headers_like_gecko: bool = False
    """A line without a value adds nothing to a response header that has another: ", *" is "*"; and two Content-Types
    are joined by a comma without a space. Firefox, observed (nsHttpHeaderArray)."""

    wildcard_exposes_despite_bad_token: bool = False
    """A `*` in Access-Control-Expose-Headers counts although a later element is no token. Firefox, observed
    (InternalHeaders::CORSHeaders)."""

    # Cookies

    unspecified_same_site_is_lax: bool = False
    """A cookie without SameSite is treated as Lax (RFC 6265bis). Chromium, observed; Firefox treats it as None."""

    same_site_none_needs_secure: bool = False
    """SameSite=None is refused without Secure (RFC 6265bis). Chromium and Firefox, observed."""

    refuses_cookies_without_name: bool = False
    """"=value" is refused, and "value" alone names a cookie without a value, sent as "value=". Firefox, observed."""

    cookie_age_may_have_plus: bool = False
    """"Max-Age=+5" is five seconds; RFC 6265bis ignores it. Chromium, observed."""

    changed_cookies_count_as_new: bool = False
    """A cookie set again with another value is sent behind the others of its path length; RFC 6265bis 5.7 keeps its
    place. Chromium, observed (CookieMonster::MaybeDeleteEquivalentCookieAndUpdateStatus)."""

    loopback_is_secure_for_cookies: bool = True
    """Secure cookies are set and sent over plain http on localhost and loopback addresses. Chromium, observed; Safari
    is said not to (uncertain)."""

    partitions_third_party_cookies: bool = False
    """Every cookie of a third party is kept in a jar of its own for each top-level site. Firefox (Total Cookie
    Protection), observed."""

    blocks_third_party_cookies: bool = False
    """Cookies of third parties are neither sent nor stored. Safari, by WebKit's announcement "Full
    Third-Party Cookie Blocking and More"; in Chromium a user's setting, which private windows have on."""

    cookie_lifetime_cap: int | None = None
    """A cookie lives no longer than this many seconds: 400 days in Chromium and Firefox (RFC 6265bis 5.5), source."""
