"""A case under way, as its API sees it: which answer comes next. The same for a real browser and for the model."""

from collections import Counter
from dataclasses import replace

from differential.cases import Case, Origins
from differential.observation import Pairs, Received

BODYLESS_STATUSES = frozenset({204, 205, 304})
BODY = b"answer"


class LiveCase:
    """A case being run, with what came in for it so far."""

    def __init__(self, case: Case, origins: Origins) -> None:
        self.requests: list[Received] = []
        self._case = case
        self._origins = origins
        self._counts: Counter[tuple[int, bool]] = Counter()

    def respond(self, request: Received) -> tuple[int, Pairs]:
        """Status and header lines as they go over the wire."""
        self.requests.append(self._with_own_cookies(request))
        resource = request.path.partition("?")[0].rpartition("/")[2]
        if not resource.isdigit() or int(resource) >= len(self._case.resources):
            return 404, (("Content-Length", f" {len(BODY)}"),)
        key = (int(resource), request.is_preflight)
        earlier = self._counts[key]
        self._counts[key] += 1
        answer = self._case.resources[int(resource)].answer(request.is_preflight, earlier)
        lines = self._origins.lines(self._case, answer)
        if answer.status not in BODYLESS_STATUSES:
            lines = (*lines, ("Content-Length", f" {len(BODY)}"))
        return answer.status, lines

    def _with_own_cookies(self, request: Received) -> Received:
        """Cookies with a short path also go to other cases."""
        headers = []
        for name, value in request.headers:
            own = [cookie for cookie in value.split("; ") if self._case.tag in cookie] if name == "cookie" else [value]
            if own:
                headers.append((name, "; ".join(own)))
        return replace(request, headers=tuple(headers))
