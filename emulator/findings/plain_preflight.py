"""A preflight before a call that needs none by its method and headers: what the page does that makes one."""

from dataclasses import replace

from emulator.browser.safelist import SAFELISTED_METHODS
from emulator.findings.finding import Case, Finding
from emulator.findings.resources import called_method

_OTHER_REASONS = ("access-control-request-headers", "access-control-request-private-network")
"""What shows another reason for a preflight: headers, and older Chromiums' check of calls into a private network."""


def with_reason(finding: Finding, case: Case) -> Finding:
    """Say of a blocked preflight that asks for no header and a CORS-safelisted method why a browser sends it at all.
    Two things set a request's use-CORS-preflight flag (Fetch Standard 2.2.5): listeners on an upload (XMLHttpRequest
    Standard 3.5.6, the upload listener flag) and a stream as body (Fetch Standard 5.4, the Request constructor).
    Firefox and Safari ask again after redirects too (observed)."""
    request, method = case.request, called_method(case.request)
    if not request.is_preflight or method not in SAFELISTED_METHODS or any(map(request.header, _OTHER_REASONS)):
        return finding
    is_chromium = "Chrome/" in (request.header("user-agent") or "")
    reason = (
        f"nothing in {method} and its headers needs a preflight: a page that sends one listens to events of "
        f"`XMLHttpRequest.upload`, or has a stream as body{'' if is_chromium else ', or was redirected here'}"
    )
    return replace(finding, evidence=(*finding.evidence, reason))
