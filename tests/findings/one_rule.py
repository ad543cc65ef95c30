"""The tests of one rule: a module of tests/findings/rules imports both, and holds RULE, FOUND and NOT_FOUND."""

from dataclasses import replace
from typing import Any

from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.exchange import Exchange
from emulator.findings.finding import Case, Finding, Rule
from emulator.findings.review import review
from findings.before import exchanged_after
from findings.examples import Example


def test_found(example: Example, rule: Rule) -> None:
    finding = found(example, rule)
    assert finding is not None
    assert (finding.layer, finding.fix.changes) == (example.layer, example.changes)
    assert finding.message
    assert example.says in " ".join((finding.message, *finding.evidence, finding.fix.because))


def test_not_found(example: Example, rule: Rule) -> None:
    assert found(example, rule) is None
    exchange = made(example)
    mode = example.credentials or Credentials.SAME_ORIGIN
    verdict = judge(exchange.request, exchange.response, mode)
    assert rule.finding(Case(exchange, verdict, mode, example.frontends)) is None


def found(example: Example, rule: Rule) -> Finding | None:
    """What a review of the example says by the name of the rule; at most once."""
    reviewed = review(made(example), example.frontends, example.credentials)
    told = [finding for finding in reviewed.findings if finding.name == rule.name]
    assert len(told) < 2
    return told[0] if told else None


def made(example: Example) -> Exchange:
    """The exchange that it is about."""
    exchange = exchanged_after(example.earlier, example.api, example.request, example.result, example.frontends)
    return replace(exchange, other_answer=example.other, origin_read=example.origin_read)


def generate(metafunc: Any) -> None:
    """Parametrize both tests with the examples of their module."""
    module = metafunc.module
    examples = {"test_found": "FOUND", "test_not_found": "NOT_FOUND"}.get(metafunc.function.__name__)
    if examples is not None and hasattr(module, examples):
        cases = [(example, module.RULE) for example in getattr(module, examples)]
        metafunc.parametrize(("example", "rule"), cases, ids=[example.name for example, _ in cases])
