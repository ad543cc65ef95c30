"""What a fetch is at one hop of its redirect chain; whether it goes on to the next, and as what (Fetch Standard 4.4,
HTTP-redirect fetch)."""

from dataclasses import dataclass, replace

from emulator.browser.call import Page, ReferrerPolicy
from emulator.browser.departures import Profile
from emulator.browser.modes import Credentials, Mode, Redirect, ResponseType
from emulator.browser.origin import OPAQUE, is_same_origin
from emulator.browser.preflight import PreflightQuestion
from emulator.browser.redirect import REQUEST_BODY_HEADERS, is_redirect_tainting, makes_get, redirected
from emulator.browser.referrer import policy_after, referrer
from emulator.browser.request import PageRequest, base_url
from emulator.browser.safelist import SAFELISTED_METHODS, unsafe_request_header_names
from emulator.browser.url import Url, parse_url
from emulator.browser.verdict import CorsErrorName, Failure, NetworkErrorName
from emulator.messages import Response, without_headers

MAX_REDIRECTS = 20
"""How many redirects of one fetch are followed (Fetch Standard 4.4)."""


@dataclass(frozen=True, slots=True)
class Hop:
    """A request at one URL of its redirect chain. `urls` is its URL list, whose last is the current one. `tainting` is
    the response tainting: basic until CORS applies or the response becomes opaque.

    `origin` is the serialized request origin: the page's, until redirects turn it into "null"; `origin_is_nulled` is
    Chromium's early "null" outside CORS. `question` is what leave the request needs, None where CORS does not apply or
    neither its method nor its headers nor its body need any. `page_request` is the request before any redirect.
    `is_rewritten`: a redirect turned the method into GET. `is_tainted`: a redirect turned the origin into "null", which
    `origin` alone does not tell where the page's own is that too.
    """

    page: Page
    request: PageRequest
    urls: tuple[Url, ...]
    tainting: ResponseType
    origin: str
    referer: str
    policy: ReferrerPolicy
    unsafe_names: tuple[str, ...]
    question: PreflightQuestion | None
    page_request: PageRequest
    origin_is_nulled: bool = False
    is_rewritten: bool = False
    is_tainted: bool = False

    @property
    def url(self) -> Url:
        """The URL that the request is at."""
        return self.request.url

    @property
    def has_credentials(self) -> bool:
        """Whether the request carries cookies, and its response may set them (Fetch Standard 4.5,
        "includeCredentials")."""
        if self.request.credentials is Credentials.SAME_ORIGIN:
            return self.tainting is ResponseType.BASIC
        return self.request.credentials is Credentials.INCLUDE


def first_hop(page: Page, request: PageRequest, profile: Profile) -> Hop:
    """Begin a fetch: the request as the page made it, and what leave it needs."""
    tainting = _tainting(page, request, ResponseType.BASIC)
    names = unsafe_request_header_names(request.headers, profile)
    question = None
    if tainting is ResponseType.CORS and _needs_preflight(request, names):
        question = PreflightQuestion(page.origin, request.credentials, request.method, names)
    return Hop(
        page,
        request,
        (request.url,),
        tainting,
        page.origin,
        _referer(base_url(page), request.url, page.referrer_policy),
        page.referrer_policy,
        names,
        question,
        request,
    )


def refuse_redirect(hop: Hop, status: int, location: Url, profile: Profile) -> Failure | NetworkErrorName | None:
    """Tell why a browser does not follow a redirect with `status` to `location` (Fetch Standard 4.4, steps 6 to 11);
    None when it does. The rules stand in Chromium's order: the Standard's errors have no names to tell them apart."""
    request = hop.request
    is_cross_origin = not is_same_origin(hop.page.origin, location)
    is_cors = request.mode is Mode.CORS and (is_cross_origin or hop.tainting is ResponseType.CORS)
    if len(hop.urls) > MAX_REDIRECTS:
        return NetworkErrorName.TOO_MANY_REDIRECTS
    if location.includes_credentials and is_cors:
        return Failure(CorsErrorName.REDIRECT_CONTAINS_CREDENTIALS, "Location", (location.href,))
    if location.scheme in profile.unsafe_redirect_schemes:
        return NetworkErrorName.UNSAFE_REDIRECT
    if request.redirect is Redirect.ERROR:
        return NetworkErrorName.REDIRECT_MODE_ERROR
    if request.mode is Mode.SAME_ORIGIN and is_cross_origin:
        return NetworkErrorName.REDIRECT_NOT_SAME_ORIGIN
    if location.includes_credentials and profile.refuses_credentials_in_any_redirect:
        return NetworkErrorName.REDIRECT_CONTAINS_CREDENTIALS
    if not location.is_http:
        if is_cors and profile.names_disabled_redirect_scheme:
            return Failure(CorsErrorName.CORS_DISABLED_SCHEME, "Location", (location.href,), location.scheme)
        return NetworkErrorName.UNKNOWN_SCHEME
    if status != 303 and request.body is not None and request.body.is_stream:
        return NetworkErrorName.STREAM_REDIRECTED
    return None


def next_hop(hop: Hop, response: Response, location: Url, profile: Profile) -> Hop:
    """Follow a redirect: what is left of the request at `location`, and what leave it needs there (Fetch Standard 4.4,
    steps 12 to 19)."""
    before = hop.request
    if profile.restores_headers_at_redirects:
        headers = hop.page_request.headers
        if makes_get(response.status, hop.page_request.method):
            headers = without_headers(headers, REQUEST_BODY_HEADERS)
        before = replace(before, headers=headers)
    request, dropped = redirected(before, response.status, location, hop.page.origin, profile)
    is_tainted = is_redirect_tainting(hop.page.origin, hop.url, location)
    policy = policy_after(response, hop.policy)
    names = hop.unsafe_names
    if dropped and not profile.preflight_outlasts_redirects:
        names = unsafe_request_header_names(request.headers, profile)
    following = Hop(
        hop.page,
        request,
        (*hop.urls, location),
        _tainting(hop.page, request, hop.tainting),
        OPAQUE if is_tainted else hop.origin,
        # Once shortened it stays short, also where a later hop could be told all of it.
        _referer(parse_url(hop.referer), location, policy),
        policy,
        names,
        None,
        hop.page_request,
        hop.origin_is_nulled or _nulls_origin(hop, location, profile),
        hop.is_rewritten or request.method != hop.request.method,
        hop.is_tainted or is_tainted,
    )
    was_asked = hop.question is not None and profile.preflight_outlasts_redirects
    if following.tainting is ResponseType.CORS and (was_asked or _needs_preflight(request, names)):
        return replace(following, question=_question(following, dropped, profile))
    return following


def _needs_preflight(request: PageRequest, unsafe_names: tuple[str, ...]) -> bool:
    is_stream = request.body is not None and request.body.is_stream
    return request.method not in SAFELISTED_METHODS or unsafe_names != () or is_stream


def _question(hop: Hop, dropped: frozenset[str], profile: Profile) -> PreflightQuestion:
    names = tuple(name for name in hop.unsafe_names if name not in dropped)
    method, credentials = hop.request.method, hop.request.credentials
    if not profile.preflight_keeps_origin:
        return PreflightQuestion(hop.origin, credentials, method, names)
    is_own_origin = is_same_origin(hop.page.origin, hop.url)
    return PreflightQuestion(hop.page.origin, credentials, method, names, is_own_origin)


def _nulls_origin(hop: Hop, location: Url, profile: Profile) -> bool:
    is_cross_origin = hop.url.origin != location.origin
    is_no_cors = hop.request.mode is Mode.NO_CORS
    return is_cross_origin and is_no_cors and profile.nulls_origin_on_any_cross_origin_redirect


def _tainting(page: Page, request: PageRequest, before: ResponseType) -> ResponseType:
    """Find the response tainting (Fetch Standard 4.1, step 12): once it is CORS or opaque, it stays so."""
    if before is not ResponseType.BASIC or is_same_origin(page.origin, request.url):
        return before
    return ResponseType.OPAQUE if request.mode is Mode.NO_CORS else ResponseType.CORS


def _referer(source: Url | None, target: Url, policy: ReferrerPolicy) -> str:
    return "" if source is None or not source.is_http else referrer(source, target, policy)
