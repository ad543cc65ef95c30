"""Runs a case in the browser model, against the same scripted API, and notes what a browser's observer would."""

from differential.cases import Body, Call, Case, Origins
from differential.firefox_console import is_generic, reason
from differential.live_case import BODY, LiveCase
from differential.observation import Observation, Outcome, received
from emulator.browser.body import Body as ModelBody
from emulator.browser.call import Call as ModelCall
from emulator.browser.call import Page
from emulator.browser.exchanged import Send
from emulator.browser.fetch import Fetch
from emulator.browser.modes import Credentials, Mode, Redirect
from emulator.browser.profiles import PROFILES
from emulator.browser.user_agent import UserAgent
from emulator.browser.verdict import Allowed, Blocked, Done, RequestError
from emulator.messages import Response

_BODIES = {
    "text": ModelBody.text("text"),
    "bytes": ModelBody(bytes([1, 2, 3])),
    "urlencoded": ModelBody.urlencoded({"a": "1"}),
    "form": ModelBody.form({"a": "1"}),
}


class Model:
    """The model with the profile of one browser: "chromium" or "firefox"."""

    def __init__(self, browser: str) -> None:
        self._browser = browser
        self._profile = PROFILES[browser]

    def observe(self, case: Case, origins: Origins, seen: Observation) -> Observation:
        """`seen` gives the times at which the real page made its calls, and nothing else."""
        now = 0.0
        # A fresh headless Chromium blocks third-party cookies; a fresh Chromium with windows does not.
        blocks = True if self._browser == "chromium" else None
        agent = UserAgent(self._profile, clock=lambda: now, blocks_third_party_cookies=blocks)
        live = LiveCase(case, origins)
        ends: list[Done] = []
        for call, outcome in zip(case.calls, seen.outcomes, strict=True):
            now = outcome.started
            fetch = Fetch(model_call(case, call, origins), page_of(case, origins), agent)
            step = fetch.start()
            while isinstance(step, Send):
                response = _answer(live, step, origins)
                step = fetch.fail("nobody listens there") if response is None else fetch.receive(response)
            ends.append(step)
        texts = tuple(text for end in ends if (text := self._text(end)))
        errors = tuple(name for end in ends if (name := self._error(end)))
        return Observation(tuple(_outcome(end) for end in ends), tuple(live.requests), errors, texts)

    def _text(self, end: Done) -> str:
        if not isinstance(end, Blocked):
            return ""
        text = end.messages.firefox if self._browser == "firefox" else end.messages.chromium
        return "" if is_generic(text) else text

    def _error(self, end: Done) -> str:
        if not isinstance(end, Blocked):
            return ""
        return reason(self._text(end)) if self._browser == "firefox" else end.error.value


def page_of(case: Case, origins: Origins) -> Page:
    page = origins.by_name["page"]
    # A document of an opaque origin has no URL that anybody is told.
    return Page(origins.page_origin(case), "" if case.opaque else f"{page}/page.html", top_level_origin=page)


def model_call(case: Case, call: Call, origins: Origins) -> ModelCall:
    return ModelCall(
        url=origins.call_url(case, call),
        method=call.method,
        headers=tuple((name, origins.expand(case, value)) for name, value in call.headers),
        body=_model_body(call.body),
        mode=Mode(call.mode),
        credentials=Credentials(call.credentials),
        redirect=Redirect(call.redirect),
    )


def _model_body(body: Body | None) -> ModelBody | None:
    if body is None:
        return None
    return ModelBody.blob("blob", body.type) if body.kind == "blob" else _BODIES[body.kind]


def _answer(live: LiveCase, send: Send, origins: Origins) -> Response | None:
    """What the API answers, as an HTTP client gives it: values without the whitespace around them. None when the
    request goes where none of the servers is."""
    for host, origin in origins.by_name.items():
        if send.url.startswith(f"{origin}/"):
            target = send.url.partition("#")[0].removeprefix(origin)
            status, lines = live.respond(received(host, send.method, target, send.headers))
            return Response(status, tuple((name, value.strip(" \t")) for name, value in lines), BODY)
    return None


def _outcome(end: Done) -> Outcome:
    if isinstance(end, Allowed):
        headers = tuple(sorted(end.headers))
        return Outcome("response", end.type.value, end.status, end.url, end.redirected, headers)
    kind = "request-error" if isinstance(end, RequestError) else "network-error"
    return Outcome(kind, exception="TypeError")
