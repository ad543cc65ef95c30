"""The examples of the rules as calls that a page's browser can make."""

from dataclasses import dataclass, replace

from emulator.browser.header_list import is_token
from emulator.browser.modes import Credentials
from emulator.browser.safelist import SAFELISTED_METHODS
from emulator.browser.verdict import Blocked
from emulator.findings.finding import Rule
from emulator.findings.resources import called_method
from emulator.findings.review import review, shown_mode
from findings.applied import Situation, situation
from findings.every_example import EXAMPLES
from serving.exchanges import exchanged

ASKED = "Access-Control-Request-Headers"


@dataclass(frozen=True)
class Meant:
    """An example of a rule, and the situation that it is called in."""

    name: str
    rule: Rule
    situation: Situation


def meant() -> list[Meant]:
    """Every example. To be called before there is a Chromium, whose event loop is this thread's."""
    return [Meant(name, rule, with_mode(rule, preflighted(situation(example)))) for name, rule, example in EXAMPLES]


def preflighted(now: Situation) -> Situation:
    """The same for a call that a page's browser preflights: none does so for GET or POST and no header of the page's
    own. Where the gateway lists a header, the page sends that."""
    request = now.request
    if not request.is_preflight or request.header(ASKED) or called_method(request) not in SAFELISTED_METHODS:
        return now
    listed = [name for name in (now.api.cors.allow_headers if now.api.cors else ()) if is_token(name) and name != "*"]
    asked = (ASKED, (listed or ["content-type"])[0].lower())
    return replace(now, request=replace(request, headers=(*request.headers, asked)))


def with_mode(rule: Rule, now: Situation) -> Situation:
    """The situation with the mode that the page's call has: what shows, else the one in which the rule, or another
    before it, finds something."""
    mode = now.credentials or shown_mode(now.request, now.api, now.frontends)
    if mode is None:
        reviewed = review(exchanged(now.api, now.request, now.result), now.frontends, Credentials.SAME_ORIGIN)
        is_found = rule.name in [one.name for one in reviewed.findings] or isinstance(reviewed.verdict, Blocked)
        mode = Credentials.SAME_ORIGIN if is_found or now.request.origin is None else Credentials.INCLUDE
    return replace(now, credentials=mode)


def addressed(now: Situation, port: int) -> Situation:
    """The same for the port that is listened on."""
    request = now.request
    headers = tuple((name, f"127.0.0.1:{port}" if name == "Host" else value) for name, value in request.headers)
    return replace(now, request=replace(request, headers=headers, port=port))
