"""Where the model and a browser differ about one case."""

from dataclasses import dataclass

from differential.cases import Case
from differential.observation import Observation, Outcome

VERDICT = frozenset({"outcome", "type", "status"})
READABLE = frozenset({"headers"})
TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Difference:
    """`aspects` names what differs: "outcome", "type", "status", "headers", "url", "redirected", "requests",
    "request-headers", "exception", "errors", "texts"."""

    case: Case
    browser: Observation
    model: Observation
    aspects: frozenset[str]


def difference(case: Case, browser: Observation, model: Observation) -> Difference | None:
    """None when both say the same in every respect."""
    if browser == model:
        return None
    aspects = set()
    for seen, modelled in zip(browser.outcomes, model.outcomes, strict=True):
        aspects |= _outcome_aspects(seen, modelled)
    if _sent(browser) != _sent(model):
        aspects.add("requests")
    elif browser.requests != model.requests:
        aspects.add("request-headers")
    if browser.errors != model.errors:
        aspects.add("errors")
    if browser.texts != model.texts:
        aspects.add(TEXTS)
    return Difference(case, browser, model, frozenset(aspects))


def _outcome_aspects(seen: Outcome, modelled: Outcome) -> set[str]:
    if seen.kind != modelled.kind:
        return {"outcome"}
    pairs = {
        "type": (seen.type, modelled.type),
        "status": (seen.status, modelled.status),
        "headers": (seen.headers, modelled.headers),
        "url": (seen.url, modelled.url),
        "redirected": (seen.redirected, modelled.redirected),
        "exception": (seen.exception, modelled.exception),
    }
    return {name for name, (left, right) in pairs.items() if left != right}


def _sent(observation: Observation) -> list[tuple[str, str, str]]:
    return [(request.host, request.method, request.path) for request in observation.requests]
