"""The report a person reads."""

from dataclasses import replace

from checks.made import PAGE, http, reported, rest, url
from emulator.checks.report import Report
from emulator.checks.text import last_line, text
from emulator.deployment import Frontend, Place

PLACES = {("api", "orders", "routes"): Place("emulator.yaml", 7)}
PAGES = (Frontend(PAGE, "omit"), Frontend("http://localhost:5173", "omit"))


def plain(value: str, colour: str) -> str:
    return value


def tagged(value: str, colour: str) -> str:
    return f"<{colour}>{value}</>"


def shown(report: Report) -> str:
    return text(report, plain, 100)


def test_a_report() -> None:
    assert shown(reported(rest("PUT /a", "GET /b"), PAGES, PLACES)) == (
        """\
error: missing-options-route [gateway]  emulator.yaml:7  4 calls
  Fix: Add `OPTIONS /a: <function>` to `routes` of 'orders', with a function that answers
       Access-Control-Allow-Origin: https://shop.example.com or http://localhost:5173,
       Access-Control-Allow-Methods: PUT, Access-Control-Allow-Headers: content-type
       (emulator.yaml:7). A REST API answers no preflight by itself.
  Access to fetch at 'http://localhost:3000/dev/a' from origin 'https://shop.example.com' has been
  blocked by CORS policy: Response to preflight request doesn't pass access control check: No
  'Access-Control-Allow-Origin' header is present on the requested resource.
  - the gateway answered 403: no resource has the method OPTIONS for /a
  > orders PUT /a (simple, json) from 2 origins

note: missing-options-route [gateway]  emulator.yaml:7  2 calls
  If a page sends Authorization: Add `OPTIONS /b: <function>` to `routes` of 'orders', with a
  function that answers Access-Control-Allow-Origin: https://shop.example.com or
  http://localhost:5173, Access-Control-Allow-Methods: GET, Access-Control-Allow-Headers:
  authorization (emulator.yaml:7). A REST API answers no preflight by itself.

2 calls passed the gateway to a function that was not run; --invoke runs those of GET
More of each by its name: emulate explain missing-options-route
FAILED  1 error, 1 note in 10 calls
"""
    )


def test_nothing_found() -> None:
    sound = reported(http("GET /a", allow_origins=(PAGE,), allow_headers=("authorization",)), PAGES[:1])
    assert shown(sound) == "PASSED  nothing found in 2 calls\n"


def test_many_routes_are_counted() -> None:
    api = http(*(f"GET /{name}" for name in "abcdef"), allow_origins=("https://other.example",))
    lines = shown(reported(api, PAGES[:1])).splitlines()
    assert [line for line in lines if line.startswith("  >")] == [
        *[f"  > shop GET /{name} (simple) from {PAGE}" for name in "abcd"],
        "  > and 2 routes more",
    ]


def test_many_facts_are_counted() -> None:
    report = reported(rest("PUT /a"), PAGES[:1])
    facts = replace(report, causes=(replace(report.causes[0], evidence=tuple("abcde")),))
    assert [line for line in shown(facts).splitlines() if line.startswith("  - ")] == [
        *[f"  - {fact}" for fact in "abcd"],
        "  - and 1 fact more",
    ]


def test_what_was_left_out_and_not_run() -> None:
    report = replace(reported(rest("GET /b"), PAGES[:1]), known=3, invoked=True)
    assert shown(report).splitlines()[-3:] == [
        "3 findings of the baseline left out",
        "1 call passed the gateway to a function that was not run, for it may change something",
        "PASSED  1 note in 2 calls",
    ]


def test_conditions_of_a_note_are_counted() -> None:
    api = url(allow_origins=(PAGE,))
    notes = [line for line in shown(reported(api, PAGES[:1])).splitlines() if line.startswith("  If")]
    assert notes
    assert notes[0].startswith("  If a page calls with PUT, ...: Add PUT, PATCH, DELETE to `cors.allowMethods`")


def test_a_note_for_any_call_is_told_without_the_conditions_of_others() -> None:
    report = reported(rest("GET /b"), PAGES[:1])
    cell = report.causes[0].cells[0]
    both = replace(report, causes=(replace(report.causes[0], cells=(cell, replace(cell, needed=""))),))
    assert shown(report).splitlines()[1].startswith("  If a page sends Authorization: Add `OPTIONS /b")
    assert shown(both).splitlines()[1].startswith("  Add `OPTIONS /b")


def test_a_cause_without_a_fix_or_a_place() -> None:
    report = reported(rest("GET /b"), PAGES[:1])
    bare = replace(report, causes=(replace(report.causes[0], fix="", message="It happened."),))
    assert shown(bare).splitlines()[:2] == ["note: missing-options-route [gateway]  1 call", "  It happened."]


def test_colours() -> None:
    assert last_line(reported(rest("PUT /a")), tagged) == "<red>FAILED  1 error in 4 calls</>"
    assert last_line(reported(rest("OPTIONS /a")), tagged) == "<green>PASSED  nothing found in 0 calls</>"
