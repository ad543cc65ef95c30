"""What becomes of one call, told step by step: the browser model asks, the gateway answers what it can, and what only a
function can answer is asked of the caller. Pure.

    talk = conversation(cell, apis, frontends, stamp)
    api, request = next(talk)                     # a function is to be run
    api, request = talk.send(exchange)            # and again, until StopIteration carries the Tried
"""

from collections.abc import Generator, Iterable, Mapping
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
from emulator.findings.finding import Finding, Severity
from emulator.findings.review import review
from emulator.gateway import Planned
from emulator.messages import Request, Response

OF_THIS_MACHINE = frozenset({"local-network-access", "mixed-content", "third-party-cookies"})
"""The findings that speak of the address at which an API is served here, and not of what is deployed."""

OF_TRUST = frozenset({"any-origin-with-credentials", "http-origin-allowed", "null-origin-allowed", "origin-echoed"})
"""The findings of a call that should be blocked and is not."""

LOOSE = {
    Kind.ORIGIN_AS_PREFIX: "begins like the real one, and anyone can own such a name",
    Kind.ORIGIN_AS_SUFFIX: "ends like the real one, and anyone can own such a name",
    Kind.OTHER_SCHEME: "has another scheme than the real one: over http anyone on the network can answer for it",
}
"""What an origin shows that is let in although it only looks like the real one."""

Asking = tuple[Api, Request]
Talk = Generator[Asking, Exchange, Tried]


def conversation(cell: Cell, apis: Mapping[int, Api], frontends: tuple[Frontend, ...], stamp: Stamp) -> Talk:
    """Make the call of a cell; yield what needs a function to be run: a preflight, and the call itself where the cell
    lets it be run. `apis` are by port."""
    fetch = Fetch(cell.call, Page(cell.origin), UserAgent())
    step, exchanges = fetch.start(), list[Exchange]()
    while isinstance(step, Send):
        at = addressed(step, apis)
        if at is None:  # a redirect to elsewhere
            return _tried(cell, None, exchanges, frontends)
        foreseen = gateway.foresee(*at, stamp)
        if isinstance(foreseen, Planned):
            answered = (yield at) if step.is_preflight or cell.runs else assumed(*at, stamp, foreseen)
            if answered is None:
                return _tried(cell, None, exchanges, frontends)
            foreseen = answered
        exchanges.append(foreseen)
        step = fetch.receive(foreseen.response, _undecodable(foreseen))
    return _tried(cell, step, exchanges, frontends)


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


def _undecodable(exchange: Exchange) -> str:
    response = exchange.response
    coding = undecodable_coding(response.headers, body_of(response, exchange.request.method))
    return "" if coding is None else f"the body is not {coding}, as its Content-Encoding says"


def _tried(cell: Cell, end: Done | None, exchanges: list[Exchange], frontends: tuple[Frontend, ...]) -> Tried:
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
    found = [one for item in exchanges for one in review(item, frontends, cell.call.credentials).findings]
    if isinstance(end, Blocked) and all(one.severity is not Severity.ERROR for one in found):
        found.append(Finding("cors-blocked", Severity.ERROR, Layer.BROWSER, end.message))
    status = exchanges[-1].response.status if exchanges else None
    return Tried(cell, outcome, error, status, tuple(_counted(cell, found, outcome)))


def _counted(cell: Cell, found: Iterable[Finding], outcome: Outcome) -> Iterable[Finding]:
    """Yield the findings that count for the cell, each name once; as a note where nothing says that it is needed."""
    if cell.kind is Kind.MISSING_BODY and outcome is Outcome.ALLOWED:
        return  # an error that the page can read
    named: set[str] = set()
    for one in found:
        counts = one.name in OF_TRUST if cell.probes else one.name not in OF_THIS_MACHINE
        if counts and one.name not in named:
            named.add(one.name)
            yield _for_cell(cell, one)


def _for_cell(cell: Cell, one: Finding) -> Finding:
    if cell.needed:
        return replace(one, severity=Severity.NOTE, message=f"{cell.needed}: {one.message}")
    if cell.kind in LOOSE:
        function = one.message.partition(" let in ")[0]
        return replace(one, message=f"{function} let in {cell.origin}, which {LOOSE[cell.kind]}.")
    return one
