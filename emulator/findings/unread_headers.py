"""Which headers of an answer a page cannot read, and probably wants."""

import re

from emulator.aws.http_api.http_api import HttpApi
from emulator.browser.filtering import FORBIDDEN_RESPONSE_HEADERS, exposed_names
from emulator.browser.initiator import is_loaded
from emulator.browser.profiles import CHROMIUM
from emulator.browser.verdict import Allowed
from emulator.findings.cors_header_names import meant_header
from emulator.findings.finding import Case
from emulator.messages import Headers, Response

NOT_FOR_PAGES = re.compile(
    r"(access-control|cdn|cf|content-security-policy|cross-origin|sec|x-amz|x-amzn|x-envoy|x-vercel)-.*|"
    r".*(request|correlation|trace|span)-?id|"
    r"accept-(ch|patch|post|ranges)|age|allow|alt-svc|apigw-requestid|b3|baggage|clear-site-data|connection|"
    r"content-(encoding|location|security-policy)|critical-ch|date|expect-ct|keep-alive|nel|origin-agent-cluster|"
    r"p3p|permissions-policy|feature-policy|proxy-.*|referrer-policy|refresh|report-to|reporting-endpoints|server|"
    r"server-timing|sourcemap|strict-transport-security|te|timing-allow-origin|trace(parent|state)|trailer|"
    r"transfer-encoding|upgrade|vary|via|warning|www-authenticate|"
    r"x-(aspnet-version|b3-.*|cache|cache-hits|content-type-options|dns-prefetch-control|download-options|"
    r"frame-options|permitted-cross-domain-policies|powered-by|robots-tag|runtime|served-by|ua-compatible|"
    r"xss-protection)"
)
"""The names, in lower case, that speak to the browser, to caches, proxies, search engines and whoever traces requests:
frameworks add them to every answer, and no page reads them."""
CREATED = frozenset({201, 202, 303})
"""The statuses on which Location names what the call has made, and a page may follow it itself."""


def unread_headers(case: Case) -> Headers:
    """List the function's headers that the page of an allowed call gets no answer for, with their last value each, by
    the names the function gave them (Fetch Standard 2.2.6, CORS filtered response). What an element loads shows none
    of its headers to anyone."""
    answer = case.exchange.function_response
    if answer is None or not isinstance(case.verdict, Allowed) or case.request.is_preflight or is_loaded(case.request):
        return ()
    readable = {name for name, _ in case.verdict.headers} | _told_elsewhere(case, answer)
    carried = {name.lower(): (name, value) for name, value in answer.headers}
    return tuple(
        (name, value)
        for lowered, (name, value) in carried.items()
        if lowered not in readable and _is_for_a_page(lowered, value, answer.status)
    )


def _told_elsewhere(case: Case, answer: Response) -> frozenset[str]:
    """List what the function exposes itself, to a gateway that ignores it: the rule function-cors-ignored tells it."""
    if not isinstance(case.api, HttpApi) or case.cors is None:
        return frozenset()
    return exposed_names(answer.headers, case.credentials, CHROMIUM)


def _is_for_a_page(lowered: str, value: str, status: int) -> bool:
    """Tell whether a page is likely to want a header. A weak ETag serves caches alone, as If-Match takes none (RFC
    9110, 13.1.1), and frameworks add one to every answer."""
    if lowered in FORBIDDEN_RESPONSE_HEADERS or NOT_FOR_PAGES.fullmatch(lowered) or meant_header(lowered) is not None:
        return False
    if lowered == "etag":
        return not value.startswith("W/")
    return lowered != "location" or status in CREATED
