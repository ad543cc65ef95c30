"""The page on this machine whose production origin is declared: it may stand in for that, and nobody lists localhost in
a policy that will be deployed."""

from dataclasses import replace

from emulator.browser.url import is_loopback, parse_url
from emulator.findings.changes import DeclareFrontend
from emulator.findings.facts import lets_in
from emulator.findings.finding import Case
from emulator.findings.other_calls import from_origin

HELD = "The page here is then held to the policy of production, which needs no entry for this machine."


def standing_in(case: Case) -> tuple[DeclareFrontend, Case] | None:
    """Let the page of a case stand in for a production origin, for one that is let in already where there is such;
    return the change, and the case as that origin's. None where the page is not on this machine or is a frontend's of
    its own, or where no production origin is declared."""
    page = parse_url(case.origin)
    is_declared = any(case.origin in (one.origin, *one.dev) for one in case.frontends)
    if page is None or not is_loopback(page.host) or is_declared:
        return None
    candidates = [of_origin(case, one.origin) for one in case.frontends if is_production(one.origin)]
    if not candidates:
        return None
    chosen = next(filter(_is_let_in, candidates), candidates[0])
    return DeclareFrontend(chosen.origin, dev=case.origin), chosen


def is_production(origin: str) -> bool:
    """Tell whether an origin is one of the web, and not of this machine."""
    url = parse_url(origin)
    return url is not None and url.is_http and not is_loopback(url.host)


def of_origin(case: Case, origin: str) -> Case:
    """Make the case one of a page of `origin`, with the answer as it is."""
    return replace(case, exchange=replace(case.exchange, request=from_origin(case.request, origin)))


def _is_let_in(case: Case) -> bool:
    """Tell whether the gateway lets the page in or, where it leaves that to the function, the answer does."""
    if case.cors is not None:
        return lets_in(case)
    return case.exchange.response.header("access-control-allow-origin") == case.origin
