"""From a broken rule to a verdict: each browser's own words, and where browsers find different rules broken first."""

from emulator.browser.console_text import Scene, chromium_text, console_texts, firefox_text, safari_text
from emulator.browser.preflight import PreflightQuestion, preflight_check
from emulator.browser.profiles import FIREFOX, WEBKIT
from emulator.browser.verdict import Blocked, ConsoleTexts, Failure
from emulator.messages import Response


def blocked(failure: Failure, scene: Scene, response: Response | None = None) -> Blocked:
    """For a failure every browser finds."""
    return _blocked(failure, console_texts(failure, scene), response)


def blocked_by_preflight(failure: Failure, question: PreflightQuestion, response: Response, scene: Scene) -> Blocked:
    """`failure` is the verdict; Firefox and Safari say what they come upon first."""
    firefox = preflight_check(question, response, FIREFOX) or failure
    webkit = preflight_check(question, response, WEBKIT) or failure
    texts = ConsoleTexts(chromium_text(failure, scene), firefox_text(firefox, scene), safari_text(webkit, scene))
    return _blocked(failure, texts, response)


def _blocked(failure: Failure, texts: ConsoleTexts, response: Response | None) -> Blocked:
    return Blocked(failure.error, texts, failure.header, failure.value, failure.disallowed, response=response)
