"""The browsers: the Standard's own, Chromium, Firefox and WebKit, each made of the departures in departures.py."""

from emulator.browser.departures import SPEC_ORDER, MaxAgeSyntax, PreflightStep, Profile

SPEC = Profile(
    "spec", unspecified_same_site_is_lax=True, same_site_none_needs_secure=True, cookie_lifetime_cap=400 * 86400
)

CHROMIUM = Profile(
    "chromium",
    user_agent="Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
    combines_headers_before_safelisting=True,
    safelists_client_hints=True,
    ignored_in_preflights=frozenset({"user-agent"}),
    range_limit=2**63 - 1,
    origin_ignores_referrer_policy=True,
    nulls_origin_on_any_cross_origin_redirect=True,
    names_origin_for_storage_access=True,
    preflight_order=(PreflightStep.REDIRECT, *SPEC_ORDER),
    preflight_forgets_redirects=True,
    wildcard_covers_authorization=True,
    caches_one_result=True,
    cache_url_limit=1024,
    max_age_syntax=MaxAgeSyntax.INT64,
    cache_key_has_fragment=True,
    failed_check_clears_cache=False,
    dropped_at_foreign_redirect=frozenset(
        {"device-memory", "downlink", "dpr", "ect", "rtt", "viewport-width", "width"}
    ),
    refuses_credentials_in_any_redirect=True,
    error_mode_needs_location=True,
    ignores_empty_location=True,
    checks_location_first=True,
    unsafe_redirect_schemes=frozenset(
        {"about", "blob", "chrome", "chrome-extension", "chrome-untrusted", "data", "file", "filesystem"}
    ),
    names_disabled_redirect_scheme=True,
    conditional_requests_bypass_cache=True,
    resource_policy_compares_domains=True,
    unspecified_same_site_is_lax=True,
    cookie_age_may_have_plus=True,
    changed_cookies_count_as_new=True,
    same_site_none_needs_secure=True,
    cookie_lifetime_cap=400 * 86400,
)

FIREFOX = Profile(
    "firefox",
    user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
    repeats_unsafe_names=True,
    bounds_safelisted_total=False,
    non_ascii_is_unsafe=True,
    names_origin_for_storage_access=True,
    last_of_repeated_request_headers=frozenset({"authorization", "content-type"}),
    restores_headers_at_redirects=True,
    names_disabled_redirect_scheme=True,
    unsafe_redirect_schemes=frozenset({"blob", "data", "file", "javascript", "ws", "wss"}),
    parses_content_type_strictly=True,
    preflight_order=(
        PreflightStep.CORS_CHECK,
        PreflightStep.REDIRECT,
        PreflightStep.STATUS,
        PreflightStep.PARSE_METHODS,
        PreflightStep.METHOD,
        PreflightStep.PARSE_HEADERS,
        PreflightStep.HEADERS,
    ),
    wildcard_covers_authorization=True,
    preflight_keeps_origin=True,
    preflight_outlasts_redirects=True,
    preflight_forgets_redirects=True,
    redirect_chains_are_cross_site=True,
    joins_response_headers_like_gecko=True,
    range_limit=2**64,
    wildcard_exposes_despite_bad_token=True,
    cache_cap=86400,
    cache_size=100,
    max_age_syntax=MaxAgeSyntax.DIGITS_OR_NOTHING,
    cache_keeps_credentials_apart=True,
    cached_wildcard_matches=False,
    unlisted_methods_from_cache=frozenset({"GET", "POST"}),
    cache_key_ignores_redirect_taint=True,
    cache_key_has_fragment=True,
    shares_cache_of_opaque_origin=True,
    conditional_requests_bypass_cache=True,
    any_failure_clears_cache=True,
    same_site_none_needs_secure=True,
    refuses_cookies_without_name=True,
    partitions_third_party_cookies=True,
    cookie_lifetime_cap=400 * 86400,
)

WEBKIT = Profile(
    "webkit",
    user_agent=(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/26.0 Safari/605.1.15"
    ),
    combines_headers_before_safelisting=True,
    preflight_order=(
        PreflightStep.STATUS,
        PreflightStep.CORS_CHECK,
        PreflightStep.PARSE_METHODS,
        PreflightStep.PARSE_HEADERS,
        PreflightStep.METHOD,
        PreflightStep.HEADERS,
    ),
    wildcard_covers_authorization=True,
    caches_one_result=True,
    cache_cap=600,
    max_age_syntax=MaxAgeSyntax.SIGNED,
    cached_wildcard_covers_authorization=True,
    caches_insufficient_results=True,
    failed_check_clears_cache=False,
    loopback_is_secure_for_cookies=False,
    blocks_third_party_cookies=True,
)

PROFILES = {profile.name: profile for profile in (SPEC, CHROMIUM, FIREFOX, WEBKIT)}
"""The browsers by name: "spec", "chromium", "firefox", "webkit"."""
