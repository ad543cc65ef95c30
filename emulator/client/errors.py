"""The exceptions of the browser client, all of them.

FetchError
├── RequestError    what the Request constructor throws a TypeError for: nothing was sent
├── NetworkError    no response, or a redirect that cannot be followed
└── CorsError       CORS kept the response from the page
"""

from emulator.browser.exchanged import Exchanged
from emulator.browser.explain import explain
from emulator.browser.verdict import (
    Blocked,
    ConsoleTexts,
    CorsErrorName,
    NetworkErrorName,
    RequestErrorName,
    WarningName,
)
from emulator.browser.verdict import NetworkError as NetworkVerdict
from emulator.browser.verdict import RequestError as RequestVerdict


class FetchError(Exception):
    """What JavaScript gets as a TypeError. `messages` are each browser's words, `message` is Chromium's; `requests`
    lists every request that was sent, preflights too, with its answer."""

    def __init__(self, messages: ConsoleTexts, requests: tuple[Exchanged, ...]) -> None:
        super().__init__(messages.chromium)
        self.messages = messages
        self.message = messages.chromium
        self.requests = requests


class RequestError(FetchError):
    """The call itself is wrong, and nothing was sent; `error` names how."""

    def __init__(self, verdict: RequestVerdict) -> None:
        super().__init__(verdict.messages, ())
        self.error: RequestErrorName = verdict.error


class NetworkError(FetchError):
    """The call of `fetch` rejects for a reason that is not CORS: `error` names it, `reason` says it in a sentence."""

    def __init__(self, verdict: NetworkVerdict, requests: tuple[Exchanged, ...]) -> None:
        super().__init__(verdict.messages, requests)
        self.error: NetworkErrorName = verdict.error
        self.reason = verdict.reason

    def __str__(self) -> str:
        return self.reason


class CorsError(FetchError):
    """CORS blocked the response. `error` is Chromium's name; `header` is the response header that would have to change
    and `value` what it held (None when absent); `disallowed` lists every refused header name, or the method."""

    def __init__(self, verdict: Blocked, requests: tuple[Exchanged, ...]) -> None:
        super().__init__(verdict.messages, requests)
        self.verdict = verdict
        self.error: CorsErrorName = verdict.error
        self.header = verdict.header
        self.value = verdict.value
        self.disallowed = verdict.disallowed
        self.warnings: tuple[WarningName, ...] = verdict.warnings

    def explain(self) -> str:
        """Explain the block in several lines: the console text, the exchange at fault, what its header held, and what
        to change."""
        return explain(self.verdict, self.requests)
