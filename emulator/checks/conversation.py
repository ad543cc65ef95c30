"""What becomes of one call, told step by step: the browser model asks, the gateway answers what it can, and what only a
function can answer is asked of the caller. Pure.

    talk = conversation(cell, apis, frontends, stamp)
    api, request = next(talk)                     # a function is to be run
    api, request = talk.send(exchange)            # and again, until StopIteration carries the Tried

A page at a dev origin is met as production's (frontends.py): gateway and functions get the very requests that
production's page sends, and are asked no more than once for both.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import replace

from emulator import gateway
from emulator.aws.api import Api
from emulator.aws.product import Layer, Stamp
from emulator.browser.call import Page
from emulator.browser.content_coding import body_of, undecodable_coding
from emulator.browser.exchanged import Send
from emulator.browser.fetch import Fetch
from emulator.browser.url import parse_url
from emulator.browser.user_agent import UserAgent
from emulator.browser.verdict import Allowed, Blocked, Done
from emulator.checks.cell import Cell, Kind, Outcome, Tried
from emulator.deployment import Frontend
from emulator.exchange import Exchange
from emulator.findings.changes import CompareOrigin, RemoveHeaders, ServePage
from emulator.findings.earlier_preflights import EarlierPreflights
from emulator.findings.finding import BrowserText, Finding, Severity
from emulator.findings.fix import Fix
from emulator.findings.redirects import with_redirect
from emulator.findings.review import review
from emulator.frontends import as_for_dev
from emulator.gateway import Planned
from emulator.messages import Request, Response

OF_THIS_MACHINE = frozenset({"local-network-access", "mixed-content", "same-site-by-accident", "third-party-cookies"})
"""The findings that speak of the address at which an API is served here, and not of what is deployed."""

OF_A_MODE = frozenset({"cookie-not-stored"})
"""The findings that speak of the credentials mode, which a call of Kind.SIMPLE has not from its page."""

ERRORS = frozenset({Kind.MISSING_BODY, Kind.UNAUTHENTICATED})
"""The kinds of call that a function is likely to answer with an error, as it should."""

OF_TRUST = frozenset({"any-origin-with-credentials", "null-origin-allowed", "origin-echoed"})
"""The findings of a call that should be blocked and is not."""

LETS_IN = OF_TRUST | {"http-origin-allowed"}
"""The findings that say why a page is let in."""

LOOSE = {
    Kind.ORIGIN_AS_PREFIX: "begins like the real one, and anyone can own such a name",
    Kind.ORIGIN_AS_SUFFIX: "ends like the real one, and anyone can own such a name",
    Kind.OTHER_SCHEME: "has another scheme than the real one: over http anyone on the network can answer for it",
}
"""What an origin shows that is let in although it only looks like the real one."""

UNEXPECTED = "unexpected-outcome"
"""The name of what is wrong with a recorded call that no rule finds fault with."""

OWN = "the function's own"
"""A value that no gateway makes."""

Asking = tuple[Api, Request]
Talk = Generator[Asking, Exchange, Tried]
Going = Generator[Asking, Exchange, Exchange]


def conversation(cell: Cell, apis: Mapping[int, Api], frontends: tuple[Frontend, ...], stamp: Stamp) -> Talk:
    """Make the call of a cell; yield what needs a function to be run: a preflight, and the call itself where the cell
    lets it be run. `apis` are by port."""
    fetches = [Fetch(cell.call, Page(origin), UserAgent()) for origin in dict.fromkeys((cell.origin, cell.page))]
    steps, exchanges, is_certain = [fetch.start() for fetch in fetches], list[Exchange](), True
    while isinstance(step := steps[0], Send):
        at = addressed(step, apis)
        if at is None:  # a redirect to elsewhere
            return _tried(cell, None, exchanges, frontends)
        foreseen = gateway.foresee(*at, stamp)
        if isinstance(foreseen, Planned):
            runs = step.is_preflight or cell.runs
            answered = (yield at) if runs else assumed(*at, stamp, foreseen)
            if answered is None:
                return _tried(cell, None, exchanges, frontends)
            is_certain = is_certain and (runs or not counts_own_headers(*at, stamp, foreseen))
            foreseen = answered
        exchanges.append(foreseen)
        reads = zip(fetches, _read(cell, foreseen), strict=False)
        steps = [fetch.receive(read, _undecodable(foreseen)) for fetch, read in reads]
    unsent = None
    if isinstance(step, Blocked) and goes_on(cell) and [one.request.is_preflight for one in exchanges] == [True]:
        unsent = yield from _unsent(cell, apis, stamp)
    end = steps[-1]
    assert not isinstance(end, Send)  # noqa: S101  what ends the one ends the other: their origins trade places
    return _tried(cell, end if is_certain else None, exchanges, frontends, unsent)


def _read(cell: Cell, exchange: Exchange) -> Iterator[Response]:
    """Yield the answer as production's page reads it, and as the page at the dev origin does."""
    yield exchange.response
    yield as_for_dev(exchange.response, replace(exchange.request, dev_origin=cell.dev))


def goes_on(cell: Cell) -> bool:
    """Tell whether the function may be run for a call whose preflight is blocked: to tell what else is wrong, and never
    where the call should be blocked or was recorded."""
    return cell.runs and not cell.probes and cell.check is None


def _unsent(cell: Cell, apis: Mapping[int, Api], stamp: Stamp) -> Going:
    """Make the call itself that its blocked preflight keeps a browser from sending. What is wrong with its answer is to
    be mended as well, and who mends the preflight alone would be told of it afterwards."""
    fetch = Fetch(cell.call, Page(cell.origin), UserAgent())
    fetch.start()
    names = ", ".join(name for name, _ in cell.call.headers)
    leave = {"Origin": cell.origin, "Credentials": "true", "Methods": cell.call.method, "Headers": names}
    send = fetch.receive(Response(204, tuple((f"Access-Control-Allow-{name}", value) for name, value in leave.items())))
    at = addressed(send, apis) if isinstance(send, Send) else None
    assert at is not None  # noqa: S101  such an answer is leave to send it, to where the preflight went
    foreseen = gateway.foresee(*at, stamp)
    return (yield at) if isinstance(foreseen, Planned) else foreseen


def addressed(send: Send, apis: Mapping[int, Api]) -> Asking | None:
    """Find the API that a request goes to, and make it the request as a socket would have carried it; None where it
    leaves this deployment."""
    url = parse_url(send.url)
    if url is None or url.host != "localhost" or (url.port or 80) not in apis:
        return None
    port = url.port or 80
    path, _, query = send.url.partition("://")[2].partition("/")[2].partition("?")
    headers = (("Host", f"localhost:{port}"), *send.headers)
    return apis[port], Request(send.method, f"/{path}", query, headers, send.body, port=port)


def assumed(api: Api, request: Request, stamp: Stamp, planned: Planned) -> Exchange | None:
    """Make the exchange with a function that answers 200 and nothing else; None where the function's own headers
    decide, as the gateway has no CORS."""
    if api.cors is None:
        return None
    answer = Response(200)
    response = api.finish(request, planned.route, answer, stamp)
    return Exchange(api, request, stamp, planned.route, None, answer, response)


def counts_own_headers(api: Api, request: Request, stamp: Stamp, planned: Planned) -> bool:
    """Tell whether CORS headers of the function's own reach the browser beside the gateway's, as those of a function
    URL do: then no more than the gateway's part is known before the function is run."""
    own = Response(200, (("Access-Control-Allow-Origin", OWN),))
    return OWN in (api.finish(request, planned.route, own, stamp).header("access-control-allow-origin") or "")


def _undecodable(exchange: Exchange) -> str:
    response = exchange.response
    coding = undecodable_coding(response.headers, body_of(response, exchange.request.method))
    return "" if coding is None else f"the body is not {coding}, as its Content-Encoding says"


def _tried(
    cell: Cell,
    end: Done | None,
    exchanges: list[Exchange],
    frontends: tuple[Frontend, ...],
    unsent: Exchange | None = None,
) -> Tried:
    """Review what was exchanged; `unsent` is the call that its preflight keeps from being sent."""
    outcome, error = Outcome.NOT_RUN, ""
    match end:
        case None:
            pass
        case Allowed():
            outcome = Outcome.ALLOWED
        case Blocked():
            outcome, error = Outcome.BLOCKED, str(end.error)
        case _:
            outcome, error = Outcome.FAILED, str(end.error)
    made = [with_redirect(one, reversed(exchanges[:index])) for index, one in enumerate(exchanges)]
    if isinstance(end, Blocked):
        # What passes is held against its preflight by the cells with credentials, which are tried too.
        made = list(map(EarlierPreflights().with_preflight, made))
    found = [one for exchange in made for one in review(exchange, frontends, cell.call.credentials).findings]
    if isinstance(end, Blocked) and all(one.severity is not Severity.ERROR for one in found):
        found.append(Finding("cors-blocked", Severity.ERROR, Layer.BROWSER, BrowserText(end.message)))
    if unsent is not None:
        behind = review(unsent, frontends, cell.call.credentials)
        if cell.kind not in ERRORS or not isinstance(behind.verdict, Allowed):
            found += (_beyond(one, unsent) for one in behind.findings)
    status = exchanges[-1].response.status if exchanges else None
    counted = tuple(_counted(cell, found, outcome))
    if cell.expect:
        counted = _as_expected(cell.expect, outcome, error, counted)
    return Tried(cell, outcome, error, status, counted)


def _beyond(found: Finding, unsent: Exchange) -> Finding:
    """Say of a finding that it stands behind a preflight that is blocked already."""
    behind = f"no browser sends this {unsent.request.method} before its preflight passes; then the page meets this"
    return replace(found, evidence=(behind, *found.evidence))


def _as_expected(expected: str, outcome: Outcome, error: str, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Compare a recorded call with what is expected of it: what blocks a call that is to be blocked is no fault, and
    what blocks one that is to pass explains itself, as does what lets one in that is to be blocked. What is not known
    yet is held against none that is to be blocked."""
    if outcome is Outcome.NOT_RUN:
        return found if expected == "allowed" else ()
    if outcome is Outcome.BLOCKED and expected in ("blocked", error):
        return ()
    explained = any(one.severity is Severity.ERROR for one in found)
    if expected == "allowed" and (outcome is Outcome.ALLOWED or explained):
        return found
    came = f"{outcome} ({error})" if error else outcome
    message = f"`checks` expects of this call: {expected}. It is {came}."
    if outcome is Outcome.ALLOWED and expected != "allowed" and (why := [one for one in found if one.name in LETS_IN]):
        first, *others = why
        return (replace(first, severity=Severity.ERROR, evidence=(message, *first.evidence)), *others)
    because = f"If that is right, write `expect: {error or outcome}`; else mend the policy until it is as expected."
    fix = Fix() if outcome is Outcome.FAILED else Fix(because=because)
    return (Finding(UNEXPECTED, Severity.ERROR, Layer.BROWSER, message, fix=fix),)


def _counted(cell: Cell, found: Iterable[Finding], outcome: Outcome) -> Iterable[Finding]:
    """Yield the findings that count for the cell, each with a fix of its own; as a note where nothing says that it is
    needed."""
    if cell.kind in ERRORS and outcome is Outcome.ALLOWED:
        return  # an error that the page can read
    known: set[tuple[str, Fix]] = set()
    for one in found:
        if _counts(cell, one.name) and (one.name, one.fix) not in known:
            known.add((one.name, one.fix))
            yield _for_cell(cell, one)


def _counts(cell: Cell, name: str) -> bool:
    if cell.probes:
        return name in OF_TRUST
    return name not in OF_THIS_MACHINE and (cell.kind is not Kind.SIMPLE or name not in OF_A_MODE)


def _for_cell(cell: Cell, one: Finding) -> Finding:
    if cell.needed:
        return replace(one, severity=Severity.NOTE, message=f"{cell.needed}: {one.message}")
    one = replace(one, fix=_against_strangers(one.fix)) if cell.probes else one
    if cell.kind in LOOSE and one.name == "origin-echoed":
        function = one.message.partition(" let in ")[0]
        return replace(one, message=f"{function} let in {cell.origin}, which {LOOSE[cell.kind]}.")
    return one


def _against_strangers(fix: Fix) -> Fix:
    """Leave of a fix what keeps a page out that is none of the user's: there is nothing to declare or to serve
    otherwise, and the user's own pages need the function's headers."""
    mended = (
        CompareOrigin(change.function) if isinstance(change, RemoveHeaders) else change
        for change in fix.changes
        if not isinstance(change, ServePage)
    )
    return replace(fix, changes=tuple(mended), instead=())
