"""CORS as a browser enforces it, for a client that is none: the preflight that it would make first, the check of the
answer, and a 403 in place of what no page would get. Does no IO of its own."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from emulator.aws.api import Api
from emulator.aws.product import Stamp
from emulator.browser.observe import is_blocked
from emulator.browser.verdict import Blocked
from emulator.browser.would_preflight import is_plain, preflight_of
from emulator.deployment import Frontend
from emulator.exchange import Earlier, Enforced, Exchange
from emulator.findings.earlier_preflights import preflight_answer_of
from emulator.findings.finding import Finding, Review, Severity
from emulator.findings.fix import Fix
from emulator.findings.origin_reads import OriginReads, with_origin_read
from emulator.findings.review import enforced_mode, review, review_enforced
from emulator.messages import Request, Response

VERDICT = "x-emulator-cors"
"""The response header that tells the verdict: `allowed`, or `blocked; error=<CorsError>; layer=<layer>`."""

BROKEN_RULES = "https://fetch.spec.whatwg.org/#http-cors-protocol"
"""The type of a block, as problem details name it (RFC 9457, 3.1.1)."""

HINT = (
    "No page of this origin would get this answer. To see what the API itself answers: emulate serve --no-enforce, or "
    "`enforce: false` on the API."
)


@dataclass(frozen=True, slots=True)
class Enforcement:
    """The browser's part in calls to `api` by clients that are no browser. `handle` serves a request, `new_stamp` makes
    a stamp, `observe` is called with each preflight that is made here, `words` say a fix, and `reads` tell where a
    function's code reads Origin by a name that is not in lower case."""

    api: Api
    frontends: tuple[Frontend, ...]
    handle: Callable[[Request, Stamp], Awaitable[Exchange]]
    new_stamp: Callable[[], Stamp]
    observe: Callable[[Exchange], None]
    words: Callable[[Fix], str]
    reads: OriginReads

    async def answer(self, request: Request) -> tuple[Exchange, Response]:
        """Serve a request as far as a browser would send it; return its exchange and what goes out, which is a 403
        where a browser would block. A preflight that the client has made itself is judged and goes out as it is."""
        mode = enforced_mode(request, self.api, self.frontends)
        if request.is_preflight:
            exchange = await self.handle(request, self.new_stamp())
            known = with_origin_read(exchange, self.reads)
            return exchange, with_verdict(exchange.response, told(review(known, self.frontends, mode)))

        asked, earlier = None if is_plain(request) else preflight_of(request, mode), None
        if asked is not None:
            preflight = replace(await self.handle(asked, self.new_stamp()), made_for=request)
            self.observe(preflight)
            if is_blocked(asked, preflight.response, mode):
                preflight = with_origin_read(preflight, self.reads)
                response = self._refuse(preflight)
                unsent = Exchange(self.api, request, self.new_stamp(), None, None, Enforced(preflight), response)
                return unsent, response
            earlier = Earlier(preflight_answer_of(preflight))

        exchange = await self.handle(request, self.new_stamp())
        if is_blocked(request, exchange.response, mode):
            exchange = with_origin_read(exchange, self.reads)
            response = self._refuse(replace(exchange, earlier=earlier))
            return replace(exchange, outcome=Enforced(exchange), response=response), response
        return exchange, with_verdict(exchange.response, "allowed")

    def _refuse(self, blocked: Exchange) -> Response:
        """Make the answer that goes out in the API's stead, as problem details (RFC 9457): the browser's words, the
        first finding and its fix, what the API itself answered, and all findings that are errors, the cause before its
        consequences."""
        reviewed, answer = review_enforced(Enforced(blocked), self.frontends), blocked.response
        verdict, finding = reviewed.verdict, reviewed.findings[0]
        assert isinstance(verdict, Blocked)  # noqa: S101  else nothing is refused
        errors = [one for one in reviewed.findings if one.severity is Severity.ERROR]
        others = {one.message: one.name for one in errors if one.message != verdict.message}
        problem = {
            "type": BROKEN_RULES,
            "title": "A browser blocks this call by CORS",
            "status": 403,
            "detail": "\n".join([verdict.message, *(f"{name}: {message}" for message, name in others.items())]),
            "error": verdict.error,
            "layer": finding.layer,
            "finding": finding.name,
            "evidence": finding.evidence,
            "fix": self.words(finding.fix) or None,
            "original": {
                "method": blocked.request.method,
                "status": answer.status,
                "headers": [f"{name}: {value}" for name, value in answer.headers],
            },
            "hint": HINT,
            "findings": [self._told(one) for one in errors],
        }
        headers = (("content-type", "application/problem+json"),)
        return with_verdict(Response(403, headers, f"{json.dumps(problem, indent=2)}\n".encode()), told(reviewed))

    def _told(self, finding: Finding) -> dict[str, Any]:
        """Make a finding's object, with the fields that `--log-format json` has too."""
        return {
            "name": finding.name,
            "severity": finding.severity,
            "layer": finding.layer,
            "message": finding.message,
            "evidence": finding.evidence,
            "fix": self.words(finding.fix) or None,
        }


def told(reviewed: Review) -> str:
    """Say a verdict in one line of ASCII."""
    if not isinstance(reviewed.verdict, Blocked):
        return "allowed"
    return f"blocked; error={reviewed.verdict.error}; layer={reviewed.findings[0].layer}"


def with_verdict(response: Response, verdict: str) -> Response:
    """Return the response with its verdict in a header."""
    return Response(response.status, (*response.headers, (VERDICT, verdict)), response.body)
