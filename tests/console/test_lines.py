"""Each kind of line of the console: its words, in colour and plain, and nothing that could drive the terminal."""

import dataclasses
import re
from datetime import UTC, timedelta, timezone

import pytest

from emulator.aws.api_mapping import ApiMapping
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.integrations import LambdaProxy
from emulator.aws.product import Layer, Route, Stamp
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.rest_api.rest_api import RestApi
from emulator.browser.modes import ResponseType
from emulator.browser.verdict import (
    Allowed,
    Blocked,
    ConsoleTexts,
    CorsErrorName,
)
from emulator.config.dialects.emulator_yaml import placed
from emulator.console.glance import glance_of
from emulator.console.lines import Lines, repeats_error
from emulator.deployment import Frontend, MappedUrl
from emulator.exchange import Enforced, Exchange, Times
from emulator.findings.changes import DoByHand, MendHandler
from emulator.findings.finding import NOTHING, BrowserText, Finding, RaisedAt, Review, Severity
from emulator.findings.fix import NOTHING_TO_MEND, Fix
from emulator.functions.invocation import FunctionError, FunctionErrorKind, OutputLine, Returned
from emulator.messages import Request, Response
from emulator.terminal import WIDTH
from products import a_method, a_route

HTTP = HttpApi("shop", "abcdef1234", (a_route("GET /items", "items"),))
REST = RestApi("orders", "abcdef1234", (a_method("GET", "/orders", "orders"),), "dev")
URL = FunctionUrl("contact", "abcdef1234", "contact")

STAMP = Stamp(1_700_000_000_000, "11111111-2222-4333-8444-555555555555", "QXXIFgRJ5PgEPNA=", "1-65000000-" + "0" * 24)
PAGE = ("Origin", "http://localhost:5173")
EXCHANGE = Exchange(
    api=HTTP,
    request=Request("GET", "/items", headers=(("Host", "localhost:3000"),), port=3000),
    stamp=STAMP,
    route=Route("GET /items", "/items", (), "/items", "", LambdaProxy("items")),
    result=Returned(b"{}"),
    outcome=Response(200),
    response=Response(200),
    times=Times(perform_ms=1.94),
)
RAISED = FunctionError(
    FunctionErrorKind.HANDLER,
    "ZeroDivisionError",
    "division by zero",
    ('  File "shop.py", line 3, in handler\n    1 / 0\n',),
)
FINDING = Finding(
    "missing-cors-headers",
    Severity.ERROR,
    Layer.FUNCTION,
    "No header.",
    ("it answered 200", "a REST API adds none"),
    Fix((DoByHand("return the header"),)),
)
ALLOWED = Review(Allowed(ResponseType.CORS, 200))
PLAIN = Lines(colour=False)
COLOUR = Lines(colour=True)


def unstyled(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def exchange(*, path: str = "/items", query: str = "", method: str = "GET", status: int = 200) -> Exchange:
    request = dataclasses.replace(EXCHANGE.request, raw_path=path, raw_query=query, method=method)
    return dataclasses.replace(EXCHANGE, request=request, response=Response(status))


def blocked(*findings: Finding) -> Review:
    return Review(Blocked(CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER, ConsoleTexts("c", "f", "s")), findings)


# A request


def test_a_request_is_time_word_status_api_method_target_function_and_duration() -> None:
    assert (
        PLAIN.request(EXCHANGE, glance_of(EXCHANGE, NOTHING))
        == "22:13:20  ok       200  shop GET /items  items, 1.9 ms"
    )


def test_the_time_is_the_users() -> None:
    lines = Lines(colour=False, zone=timezone(timedelta(hours=5, minutes=30)))
    assert lines.request(EXCHANGE, glance_of(EXCHANGE, NOTHING)).startswith("03:43:20 ")


def test_the_query_is_part_of_the_target() -> None:
    assert " GET /items?a=%20b  " in PLAIN.request(exchange(query="a=%20b"), glance_of(EXCHANGE, NOTHING))


def test_no_function_is_no_word() -> None:
    unmatched = dataclasses.replace(EXCHANGE, route=None, result=None, response=Response(404))
    assert PLAIN.request(unmatched, glance_of(unmatched, NOTHING)) == "22:13:20  refused  404  shop GET /items  1.9 ms"


PREFLIGHT = dataclasses.replace(
    EXCHANGE,
    request=Request("OPTIONS", "/items", headers=(PAGE, ("Access-Control-Request-Method", "PUT"))),
    response=Response(204),
)
FOLLOWED = "22:13:20  ok       200  shop GET /items  items, 1.9 ms, after its preflight"


def test_a_preflight_that_has_no_line_is_named_by_its_requests() -> None:
    assert PLAIN.request(EXCHANGE, glance_of(EXCHANGE, ALLOWED), follows_preflight=True) == FOLLOWED


def test_what_was_told_before_stands_for_the_findings() -> None:
    line = PLAIN.request(EXCHANGE, glance_of(EXCHANGE, blocked(FINDING)), again="again (3 x) missing-cors-headers")
    assert line == "22:13:20  BLOCKED  200  shop GET /items  again (3 x) missing-cors-headers"


def fitted(columns: int, seen: Exchange, review: Review = ALLOWED) -> str:
    return Lines(colour=False, columns=lambda: columns, is_fitted=True).request(seen, glance_of(seen, review))


LONG = exchange(path="/a/very/long/path/of/many/segments/that/ends/in/an/identifier/0123456789")


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_a_line_is_as_wide_as_the_terminal_at_most(columns: int) -> None:
    assert len(fitted(columns, LONG)) == min(columns, len(PLAIN.request(LONG, glance_of(LONG, ALLOWED))))


def test_a_long_path_loses_its_middle_and_the_line_what_others_say_too() -> None:
    assert fitted(80, LONG) == "22:13:20  ok       200  shop GET /a/very/long/path/o…entifier/0123456789  1.9 ms"
    assert fitted(80, EXCHANGE) == PLAIN.request(EXCHANGE, glance_of(EXCHANGE, ALLOWED))


def test_where_there_is_no_room_what_was_told_before_is_its_count_and_name() -> None:
    lines = Lines(colour=False, columns=lambda: 80, is_fitted=True)
    shown = lines.request(LONG, glance_of(LONG, blocked(FINDING)), again="again (3 x) missing-cors-headers")
    assert shown == "22:13:20  BLOCKED  200  shop GET /a/very/l…123456789  (3 x) missing-cors-headers"


def test_a_pipe_gets_the_whole_path() -> None:
    assert LONG.request.raw_path in PLAIN.request(LONG, glance_of(LONG, ALLOWED))


def test_why_a_client_got_403() -> None:
    made = dataclasses.replace(PREFLIGHT, made_for=EXCHANGE.request)
    why = "to curl and others, 403 stands for a block (--no-enforce)"
    assert PLAIN.enforced(Enforced(EXCHANGE)) == [f"          the API answered 200; {why}"]
    assert (
        " ".join(map(str.strip, PLAIN.enforced(Enforced(made))))
        == f"not sent, as its preflight above is blocked; {why}"
    )
    narrow = Lines(colour=False, columns=lambda: 80)
    assert max(map(len, narrow.enforced(Enforced(made)))) <= 80


CONTROLS = [
    pytest.param("/\x1b]0;title\x07", "/\\x1b]0;title\\x07", id="escape"),
    pytest.param("/a\rb", "/a\\rb", id="carriage-return"),
    pytest.param("/\x9b31m", "/\\x9b31m", id="c1"),
    pytest.param("/\u202egnp", "/\\u202egnp", id="right-to-left-override"),
    pytest.param("/a\u200bb", "/a\\u200bb", id="zero-width"),
    pytest.param("/café", "/café", id="letters-stay"),
]


@pytest.mark.parametrize(("path", "shown"), CONTROLS)
@pytest.mark.parametrize("lines", [PLAIN, COLOUR], ids=["plain", "colour"])
def test_control_characters_of_a_path_do_not_reach_the_terminal(lines: Lines, path: str, shown: str) -> None:
    line = lines.request(exchange(path=path), glance_of(EXCHANGE, NOTHING))
    assert f" {shown}  " in unstyled(line)


# Beneath a request


def test_a_finding_that_stands_alone_has_a_head_fix_reasons_and_its_page() -> None:
    assert PLAIN.finding(FINDING) == [
        "          error: missing-cors-headers [function]",
        "          fix   Return the header.",
        "          since No header.",
        "                it answered 200",
        "                a REST API adds none",
        "          emulate explain missing-cors-headers",
    ]


def test_the_first_finding_is_what_the_requests_line_is_about_and_the_browsers_words_come_last() -> None:
    said = "Access to fetch at 'u' from origin 'o' has been blocked by CORS policy: No header is present."
    first = dataclasses.replace(FINDING, message=BrowserText(said))
    second = dataclasses.replace(FINDING, name="other", severity=Severity.WARNING, evidence=())
    review = Review(Blocked(CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER, ConsoleTexts(said, "f", "s")), (first, second))
    assert PLAIN.findings(review, review.findings) == [
        "          fix   Return the header.",
        "          since it answered 200",
        "                a REST API adds none",
        "          text  No header is present. (MissingAllowOriginHeader)",
        "          emulate explain missing-cors-headers",
        "          warning: other [function]",
        "          fix   Return the header.",
        "          since No header.",
        "          emulate explain other",
    ]
    assert PLAIN.findings(review, [second])[0] == "          warning: other [function]"


def test_in_a_summary_the_browsers_words_come_last_too() -> None:
    said = "Access to fetch at 'u' from origin 'o' has been blocked by CORS policy: No header is present."
    told = dataclasses.replace(FINDING, message=BrowserText(said), evidence=("it answered 200",))
    assert PLAIN.finding(told)[1:] == [
        "          fix   Return the header.",
        "          since it answered 200",
        "          text  No header is present.",
        "          emulate explain missing-cors-headers",
    ]
    again = dataclasses.replace(FINDING, message=f"No PUT has followed. Its page would say: {said}", evidence=())
    assert PLAIN.finding(again)[2].startswith("          since No PUT has followed.")
    forged = dataclasses.replace(FINDING, message=f"{said} So the function says.", evidence=())
    assert PLAIN.finding(forged)[2].startswith("          since Access to fetch at 'u'")


def test_the_line_that_raised_is_not_said_beneath_the_frames() -> None:
    raised = dataclasses.replace(
        FINDING, evidence=(RaisedAt('raised at File "app.py", line 2, in f: 1 / 0'), "raised at noon")
    )
    review = Review(None, (raised,))
    for has_frames, facts in ((True, ["raised at noon"]), (False, [*raised.evidence])):
        lines = PLAIN.findings(review, review.findings, has_frames=has_frames)
        assert [line.strip() for line in lines[2:-1]] == facts


def test_a_fix_has_its_place_first_and_its_reason_beneath() -> None:
    fix = Fix((DoByHand("return the header"),), because="No one else does.")
    lines = Lines(colour=False, words=lambda fix: ("emulator.yaml:3", placed(fix)[1]))
    told = lines.finding(dataclasses.replace(FINDING, fix=fix, evidence=()))
    assert told[1:4] == [
        "          fix   emulator.yaml:3  Return the header.",
        "          since No header.",
        "                No one else does.",
    ]


def test_a_long_finding_is_wrapped_beneath_itself() -> None:
    long = dataclasses.replace(
        FINDING, message="word " * 40, evidence=("fact " * 40,), fix=Fix((DoByHand("steps " * 30 + "on"),))
    )
    lines = PLAIN.finding(long)
    assert all(len(line) <= WIDTH for line in lines)
    starts = [line[: len(line) - len(line.lstrip())] + line.split()[0] for line in lines[1:]]
    indent = " " * 16
    assert starts == [
        "          fix", f"{indent}steps", "          since", f"{indent}word",
        f"{indent}fact", f"{indent}fact", "          emulate",
    ]  # fmt: skip


def test_a_finding_that_comes_later_names_its_request() -> None:
    assert PLAIN.about(exchange(path="/a\x1bb", query="x=1")) == "shop GET /a\\x1bb, looked at again:"


def test_a_url_is_not_broken() -> None:
    url = "http://localhost:3000/" + "x" * 150
    assert f"{' ' * 16}{url}" in PLAIN.finding(
        dataclasses.replace(FINDING, message=f"Access to fetch at {url} is not allowed")
    )


def test_the_cause_of_a_function_error_has_the_users_frames() -> None:
    assert PLAIN.cause(dataclasses.replace(EXCHANGE, result=RAISED)) == [
        "  items: ZeroDivisionError: division by zero",
        '      File "shop.py", line 3, in handler',
        "        1 / 0",
    ]


def test_a_finding_that_only_says_to_mend_what_raised_repeats_the_error() -> None:
    raised = dataclasses.replace(EXCHANGE, result=RAISED)
    for fix in (Fix((MendHandler("items"),)), Fix((MendHandler("items"),), because="This is a preflight.")):
        bare = dataclasses.replace(FINDING, fix=fix)
        assert repeats_error(bare, raised)
    assert not repeats_error(bare, EXCHANGE)
    assert not repeats_error(FINDING, raised)


def test_the_cause_of_an_init_error_had_its_frames_shown_when_it_happened() -> None:
    init = dataclasses.replace(RAISED, kind=FunctionErrorKind.INIT)
    assert PLAIN.cause(dataclasses.replace(EXCHANGE, result=init)) == ["  items: ZeroDivisionError: division by zero"]
    assert len(PLAIN.function_error("items", init)) == 3


def test_the_cause_of_a_refusal_is_its_reason() -> None:
    refused = dataclasses.replace(EXCHANGE, outcome=Refusal(RefusalKind.MALFORMED_RESPONSE, "no\x1b status\u2028Code"))
    assert PLAIN.cause(refused) == ["          no\\x1b status\\u2028Code"]
    assert PLAIN.cause(dataclasses.replace(refused, route=None)) == ["          no\\x1b status\\u2028Code"]


def test_a_reason_is_no_wider_than_the_window() -> None:
    reason = f"no route matches GET /{'a' * 200}"
    refused = dataclasses.replace(EXCHANGE, outcome=Refusal(RefusalKind.RESOURCE_NOT_FOUND, reason), route=None)
    fitted = Lines(colour=False, columns=lambda: 60, is_fitted=True)
    assert fitted.cause(refused) == [
        "          no route matches GET",
        f"          /{'a' * 23}…{'a' * 25}",
    ]
    assert PLAIN.cause(refused)[-1] == f"          /{'a' * 200}"


def test_what_is_raised_again_has_no_frames_and_any_other_message_whole() -> None:
    error = dataclasses.replace(RAISED, error_message="two\nlines")
    same = "  items: ZeroDivisionError: two  again (3 x), traceback above"
    assert PLAIN.function_error("items", error, (3, True)) == [same]
    assert PLAIN.function_error("items", error, (3, False)) == [same, "    lines"]
    raised = dataclasses.replace(EXCHANGE, result=error)
    assert PLAIN.cause(raised, (3, True)) == [same]
    assert unstyled(COLOUR.function_error("items", error, (3, True))[0]) == same
    assert COLOUR.function_error("items", RAISED)[0] == "\x1b[31m  items: ZeroDivisionError: division by zero\x1b[0m"


def test_an_answer_of_the_function_needs_no_cause() -> None:
    assert PLAIN.cause(EXCHANGE) == []


def test_a_message_of_several_lines_cannot_look_like_a_line_of_ours() -> None:
    error = dataclasses.replace(RAISED, error_message="first\n22:13:20 shop\x1b[2J", stack_trace=())
    assert PLAIN.function_error("items", error) == [
        "  items: ZeroDivisionError: first",
        "    22:13:20 shop\\x1b[2J",
    ]


# Beside a request


def test_margins() -> None:
    assert (PLAIN.margin("items", ""), PLAIN.margin("items", "5c2f")) == ("  items │", "  items 5c2f │")
    assert COLOUR.margin("items", "") == COLOUR.margin("items", "") == "\x1b[2m  items │\x1b[0m"
    assert COLOUR.margin("items", "5c2f") == "\x1b[2m  items 5c2f │\x1b[0m"


def test_lambdas_own_lines_are_dim() -> None:
    assert PLAIN.platform(["START", "END"]) == ["START", "END"]
    assert COLOUR.platform(["START", "END"]) == ["\x1b[2mSTART\x1b[0m", "\x1b[2mEND\x1b[0m"]


def test_output_names_its_function() -> None:
    assert PLAIN.output(OutputLine("items", "id", "loaded 8 rows")) == "  items │ loaded 8 rows"
    assert PLAIN.output(OutputLine("items", None, "")) == "  items │ "


def test_a_log_event_of_several_lines_is_as_many_lines() -> None:
    """awslambdaric joins a traceback's lines with a carriage return, so that CloudWatch keeps them together."""
    line = OutputLine("items", "id", "[ERROR] ValueError: no\rTraceback (most recent call last):\r    raise")
    assert PLAIN.output(line).split("\n") == [
        "  items │ [ERROR] ValueError: no",
        "  items │ Traceback (most recent call last):",
        "  items │     raise",
    ]


def test_a_functions_own_colours_stay() -> None:
    assert COLOUR.output(OutputLine("items", "id", "\x1b[1mbold\x1b[0m")).endswith(" \x1b[1mbold\x1b[0m")


SERVED = [
    (api, url)
    for api, url in (
        (HTTP, "http://localhost:3000"),
        (REST, "http://localhost:3001/dev"),
        (URL, "http://localhost:3002"),
    )
]
PAGES = (Frontend("https://shop.example.com", dev=("http://localhost:5173",)), Frontend("https://other.example.com"))


def test_the_banner_is_apis_their_urls_routes_and_cors_and_the_pages() -> None:
    assert PLAIN.endpoints(SERVED, PAGES) == [
        "  shop     HTTP API      http://localhost:3000      1 route, 1 function  cors: functions",
        "  orders   REST API      http://localhost:3001/dev  1 route, 1 function  cors: functions",
        "  contact  function URL  http://localhost:3002      function contact     cors: function",
        "  page     http://localhost:5173, held to the policy for https://shop.example.com",
        "  page     https://other.example.com",
    ]
    assert PLAIN.endpoints([], ()) == []


def test_the_banner_names_custom_domains_between_apis_and_pages() -> None:
    mapped = MappedUrl(ApiMapping("api.example.com"), HTTP, "http://localhost:3005")
    assert PLAIN.endpoints(SERVED, PAGES, (mapped,))[3:5] == [
        "  domain   http://localhost:3005, shop as at https://api.example.com",
        "  page     http://localhost:5173, held to the policy for https://shop.example.com",
    ]


def test_where_there_is_no_room_what_an_api_routes_stands_beneath_its_url() -> None:
    lines = Lines(colour=False, columns=lambda: 80).endpoints(SERVED, ())
    assert lines[0] == "  shop     HTTP API      http://localhost:3000\n           1 route, 1 function  cors: functions"
    assert max(len(one) for line in lines for one in line.split("\n")) <= 80


def test_names_are_aligned_on_a_terminal() -> None:
    lines = Lines(colour=False, is_fitted=True)
    lines.endpoints(SERVED, ())
    assert "  200  shop    GET /items  " in lines.request(EXCHANGE, glance_of(EXCHANGE, NOTHING))


def test_notes_and_problems_are_their_text() -> None:
    assert (PLAIN.note("Ready."), PLAIN.problem("emulator.yaml:3: no")) == ("Ready.", "emulator.yaml:3: no")
    assert PLAIN.warning("one\ntwo\x1b") == "one\ntwo\\x1b"
    assert COLOUR.problem("one\ntwo") == "\x1b[31mone\x1b[0m\n\x1b[31mtwo\x1b[0m"


def test_ready_is_the_word_that_scripts_wait_for() -> None:
    assert PLAIN.ready(reloads=True, seconds=0.314) == "Ready in 0.31 s. Saving reloads, Ctrl-C stops."
    assert PLAIN.ready(reloads=False, seconds=1) == "Ready in 1.00 s. Ctrl-C stops."
    assert PLAIN.ready(reloads=True, seconds=0, keys="q quit") == "Ready in 0.00 s.  q quit"


def test_a_debugger_is_where_to_attach() -> None:
    line = "  debug  items  waits for a debugger on 127.0.0.1:5678 (debugpy); its timeouts are suspended"
    assert PLAIN.debugger("items", 5678, "debugpy") == line
    assert unstyled(COLOUR.debugger("items", 5678, "debugpy")) == line


RELOADS = [
    pytest.param(["a.py"], ["items"], "Saved a.py: reloading items", id="one"),
    pytest.param(["a.py", "b.py"], list("abcd"), "Saved a.py, b.py: reloading a, b, c, d", id="some"),
    pytest.param(list("abcde"), list("abcdef"), "Saved 5 files: reloading 6 functions", id="many"),
    pytest.param(["a\x1b.py"], ["f"], "Saved a\\x1b.py: reloading f", id="a-file-of-anyones"),
]


@pytest.mark.parametrize(("files", "functions", "line"), RELOADS)
def test_a_reload_names_files_and_functions(files: list[str], functions: list[str], line: str) -> None:
    assert PLAIN.reloading(files, functions) == line


def test_what_could_not_be_written_is_counted_with_the_reason() -> None:
    assert PLAIN.missing(7, "No space left on device") == (
        "(here the console could not be written: No space left on device; about 7 lines are missing)"
    )


def test_the_control_port_stands_beneath_the_apis() -> None:
    lines, url = Lines(colour=False), "http://127.0.0.1:4000"
    assert lines.control(url) == f"  control  {url}"
    lines.endpoints([(dataclasses.replace(EXCHANGE.api, name="a-long-name"), "http://localhost:3000")], [])
    assert lines.control(url) == f"  {'control':11}  {url}"


def test_too_much_memory_is_yellow() -> None:
    assert COLOUR.too_much_memory(180, 128).startswith("\x1b[33mused 180 MB of its 128 MB: ")


def test_a_trace_id_in_a_platform_line_is_the_clients() -> None:
    """Fields have tabs between them, which stay."""
    line = "XRAY TraceId: \x1b[2J\tSegmentId: 1\tSampled: true\t"
    assert PLAIN.platform([line]) == ["XRAY TraceId: \\x1b[2J\tSegmentId: 1\tSampled: true\t"]


def test_text_in_a_colour() -> None:
    assert (PLAIN.styled("a\x1b", "red"), COLOUR.styled("a", "red")) == ("a\\x1b", "\x1b[31ma\x1b[0m")


# Colour

REFUSED = dataclasses.replace(EXCHANGE, outcome=Refusal(RefusalKind.MALFORMED_RESPONSE, "no"))
STYLED = [
    pytest.param(lambda lines: [lines.request(EXCHANGE, glance_of(EXCHANGE, ALLOWED))], id="request"),
    pytest.param(lambda lines: [lines.request(EXCHANGE, glance_of(EXCHANGE, blocked(FINDING)))], id="blocked"),
    pytest.param(lambda lines: lines.finding(FINDING), id="finding"),
    pytest.param(lambda lines: lines.cause(dataclasses.replace(EXCHANGE, result=RAISED)), id="function-error"),
    pytest.param(
        lambda lines: lines.cause(dataclasses.replace(EXCHANGE, outcome=Refusal(RefusalKind.MALFORMED_RESPONSE, "no"))),
        id="refusal",
    ),
    pytest.param(lambda lines: [lines.output(OutputLine("items", "id", "text"))], id="output"),
    pytest.param(lambda lines: [*lines.endpoints(SERVED, PAGES)], id="endpoint"),
    pytest.param(lambda lines: [lines.note("Ready.")], id="note"),
    pytest.param(lambda lines: [lines.problem("no")], id="problem"),
]


@pytest.mark.parametrize("build", STYLED)
def test_colour_changes_no_word(build: object) -> None:
    assert callable(build)
    plain, coloured = "\n".join(build(PLAIN)), "\n".join(build(COLOUR))
    assert "\x1b[" in coloured
    assert unstyled(coloured) == plain
    assert "\x1b" not in plain


def test_errors_are_red_and_warnings_yellow() -> None:
    warning = dataclasses.replace(FINDING, severity=Severity.WARNING)
    assert COLOUR.finding(FINDING)[0].startswith("\x1b[31m          error: ")
    assert COLOUR.finding(warning)[0].startswith("\x1b[33m          warning: ")


# Parts


def test_the_zone_is_utc_unless_told() -> None:
    assert PLAIN.request(EXCHANGE, glance_of(EXCHANGE, NOTHING)) == Lines(colour=False, zone=UTC).request(
        EXCHANGE, glance_of(EXCHANGE, NOTHING)
    )


def test_a_note_is_one_line_unless_there_is_something_to_mend() -> None:
    note = dataclasses.replace(FINDING, severity=Severity.NOTE)
    assert PLAIN.finding(note)[:2] == [
        "          note: missing-cors-headers [function]",
        "          fix   Return the header.",
    ]
    assert PLAIN.findings(Review(None, (note,)), (note,)) == PLAIN.finding(note)
    nothing = dataclasses.replace(note, evidence=(), fix=NOTHING_TO_MEND)
    assert PLAIN.finding(nothing) == ["          note: No header."]
    warning = dataclasses.replace(note, severity=Severity.WARNING, fix=NOTHING_TO_MEND)
    assert "fix" not in "".join(PLAIN.finding(warning))


def test_a_finding_of_a_summary_is_one_line() -> None:
    assert PLAIN.counted(EXCHANGE, FINDING, 3) == "    3 x  missing-cors-headers  shop GET /items"
    lines = Lines(colour=False, columns=lambda: 70, is_fitted=True, words=lambda fix: ("emulator.yaml:3", ""))
    assert lines.counted(LONG, FINDING, 12) == "   12 x  missing-cors-headers  emulator.yaml:3  shop GET /a/ver…456789"
