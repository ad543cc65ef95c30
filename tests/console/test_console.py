"""The console as a stream sees it: in order, in batches, off the path of a request."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.integrations import LambdaProxy
from emulator.aws.product import Route, Stamp
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.console.lines import Lines
from emulator.deployment import Frontend
from emulator.exchange import Enforced, Exchange
from emulator.functions.invocation import FunctionError, FunctionErrorKind, OutputLine, Returned
from emulator.history.history import History
from emulator.history.turns import BACKLOG
from emulator.messages import Request, Response
from products import a_route
from serving.lines import line
from serving.rim import run
from serving.stream import Observed, Stream

API = HttpApi("shop", "abcdef1234", (a_route("GET /items", "items"),))
STAMP = Stamp(1_700_000_000_000, "11111111-2222-4333-8444-555555555555", "QXXIFgRJ5PgEPNA=", "1-65000000-" + "0" * 24)
PAGE = "http://localhost:5173"
CHROME = ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36")
RAISED = FunctionError(FunctionErrorKind.HANDLER, "ZeroDivisionError", "division by zero", ("  File x\n    1 / 0\n",))


def exchange(origin: str | None = None, status: int = 200, **others: object) -> Exchange:
    headers = (("Host", "localhost:3000"), *((("Origin", origin),) if origin else ()))
    values: dict[str, object] = {
        "api": API,
        "request": Request("GET", "/items", headers=headers, port=3000),
        "stamp": STAMP,
        "route": Route("GET /items", "/items", (), "/items", "", LambdaProxy("items")),
        "result": Returned(b"{}"),
        "outcome": Response(status),
        "response": Response(status),
    }
    return Exchange(**(values | others))  # type: ignore[arg-type]


def written(
    use: Callable[[Observed, Stream], Awaitable[None]],
    frontends: tuple[Frontend, ...] = (),
    history: History | None = None,
) -> list[str]:
    """What the stream was told to write, write by write."""

    async def conversation() -> list[str]:
        stream = Stream()
        await use(Observed(stream, history or History(lambda: frontends)), stream)
        return stream.writes

    return run(conversation())


def flushed(*calls: Callable[[Observed], None]) -> str:
    """What comes of these calls."""

    async def use(console: Observed, stream: Stream) -> None:
        for call in calls:
            call(console)
        console.flush()

    return "".join(written(use))


def test_a_flood_of_requests_is_neither_held_nor_lost() -> None:
    """Nothing but the calls is given time: who brings requests waits for the console."""
    count = 3 * BACKLOG // 1024

    async def use(console: Observed, stream: Stream) -> None:
        for number in range(count):
            request = Request(
                "GET", f"/items/{number}", headers=(("Host", "localhost:3000"), ("Origin", PAGE)), port=3000
            )
            console.observe(exchange(request=request))
        assert "".join(stream.writes).count("\n") > BACKLOG // 1024
        console.flush()

    assert re.findall(r" 200  shop GET /items/(\d+) ", "".join(written(use))) == [
        str(number) for number in range(count)
    ]


def test_bodies_count_too() -> None:
    request = Request("POST", "/items", headers=(("Host", "localhost:3000"), ("Origin", PAGE)), body=bytes(BACKLOG))

    async def use(console: Observed, stream: Stream) -> None:
        console.observe(exchange(request=request))
        console.observe(exchange(request=request))
        assert "".join(stream.writes).count(" POST /items ") == 2
        console.observe(exchange())
        assert "".join(stream.writes).count(" GET /items ") == 0
        console.flush()

    assert "".join(written(use)).count(" GET /items ") == 1


def test_what_happens_together_is_one_write_a_moment_later() -> None:
    async def use(console: Observed, stream: Stream) -> None:
        console.note("first")
        console.problem("second")
        console.log(OutputLine("items", None, "third"))
        assert stream.writes == []
        await stream.flushed.wait()
        stream.flushed.clear()
        console.note("fourth")
        await stream.flushed.wait()

    assert written(use) == ["first\nsecond\n  items │ third\n", "fourth\n"]


def test_flushing_writes_what_is_queued_once() -> None:
    async def use(console: Observed, stream: Stream) -> None:
        console.note("first")
        console.flush()
        console.flush()
        stream.flushed.clear()
        console.note("second")
        await stream.flushed.wait()

    assert written(use) == ["first\n", "second\n"]


def test_nothing_queued_writes_nothing() -> None:
    async def use(console: Observed, stream: Stream) -> None:
        console.flush()

    assert written(use) == []


def test_output_that_came_before_any_block_stands_where_it_came() -> None:
    text = flushed(
        lambda console: console.log(OutputLine("items", STAMP.request_id, "loaded")),
        lambda console: console.observe(exchange()),
    )
    assert text == "  items │ loaded\n22:13:20  ok       200  shop GET /items  items, 0.0 ms\n"


def test_endpoints_and_init_errors() -> None:
    text = flushed(
        lambda console: console.endpoints([(API, "http://localhost:3000")], [Frontend(PAGE)]),
        lambda console: console.init_error("items", RAISED),
    )
    assert text == (
        "  shop  HTTP API      http://localhost:3000  1 route, 1 function  cors: functions\n"
        "  page  http://localhost:5173\n"
        "  items: ZeroDivisionError: division by zero\n      File x\n        1 / 0\n"
    )


def test_a_page_of_another_origin_gets_verdict_and_findings() -> None:
    text = flushed(lambda console: console.observe(exchange(PAGE)))
    first, second, *_, last = text.splitlines()
    assert first == "22:13:20  BLOCKED  200  shop GET /items  function items"
    assert second.startswith("          fix   Let function 'items' return ")
    assert last == "          emulate explain missing-cors-headers"


def test_what_enforcement_kept_back_is_told_once() -> None:
    """The preflight's own lines tell the finding; those of the call that was not sent tell of the 403."""
    request = replace(exchange(PAGE).request, method="DELETE")
    asked = replace(request, method="OPTIONS", headers=(*request.headers, ("Access-Control-Request-Method", "DELETE")))
    made = replace(exchange(PAGE, 404), request=asked, made_for=request)
    unsent = Exchange(API, request, STAMP, None, None, Enforced(made), Response(403))
    text = flushed(lambda console: console.observe(made), lambda console: console.observe(unsent))
    assert text.count(" fix ") == text.count("(PreflightMissingAllowOriginHeader)") == 1
    assert text.startswith("22:13:20  BLOCKED  404  shop OPTIONS /items  emulate's preflight, function items\n")
    assert re.search(rf"{line('shop DELETE /items', 403, 'BLOCKED')} preflight, .*\n {{10}}not sent, as .*\n$", text)


def test_what_enforcement_withheld_is_told_whole() -> None:
    blocked = exchange(PAGE)
    text = flushed(lambda console: console.observe(replace(blocked, outcome=Enforced(blocked), response=Response(403))))
    assert re.match(
        r"22:13:20  BLOCKED  403  shop GET /items  function items\n {10}the API answered 200; .*\n {10}fix ", text
    )
    assert text.endswith("          emulate explain missing-cors-headers\n")


def test_a_declared_frontends_credentials_mode_counts() -> None:
    async def use(console: Observed, stream: Stream) -> None:
        response = Response(200, (("access-control-allow-origin", PAGE),))
        console.observe(exchange(PAGE, response=response, outcome=response))
        console.flush()

    undeclared = written(use)[0].splitlines()[0]
    assert undeclared.startswith("22:13:20  depends  200  ")
    assert undeclared.endswith("  blocked with credentials, function items, InvalidAllowCredentials")
    assert written(use, (Frontend(PAGE, credentials="omit"),))[0].splitlines()[0].startswith("22:13:20  ok  ")
    declared = written(use, (Frontend(PAGE, credentials="include"),))[0]
    assert declared.startswith("22:13:20  BLOCKED  200  ")
    assert "(InvalidAllowCredentials)" in declared


REASON = "no route matches GET /items"
REFUSED = {"route": None, "result": None, "outcome": Refusal(RefusalKind.RESOURCE_NOT_FOUND, REASON)}


def test_a_refusal_is_explained_when_no_finding_does() -> None:
    text = flushed(lambda console: console.observe(exchange(status=404, **REFUSED)))
    assert text.splitlines()[1:] == [f"          {REASON}"]


def test_a_refusal_that_a_finding_explains_is_not_said_twice() -> None:
    lines = flushed(lambda console: console.observe(exchange(PAGE, 404, **REFUSED))).splitlines()
    assert lines[1].startswith("          fix   ")
    assert f"          {REASON}" not in lines


def test_a_function_error_shows_its_frames_beside_the_finding() -> None:
    raised = exchange(PAGE, 500, result=RAISED, outcome=Refusal(RefusalKind.FUNCTION_ERROR, "raised"))
    lines = flushed(lambda console: console.observe(raised)).splitlines()
    assert lines[1:4] == ["  items: ZeroDivisionError: division by zero", "      File x", "        1 / 0"]
    assert lines[4] == "          error: error-response-without-cors [function]"
    assert lines[5].startswith("          fix   ")
    assert lines[-1] == "          emulate explain error-response-without-cors"


def test_one_traceback_is_shown_once_and_again_after_a_save() -> None:
    def raising(**others: object) -> Callable[[Observed], None]:
        raised = replace(RAISED, **others)  # type: ignore[arg-type]
        refusal = Refusal(RefusalKind.FUNCTION_ERROR, "raised")
        return lambda console: console.observe(exchange(status=500, result=raised, outcome=refusal))

    first = ["  items: ZeroDivisionError: division by zero", "      File x", "        1 / 0"]
    again = "  items: ZeroDivisionError: {}  again ({} x), traceback above"
    text = flushed(
        raising(),
        raising(),
        raising(error_message="modulo by zero"),
        raising(stack_trace=("  File y\n",)),
        lambda console: console.reloading(["app.py"], ["items"]),
        raising(),
        lambda console: console.reconfigured("Saved emulator.yaml: what is served stays the same"),
        raising(),
    )
    assert [line for line in text.splitlines() if line.startswith("  ")] == [
        *first,
        again.format("division by zero", 2),
        again.format("modulo by zero", 3),
        first[0],
        "      File y",
        *first,
        *first,
    ]


def test_where_the_frames_are_not_shown_again_a_finding_says_which_line_raised() -> None:
    """As one of another API is, whose function is the same."""
    frame = ("  File x\n    event['httpMethod']\n",)
    raised = replace(RAISED, error_type="KeyError", error_message="'httpMethod'", stack_trace=frame)
    refused = {"result": raised, "outcome": Refusal(RefusalKind.FUNCTION_ERROR, "raised")}
    other = replace(API, name="other")
    text = flushed(
        lambda console: console.observe(exchange(status=500, **refused)),
        lambda console: console.observe(exchange(status=500, api=other, **refused)),
    )
    first, second = text.split("traceback above")
    assert ("event-format-mismatch" in first, "raised at" in first) == (True, False)
    assert ("event-format-mismatch" in second, "raised at File x: event" in second) == (True, True)


def test_what_is_not_shown_does_not_count_as_shown() -> None:
    raised = exchange(status=500, result=RAISED, outcome=Refusal(RefusalKind.FUNCTION_ERROR, "raised"))
    blocked = exchange(PAGE, 500, result=RAISED, outcome=Refusal(RefusalKind.FUNCTION_ERROR, "raised"))
    text = flushed(
        lambda console: console.toggle_blocked_only(),
        lambda console: console.observe(raised),
        lambda console: console.observe(blocked),
    )
    assert text.count("      File x\n") == 1
    assert "again" not in text


def call(path: str, *, preflight: bool) -> Exchange:
    """A browser's call that passes without credentials, and would not with them."""
    asked = (("Access-Control-Request-Method", "PUT"),) if preflight else ()
    headers = (("Host", "localhost:3000"), ("Origin", PAGE), CHROME, *asked)
    allowed = (("access-control-allow-origin", "*"), ("access-control-allow-methods", "PUT"))
    response = Response(204 if preflight else 200, allowed)
    request = Request("OPTIONS" if preflight else "PUT", path, headers=headers, port=3000)
    return exchange(request=request, response=response, outcome=response)


def test_a_preflight_that_no_request_follows_is_looked_at_again() -> None:
    """A request follows when it arrives: its answer, minutes later perhaps, plays no part."""

    history = History(tuple)

    async def use(console: Observed, stream: Stream) -> None:
        console.observe(call("/followed", preflight=True))
        console.observe(call("/alone", preflight=True))
        history.arrived(call("/followed", preflight=False).request)
        while not any("looked at again" in write for write in stream.writes):
            stream.flushed.clear()
            await stream.flushed.wait()

    *first, second = written(use, history=history)
    assert "".join(first).count("preflight, blocked with credentials, function items, Preflight") == 2
    assert second.startswith("shop OPTIONS /alone, looked at again:\n          note: ")
    assert "Nothing shows why" in second
    assert "/followed" not in second


def test_a_preflight_that_credentials_do_not_break_is_not_watched() -> None:
    async def use(console: Observed, stream: Stream) -> None:
        allowed = (("access-control-allow-origin", PAGE), ("access-control-allow-credentials", "true"))
        response = Response(204, (*allowed, ("access-control-allow-methods", "PUT")))
        console.observe(replace(call("/sound", preflight=True), response=response, outcome=response))
        console.observe(call("/doubtful", preflight=True))
        while not any("looked at again" in write for write in stream.writes):
            stream.flushed.clear()
            await stream.flushed.wait()

    text = "".join(written(use))
    assert text.count("looked at again") == 1
    assert "shop OPTIONS /doubtful, looked at again" in text


def test_a_note_is_told_once_and_again_after_a_save() -> None:
    handshake = exchange(request=Request("GET", "/x", headers=(("Upgrade", "websocket"),)))
    text = flushed(
        lambda console: console.observe(handshake),
        lambda console: console.observe(handshake),
        lambda console: console.reloading(["app.py"], ["items"]),
        lambda console: console.observe(handshake),
    )
    assert [line[:15] for line in text.splitlines() if "note" in line] == ["          note:"] * 2


def test_what_only_credentials_would_break_names_its_finding_again() -> None:
    undeclared = call("/items", preflight=False)
    _, _, again = flushed(*[lambda console: console.observe(undeclared)] * 2).partition("emulate explain ")
    assert again.endswith("  again (2 x) wildcard-with-credentials\n"), again


def test_a_finding_said_again_is_one_line_with_a_count_until_a_save() -> None:
    text = flushed(
        *[lambda console: console.observe(exchange(PAGE))] * 3,
        lambda console: console.reloading(["app.py"], ["items"]),
        lambda console: console.observe(exchange(PAGE)),
    )
    again = "22:13:20  BLOCKED  200  shop GET /items  again ({} x) missing-cors-headers"
    assert [one for one in text.splitlines() if "again" in one] == [again.format(2), again.format(3)]
    assert text.count("          fix   ") == text.count("emulate explain missing-cors-headers") == 2
    assert text.index(again.format(3)) < text.index("Saved app.py") < text.rindex("          fix   ")


def well(method: str = "PUT", *, status: int = 200, preflight: bool = False) -> Exchange:
    """A call of a page that it gets, or its preflight."""
    asked = (("Access-Control-Request-Method", method),) if preflight else ()
    request = Request(
        "OPTIONS" if preflight else method, "/items", headers=(("Host", "h"), ("Origin", PAGE), CHROME, *asked)
    )
    allowed = (("access-control-allow-origin", PAGE), ("access-control-allow-methods", method), ("vary", "Origin"))
    response = Response(status, (*allowed, ("access-control-allow-credentials", "true")))
    return exchange(request=request, response=response, outcome=response)


FRONTENDS = (Frontend(PAGE),)
PUT = "22:13:20  ok       200  shop PUT /items  items, 0.0 ms"
OPTIONS = "22:13:20  ok       200  shop OPTIONS /items  items, 0.0 ms, preflight"


@pytest.mark.parametrize(
    ("seen", "shown"),
    [
        pytest.param([well(preflight=True), well()], [f"{PUT}, after its preflight"], id="both-well"),
        pytest.param([well(), well(preflight=True)], [PUT, OPTIONS], id="none-follows"),
        pytest.param([well(preflight=True), well("DELETE")], [PUT.replace("PUT", "DELETE"), OPTIONS], id="another"),
        pytest.param(
            [well(preflight=True), well(status=500)],
            [OPTIONS, PUT.replace("ok      ", "FAILED  ").replace("200", "500")], id="not-well",
        ),
    ],
)  # fmt: skip
def test_a_preflight_and_its_request_are_one_line_when_both_are_well(seen: list[Exchange], shown: list[str]) -> None:
    async def use(console: Observed, stream: Stream) -> None:
        for one in seen:
            console.observe(one)
        console.flush()

    assert "".join(written(use, FRONTENDS)).splitlines() == shown


def test_a_preflight_that_is_followed_late_is_told_meanwhile() -> None:
    async def use(console: Observed, stream: Stream) -> None:
        console.observe(well(preflight=True))
        await stream.flushed.wait()

    assert written(use, FRONTENDS) == [f"{OPTIONS}\n"]


def test_a_body_that_is_not_what_its_header_says_is_told_whoever_asked() -> None:
    response = Response(200, (("content-encoding", "gzip"),), b"plain text")
    text = flushed(lambda console: console.observe(exchange(response=response)))
    assert text.startswith("22:13:20  ERROR    200  shop GET /items  function items\n          fix   ")
    assert "emulate explain content-encoding-broken" in text


def test_a_bug_in_a_review_is_shown_and_costs_that_line_alone() -> None:
    async def conversation() -> str:
        stream = Stream()

        def frontends() -> tuple[Frontend, ...]:
            raise ZeroDivisionError("ours")

        console = Observed(stream, History(frontends))
        console.note("before")
        console.observe(exchange(PAGE))
        console.note("after")
        console.flush()
        return "".join(stream.writes)

    lines = run(conversation()).splitlines()
    assert (lines[0], lines[1], lines[-1]) == ("before", "emulate has a bug; please report this:", "after")
    assert lines[-2] == "ZeroDivisionError: ours"


def test_an_init_error_is_shown_once_a_save() -> None:
    async def use(console: Observed, stream: Stream) -> None:
        console.init_error("items", RAISED)
        console.init_error("items", RAISED)
        console.reloading({"app.py"}, {"items"})
        console.init_error("items", RAISED)
        await stream.flushed.wait()

    text = "".join(written(use))
    assert text.count("items: ZeroDivisionError") == 2
    assert text.index("Saved app.py: reloading items") < text.rindex("items: ZeroDivisionError")


def test_many_reloaded_functions_are_counted() -> None:
    lines = Lines(colour=False)
    assert lines.reloading(["a.py"], list("abcd")) == "Saved a.py: reloading a, b, c, d"
    assert lines.reloading(list("abcde"), list("abcdef")) == "Saved 5 files: reloading 6 functions"


def test_of_blocked_calls_alone_nothing_else_is_told_until_all_are_again() -> None:
    async def use(console: Observed, stream: Stream) -> None:
        console.observe(exchange(PAGE))
        console.flush()
        console.toggle_blocked_only()
        console.log(OutputLine("items", None, "printed"))
        console.observe(exchange())
        console.observe(well(preflight=True))
        console.observe(exchange(PAGE))
        console.note("a note")
        console.flush()
        console.toggle_blocked_only()
        console.observe(exchange())
        console.flush()

    _, blocked, everything = written(use)
    assert [one for one in blocked.splitlines() if one[0] != " "] == [
        "Blocked calls only; b shows all.",
        "22:13:20  BLOCKED  200  shop GET /items  function items",
        "a note",
    ]
    assert everything == "All calls.\n22:13:20  ok       200  shop GET /items  items, 0.0 ms\n"


def test_what_was_erased_is_told_in_full_again() -> None:
    erased = []

    async def use(console: Observed, stream: Stream) -> None:
        console.observe(exchange(PAGE))
        console.clear(lambda: erased.append("".join(stream.writes)))
        console.observe(exchange(PAGE))
        console.flush()

    first, second = written(use)
    assert erased == [first]
    assert first == second
