"""Findings by cause: once each, the worst first, at a line."""

from dataclasses import replace

from checks.made import PAGE, SHOP, caused, every, http, rest
from emulator.aws.product import Layer
from emulator.browser.call import Call
from emulator.checks.cell import Cell, Kind, Outcome, Tried
from emulator.deployment import Frontend, Place
from emulator.findings.changes import CallUrl, MendHandler, ReturnHeaders
from emulator.findings.finding import Finding, Severity
from emulator.findings.fix import Fix

LISTED = Place("emulator.yaml", 7)
ROUTE = Place("emulator.yaml", 11)
HANDLER = Place("emulator.yaml", 20)
PLACES = {
    ("api", "shop", "cors", "allowMethods"): LISTED,
    ("api", "shop", "route", "GET /a"): ROUTE,
    ("function", "f", "handler"): HANDLER,
}


def found(name: str, severity: Severity = Severity.ERROR, fix: Fix | None = None, kind: Kind = Kind.SIMPLE) -> Tried:
    cell = Cell("shop", "GET /a", PAGE, kind, Call("http://localhost:3000/a"))
    finding = Finding(name, severity, Layer.FUNCTION, f"{name} happened", (kind,), fix or Fix())
    return Tried(cell, Outcome.BLOCKED, "InvalidResponse", 200, (finding,))


def test_one_line_to_change_is_one_cause() -> None:
    api = http("PUT /a", "PATCH /b", allow_origins=(PAGE,), allow_methods=("GET",), allow_headers=("content-type",))
    (cause, *_) = caused(every(api), PLACES)
    assert (cause.name, cause.subject, cause.place) == ("method-not-allowed", "shop cors.allowMethods", LISTED)
    assert cause.key == "method-not-allowed: shop cors.allowMethods"
    assert cause.fix == "Add PUT, PATCH to `cors.allowMethods` of 'shop' (now [GET]) (emulator.yaml:7)."
    assert [str(cell) for cell in cause.cells] == [
        f"shop PUT /a (simple) from {PAGE}",
        f"shop PUT /a (json) from {PAGE}",
        f"shop PATCH /b (simple) from {PAGE}",
        f"shop PATCH /b (json) from {PAGE}",
    ]


def test_a_note_of_the_same_cause_is_left_out() -> None:
    """The call with Authorization lacks the OPTIONS method too."""
    (cause,) = caused(every(rest("PUT /a"), (Frontend(PAGE, "omit"),)))
    assert (cause.name, cause.severity) == ("missing-options-route", Severity.ERROR)
    assert {cell.kind for cell in cause.cells} == {Kind.SIMPLE, Kind.JSON}


def test_the_worst_is_first_and_then_what_hits_most() -> None:
    many = [found("many", kind=kind) for kind in (Kind.SIMPLE, Kind.JSON)]
    told = caused([found("note", Severity.NOTE), found("warning", Severity.WARNING), found("once"), *many])
    assert [cause.name for cause in told] == ["many", "once", "warning", "note"]


def test_evidence_is_told_of_all_calls_that_one_fix_mends() -> None:
    fix = Fix((MendHandler("f"),))
    (mended,) = caused([found("x", fix=fix), found("x", fix=fix, kind=Kind.JSON)])
    assert mended.evidence == ("simple", "json")


def test_places() -> None:
    told = caused(
        [found("code", fix=Fix((MendHandler("f"),))), found("page", fix=Fix((CallUrl("http://x/"),))), found("none")],
        PLACES,
    )
    assert {cause.name: cause.place for cause in told} == {"code": HANDLER, "page": ROUTE, "none": ROUTE}
    assert [cause.place for cause in caused([found("none")])] == [None]
    assert [cause.subject for cause in caused([found("none")])] == ["shop GET /a"]


def test_each_recorded_call_that_comes_to_something_else_is_a_cause_of_its_own() -> None:
    one = found("unexpected-outcome", kind=Kind.RECORDED)
    records = [
        replace(one, cell=replace(one.cell, expect=expect, check=index))
        for index, expect in enumerate(("blocked", "allowed"))
    ]
    places = {("check", index): Place("emulator.yaml", 30 + index) for index in range(2)}
    assert {cause.subject: cause.place for cause in caused(records, places)} == {
        f"shop GET /a from {PAGE}, expect blocked": Place("emulator.yaml", 30),
        f"shop GET /a from {PAGE}, expect allowed": Place("emulator.yaml", 31),
    }


def test_nothing_is_wrong_with_what_is_right() -> None:
    api = http("GET /a", allow_origins=(PAGE,), allow_headers=("authorization",))
    assert not caused(every(api, (Frontend(PAGE, "omit"),)))
    assert [cause.name for cause in caused(every(api, SHOP))] == ["credentials-not-allowed"]


def test_a_fix_for_one_page_keeps_the_others() -> None:
    """Of the two pages that are tried, one is let in already."""
    fix = Fix((ReturnHeaders("f", (("Access-Control-Allow-Origin", PAGE),)),))
    one = found("x", fix=fix)
    passes = Tried(replace(one.cell, origin="https://other.example"), Outcome.ALLOWED)
    strangers = Tried(replace(one.cell, origin="null", probes=True), Outcome.BLOCKED)
    recorded = Tried(replace(one.cell, origin="https://evil.example", check=0), Outcome.BLOCKED)
    (cause,) = caused([one, passes, strangers, recorded])
    assert f"Access-Control-Allow-Origin: {PAGE} or https://other.example" in cause.fix
    assert cause.merged.changes != fix.changes
