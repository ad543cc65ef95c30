"""A case's own words, and what a rule's finding is made of."""

from dataclasses import replace

from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.browser.verdict import Blocked, CorsErrorName
from emulator.findings.changes import RemoveHeaders
from emulator.findings.finding import Case, Found, Rule, Severity, applied
from emulator.findings.fix import Fix
from emulator.findings.mapping_changes import UnmapHeaders
from findings.examples import LISTED, PAGE, REST, answers, call, preflight, with_mock
from serving.exchanges import exchanged

EXCHANGE = exchanged(REST, preflight("GET", "/dev/y"), answers(404))
VERDICT = judge(EXCHANGE.request, EXCHANGE.response, Credentials.SAME_ORIGIN)
CASE = Case(EXCHANGE, VERDICT)
ALLOWED = Case(exchanged(LISTED, call(), answers()))


def test_what_a_case_says_of_its_exchange() -> None:
    assert (CASE.api, CASE.request, CASE.status, CASE.origin, CASE.function) == (REST, EXCHANGE.request, 404, PAGE, "f")
    assert (CASE.cors, CASE.policy_layer) == (None, Layer.FUNCTION)
    assert (ALLOWED.cors, ALLOWED.policy_layer) == (LISTED.cors, Layer.GATEWAY)
    nobody = Case(exchanged(REST, call(path="/nowhere", origin=""), answers()))
    assert (nobody.origin, nobody.function) == ("", "")


def test_a_failure_has_one_name_for_both_kinds_of_answers() -> None:
    assert isinstance(CASE.blocked, Blocked)
    assert CASE.blocked.error is CorsErrorName.PREFLIGHT_MISSING_ALLOW_ORIGIN_HEADER
    assert CASE.plain_error is CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER
    assert (ALLOWED.blocked, ALLOWED.plain_error) == (None, None)


def rule(name: str, found: Found | None) -> Rule:
    return Rule(name, Severity.WARNING, lambda case: found)


def test_a_finding_is_named_and_graded_by_its_rule() -> None:
    (found,) = applied((rule("a", Found(Layer.GATEWAY, "It is so.", ("a fact",))),), ALLOWED)
    assert (found.name, found.severity, found.layer) == ("a", Severity.WARNING, Layer.GATEWAY)
    assert (found.message, found.evidence, found.fix.changes) == ("It is so.", ("a fact",), ())


def test_a_rule_may_grade_otherwise() -> None:
    (found,) = applied((rule("a", Found(Layer.GATEWAY, "So.", severity=Severity.NOTE)),), ALLOWED)
    assert found.severity is Severity.NOTE


def test_what_a_mock_answered_is_mended_in_the_gateway() -> None:
    case = Case(exchanged(with_mock(), preflight(path="/dev/m"), answers()))
    rule = Rule("a-rule", Severity.WARNING, lambda _: Found(Layer.FUNCTION, fix=Fix((RemoveHeaders("", "Vary"),))))
    finding = rule.finding(case)
    assert finding is not None
    unmapped = UnmapHeaders("orders", "OPTIONS /m", "default", "Vary")
    assert (case.policy_layer, finding.layer, finding.fix) == (Layer.GATEWAY, Layer.GATEWAY, Fix((unmapped,)))
    page = Rule("a-rule", Severity.WARNING, lambda _: Found(Layer.BROWSER)).finding(case)
    assert page is not None
    assert page.layer is Layer.BROWSER


def test_without_a_message_the_browser_speaks() -> None:
    (found,) = applied((rule("a", Found(Layer.GATEWAY)),), CASE)
    assert found.message.startswith("Access to fetch at 'http://127.0.0.1:3000/dev/y' from origin")
    (silent,) = applied((rule("a", Found(Layer.GATEWAY)),), replace(CASE, verdict=None))
    assert silent.message == ""


def test_rules_are_asked_in_their_order() -> None:
    rules = (rule("a", None), rule("b", Found(Layer.GATEWAY, "b")), rule("c", Found(Layer.GATEWAY, "c")))
    assert [found.name for found in applied(rules, ALLOWED)] == ["b", "c"]
