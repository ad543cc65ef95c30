"""One page fetch as a state machine (Fetch Standard 4): it yields the requests a browser sends, takes their responses,
and ends in a verdict. It does no IO.

    fetch = Fetch(Call("https://api.example/items", method="PUT"), Page("https://app.example"), UserAgent(CHROMIUM))
    step = fetch.start()
    while isinstance(step, Send):
        step = fetch.receive(response_to(step))     # or fetch.fail("connection refused") when none came
    # step is now Allowed | Blocked | NetworkError | RequestError (emulator.browser.verdict)

`fetch.exchanged` lists every request that was sent, preflights too, with its response and what became of the cookies.
The UserAgent keeps cookies and preflight results from one Fetch to the next; its profile says which browser it is.
"""

from dataclasses import replace

from emulator.browser.call import Call, Page
from emulator.browser.console_text import Scene
from emulator.browser.cookie_jar import CookieContext, Sent, Withheld
from emulator.browser.cors_check import cors_check
from emulator.browser.exchanged import Exchanged, Send
from emulator.browser.filtering import basic_filtered, cors_filtered
from emulator.browser.header_list import as_gecko_keeps, get_all
from emulator.browser.hop import Hop, first_hop, next_hop, refuse_redirect
from emulator.browser.modes import Mode, Redirect, ResponseType
from emulator.browser.origin import OPAQUE
from emulator.browser.preflight import PreflightQuestion, preflight_check, preflight_warnings
from emulator.browser.preflight_cache import CacheKey, preflight_cache
from emulator.browser.redirect import REDIRECT_STATUSES, location_url
from emulator.browser.rejections import blocked, blocked_by_preflight, network_error
from emulator.browser.request import construct, is_conditional
from emulator.browser.request_headers import actual_headers, preflight_headers
from emulator.browser.resource_policy import is_blocked_by_resource_policy
from emulator.browser.url import Url
from emulator.browser.user_agent import UserAgent
from emulator.browser.verdict import (
    Allowed,
    Blocked,
    CorsErrorName,
    Done,
    Failure,
    NetworkError,
    NetworkErrorName,
    RequestError,
    WarningName,
)
from emulator.browser.warnings import request_warnings, response_warnings
from emulator.messages import Response

# fetch serves these from within the browser (Fetch Standard 4.2, "scheme fetch").
_EMBEDDED_SCHEMES = frozenset({"about", "blob", "data"})
_READABLE = frozenset({ResponseType.BASIC, ResponseType.CORS})


class Fetch:
    """One call of one page. Call `start` once, then `receive` or `fail` for each Send, until the step is no Send."""

    def __init__(self, call: Call, page: Page, user_agent: UserAgent) -> None:
        self.exchanged: tuple[Exchanged, ...] = ()
        self._call = call
        self._page = page
        self._agent = user_agent
        self._profile = user_agent.profile
        self._cookie_context = CookieContext(page.origin, page.top_level_origin or page.origin)
        is_alone = page.origin == OPAQUE and not user_agent.profile.shares_cache_of_opaque_origin
        self._cache = preflight_cache(user_agent.profile) if is_alone else user_agent.preflight_cache
        self._question: PreflightQuestion | None = None
        self._warnings: tuple[WarningName, ...] = ()
        self._hop: Hop
        self._sent: Send

    def start(self) -> Send | Done:
        """Begin: return the first request to send, or the verdict where nothing is sent."""
        request = construct(self._call, self._page, self._profile)
        if isinstance(request, RequestError):
            return request
        self._hop = first_hop(self._page, request, self._profile)
        scheme = request.url.scheme
        if scheme in _EMBEDDED_SCHEMES:
            return network_error(NetworkErrorName.UNKNOWN_SCHEME, self._scene(None))
        if not request.url.is_http:
            return self._block(Failure(CorsErrorName.CORS_DISABLED_SCHEME, parameter=scheme), None)
        self._warnings = request_warnings(self._page.origin, request.url.origin)
        return self._main_fetch()

    def receive(self, response: Response, undecodable: str = "") -> Send | Done:
        """Go on with the response to the last Send. `undecodable` says why its body could not be decoded, if so: only a
        page that reads the body comes to know."""
        if self._profile.joins_response_headers_like_gecko:
            response = replace(response, headers=as_gecko_keeps(response.headers))
        if self._question is not None:
            self._record(response, ())
            return self._after_preflight(self._question, response)
        self._record(response, self._store_cookies(response))
        step = self._after_response(response)
        if undecodable and isinstance(step, Allowed) and step.type in _READABLE:
            return network_error(NetworkErrorName.CONTENT_DECODING_FAILED, self._scene(response), response, undecodable)
        return step

    def fail(self, reason: str, error: NetworkErrorName = NetworkErrorName.CONNECTION_FAILED) -> NetworkError:
        """End, as no response came to the last Send; `reason` says in a sentence why, in the transport's words, and
        `error` names it."""
        self._record(None, ())
        if self._profile.any_failure_clears_cache:
            self._forget_preflights()
        return network_error(error, self._scene(None), reason=reason)

    # Main fetch (Fetch Standard 4.1, step 12)

    def _main_fetch(self) -> Send | Done:
        hop = self._hop
        if hop.tainting is ResponseType.BASIC:
            return self._send_actual()
        if hop.tainting is ResponseType.OPAQUE:
            if hop.request.redirect is not Redirect.FOLLOW:
                return self._block(Failure(CorsErrorName.NO_CORS_REDIRECT_MODE_NOT_FOLLOW), None)
            return self._send_actual()
        if hop.request.mode is Mode.SAME_ORIGIN:
            return self._block(Failure(CorsErrorName.DISALLOWED_BY_MODE), None)
        question = hop.question
        if question is None or self._is_cached(question):
            return self._send_actual()
        self._question = question
        return self._send(
            Send("OPTIONS", hop.url.address, preflight_headers(hop, question, self._profile), is_preflight=True)
        )

    def _send_actual(self) -> Send:
        hop, request = self._hop, self._hop.request
        cookies = self._cookies()
        headers = actual_headers(hop, cookies.header, self._profile)
        body = b"" if request.body is None else request.body.data
        return self._send(Send(request.method, hop.url.address, headers, body, cookies_withheld=cookies.withheld))

    # Preflights

    def _after_preflight(self, question: PreflightQuestion, response: Response) -> Send | Done:
        self._question = None
        failure = preflight_check(question, response, self._profile)
        is_insufficient = failure is not None and failure.disallowed != ()
        if failure is None or (is_insufficient and self._profile.caches_insufficient_results):
            key = self._cache_key
            if key is not None:
                self._cache.store(key, question, response, self._agent.clock())
        if failure is None:
            self._warnings += preflight_warnings(question, response)
            return self._send_actual()
        if not is_insufficient or self._profile.any_failure_clears_cache:
            self._forget_preflights()
        verdict = blocked_by_preflight(failure, question, response, self._scene(response))
        return replace(verdict, warnings=self._warnings)

    def _is_cached(self, question: PreflightQuestion) -> bool:
        key = self._cache_key
        if key is None or (
            self._profile.conditional_requests_bypass_cache and is_conditional(self._hop.request.headers)
        ):
            return False
        return self._cache.permits(key, question, self._agent.clock())

    def _forget_preflights(self) -> None:
        key = self._cache_key
        if key is not None and self._profile.failed_check_clears_cache:
            self._cache.clear(key)

    @property
    def _cache_key(self) -> CacheKey | None:
        """Where the result of a preflight is kept; None when redirects made the origin opaque and the browser's cache
        goes by that."""
        if self._hop.is_tainted and not self._profile.cache_key_ignores_redirect_taint:
            return None
        url, origin = self._hop.url, self._page.origin
        name = url.href_with_fragment if self._profile.cache_key_has_fragment else url.href
        # Documents with an opaque origin are told apart by their URL.
        document = self._page.url if origin == OPAQUE else ""
        return CacheKey(self._cookie_context.top_level_origin, origin + document, name)

    # Cookies

    def _cookies(self) -> Sent:
        if not self._hop.has_credentials:
            return Sent()
        cookies = self._agent.cookie_jar.cookies_for(self._hop.url, self._cookie_context, self._agent.clock())
        if cookies.has_third_party:
            self._warnings += (WarningName.THIRD_PARTY_COOKIES,)
        return cookies

    def _store_cookies(self, response: Response) -> tuple[Withheld, ...]:
        """Store the cookies that a response sets, which count whatever CORS says of it; return those that were
        refused."""
        lines = get_all(response.headers, "set-cookie")
        if not lines or not self._hop.has_credentials:
            return ()
        return self._agent.cookie_jar.store(lines, self._hop.url, self._cookie_context, self._agent.clock())

    # Responses (Fetch Standard 4.3, 4.4)

    def _after_response(self, response: Response) -> Send | Done:
        hop, profile = self._hop, self._profile
        location: Url | NetworkErrorName | None = None
        is_redirect = response.status in REDIRECT_STATUSES
        if is_redirect:
            location = location_url(response, hop.url, profile)
            if profile.checks_location_first and isinstance(location, NetworkErrorName):
                return self._fail(location, response)
        if hop.tainting is ResponseType.CORS:
            failure = cors_check(hop.origin, hop.request.credentials, response.headers)
            if failure is not None:
                self._forget_preflights()
                return self._block(failure, response)
        elif hop.tainting is ResponseType.OPAQUE and is_blocked_by_resource_policy(
            hop.page.origin, hop.url, response, profile
        ):
            return self._fail(NetworkErrorName.RESOURCE_POLICY, response)
        return self._redirect(response, location) if is_redirect else self._finish(response)

    def _redirect(self, response: Response, location: Url | NetworkErrorName | None) -> Send | Done:
        hop = self._hop
        if hop.request.redirect is Redirect.MANUAL:
            return Allowed(ResponseType.OPAQUE_REDIRECT, 0, warnings=self._warnings, url=hop.url.href)
        if hop.request.redirect is Redirect.ERROR and not self._profile.error_mode_needs_location:
            return self._fail(NetworkErrorName.REDIRECT_MODE_ERROR, response)
        if location is None:
            return self._finish(response)
        if isinstance(location, NetworkErrorName):
            return self._fail(location, response)
        refusal = refuse_redirect(hop, response.status, location, self._profile)
        if refusal is None:
            self._hop = next_hop(hop, response, location, self._profile)
            return self._main_fetch()
        if isinstance(refusal, NetworkErrorName):
            return self._fail(refusal, response)
        if refusal.error is not CorsErrorName.CORS_DISABLED_SCHEME:
            return self._block(refusal, response)
        scene = replace(
            self._scene(response), url=location.href_with_fragment, redirected_from=hop.urls[0].href_with_fragment
        )
        return blocked(refusal, scene, response)

    def _finish(self, response: Response) -> Allowed:
        """Show the page a filtered response (Fetch Standard 2.2.6)."""
        hop = self._hop
        warnings = self._warnings
        if hop.tainting is ResponseType.OPAQUE:
            return Allowed(ResponseType.OPAQUE, 0, warnings=warnings)
        if hop.tainting is ResponseType.CORS:
            headers = cors_filtered(response.headers, hop.request.credentials, self._profile)
            warnings += response_warnings(response.headers)
        else:
            headers = basic_filtered(response.headers)
        return Allowed(
            hop.tainting,
            response.status,
            headers,
            warnings,
            hop.url.href,
            redirected=len(hop.urls) > 1,
            body=response.body,
        )

    # Records and errors

    def _send(self, send: Send) -> Send:
        hops = len(self._hop.urls) - 1
        self._sent = replace(send, hop=hops) if hops else send
        return self._sent

    def _record(self, response: Response | None, refused: tuple[Withheld, ...]) -> None:
        self.exchanged += (Exchanged(self._sent, response, refused),)

    def _scene(self, response: Response | None) -> Scene:
        hop = self._hop
        url, first = hop.url.href_with_fragment, hop.urls[0].href_with_fragment
        status = 0 if response is None else response.status
        return Scene(url, self._page.origin, status, first if first != url else None, hop.origin)

    def _block(self, failure: Failure, response: Response | None) -> Blocked:
        verdict = blocked(failure, self._scene(response), response)
        return replace(verdict, warnings=self._warnings) if self._warnings else verdict

    def _fail(self, error: NetworkErrorName, response: Response) -> NetworkError:
        return network_error(error, self._scene(response), response)
