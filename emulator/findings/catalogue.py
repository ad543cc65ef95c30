"""The rules in the order in which they speak; those that need no browser are in of_any_client.py.

A cause stands before its consequences: what the gateway refused before it looked at anything, then what answered in
whose stead, then what the answer said.
"""

from emulator.findings.finding import Rule
from emulator.findings.rules import (
    any_origin_with_credentials,
    authorization_covered_by_wildcard,
    bad_request,
    cookie_not_sent,
    cookie_not_stored,
    cookie_refused,
    cors_blocked,
    cors_hidden_by_proxy,
    credentials_not_allowed,
    duplicate_cors_headers,
    error_response_without_cors,
    function_cors_ignored,
    gateway_and_function_disagree,
    header_list_as_one_string,
    header_name_case,
    header_not_allowed,
    header_not_exposed,
    http_origin_allowed,
    invalid_allow_headers,
    invalid_allow_methods,
    invalid_allow_origin,
    local_network_access,
    max_age_capped,
    method_case,
    method_not_allowed,
    missing_cors_headers,
    missing_options_route,
    mixed_content,
    multiple_allow_origin_values,
    no_cors_mode,
    null_origin_allowed,
    opaque_origin,
    origin_echoed,
    origin_not_allowed,
    preflight_not_cached,
    preflight_reached_function,
    preflight_redirected,
    preflight_status,
    preflight_without_cors,
    redirect_to_other_origin,
    request_too_large,
    same_site_by_accident,
    third_party_cookies,
    unknown_route,
    url_outside_stage,
    vary_origin_missing,
    websocket_not_emulated,
    wildcard_with_credentials,
)

OF_A_BLOCK: tuple[Rule, ...] = (
    url_outside_stage.RULE,
    request_too_large.RULE,
    bad_request.RULE,
    preflight_reached_function.RULE,
    error_response_without_cors.RULE,
    method_case.RULE,
    missing_options_route.RULE,
    unknown_route.RULE,
    duplicate_cors_headers.RULE,
    header_list_as_one_string.RULE,
    opaque_origin.RULE,
    header_name_case.SILENT,
    missing_cors_headers.RULE,
    preflight_without_cors.RULE,
    preflight_redirected.RULE,
    preflight_status.RULE,
    multiple_allow_origin_values.RULE,
    invalid_allow_origin.RULE,
    origin_not_allowed.RULE,
    wildcard_with_credentials.RULE,
    credentials_not_allowed.RULE,
    invalid_allow_methods.RULE,
    invalid_allow_headers.RULE,
    method_not_allowed.RULE,
    header_not_allowed.RULE,
    cors_blocked.RULE,
)
"""The rules on a blocked exchange: the first that recognises it is told, and it alone; the last recognises all."""

OF_WHO_ASKS: tuple[Rule, ...] = (
    opaque_origin.RULE,
    origin_not_allowed.RULE,
    wildcard_with_credentials.RULE,
    credentials_not_allowed.RULE,
)
"""The rules on a blocked exchange by which one page differs from another, in the order of OF_A_BLOCK."""

BESIDE_THE_VERDICT: tuple[Rule, ...] = (
    unknown_route.NEAR,
    function_cors_ignored.RULE,
    gateway_and_function_disagree.RULE,
    redirect_to_other_origin.RULE,
    origin_echoed.RULE,
    wildcard_with_credentials.RULE,
    any_origin_with_credentials.RULE,
    null_origin_allowed.RULE,
    http_origin_allowed.RULE,
    authorization_covered_by_wildcard.RULE,
    vary_origin_missing.RULE,
    header_not_exposed.RULE,
    mixed_content.RULE,
    local_network_access.RULE,
    cookie_refused.RULE,
    cookie_not_stored.RULE,
    cookie_not_sent.RULE,
    same_site_by_accident.RULE,
    max_age_capped.RULE,
    preflight_not_cached.RULE,
    third_party_cookies.RULE,
)
"""The rules on an exchange that CORS was checked on: each that finds something is told."""

WITHOUT_A_CHECK: tuple[Rule, ...] = (
    websocket_not_emulated.RULE,
    cors_hidden_by_proxy.RULE,
    no_cors_mode.RULE,
    vary_origin_missing.RULE,
)
"""The rules on an exchange with a page that no CORS check was made on."""
